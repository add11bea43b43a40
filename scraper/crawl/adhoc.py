"""Outlets made up for addresses given by hand: one for each site, named after it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from scraper.crawl.spider import OutletSpider
from scraper.errors import BadDeclaration
from scraper.records import Outlet
from scraper.urls import http_url, site_of


def adhoc_spiders(addresses: Iterable[tuple[str, str]]) -> list[type[OutletSpider]]:
    """Return a spider class for each site among (attribute, URL) pairs.

    The attribute is one of OutletSpider's: pages, feeds, news_sitemaps or sections.

    Raises:
        BadDeclaration: an address is no http(s) URL.
    """
    by_site: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for attribute, given in addresses:
        if not (url := http_url(given)):
            raise BadDeclaration(given, "is no http(s) URL")
        by_site[site_of(url)][attribute].append(url)
    return [_spider(site, given) for site, given in by_site.items()]


def _spider(site: str, given: dict[str, list[str]]) -> type[OutletSpider]:
    first = urlsplit(next(iter(given.values()))[0])
    slug = re.sub(r"[^a-z0-9.:-]+", "-", site.lower()).strip("-.:") or "address"
    attributes = {
        "__doc__": f"{site}, from addresses given by hand.",
        "__module__": __name__,
        "name": slug,
        "outlet": Outlet(
            site, country="", languages=(), homepage=f"{first.scheme}://{first.netloc}/"
        ),
        "is_declared": False,
        **{attribute: tuple(urls) for attribute, urls in given.items()},
    }
    return type("AdhocSpider", (OutletSpider,), attributes)
