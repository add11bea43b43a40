"""Fetches single pages as a crawl does, and keeps nothing: robots.txt, courtesy, address checks."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from scraper.crawl.options import CrawlOptions
from scraper.crawl.rounds import crawl_settings, run_in_reactor
from scraper.crawl.spider import headers_of, reason_of
from scraper.errors import BadDeclaration, ContactMissing
from scraper.records import Capture
from scraper.urls import http_url


@dataclass(frozen=True, slots=True)
class Fetched:
    """What asking for an address brought: a capture, or why there is none."""

    url: str
    capture: Capture | None = None
    problem: str = ""


class SinglePageSpider(scrapy.Spider):
    """Asks for the addresses given and hands the answers back in `found`."""

    name = "dateline-single-pages"

    def __init__(self, urls: Sequence[str], found: dict[str, Fetched], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.found = found

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every address."""
        for url in self.urls:
            yield Request(
                http_url(url),
                callback=self.parse,
                errback=self.failed,
                dont_filter=True,
                cb_kwargs={"asked": url},
            )

    def parse(self, response: Response, asked: str) -> None:
        """Take an answer."""
        if response.status != 200:
            self.found[asked] = Fetched(asked, problem=f"HTTP {response.status}")
            return
        link = http_url(asked)
        capture = Capture(
            url=response.url,
            body=response.body,
            headers=headers_of(response),
            captured_at=datetime.now(UTC),
            requested_url=link if link != response.url else "",
        )
        self.found[asked] = Fetched(asked, capture)

    def failed(self, failure: Failure) -> None:
        """Note why there is no answer."""
        request: Request = failure.request
        asked = request.cb_kwargs["asked"]
        self.found[asked] = Fetched(asked, problem=reason_of(failure.value))


def fetch_pages(urls: Sequence[str], allow: Sequence[str] = ()) -> dict[str, Fetched]:
    """Ask for addresses, one at a time for each host; can be called once in a process.

    Args:
        urls: http(s) addresses.
        allow: exact host:port that may be asked though private.

    Raises:
        BadDeclaration: an address is no http(s) URL.
        ContactMissing: the real web would be asked, and no contact is set.
    """
    for url in urls:
        if not http_url(url):
            raise BadDeclaration(url, "is no http(s) URL")
    settings = crawl_settings({"DATELINE_ALLOW": list(allow)})
    if CrawlOptions.of(settings).lacks_contact(map(http_url, urls)):
        raise ContactMissing
    _store_nothing(settings)
    found = {url: Fetched(url, problem="no answer") for url in urls}
    runner = AsyncCrawlerRunner(settings)

    async def work() -> None:
        await runner.crawl(SinglePageSpider, urls=list(found), found=found)

    run_in_reactor(work, settings)
    return found


def _store_nothing(settings: Settings) -> None:
    """Take out what opens an archive."""
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    extensions = dict(settings.getdict("EXTENSIONS")) | {"scraper.crawl.runlog.RunLog": None}
    settings.set("EXTENSIONS", extensions, priority="cmdline")
