"""What a check of an outlet tells its keeper: what is wrong, and what it suggests; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from scraper.archive.values import time_text
from scraper.crawl.checking import SAMPLES, ArticleCheck, ListingCheck, OutletCheck
from scraper.crawl.spider import OutletSpider
from scraper.errors import CHALLENGE_PAGE, CONSENT_WALL
from scraper.records import Article
from scraper.urls import matches_pattern, same_site

STALE = timedelta(days=7)  # a desk of world news that is silent for a week has gone elsewhere
PAUSES = 3  # usual pauses of a listing that appears rarely, a weekly's say, before it is stale
MATCHING_MIN = 0.5  # share of a listing's entries below which its pattern is worth a look
FORBIDDEN = "robots.txt forbids it"
WALLS = {
    CONSENT_WALL: "a consent wall came in its place: it cannot be read without pressing a button",
    CHALLENGE_PAGE: "a challenge to robots came in its place: ask the outlet, or exclude it",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to know of an outlet: about which address, in words, and whether it must be mended.

    Without `needs_person` all works, and it is only worth knowing.
    """

    about: str
    words: str
    needs_person: bool = True


def remarks(check: OutletCheck) -> list[Remark]:
    """Return what a check tells, in the order of what was asked."""
    if check.spider.excluded:
        return []
    found = [remark for listing in check.listings for remark in _of_listing(check, listing)]
    came = [asked for asked in check.articles if asked.article is not None]
    for asked in came or check.articles:  # the first may be a video, and the second all right
        found += _of_article(check.spider, asked)
    if not check.articles and any(listing.entries for listing in check.listings):
        words = "none of what its listings hold is taken, so no article was asked"
        found.append(Remark(check.spider.name, words))
    return found


def _of_listing(check: OutletCheck, listing: ListingCheck) -> Iterator[Remark]:
    if listing.problem:
        yield Remark(listing.url, _why_unread(check.spider, listing))
        return
    if listing.answered_by and not same_site(listing.answered_by, listing.url):
        yield Remark(
            listing.url, f"another site answers, {listing.answered_by}: is it still the outlet's?"
        )
    elif listing.is_moved:
        yield Remark(
            listing.url, f"it has moved to {listing.answered_by}: declare that", needs_person=False
        )
    if not listing.entries and not listing.wanted:
        if listing.kind == "section":
            words = "the page shows no links that look like articles: is it drawn by scripts?"
        else:
            words = "it holds no entry"
        yield Remark(listing.url, words)
        return
    yield from _of_filters(check.spider, listing)
    newest_at, asked_at = listing.newest_at, listing.asked_at
    if newest_at is None or asked_at is None:
        return
    patience = max(STALE, PAUSES * usual_pause(entry.published_at for entry in listing.entries))
    if asked_at - newest_at > patience:
        day = time_text(newest_at)[:10]
        words = f"its newest entry is {(asked_at - newest_at).days} days old ({day})"
        home = check.spider.outlet.homepage or "the home page"
        yield Remark(listing.url, f"{words}: it seems to be abandoned, look for another on {home}")


def usual_pause(times: Iterable[datetime | None]) -> timedelta:
    """Return what usually lies between two days on which something appeared.

    >>> issues = [datetime(2026, 3, day, hour) for day in (1, 8, 15) for hour in (6, 7)]
    >>> usual_pause([*issues, None]), usual_pause(issues[:2])
    (datetime.timedelta(days=7), datetime.timedelta(0))
    """
    days = sorted({at.date() for at in times if at is not None})
    pauses = [(after - before).days for before, after in pairwise(days)]
    return timedelta(median(pauses) if pauses else 0)


def _why_unread(spider: type[OutletSpider], listing: ListingCheck) -> str:
    if listing.problem == FORBIDDEN:
        return f"{FORBIDDEN}: declare another listing, or say why the outlet is excluded"
    if listing.page_kind in WALLS:
        return f"{listing.problem}: {WALLS[listing.page_kind]}"
    home = spider.outlet.homepage or "the home page"
    match listing.status:
        case 404 | 410:
            return f"{listing.problem}: it is gone, look for its new address on {home}"
        case 401 | 403 | 451:
            return f"{listing.problem}: it is refused to us; ask the outlet, or exclude it"
        case 429:
            return f"{listing.problem}: it was asked too often; check again later"
        case 200 if listing.page_kind and listing.kind != "section":
            return f"an HTML page came in place of a {listing.kind.replace('_', ' ')}: " + (
                f"look for its new address on {home}"
            )
    return listing.problem


def _of_filters(spider: type[OutletSpider], listing: ListingCheck) -> Iterator[Remark]:
    count = len(listing.entries)
    unlike = [
        entry.url
        for entry in listing.entries
        if spider.article_urls and not matches_pattern(spider.article_urls, entry.url)
    ]
    shown = " ".join(unlike[:SAMPLES])
    if not listing.wanted:
        if unlike and not listing.matching:
            words = f"article_urls matches none of {count} entries, such as {shown}"
        else:
            words = f"world_urls and world_sections take none of {listing.matching} entries"
        yield Remark(listing.url, words)
    elif unlike and listing.kind != "section" and listing.matching < MATCHING_MIN * count:
        words = f"article_urls matches {listing.matching} of {count} entries, and not {shown}"
        yield Remark(listing.url, words, needs_person=False)


def _of_article(spider: type[OutletSpider], asked: ArticleCheck) -> Iterator[Remark]:
    if asked.article is None:
        words = WALLS.get(asked.page_kind, asked.problem)
        if asked.page_kind in WALLS and asked.status != 200:
            words = f"{asked.problem}: {words}"
        yield Remark(asked.url, words or "no article")
        return
    article = asked.article
    if asked.answered_by and not same_site(asked.answered_by, asked.url):
        yield Remark(asked.url, f"another site answers, {asked.answered_by}", needs_person=False)
    if asked.claimed and not same_site(asked.claimed, asked.answered_by or asked.url):
        yield Remark(asked.url, f"it names {asked.claimed} on another site as its own address")
    yield from _of_fields(spider, asked.url, article)


def _of_fields(spider: type[OutletSpider], url: str, article: Article) -> Iterator[Remark]:
    if article.published_at is None:
        yield Remark(url, "no time of publication was found: hints.published may name its element")
    if not article.body:
        yield Remark(url, "no text was found: hints.body may name its element")
    if not article.authors:
        words = "nobody is named as its author: some articles have none"
        yield Remark(url, words, needs_person=False)
    declared = {tag.partition("-")[0] for tag in spider.outlet.languages}
    if article.language and article.language.partition("-")[0] not in declared:
        languages = ", ".join(spider.outlet.languages)
        yield Remark(url, f"its text is in {article.language}, declared is {languages}")
