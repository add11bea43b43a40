"""Every declared outlet, for tests over the whole collection with the outlets' names as ids."""

from collections.abc import Iterator

import pytest

from scraper.crawl.declaration import LISTING_KINDS
from scraper.crawl.outlets import DEMO_PREFIX, load_outlets
from scraper.crawl.spider import OutletSpider

OUTLETS = load_outlets()
REAL = {name: spider for name, spider in OUTLETS.items() if not name.startswith(DEMO_PREFIX)}
ASKED = {name: spider for name, spider in REAL.items() if not spider.excluded}
DOUBT = "Doubt: "

every_outlet = pytest.mark.parametrize("spider", OUTLETS.values(), ids=OUTLETS)
every_real_outlet = pytest.mark.parametrize("spider", REAL.values(), ids=REAL)


def listings(spider: type[OutletSpider]) -> Iterator[tuple[str, str]]:
    """Yield (kind, URL) of every listing an outlet declares."""
    for attribute, kind in LISTING_KINDS.items():
        for url in getattr(spider, attribute):
            yield kind, url


def about(spider: type[OutletSpider]) -> str:
    """Return what an outlet's declaration says of it, on one line."""
    return " ".join((spider.__doc__ or "").split())
