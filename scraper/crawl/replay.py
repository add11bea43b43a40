"""Answers every request from WARC files instead of the network."""

import logging
from datetime import datetime

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from scraper.crawl.session import CrawlSession

CAPTURED_AT = "dateline_captured_at"  # request meta: when the replayed response was received

logger = logging.getLogger(__name__)


class ReplayHandler(BaseDownloadHandler):
    """A download handler on a WARC index: exact URL first, then canonical, else 404."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.index = CrawlSession.of(crawler.settings).replay

    async def download_request(self, request: Request) -> Response:
        """Answer from the files; what is not in them counts as not found."""
        capture = self.index.find(request.url) if self.index is not None else None
        if capture is None:
            return Response(request.url, status=404, request=request)
        captured_at: datetime = capture.captured_at
        request.meta[CAPTURED_AT] = captured_at
        headers = Headers({name: [value] for name, value in capture.headers.items()})
        kind = responsetypes.from_args(headers=headers, url=request.url, body=capture.body[:5000])
        return kind(
            request.url,
            status=capture.status,
            headers=headers,
            body=capture.body,
            request=request,
        )
