"""Which language an article is in: what is declared, checked against the text itself."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from scraper.extraction.langid_model import model
from scraper.extraction.linked_data import texts
from scraper.extraction.page import Page

SAMPLE_CHARS = 1_500  # of the body; on 130 pages as right as 3,000 and half the time
SCRIPT_SAMPLE_CHARS = 600
SURE_CHARS = 120  # shorter texts do not outvote what is declared
KANA_SHARE = 0.02  # of East Asian characters; no Chinese text has as many, no Japanese fewer

# Scripts that news in one language alone is written in; the first block that fits decides.
SCRIPTS = (
    ("kana", 0x3041, 0x30FA), ("han", 0x3400, 0x9FFF), ("ko", 0xAC00, 0xD7A3),
    ("th", 0x0E00, 0x0E7F), ("he", 0x0590, 0x05FF), ("el", 0x0370, 0x03FF),
    ("hy", 0x0530, 0x058F), ("ka", 0x10A0, 0x10FF), ("km", 0x1780, 0x17FF),
    ("lo", 0x0E80, 0x0EFF), ("my", 0x1000, 0x109F), ("ta", 0x0B80, 0x0BFF),
    ("te", 0x0C00, 0x0C7F), ("kn", 0x0C80, 0x0CFF), ("ml", 0x0D00, 0x0D7F),
    ("gu", 0x0A80, 0x0AFF), ("pa", 0x0A00, 0x0A7F), ("or", 0x0B00, 0x0B7F),
    ("si", 0x0D80, 0x0DFF), ("bo", 0x0F00, 0x0FFF), ("dv", 0x0780, 0x07BF),
    ("cyrillic", 0x0400, 0x052F), ("arabic", 0x0600, 0x06FF), ("devanagari", 0x0900, 0x097F),
    ("bengali", 0x0980, 0x09FF), ("ethiopic", 0x1200, 0x137F), ("latin", 0x0041, 0x024F),
    ("latin", 0x1E00, 0x1EFF),
)  # fmt: skip
# Scripts that several languages share; a declared language of another script is wrong.
SHARED = {
    "cyrillic": (
        "ru",
        "uk",
        "be",
        "bg",
        "sr",
        "mk",
        "kk",
        "ky",
        "mn",
        "tg",
        "tt",
        "uz",
        "az",
        "ba",
        "cv",
        "os",
        "ce",
        "ab",
    ),
    "arabic": (
        "ar",
        "fa",
        "ur",
        "ps",
        "ckb",
        "ku",
        "ug",
        "sd",
        "prs",
        "ary",
        "arz",
        "sdh",
        "dv",
        "az",
        "bal",
    ),
    "devanagari": ("hi", "mr", "ne", "sa", "bho", "mai", "kok", "gom"),
    "bengali": ("bn", "as"),
    "ethiopic": ("am", "ti", "om", "gez"),
    "han": ("zh", "yue", "wuu", "ja"),
}
# Languages the detector mixes up, a group a string: among these what is declared wins.
ALIKE = (
    "no nb nn da sv", "id ms jv su min ace", "hr bs sr sh sl me", "cs sk", "es gl ca ext ast oc",
    "pt gl", "zu xh nso st ss tn ts nr ve sn", "hi mr ne", "fa prs tg", "ar ary arz",
    "zh yue wuu", "rw kik lg rn sw", "en pcm ht gcr", "nl af fy li", "tr az tk uz crh",
    "de lb als nds", "it vec lij scn co", "fr oc gcr gcf ht", "ru be uk bg mk", "ku sdh ckb",
    "tl bcl ceb fil ilo", "fi et", "lv ltg",
)  # fmt: skip
RENAMED = {
    "iw": "he", "in": "id", "ji": "yi", "fil": "tl", "mo": "ro", "cn": "zh", "jp": "ja",
    "kr": "ko", "cz": "cs", "gr": "el", "ua": "uk",
}  # fmt: skip
CHINESE = {
    "hant": "zh-Hant", "tw": "zh-Hant", "hk": "zh-Hant", "mo": "zh-Hant", "hans": "zh-Hans",
    "cn": "zh-Hans", "sg": "zh-Hans",
}  # fmt: skip
TAG = re.compile(
    r"\s*([a-z]{2,3})(?:[-_]([a-z]{4}|[a-z]{2}|\d{3}))?(?:[-_]([a-z]{2}|\d{3}))?(?![a-z])",
    re.IGNORECASE,
)


def find_language(page: Page, text: str) -> tuple[str, str]:
    """Return an article's language as a BCP 47 tag and where it was found, "" for both if unknown.

    Args:
        page: what is declared: JSON-LD, html lang, og:locale, the outlet, the listing.
        text: title and body, of which a bounded slice is looked at.
    """
    declared = dict.fromkeys(item for item in _declared(page) if item[0])
    tags: dict[str, str] = {}
    for tag, source in declared:
        tags.setdefault(tag, source)
    script = script_of(text)
    fitting = {tag: source for tag, source in tags.items() if _fits(tag, script)}
    if script and script not in SHARED and script not in ("latin", "kana"):
        return _chosen(fitting, script)
    if script == "kana":
        return _chosen(fitting, "ja")
    if not script or (len(text) < SURE_CHARS and fitting):
        return next(iter(fitting.items()), ("", ""))
    if script == "han":
        return _chosen(fitting, "zh")
    return _chosen(fitting, model().classify(text[:SAMPLE_CHARS]))


def _chosen(declared: dict[str, str], detected: str) -> tuple[str, str]:
    """Return what is declared where it may be the detected language, else the detected one."""
    detected = RENAMED.get(detected, detected)
    for tag, source in declared.items():
        if tag.partition("-")[0] == detected:
            return tag, source
    for tag, source in declared.items():
        if any({tag.partition("-")[0], detected} <= set(group.split()) for group in ALIKE):
            return tag, source
    if detected in ("zxx", "und") or detected in SHARED:
        return next(iter(declared.items()), ("", ""))
    return detected, "text"


def _fits(tag: str, script: str) -> bool:
    language = tag.partition("-")[0]
    if script in SHARED:
        return language in SHARED[script]
    if script == "kana":
        return language == "ja"
    if script == "latin":
        return language not in {
            "ru",
            "uk",
            "be",
            "bg",
            "ar",
            "fa",
            "ur",
            "hi",
            "bn",
            "am",
            "zh",
            "ja",
            "ko",
            "th",
            "he",
            "el",
        }
    return not script or language == script or script in ("bo",)


def script_of(text: str) -> str:
    """Return the script that most letters of a text are in, by the names of `SCRIPTS`.

    >>> script_of("北朝鮮の武器"), script_of("战争"), script_of("Krieg 1914"), script_of("12")
    ('kana', 'han', 'latin', '')
    """
    letters = [ord(c) for c in text[:SCRIPT_SAMPLE_CHARS] if c.isalpha()]
    counts = Counter(_block(code) for code in letters)
    counts.pop("", None)
    # One East Asian character says about as much as a few Latin letters.
    east_asian = counts["kana"] + counts["han"]
    if east_asian * 3 > counts["latin"] and east_asian > counts["ko"]:
        return "kana" if counts["kana"] > KANA_SHARE * east_asian else "han"
    return counts.most_common(1)[0][0] if counts and letters else ""


@lru_cache(maxsize=8192)
def _block(code: int) -> str:
    return next((name for name, first, last in SCRIPTS if first <= code <= last), "")


def _declared(page: Page) -> Iterator[tuple[str, str]]:
    root = page.tree.getroottree().getroot()
    for text in texts(page.article.get("inLanguage"), ("alternateName", "name", "@value"), 3):
        yield tag_of(text), "json-ld inLanguage"
    yield (
        tag_of(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
        "html lang",
    )
    for name in ("og:locale", "content-language", "language", "dc.language", "dcterms.language"):
        yield tag_of(page.meta(name)), f"meta {name}"
    for tag in page.hints.languages:
        yield tag_of(tag), "outlet"
    if page.hints.candidate:
        yield tag_of(page.hints.candidate.language), "listing"


def tag_of(text: str) -> str:
    """Return a declared language as the plain BCP 47 tag we keep, "" if it is none.

    Regions go; for Chinese the script stays, or is told from the region.

    >>> tag_of("en_GB"), tag_of("zh-TW"), tag_of("iw"), tag_of("zh-Hans-CN"), tag_of("English")
    ('en', 'zh-Hant', 'he', 'zh-Hans', '')
    """
    found = TAG.match(text)
    if not found:
        return ""
    language = found.group(1).lower()
    language = RENAMED.get(language, language)
    if language == "zh":
        marks = [(part or "").lower() for part in found.groups()[1:]]
        return next((CHINESE[mark] for mark in marks if mark in CHINESE), "zh")
    return language
