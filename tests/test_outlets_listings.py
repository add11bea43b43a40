"""Every declared outlet reads listings of the kinds it declares, and takes what it should."""

import pytest

from scraper.crawl.errands import read_answer
from scraper.crawl.spider import OutletSpider
from scraper.records import Capture
from scraper.urls import canonical_url
from tests.declared import REAL, every_real_outlet
from tests.generated_listings import documents

LIMIT = 1000


@every_real_outlet
def test_takes_its_articles_from_listings_of_its_kinds(spider: type[OutletSpider]) -> None:
    for document in documents(spider):
        headers = {"Content-Type": document.content_type}
        capture = Capture(document.url, document.body, headers)
        listing = read_answer(
            document.kind, capture, spider.wanted(document.kind, document.url, LIMIT)
        )
        found = sorted(canonical_url(c.url) for c in listing.candidates)
        assert found == list(document.articles), f"{document.kind} {document.url}"
        assert all(candidate.title.startswith("Story ") for candidate in listing.candidates)


def test_what_is_generated_depends_on_nothing_but_the_declaration() -> None:
    spider = REAL["bbc"]
    assert documents(spider) == documents(spider)


@pytest.mark.parametrize("attribute", ["article_urls", "world_urls"])
def test_a_wrong_rule_would_be_found(attribute: str) -> None:
    spider = REAL["telex"]
    (document,) = documents(spider)
    wrong: type[OutletSpider] = type("Wrong", (spider,), {attribute: r"/nowhere/\d+$"})
    capture = Capture(document.url, document.body)
    assert document.articles
    assert not read_answer(
        document.kind, capture, wrong.wanted(document.kind, document.url, LIMIT)
    ).candidates
