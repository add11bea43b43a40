"""Pages about outlets: a list and a map that agree with the archive, gaps that are told as gaps."""

import json
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette

from scraper.archive.search import register
from scraper.web.headers import OWN_POLICY
from scraper.web.outlets.gaps import Span, by_month, missing_spans
from scraper.web.outlets.health import Health, State, judge, patience
from scraper.web.outlets.outlet_page import count_failures
from scraper.web.outlets.rhythm import SHADES, median_a_day, week_of
from scraper.web.outlets.world_map import CLASSES, read_world, scale_of
from tests.invented import ARTICLES, NASTY, OUTLETS, build_archive

METADATA = Path(__file__).parent.parent / "datasette-metadata.json"
NOW = date(2024, 6, 17)  # the day of the archive's latest run
BY_HAND = "ניסיון.example"  # an outlet archived from addresses given by hand


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("outlets") / "archive.db"
    build_archive(path)
    connection = sqlite3.connect(path)
    register(connection)
    _crawl(connection, "harbour", [f"2024-06-{day:02}" for day in (1, 2, 5, 16, 17)])
    _crawl(connection, "hoshi", ["2024-06-16", "2024-06-17"])
    _crawl(connection, "najm", ["2024-06-10"])
    _crawl(connection, "lucero", ["2024-06-15"])
    _crawl(connection, "lucero", ["2024-06-16", "2024-06-17"], outcome="failed")
    for slug, name, country in ((BY_HAND, NASTY, None), ("valletta", "Il-Port", "MT")):
        connection.execute(
            "INSERT INTO outlets VALUES (?, ?, ?, '[\"he\", \"en-GB\"]', 'No/Where', 'javascript:1', ?, "
            "'2024-06-01T00:00:00Z')",
            (slug, name, country, int(slug != BY_HAND)),
        )
    connection.execute(
        "INSERT INTO listings (url, outlet, kind, checked_at, candidate_count, problem) "
        "VALUES ('https://harbour.example/feed', 'harbour', 'feed', '2024-06-17T01:00:00Z', 30, ?), "
        "('javascript:1', 'harbour', 'section', NULL, 0, NULL)",
        (NASTY,),
    )
    _quarantine(connection)
    connection.commit()
    connection.close()
    return path


def _crawl(
    connection: sqlite3.Connection, outlet: str, days: list[str], outcome: str = "done"
) -> None:
    connection.execute(
        "UPDATE outlets SET added_at = '2024-06-01T00:00:00Z' WHERE slug = ?", (outlet,)
    )
    for day in days:
        connection.execute(
            "INSERT INTO crawl_runs (outlet, started_at, ended_at, outcome, reason, pid, version, "
            "listings, fetched, new, failed, failures) "
            "VALUES (?, ?, ?, ?, ?, 1, '0', 1, 5, 3, 2, ?)",
            (
                outlet, f"{day}T01:00:00Z", f"{day}T01:05:00Z", outcome,
                NASTY if outcome == "failed" else None, json.dumps({"timeout": 2}),
            ),
        )  # fmt: skip


def _quarantine(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO captures (id, url, outlet, captured_at, status, body_bytes, sha256, warc_file, "
        "warc_offset, warc_bytes) VALUES (1, 'https://harbour.example/q', 'harbour', "
        "'2024-06-17T01:00:00Z', 200, 1, '0', 'a', 0, 1)"
    )
    connection.execute(
        "INSERT INTO quarantine (url, outlet, capture, quarantined_at, reason, detail) "
        "VALUES ('https://harbour.example/q', 'harbour', 1, '2024-06-17T01:00:00Z', 'no title', '')"
    )


@pytest_asyncio.fixture
async def site(path: Path) -> Datasette:
    datasette = Datasette([str(path)], metadata=json.loads(METADATA.read_text("utf8")))
    await datasette.invoke_startup()
    return datasette


async def page(site: Datasette, path: str, status: int = 200, **query: str) -> Any:
    response = await site.client.get(f"{path}?{urlencode(query)}" if query else path)
    assert response.status_code == status, response.text
    assert response.headers["content-security-policy"] == OWN_POLICY
    return lxml.html.fromstring(response.text)


def texts(tree: Any, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


async def names(site: Datasette, **query: str) -> list[str]:
    return texts(await page(site, "/-/outlets", 200, **query), ".grid tbody th")


async def test_every_outlet_is_listed_with_its_articles(site: Datasette) -> None:
    tree = await page(site, "/-/outlets")
    rows = {row[0]: row for row in (texts(tr, "th, td") for tr in tree.cssselect(".grid tbody tr"))}
    assert len(rows) == len(OUTLETS) + 2
    counted = sum(1 for article in ARTICLES if article[0] == "harbour")
    assert rows["Harbour Post"][1:7] == [
        "United Kingdom", "English", "2024-06-01", str(counted), "2024-06-16", "2024-06-17",
    ]  # fmt: skip


async def test_days_missing_are_counted_since_the_first_run(site: Datasette) -> None:
    tree = await page(site, "/-/outlets", q="harbour post")
    assert texts(tree, ".grid tbody td")[-1] == str(17 - 5)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "HARBOUR"}, ["Harbour Post", "Harbour Sport"]),
        ({"q": "星"}, ["星の新聞", "星河日報"]),
        ({"country": "jp"}, ["星の新聞"]),
        ({"language": "zh"}, ["星河日報"]),
        ({"country": "JP", "language": "de"}, []),
        ({"q": "%"}, []),
        ({"q": "x" * 5000}, []),
    ],
)
async def test_outlets_are_found_by_text_country_and_language(
    site: Datasette, query: dict[str, Any], found: list[str]
) -> None:
    assert await names(site, **query) == found


async def test_the_table_sorts_by_every_column_both_ways(site: Datasette) -> None:
    tree = await page(site, "/-/outlets")
    for link in [a.get("href") for a in tree.cssselect(".grid thead a")]:
        once = await page(site, link)
        (head,) = once.cssselect(".grid thead [aria-sort]")
        back = await page(site, head.cssselect("a")[0].get("href"))
        (turned,) = back.cssselect(".grid thead [aria-sort]")
        assert turned.get("aria-sort") != head.get("aria-sort")
        assert len(texts(back, ".grid tbody tr")) == len(OUTLETS) + 2


async def test_most_articles_come_first_and_unknown_orders_are_by_name(site: Datasette) -> None:
    assert (await names(site, sort="articles"))[0] in ("Harbour Post", "星の新聞", "صحيفة النجم")
    assert await names(site, sort="-; DROP TABLE") == await names(site)


async def test_the_map_has_a_link_for_each_country_with_outlets(site: Datasette) -> None:
    tree = await page(site, "/-/outlets")
    shown = {a.get("aria-label"): a for a in tree.cssselect(".world a")}
    assert len(shown) == len({country for _, _, country, _ in OUTLETS} | {"MT"})
    assert "Japan: 2 articles" in shown
    japan = shown["Japan: 2 articles"]
    assert japan.get("tabindex") == "-1", "the list below is the way by keyboard"
    assert await names(site, country="JP") == texts(
        await page(site, japan.get("href")), ".grid tbody th"
    )


async def test_small_countries_are_dots_and_those_without_articles_have_no_shade(
    site: Datasette,
) -> None:
    tree = await page(site, "/-/outlets")
    (malta,) = tree.cssselect(".world a[aria-label='Malta: 0 articles']")
    assert malta.cssselect("circle")
    assert "shade-0" in malta.get("class")


async def test_the_countries_stand_in_a_list_as_well(site: Datasette) -> None:
    listed = texts(await page(site, "/-/outlets"), ".countries li")
    assert "Japan 2 articles" in listed
    assert "No country given 0 articles" in listed


async def test_an_outlet_page_says_what_is_collected_and_how_it_went(site: Datasette) -> None:
    tree = await page(site, "/-/outlet/harbour")
    assert texts(tree, "h1") == ["Harbour Post"]
    assert texts(tree, ".facts dd")[:3] == ["Well", "1 June 2024", "17 June 2024"]
    listings = tree.xpath("//section[@aria-labelledby='listings']")[0]
    assert texts(listings, "tbody th") == ["Feed", "Section page"]
    assert [a.get("rel") for a in listings.cssselect("a")] == ["noopener noreferrer nofollow"]
    runs = tree.xpath("//section[@aria-labelledby='runs']")[0]
    assert len(texts(runs, "tbody tr")) == 5
    assert {"timeout 10", "no title 1"} <= set(texts(runs, ".counted li"))


async def test_gaps_are_told_as_spans_and_by_month(site: Datasette) -> None:
    tree = await page(site, "/-/outlet/harbour")
    assert texts(tree, ".spans li") == [
        "6 June 2024 to 15 June 2024 10 days", "3 June 2024 to 4 June 2024 2 days",
    ]  # fmt: skip
    assert texts(tree, ".months tbody td")[5] == "12"
    assert "cover-1" in tree.cssselect(".months tbody td")[5].get("class")


async def test_headlines_lead_to_articles_in_their_own_direction(site: Datasette) -> None:
    tree = await page(site, "/-/outlet/najm")
    first = tree.cssselect(".headlines a")[0]
    assert (first.get("dir"), first.get("lang")) == ("rtl", "ar")
    assert texts(await page(site, first.get("href")), "h1") == [first.text_content()]


async def test_links_of_an_outlet_lead_to_its_articles_in_every_way(site: Datasette) -> None:
    tree = await page(site, "/-/outlet/hoshi")
    for link in tree.cssselect(".counted a, .ways a"):
        if not link.get("href").startswith(("/-/edits", "/-/attention")):
            response = await site.client.get(link.get("href"))
            assert response.status_code == 200, link.get("href")
    (author,) = tree.xpath("//section[@aria-labelledby='authors']//a[.='星野 灯']")
    assert texts(await page(site, author.get("href")), ".card h3") == [ARTICLES[0][1]]


async def test_the_hours_of_the_week_are_on_the_outlets_clock(site: Datasette) -> None:
    tree = await page(site, "/-/outlet/lucero")  # 20:00 UTC on Saturday is Sunday in Tokyo
    rows = tree.cssselect(".heat:not(.months) tbody tr")
    assert texts(rows[6], "td")[5] == "1"
    assert "Asia/Tokyo" in texts(tree, ".heat caption")[0]


async def test_health_is_said_in_words(site: Datasette) -> None:
    tree = await page(site, "/-/outlets", sort="health")
    told = dict(zip(texts(tree, ".grid tbody th"), texts(tree, ".grid .state"), strict=True))
    assert told["El Lucero"] == "The last 2 runs failed"
    assert told["صحيفة النجم"] == "No successful run for 7 days"
    assert told["Der Morgenstern"] == "Not crawled yet"
    assert told["Harbour Post"] == "Well"
    assert texts(tree, ".grid tbody th")[0] == "El Lucero"


async def test_an_outlet_of_any_name_has_its_page_and_runs_nothing(site: Datasette) -> None:
    tree = await page(site, f"/-/outlet/{quote(BY_HAND)}")
    assert texts(tree, "h1") == [NASTY]
    assert not tree.cssselect("script, img")
    assert not tree.xpath("//a[starts-with(@href, 'javascript:')]")
    assert texts(tree, ".facts dd")[0] == "Archived by hand"
    assert "gaps cannot be told" in tree.text_content()
    assert (await page(site, "/-/outlets", q="script")).cssselect(".grid tbody a")[0].get(
        "href"
    ) == f"/-/outlet/{quote(BY_HAND)}"


@pytest.mark.parametrize("slug", ["nobody", "%00", "x" * 800, "..%2F..", "%FF"])
async def test_an_outlet_that_is_not_there_is_a_page_that_says_so(
    site: Datasette, slug: str
) -> None:
    tree = await page(site, f"/-/outlet/{slug}", status=404)
    assert texts(tree, "h1") == ["No such outlet"]


async def test_an_archive_without_crawl_runs_tells_no_gaps(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    site = Datasette([str(path)])
    await site.invoke_startup()
    tree = await page(site, "/-/outlet/harbour")
    assert "gaps cannot be told" in tree.text_content()
    assert texts(tree, ".facts dd")[0] == "Not crawled yet"


@pytest.mark.parametrize(
    ("since", "outcome", "said"),
    [
        ("2024-06-17", "done", "The only day so far, 17 June 2024, has a successful crawl run."),
        ("2024-06-17", "failed", "The only day so far, 17 June 2024, has no successful crawl run."),
        ("2024-06-16", "done", "Each of the 2 days since 16 June 2024 has a successful crawl run."),
        ("2024-06-15", "done", "One of the 3 days since 15 June 2024 has no successful crawl run."),
    ],
)
async def test_gaps_are_told_in_a_sentence_that_fits_few_days(
    tmp_path: Path, since: str, outcome: str, said: str
) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    with sqlite3.connect(path) as connection:
        register(connection)
        days = [day for day in ("2024-06-16", "2024-06-17") if day >= since]
        _crawl(connection, "harbour", days, outcome)
        connection.execute("UPDATE outlets SET added_at = ?", (f"{since}T00:00:00Z",))
    connection.close()
    site = Datasette([str(path)])
    await site.invoke_startup()
    tree = await page(site, "/-/outlet/harbour")
    (told,) = texts(tree, "section[aria-labelledby=gaps] > p")
    assert told.startswith(said)
    assert ("may be missing" in told) is ("no successful" in said)
    assert "0 a week" not in texts(tree, ".facts dd")


async def test_an_outlet_that_publishes_rarely_has_fewer_than_one_a_week(site: Datasette) -> None:
    tree = await page(site, "/-/outlet/najm")  # crawled on one day, on which nothing came
    assert texts(tree, ".facts dd")[3] == "fewer than one a week"


async def test_a_listing_s_problem_stands_before_its_address(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO listings (url, outlet, kind, problem) "
            "VALUES ('https://harbour.example/old', 'harbour', 'feed', 'HTTP 404')"
        )
    connection.close()
    site = Datasette([str(path)])
    await site.invoke_startup()
    tree = await page(site, "/-/outlet/harbour")
    assert texts(tree, ".listings thead th")[:3] == ["Listing", "Problem", "Address"]
    assert "HTTP 404" in texts(tree, ".listings td")


async def test_pages_are_written_for_their_reader(site: Datasette) -> None:
    response = await site.client.get("/-/outlet/harbour", headers={"accept-language": "de"})
    assert "16. Juni 2024" in response.text


def test_the_map_holds_every_country_an_outlet_may_have() -> None:
    world = read_world()
    for code in ("SG", "MT", "BH", "HK", "TW", "XK", "PS", "GI", "GF", "VA", "TV", "MO", "US"):
        shape = world.countries[code]
        assert shape.path or shape.dot, code
    for code in ("SG", "MT", "HK", "XK", "PS", "GI", "VA", "TV"):
        assert world.countries[code].dot, f"{code} would be too small to hit"
    assert all(
        0 <= shape.dot[0] <= world.width and 0 <= shape.dot[1] <= world.height
        for shape in world.countries.values()
        if shape.dot
    )
    assert world.countries["FR"].path not in world.land_without(["FR"])


def test_a_scale_puts_every_number_in_one_class() -> None:
    for counts in ([], [0], [5], [5, 5, 5], [1, 2], list(range(100)), [1] * 9 + [1000]):
        scale = scale_of(counts)
        shades = [scale.shade_of(count) for count in sorted(counts)]
        assert shades == sorted(shades)
        assert [bool(shade) for shade in shades] == [bool(count) for count in sorted(counts)]
        assert not shades or max(shades) in (0, CLASSES)
        assert all(least <= most for least, most in scale.classes)


def test_gaps_at_both_ends_and_none_at_all() -> None:
    first, last = date(2024, 6, 1), date(2024, 6, 3)
    assert missing_spans(first, last, []) == [Span(first, last)]
    assert missing_spans(first, last, [first, date(2024, 6, 2), last]) == []
    assert missing_spans(first, first, [last]) == [Span(first, first)]
    assert [month.share for month in by_month(first, last, [first])] == [1]


def test_times_that_are_none_are_not_counted() -> None:
    week = week_of(["soon", "0001-01-01T05:00:00Z", "9999-12-31T23:00:00Z"], ZoneInfo("Asia/Tokyo"))
    assert (week.timed, week.untimed) == (0, 0)
    week = week_of(["2024-06-17T10:00:00Z"] * 7 + ["2024-06-17T11:00:00Z"], UTC)
    assert [week.shade(count) for count in week.hours[0][10:13]] == [SHADES, 1, 0]
    assert datetime(2024, 6, 17).weekday() == 0
    few = week_of(["2024-06-17T10:00:00Z"], UTC)
    assert few.shade(1) == 1, "one article alone is not many"


def test_a_usual_day_counts_days_without_articles() -> None:
    days = [date(2024, 6, day) for day in (1, 2, 3)]
    assert median_a_day({days[0]: 9}, days) == 0


@pytest.mark.parametrize(
    ("outcomes", "succeeded", "published", "state"),
    [
        ([], None, None, State.UNTRIED),
        (["running"], None, None, State.UNTRIED),
        (["running", "interrupted", "done"], NOW, NOW, State.FAILING),
        (["done"], date(2024, 6, 13), NOW, State.LATE),
        (["done"], NOW, date(2024, 5, 1), State.SILENT),
        (["done", "failed"], NOW, NOW, State.WELL),
        (["done"], NOW, date(2030, 1, 1), State.WELL),
    ],
)
def test_health_is_judged_by_the_worst(
    outcomes: list[str], succeeded: date | None, published: date | None, state: State
) -> None:
    assert judge(outcomes, succeeded, published, NOW).state is state


def test_who_publishes_rarely_may_be_silent_longer() -> None:
    assert judge(["done"], NOW, date(2024, 5, 1), NOW, patience(12, 365)) == Health(State.WELL)


def test_failures_stored_badly_are_left_out() -> None:
    assert count_failures(["[1]", "{", '{"a": "many"}', '{"b": 1}']) == [("b", 1)]
