"""What kind of article a page is, by what it states of itself, its address and its shape."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from scraper.extraction.kind.kind_words import (
    AMBIGUOUS_SECTIONS,
    HOST_KINDS,
    LIVE_PARTS,
    LIVE_TITLES,
    MEDIA_SECTIONS,
    MEDIA_TITLES,
    OPINION_PARTS,
    OPINION_SECTIONS,
    OPINION_TITLES,
)
from scraper.extraction.kind.signs import Signs, iter_clocks
from scraper.extraction.linked_data import is_article, texts, types_of
from scraper.extraction.page import Page
from scraper.extraction.words import word_count
from scraper.records import ArticleKind
from scraper.urls import site_of

ENTRIES_MIN = 4  # of a live blog: named boxes, or lines that open with a time of day
LINES_MAX = 400
MEDIA_MAX_WORDS = 200  # a page of a section of videos with more text is an article with a video
PLAYER_MAX_WORDS = 400  # and where it states that it is one: captions and transcripts are longer
NODES_MAX = 50
SECTIONS_MAX = 6

MEDIA_TYPES: dict[ArticleKind, re.Pattern[str]] = {
    "video": re.compile(r"VideoObject|VideoNewsArticle|Clip|TVEpisode|Movie"),
    "audio": re.compile(r"AudioObject|PodcastEpisode|RadioEpisode"),
    "gallery": re.compile(r"ImageGallery|MediaGallery|PhotographAlbum"),
}
OG_TYPES: dict[ArticleKind, re.Pattern[str]] = {
    "video": re.compile(r"video\b.*|.*\.video"),
    "audio": re.compile(r"(?:audio|music|podcast|radio)\b.*"),
    "gallery": re.compile(r".*\b(?:gallery|album|slideshow|photo)"),
}
PLAYED = re.compile(r"VideoObject|AudioObject|PodcastEpisode|RadioEpisode|ImageGallery")
PLAYERS = ("og:video", "og:video:url", "og:video:secure_url", "og:audio", "twitter:player")
SECTION_SEPARATORS = re.compile(r"\s*[|/>»,·•]\s*")

Clue = tuple[ArticleKind, str]


def find_kind(page: Page, signs: Signs, title: str, body: str, section: str) -> Clue:
    """Return the kind of an article and what it was told by, "" where nothing said so.

    Args:
        page: what it states of itself; its tree is not looked at.
        signs: what it showed beside the text.
        title: as extracted.
        body: as extracted.
        section: as extracted.
    """
    sections = _sections(page, section)
    media = media_clue(page, signs, title, sections, word_count(body, PLAYER_MAX_WORDS + 1))
    found = _live(page, signs, title, body) or media or _opinion(page, title, sections)
    return found or ("article", "")


def _live(page: Page, signs: Signs, title: str, body: str) -> Clue | None:
    if any("LiveBlogPosting" in types_of(node) for node in page.nodes[:NODES_MAX]):
        return "live blog", "json-ld @type"
    if any(t.endswith("LiveBlogPosting") for t in types_of(page.micro)):
        return "live blog", "microdata"
    path = unquote(urlsplit(page.url).path)
    named = signs.has_live_names or LIVE_PARTS.search(path) or LIVE_TITLES.match(title)
    if not named:
        return None
    if signs.entries >= ENTRIES_MIN:
        return "live blog", "entries"
    clocks = islice(iter_clocks(body.split("\n\n")[:LINES_MAX]), ENTRIES_MIN)
    return ("live blog", "times of entries") if len(list(clocks)) >= ENTRIES_MIN else None


def media_clue(
    page: Page, signs: Signs, title: str, sections: list[str], words: int
) -> Clue | None:
    """Return whether a page of so many words is about a video, a sound or pictures, and why."""
    if words > PLAYER_MAX_WORDS:
        return None
    states_article = any(map(is_article, page.nodes[:NODES_MAX])) or bool(page.micro)
    og_type = page.meta("og:type").lower()
    types = [t for node in page.nodes[:NODES_MAX] for t in types_of(node)]
    has_media = signs.has_player or any(map(PLAYED.fullmatch, types)) or bool(page.meta(*PLAYERS))
    unsure = frozenset() if has_media else AMBIGUOUS_SECTIONS
    parts, host = _parts(page.url) - unsure, _host_label(page.url)
    for kind in ("video", "audio", "gallery"):
        if not states_article and any(map(MEDIA_TYPES[kind].fullmatch, types)):
            return kind, "json-ld @type"
        if any(map(MEDIA_TYPES[kind].fullmatch, types_of(page.article))):
            return kind, "json-ld @type"
        if OG_TYPES[kind].fullmatch(og_type):
            return kind, "meta og:type"
        if words > MEDIA_MAX_WORDS:
            continue
        names = MEDIA_SECTIONS[kind]
        if not parts.isdisjoint(names) or host in HOST_KINDS.get(kind, ()):
            return kind, "url"
        if not (names - unsure).isdisjoint(sections):
            return kind, "section"
        if MEDIA_TITLES[kind].match(title):
            return kind, "title"
    return None


def _opinion(page: Page, title: str, sections: list[str]) -> Clue | None:
    if any(t.rpartition("/")[2] == "OpinionNewsArticle" for t in types_of(page.article)):
        return "opinion", "json-ld @type"
    if page.meta("article:opinion").lower() == "true":
        return "opinion", "meta article:opinion"
    if not OPINION_SECTIONS.isdisjoint(sections):
        return "opinion", "section"
    is_below = not _parts(page.url).isdisjoint(OPINION_PARTS | OPINION_SECTIONS)
    if is_below or _host_label(page.url) in HOST_KINDS["opinion"]:
        return "opinion", "url"
    return ("opinion", "title") if OPINION_TITLES.match(title) else None


def _sections(page: Page, section: str) -> list[str]:
    """Return the names of sections a page stands in, whole and in their parts, in lower case."""
    stated = [section, *texts(page.article.get("articleSection"), limit=SECTIONS_MAX)]
    stated += texts(page.article.get("genre"), limit=SECTIONS_MAX)
    stated += page.all_metas("article:section")[:SECTIONS_MAX]
    return list(dict.fromkeys(part for text in stated for part in _iter_names(text.lower())))


def _iter_names(text: str) -> Iterator[str]:
    yield text.strip()
    yield from islice(SECTION_SEPARATORS.split(text.strip()), SECTIONS_MAX)


def _parts(url: str) -> frozenset[str]:
    """Return the parts of an address above its last, in lower case.

    >>> sorted(_parts("https://www.a.example/Opinion/2026/a-slug"))
    ['2026', 'opinion']
    """
    return frozenset(unquote(urlsplit(url).path).lower().strip("/").split("/")[:-1])


def _host_label(url: str) -> str:
    """Return the first label of a host below its site's own domain, "" if there is none.

    >>> _host_label("https://video.a.example/x"), _host_label("https://tribune.com.pk/x")
    ('video', '')
    """
    host = (urlsplit(url).hostname or "").lower()
    below = host.removesuffix(site_of(url))
    return below.partition(".")[0]
