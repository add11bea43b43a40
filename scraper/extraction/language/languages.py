"""Which language an article is in: what is declared, checked against the text itself."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scraper.extraction.language.langid_model import model
from scraper.extraction.language.letters import by_letters, by_words, chinese_script, likeliest
from scraper.extraction.linked_data import texts
from scraper.extraction.page import Page

SAMPLE_CHARS = 1_500  # of a text; on 130 pages as right as 3,000 and half the time
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
    "cyrillic": "ru uk be bg sr mk kk ky mn tg tt uz az ba cv os ce ab bs sah kv udm rue",
    "arabic": "ar fa ur ps ckb ku ug sd prs ary arz sdh dv az bal pnb pa ks glk mzn lrc",
    "devanagari": "hi mr ne sa bho mai kok gom awa mag new doi",
    "bengali": "bn as mni",
    "he": "he yi lad",
    "ethiopic": "am ti om gez",
    "han": "zh yue wuu ja",
}
ALONE = {name: name for name, _, _ in SCRIPTS if name not in SHARED and name != "latin"}
ALONE |= {"kana": "ja"}
NEVER_LATIN = "ru uk be bg mk ar fa ur ps hi mr ne bn am ti zh ja ko th he el ka hy my km lo ta te"
# The script is said where a language's readers would not take it for granted.
WRITTEN = {"cyrillic": ("sr", "uz", "az", "bs"), "arabic": ("az", "pa", "kk", "ky")}
SUBTAGS = {"cyrillic": "Cyrl", "arabic": "Arab"}
# Of one script and not told apart by letters: among these what is declared wins.
SAME_LETTERS = (
    "fa prs glk mzn lrc", "ar ary arz", "ur pnb pa ks", "hi bho mai mag awa", "ne new",
    "mr kok gom", "ckb ku sdh", "sr bs sh", "uk rue", "he lad",
)  # fmt: skip
# Neighbours that small words tell apart, by what is declared.
KIN = {
    "no": "nb da sv", "nb": "nb da sv", "nn": "nn da sv", "da": "nb da sv", "sv": "nb da sv",
    "es": "es ca gl pt", "ca": "es ca gl pt", "gl": "es ca gl pt", "pt": "es ca gl pt",
    "cs": "cs sk", "sk": "cs sk", "hr": "hr sl sr-Latn", "bs": "hr sl sr-Latn",
    "sl": "hr sl", "sr": "hr sr-Latn", "nl": "nl af", "af": "nl af",
    "tr": "tr az", "az": "tr az", "fi": "fi et", "et": "fi et", "id": "id ms",
    "ms": "id ms",
}  # fmt: skip
KIN_NAMES = {"no": "nb", "bs": "hr"}
GIVEN = ("outlet", "listing")  # sources of claims that are not the page's own
# Languages the detector mixes up, a group a string: among these what is declared wins.
ALIKE = (
    "no nb nn da sv", "id ms jv su min ace", "hr bs sr sh sl me", "cs sk", "es gl ca ext ast oc",
    "pt gl", "zu xh nso st ss tn ts nr ve sn", "hi mr ne", "fa prs tg", "ar ary arz",
    "zh yue wuu", "rw kik lg rn sw", "en pcm ht gcr", "nl af fy li", "tr az tk uz crh",
    "de lb als nds", "it vec lij scn co", "fr oc gcr gcf ht", "ku sdh ckb",
    "tl bcl ceb fil ilo", "fi et", "lv ltg",
)  # fmt: skip
RENAMED = {
    "iw": "he", "in": "id", "ji": "yi", "fil": "tl", "mo": "ro", "cn": "zh", "jp": "ja",
    "kr": "ko", "cz": "cs", "gr": "el", "ua": "uk", "eng": "en", "deu": "de", "ger": "de",
    "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "ita": "it", "rus": "ru", "ara": "ar",
    "jpn": "ja", "kor": "ko", "zho": "zh", "chi": "zh", "hin": "hi", "tur": "tr", "nld": "nl",
    "dut": "nl",
}  # fmt: skip
CHINESE = {
    "hant": "zh-Hant", "tw": "zh-Hant", "hk": "zh-Hant", "mo": "zh-Hant", "hans": "zh-Hans",
    "cn": "zh-Hans", "sg": "zh-Hans",
}  # fmt: skip
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TAG = re.compile(
    r"\s*([a-z]{2,3})(?:[-_]([a-z]{4}|[a-z]{2}|\d{3}))?(?:[-_]([a-z]{2}|\d{3}))?(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Language:
    """The language of an article's text, where that was found, and what the page claims it is.

    All are BCP 47 or ""; `stated` keeps the region ("en-GB"). `stated_source` is where that stood.
    """

    tag: str = ""
    source: str = ""
    stated: str = ""
    stated_source: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the fields that go into the record as they are."""
        return {"language": self.tag, "stated_language": self.stated}


def find_language(page: Page, text: str) -> Language:
    """Return an article's language, as declared where the text does not contradict it.

    Args:
        page: what is declared: JSON-LD, html lang, og:locale, the outlet, the listing.
        text: title and body, of which a bounded sample is looked at.
    """
    claims = [claim for claim in _claims(page) if tag_of(claim[0])]
    tags: dict[str, str] = {}
    for claim, source in claims:
        tags.setdefault(tag_of(claim), source)
    tag, source = _language_of(sample_of(text), tags)
    own = ((stated_tag(claim), where) for claim, where in claims if where not in GIVEN)
    return Language(tag, source, *next(own, ("", "")))


def sample_of(text: str) -> str:
    """Return the start, the middle and the end of a text: a page may open in another language."""
    if len(text) <= SAMPLE_CHARS:
        return text
    part, middle = SAMPLE_CHARS // 3, len(text) // 2
    return "\n".join((text[:part], text[middle : middle + part], text[-part:]))


def _language_of(text: str, declared: dict[str, str]) -> tuple[str, str]:
    script = script_of(text)
    fitting = {tag: source for tag, source in declared.items() if _fits(tag, script)}
    if not script:
        return next(iter(fitting.items()), ("", ""))
    if script == "han":
        return _chinese(text, fitting)
    if script in ALONE:
        return _chosen(fitting, ALONE[script])
    # Letters say more than a model; where they say nothing it may be a language we do not list.
    if detected := by_letters(text, script):
        return _told(detected, script, fitting)
    if len(text) < SURE_CHARS and fitting:
        return next(iter(fitting.items()))
    if script == "latin":
        return _latin(text, fitting)
    return _chosen(fitting, _scripted(model().classify(text), script))


def _chinese(text: str, declared: dict[str, str]) -> tuple[str, str]:
    """Return which of the Chinese tags fits; characters tell the script, whatever is declared."""
    written = chinese_script(text)
    for tag, source in declared.items():
        if _language(tag) != "ja" and (not written or tag in (f"zh-{written}", "yue")):
            return tag, source
    return (f"zh-{written}" if written else "zh"), "text"


def _latin(text: str, declared: dict[str, str]) -> tuple[str, str]:
    tag, source = _chosen(declared, by_words(text) or model().classify(text))
    language = "sr-Latn" if _language(tag) == "sr" else _language(tag)
    # Of two alike the smallest words tell; where they do not, what is declared stands.
    kin = tuple(KIN.get(_language(tag), "").split())
    likely = likeliest(text, kin) if kin else ""
    if likely and likely != KIN_NAMES.get(language, language):
        return likely, "text"
    return language, source


def _told(detected: str, script: str, declared: dict[str, str]) -> tuple[str, str]:
    """Return the language that letters tell, or a declared one that has the same letters."""
    sources = {_language(tag): source for tag, source in declared.items()}
    if detected not in sources:
        group = next((group.split() for group in SAME_LETTERS if detected in group.split()), ())
        detected = next((language for language in sources if language in group), detected)
    return _scripted(detected, script), sources.get(detected, "text")


def _scripted(language: str, script: str) -> str:
    """Return a language's tag, with the script where it is not the one that is taken for granted.

    >>> _scripted("sr", "cyrillic"), _scripted("uz", "cyrillic"), _scripted("ru", "cyrillic")
    ('sr-Cyrl', 'uz-Cyrl', 'ru')
    """
    return f"{language}-{SUBTAGS[script]}" if language in WRITTEN.get(script, ()) else language


def _language(tag: str) -> str:
    return tag.partition("-")[0]


def _chosen(declared: dict[str, str], detected: str) -> tuple[str, str]:
    """Return what is declared where it may be the detected language, else the detected one."""
    detected = RENAMED.get(detected, detected)
    for tag, source in declared.items():
        if _language(tag) == _language(detected):
            return detected, source
    for tag, source in declared.items():
        if any({_language(tag), detected} <= set(group.split()) for group in ALIKE):
            return tag, source
    if detected in ("zxx", "und"):
        return next(iter(declared.items()), ("", ""))
    return detected, "text"


def _fits(tag: str, script: str) -> bool:
    language = _language(tag)
    if script in SHARED:
        return language in SHARED[script].split()
    if script in ALONE:
        return language == ALONE[script]
    return language not in NEVER_LATIN.split()


def script_of(text: str) -> str:
    """Return the script that most letters of a text are in, by the names of `SCRIPTS`.

    >>> script_of("北朝鮮の武器"), script_of("战争"), script_of("Krieg 1914"), script_of("12")
    ('kana', 'han', 'latin', '')
    """
    step = len(text) // SCRIPT_SAMPLE_CHARS + 1
    letters = [ord(c) for c in text[::step] if c.isalpha()]
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


def _claims(page: Page) -> Iterator[tuple[str, str]]:
    root = page.tree.getroottree().getroot()
    for text in texts(page.article.get("inLanguage"), ("alternateName", "name", "@value"), 3):
        yield text, "json-ld inLanguage"
    yield root.get("lang") or root.get(XML_LANG) or "", "html lang"
    for name in ("og:locale", "content-language", "language", "dc.language", "dcterms.language"):
        yield page.meta(name), f"meta {name}"
    for tag in page.hints.languages:
        yield tag, "outlet"
    if page.hints.candidate:
        yield page.hints.candidate.language, "listing"


def stated_tag(claim: str) -> str:
    """Return a claimed language as a well-formed tag with its region, "" if it is none.

    >>> stated_tag("en_gb"), stated_tag("zh-hant-hk"), stated_tag("English")
    ('en-GB', 'zh-Hant-HK', '')
    """
    found = TAG.match(claim)
    if not found:
        return ""
    language, *rest = (part for part in found.groups() if part)
    parts = [part.title() if len(part) == 4 else part.upper() for part in rest]
    language = language.lower()
    return "-".join((RENAMED.get(language, language), *parts))


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
    script = found.group(2) or ""
    if language in ("sr", "uz", "az", "bs") and len(script) == 4:
        return f"{language}-{script.title()}"
    if language == "zh":
        marks = [(part or "").lower() for part in found.groups()[1:]]
        return next((CHINESE[mark] for mark in marks if mark in CHINESE), "zh")
    return language
