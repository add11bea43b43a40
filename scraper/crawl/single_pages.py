"""Fetches single pages as a crawl does, and keeps nothing: robots.txt, courtesy, address checks."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.crawl.asking import AskingSpider, ask_politely
from scraper.errors import BadDeclaration
from scraper.records import Capture
from scraper.urls import http_url

PAGES_AT_ONCE = 4  # of different hosts; one host is asked for one at a time


@dataclass(frozen=True, slots=True)
class Fetched:
    """What asking for an address brought: a capture, or why there is none."""

    url: str
    capture: Capture | None = None
    problem: str = ""


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

    async def errand(asking: AskingSpider) -> list[Fetched]:
        places = asyncio.Semaphore(PAGES_AT_ONCE)

        async def one(url: str) -> Fetched:
            async with places:
                answer = await asking.ask(url)
            if answer.status in (None, 200):
                return Fetched(url, answer.capture, answer.problem)
            return Fetched(url, problem=f"HTTP {answer.status}")

        return list(await asyncio.gather(*map(one, dict.fromkeys(urls))))

    found = ask_politely(urls, errand, {"DATELINE_ALLOW": list(allow)})
    return {each.url: each for each in found}
