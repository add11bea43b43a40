"""What the chart of /-/attention draws where little or nothing is known: gaps, zones, sentences."""

import io
import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette
from sqlite_utils import Database

from scraper.archive.schema import migrations
from scraper.archive.search import register
from scraper.web.attention.chart import Chart, Line, Size
from scraper.web.attention.coverage import Coverage, Span, coverage
from scraper.web.attention.drawing import darkened, draw
from scraper.web.attention.marks import DARK, TINT
from scraper.web.attention.periods import periods_between
from tests.invented import build_archive

PAGE = "/-/attention"
JUNE = periods_between(date(2024, 6, 1), date(2024, 6, 7), "day")
BEFORE, FULL, THIRD = Coverage(0, 0), Coverage(3, 3), Coverage(1, 3)
STATES = (BEFORE, BEFORE, FULL, FULL, THIRD, FULL)
needs_pyarrow = pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow not installed")


def drawn(*lines: Line) -> lxml.html.HtmlElement:
    names = tuple(str(period.start) for period in JUNE)
    chart = Chart("t", "d", "articles per day", "s", JUNE, names, lines, STATES)
    return lxml.html.fromstring(str(draw(chart, Size("wide", 960, 400))))


def line(*values: float | None) -> Line:
    return Line("talks", values, (1.0,) * len(values), STATES)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Harbour was run all June 2024, najm on its 1st only, and again in the middle of July."""
    path = tmp_path_factory.mktemp("gaps") / "archive.db"
    build_archive(path)
    with closing(sqlite3.connect(path)) as connection:
        register(connection)
        for name in ("crawl_runs", "collected_days", "collected_spans"):
            connection.execute(f"DELETE FROM {name}")
        days = [("harbour", f"2024-06-{day:02}") for day in range(1, 31)]
        connection.executemany(
            "INSERT INTO crawl_runs (outlet, started_at, outcome, pid, version, listings) "
            "VALUES (?, ? || 'T05:00:00Z', 'done', 1, '0', 1)",
            [*days, ("najm", "2024-06-01"), ("najm", "2024-07-15")],
        )
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


def test_a_line_breaks_where_collecting_began_and_where_less_than_half_was_collected() -> None:
    tree = drawn(line(5, 4, 3, 2, None, 1), line(1, 1, 1, 1, None, 1))
    for way in tree.cssselect("path.line"):
        assert re.sub(r"[^ML]", "", way.get("d")) == "MLMLM"
    for band in tree.cssselect("path.band"):
        assert band.get("d").count("Z") == 3
    (first, _second) = tree.cssselect("g.series")
    assert len(first.cssselect(".mark")) == 5  # the last stands alone, and is seen by its mark


def test_columns_of_few_periods_are_pale_where_less_than_half_was_collected() -> None:
    tree = drawn(line(5, 4, 3, 2, 1, 1))
    assert not tree.cssselect("path.line")
    pale = [column.get("fill-opacity") for column in tree.cssselect("rect.column")]
    assert pale == [None, None, None, None, ".4", None]


def test_each_zone_has_a_hatching_of_its_own_in_the_dark_as_well() -> None:
    tree = drawn(line(5, 4, 3, 2, 1, 1))
    assert [gap.get("fill") for gap in tree.cssselect("rect.gap")] == [
        "url(#wide-before)",
        "url(#wide-partly)",
    ]
    ways = {one.get("id"): one.cssselect("path")[0].get("d") for one in tree.cssselect("pattern")}
    assert len(set(ways.values())) == 3
    names = tuple(str(period.start) for period in JUNE)
    chart = Chart("t", "d", "v", "s", JUNE, names, (line(5, 4, 3, 2, 1, 1),), STATES)
    dark = darkened(str(draw(chart, Size("small", 736, 150, is_picture=True))))
    assert TINT not in dark
    assert DARK[TINT] in dark


def test_no_day_before_the_first_run_counts_whatever_runs_there_are() -> None:
    days = (date(2024, 6, 20), date(2024, 6, 3))
    found = coverage([Span("a", day, day) for day in days], None, JUNE, date(2024, 7, 1))
    assert [(one.collected, one.expected) for one in found] == [
        *[(0, 0)] * 2,
        *[(1, 1)] * 3,
        (0, 1),
    ]


async def test_less_than_half_is_no_point_of_a_line_but_a_number_in_table_and_file(
    site: Datasette,
) -> None:
    address = "?after=2024-06&before=2024-07-16&unit=month&by=outlet&q=talks OR الحرب"
    tree = await page(site, PAGE + address)
    rows = json.loads((await site.client.get(f"{PAGE}.json{address}")).text)["attention"]
    partly = [row for row in rows if row["group"] == "صحيفة النجم" and row["period"] == "2024-06"]
    assert partly[0]["collected_share"] == 0.1
    assert partly[0]["articles"] is not None
    names = [entry.text_content() for entry in tree.cssselect(".legend bdi")]
    series = str(names.index("صحيفة النجم"))
    (group,) = tree.cssselect(f'svg.wide g.series[data-series="{series}"]')
    assert len(group.cssselect(".mark")) <= 1
    assert tree.cssselect("svg.wide rect.gap.partly")
    (cells,) = tree.cssselect('tr[data-start="2024-06-01"]')
    assert "10% collected" in cells.text_content()


async def test_what_has_no_article_is_told_in_a_sentence_without_axes(site: Datasette) -> None:
    for query in ("outlet=nobody", "outlet=nobody&q=x&after=2024", "language=xx"):
        tree = await page(site, f"{PAGE}?{query}")
        assert not tree.cssselect("svg.wide"), query
        assert "none in the archive fits" in tree.cssselect(".notes")[0].text_content()
        assert (await site.client.get(f"{PAGE}.svg?{query}")).status_code == 404
        small = await site.client.get(f"{PAGE}.svg?size=small&{query}")
        assert "There is no article" in small.text
    tree = await page(site, f"{PAGE}?after=2024-06&before=2024-07&q=nosuchword")
    assert "a true zero" in tree.cssselect(".notes")[0].text_content()
    assert tree.cssselect("svg.wide")


async def test_an_archive_without_articles_says_so(tmp_path: Path) -> None:
    db = Database(tmp_path / "empty.db")
    register(db.conn)
    migrations.apply(db)
    db.close()
    tree = await page(await opened(tmp_path / "empty.db"), PAGE)
    assert not tree.cssselect("figure")
    assert "the archive has none yet" in tree.cssselect(".notes")[0].text_content()


async def test_more_queries_and_filters_are_folded_unless_one_is_in_force(site: Datasette) -> None:
    for query, is_open in (("q=a&q2=b", False), ("q=a&q2=b&q3=c", True), ("outlet=najm", True)):
        tree = await page(site, f"{PAGE}?{query}")
        (more,) = tree.cssselect(".compare details")
        assert (more.get("open") is not None) == is_open, query
        assert [field.get("name") for field in more.cssselect("input, select")] == [
            "q3", "q4", "after", "before", "outlet", "language", "country",
        ]  # fmt: skip


async def test_the_numbers_are_to_be_had_as_json_lines(site: Datasette) -> None:
    response = await site.client.get(f"{PAGE}.jsonl?after=2024-06&before=2024-07&q=talks")
    rows = [json.loads(text) for text in response.text.splitlines()]
    assert len(rows) == 30
    assert sum(row["articles"] or 0 for row in rows) == 2


@needs_pyarrow
async def test_the_numbers_are_to_be_had_as_parquet(site: Datasette) -> None:
    from pyarrow import parquet

    response = await site.client.get(f"{PAGE}.parquet?after=2024-06&before=2024-07&q=talks")
    rows = parquet.read_table(io.BytesIO(response.content)).to_pylist()
    assert sum(row["articles"] or 0 for row in rows) == 2
    assert rows[0]["start"].isoformat() == "2024-06-01T00:00:00+00:00"
