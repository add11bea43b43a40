"""Sites that are never requested: those of excluded outlets, whoever leads to them."""

from collections.abc import Iterable
from functools import cache
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured

from scraper.crawl.options import CrawlOptions
from scraper.crawl.outlets import DECLARATIONS, load_outlets
from scraper.crawl.rounds import sites_of
from scraper.errors import OutletExcluded
from scraper.urls import site_of

Excluded = tuple[str, str]  # the outlet's slug, and why


class SiteExcluded(IgnoreRequest):
    """The request would go to an outlet that is never requested."""


@cache
def exclusions(modules: tuple[str, ...] = DECLARATIONS) -> dict[str, Excluded]:
    """Return the sites of excluded outlets, but for those where another outlet may be asked.

    Raises:
        BadDeclaration: see `load_outlets`.
    """
    outlets = load_outlets(modules).values()
    asked = {site for spider in outlets if not spider.excluded for site in sites_of(spider)}
    return {
        site: (spider.name, spider.excluded)
        for spider in outlets
        if spider.excluded
        for site in sites_of(spider)
        if site not in asked
    }


def exclusion_of(url: str, modules: Iterable[str] = DECLARATIONS) -> Excluded | None:
    """Return which excluded outlet's site an address is on, and why it is; None for none's."""
    return exclusions(tuple(modules)).get(site_of(url))


class ExclusionMiddleware:
    """Refuses what would ask an excluded site: feeds and redirects of others lead there, too.

    In a replay nobody is asked.
    """

    def __init__(self, crawler: Crawler) -> None:
        if CrawlOptions.of(crawler.settings).replay:
            raise NotConfigured
        self.modules = tuple(crawler.settings.getlist("SPIDER_MODULES"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise SiteExcluded."""
        if (found := exclusion_of(request.url, self.modules)) is not None:
            raise SiteExcluded(str(OutletExcluded(*found)))
