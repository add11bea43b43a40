"""The walk from a home page to a declaration: what is asked in which order, and what is made of it.

At most REQUESTS_MAX requests besides robots.txt, one after the other; parsing is a worker's.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from scraper.crawl.asking import Answer, Ask, AskingSpider, ask_politely
from scraper.crawl.clock import Clock
from scraper.crawl.errands import read_answer, read_front
from scraper.discovery.article_patterns import SAMPLES_MIN, Pattern, learn_pattern
from scraper.discovery.homepages import HomePage, Link, is_world
from scraper.discovery.mastheads import best_name
from scraper.discovery.places import Claim, country_claims
from scraper.discovery.world_listings import (
    Asked,
    Choice,
    choose_listing,
    names_world,
    on_site,
)
from scraper.errors import (
    BadDeclaration,
    FactMissing,
    HomePageUnusable,
    ListingUnreadable,
    PageTooCostly,
)
from scraper.extraction.pool import WorkerPool
from scraper.records import Candidate, Capture, Listing, Wanted
from scraper.urls import canonical_url, http_url, matches_pattern, same_site

REQUESTS_MAX = 24  # robots.txt, redirects and second tries aside
SECTIONS_MAX = 2
FEEDS_MAX = 6
FEED_PAGES_MAX = 1  # pages that list feeds
SITEMAPS_MAX = 3  # of those in robots.txt, each with one below it
TRIAL_PAGES = 3
UNSURE_SHARE = 0.6  # of samples from pages, some of which are no articles, that a pattern matches
DATED = re.compile(r"\d{4}")  # in a sitemap's address
# Asked only where a home page names no feed: where the commonest publishing systems have theirs.
USUAL_FEEDS = ("feed/", "rss.xml", "rss", "feed.xml", "index.xml")


@dataclass(frozen=True, slots=True)
class Given:
    """What the operator says of the outlet, "" for what the site is asked."""

    url: str
    country: str = ""
    language: str = ""


@dataclass(slots=True)
class Scouted:
    """What a walk found: the home page, the listing to declare, three articles as they came."""

    home: HomePage
    claims: tuple[Claim, ...]
    languages: tuple[str, ...]
    choice: Choice
    pattern: Pattern
    name: str = ""
    samples: tuple[Candidate, ...] = ()
    trial: dict[str, Answer] = field(default_factory=dict)
    asked: int = 0


class Scout:
    """One walk over one site.

    Args:
        ask: asks for an address, politely; an answer that is not 200 counts as none.
        sitemaps: returns the `Sitemap:` lines of the robots.txt files met so far.
        pool: where pages are parsed, within bounds of time and memory.
    """

    def __init__(self, ask: Ask, sitemaps: Callable[[], Sequence[str]], pool: WorkerPool) -> None:
        self.ask = ask
        self.sitemaps = sitemaps
        self.pool = pool
        self.left = REQUESTS_MAX - TRIAL_PAGES  # which are kept for the end
        self.now = Clock().now()  # or when the home page of a web archive was captured
        self.seen: set[str] = set()
        self.asked: list[Asked] = []

    async def walk(self, given: Given) -> Scouted:
        """Look at a site and return what was found.

        Raises:
            HomePageUnusable: the address is no home page, or no listing was found.
            FactMissing: the country or the language must be given.
        """
        home = await self._home(given)
        languages = (given.language,) if given.language else home.masthead.languages[:1]
        if not languages:
            raise FactMissing(home.url, "the language it is written in", "--language, such as ja")
        claims = country_claims(home.url, home.masthead)
        if given.country:
            claims = (Claim(given.country, "you"),)
        if not claims:
            need = "--country with the code of the newsroom's country, such as JP"
            raise FactMissing(home.url, "which country it is of", need)
        pages = await self._sections(home, languages)
        await self._feeds(home, pages, languages)
        await self._news_sitemaps(home, languages)
        choice = choose_listing(home, self.asked, languages, self.now)
        if choice is None:
            raise HomePageUnusable(home.url, self._why_no_listing())
        pattern, samples = self._pattern(home, choice)
        name = best_name(home.masthead, self._heard(home, pages))
        found = Scouted(home, claims, languages, choice, pattern, name, samples)
        for candidate in _trial_pages(choice.candidates, pattern.regex):
            found.trial[candidate.url] = await self.ask(candidate.url)
        found.asked = REQUESTS_MAX - TRIAL_PAGES - self.left + len(found.trial)
        return found

    async def _home(self, given: Given) -> HomePage:
        answer = await self._get(given.url)
        capture = answer.capture
        if capture is None:
            raise HomePageUnusable(given.url, answer.problem)
        self.now = capture.captured_at
        if not same_site(capture.url, given.url):
            reason = f"it leads to another site: if that is the outlet's, give {capture.url}"
            raise HomePageUnusable(given.url, reason)
        try:
            return await self._front(capture, (given.language,) if given.language else ())
        except (ListingUnreadable, PageTooCostly) as error:
            raise HomePageUnusable(given.url, error.reason) from error

    async def _sections(self, home: HomePage, languages: tuple[str, ...]) -> list[HomePage]:
        """Ask the likeliest pages of world news; return what they say, as home pages do."""
        pages = []
        for link in home.worlds[:SECTIONS_MAX]:
            capture = (await self._get(link.url)).capture
            if capture is None or not same_site(capture.url, home.url):
                continue
            listing = await self._read("section", capture)
            if listing is not None:
                front = Link(_secure(link.url, capture.url), link.text)
                self.asked.append(Asked(front, listing, is_world=True))
                try:
                    pages.append(await self._front(capture, languages))
                except (ListingUnreadable, PageTooCostly):
                    continue
                break  # the likeliest that can be read is the one
        return pages

    async def _feeds(
        self, home: HomePage, pages: Sequence[HomePage], languages: tuple[str, ...]
    ) -> None:
        """Ask feeds: the world section's, those the home page declares or links to, the usual."""
        on_home = {link.url for link in home.feeds}
        of_world = [link for page in pages for link in page.feeds if link.url not in on_home]
        linked = [link for page in (home, *pages) for link in page.feed_links]
        wanted = [*home.feeds, *linked]
        # One feed that only the section's page declares is the section's, if the site has another.
        is_own = len(of_world) == 1 and bool(home.feeds)
        for link in of_world[:FEEDS_MAX]:
            await self._feed(link, is_world=is_own)
        pages_left = FEED_PAGES_MAX
        waiting = sorted(wanted, key=lambda link: not is_world(link, languages))
        for link in waiting:
            if len(self._read_feeds()) >= FEEDS_MAX or self._has_world_feed(home, languages):
                return
            capture = await self._feed(link)
            if capture is None or pages_left == 0:
                continue
            pages_left -= 1  # it is no feed: a page that names feeds, perhaps
            for named in await self._feeds_on(capture, languages):
                await self._feed(named)
        for path in USUAL_FEEDS if not self._read_feeds() else ():
            await self._feed(Link(http_url(path, _folder(home.url))))
            if self._read_feeds():
                return

    async def _feed(self, link: Link, *, is_world: bool = False) -> Capture | None:
        """Ask for a feed; return the answer if it was none."""
        capture = (await self._get(link.url)).capture
        if capture is None:
            return None
        listing = await self._read("feed", capture)
        if listing is None:
            return capture
        asked = Asked(Link(_secure(link.url, capture.url), link.text), listing, is_world=is_world)
        self.asked.append(asked)
        return None

    async def _feeds_on(self, capture: Capture, languages: tuple[str, ...]) -> list[Link]:
        try:
            page = await self._front(capture, languages)
        except (ListingUnreadable, PageTooCostly):
            return []
        links = [*page.feeds, *page.feed_links]
        return sorted(links, key=lambda link: not is_world(link, languages))[:2]

    async def _news_sitemaps(self, home: HomePage, languages: tuple[str, ...]) -> None:
        """Ask the sitemaps that robots.txt names, news ones first, if no feed is of world news."""
        if self._has_world_feed(home, languages):
            return
        named = sorted(dict.fromkeys(self.sitemaps()), key=lambda url: not is_news_named(url))
        wanted = named if not self._read_feeds() else filter(is_news_named, named)
        for url in islice(wanted, SITEMAPS_MAX):
            if await self._news_sitemap(url):
                return

    async def _news_sitemap(self, url: str) -> bool:
        """Ask for a sitemap, or the likeliest below an index; tell whether it is of news."""
        listing = await self._sitemap(url)
        below = sorted(listing.indexes, key=lambda each: not is_news_named(each)) if listing else []
        declared = url
        if below:
            # One that is named by a date is another tomorrow: then the index is what to declare.
            declared = below[0] if is_news_named(below[0]) and not DATED.search(below[0]) else url
            listing = await self._sitemap(below[0])
        # Only the news: namespace tells titles; other sitemaps list whatever a site has.
        if listing is None or not any(c.title for c in listing.candidates):
            return False
        self.asked.append(Asked(Link(declared), listing))
        return True

    async def _sitemap(self, url: str) -> Listing | None:
        capture = (await self._get(url)).capture
        return await self._read("news_sitemap", capture) if capture is not None else None

    def _pattern(self, home: HomePage, choice: Choice) -> tuple[Pattern, tuple[Candidate, ...]]:
        """Learn from what feeds and sitemaps list, which are articles; else from pages."""
        listed = [
            c for a in self.asked if a.listing.kind != "section" for c in a.listing.candidates
        ]
        sure = on_site([*choice.candidates, *listed], home.url)
        fronts = [home.url, *home.fronts, *(link.url for link in (*home.worlds, *home.feeds))]
        fronts += [each.link.url for each in self.asked]
        if choice.attribute != "sections" and len(sure) >= SAMPLES_MIN:
            return learn_pattern((c.url for c in sure), fronts), tuple(sure)
        offers = tuple(choice.candidates)
        is_page = choice.attribute == "sections"
        samples = offers if is_page else offers + tuple(map(Candidate, home.articles))
        return learn_pattern((c.url for c in samples), fronts, wanted=UNSURE_SHARE), samples

    def _heard(self, home: HomePage, pages: Sequence[HomePage]) -> list[str]:
        """Return what bears the outlet's name besides its home page's title."""
        heard = [text for a in self.asked for text in (a.link.text, a.listing.title)]
        heard += [link.text for link in home.feeds]
        heard += [part for page in pages for part in page.masthead.titles]
        return [*heard, *home.logos]

    def _read_feeds(self) -> list[Asked]:
        return [a for a in self.asked if a.listing.kind == "feed" and a.listing.candidates]

    def _has_world_feed(self, home: HomePage, languages: tuple[str, ...]) -> bool:
        names = home.masthead.names
        return any(a.is_world or names_world(a, languages, names) for a in self._read_feeds())

    def _why_no_listing(self) -> str:
        count = REQUESTS_MAX - TRIAL_PAGES - self.left
        return f"no feed, news sitemap or page that lists articles was found in {count} requests"

    async def _get(self, url: str) -> Answer:
        """Ask for an address once, while requests are left."""
        key = canonical_url(url)
        if not key or key in self.seen or self.left <= 0:
            return Answer(url, problem="not asked")
        self.seen.add(key)
        self.left -= 1
        return await self.ask(url)

    async def _read(self, kind: str, capture: Capture) -> Listing | None:
        try:
            listing: Listing = await asyncio.wrap_future(
                self.pool.submit(capture.url, read_answer, kind, capture, Wanted())
            )
        except (ListingUnreadable, PageTooCostly):
            return None
        return listing

    async def _front(self, capture: Capture, languages: tuple[str, ...]) -> HomePage:
        found: Any = await asyncio.wrap_future(
            self.pool.submit(capture.url, read_front, capture, languages)
        )
        return found  # type: ignore[no-any-return]  # the pool's results are untyped


def scout_site(given: Given, changes: dict[str, Any]) -> Scouted:
    """Walk a site and return what was found; can be called once in a process.

    Args:
        given: the home page, and what the operator says of the outlet.
        changes: settings on top of the project's; DATELINE_REPLAY answers from WARC files.

    Raises:
        BadDeclaration: the address is no http(s) URL.
        ContactMissing, CaptureUnreadable: see `ask_politely`.
        HomePageUnusable, FactMissing: see `Scout.walk`.
    """
    if not http_url(given.url):
        raise BadDeclaration(given.url, "is no http(s) URL")

    async def errand(asking: AskingSpider) -> Scouted:
        async def ask(url: str) -> Answer:
            answer = await asking.ask(url)
            if answer.status in (None, 200):
                return answer
            return Answer(url, problem=f"HTTP {answer.status}")

        return await Scout(ask, lambda: asking.sitemaps, asking.session.pool).walk(given)

    return ask_politely([given.url], errand, changes)


def is_news_named(url: str) -> bool:
    """Tell whether a sitemap's address, its host aside, says that it is of news."""
    return "news" in urlsplit(url).path.lower() + urlsplit(url).query.lower()


def _secure(asked: str, found: str) -> str:
    """Return the https form of an address that was asked by http and led there."""
    secure = f"https{asked.removeprefix('http')}"
    return secure if asked.startswith("http:") and found == secure else asked


def _folder(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


def _trial_pages(candidates: Sequence[Candidate], regex: str) -> list[Candidate]:
    fitting = [c for c in candidates if not regex or matches_pattern(regex, c.url)]
    return fitting[:TRIAL_PAGES]
