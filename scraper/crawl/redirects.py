"""Redirects: the new address is asked as if it had been asked first."""

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

CONDITIONS = ("If-None-Match", "If-Modified-Since")  # they hold for the address they came from


class CleanRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects, without what belongs to the address left behind.

    Its validators would make another page answer 304 in its name; and its download slot would have
    the new host asked at the old one's pace, whatever the new one's Crawl-delay says.
    """

    def _build_redirect_request(
        self, source_request: Request, response: Response, *, url: str, **kwargs: Any
    ) -> Request:
        request = super()._build_redirect_request(source_request, response, url=url, **kwargs)
        request.meta.pop("download_slot", None)
        for name in CONDITIONS:
            request.headers.pop(name, None)
        return request
