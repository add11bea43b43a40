"""References are read by the libraries that read them, hostile ones too."""

import json
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.library import Library
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from scraper.exports.citations import TEXT_MAX_CHARS, apa, bibtex, citation, csl_json, japanese
from scraper.exports.names import split_name
from tests.hostile_rows import HOSTILE_TEXTS, archive_rows, hostile_rows, written
from tests.invented import ARTICLES, HOSTILE

ROW: dict[str, Any] = {
    "id": 12, "outlet": "harbour_post", "outlet_name": "Harbour Post", "language": "en",
    "title": "Harbour talks: 50% of R&D", "authors": ["Anna Tide", "Ben van der Quay"],
    "published_at": "2024-06-16T23:00:00Z", "captured_at": "2024-06-17T00:00:00Z",
    "text_captured_at": "2024-06-18T01:00:00Z", "revision": 2, "url": "https://harbour.example/12",
    "archive_url": "https://dateline.example/-/article/12",
}  # fmt: skip


def read_bib(data: bytes) -> Library:
    library = bibtexparser.parse_string(data.decode("utf-8"))
    assert not library.failed_blocks
    return library


def test_bibtex_is_read_back(tmp_path: Path) -> None:
    rows = archive_rows(tmp_path)
    library = read_bib(written("bib", rows))
    assert len(library.entries) == len(ARTICLES)
    assert {entry.entry_type for entry in library.entries} == {"online"}
    entry = library.entries_dict["hoshi-2024-1"]
    assert entry["title"] == f"{{{ARTICLES[0][1]}}}"
    assert entry["author"] == "{星野 灯}"
    assert entry["langid"] == "japanese"
    entry = library.entries_dict["harbour-2024-12"]
    assert entry["author"] == "Tide, Anna and Quay, Ben"
    assert entry["urldate"] == "2024-06-17"
    assert "revision 2" in entry["note"]
    assert r"\url{https://dateline.example/-/article/12}" in entry["note"]


def test_hostile_titles_cannot_leave_their_bibtex_field() -> None:
    library = read_bib(written("bib", hostile_rows()))
    assert len(library.entries) == len(library.blocks) == len(HOSTILE_TEXTS)
    for entry in library.entries:
        assert entry.entry_type == "online"
        for field in entry.fields:
            depth = 0
            for letter in field.value:
                depth += (letter == "{") - (letter == "}")
                assert depth >= 0
            assert depth == 0
            assert r"\input" not in field.value


def test_keys_are_unique_stable_and_plain() -> None:
    assert citation(ROW).key == "harbour-post-2024-12"
    assert citation(ROW | {"title": "changed", "revision": 5}).key == "harbour-post-2024-12"
    keys = [citation(row).key for row in hostile_rows()]
    assert len(set(keys)) == len(keys)
    assert all(
        key.isascii() and not set(key) & set(" {},=\\\"#%'()~") and len(key) < 80 for key in keys
    )


def test_specials_of_latex_are_printed() -> None:
    assert r"title = {{Harbour talks: 50\% of R\&D}}" in bibtex(citation(ROW))


def test_ris_is_read_back(tmp_path: Path) -> None:
    entries = rispy.loads(written("ris", archive_rows(tmp_path)).decode())
    assert len(entries) == len(ARTICLES)
    found = {entry["id"]: entry for entry in entries}
    entry = found["harbour-2024-12"]
    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"] == ARTICLES[11][1]
    assert entry["authors"] == ["Tide, Anna", "Quay, Ben"]
    assert entry["date"] == "2024/06/16"
    assert entry["access_date"] == "2024/06/17"
    assert entry["language"] == "en"
    assert found[f"harbour-2024-{HOSTILE}"].get("urls") is None  # its address was javascript:


def test_hostile_texts_cannot_begin_a_line_of_ris() -> None:
    entries = rispy.loads(written("ris", hostile_rows()).decode())
    assert len(entries) == len(HOSTILE_TEXTS)
    assert {entry["type_of_reference"] for entry in entries} == {"NEWS"}


def test_csl_is_rendered_by_a_citation_processor(tmp_path: Path) -> None:
    items = json.loads(written("csl", archive_rows(tmp_path)))
    assert len(items) == len(ARTICLES)
    assert {item["type"] for item in items} == {"article-newspaper"}
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    shown = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        shown.register(Cited([CitationItem(item["id"])]))
    text = "\n".join(str(entry) for entry in shown.bibliography())
    assert "Harbour talks enter second week" in text
    assert "Harbour Post" in text
    assert ARTICLES[0][1] in text


def test_hostile_rows_are_csl_too() -> None:
    items = json.loads(written("csl", hostile_rows()))
    assert len(items) == len(HOSTILE_TEXTS)
    assert all(len(item["title"]) <= TEXT_MAX_CHARS for item in items)
    assert json.loads(written("csl", [])) == []


def test_csl_names_the_copy_that_was_read() -> None:
    item = csl_json(citation(ROW))
    assert item["accessed"] == {"date-parts": [[2024, 6, 18]]}
    assert item["archive_location"] == ROW["archive_url"]
    assert item["note"] == "Archived copy, revision 2, captured 2024-06-18"
    assert item["author"][1] == {"family": "van der Quay", "given": "Ben"}


def test_apa_names_authors_date_and_copy() -> None:
    assert apa(citation(ROW)) == (
        "Tide, A., & van der Quay, B. (2024, June 16). Harbour talks: 50% of R&D. Harbour Post. "
        "https://harbour.example/12 Archived on June 18, 2024, revision 2. "
        "https://dateline.example/-/article/12"
    )


def test_apa_without_author_and_date_begins_with_the_title() -> None:
    row = ROW | {"authors": [], "published_at": None, "archive_url": None, "title": "Why?"}
    assert apa(citation(row)).startswith("Why? (n.d.). Harbour Post. https://")


def test_apa_names_nineteen_of_many_authors_and_the_last() -> None:
    names = [f"Ann {chr(65 + n)}lee" for n in range(22)]
    shown = apa(citation(ROW | {"authors": names}))
    assert "Slee, A., . . . Vlee, A. (2024" in shown
    assert "Tlee" not in shown


def test_the_day_of_publication_is_that_of_the_outlet() -> None:
    tokyo = citation(ROW | {"timezone": "Asia/Tokyo"})
    assert "(2024, June 17)" in apa(tokyo)
    assert citation(ROW | {"timezone": "../../etc/passwd"}).published == citation(ROW).published
    assert citation(ROW | {"timezone": "\x00"}).published == citation(ROW).published


def test_japanese_references_keep_names_as_printed() -> None:
    row = ROW | {
        "authors": ["星野 灯", "月島 渚"], "title": "京都の桜", "outlet_name": "星の新聞",
        "language": "ja",
    }  # fmt: skip
    assert japanese(citation(row)) == (
        "星野 灯; 月島 渚. “京都の桜”. 星の新聞. 2024-06-16. https://harbour.example/12, "
        "(参照 2024-06-18). 第2版, 2024-06-18収集, https://dateline.example/-/article/12."
    )
    assert "発行日不明" in japanese(citation(row | {"published_at": None}))


@pytest.mark.parametrize(
    ("printed", "language", "family", "given"),
    [
        ("Anna Tide", "en", "Tide", "Anna"),
        ("Ben Quay", "en", "Quay", "Ben"),
        ("John F. Kennedy", "en", "Kennedy", "John F."),
        ("Ursula von der Leyen", "de", "von der Leyen", "Ursula"),
        ("Müller-Åse Björk", "sv", "Björk", "Müller-Åse"),
        ("Luz Estrella", "es", "Estrella", "Luz"),
        ("Gabriel García Márquez", "es", "", ""),  # one given name or two? not told
        ("Nguyen Van An", "vi", "", ""),
        ("Kovács János", "hu", "", ""),
        ("星野 灯", "ja", "", ""),
        ("نجمة الصباح", "ar", "", ""),
        ("Звёздная Мария", "ru", "", ""),
        ("Reuters", "en", "", ""),
        ("Associated Press", "en", "", ""),
        ("Harbour Post Staff", "en", "", ""),
        ("dpa/afp", "de", "", ""),
        ("Leyen, Ursula von der", "de", "", ""),
        ("Tide, Anna", "en", "", ""),
        ("Anna Tide,", "en", "", ""),
        ("by our own correspondent", "en", "", ""),
        ("", "en", "", ""),
    ],
)
def test_names_are_turned_round_only_where_they_tell(
    printed: str, language: str, family: str, given: str
) -> None:
    name = split_name(printed, language)
    assert (name.family, name.given, name.literal) == (family, given, printed)


def test_organisations_are_never_turned_round() -> None:
    assert split_name("Morning Star", is_organisation=True).family == ""
    assert citation(ROW | {"organisations": ["Anna Tide"]}).authors[0].family == ""


@pytest.mark.parametrize(
    ("printed", "initials"),
    [("J.R.R. Tide", "J. R. R."), ("J.-P. Tide", "J.-P."), ("Ann-Marie Tide", "A.-M.")],
)
def test_every_given_name_has_its_initial(printed: str, initials: str) -> None:
    assert split_name(printed).initials() == initials


def test_the_key_stays_when_an_undated_text_changes_in_another_year() -> None:
    undated = ROW | {"published_at": None, "captured_at": "2023-12-31T00:00:00Z"}
    assert citation(undated).key == "harbour-post-2023-12"
    assert citation(undated | {"text_captured_at": "2025-01-01T00:00:00Z"}).key == (
        "harbour-post-2023-12"
    )


def test_suffixes_stand_where_each_style_wants_them() -> None:
    cited = citation(ROW | {"authors": ["Martin Luther King, Jr."]})
    assert apa(cited).startswith("King, M. L., Jr. (2024")
    assert "author = {King, Jr., Martin Luther}" in bibtex(cited)
