"""What a page says of its outlet: names, languages, countries; from meta tags and JSON-LD."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from scraper.discovery.countries import COUNTRIES
from scraper.discovery.fields import language_tag, plain_text
from scraper.urls import canonical_url, site_of

NAME_MAX_CHARS = 80
META_MAX = 300  # meta and link elements read of one page
SCRIPTS_MAX = 20
SCRIPT_MAX_CHARS = 500_000
NODES_MAX = 2000  # objects and lists of a page's JSON-LD

ORGANISATIONS = ("newsmediaorganization", "organization", "corporation", "newspaper")
META_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:app:name")
PUNCTUATION = re.compile(r"\s+[-–—:•·»«/]\s+|\s*[|｜：│┃]\s*|:\s+|\s+::\s+")
HOST_NAME = re.compile(r"(?:https?://)?(?:www\.)\S+|https?://\S+", re.IGNORECASE)
LATIN_ONLY = re.compile(r"[\x00-\u024f\u1e00-\u1eff\u2000-\u206f]*")
# What front pages are called, beside the outlet's name in their titles.
FRONT_NAMES = frozenset((
    "home", "homepage", "home page", "front page", "startseite", "start", "accueil", "inicio",
    "início", "portada", "forside", "förstasidan", "etusivu", "strona główna", "anasayfa",
    "ana sayfa", "beranda", "trang chủ", "главная", "головна", "начало", "αρχική", "الرئيسية",
    "الصفحة الرئيسية", "صفحه اصلی", "ראשי", "होम", "หน้าแรก", "首页", "首頁", "ホーム",
    "トップ", "홈",
))  # fmt: skip
# What publishing systems write when nobody has chosen: no evidence of a country.
DEFAULT_LOCALES = frozenset(("en-US", "en-GB", "es-ES", "fr-FR", "pt-PT", "ar-AR", "zh-CN"))
SAME_LANGUAGE = {
    "no": "nb",
    "iw": "he",
    "in": "id",
    "jw": "jv",
    "ji": "yi",
    "mo": "ro",
    "tl": "fil",
}
TRADITIONAL = frozenset(("TW", "HK", "MO"))
COUNTRY_BY_NAME = {row[0].removeprefix("the ").casefold(): code for code, row in COUNTRIES.items()}
COUNTRY_BY_NAME |= {"usa": "US", "uk": "GB", "great britain": "GB", "england": "GB", "uae": "AE"}


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a page says of who publishes it, each the best first.

    Args:
        names: of the outlet, as its metadata say.
        titles: the parts of the page's title, one of which may be the name.
        languages: BCP 47 tags without regions.
        countries: pairs of code and where it stands.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    languages: tuple[str, ...]
    countries: tuple[tuple[str, str], ...]


def read_masthead(root: Any, url: str) -> Masthead:
    """Read what an HTML page says of its outlet.

    Args:
        root: the page's tree.
        url: where it was found.
    """
    meta = _meta(root)
    nodes = list(_linked_data(root))
    locales = _locales(root, url, meta, nodes)
    title = plain_text(root.findtext(".//title"), 10 * NAME_MAX_CHARS)
    return Masthead(
        names=tuple(_names(title, meta, nodes)),
        titles=tuple(_title_parts(title, url)),
        languages=tuple(dict.fromkeys(tag for raw, _ in locales if (tag := plain_tag(raw)))),
        countries=tuple(dict.fromkeys([*_addresses(nodes), *_regions(locales)])),
    )


def plain_tag(raw: object) -> str:
    """Return the tag by which outlets are declared: no region, the script where there are two.

    >>> plain_tag("ja_JP"), plain_tag("zh-TW"), plain_tag("iw"), plain_tag("sr-Latn-RS")
    ('ja', 'zh-Hant', 'he', 'sr-Latn')
    """
    language, _, rest = language_tag(raw).partition("-")
    subtags = rest.split("-")
    script = next((subtag for subtag in subtags if len(subtag) == 4), "")
    if language == "zh":
        traditional = TRADITIONAL.intersection(subtags)
        script = script or ("Hant" if traditional else "Hans")
    language = SAME_LANGUAGE.get(language, language)
    return f"{language}-{script}" if script and language in ("zh", "sr", "uz", "az") else language


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in islice(root.iter("meta"), META_MAX):
        name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        found.setdefault(name.strip().lower(), (element.get("content") or "").strip())
    return found


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD, outer ones first; what is no JSON is passed over."""
    waiting: deque[Any] = deque()
    for script in islice(root.iter("script"), META_MAX):
        is_data = (script.get("type") or "").strip().lower() == "application/ld+json"
        if is_data and len(waiting) < SCRIPTS_MAX and len(script.text or "") < SCRIPT_MAX_CHARS:
            try:
                waiting.append(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue
    for _ in range(NODES_MAX):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
        inside = node.values() if isinstance(node, dict) else node
        waiting.extend(part for part in inside if isinstance(part, dict | list))


def _is_a(node: dict[str, Any], *kinds: str) -> bool:
    stated = node.get("@type")
    named = stated if isinstance(stated, list) else [stated]
    return any(isinstance(kind, str) and kind.lower() in kinds for kind in named)


def best_name(masthead: Masthead, heard: Iterable[str]) -> str:
    """Return an outlet's name, "" if nothing says it.

    Args:
        masthead: of its home page.
        heard: what else bears the name: titles of feeds and sections, the text of its logo. Of a
            title's parts ("Home | The Post") the name is the one that is heard elsewhere.
    """
    said = [text.casefold() for text in heard if text]

    def votes(part: str) -> int:
        return sum(part.casefold() in text for text in said)

    parts = sorted(masthead.titles, key=votes, reverse=True)
    return next(iter([*masthead.names, *parts]), "")


def _names(title: str, meta: dict[str, str], nodes: list[dict[str, Any]]) -> list[str]:
    claims: list[object] = [meta.get("og:site_name")]
    claims += [node.get("name") for node in nodes if _is_a(node, "newsmediaorganization")]
    claims += [node.get("name") for node in nodes if _is_a(node, "website")]
    claims += [meta.get(name) for name in META_NAMES[1:]]
    claims += [node.get("name") for node in nodes if _is_a(node, *ORGANISATIONS)]
    plain = [plain_text(claim, NAME_MAX_CHARS) for claim in claims]
    said = [name for name in plain if len(name) > 1 and not HOST_NAME.fullmatch(name)]
    # A name that readers see in the title, in the title's script, before what machines read.
    is_latin = LATIN_ONLY.fullmatch(title) is not None

    def order(name: str) -> tuple[bool, bool]:
        foreign = not is_latin and LATIN_ONLY.fullmatch(name) is not None
        return foreign, name.casefold() not in title.casefold()

    return list(dict.fromkeys(sorted(said, key=order)))


def _title_parts(title: str, url: str) -> list[str]:
    """Return the parts of a title that may be a name: the site's own first, then short ones."""
    label = site_of(url).split(".")[0].replace("-", "")
    parts = [part for part in PUNCTUATION.split(title) if 1 < len(part) <= NAME_MAX_CHARS]
    parts = [part for part in parts if part.casefold() not in FRONT_NAMES]

    def order(part: str) -> tuple[bool, int]:
        letters = re.sub(r"\W", "", part).casefold()
        return not (letters and (letters in label or label in letters)), len(part)

    return sorted(parts, key=order)


def _locales(
    root: Any, url: str, meta: dict[str, str], nodes: list[dict[str, Any]]
) -> list[tuple[str, str]]:
    html = next(root.iter("html"), root)
    claims: list[tuple[object, str]] = [
        (html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang"), "html lang"),
        (html.get("xml:lang"), "html lang"),
        *((link, "hreflang") for link in _own_hreflangs(root, url)),
        (meta.get("content-language"), "content-language"),
        (meta.get("language"), "content-language"),
        (meta.get("og:locale"), "og:locale"),
    ]
    claims += [(n.get("inLanguage"), "JSON-LD") for n in nodes if _is_a(n, "website", "webpage")]
    tags = ((language_tag(raw), where) for raw, where in claims)
    return [(tag, where) for tag, where in tags if tag]


def _own_hreflangs(root: Any, url: str) -> Iterator[str]:
    own = canonical_url(url)
    for link in islice(root.iter("link"), META_MAX):
        if link.get("hreflang") and canonical_url(link.get("href") or "", url) == own:
            yield link.get("hreflang")


def _addresses(nodes: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        country = node.get("addressCountry")
        named = country.get("name") if isinstance(country, dict) else country
        text = named.strip() if isinstance(named, str) else ""
        code = text.upper() if text.upper() in COUNTRIES else COUNTRY_BY_NAME.get(text.casefold())
        if code:
            yield code, "the address in its JSON-LD"


def _regions(locales: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for tag, where in locales:
        code = tag.rpartition("-")[2]
        if tag not in DEFAULT_LOCALES and len(code) == 2 and code in COUNTRIES:
            yield code, f"its {where}"
