"""An article as of each of its revisions: shown, cited, and as JSON, in three scripts."""

import json
import sqlite3
from itertools import pairwise
from pathlib import Path
from typing import Any

import bibtexparser
import lxml.html
import pytest
import pytest_asyncio
import rispy
from datasette.app import Datasette

from scraper.archive.search import register
from scraper.web.article.article_json import KEYS
from scraper.web.headers import OWN_POLICY
from tests.invented import HOSTILE, NASTY, add_article, add_credit, build_archive

LATIN, JAPANESE, ARABIC = 31, 32, 33
ENDINGS = ("bib", "ris", "csl", "json")
FIRST, SECOND = "2024-06-17T00:00:00Z", "2024-06-17T06:30:00Z"
# number: outlet, language, headline then and now, byline then and now, text then and now
TEXTS = {
    LATIN: (
        "harbour", "en", ("Gates shut", "Gates & locks shut"), ("Mara Quill", "Mara Quill, Bo Ek"),
        ("Ten barges wait.", "Twelve barges wait."),
    ),
    JAPANESE: (
        "hoshi", "ja", ("港の警報、遅れて鳴る", "港の警報、十一分遅れて鳴る"), ("星野 灯", "星野 灯"),
        ("警報は遅れて鳴った。", "警報は十一分遅れて鳴った。"),
    ),
    ARABIC: (
        "najm", "ar", ("إغلاق بوابات الميناء", "إغلاق بوابات الميناء القديم"), ("نجمة الصباح", "نجمة الصباح"),
        ("تنتظر عشر سفن.", "تنتظر اثنتا عشرة سفينة."),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("article") / "archive.db"
    build_archive(path)
    connection = sqlite3.connect(path)
    register(connection)
    connection.execute("UPDATE outlets SET timezone = 'Asia/Tokyo' WHERE slug = 'hoshi'")
    connection.execute("UPDATE outlets SET timezone = 'Africa/Cairo' WHERE slug = 'najm'")
    for number in TEXTS:
        add_revised(connection, number)
    connection.commit()
    connection.close()
    return path


def add_revised(connection: sqlite3.Connection, number: int) -> None:
    """Insert an article of two revisions, each with its capture, and what is told of it."""
    outlet, language, titles, bylines, bodies = TEXTS[number]
    add_article(connection, {
        "id": number, "url": f"https://{outlet}.example/{number}", "outlet": outlet,
        "title": titles[0], "byline": bylines[0], "body": bodies[0], "language": language,
        "country": "GB", "section": "World", "description": f"{number} in short",
        "published_at": "2024-06-16T20:05:00Z", "published_precision": "minute",
        "captured_at": FIRST, "is_paywalled": 1, "kind": "article",
        "key_points": json.dumps(["A point"]), "extractor": "dateline/2",
    })  # fmt: skip
    for at, capture in ((FIRST, number * 10), (SECOND, number * 10 + 1)):
        connection.execute(
            "INSERT INTO captures (id, url, outlet, captured_at, status, body_bytes, sha256, "
            "warc_file, warc_offset, warc_bytes) VALUES (?, ?, ?, ?, 200, 1, ?, 'a.warc.gz', 7, 1)",
            (capture, f"https://{outlet}.example/{number}?live", outlet, at, f"{capture:064}"),
        )
    row = (titles[1], bylines[1], bodies[1], "2024-06-17T06:00:00Z", number * 10 + 1, number)
    connection.execute(
        "UPDATE articles SET title = ?, byline = ?, body = ?, modified_at = ?, capture = ?, "
        "revision_count = 2 WHERE id = ?",
        row,
    )
    connection.execute(
        "UPDATE revisions SET capture = ?, extractor = 'dateline/1' WHERE article = ?",
        (number * 10, number),
    )
    connection.execute(
        "INSERT INTO revisions (article, number, captured_at, modified_at, title, byline, body, "
        "changed, capture, content_hash, extractor) SELECT id, 2, ?, modified_at, title, byline, "
        "body, '[\"title\", \"body\"]', capture, '1', extractor FROM articles WHERE id = ?",
        (SECOND, number),
    )
    if number == LATIN:
        add_credit(connection, number, 2, "Bo Ek", "author")
    connection.execute("INSERT OR IGNORE INTO tags VALUES (?, ?)", (number, f'the "{number}" tag'))
    connection.execute("INSERT INTO article_tags VALUES (?, ?)", (number, number))


@pytest_asyncio.fixture
async def site(path: Path) -> Datasette:
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    return datasette


async def page(site: Datasette, address: str, status: int = 200) -> Any:
    response = await site.client.get(address)
    assert response.status_code == status, response.text
    assert response.headers["content-security-policy"] == OWN_POLICY
    return lxml.html.fromstring(response.text)


def texts(tree: Any, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


@pytest.mark.parametrize("number", TEXTS)
async def test_an_earlier_revision_is_shown_as_it_stood_and_says_so(
    site: Datasette, number: int
) -> None:
    _, language, titles, bylines, bodies = TEXTS[number]
    tree = await page(site, f"/-/article/{number}?revision=1")
    assert texts(tree, ".earlier strong") == ["An earlier text: revision 1 of 2."]
    assert "captured on 17 June 2024, 00:00 UTC." in texts(tree, ".earlier p")[0]
    assert texts(tree, "h1") == [titles[0]]
    assert texts(tree, ".prose p") == [bodies[0]], "no key point of the latest is put into it"
    assert texts(tree, ".byline") == [bylines[0]]
    assert tree.cssselect(".story")[0].get("lang") == language
    assert texts(tree, ".extractor") == ["dateline/1"]
    tree = await page(site, tree.cssselect(".earlier a")[0].get("href"))
    assert not tree.cssselect(".earlier")
    assert texts(tree, "h1") == [titles[1]]


async def test_hits_are_marked_in_an_earlier_revision_too(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{JAPANESE}?revision=1&q=警報")
    assert texts(tree, ".story mark") == ["警報", "警報"]
    assert tree.cssselect(".earlier a")[0].get("href").endswith("?q=%E8%AD%A6%E5%A0%B1")


@pytest.mark.parametrize("asked", ["3", "0", "-1", "one", "9" * 60, "١"])
async def test_a_revision_there_is_not_is_a_page_that_says_so(site: Datasette, asked: str) -> None:
    tree = await page(site, f"/-/article/{LATIN}?revision={asked}", status=404)
    said = f"Of article {LATIN} there is no revision {asked} in this archive."
    assert texts(tree, "h1") == [said]
    answer = await site.client.get(f"/-/article/{LATIN}.json?revision={asked}")
    assert (answer.status_code, list(answer.json())) == (404, ["error"])


async def test_times_are_on_the_outlets_clock_and_in_utc(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{JAPANESE}")
    assert texts(tree, ".when dt") == ["Published", "Changed by the outlet"]
    assert texts(tree, ".when dd") == [
        "17 June 2024, 05:05 UTC+9 16 June 2024, 20:05 UTC",
        "17 June 2024, 15:00 UTC+9 17 June 2024, 06:00 UTC",
    ]
    assert {time.get("datetime") for time in tree.cssselect(".when time")} == {
        "2024-06-16T20:05:00Z",
        "2024-06-17T06:00:00Z",
    }
    assert "Asia/Tokyo" in texts(tree, ".record .time .evidence")[0]


async def test_a_time_of_change_that_is_the_one_of_publication_is_told_below_only(
    tmp_path: Path,
) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    with sqlite3.connect(path) as connection:
        register(connection)
        connection.execute("UPDATE articles SET modified_at = published_at WHERE id = 12")
    connection.close()
    site = Datasette([str(path)])
    await site.invoke_startup()
    tree = await page(site, "/-/article/12")
    assert texts(tree, ".when dt") == ["Published"]
    assert "Changed by the outlet" in texts(tree, ".record .time dt")


async def test_captures_lead_to_their_rows_and_to_the_wayback_machine(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{LATIN}")
    assert texts(tree, ".capture dt") == ["This text captured"]
    row, wayback = tree.cssselect(".capture a")
    assert row.get("href") == f"/archive/captures/{LATIN * 10 + 1}"
    assert (await site.client.get(row.get("href"))).status_code == 200
    assert wayback.get("href") == (
        f"https://web.archive.org/web/20240617063000/https://harbour.example/{LATIN}?live"
    )
    assert {"noopener", "noreferrer", "nofollow"} <= set(wayback.get("rel").split())
    tree = await page(site, f"/-/article/{LATIN}?revision=1")
    assert texts(tree, ".capture time") == ["17 June 2024, 00:00 UTC"]


async def test_a_raw_page_dropped_on_purpose_is_told_apart_from_a_lost_one(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    with sqlite3.connect(path) as connection:
        register(connection)
        add_revised(connection, LATIN)
        at = "2024-08-01T06:00:00Z"
        connection.execute("UPDATE captures SET lost_at = ?", (at,))
        connection.commit()
        site = Datasette([str(path)])
        await site.invoke_startup()
        lost = texts(await page(site, f"/-/article/{LATIN}"), ".capture .evidence")
        connection.execute("UPDATE captures SET pruned_at = ?", (at,))
    connection.close()
    pruned = texts(await page(site, f"/-/article/{LATIN}"), ".capture .evidence")
    assert "The raw page is lost." in lost
    words = "The raw page was kept until 1 August 2024, 06:00 UTC, and then dropped to make room."
    assert words in pruned
    assert "The raw page is lost." not in pruned


async def test_a_tag_leads_to_a_search_for_its_words(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{ARABIC}")
    (tag,) = tree.cssselect(".tags a")
    assert tag.text_content() == f'the "{ARABIC}" tag'
    found = lxml.html.fromstring((await site.client.get(tag.get("href"))).text)
    assert found.cssselect("#q")[0].get("value") == f'"the  {ARABIC}  tag"'
    assert not found.cssselect(".notes")


@pytest.mark.parametrize("number", TEXTS)
async def test_references_are_texts_in_their_own_languages(site: Datasette, number: int) -> None:
    _, _, titles, bylines, _ = TEXTS[number]
    tree = await page(site, f"/-/article/{number}?revision=1")
    assert texts(tree, "#cite summary") == ["APA", "日本語 (SIST 02)", "BibTeX", "RIS", "CSL-JSON"]
    apa, japanese = tree.cssselect("p.reference")
    assert (apa.get("lang"), japanese.get("lang")) == ("en", "ja")
    permalink = f"http://localhost/-/article/{number}?revision=1"
    for reference in (apa, japanese):
        text = reference.text_content()
        assert titles[0] in text
        assert permalink in text
    assert "Archived on June 17, 2024, revision 1." in apa.text_content()
    assert f"{bylines[0]}. “{titles[0]}”" in japanese.text_content()
    assert "第1版, 2024-06-17収集" in japanese.text_content()
    assert texts(tree, ".permalink") == [permalink]


@pytest.mark.parametrize("number", TEXTS)
async def test_references_are_files_that_reference_managers_read(
    site: Datasette, number: int
) -> None:
    tree = await page(site, f"/-/article/{number}")
    shown = [code.text_content() for code in tree.cssselect("pre.reference code")]
    links = [a.get("href") for a in tree.cssselect("#cite a[download]")]
    files = [(await site.client.get(link)) for link in links]
    assert [file.text.split() for file in files] == [text.split() for text in shown]
    named = [file.headers["content-disposition"] for file in files]
    assert named == [
        f'attachment; filename="dateline-{number}-2.{ending}"' for ending in ENDINGS[:3]
    ]
    title = TEXTS[number][2][1]
    (entry,) = bibtexparser.parse_string(files[0].text).entries
    assert entry["title"].replace(r"\&", "&").strip("{}") == title
    assert "revision 2, captured 2024-06-17" in entry["note"]
    (reference,) = rispy.loads(files[1].text)
    assert (reference["type_of_reference"], reference["title"]) == ("NEWS", title)
    (item,) = json.loads(files[2].text)
    assert (item["title"], item["accessed"]) == (title, {"date-parts": [[2024, 6, 17]]})
    assert item["archive_location"] == f"http://localhost/-/article/{number}?revision=2"


async def test_authors_of_an_earlier_revision_are_those_its_byline_names(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{LATIN}?revision=1")
    assert texts(tree, ".byline a") == ["Mara Quill"]
    (item,) = (await site.client.get(f"/-/article/{LATIN}.csl?revision=1")).json()
    assert item["author"] == [{"family": "Quill", "given": "Mara"}]
    (item,) = (await site.client.get(f"/-/article/{LATIN}.csl")).json()
    assert [name["family"] for name in item["author"]] == ["Quill", "Ek"]


@pytest.mark.parametrize("number", TEXTS)
async def test_json_has_the_documented_keys_and_no_others(site: Datasette, number: int) -> None:
    _, language, titles, _, bodies = TEXTS[number]
    told = (await site.client.get(f"/-/article/{number}.json")).json()
    assert list(told) == [key.name for key in KEYS]
    assert (told["title"], told["body"], told["language"]) == (titles[1], bodies[1], language)
    assert told["is_paywalled"] is True
    assert told["key_points"] == ["A point"]
    assert told["tags"] == [f'the "{number}" tag']
    assert told["image_url"] is None
    assert told["archive_url"] == f"http://localhost/-/article/{number}?revision=2"
    assert [revision["number"] for revision in told["revisions"]] == [2, 1]
    assert told["revisions"][0]["changed"] == ["title", "body"]
    assert "body" not in told["revisions"][0]
    assert [capture["id"] for capture in told["captures"]] == [number * 10 + 1]
    assert told["credits"][0].keys() == {"name", "role", "kind", "is_author"}


async def test_json_of_an_earlier_revision_and_with_all_texts(site: Datasette) -> None:
    _, _, titles, bylines, bodies = TEXTS[LATIN]
    told = (await site.client.get(f"/-/article/{LATIN}.json?revision=1&bodies=1")).json()
    assert (told["revision"], told["latest_revision"]) == (1, 2)
    assert (told["title"], told["byline"], told["body"]) == (titles[0], bylines[0], bodies[0])
    assert (told["modified_at"], told["text_captured_at"]) == (None, FIRST)
    assert told["word_count"] is None
    assert [revision["body"] for revision in told["revisions"]] == [*reversed(bodies)]


@pytest.mark.parametrize(("bound", "value"), [("BODIES_MAX", 1), ("BODIES_MAX_CHARS", 20)])
async def test_json_says_how_many_revisions_it_leaves_out(
    site: Datasette, monkeypatch: pytest.MonkeyPatch, bound: str, value: int
) -> None:
    monkeypatch.setattr(f"scraper.web.article.article_json.{bound}", value)
    told = (await site.client.get(f"/-/article/{LATIN}.json?bodies=1")).json()
    assert [revision["number"] for revision in told["revisions"]] == [2]
    assert told["revisions_left_out"] == 1


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_hostile_article_is_data_like_any_other(site: Datasette, ending: str) -> None:
    answer = await site.client.get(f"/-/article/{HOSTILE}.{ending}")
    assert answer.status_code == 200
    assert not answer.headers["content-type"].startswith("text/html")
    assert answer.headers["x-content-type-options"] == "nosniff"
    if ending == "json":
        assert answer.json()["title"] == NASTY
    if ending == "bib":
        (entry,) = bibtexparser.parse_string(answer.text).entries
        assert "PWNED" in entry["title"]
    if ending == "ris":
        assert rispy.loads(answer.text)[0]["title"] == NASTY


@pytest.mark.parametrize(
    "address", ["/-/article/999.json", "/-/article/999.bib", "/-/article/31.pdf"]
)
async def test_what_there_is_not_is_not_found(site: Datasette, address: str) -> None:
    assert (await site.client.get(address)).status_code == 404


async def test_headings_are_in_order_and_every_link_in_the_page_leads_somewhere(
    site: Datasette,
) -> None:
    tree = await page(site, f"/-/article/{LATIN}")
    levels = [int(heading.tag[1]) for heading in tree.cssselect("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for link in tree.cssselect("a[href^='#']"):
        assert tree.get_element_by_id(link.get("href")[1:]) is not None
    (sheet,) = (s.get("href") for s in tree.cssselect("link[href*='article.css']"))
    assert (await site.client.get(sheet)).status_code == 200


async def test_an_archive_that_is_not_the_first_is_named_in_every_link(
    path: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.db"
    second.write_bytes(path.read_bytes())
    datasette = Datasette([str(path), str(second)])
    await datasette.invoke_startup()
    tree = await page(datasette, f"/-/article/{LATIN}?db=second")
    links = [a.get("href") for a in tree.cssselect("main a[href*='/-/']")]
    assert links
    assert all("db=second" in link for link in links)


def test_every_key_of_the_json_is_documented() -> None:
    text = (Path(__file__).parent.parent / "docs" / "article.md").read_text("utf8")
    lines = [line for line in text.splitlines() if line.startswith("| `") and "/-/" not in line]
    assert lines == [f"| `{key.name}` | {key.description} |" for key in KEYS]
