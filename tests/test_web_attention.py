"""The page /-/attention on real archives: gaps hatched, zeros drawn, shares, estimates, pictures."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette
from sqlite_utils import Database

from scraper.archive.schema import migrations
from scraper.archive.search import POOL, Search, register
from scraper.web.attention.attention_page import attention_figure
from scraper.web.attention.marks import COLOURS, DARK
from scraper.web.attention.pictures import REMEDY, picture
from tests.invented import add_article, build_archive

PAGE = "/-/attention"
SVG = "{http://www.w3.org/2000/svg}"
MANY = 3 * POOL + 1_000
needs_resvg = pytest.mark.skipif(find_spec("resvg_py") is None, reason="resvg is not installed")


def run(connection: sqlite3.Connection, outlet: str, first: str, last: str, step: int = 1) -> None:
    """Note runs of an outlet that ended as done, every so many days."""
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        connection.execute(
            "INSERT INTO crawl_runs (outlet, started_at, outcome, pid, version, listings) "
            "VALUES (?, ?, 'done', 1, '0', 1)",
            (outlet, f"{day}T05:00:00Z"),
        )
        day += timedelta(days=step)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with runs of two outlets in June 2024, one with a gap from the 6th to the 11th."""
    path = tmp_path_factory.mktemp("attention") / "archive.db"
    build_archive(path)
    with closing(sqlite3.connect(path)) as connection:
        register(connection)
        connection.execute("DELETE FROM crawl_runs")
        connection.execute("DELETE FROM collected_days")
        connection.execute("DELETE FROM collected_spans")
        run(connection, "harbour", "2024-05-25", "2024-06-03")
        run(connection, "harbour", "2024-06-14", "2024-06-20")
        run(connection, "najm", "2024-06-10", "2024-06-20", step=4)
        connection.commit()
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which one word has more articles than are read one by one."""
    path = tmp_path_factory.mktemp("large") / "archive.db"
    build_archive(path)
    with closing(sqlite3.connect(path)) as connection:
        register(connection)
        for number in range(MANY):
            outlet, language = (("harbour", "en"), ("harbour", "en"), ("najm", "ar"))[number % 3]
            day = date(2024, 1, 1) + timedelta(days=number * 150 // MANY)
            add_article(connection, {
                "id": 100 + number, "url": f"https://{outlet}.example/many/{number}", "outlet": outlet,
                "title": "Lighthouse", "body": "lighthouse", "byline": "", "language": language,
                "country": "GB" if language == "en" else "EG", "section": "World",
                "published_at": f"{day}T09:00:00Z", "captured_at": f"{day}T10:00:00Z",
            })  # fmt: skip
        connection.commit()
    return path


@pytest_asyncio.fixture
async def site(path: Path) -> Datasette:
    return await opened(path)


async def opened(path: Path) -> Datasette:
    datasette = Datasette([str(path)], settings={"sql_time_limit_ms": 3000})
    await datasette.invoke_startup()
    return datasette


async def page(site: Datasette, address: str) -> Any:
    response = await site.client.get(address)
    assert response.status_code == 200, response.text
    return lxml.html.fromstring(response.text)


async def table(site: Datasette, address: str) -> list[dict[str, Any]]:
    """Fetch the JSON of what the page shows."""
    response = await site.client.get(address.replace(PAGE, f"{PAGE}.json"))
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = json.loads(response.text)["attention"]
    return found


def counted(rows: list[dict[str, Any]], group: str = "") -> dict[str, Any]:
    return {row["period"]: row["articles"] for row in rows if row["group"] == group}


JUNE = f"{PAGE}?after=2024-06-01&before=2024-06-21"


async def test_days_without_a_run_are_gaps_and_days_with_runs_are_zeros(site: Datasette) -> None:
    rows = await table(site, f"{JUNE}&outlet=harbour")
    found = counted(rows)
    assert found["2024-06-02"] == 1
    assert found["2024-06-04"] == 0  # a run was the day before
    assert [found[f"2024-06-{day:02}"] for day in range(6, 12)] == [None] * 6
    assert found["2024-06-12"] == 0  # a run came two days later
    assert found["2024-06-16"] == 1
    assert {row["period"]: row["collected_share"] for row in rows}["2024-06-08"] == 0.0


async def test_what_was_not_collected_is_hatched_and_told_in_the_table(site: Datasette) -> None:
    tree = await page(site, f"{JUNE}&outlet=harbour")
    (gap,) = tree.cssselect("svg.wide rect.gap")
    assert gap.get("fill") == "url(#wide-none)"
    assert tree.cssselect("svg.wide pattern#wide-none")
    cells = {
        row.get("data-start"): row.text_content() for row in tree.cssselect(".numbers tbody tr")
    }
    assert "not collected" in cells["2024-06-08"]
    assert "not collected" not in cells["2024-06-04"]
    assert "0 of 1 outlet days" in cells["2024-06-08"]


async def test_a_gap_of_one_outlet_is_hatched_in_its_ribbon_only(site: Datasette) -> None:
    rows = await table(site, f"{JUNE}&by=outlet&q=talks OR الحرب")
    groups = {row["group"] for row in rows}
    assert {"Harbour Post", "صحيفة النجم"} <= groups
    assert counted(rows, "Harbour Post")["2024-06-11"] is None
    assert counted(rows, "صحيفة النجم")["2024-06-11"] == 0
    tree = await page(site, f"{JUNE}&by=outlet&q=talks OR الحرب")
    assert tree.cssselect("svg.wide rect.ribbon")
    assert tree.cssselect("svg.wide rect.gap.none")


async def test_before_the_first_run_is_no_zero_and_hatched_in_its_own_way(site: Datasette) -> None:
    tree = await page(site, f"{PAGE}?after=2024-05&before=2024-06-21&outlet=harbour")
    assert tree.cssselect("svg.wide rect.gap.before")
    rows = await table(site, f"{PAGE}?after=2024-05&before=2024-06-21&outlet=harbour")
    assert counted(rows)["2024-05-02"] is None


async def test_the_span_begins_where_collecting_does_unless_all_is_asked_for(
    site: Datasette,
) -> None:
    tree = await page(site, PAGE)
    first = tree.cssselect(".numbers tbody tr")[0].get("data-start")
    assert first == "2024-04-25"
    (link,) = [a for a in tree.cssselect(".aside a") if "all" in a.text_content()]
    older = await page(site, link.get("href"))
    assert any("1" in td.text_content() for td in older.cssselect(".numbers tbody td"))


async def test_shares_are_of_all_articles_under_the_same_filters(site: Datasette) -> None:
    rows = await table(site, f"{JUNE}&q=talks&unit=month")
    (row,) = rows
    with closing(sqlite3.connect(site.get_database("archive").path)) as connection:
        (every,) = connection.execute(
            "SELECT count(*) FROM articles WHERE published_at BETWEEN '2024-06-01' AND '2024-06-21'"
        ).fetchone()
    assert (row["articles"], row["period"]) == (2, "2024-06")
    assert row["share"] == pytest.approx(2 / every, rel=1e-4)
    (of_english,) = await table(site, f"{JUNE}&q=rowers&unit=month&language=en")
    assert (of_english["articles"], of_english["share"]) == (1, 0.5)


async def test_queries_in_many_scripts_are_compared(site: Datasette) -> None:
    address = f"{JUNE}&q=武器&q2=الحرب&q3=talks&by=outlet"
    rows = await table(site, address)
    found = {query: sum(row["articles"] or 0 for row in rows if row["query"] == query)
             for query in ("武器", "الحرب", "talks")}  # fmt: skip
    assert found == {"武器": 1, "الحرب": 1, "talks": 2}
    tree = await page(site, address)
    assert [bdi.text_content() for bdi in tree.cssselect(".legend bdi")] == list(found)
    assert "one line each" in tree.cssselect(".notes")[0].text_content()
    (link,) = tree.cssselect('tr[data-start="2024-06-16"] th a')
    hits = await page(site, link.get("href"))
    assert len(hits.cssselect("article.card")) == 2  # 武器 and talks of that day


@pytest.mark.parametrize("by", ["outlet", "language", "country"])
async def test_groups_add_up_to_all(site: Datasette, by: str) -> None:
    for query in ("", "&q=talks OR 武器 OR war"):
        whole = await table(site, f"{PAGE}?after=1000&unit=month{query}")
        parts = await table(site, f"{PAGE}?after=1000&unit=month{query}&by={by}")
        assert sum(row["articles"] or 0 for row in parts) == sum(
            row["articles"] or 0 for row in whole
        )
    assert len({row["group"] for row in parts}) <= 7


async def test_a_common_word_is_counted_exactly_and_estimated_by_group(large: Path) -> None:
    site = await opened(large)
    whole = await table(site, f"{PAGE}?q=lighthouse&unit=month&after=2024")
    assert sum(row["articles"] or 0 for row in whole) == MANY
    assert not any(row["is_estimate"] for row in whole)
    parts = await table(site, f"{PAGE}?q=lighthouse&unit=month&after=2024&by=language")
    assert all(row["is_estimate"] for row in parts)
    arabic = sum(row["articles"] or 0 for row in parts if row["group"] == "Arabic")
    assert arabic == pytest.approx(MANY / 3, rel=0.1)
    tree = await page(site, f"{PAGE}?q=lighthouse&unit=month&after=2024&by=language")
    assert "estimates" in tree.text_content()
    assert tree.cssselect("svg.wide path.band")
    assert "about" in tree.cssselect(".legend .count")[0].text_content()


async def test_an_outlet_whose_name_is_in_anothers_is_estimated_rather_than_wrong(
    large: Path,
) -> None:
    site = await opened(large)
    rows = await table(site, f"{PAGE}?q=lighthouse&unit=month&after=2024&outlet=harbour")
    assert sum(row["articles"] or 0 for row in rows) == pytest.approx(MANY * 2 / 3, rel=0.1)


async def test_daily_and_monthly_summaries_give_the_same_numbers(large: Path) -> None:
    site = await opened(large)
    months = await table(site, f"{PAGE}?after=2024-01-10&before=2024-05-20&unit=month&by=outlet")
    days = await table(site, f"{PAGE}?after=2024-01-10&before=2024-05-20&unit=day&by=outlet")
    for group in {row["group"] for row in months}:
        by_month = {row["period"]: row["articles"] or 0 for row in months if row["group"] == group}
        for month, articles in by_month.items():
            of_days = [row for row in days if row["group"] == group and row["period"][:7] == month]
            assert sum(row["articles"] or 0 for row in of_days) == articles


async def test_what_was_counted_is_counted_anew_once_something_was_written(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    site = await opened(path)
    address = f"{PAGE}?after=2024&unit=year&q=talks"
    before = await table(site, address)
    assert await table(site, address) == before
    with closing(sqlite3.connect(path)) as connection:
        register(connection)
        add_article(connection, {
            "id": 1000, "url": "https://harbour.example/more", "outlet": "harbour",
            "title": "More talks", "body": "More talks", "byline": "", "language": "en",
            "country": "GB", "section": "World", "published_at": "2024-05-01T09:00:00Z",
            "captured_at": "2024-05-01T10:00:00Z",
        })  # fmt: skip
        connection.commit()
    (after,) = await table(site, address)
    assert after["articles"] == before[0]["articles"] + 1


HOSTILE = (
    "after=9999-12-31", "after=2024&before=2023", "before=0001", "after=0001&unit=day",
    "q=((&q2=%00&q3=*", "outlet=nobody&q=x", "by=nothing&unit=eon&measure=none", "language=x'y",
    "q=" + "a%20OR%20" * 90 + "b", "after=soon&before=later", "month=2024-06", "section=World",
    "outlet=%3Cscript%3E", "hl=ar&by=language", "author=Anna%20Tide&q=talks",
)  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
async def test_whatever_is_asked_there_is_a_page_with_nothing_that_runs(
    site: Datasette, query: str
) -> None:
    tree = await page(site, f"{PAGE}?{query}")
    assert not tree.xpath("//script[not(@src)]")
    assert not tree.xpath("//*[@style]|//style|//@onclick")
    for ending in ("svg", "csv", "json"):
        response = await site.client.get(f"{PAGE}.{ending}?{query}")
        assert response.status_code in (200, 404), response.text


async def test_the_svg_is_readable_alone_whatever_names_are_in_it(site: Datasette) -> None:
    response = await site.client.get(f"{PAGE}.svg?q=武器&q2=<script>%00%1B&after=2024-06")
    assert response.headers["content-type"].startswith("image/svg+xml")
    root = lxml.etree.fromstring(response.content)
    texts = [" ".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert any("武器" in text for text in texts)
    assert any("share of all articles" in text for text in texts)
    assert any(text.startswith("Source:") for text in texts)
    assert not list(root.iter(f"{SVG}script"))
    assert not root.xpath("//@style")


async def test_the_csv_has_the_columns_and_no_formulas(site: Datasette) -> None:
    response = await site.client.get(f"{PAGE}.csv?q==1%2B1&q2=talks&after=2024-06")
    rows = list(csv.DictReader(io.StringIO(response.text.lstrip("\ufeff"))))
    assert list(rows[0]) == [
        "query", "period", "start", "end", "group", "articles", "share", "collected_share",
        "is_estimate",
    ]  # fmt: skip
    assert not any(row["query"].startswith("=") for row in rows)


@needs_resvg
async def test_the_png_draws_japanese_letters(site: Datasette) -> None:
    response = await site.client.get(f"{PAGE}.png?q=武器&after=2024-06")
    assert response.headers["content-type"] == "image/png"
    assert response.content[:8] == b"\x89PNG\r\n\x1a\n"
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">{}</svg>'
    text = '<text x="5" y="30" font-size="24" font-family="Noto Sans CJK JP, sans-serif">{}</text>'
    drawn = {picture(frame.format(text.format(letters))) for letters in ("", "武器", "戦争")}
    assert len(drawn) == 3  # boxes in place of letters would all look the same


async def test_without_resvg_png_is_refused_in_words_and_not_offered(
    site: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    response = await site.client.get(f"{PAGE}.png")
    assert response.status_code == 501
    assert REMEDY in response.text
    monkeypatch.setattr("scraper.web.attention.attention_page.can_draw", lambda: False)
    tree = await page(site, PAGE)
    assert [a.text for a in tree.cssselect(".downloads a")] == [
        "SVG",
        "CSV",
        "TSV",
        "JSON",
        "JSON Lines",
        "Parquet",
    ]


async def test_the_figure_above_a_search_leads_to_the_page_and_its_pictures(
    site: Datasette,
) -> None:
    found = attention_figure(site, Search("talks", month="2024-06"))
    tree = await page(site, found["link"])
    assert tree.cssselect('input[name="after"]')[0].get("value") == "2024-06"
    light = await site.client.get(found["pictures"]["small", ""])
    dark = await site.client.get(found["pictures"]["small", "scheme=dark"])
    assert COLOURS[0] in light.text
    assert COLOURS[0] not in dark.text
    assert DARK[COLOURS[0]] in dark.text
    lxml.etree.fromstring(dark.content)
    none = attention_figure(site, Search("talks", after="2024", before="2023"))
    nothing = await site.client.get(none["pictures"]["tiny", ""])
    assert "There is no day" in nothing.text


async def test_an_empty_archive_has_a_page(tmp_path: Path) -> None:
    db = Database(tmp_path / "empty.db")
    register(db.conn)
    migrations.apply(db)
    db.close()
    site = await opened(tmp_path / "empty.db")
    for query in ("", "?q=x", "?by=outlet"):
        await page(site, PAGE + query)
