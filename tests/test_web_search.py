"""The page to search: the terminal's results, filters that narrow and widen, pages by keys."""

import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette
from sqlite_utils import Database

from scraper.archive.findings import search
from scraper.archive.search import Search, register
from tests.invented import ARTICLES, EDITED, OPINION, build_archive

METADATA = Path(__file__).parent.parent / "datasette-metadata.json"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "archive.db"
    build_archive(path)
    return path


@pytest_asyncio.fixture
async def site(path: Path) -> Datasette:
    datasette = Datasette([str(path)], metadata=json.loads(METADATA.read_text("utf8")))
    await datasette.invoke_startup()
    return datasette


async def page(site: Datasette, path: str, status: int = 200, **query: str) -> Any:
    """Fetch a page and parse it."""
    response = await site.client.get(f"{path}?{urlencode(query)}" if query else path)
    assert response.status_code == status, response.text
    return lxml.html.fromstring(response.text)


def texts(tree: Any, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


@pytest.mark.parametrize("query", ["武器", "talks", "harbour OR rowers", "الحرب", ""])
async def test_the_page_gives_what_the_terminal_gives_in_the_same_order(
    site: Datasette, path: Path, query: str
) -> None:
    connection = sqlite3.connect(path)
    register(connection)
    found = search(connection, Search(query))
    connection.close()
    tree = await page(site, "/-/search", q=query)
    links = [link.get("href") for link in tree.cssselect(".card h3 a")]
    assert [link.split("?")[0] for link in links] == [f"/-/article/{hit.id}" for hit in found.hits]
    assert texts(tree, ".tally strong") == [str(found.total)]


async def test_results_mark_hits_and_set_language_and_direction(site: Datasette) -> None:
    tree = await page(site, "/-/search", q="الحرب OR 武器")
    assert {"الحرب", "حرب", "武器"} <= set(texts(tree, "mark"))
    headline = tree.cssselect("h3[lang=ar]")[0]
    assert headline.get("dir") == "rtl"
    assert tree.cssselect("h3[lang=ja]")[0].get("dir") == "ltr"


async def test_facets_narrow_and_widen_again(site: Datasette) -> None:
    tree = await page(site, "/-/search", q="talks")
    narrower = next(a for a in tree.cssselect(".facet a") if a.text_content() == "Harbour Sport")
    tree = await page(site, narrower.get("href"))
    assert texts(tree, ".tally strong") == ["1"]
    assert texts(tree, ".chips a") == ["Harbour Sport ×Remove this filter"]
    tree = await page(site, tree.cssselect(".chips a")[0].get("href"))
    assert texts(tree, ".tally strong") == ["2"]


async def test_a_chosen_facet_shows_what_could_be_chosen_instead(site: Datasette) -> None:
    tree = await page(site, "/-/search", q="talks", outlet="harbour")
    assert texts(tree, ".tally strong") == ["1"]
    outlets = tree.cssselect(".facet")[0]
    assert texts(outlets, "a[aria-current]") == ["Harbour Post"]
    other = next(a for a in outlets.cssselect("a") if a.text_content() == "Harbour Sport")
    tree = await page(site, other.get("href"))
    assert texts(tree, ".card .kicker a") == ["Harbour Sport"]


@pytest.mark.parametrize(
    ("query", "note"),
    [("lang:english talks", "lang:english is no language tag such as ja or zh-Hant."),
     ("country:Japan talks", "country:Japan is no country code such as JP."),
     ("foo:bar talks", "foo: is not a field; it was looked for as a word."),
     ("talks before:2026-02-30", "before:2026-02-30 is no date such as 2024, 2024-06 or 2024-06-16.")],
)  # fmt: skip
async def test_what_cannot_be_meant_is_told(site: Datasette, query: str, note: str) -> None:
    assert texts(await page(site, "/-/search", q=query), ".notes li") == [note]


async def test_the_united_kingdom_has_two_codes(site: Datasette) -> None:
    tree = await page(site, "/-/search", q="talks country:uk")
    assert len(tree.cssselect(".card")) == 2


async def test_exported_references_name_the_revision(site: Datasette) -> None:
    answer = await site.client.get("/-/search.bib?q=talks&outlet=harbour")
    assert f"/-/article/{EDITED}?revision=2" in answer.text.replace("\\", "")


async def test_notes_and_an_honest_empty_page(site: Datasette) -> None:
    tree = await page(site, "/-/search", q="(zzz")
    assert texts(tree, ".notes li") == ["A ( was not closed."]
    assert texts(tree, ".empty p")[0] == "Nothing in the archive matches (zzz."


async def test_pages_follow_each_other(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.web.search.search_page.PAGE_HITS", 5)
    seen: list[str] = []
    address = "/-/search?order=oldest"
    while address:
        tree = await page(site, address)
        seen += [link.get("href") for link in tree.cssselect(".card h3 a")]
        after = tree.cssselect("a[rel=next]")
        address = after[0].get("href") if after else ""
    assert len(seen) == len(set(seen)) == len(ARTICLES)


@pytest.mark.parametrize("cursor", ["0", ">", ">x~1", "<2024~" + "9" * 18, "9" * 400, "१", ""])
@pytest.mark.parametrize("order", ["newest", "relevance"])
async def test_a_strange_cursor_is_no_error(site: Datasette, cursor: str, order: str) -> None:
    await page(site, f"/-/search?{urlencode({'q': 'talks', 'from': cursor, 'order': order})}")


@pytest.mark.parametrize(
    ("query", "articles"),
    [("is:revised", {EDITED}), ("talks is:revised", {EDITED}), ("talks -is:revised", {13}),
     ("is:opinion", {OPINION}), ("is:revised OR is:opinion", {EDITED, OPINION})],
)  # fmt: skip
async def test_flags_narrow_a_query(site: Datasette, query: str, articles: set[int]) -> None:
    tree = await page(site, "/-/search", q=query)
    links = [link.get("href").split("?")[0] for link in tree.cssselect(".card h3 a")]
    assert set(links) == {f"/-/article/{number}" for number in articles}
    assert not tree.cssselect(".notes")


async def test_an_unknown_flag_is_a_note(site: Datasette) -> None:
    tree = await page(site, "/-/search", q="talks is:purple")
    assert texts(tree, ".notes li")[0].startswith("is:purple is not known; there are is:revised,")
    assert len(tree.cssselect(".card")) == 2


async def test_nothing_found_says_what_was_looked_for_and_suggests(site: Datasette) -> None:
    tree = await page(site, "/-/search", q="harbour zzz", outlet="hoshi")
    assert texts(tree, ".tries a") == ["harbour"]
    tree = await page(site, tree.cssselect(".tries a")[0].get("href"))
    assert tree.cssselect(".card")


async def test_times_stand_in_the_outlets_zone_and_in_utc(tmp_path: Path) -> None:
    build_archive(tmp_path / "archive.db")
    db = Database(tmp_path / "archive.db")
    db.execute("UPDATE outlets SET timezone = 'Asia/Tokyo' WHERE slug = 'hoshi'")
    db.conn.commit()
    db.close()
    datasette = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    tree = await page(datasette, "/-/search", q="武器")
    assert texts(tree, ".card time") == ["16 June 2024, 21:05 UTC+9 (16 June 2024, 12:05 UTC)"]
    datasette.get_database("archive").close()


async def test_the_sql_behind_a_page_is_shown_and_runs(site: Datasette) -> None:
    tree = await page(site, "/-/search", q="talks")
    assert any("MATCH :match" in sql for sql in texts(tree, ".behind pre"))
    links = [link.get("href") for link in tree.cssselect(".behind a[href*=sql]")]
    assert links
    for link in links:
        assert not (await page(site, link)).cssselect(".message-error")
    closed = Datasette(
        [str(site.get_database("archive").path)], settings={"default_allow_sql": False}
    )
    await closed.invoke_startup()
    tree = await page(closed, "/-/search", q="talks")
    assert tree.cssselect(".behind pre")
    assert not tree.cssselect(".behind a[href*='sql=']")


async def test_dates_and_numbers_are_written_as_the_reader_does(site: Datasette) -> None:
    answer = await site.client.get(
        "/-/search?q=武器", headers={"accept-language": "de-AT,en;q=0.5"}
    )
    assert "16. Juni 2024, 12:05 UTC" in answer.text
    assert answer.headers["vary"].startswith("Accept-Language")
    answer = await site.client.get("/-/search?q=武器&hl=ja", headers={"accept-language": "de"})
    assert "2024年6月16日" in answer.text
