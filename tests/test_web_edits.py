"""The feed of edits and the comparison of revisions: what a reader sees, in any script."""

import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette

from scraper.archive.search import register
from scraper.web.edits import edits_page
from tests.invented import EDITED, HOSTILE, NASTY, add_article, build_archive

METADATA = Path(__file__).parent.parent / "datasette-metadata.json"
AT = "2024-06-16T09:00:00Z"
LATIN, JAPANESE, ARABIC = 40, 41, 42
MANY = 100  # first of the articles that fill more than a page
TEXTS = {
    LATIN: ("en", "Gates open", (
        "Ten ships wait.\n\nThe office said so.\n\nA storm is expected.",
        "Twelve ships wait.\n\nThe office said so.",
        "Twelve ships wait.\n\nThe office said so.\n\nNobody was hurt.",
    )),
    JAPANESE: ("ja", "港の警報", (
        "港で死者は10人、市長は会談を否定した。\n\n調べは続いている。",
        "港で死者は12人、市長は会談を否定した。\n\n調べは続いている。",
    )),
    ARABIC: ("ar", "الهدنة في الميناء", (
        "قال الوزير إن الهدنة مستمرة في الميناء.\n\nوأضاف أن السفن تنتظر.",
        "قال الوزير إن الهدنة انتهت في الميناء.\n\nوأضاف أن السفن تنتظر.",
    )),
}  # fmt: skip


def revise(
    connection: sqlite3.Connection, article: int, number: int, body: str, **more: Any
) -> None:
    """Add a text of an article, an hour after the one before it."""
    told = {
        "title": None, "byline": None, "modified_at": None, "changed": ["body"], "extractor": None,
    } | more  # fmt: skip
    connection.execute(
        "INSERT INTO revisions (article, number, captured_at, modified_at, title, byline, body, "
        "changed, content_hash, extractor) SELECT id, :number, :at, :modified_at, "
        "COALESCE(:title, title), COALESCE(:byline, byline), :body, :changed, :hash, :extractor "
        "FROM articles WHERE id = :article",
        told
        | {
            "article": article,
            "number": number,
            "at": f"2024-06-17T{number:02}:{article % 60:02}:00Z",
            "body": body,
            "changed": json.dumps(told["changed"]),
            "hash": str(number),
        },
    )
    connection.execute(
        "UPDATE articles SET revision_count = ?, body = ?, title = COALESCE(?, title) WHERE id = ?",
        (number, body, told["title"], article),
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edits") / "archive.db"
    build_archive(path)
    connection = sqlite3.connect(path)
    register(connection)
    for number, (language, title, bodies) in TEXTS.items():
        add_article(connection, {
            "id": number, "url": f"https://harbour.example/{number}", "outlet": "harbour",
            "title": title, "body": bodies[0], "byline": "", "language": language,
            "country": "GB", "published_at": AT, "captured_at": "2024-06-17T00:00:00Z",
        })  # fmt: skip
        for place, body in enumerate(bodies[1:], 2):
            revise(connection, number, place, body)
    revise(
        connection, LATIN, 4, TEXTS[LATIN][2][-1], title="Gates shut", changed=["title"],
        modified_at="2024-06-17T03:30:00Z",
    )  # fmt: skip
    revise(connection, LATIN, 5, "Another reading.", extractor="other")
    revise(
        connection,
        HOSTILE,
        2,
        f"{NASTY} again {NASTY}",
        title=NASTY + "!",
        changed=["title", "body"],
    )
    connection.commit()
    connection.close()
    return path


@pytest_asyncio.fixture
async def site(path: Path) -> Datasette:
    datasette = Datasette([str(path)], metadata=json.loads(METADATA.read_text("utf8")))
    await datasette.invoke_startup()
    return datasette


async def page(site: Datasette, address: str) -> Any:
    response = await site.client.get(address)
    assert response.status_code == 200, response.text
    return lxml.html.fromstring(response.text)


def texts(tree: Any, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


def links(tree: Any) -> list[str]:
    return [link.get("href").split("?")[0] for link in tree.cssselect(".card h2 a")]


async def test_the_feed_tells_what_changed_newest_first(site: Datasette) -> None:
    tree = await page(site, "/-/edits")
    headlines = texts(tree, ".card h2")
    assert headlines[1:4] == ["Gates shut", "Gates shut", "Gates open"]
    assert links(tree)[:2] == [f"/-/article/{EDITED}", f"/-/article/{LATIN}"]
    assert tree.cssselect(".card h2 a")[2].get("href") == f"/-/article/{LATIN}?from=3&to=4#edits"
    assert texts(tree.cssselect(".card")[2], ".kinds li") == ["headline changed"]
    assert "The outlet gives 17 June 2024, 03:30 UTC as the time of change." in texts(
        tree.cssselect(".card")[2], ".about"
    )[0]  # fmt: skip
    uncertain = tree.cssselect(".card")[1]
    assert "read by different versions of the extractor" in texts(uncertain, ".kinds li")
    assert not uncertain.cssselect(".quiet-edit")


@pytest.mark.parametrize(
    ("query", "article", "removed", "added", "language", "direction"),
    [
        ("removed:storm", LATIN, "A storm is expected.", "Twelve", "en", "ltr"),
        ("added:12 lang:ja", JAPANESE, "10", "12", "ja", "ltr"),
        ("انتهت", ARABIC, "مستمرة", "انتهت", "ar", "rtl"),
    ],
)
async def test_a_word_that_came_or_went_is_found_and_shown_in_its_place(
    site: Datasette,
    query: str,
    article: int,
    removed: str,
    added: str,
    language: str,
    direction: str,
) -> None:
    tree = await page(site, f"/-/edits?q={quote(query)}")
    assert links(tree) == [f"/-/article/{article}"]
    changes = tree.cssselect(".changes")[0]
    assert (changes.get("lang"), changes.get("dir")) == (language, direction)
    assert removed in texts(changes, "del")
    assert added in texts(changes, "ins")
    assert tree.cssselect(".changes mark"), "what was looked for is marked"
    assert "quiet: no new time of change given" in texts(tree, ".kinds li")


async def test_filters_are_links_that_narrow_and_widen(site: Datasette) -> None:
    tree = await page(site, "/-/edits")
    narrow = next(a for a in tree.cssselect(".facet a") if a.text_content() == "number changed")
    tree = await page(site, narrow.get("href"))
    assert set(links(tree)) == {f"/-/article/{n}" for n in (JAPANESE,)}
    assert texts(tree, ".chips a") == ["number changed ×"]
    tree = await page(site, tree.cssselect(".chips a")[0].get("href"))
    assert len(links(tree)) > 1
    tree = await page(site, "/-/edits?quiet=1&language=ar&after=2024&before=2025")
    assert links(tree) == [f"/-/article/{ARABIC}"]
    assert "seen from 2024 on ×" in texts(tree, ".chips a")


async def test_notes_and_an_empty_page_that_suggests(site: Datasette) -> None:
    tree = await page(site, "/-/edits?q=(nowhere&kind=byline&after=soon")
    notes = texts(tree, ".notes li")
    assert notes[0] == "A ( was not closed."
    assert "soon is no date" in notes[1]
    assert "No edit matches (nowhere." in texts(tree, ".empty p")
    assert [a.get("href") for a in tree.cssselect(".suggestions a")] == [
        "/-/edits?q=%28nowhere", "/-/search?q=%28nowhere", "/-/edits",
    ]  # fmt: skip


async def test_an_archive_without_edits_says_where_they_come_from(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    build_archive(path)
    connection = sqlite3.connect(path)
    register(connection)
    connection.execute("DELETE FROM revisions WHERE number > 1")
    connection.commit()
    connection.close()
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    tree = await page(datasette, "/-/edits")
    assert texts(tree, ".empty p")[0].startswith("No edit has been seen yet.")


async def test_pages_follow_each_other(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [a.get("href") for a in (await page(site, "/-/edits")).cssselect(".card h2 a")]
    monkeypatch.setattr(edits_page, "PAGE_EDITS", 3)
    found, address = [], "/-/edits"
    for _ in range(10):
        tree = await page(site, address)
        found += [a.get("href") for a in tree.cssselect(".card h2 a")]
        following = tree.cssselect("a[rel=next]")
        if not following:
            break
        address = following[0].get("href")
    assert found == whole
    assert tree.cssselect(".pages a")[0].get("href") == "/-/edits"


async def test_exports_and_the_feed_carry_the_same_search(site: Datasette) -> None:
    tree = await page(site, "/-/edits?q=added:12&kind=number")
    found = {a.text_content(): a.get("href") for a in tree.cssselect(".export a")}
    assert found["CSV"] == "/-/edits.csv?q=added%3A12&kind=number"
    assert set(found) == {"CSV", "TSV", "JSON", "JSON Lines", "Parquet", "Atom"}
    assert tree.cssselect("link[rel=alternate]")[0].get("href") == found["Atom"]


async def test_nothing_stored_becomes_markup(site: Datasette) -> None:
    for address in (
        f"/-/edits?q={quote(NASTY)}",
        "/-/edits?outlet=" + quote(NASTY),
        "/-/edits",
        f"/-/article/{HOSTILE}?diff={quote(NASTY)}&from={quote(NASTY)}&to=1",
        f"/-/article/{HOSTILE}?diff=side",
    ):
        response = await site.client.get(address)
        assert response.status_code == 200
        tree = lxml.html.fromstring(response.text)
        assert not tree.cssselect("script:not([src])")
        assert not tree.cssselect("main img")
        assert not any("javascript:" in (a.get("href") or "") for a in tree.cssselect("a"))


async def test_an_edit_too_dear_to_compare_is_told_in_its_kept_words(
    site: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edits_page, "COMPARED_MAX_CHARS", 0)
    tree = await page(site, "/-/edits?q=added:12")
    assert texts(tree, ".changes del") == ["10"]
    assert texts(tree, ".changes ins") == ["12"]


async def test_visitors_cannot_call_the_function_of_the_triggers(site: Datasette) -> None:
    query = quote("select edit_of('', '', 'a', '', '', 'b')")
    response = await site.client.get(f"/archive.json?sql={query}")
    assert response.status_code == 400
    assert "edit_of" in response.text or "not authorized" in response.text


async def test_the_tables_of_edits_open_and_count(site: Datasette) -> None:
    tree = await page(site, "/archive/edits?_search=12")
    assert texts(tree, "h1") == ["Edits"]
    found = await site.client.get("/archive/edits_with_a_word.json?q=added:12&_shape=array")
    assert [row["added"] for row in found.json()] == ["12"]
    data = (await site.client.get("/archive.json")).json()
    counts = {table["name"]: table["count"] for table in data["tables"]}
    assert counts["edits"] == counts["edits_fts"] > 0


@pytest.mark.parametrize("article", [LATIN, JAPANESE, ARABIC, EDITED])
async def test_revisions_are_compared_in_one_text_and_side_by_side(
    site: Datasette, article: int
) -> None:
    tree = await page(site, f"/-/article/{article}")
    inline = tree.cssselect("#edits .diff")[-1]
    assert texts(inline, "del")
    assert texts(inline, "ins")
    assert texts(inline, ".same-part")[0].endswith("unchanged")
    way = next(a for a in tree.cssselect(".ways a") if a.text_content() == "Side by side")
    assert way.get("href") == "?diff=side#edits"
    tree = await page(site, f"/-/article/{article}?diff=side")
    table = tree.cssselect("#edits table.sides")[-1]
    assert table.get("dir") == ("rtl" if article == ARABIC else "ltr")
    assert [text.split(",")[0] for text in texts(table, "th")] == ["Version 1", "Version 2"]
    cells = [row.cssselect("td") for row in table.cssselect("tbody tr")]
    old, new = next(pair for pair in cells if len(pair) == 2)
    assert texts(old, "del")
    assert not old.cssselect("ins")
    assert texts(new, "ins") == texts(inline, "ins")
    assert not new.cssselect("del")


async def test_any_two_revisions_can_be_compared(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{LATIN}?from=1&to=3")
    assert texts(tree, "#edits h3") == ["Version 1 and version 3"]
    assert [o.get("value") for o in tree.cssselect("option[selected]")] == ["1", "3"]
    assert texts(tree, "#edits ins") == ["Twelve", "Nobody was hurt."]
    assert not tree.cssselect("#edits .quiet-edit"), "quiet is said of one edit only"
    form = tree.cssselect("form.compare")[0]
    assert form.get("method") == "get"
    assert len(form.cssselect("select[name=from] option")) == 5
    back = await page(site, f"/-/article/{LATIN}?from=3&to=1&q=ships&diff=side")
    assert texts(back, "#edits h3") == ["Version 1 and version 3"]
    hidden = {i.get("name"): i.get("value") for i in back.cssselect("form.compare input")}
    assert hidden == {"q": "ships", "diff": "side"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("from=1&to=9", "There are no such two versions of this article."),
        ("from=1&to=1", "Choose two different versions."),
        ("from=1", "Choose two versions by their numbers."),
        ("from=one&to=2", "Choose two versions by their numbers."),
    ],
)
async def test_a_comparison_that_cannot_be_says_so_and_shows_the_usual(
    site: Datasette, asked: str, words: str
) -> None:
    tree = await page(site, f"/-/article/{LATIN}?{asked}")
    assert texts(tree, "#edits .notes") == [words]
    assert len(tree.cssselect("#edits h3")) == 5


async def test_quiet_and_uncertain_revisions_are_marked(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{LATIN}")
    items = tree.cssselect("#edits li")
    assert [bool(item.cssselect(".quiet-edit")) for item in items] == [
        False, False, True, True, False,
    ]  # fmt: skip
    assert "may be our reading" in texts(items[0], ".quiet")[0]
    assert texts(items[-1], ".quiet") == ["The first text seen."]


async def test_an_article_with_one_text_has_no_edits(site: Datasette) -> None:
    tree = await page(site, "/-/article/1")
    assert not tree.cssselect("#edits")


async def test_dates_and_numbers_are_the_readers_own(site: Datasette) -> None:
    response = await site.client.get("/-/edits?q=added:12", headers={"accept-language": "de"})
    assert "17. Juni 2024" in response.text


async def test_an_edit_between_two_looks_in_one_minute_is_told_by_that_minute(
    tmp_path: Path,
) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    with sqlite3.connect(path) as connection:
        register(connection)
        connection.execute(
            "UPDATE revisions SET captured_at = '2024-06-17T02:01:30Z' WHERE article = 1"
        )
        revise(connection, 1, 2, "Changed at once.")
    connection.close()
    site = Datasette([str(path)])
    await site.invoke_startup()
    tree = await page(site, "/-/edits")
    assert "Changed within the minute of 17 June 2024, 02:01 UTC." in texts(tree, ".about")


async def test_dates_run_as_their_reader_writes_them(site: Datasette) -> None:
    answer = await site.client.get("/-/edits", headers={"accept-language": "ar"})
    tree = lxml.html.fromstring(answer.text)
    assert all(
        time.get("dir") == "auto" or time.cssselect("bdi") for time in tree.cssselect("time")
    )
    assert "يونيو" in texts(tree, ".kicker time bdi")[0]
    assert len(tree.cssselect(".card .about")[0].cssselect("bdi")) == 2
