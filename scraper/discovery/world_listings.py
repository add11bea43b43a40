"""Which listings to declare: the world section's first, the whole site's by a rule; pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from scraper.discovery.homepages import HomePage, Link, is_world, seems_article
from scraper.discovery.world_words import plain_word, world_words
from scraper.records import Candidate, Listing
from scraper.urls import same_site

STALE = timedelta(days=30)  # since its newest entry: a listing that nobody feeds any more
SECTION_ARTICLES_MIN = 5  # links to articles that make a page a usable listing
RULE_MIN_ARTICLES = 2  # that must be seen to follow a rule before it counts as evident
SECTION_SHARE = 0.6  # of a section's articles that have its path in their address

WORLD_FEED = "Found from its home page; a world {}."
WHOLE_BY_PATH = "Found from its home page; whole-site {}, world news by its path."
WHOLE_BY_SECTION = "Found from its home page; whole-site {}, world news by its category."
WHOLE_SITE = "Found from its home page; whole-site {}."
WORLD_PAGE = "Found from its home page; no usable feed, but the world page."
FRONT_PAGE = "Found from its front page, which is its only listing."


@dataclass(frozen=True, slots=True)
class Asked:
    """One listing that was asked: as a page or file calls it, and what it held."""

    link: Link
    listing: Listing
    is_world: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The listings to declare, the filter on them, and in words what they hold.

    `candidates` are the offers of the listing chosen that pass its filter.
    """

    attribute: str
    url: str
    says: str
    candidates: tuple[Candidate, ...]
    world_urls: str = ""
    world_sections: tuple[str, ...] = ()


def choose_listing(
    home: HomePage, asked: Sequence[Asked], languages: tuple[str, ...], now: datetime
) -> Choice | None:
    """Return the best listing among those asked; None where none is usable.

    In order: a feed or news sitemap of world news; one of the whole site whose world news can be
    told by path or category; the page of world news; the whole site; the front page.
    """
    ways = (
        _world_feeds(home, asked, languages, now),
        _filtered(asked, languages, now),
        _world_pages(asked),
        _whole_sites(asked, now),
        _front_page(home),
    )
    return next((choice for way in ways for choice in way), None)


def _alive(asked: Iterable[Asked], now: datetime, *kinds: str) -> Iterator[Asked]:
    """Yield listings that hold articles, and recent ones where they say when; feeds first."""
    for kind in kinds:
        for each in asked:
            times = [c.published_at for c in each.listing.candidates if c.published_at]
            is_fresh = not times or max(times) > now - STALE
            if each.listing.kind == kind and each.listing.candidates and is_fresh:
                yield each


def _world_feeds(
    home: HomePage, asked: Sequence[Asked], languages: tuple[str, ...], now: datetime
) -> Iterator[Choice]:
    for each in _alive(asked, now, "feed", "news_sitemap"):
        if each.is_world or names_world(each, languages, home.masthead.names):
            yield _choice(each, WORLD_FEED)


def names_world(each: Asked, languages: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Tell whether a listing's address, its title, or the link to it says world news."""
    texts = (each.link.text, each.listing.title)
    return any(is_world(Link(each.link.url, text), languages, names) for text in texts)


def _filtered(
    asked: Sequence[Asked], languages: tuple[str, ...], now: datetime
) -> Iterator[Choice]:
    sections = [each for each in asked if each.listing.kind == "section" and each.is_world]
    for each in _alive(asked, now, "feed", "news_sitemap"):
        for section in sections:
            if rule := _path_rule(section, each.listing.candidates):
                passing = [c for c in each.listing.candidates if re.search(rule, c.url)]
                yield _choice(each, WHOLE_BY_PATH, passing, world_urls=rule)
        if names := _category_rule(each.listing.candidates, languages):
            passing = [c for c in each.listing.candidates if names & _categories(c)]
            yield _choice(each, WHOLE_BY_SECTION, passing, world_sections=tuple(sorted(names)))


def _world_pages(asked: Sequence[Asked]) -> Iterator[Choice]:
    for each in asked:
        if each.listing.kind == "section" and each.is_world:
            shaped = [c for c in each.listing.candidates if seems_article(c.url)]
            if len(shaped) >= SECTION_ARTICLES_MIN:
                yield _choice(each, WORLD_PAGE, shaped)


def _whole_sites(asked: Sequence[Asked], now: datetime) -> Iterator[Choice]:
    for each in _alive(asked, now, "feed", "news_sitemap"):
        yield _choice(each, WHOLE_SITE)


def _front_page(home: HomePage) -> Iterator[Choice]:
    if len(home.articles) >= SECTION_ARTICLES_MIN:
        offers = tuple(Candidate(url, home.url) for url in home.articles)
        yield Choice("sections", home.url, FRONT_PAGE, offers)


def _choice(
    each: Asked,
    says: str,
    candidates: Sequence[Candidate] | None = None,
    world_urls: str = "",
    world_sections: tuple[str, ...] = (),
) -> Choice:
    listed = each.listing.candidates if candidates is None else candidates
    return Choice(
        f"{each.listing.kind}s",
        each.link.url,
        says.format(each.listing.kind.replace("_", " ")),
        tuple(listed),
        world_urls,
        world_sections,
    )


def _path_rule(section: Asked, listed: Sequence[Candidate]) -> str:
    """Return an expression for a section's path if articles evidently have it, else ""."""
    path = urlsplit(section.link.url).path.strip("/")
    own = [c.url for c in section.listing.candidates if seems_article(c.url)]
    if not path or "." in path.rpartition("/")[2]:
        return ""
    last = path.rpartition("/")[2]
    for tail in dict.fromkeys((f"^https?://[^/]+/{re.escape(path)}/", f"/{re.escape(last)}/")):
        rule = tail.replace(r"\-", "-")
        among = sum(bool(re.search(rule, c.url)) for c in listed)
        in_section = sum(bool(re.search(rule, url)) for url in own)
        is_usual = len(own) >= SECTION_ARTICLES_MIN and in_section >= SECTION_SHARE * len(own)
        if RULE_MIN_ARTICLES <= among < len(listed) or (is_usual and among < len(listed)):
            return rule
    return ""


def _category_rule(listed: Sequence[Candidate], languages: tuple[str, ...]) -> set[str]:
    """Return the categories of a listing that are its world news, as the listing writes them."""
    words = world_words(languages)
    counted = Counter(name for c in listed for name in _categories(c))
    named = {name for name in counted if plain_word(unquote(name)) in words}
    seen = sum(counted[name] for name in named)
    return named if RULE_MIN_ARTICLES <= seen < len(listed) else set()


def _categories(candidate: Candidate) -> set[str]:
    return {name.casefold() for name in (candidate.section, *candidate.tags) if name}


def on_site(candidates: Iterable[Candidate], home: str) -> list[Candidate]:
    """Return the candidates of the site that most are of, which may be another than the home's."""
    offers = list(candidates)
    own = [c for c in offers if same_site(c.url, home)]
    return own if 2 * len(own) >= len(offers) else offers
