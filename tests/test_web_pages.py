"""Datasette on a real archive: one query language everywhere, pages one can read, nothing that runs."""

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette
from sqlite_utils import Database

from scraper.archive.edits_schema import EDITS
from scraper.archive.schema import ADDED, RECORD, SUMMARIES, TABLES, migrations, statements
from scraper.archive.search import register
from scraper.archive.watch_schema import WATCH
from scraper.web.headers import OWN_POLICY
from tests.invented import (
    DAY_ONLY,
    EDITED,
    EXTRACTOR,
    HOSTILE,
    NASTY,
    OPINION,
    OUTLETS,
    build_archive,
)

METADATA = Path(__file__).parent.parent / "datasette-metadata.json"
ARABIC = 6
OWN_PAGES = ("/-/search", "/-/search?q=talks", "/-/article/12", "/-/article/14", "/-/article/999")


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


async def rows(site: Datasette, path: str, **query: str) -> list[dict[str, Any]]:
    response = await site.client.get(f"{path}?{urlencode({'_shape': 'array'} | query)}")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()
    return found


def texts(tree: Any, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


QUERIES = {
    "武器": {1}, "ＮＨＫ": {1}, '"金正恩 プーチン"': {1}, "戰爭": {3}, "전쟁": {4}, "สงคราม": {5},
    "الحرب": {6, 7}, "מלחמה": {8}, "еще": {9}, "strasse": {10}, "lang:ja date:2024-06": {1},
    "talks -harbour": {13}, "((": set(),
}  # fmt: skip


@pytest.mark.parametrize(("query", "articles"), QUERIES.items())
async def test_stock_search_json_csv_and_canned_query_understand_the_same_language(
    site: Datasette, query: str, articles: set[int]
) -> None:
    found = await rows(site, "/archive/articles.json", _search=query, _col="id")
    assert {row["id"] for row in found} == articles
    found = await rows(site, "/archive/search.json", q=query)
    assert {row["id"] for row in found} == articles
    answer = await site.client.get(f"/archive/articles.csv?_search={quote(query)}&_col=id")
    assert {int(row["id"]) for row in csv.DictReader(io.StringIO(answer.text))} == articles
    tree = await page(site, "/archive/articles", _search=query)
    assert len(tree.cssselect("td.col-body")) == len(articles)


async def test_searching_one_column_in_the_stock_table_works(site: Datasette) -> None:
    found = await rows(site, "/archive/articles.json", _search_title="harbour", _col="id")
    assert {row["id"] for row in found} == {12}


async def test_an_article_reads_right_to_left_with_its_terms_marked(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{ARABIC}", q="الحرب")
    story = tree.cssselect("article.story")[0]
    assert (story.get("lang"), story.get("dir")) == ("ar", "rtl")
    assert len(tree.cssselect(".prose p")) == 2
    assert texts(tree, ".prose mark") == ["الحَرْب"]
    assert "14 June 2024, 18:00 UTC" in texts(tree, ".when")[0]


async def test_an_article_shows_every_claim_about_its_times_and_why(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{ARABIC}")
    assert texts(tree, ".claims summary") == ["2 claims about it"]
    chosen, other = texts(tree, ".claims li")
    place = "the page's data for search engines (json-ld datePublished)"
    assert chosen.startswith(f"Chosen {place}: 2024-06-14T18:00:00Z read as 14 June")
    assert chosen.endswith("to the second zone Z the most exact")
    assert other == "printed on the page: yesterday not understood a day only could not be read"
    assert texts(tree, ".sources dt") == ["Headline", "Published"]
    assert texts(tree, ".sources dd")[1] == place
    assert texts(tree, ".extractor") == [EXTRACTOR]


async def test_a_time_known_to_the_day_is_shown_as_the_outlets_day(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{DAY_ONLY}")  # 20:00 UTC, which is the next day there
    assert texts(tree, ".when dd") == ["16 June 2024"]
    assert tree.cssselect(".when time")[0].get("datetime") == "2024-06-16"


async def test_an_article_shows_what_it_is_its_points_and_who_did_what(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{OPINION}")
    assert texts(tree, ".kind") == ["opinion"]
    assert not tree.cssselect(".points")
    assert texts(tree, ".credits span") == ["Stella Abendrot author"], "one author is named too"
    tree = await page(site, f"/-/article/{EDITED}")
    assert not tree.cssselect(".kind")
    assert texts(tree, ".points h2") == ["Key points"]
    assert texts(tree, ".points li") == ["The talks go on"]
    assert texts(tree, ".byline a") == ["Anna Tide", "Ben Quay"]
    assert texts(tree, ".credits span") == [
        "Anna Tide author",
        "Ben Quay author",
        "Carla Lens photographer",
    ]
    assert texts(tree, ".credits a") == ["Anna Tide", "Ben Quay"]


async def test_an_older_archive_says_how_it_is_brought_up_to_date(tmp_path: Path) -> None:
    db = Database(tmp_path / "archive.db")
    register(db.conn)
    migrations.apply(db, stop_before="m004_search_and_days")
    db.conn.commit()
    db.close()
    datasette = Datasette([str(tmp_path / "archive.db")])
    await datasette.invoke_startup()
    for address in ("/-/search?q=quay", "/-/article/1"):
        tree = await page(datasette, address, status=409)
        assert "dateline serve" in tree.text_content()
    await page(datasette, "/archive/articles")


async def test_an_article_leads_to_its_origin_its_authors_and_its_data(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{EDITED}")
    origin = tree.cssselect("a.button")[0]
    assert origin.get("href") == "https://harbour.example/12"
    assert {"noreferrer", "noopener", "nofollow"} <= set(origin.get("rel").split())
    author = next(a for a in tree.cssselect(".byline a") if a.text_content() == "Ben Quay")
    found = await page(site, author.get("href"))
    assert texts(found, ".tally strong") == ["2"]
    data = next(a.get("href") for a in tree.cssselect(".record a") if a.text == "JSON")
    assert (await site.client.get(data)).json()["id"] == EDITED
    assert not tree.cssselect("img"), "pictures are never loaded"


async def test_an_edit_shows_the_words_that_changed(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{EDITED}")
    assert texts(tree, "del") == ["Twelve"]
    assert texts(tree, "ins") == ["Fourteen"]
    assert texts(tree, ".edits h3")[0].startswith("Version 2 seen 17 June 2024, 06:00 UTC")


async def test_a_missing_article_is_a_page_that_says_so(site: Datasette) -> None:
    tree = await page(site, "/-/article/999", status=404)
    assert texts(tree, ".empty h1")[0] == "There is no article 999 in this archive."


async def test_a_tables_headline_leads_to_the_page_to_read(site: Datasette) -> None:
    for address in ("/archive/articles", f"/archive/articles/{ARABIC}"):
        tree = await page(site, address)
        links = [a.get("href") for a in tree.cssselect("td.col-title a")]
        assert f"/-/article/{ARABIC}?db=archive" in links


async def test_canned_queries_answer_within_limits(site: Datasette) -> None:
    newest = await rows(site, "/archive/newest_by_country.json", country="jp")
    assert [row["id"] for row in newest] == [1, 2]
    authors = await rows(site, "/archive/authors_of_an_outlet.json", outlet="harbour")
    assert {"Anna Tide", "Ben Quay"} <= {row["author"] for row in authors}
    assert "Carla Lens" not in {row["author"] for row in authors}, "she took the picture"
    edits = await rows(site, "/archive/edits_of_the_last_week.json")
    assert [(row["id"], row["version"]) for row in edits] == [(EDITED, 2)]
    months = await rows(site, "/archive/coverage_by_month.json")
    assert months[0] == {"month": "2024-06", "articles": 11, "outlets": 10, "languages": 10}
    tree = await page(site, "/archive/search", q="武器")
    assert {"武器"} == set(texts(tree, "td mark"))


def addresses() -> list[str]:
    tables = [*json.loads(METADATA.read_text("utf8"))["databases"]["archive"]["tables"]]
    return [
        "/", "/archive", *(f"/archive/{table}" for table in tables), *OWN_PAGES[:4],
        f"/archive/articles/{HOSTILE}", "/archive/articles?_search=script", "/archive/search?q=script",
        "/archive/edits_of_the_last_week", f"/-/search?q={quote(NASTY)}",
        f"/-/search?{urlencode({'language': NASTY, 'outlet': NASTY, 'after': NASTY})}",
        f"/-/article/{HOSTILE}?{urlencode({'q': 'script OR PWNED'})}",
        f"/archive/articles?{urlencode({'language': NASTY})}",
    ]  # fmt: skip


@pytest.mark.parametrize("address", addresses())
async def test_stored_markup_never_becomes_markup(site: Datasette, address: str) -> None:
    tree = await page(site, address)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag != "script" or "PWNED" not in (element.text or "")
        assert element.get("onerror") is None
        for name in ("href", "src", "action"):
            link = (element.get(name) or "").strip().lower()
            assert not link.startswith(("javascript:", "vbscript:", "data:text"))


async def test_the_hostile_article_is_shown_as_text(site: Datasette) -> None:
    tree = await page(site, f"/-/article/{HOSTILE}")
    assert texts(tree, "h1") == [NASTY]
    assert not tree.cssselect("a.button")
    assert "javascript:alert('14')" in tree.text_content()


@pytest.mark.parametrize("address", OWN_PAGES)
async def test_our_pages_allow_no_script_at_all(site: Datasette, address: str) -> None:
    response = await site.client.get(address)
    assert response.headers["content-security-policy"] == OWN_POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    tree = lxml.html.fromstring(response.text)
    assert not tree.cssselect("script, style, iframe, [style]")
    pictures = [image.get("src") for image in tree.cssselect("img")]
    assert all(picture.startswith("/-/attention.svg?") for picture in pictures)


async def test_stock_pages_get_a_search_box_and_headers(site: Datasette) -> None:
    for address in ("/archive", "/archive/articles", "/archive/articles/1"):
        response = await site.client.get(address)
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        tree = lxml.html.fromstring(response.text)
        assert tree.cssselect("form.dateline-search[action='/-/search'] input[name=q]")
        for sheet in tree.cssselect("link[href*=dateline]"):
            assert (await site.client.get(sheet.get("href"))).status_code == 200


async def test_the_style_sheet_is_served(site: Datasette) -> None:
    tree = await page(site, "/-/search")
    sheet = tree.cssselect("link[rel=stylesheet]")[0].get("href")
    response = await site.client.get(sheet)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/css")


async def test_a_file_that_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, body TEXT)")
        connection.execute("INSERT INTO articles VALUES (1, '⟦x⟧ a-b', 'y')")
        connection.execute(
            'CREATE VIRTUAL TABLE articles_fts USING fts5 (title, content="articles", content_rowid="id")'
        )
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    connection.close()
    datasette = Datasette([str(other)])
    await datasette.invoke_startup()
    response = await datasette.client.get("/other/articles?_search=a-b")
    assert response.status_code == 200
    assert "⟦x⟧" in response.text
    assert "dateline" not in response.text
    assert "content-security-policy" not in response.headers
    assert (await datasette.client.get("/-/search")).status_code == 404


async def test_an_archive_among_other_files_is_found_by_name(path: Path, tmp_path: Path) -> None:
    second, other = tmp_path / "second.db", tmp_path / "other.db"
    build_archive(second)
    sqlite3.connect(other).close()
    datasette = Datasette([str(other), str(path), str(second)])
    await datasette.invoke_startup()
    tree = await page(datasette, "/-/search", q="武器", db="second")
    link = tree.cssselect(".card h3 a")[0].get("href")
    assert link.endswith("db=second")
    await page(datasette, link)
    await page(datasette, "/-/search", q="武器")
    await page(datasette, "/-/search", status=404, db="other")


async def test_a_reader_who_may_not_see_the_articles_sees_no_search(path: Path) -> None:
    closed = {"databases": {"archive": {"tables": {"articles": {"allow": False}}}}}
    datasette = Datasette([str(path)], metadata=closed)
    await datasette.invoke_startup()
    for address in ("/-/search?q=talks", "/-/article/1"):
        assert (await datasette.client.get(address)).status_code == 403


async def test_pages_work_below_a_base_url(path: Path) -> None:
    datasette = Datasette([str(path)], settings={"base_url": "/news/"})
    await datasette.invoke_startup()
    tree = await page(datasette, "/-/search", q="武器")
    assert tree.cssselect(".card h3 a")[0].get("href").startswith("/news/-/article/1")
    assert tree.cssselect("form")[0].get("action") == "/news/-/search"


async def test_a_search_out_of_time_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def out_of_time(*_: object) -> None:
        return None

    monkeypatch.setattr("scraper.web.archives.read", out_of_time)
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    tree = await page(datasette, "/-/search", q="talks")
    assert texts(tree, ".notes li")[0].startswith("The search took too long")


def test_every_table_and_column_is_described_and_nothing_else() -> None:
    described = json.loads(METADATA.read_text("utf8"))["databases"]["archive"]["tables"]
    connection = sqlite3.connect(":memory:")
    for statement in statements(TABLES + SUMMARIES + ADDED + RECORD + EDITS + WATCH):
        connection.execute(statement)
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    assert {name for name in described if not name.startswith("_")} == set(names)
    for name in names:
        table = described[name]
        assert table["title"]
        assert table["description"]
        columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({name})")]
        assert list(table["columns"]) == columns
        assert all(table["columns"].values())
        indexed = {row[0] for row in connection.execute(
            "SELECT c.name FROM pragma_index_list(?) AS i, pragma_index_info(i.name) AS c WHERE c.seqno = 0", (name,)
        )}  # fmt: skip
        keys = {row[1] for row in connection.execute(f"PRAGMA table_xinfo({name})") if row[5] == 1}
        wanted = {*table["sortable_columns"], *table.get("facets", ())} | (
            {table["sort_desc"]} if "sort_desc" in table else set()
        )
        assert wanted <= indexed | keys, f"{name}: {wanted - indexed - keys} have no index"
    connection.close()


async def test_internal_tables_are_hidden(site: Datasette) -> None:
    database = (await site.client.get("/archive.json")).json()
    shown = {table["name"] for table in database["tables"] if not table["hidden"]}
    assert not {
        name for name in shown if name.startswith(("articles_fts", "edits_fts", "_", "sqlite_"))
    }
    assert {"articles", "outlets", "revisions"} <= shown
    assert len(OUTLETS) == next(t["count"] for t in database["tables"] if t["name"] == "outlets")


@pytest.mark.parametrize(
    "missing", ["/archive/nix", "/a/b/c/d", "/-/article/7/x", "/-/article/999999"]
)
async def test_a_missing_page_is_a_404(site: Datasette, missing: str) -> None:
    answer = await site.client.get(missing)
    assert answer.status_code == 404
