"""Tabular: the classes, ids and addresses that mark a byline, and those that mark another's."""

import re
from functools import lru_cache

CLASSES_KEPT = 4_096  # classes and ids: an outlet's pages have the same ones

MEDIA = re.compile(r"media|video|audio|image|caption|photo|bild|foto|img", re.IGNORECASE)
CAPTION = re.compile(r"caption|figure|photo-?credit|image-?credit", re.IGNORECASE)
SIDE = re.compile(r"(?:^|[\s_-])side(?:$|[\s_-]|bar)", re.IGNORECASE)

# Parts of the words in `VISIBLE`, of which each class or id that marks a byline holds one.
HINTS = (
    "auth", "auto", "aute", "byl", "by-l", "writ", "repo", "jour", "signa", "corr", "contri",
    "muha", "yaza", "penu", "tac-g", "nguoi", "redac", "perio", "skrib", "avto",
)  # fmt: skip
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
VISIBLE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|auth[oe]rs?|autor(?:es|en|i|zy)?|auteurs?|autore|writers?|signature|journalists?|reporters?"
    r"|correspondent|contributors?|muhabir|yazar|penulis|reporter-?name|nguoi-viet|tac-gia|redactor|periodista|skribent|avtor)"
    r"(?:$|[\s_-]|name|info|text|list|data|\d)"
    r"|(?:^|[\s_-])(?:article|story|post|entry|news|page)?authors?(?:name|info|list)?(?:$|[\s_-])"
)
NOT_VISIBLE = re.compile(
    r"side[_-]{0,2}author|author[_-]{1,2}(?:bio|box|image|img|avatar|photo|desc|social|thumb|picture|follow|page|card|posts)"
    r"|(?:image|photo|caption|picture|comment|foto|video)[_-]{0,2}(?:author|credit|by-?line)|about-author|more-from|quot"
)


@lru_cache(maxsize=CLASSES_KEPT)
def marks_byline(name: str) -> bool:
    """Tell whether a class or id marks a byline.

    >>> marks_byline("Article_authorName__x1"), marks_byline("author-bio")
    (True, False)
    """
    folded = name.lower()
    if not any(map(folded.__contains__, HINTS)):
        return False
    parted = CAMEL.sub("-", name[:300]).lower()
    return VISIBLE.search(parted) is not None and NOT_VISIBLE.search(parted) is None


AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor(?:es|en|i)?|auteurs?|people|profiles?|reporters?|journalists?|journalistes?|staff|by|contributors?|team|person|redaktion|writers?|columnists?|yazar(?:lar)?|muhabir|penulis|avtor[iy]?|authors?\.php)[/?-]",
    re.IGNORECASE,
)

AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:es|en|i)?|auteurs?|reporters?|journalists?|contributors?|yazar(?:lar)?|avtor[iy]?)/[^/?#]",
    re.IGNORECASE,
)
