"""Every declared outlet is what it should be, and the collection covers the world it promises."""

import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from zoneinfo import available_timezones

import pytest
from babel import Locale
from warcio.archiveiterator import ArchiveIterator

from scraper.crawl.declaration import LISTING_KINDS
from scraper.crawl.outlets import DEMO_PREFIX, load_outlets, select_outlets
from scraper.crawl.spider import OutletSpider
from scraper.discovery.listings import read_listing
from scraper.errors import BadDeclaration, UnknownOutlet
from scraper.records import Outlet
from scraper.urls import canonical_url, matches_pattern

OUTLETS = load_outlets()
REAL = {name: spider for name, spider in OUTLETS.items() if not name.startswith(DEMO_PREFIX)}
SHARED = Path(__file__).parents[2] / "shared"
REPLAY, CATALOGUE = SHARED / "replay", SHARED / "outlets.json"
ENGLISH = Locale("en")

every_outlet = pytest.mark.parametrize("spider", OUTLETS.values(), ids=OUTLETS)
every_real_outlet = pytest.mark.parametrize("spider", REAL.values(), ids=REAL)


def listings(spider: type[OutletSpider]) -> Iterator[tuple[str, str]]:
    for attribute, kind in LISTING_KINDS.items():
        for url in getattr(spider, attribute):
            yield kind, url


@every_outlet
def test_says_who_it_is(spider: type[OutletSpider]) -> None:
    outlet = spider.outlet
    assert outlet.name.strip() == outlet.name != ""
    assert outlet.country in ENGLISH.territories
    assert outlet.timezone in available_timezones()
    assert (spider.__doc__ or "").strip().endswith("."), "one line of facts and doubts"
    for tag in outlet.languages:
        locale = Locale.parse(tag, sep="-")
        assert locale.language in ENGLISH.languages


@every_real_outlet
def test_is_short_and_all_data(spider: type[OutletSpider]) -> None:
    methods = [name for name, value in vars(spider).items() if callable(value)]
    assert not methods, "an outlet that needs a method gets its own file and a comment why"
    assert spider.outlet.homepage.startswith(("https://", "http://"))


@every_real_outlet
def test_listings_are_asked_by_https_or_the_docstring_says_why_not(
    spider: type[OutletSpider],
) -> None:
    urls = [url for _, url in listings(spider)]
    assert len(set(urls)) == len(urls)
    if not all(url.startswith("https://") for url in urls):
        assert "http only" in (spider.__doc__ or "")


@every_outlet
def test_its_pattern_knows_articles_from_fronts(spider: type[OutletSpider]) -> None:
    pattern = spider.article_urls
    if not pattern:
        return
    re.compile(pattern)
    for url in (*spider.sections, spider.outlet.homepage):
        if url:
            assert not matches_pattern(pattern, url), f"{url} is no article"


@every_real_outlet
def test_its_pattern_is_quick_on_any_address(spider: type[OutletSpider]) -> None:
    home = spider.outlet.homepage.rstrip("/")
    began = time.process_time()
    for unit in ("a", "a-", "a/", "/a", "1", "2026/05/04/", "-1", "%E3", "/article"):
        matches_pattern(spider.article_urls, f"{home}/{unit * (1900 // len(unit))}!")
    assert time.process_time() - began < 2


def test_the_world_is_covered() -> None:
    countries = {spider.outlet.country for spider in REAL.values()}
    languages = {tag.split("-")[0] for spider in REAL.values() for tag in spider.outlet.languages}
    assert len(countries) >= 24
    assert len(languages) >= 18
    assert {"ja", "zh", "ko", "th", "ar", "he", "fa", "ru", "uk", "tr", "hi", "el"} <= languages


def test_every_kind_of_listing_is_used() -> None:
    kinds = defaultdict(set)
    for name, spider in REAL.items():
        for kind, _ in listings(spider):
            kinds[kind].add(name)
    assert set(kinds) == set(LISTING_KINDS.values())
    assert len(kinds["news_sitemap"]) >= 5
    urls = [url for spider in REAL.values() for _, url in listings(spider)]
    assert any(url.endswith(".xml.gz") for url in urls), "a gzipped sitemap"
    assert any(url.endswith(".rdf") or "/rdf/" in url for url in urls), "RSS 1.0"
    assert any("Atom" in (spider.__doc__ or "") for spider in REAL.values())


def test_no_listing_belongs_to_two_outlets() -> None:
    urls = [canonical_url(url) for spider in REAL.values() for _, url in listings(spider)]
    assert len(set(urls)) == len(urls)


def replayed() -> dict[str, bytes]:
    with (REPLAY / "world.warc.gz").open("rb") as stream:
        return {
            record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
            for record in ArchiveIterator(stream)
            if record.rec_type == "response"
        }


@pytest.mark.skipif(not REPLAY.exists(), reason=f"no replay at {REPLAY}")
def test_every_known_article_is_offered_by_every_listing_of_its_outlet() -> None:
    answers = replayed()
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for article in json.loads((REPLAY / "world.truth.json").read_text("utf8")):
        wanted[article["outlet"]][article["url"]] = " ".join(article["title"].split())
    assert set(wanted) <= set(REAL)
    for name, articles in wanted.items():
        for kind, url in listings(REAL[name]):
            listing = read_listing(kind, answers[url], url, article_urls=REAL[name].article_urls)
            found = {c.url: " ".join(c.title.split()) for c in listing.candidates}
            assert found == articles, f"{name}: {url}"


@pytest.mark.skipif(not CATALOGUE.exists(), reason=f"no catalogue at {CATALOGUE}")
@every_real_outlet
def test_says_nothing_that_the_catalogue_does_not_know(spider: type[OutletSpider]) -> None:
    catalogue = {facts["slug"]: facts for facts in json.loads(CATALOGUE.read_text("utf8"))}
    facts = catalogue.get(spider.name)
    if facts is None:
        pytest.skip("not in the catalogue")
    urls = {*facts["feeds"], *facts["news_sitemaps"], facts["section"]["url"]}
    assert {url for _, url in listings(spider)} <= urls
    assert spider.article_urls == facts["article_url"]
    assert spider.outlet.country == facts["country"]
    assert spider.outlet.timezone == facts["timezone"]
    assert spider.outlet.homepage == facts["homepage"]
    assert set(spider.outlet.languages) <= set(facts["languages"])


def declare(**attributes: object) -> None:
    good = {
        "name": "test-outlet",
        "outlet": Outlet("Test", "DE", ("de",), "Europe/Berlin"),
        "feeds": ("https://www.example.org/rss",),
    }
    kept = {key: value for key, value in (good | attributes).items() if value is not None}
    type("TestOutlet", (OutletSpider,), kept)


@pytest.mark.parametrize(
    ("attributes", "problem"),
    [
        ({"name": "Test Outlet"}, "name must be a slug"),
        ({"name": None}, "name must be a slug"),
        ({"outlet": "Test"}, "outlet must be an Outlet"),
        ({"outlet": Outlet("Test", "Germany", ("de",))}, "'Germany' is no ISO 3166-1"),
        ({"outlet": Outlet("Test", "DE", ())}, "languages is empty"),
        ({"outlet": Outlet("Test", "DE", ("German",))}, "'German' is no BCP 47 tag"),
        ({"outlet": Outlet("Test", "DE", ("de",), "Berlin")}, "'Berlin' is no IANA zone"),
        ({"feeds": None}, "no listing"),
        ({"feeds": "https://www.example.org/rss"}, "feeds must be a tuple"),
        ({"feeds": ("www.example.org/rss",)}, "is no http"),
        ({"sections": ("file:///etc/passwd",)}, "is no http"),
        ({"article_urls": "(unclosed"}, "article_urls is no regular expression"),
    ],
)
def test_a_wrong_declaration_fails_with_the_class_named(
    attributes: dict[str, object], problem: str
) -> None:
    with pytest.raises(BadDeclaration, match=re.escape(problem)) as caught:
        declare(**attributes)
    assert "TestOutlet" in str(caught.value)


def test_a_right_declaration_passes() -> None:
    declare()


@pytest.fixture
def declarations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a directory whose package `declared` is importable during the test."""
    package = tmp_path / "declared"
    package.mkdir()
    (package / "__init__.py").write_text('"""Outlets."""\n')
    monkeypatch.syspath_prepend(tmp_path)
    yield package
    for name in [name for name in sys.modules if name.split(".")[0] == "declared"]:
        del sys.modules[name]


def write_outlet(path: Path, cls: str, name: str) -> None:
    path.write_text(
        dedent(
            f'''
            from scraper.crawl.spider import OutletSpider
            from scraper.records import Outlet


            class {cls}(OutletSpider):
                """A test."""

                name = "{name}"
                outlet = Outlet("{cls}", "DE", ("de",))
                feeds = ("https://www.example.org/rss",)
            '''
        )
    )


def test_outlets_come_in_the_order_of_their_names(declarations: Path) -> None:
    write_outlet(declarations / "germany.py", "Zeit", "zeit")
    write_outlet(declarations / "austria.py", "Anzeiger", "anzeiger")
    assert list(load_outlets(["declared"])) == ["anzeiger", "zeit"]


def test_one_name_for_two_outlets_is_a_wrong_declaration(declarations: Path) -> None:
    write_outlet(declarations / "germany.py", "First", "twice")
    write_outlet(declarations / "austria.py", "Second", "twice")
    with pytest.raises(BadDeclaration, match="name is taken") as caught:
        load_outlets(["declared"])
    assert "First" in str(caught.value)
    assert "Second" in str(caught.value)


def test_all_means_all_but_the_demo() -> None:
    assert [spider.name for spider in select_outlets(everything=True)] == list(REAL)


def test_names_keep_their_order_and_come_once() -> None:
    chosen = select_outlets(["tagesschau", "bbc", "tagesschau"])
    assert [spider.name for spider in chosen] == ["tagesschau", "bbc"]


def test_country_and_language_choose_and_narrow() -> None:
    assert {s.outlet.country for s in select_outlets(country="jp")} == {"JP"}
    assert {"rthk", "cna-tw", "chinanews"} <= {s.name for s in select_outlets(language="zh")}
    assert {s.name for s in select_outlets(country="HK", language="zh-Hant")} == {"rthk"}
    assert [s.name for s in select_outlets(["bbc", "srf"], country="CH")] == ["srf"]
    assert select_outlets(country="ZZ") == []
    assert select_outlets() == []


def test_an_unknown_name_is_answered_with_those_that_come_near() -> None:
    with pytest.raises(UnknownOutlet, match=r"no outlet 'tageschau'.*tagesschau"):
        select_outlets(["tageschau"])
    with pytest.raises(UnknownOutlet, match="dateline outlets list"):
        select_outlets(["qqqqqqqqqq"])
