"""Listings made from nothing but an outlet's declaration: valid, of the kind that each URL hints at.

They hold articles whose addresses the outlet's own patterns generate, articles on anything but the
world where the outlet tells them apart, and links that are no articles at all.
"""

import gzip
import json
import random
import re
import re._parser as parser  # type: ignore[import-not-found]  # a pattern has no other door
import string
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

from scraper.crawl.spider import OutletSpider
from scraper.urls import canonical_url, matches_pattern

ARTICLES, DRAWS = 3, 400
WORDS = ("talks", "resume", "after", "long", "night", "harbour", "border", "minister")
MOMENT = "2026-11-0{}T0{}:30:00+00:00"


@dataclass(frozen=True)
class Document:
    """One generated listing, and the canonical addresses that a crawl should take from it."""

    kind: str
    url: str
    body: bytes
    content_type: str
    articles: tuple[str, ...]


@dataclass
class Draw:
    """Draws strings that match a regular expression, of words where it leaves the choice."""

    rng: random.Random
    words: tuple[str, ...]

    def of(self, pattern: str) -> str:
        """Return a string of the pattern's shape; look-arounds are not heeded, so try again."""
        return "".join(self._part(*part) for part in parser.parse(pattern))

    def _part(self, op: Any, given: Any) -> str:
        name = str(op)
        match name:
            case "LITERAL":
                return chr(given)
            case "AT" | "ASSERT" | "ASSERT_NOT":
                return ""
            case "IN" | "ANY" | "NOT_LITERAL":
                return self.rng.choice(self._letters(name, given))
            case "SUBPATTERN":
                return "".join(self._part(*part) for part in given[-1])
            case "BRANCH":
                return "".join(self._part(*part) for part in self.rng.choice(given[1]))
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeated(*given)
        raise NotImplementedError(f"{name} in an outlet's pattern")

    def _repeated(self, least: int, most: int, inner: Any) -> str:
        op, given = inner[0]
        name = str(op)
        if name in ("IN", "ANY", "NOT_LITERAL") and len(inner) == 1:
            letters = self._letters(name, given)
            fitting = [w for w in self.words if least <= len(w) <= most and set(w) <= {*letters}]
            if fitting and self.rng.random() < 0.8:
                return self.rng.choice(fitting)
            length = least if most == least else self.rng.randint(least, min(most, least + 8))
            return "".join(self.rng.choice(letters) for _ in range(length))
        times = self.rng.randint(least, min(most, least + 1))
        return "".join(self._part(*part) for _ in range(times) for part in inner)

    @staticmethod
    def _letters(name: str, given: Any) -> str:
        plain = string.ascii_letters + string.digits
        if name == "ANY":
            return f"{string.ascii_lowercase}/-"
        if name == "NOT_LITERAL" or str(given[0][0]) == "NEGATE":
            return string.ascii_lowercase
        found = ""
        for op, value in given:
            match str(op), str(value):
                case "LITERAL", _:
                    found += chr(value)
                case "RANGE", _:
                    found += "".join(chr(c) for c in range(value[0], value[1] + 1))
                case "CATEGORY", "CATEGORY_DIGIT":
                    found += string.digits
                case "CATEGORY", "CATEGORY_WORD":
                    found += plain
                case other:
                    raise NotImplementedError(f"{other} in an outlet's pattern")
        return found


def article_urls(spider: type[OutletSpider], *, of_world: bool, count: int = ARTICLES) -> list[str]:
    """Return addresses as the outlet's articles have them, on the world or on anything else.

    Raises:
        LookupError: the outlet's rules leave no such address, so one of them is wrong.
    """
    rng = random.Random(f"{spider.name}:{of_world}")
    sign = Draw(rng, WORDS).of(spider.world_urls) if spider.world_urls else ""
    path = re.sub(r"^[^/]*", "", sign).strip("/")  # without the host, if the rule has one
    slug = "-".join(WORDS[:5])
    slugs = [slug, f"{slug}-again", f"{slug}-anew"]
    words = (*slugs, *path.split("/"), *(f"{path}/{each}" for each in slugs))
    draw = Draw(rng, tuple(word for word in words if word))
    pattern = spider.article_urls or (
        f"^https://{re.escape(urlsplit(spider.outlet.homepage).netloc)}/(?:{re.escape(path)}/)?"
        r"[a-z]{3,9}/2026/11/0\d/[a-z0-9-]{9,30}-\d{7}$"
    )
    found: dict[str, str] = {}
    for _ in range(DRAWS):
        url = re.sub("^http:", "https:", draw.of(pattern))
        if not url.startswith("https:") or not matches_pattern(pattern, url):
            continue
        if spider.world_urls and bool(re.search(spider.world_urls, url)) is not of_world:
            continue
        found.setdefault(canonical_url(url), url)
        if len(found) == count:
            return list(found.values())
    raise LookupError(f"{spider.name}: {len(found)} addresses for {pattern} ({of_world=})")


def documents(spider: type[OutletSpider]) -> list[Document]:
    """Return a document for each listing that an outlet declares."""
    world = article_urls(spider, of_world=True)
    has_rule = bool(spider.world_urls or spider.world_sections)
    rest = article_urls(spider, of_world=False) if has_rule else []
    found = []
    for kind, url in spider.listing_urls():
        others = [] if kind == "section" or url in spider.world_listings else rest
        body, content_type = _written(spider, kind, url, world, others)
        articles = tuple(sorted({canonical_url(link) for link in world}))
        found.append(Document(kind, url, body, content_type, articles))
    return found


def _written(
    spider: type[OutletSpider], kind: str, url: str, world: list[str], others: list[str]
) -> tuple[bytes, str]:
    home = spider.outlet.homepage.rstrip("/")
    strangers = [
        f"{home}/login",
        f"{home}/tag/harbour",
        "https://elsewhere.example/a-b-c-d-1234567",
    ]
    if spider.article_urls:
        strangers = [u for u in strangers if not matches_pattern(spider.article_urls, u)]
    category = spider.world_sections[0] if spider.world_sections else "World"
    entries = [(link, category) for link in world] + [(link, "Sport") for link in others]
    if spider.article_urls and kind != "section":
        entries += [(link, category) for link in strangers]
    if kind == "section":
        return _section(url, [link for link, _ in entries], [home, url, *strangers]), "text/html"
    if kind == "news_sitemap":
        body = _news_sitemap(entries)
        return (gzip.compress(body) if url.endswith(".gz") else body), "application/xml"
    text = " ".join((spider.__doc__ or "").split())
    if url.endswith(".json"):
        return _json_feed(entries), "application/feed+json"
    if url.endswith(".rdf") or "/rdf/" in url or "RSS 1.0" in text:
        return _rdf(url, entries), "application/rdf+xml"
    if "Atom" in text:
        return _atom(url, entries), "application/atom+xml"
    return _rss(url, entries), "application/rss+xml"


def _title(number: int) -> str:
    return f"Story {number}: talks resume & go on"


def _rss(url: str, entries: list[tuple[str, str]]) -> bytes:
    items = "".join(
        f"<item><title>{escape(_title(n))}</title><link>{escape(link)}</link>"
        f"<category>{escape(category)}</category>"
        f"<pubDate>Mon, 02 Nov 2026 0{n % 10}:30:00 GMT</pubDate></item>"
        for n, (link, category) in enumerate(entries)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>All</title>'
        f"<link>{escape(url)}</link><description/>{items}</channel></rss>"
    ).encode()


def _rdf(url: str, entries: list[tuple[str, str]]) -> bytes:
    items = "".join(
        f'<item rdf:about="{escape(link)}"><title>{escape(_title(n))}</title>'
        f"<link>{escape(link)}</link><dc:subject>{escape(category)}</dc:subject>"
        f"<dc:date>{MOMENT.format(2, n % 10)}</dc:date></item>"
        for n, (link, category) in enumerate(entries)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{escape(url)}"><title>All</title><link>{escape(url)}</link>'
        f"<description/></channel>{items}</rdf:RDF>"
    ).encode()


def _atom(url: str, entries: list[tuple[str, str]]) -> bytes:
    items = "".join(
        f"<entry><title>{escape(_title(n))}</title><id>urn:{n}</id>"
        f'<link href="{escape(link)}"/><category term="{escape(category)}"/>'
        f"<updated>{MOMENT.format(2, n % 10)}</updated></entry>"
        for n, (link, category) in enumerate(entries)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>All</title><id>{escape(url)}</id><updated>{MOMENT.format(3, 1)}</updated>"
        f"{items}</feed>"
    ).encode()


def _json_feed(entries: list[tuple[str, str]]) -> bytes:
    items = [
        {"id": link, "url": link, "title": _title(n), "tags": [category]}
        for n, (link, category) in enumerate(entries)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "All", "items": items}
    return json.dumps(feed).encode()


def _news_sitemap(entries: list[tuple[str, str]]) -> bytes:
    urls = "".join(
        f"<url><loc>{escape(link)}</loc><news:news><news:publication><news:name>All</news:name>"
        "<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{MOMENT.format(2, n % 10)}</news:publication_date>"
        f"<news:title>{escape(_title(n))}</news:title>"
        f"<news:keywords>{escape(category)}</news:keywords></news:news></url>"
        for n, (link, category) in enumerate(entries)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    ).encode()


def _section(url: str, articles: list[str], furniture: list[str]) -> bytes:
    cards = "".join(
        f'<article><h3><a href="{escape(link)}">{escape(_title(n))}</a></h3></article>'
        for n, link in enumerate(articles)
    )
    links = "".join(f'<a href="{escape(link)}">More</a>' for link in furniture)
    return (
        f"<!doctype html><html><head><title>World</title></head><body><nav>{links}</nav>"
        f"<main>{cards}</main><footer>{links}</footer></body></html>"
    ).encode()
