"""Every declared outlet is what it should be, and the collection covers the world it promises."""

import re
import time
from collections import Counter, defaultdict
from zoneinfo import available_timezones

import pytest
from babel import Locale

from scraper.crawl.declaration import LISTING_KINDS
from scraper.crawl.spider import OutletSpider
from scraper.urls import canonical_url, matches_pattern
from tests.declared import (
    ASKED,
    DOUBT,
    REAL,
    about,
    every_outlet,
    every_real_outlet,
    listings,
)

ENGLISH = Locale("en")
LEAST_COUNTRIES, LEAST_LANGUAGES = 95, 55
WHOLE_SITE = ("whole-site", "all of politics", "front page")


@every_outlet
def test_says_who_it_is(spider: type[OutletSpider]) -> None:
    outlet = spider.outlet
    assert outlet.name.strip() == outlet.name != ""
    assert outlet.country in ENGLISH.territories
    assert outlet.timezone in available_timezones()
    assert about(spider).endswith("."), "a line or two of facts and doubts"
    assert len(set(outlet.languages)) == len(outlet.languages)
    for tag in outlet.languages:
        locale = Locale.parse(tag, sep="-")
        assert locale.language in ENGLISH.languages


@every_real_outlet
def test_is_short_and_all_data(spider: type[OutletSpider]) -> None:
    methods = [name for name, value in vars(spider).items() if callable(value)]
    assert not methods, "an outlet that needs a method gets its own file and a comment why"
    assert spider.outlet.homepage.startswith(("https://", "http://"))
    assert len(about(spider)) <= 300
    assert about(spider).count(DOUBT) <= 1


@every_real_outlet
def test_lives_in_the_file_of_its_country(spider: type[OutletSpider]) -> None:
    file = spider.__module__.removeprefix("spiders.")
    if file == "agencies":
        return
    named = ENGLISH.territories[spider.outlet.country]
    own = {"CD": "democratic_republic_of_the_congo", "CG": "republic_of_the_congo"}
    own |= {"HK": "hong_kong", "MM": "myanmar", "TR": "turkey", "BA": "bosnia_and_herzegovina"}
    assert file == own.get(spider.outlet.country, named.lower().replace(" ", "_"))


@every_real_outlet
def test_listings_are_asked_by_https_or_the_docstring_says_why_not(
    spider: type[OutletSpider],
) -> None:
    urls = [url for _, url in listings(spider)]
    assert len(set(urls)) == len(urls)
    if not all(url.startswith("https://") for url in urls):
        assert "http only" in about(spider)


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
def test_its_patterns_are_quick_on_any_address(spider: type[OutletSpider]) -> None:
    home = spider.outlet.homepage.rstrip("/")
    began = time.process_time()
    for unit in ("a", "a-", "a/", "/a", "1", "2026/05/04/", "-1", "%E3", "/article"):
        url = f"{home}/{unit * (1900 // len(unit))}!"
        matches_pattern(spider.article_urls, url)
        re.search(spider.world_urls, url)
    assert time.process_time() - began < 2


@every_real_outlet
def test_a_rule_for_the_world_says_of_what(spider: type[OutletSpider]) -> None:
    if spider.world_urls or spider.world_sections:
        assert any(words in about(spider).lower() for words in WHOLE_SITE), "a rule for what?"


@every_real_outlet
def test_a_reason_to_exclude_reads_after_the_name(spider: type[OutletSpider]) -> None:
    assert spider.excluded.strip(" .") == spider.excluded
    assert spider.excluded[:1] == spider.excluded[:1].lower()


def test_those_that_refuse_us_on_every_page_are_excluded() -> None:
    assert set(REAL) - set(ASKED) == {"ap", "index-hr", "irozhlas", "nytimes", "reuters"}


def test_the_world_is_covered() -> None:
    countries = {spider.outlet.country for spider in ASKED.values()}
    languages = {tag.split("-")[0] for spider in ASKED.values() for tag in spider.outlet.languages}
    assert len(countries) >= LEAST_COUNTRIES
    assert len(languages) >= LEAST_LANGUAGES
    assert {"ja", "zh", "ko", "th", "ar", "he", "fa", "ru", "uk", "tr", "hi", "el"} <= languages


def test_every_kind_of_listing_is_used() -> None:
    kinds = defaultdict(set)
    for name, spider in ASKED.items():
        for kind, _ in listings(spider):
            kinds[kind].add(name)
    assert set(kinds) == set(LISTING_KINDS.values())
    assert len(kinds["news_sitemap"]) >= 5
    urls = [url for spider in ASKED.values() for _, url in listings(spider)]
    assert any(url.endswith(".xml.gz") for url in urls), "a gzipped sitemap"
    assert any(url.endswith(".rdf") or "/rdf/" in url for url in urls), "RSS 1.0"
    assert any("Atom" in about(spider) for spider in ASKED.values())


def test_no_listing_belongs_to_two_outlets() -> None:
    urls = Counter(canonical_url(url) for spider in REAL.values() for _, url in listings(spider))
    assert urls.most_common(1)[0][1] == 1, urls.most_common(3)


def test_no_two_outlets_share_a_class_name() -> None:
    assert Counter(spider.__name__ for spider in REAL.values()).most_common(1)[0][1] == 1


@pytest.mark.parametrize("name", ["bbc", "bbc-amharic", "bbc-urdu", "npr", "vnexpress", "yle"])
def test_what_speaks_against_asking_is_told(name: str) -> None:
    assert DOUBT in about(REAL[name])
    assert "robots.txt" in about(REAL[name])
