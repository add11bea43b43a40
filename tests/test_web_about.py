"""The pages that say what the archive is: true numbers, a true diagram, SQL that really answers."""

import json
import re
import sqlite3
import time
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette

from scraper.web.about.about_page import MEASURED
from scraper.web.about.diagram import draw, rank
from scraper.web.about.examples import EXAMPLES
from scraper.web.about.tables import Column, Table, read_tables
from scraper.web.headers import OWN_POLICY
from tests.invented import ARTICLES, NASTY, build_archive

ROOT = Path(__file__).parent.parent
METADATA = json.loads((ROOT / "datasette-metadata.json").read_text("utf8"))
LIMIT_SECONDS = 1.0  # Datasette's own


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("about") / "archive.db"
    build_archive(path)
    return path


async def open_site(*paths: Path, metadata: Any = METADATA, **settings: Any) -> Datasette:
    datasette = Datasette([str(path) for path in paths], metadata=metadata, settings=settings)
    await datasette.invoke_startup()
    return datasette


@pytest_asyncio.fixture
async def site(path: Path) -> Datasette:
    return await open_site(path)


async def page(site: Datasette, address: str, language: str = "en") -> Any:
    answer = await site.client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, answer.text
    return lxml.html.fromstring(answer.text)


def texts(tree: Any, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


def numbers(tree: Any) -> dict[str, str]:
    return dict(zip(texts(tree, ".numbers dt"), texts(tree, ".numbers dd"), strict=True))


IN_ORDER = (
    "SELECT count(*) FROM articles",
    "SELECT count(DISTINCT outlet) FROM articles",
    "SELECT count(DISTINCT country) FROM articles",
    "SELECT count(DISTINCT language) FROM articles",
    "SELECT count(*) FROM revisions",
    "SELECT count(DISTINCT article) FROM revisions WHERE number > 1",
    "SELECT count(*) FROM articles WHERE gone_at IS NOT NULL",
)


@pytest.mark.parametrize(
    ("address", "counted"), [("/", (*IN_ORDER[:4], IN_ORDER[5])), ("/-/about", IN_ORDER)]
)
async def test_the_numbers_are_those_of_the_tables(
    site: Datasette, path: Path, address: str, counted: tuple[str, ...]
) -> None:
    connection = sqlite3.connect(path)
    told = [str(connection.execute(sql).fetchone()[0]) for sql in counted]
    connection.close()
    assert list(numbers(await page(site, address)).values()) == told


async def test_years_and_languages_add_up_and_lead_to_their_articles(site: Datasette) -> None:
    tree = await page(site, "/-/about")
    (year,) = tree.cssselect(".counts")[0].cssselect("tbody tr")
    assert texts(year, "th, td") == ["2024", "14", "11", "10", "11"]
    counts = [int(count) for count in texts(tree.cssselect(".counts")[1], "td:nth-child(2)")]
    assert sum(counts) == len(ARTICLES)
    link = year.cssselect("a")[0].get("href")
    assert texts(await page(site, link), ".tally strong") == ["14"]


async def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    connection = sqlite3.connect(path)
    for trigger in [
        r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    ]:
        connection.execute(f"DROP TRIGGER {trigger}")
    for table in ("article_authors", "article_urls", "revisions", "articles", "monthly_counts"):
        connection.execute(f"DELETE FROM {table}")
    connection.commit()
    connection.close()
    empty = await open_site(path)
    assert numbers(await page(empty, "/"))["articles"] == "0"
    assert texts(await page(empty, "/"), ".empty") == ["This archive is empty so far."]
    assert numbers(await page(empty, "/-/about"))["revisions"] == "0"


async def test_the_front_page_searches_and_shows_the_latest(site: Datasette) -> None:
    tree = await page(site, "/")
    (form,) = tree.cssselect("form[role=search]")
    assert (form.get("action"), form.cssselect("input")[0].get("name")) == ("/-/search", "q")
    headlines = texts(tree, ".headlines h3")
    assert headlines[0] == ARTICLES[0][1]
    assert len(headlines) == 10
    arabic = tree.cssselect(".headlines h3[lang=ar]")[0]
    assert arabic.get("dir") == "rtl"
    assert NASTY in headlines, "as text"
    linked = {link.get("href") for link in tree.cssselect(".ways a")}
    assert {"/-/search", "/-/concordance", "/-/outlets", "/-/about", "/archive"} <= linked


@pytest.mark.parametrize("address", ["/", "/-/about"])
async def test_no_script_and_no_style_stands_in_the_pages(site: Datasette, address: str) -> None:
    answer = await site.client.get(address)
    assert answer.headers["content-security-policy"] == OWN_POLICY
    tree = lxml.html.fromstring(answer.text)
    assert not tree.cssselect("script, style, iframe, img, [style]")
    for sheet in tree.cssselect("link[rel=stylesheet]"):
        assert (await site.client.get(sheet.get("href"))).status_code == 200
    levels = [int(e.tag[1]) for e in tree.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


async def test_stock_front_page_where_ours_would_hide_something(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    sqlite3.connect(other).close()
    closed = {"databases": {"archive": {"tables": {"articles": {"allow": False}}}}}
    for site in (
        await open_site(path, other), await open_site(other), await open_site(path, metadata=closed),
    ):  # fmt: skip
        tree = await page(site, "/")
        assert not tree.cssselect(".headlines")
        assert tree.cssselect("footer.ft")
    assert "other" in (await (await open_site(path, other)).client.get("/.json")).json()


async def test_pages_are_asked_for_by_head_too(site: Datasette) -> None:
    answer = await site.client.head("/")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_everything_works_below_a_base_url(path: Path) -> None:
    site = await open_site(path, base_url="/news/")
    for address in ("/", "/-/about"):
        tree = await page(site, address)
        for link in tree.cssselect("a[href^='/'], form"):
            target = link.get("href") or link.get("action")
            assert target.startswith("/news/"), target


async def test_dates_and_numbers_are_the_readers(site: Datasette) -> None:
    tree = await page(site, "/-/about", "de")
    assert "17. Juni 2024" in tree.text_content()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.question)
async def test_each_example_answers_in_time(path: Path, example: Any) -> None:
    site = await open_site(path, sql_time_limit_ms=int(LIMIT_SECONDS * 1000))
    tree = await page(site, "/-/about")
    asked = dict(zip(texts(tree, ".examples h3"), tree.cssselect(".examples li"), strict=True))
    run, as_json = (a.get("href") for a in asked[example.question].cssselect("a"))
    assert parse_qs(urlsplit(run).query)["sql"] == [example.sql]
    begun = time.monotonic()
    answer = await site.client.get(as_json)
    assert time.monotonic() - begun < LIMIT_SECONDS
    assert answer.status_code == 200, answer.text
    assert len(answer.json()) > 0
    assert (await site.client.get(run)).status_code == 200


async def test_examples_have_no_links_where_own_sql_is_closed(path: Path) -> None:
    tree = await page(await open_site(path, default_allow_sql=False), "/-/about")
    assert len(texts(tree, ".examples pre")) == len(EXAMPLES) == 10
    assert not tree.cssselect(".examples a")
    assert "SQL of visitors is closed" in tree.text_content()


async def test_the_diagram_has_every_table_and_its_columns_in_words(
    site: Datasette, path: Path
) -> None:
    connection = sqlite3.connect(path)
    tables = {table.name: table for table in read_tables(connection)}
    connection.close()
    assert {"articles", "outlets", "revisions", "article_authors"} <= set(tables)
    assert not [name for name in tables if name.startswith(("articles_fts", "sqlite_", "_"))]
    assert tables["revisions"].parents == {"articles", "captures"}
    assert next(c.meaning for c in tables["articles"].columns if c.name == "url") == "Canonical URL"
    tree = await page(site, "/-/about")
    drawn = tree.cssselect("svg.diagram a")
    assert {box.get("aria-label") for box in drawn} == set(tables)
    for name in tables:
        listed = tree.cssselect(f"#table-{name} tbody th code")
        assert [code.text for code in listed] == [c.name for c in tables[name].columns]
        meanings = texts(tree, f"#table-{name} tbody td:nth-child(3)")
        assert all(meanings), name


def table(name: str, *parents: str) -> Table:
    return Table(name, "", tuple(Column(f"to_{p}", "TEXT", "", False, p) for p in parents))


def test_what_leads_to_a_table_stands_right_of_it_even_in_circles() -> None:
    tables = [
        table("c", "b", "c"),
        table("a"),
        table("b", "a"),
        table("near_c"),
        table("d", "c", "near_c"),
    ]
    assert rank(tables) == {"a": 0, "b": 1, "c": 2, "near_c": 2, "d": 3}
    circle = [table("x", "y"), table("y", "x"), table("z", "gone")]
    assert set(rank(circle)) == {"x", "y", "z"}
    assert draw(circle).boxes
    assert draw([]).boxes == ()


def test_boxes_do_not_overlap_and_lie_inside_the_picture() -> None:
    tables = [table("a"), *(table(f"t{n}", "a") for n in range(12))]
    diagram = draw(tables)
    for box in diagram.boxes:
        assert 0 <= box.x < diagram.width
        assert box.y + box.height <= diagram.height
    column = sorted((b.y, b.height) for b in diagram.boxes if b.table.name != "a")
    assert all(y + height < after for (y, height), (after, _) in pairwise(column))


async def test_the_licence_is_the_operators_and_no_link_of_theirs_runs(path: Path) -> None:
    hostile = {"license": NASTY, "license_url": "javascript:alert(1)", "source": "A&B"}
    tree = await page(await open_site(path, metadata=hostile), "/-/about")
    rights = tree.cssselect("#rights")[0]
    assert NASTY in rights.text_content()
    assert "A&B" in rights.text_content()
    assert not rights.cssselect("a")
    tree = await page(await open_site(path, metadata={}), "/-/about")
    assert "has said nothing of licences" in tree.cssselect("#rights")[0].text_content()


async def test_the_archive_can_be_cited(site: Datasette) -> None:
    tree = await page(site, "/-/about")
    (cited,) = texts(tree, ".citation")
    assert cited.startswith("Dateline [News archive]. Latest article captured on")
    entry = tree.cssselect("#cite pre")[0].text_content()
    assert re.match(r"@misc\{archive-\d{4}-\d\d-\d\d,\n", entry)
    assert entry.count("{") == entry.count("}")


def test_what_is_said_of_errors_is_what_was_measured() -> None:
    rows = (ROOT / "docs" / "extraction.md").read_text("utf8").splitlines()
    row = next(line for line in rows if line.startswith("| **Dateline** |"))
    cells = [cell.strip(" *") for cell in row.split("|")[2:]]
    assert [float(cells[n]) for n in (0, 2, 3, 4)] == list(MEASURED.values())


async def test_the_help_names_what_the_language_knows(site: Datasette) -> None:
    for address in ("/", "/-/about", "/-/search"):
        told = " ".join(texts(await page(site, address), ".query-help dt"))
        for word in ("NEAR/5", "is:revised", "is:paywalled", "is:gone", "section:", "lang:"):
            assert word in told


async def test_every_address_it_names_as_data_answers(site: Datasette) -> None:
    tree = await page(site, "/-/about")
    named = [code.removeprefix("http://localhost") for code in texts(tree, ".addresses code")]
    assert len(named) == 7
    for address in named:
        own_page = re.split(r"\.\w+\?", address)[0]
        if (await site.client.get(own_page)).status_code == 404:
            continue  # a page that this version has not
        answer = await site.client.get(address)
        assert answer.status_code == 200, address
        assert not answer.headers["content-type"].startswith("text/html"), address
