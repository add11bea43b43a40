"""The page about health: what needs a person, the worst first, told by numbers, at any size."""

import csv
import io
import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import lxml.html
import pytest
import pytest_asyncio
from datasette.app import Datasette

from scraper.web.headers import OWN_POLICY
from scraper.web.health.facts import facts_of
from scraper.web.health.sparkline import draw_days
from scraper.web.health.statements import PAGE_INCIDENTS, PAGE_OUTLETS
from scraper.web.health.wording import SENTENCES, evidence_words, kind_words, suggestion_of
from tests.invented import build_archive
from tests.invented_history import build_archive_with_history
from tests.invented_watch import NASTY_HOST, OPEN

METADATA = Path(__file__).parent.parent / "datasette-metadata.json"
NEW_OUTLET = (
    "INSERT INTO outlets (slug, name, country, languages, timezone, homepage, is_declared, added_at) "
    "VALUES (?, ?, 'MT', '[\"mt\"]', 'UTC', '', 1, '2024-06-01T00:00:00Z')"
)
NEW_INCIDENT = (
    "INSERT INTO incidents (outlet, kind, severity, opened_at, seen_at, evidence) "
    "VALUES (?, 'blocked', ?, '2024-06-01T00:00:00Z', '2024-06-17T06:00:00Z', '{}')"
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("health") / "archive.db"
    build_archive_with_history(path)
    return path


async def opened(path: Path) -> Datasette:
    datasette = Datasette([str(path)], metadata=json.loads(METADATA.read_text("utf8")))
    await datasette.invoke_startup()
    return datasette


@pytest_asyncio.fixture
async def site(path: Path) -> Datasette:
    return await opened(path)


async def page(site: Datasette, path: str = "/-/health", **query: str) -> Any:
    response = await site.client.get(f"{path}?{urlencode(query)}" if query else path)
    assert response.status_code == 200, response.text
    assert response.headers["content-security-policy"] == OWN_POLICY
    assert NASTY_HOST not in response.text
    return lxml.html.fromstring(response.text)


def texts(tree: Any, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(selector)]


async def test_the_worst_comes_first_with_evidence_sample_and_what_to_type(site: Datasette) -> None:
    tree = await page(site)
    severities = {row[0]: row[3] for row in OPEN}
    found = [a.get("href").split("/")[-1] for a in tree.cssselect(".incident h3 a")]
    assert found == sorted(severities, key=lambda slug: -severities[slug])
    first = tree.cssselect(".incident")[0]
    assert texts(first, ".badge") == ["Silent"]
    assert texts(first, ".kicker span")[2] == "since 10 June 2024, 00:00 UTC"
    assert "31.2 were to be expected since." in texts(first, ".told p")[0]
    assert texts(first, ".command") == ["dateline outlets check hoshi"]
    drifted = next(i for i in tree.cssselect(".incident") if "authors" in i.text_content())
    links = [a.get("href") for a in drifted.cssselect(".about a")]
    assert links == ["/-/article/6", "/archive/captures/6", "/archive/incidents/2"]


async def test_the_summary_counts_every_outlet_once(site: Datasette) -> None:
    tree = await page(site)
    assert texts(tree, ".facts dd") == ["11", "4", "7", "0", "0"]
    assert "Judged last on 17 June 2024, 06:00 UTC." in texts(tree, "p.quiet")


async def test_days_nobody_looked_at_are_told_and_hatched(site: Datasette) -> None:
    tree = await page(site)
    drawing = tree.cssselect("svg.sparkline")[0]
    assert drawing.get("aria-label").endswith("5 days were not looked at.")
    assert drawing.cssselect(".unseen-days")


async def test_filters_narrow_and_nonsense_is_ignored(site: Datasette) -> None:
    assert texts(await page(site, kind="blocked"), ".incident h3") == ["El Lucero"]
    assert texts(await page(site, country="jp"), ".incident h3") == ["星の新聞"]
    assert texts(await page(site, kind="slow", country="JP"), ".empty p") == [
        "No open incident is like that."
    ]
    odd = {"kind": "x", "from": "1e999_5; DROP", "after": "zz" * 500}
    assert len(texts(await page(site, **odd), ".incident")) == len(OPEN)


async def test_what_is_over_is_listed_below(site: Datasette) -> None:
    (told,) = texts(await page(site), ".over li")
    assert told == "Harbour Post Slow from 1 June 2024, 00:00 UTC to 10 June 2024, 00:00 UTC"


async def test_the_table_has_the_last_week_beside_the_weeks_before(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive_with_history(path)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM daily_counts")
        connection.execute(
            "INSERT INTO daily_counts SELECT day, outlet, 'en', article_count FROM outlet_days"
        )
        # A first look finds what was published on days before it, which nobody looked at.
        connection.execute(
            "UPDATE outlet_days SET article_count = 900 WHERE day = "
            "(SELECT MIN(day) FROM outlet_days AS d WHERE d.outlet = outlet_days.outlet)"
        )
        connection.execute("INSERT INTO daily_counts VALUES ('2024-01-01', 'harbour', 'en', 900)")
    connection.close()
    tree = await page(await opened(path))
    rows = {row[0]: row for row in (texts(tr, "th, td") for tr in tree.cssselect(".grid tbody tr"))}
    assert rows["星の新聞"][2:5] == ["One incident", "3.4", "0"]
    assert rows["Harbour Post"][2:5] == ["Well", "3.5", "3.4"]
    assert rows["Harbour Post"][6:9] == ["42%", "100%", "403"]
    assert rows["Harbour Post"][9:] == ["304 × 70, 200 × 63, no answer × 7", "140", "1.8"]


async def test_an_outage_of_our_own_and_what_cannot_be_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive_with_history(path)
    site = await opened(path)
    assert not (await page(site)).cssselect(".health .notes")
    outage: dict[str, Any] = {"since": "2024-06-17T04:00:00Z", "outlets": 7, "asked": 9}
    for noted in (outage, outage | {"since": None}, outage | {"over_at": "2024-06-17T05:00:00Z"}):
        with sqlite3.connect(path) as connection:
            connection.execute("DELETE FROM archive_info WHERE key = 'outage'")
            connection.execute(
                "INSERT INTO archive_info (key, value) VALUES ('outage', ?)", (json.dumps(noted),)
            )
        told = texts(await page(site), ".health .notes")
        assert bool(told) == ("over_at" not in noted)
        assert all("of 9 outlets asked, 7" in line for line in told)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE archive_info SET value = 'no map' WHERE key = 'outage'")
        connection.execute(
            "UPDATE listings SET problem = 'HTTP 404', checked_at = '2024-06-17T05:00:00Z' "
            "WHERE outlet = 'harbour'"
        )
    tree = await page(site)
    rows = {row[0]: row for row in (texts(tr, "th, td") for tr in tree.cssselect(".grid tbody tr"))}
    assert rows["Harbour Post"][2] == "Could not be read"
    assert not texts(tree, ".health .notes")


async def test_open_incidents_can_be_taken_away(site: Datasette) -> None:
    response = await site.client.get("/-/health.csv?kind=drifted")
    (row,) = csv.DictReader(io.StringIO(response.text.lstrip("\ufeff")))
    assert row["outlet"] == "najm"
    assert row["told"].startswith("Of its new articles, 5% name an author; usually 92% do.")
    assert row["archive_url"] == "http://localhost/-/outlet/najm"
    found = (await site.client.get("/-/health.json")).json()
    assert not any("\u2068" in each["told"] for each in found["incidents"])
    assert [each["severity"] for each in found["incidents"]] == sorted(
        (row[3] for row in OPEN), reverse=True
    )
    assert (await site.client.get("/-/health.atom")).status_code == 404


async def test_an_outlet_s_page_tells_its_watching(site: Datasette) -> None:
    tree = await page(site, "/-/outlet/harbour")
    watch = tree.cssselect(".watch")[0]
    assert texts(watch, ".facts dd") == ["15", "0.01", "155", "0.15"]
    assert "New articles a day from 23 Apr 2024 to 17 Jun 2024: " in texts(watch, "p.quiet")[0]
    assert texts(watch, ".rules pre") == ["Disallow: /world"]
    assert texts(watch, ".heat tbody tr:first-child td")[5:8] == ["0.1", "1.5", "1.5"]
    assert "17 June 2024, 06:40 UTC, by its rhythm" in texts(tree, ".grid td")
    assert texts(await page(site, "/-/outlet/lucero"), ".incident .badge") == ["Blocked"]


async def test_an_archive_without_any_of_it_is_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive(path)
    site = await opened(path)
    tree = await page(site)
    assert texts(tree, ".empty p") == ["No incident is recorded here."]
    assert "Nothing has been judged yet" in " ".join(texts(tree, "p.quiet"))
    assert "No incident is open." in texts(await page(site, "/-/outlet/harbour"), ".watch p")


async def test_links_stay_in_the_archive_asked_for(site: Datasette, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    build_archive_with_history(path)
    site = Datasette([*site.files, str(path)], metadata=json.loads(METADATA.read_text("utf8")))
    await site.invoke_startup()
    tree = await page(site, "/-/health", db="other", kind="drifted")
    links = [a.get("href") for a in tree.cssselect(".incident a, .export a, .grid a, .over a")]
    assert links
    assert all("db=other" in link or link.startswith("/other/") for link in links)
    assert "kind=drifted" in tree.cssselect(".export a")[0].get("href")


async def test_many_incidents_and_outlets_come_in_pages_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    build_archive_with_history(path)
    connection = sqlite3.connect(path)
    slugs = [f"mt{number:03}" for number in range(PAGE_OUTLETS + 10)]
    connection.executemany(NEW_OUTLET, [(slug, slug) for slug in slugs])
    # Many are equally bad, so that a page ends among equals.
    connection.executemany(
        NEW_INCIDENT, [(slug, 1 + number // 40 * 0.1) for number, slug in enumerate(slugs)]
    )
    connection.commit()
    connection.close()
    site = await opened(path)
    found: list[str] = []
    address, sizes = "/-/health?country=MT", []
    while address:
        tree = await page(site, address)
        names = texts(tree, ".incident h3")
        sizes.append(len(names))
        found += names
        address = next((a.get("href") for a in tree.cssselect("a[rel=next][href*=from]")), "")
    assert sorted(found) == slugs
    assert set(sizes[:-1]) == {PAGE_INCIDENTS}
    tree = await page(site, "/-/health?country=MT")
    (more,) = (a.get("href") for a in tree.cssselect("a[rel=next][href*=after]"))
    names = texts(tree, ".grid tbody th") + texts(await page(site, more), ".grid tbody th")
    assert names == slugs


def test_every_sentence_is_said_where_its_numbers_are_there() -> None:
    for kind, form in SENTENCES:
        what, _, field = form.partition(" ")
        keys = {
            "expected": 0.5,
            "came": 0.1,
            "listing": "https://a.example/feed",
            "host": "b.example",
        }
        keys |= {"last_at": "2024-06-01T00:00:00Z", "changed_at": "soon", "problem": "HTTP 404"}
        names = "silent_seconds usual_seconds missed_days looks pages no_article quarantined gone "
        names += "failed listings of_listings failures articles known_articles requests refused "
        names += "checks expected_checks days known_days"
        keys |= {"well_since": "2024-06-16T05:00:00Z"}
        numbers = dict.fromkeys(names.split(), 3)
        whole = evidence_words(kind, field, json.dumps({"what": what, **keys, **numbers}))
        assert len(whole) >= 3, (kind, form)
        assert "since \u206816 June 2024, 05:00 UTC\u2069" in whole[-1]
        assert not any("%(" in sentence for sentence in whole)


@pytest.mark.parametrize("stored", ["", "[", "[1]", "null", '{"what": []}', '{"what": "x"}', None])
@pytest.mark.parametrize("kind", ["silent", "drifted", "slow", "unheard of"])
def test_odd_evidence_is_no_error(kind: str, stored: str | None) -> None:
    assert evidence_words(kind, "", stored) == [
        "Its evidence is told in the table of incidents alone."
    ]
    assert suggestion_of(stored, "a b")[1] == "dateline outlets check 'a b'"


def test_odd_numbers_are_no_error() -> None:
    odd = '{"what": "delay", "expected": 1e308, "came": -5, "checks": NaN, "expected_checks": Infinity}'
    assert evidence_words("slow", "", odd)
    assert kind_words("unheard of", "") == "unheard of"


def test_facts_of_an_outlet_never_looked_at_are_unknown() -> None:
    facts = facts_of({"before_articles": None, "before_days": 0}, ())
    assert (facts.expected, facts.came, facts.authored, facts.words) == (None, None, None, None)


def test_a_drawing_of_days_never_looked_at_says_so() -> None:
    drawn = draw_days({}, date(2024, 6, 1), 56)
    assert 'aria-label="Nobody looked from 1 Jun 2024 to 26 Jul 2024."' in drawn
