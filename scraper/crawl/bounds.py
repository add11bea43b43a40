"""Bounds on answers that Scrapy has none for: how many headers, and how long."""

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http.headers import Headers

HEADERS_MAX_COUNT = 500  # different names; real pages send up to 60
HEADERS_MAX_BYTES = 4 * 1024 * 1024  # a page with 2 MB of cookies is still a page


class HeaderBounds:
    """A Scrapy extension that stops an answer whose headers are a flood, before its body."""

    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self.headers_received, signal=signals.headers_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks."""
        return cls(crawler)

    def headers_received(self, headers: Headers, **_: Any) -> None:
        """Stop a download with too many headers; it counts as a failed one."""
        size = sum(len(name) + sum(map(len, values)) for name, values in headers.items())
        if len(headers) > HEADERS_MAX_COUNT or size > HEADERS_MAX_BYTES:
            raise StopDownload(fail=True)
