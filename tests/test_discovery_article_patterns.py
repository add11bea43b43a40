"""Patterns learnt from addresses of invented articles: they tell articles from fronts."""

import re
import time

import pytest

from scraper.discovery.article_patterns import SAMPLES_MAX, learn_pattern
from scraper.urls import matches_pattern

SLUGS = [
    "harbour-council-votes-for-new-breakwater",
    "ferry-strike-ends-after-nine-long-days",
    "lighthouse-keeper-retires-at-eighty-two",
    "storm-warning-for-the-northern-coast",
    "fish-market-reopens-with-higher-prices",
    "canal-talks-resume-in-the-old-town",
    "museum-of-silence-opens-its-doors",
    "vote-recount-in-three-districts-ordered",
    "new-siren-network-tested-on-sunday",
    "hail-forecast-gives-growers-an-hour",
    "night-train-returns-after-fifteen-years",
    "school-roof-bees-count-city-flowers",
]
SECTIONS = ["world", "politics", "business", "science"]
HOST = "https://www.post.example"
FRONTS = [
    *(f"{HOST}/", f"{HOST}/world", f"{HOST}/world/asia", f"{HOST}/news/world", f"{HOST}/about-us"),
    *(f"{HOST}/tag/elections", f"{HOST}/rss.xml", f"{HOST}/author/mara-quill", f"{HOST}/2026/03/"),
]


def addresses(template: str) -> list[str]:
    return [
        HOST
        + template.format(s=slug, section=SECTIONS[n % 4], n=734512 + 137 * n, d=n + 1, k=n % 3)
        for n, slug in enumerate(SLUGS)
    ]


FORMS = {
    "date and slug": "/{section}/2026/03/{d:02}/{s}",
    "slug and number": "/{section}/{s}-{n}.html",
    "number": "/news/{n}.html",
    "number after slug": "/{section}/{s}/{n}/",
    "slug alone": "/{s}",
    "section and slug": "/{section}/{s}",
    "dotted number": "/{section}/{s}-1.{n}",
    "parameter": "/jc/article?k=20260304{n}&g=int",
    "date in one": "/{section}/202603{d:02}-OYT1T{n}/",
    "other script": "/{section}/%E6%B8%AF%E5%8F%A3-%E3%81%AE-{n}",
    "letters and digits": "/articles/AST3{n}ABC.html",
    "underscores": "/mundo/{s}_1_{n}.html",
    "article folder": "/article/2026-03-{d:02}-{s}/",
}


@pytest.mark.parametrize("template", FORMS.values(), ids=FORMS)
def test_a_form_is_learnt_and_told_from_fronts(template: str) -> None:
    urls = addresses(template)
    learnt = learn_pattern(urls[:9], FRONTS)
    assert learnt.regex, learnt.doubt
    assert learnt.regex.startswith("^https?://www\\.post\\.example")
    assert all(matches_pattern(learnt.regex, url) for url in urls), "of articles not seen, too"
    assert not [url for url in FRONTS if matches_pattern(learnt.regex, url)]
    assert not matches_pattern(learnt.regex, urls[0].replace("post.example", "other.example"))


def test_a_word_that_all_share_stays_but_a_section_s_does_not() -> None:
    urls = addresses("/world/article/2026/03/{d:02}/{s}")
    learnt = learn_pattern(urls)
    assert "/world" not in learnt.regex
    assert matches_pattern(learnt.regex, urls[0].replace("/world/", "/sport/"))
    assert "/artikel/" in learn_pattern(addresses("/artikel/{n}")).regex


def test_two_forms_become_one_pattern() -> None:
    urls = addresses("/{section}/{s}-{n}")[:6] + addresses("/live/{n}.html")[6:]
    learnt = learn_pattern(urls, FRONTS)
    assert all(matches_pattern(learnt.regex, url) for url in urls)
    assert "|" in learnt.regex


def test_hosts_of_one_outlet_are_all_known() -> None:
    urls = addresses("/news/{n}.html")
    mixed = [url.replace("www.", "digital.") if n % 2 else url for n, url in enumerate(urls)]
    learnt = learn_pattern(mixed)
    assert all(matches_pattern(learnt.regex, url) for url in mixed)


def test_few_or_formless_addresses_teach_nothing() -> None:
    few = learn_pattern(addresses("/news/{n}.html")[:4])
    assert (few.regex, few.doubt) == ("", "only 4 articles were seen")
    words = ["tide", "quay", "mast", "keel", "reef", "buoy", "hull", "helm"]
    formless = learn_pattern([f"{HOST}/{word}" for word in words])
    assert (formless.regex, bool(formless.doubt)) == ("", True)


def test_what_looks_like_fronts_is_no_pattern() -> None:
    urls = [f"{HOST}/{section}/{word}" for section in SECTIONS for word in ("tide", "quay", "mast")]
    learnt = learn_pattern(urls, [f"{HOST}/{section}/{section}" for section in SECTIONS])
    assert not learnt.regex


@pytest.mark.parametrize("template", FORMS.values(), ids=FORMS)
def test_patterns_are_quick_on_any_address(template: str) -> None:
    regex = learn_pattern(addresses(template), FRONTS).regex
    re.compile(regex)
    began = time.process_time()
    for unit in ("a", "a-", "a/", "/a", "1", "2026/05/04/", "-1", "%E3", "-a1b2c3d", "_1"):
        matches_pattern(regex, f"{HOST}/{unit * (1900 // len(unit))}!")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "piece", ["1", "1-", "a1", "1a-", "-", "%41", "a.", "1,"], ids=lambda piece: f"of-{piece}"
)
def test_addresses_made_to_be_slow_are_learnt_from_quickly(piece: str) -> None:
    long = piece * (2000 // len(piece))
    begun = time.process_time()
    for end in ("x!", ""):
        samples = [f"{HOST}/{n}{long}{end}" for n in range(SAMPLES_MAX)]
        fronts = [f"{HOST}/{long}{n}!/" for n in range(100)]
        learn_pattern(samples, fronts)
    assert time.process_time() - begun < 3
