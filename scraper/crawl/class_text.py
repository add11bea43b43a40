"""The text of an outlet's class, as it would be written by hand and as the formatter leaves it."""

import ast
import re
import textwrap
import unicodedata
from dataclasses import dataclass

from scraper.crawl.declaration import LISTING_KINDS
from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet
from scraper.urls import is_home_page, site_of

LINE_MAX_COLUMNS = 100
NAME_MAX_CHARS = 30  # of a slug
ABOUT_MAX_CHARS = 300  # of a docstring
DOUBT = "Doubt: "
NO_NAMES = ("www", "news", "m", "en")  # path segments and labels that name no outlet


@dataclass(frozen=True, slots=True)
class Draft:
    """A declaration about to be written.

    Args:
        slug: the outlet's name for commands.
        outlet: who publishes.
        listings: pairs of attribute ("feeds", "news_sitemaps", "sections") and URL.
        article_urls, world_urls, world_sections: as in `OutletSpider`.
        says: facts for the docstring, in sentences.
        doubts: clauses for it; as many as fit.
    """

    slug: str
    outlet: Outlet
    listings: tuple[tuple[str, str], ...]
    article_urls: str = ""
    world_urls: str = ""
    world_sections: tuple[str, ...] = ()
    says: str = "Found from its home page."
    doubts: tuple[str, ...] = ()


def slug_of(url: str, name: str) -> str:
    """Return a slug for an outlet: its domain's own label, with the edition that a path names.

    >>> slug_of("https://www.elmundo.es/", "El Mundo"), slug_of("https://www.bbc.com/persian", "")
    ('elmundo', 'bbc-persian')
    >>> slug_of("http://127.0.0.1:8701/", "Le Quai du matin")
    'le-quai-du-matin'
    """
    site = site_of(url).split(":")[0]
    label = site.split(".")[0] if re.search("[a-z]", site) else ""
    path = [part for part in re.sub(r"^https?://[^/]+", "", url).split("/") if part]
    edition = [] if is_home_page(url) else [part for part in path[:1] if part not in NO_NAMES]
    text = "-".join([label, *edition]) if label else name
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:NAME_MAX_CHARS].rstrip("-")
    return slug or "outlet-" + re.sub(r"[^a-z0-9]+", "-", site_of(url)).strip("-")


def class_name(slug: str, taken: set[str]) -> str:
    """Return a class's name for a slug, another one than those taken.

    >>> class_name("el-mundo", set()), class_name("24-chasa", {"Outlet24Chasa"})
    ('ElMundo', 'Outlet24Chasa2')
    """
    words = "".join(word[:1].upper() + word[1:] for word in re.split(r"[^a-z0-9]+", slug))
    name = words if words[:1].isalpha() else f"Outlet{words}"
    numbered = name
    number = 2
    while numbered in taken:
        numbered, number = f"{name}{number}", number + 1
    return numbered


def class_text(draft: Draft, name: str) -> str:
    """Return the class's source, with a line end at its end.

    Raises:
        BadDeclaration: the class would be refused at import.
    """
    lines = [f"class {name}(OutletSpider):", *_docstring(draft.says, draft.doubts), ""]
    lines += _assigned("name", _quoted(draft.slug))
    lines += _outlet(draft.outlet)
    attributes: dict[str, object] = {"name": draft.slug, "outlet": draft.outlet}
    for attribute in LISTING_KINDS:
        urls = tuple(url for kind, url in draft.listings if kind == attribute)
        if urls:
            lines += _tuple(attribute, urls)
            attributes[attribute] = urls
    if draft.world_sections:
        lines += _tuple("world_sections", draft.world_sections)
    for attribute in ("world_urls", "article_urls"):
        if regex := getattr(draft, attribute):
            lines += _regex(attribute, regex)
            attributes[attribute] = regex
    text = "\n".join(lines) + "\n"
    # Python itself must read the text as meant, and the crawl must take the class.
    assert isinstance(ast.parse(text).body[0], ast.ClassDef)
    type(name, (OutletSpider,), {"__module__": __name__, "is_declared": True, **attributes})
    return text


def _docstring(says: str, doubts: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    for doubt in doubts:
        if len(f"{says} {DOUBT}{'; '.join([*kept, doubt])}.") <= ABOUT_MAX_CHARS:
            kept.append(doubt)
    doubt = f"{DOUBT}{'; '.join(kept)}." if kept else ""
    line = f'    """{says} {doubt}'.rstrip() + '"""'
    if _columns(line) <= LINE_MAX_COLUMNS:
        return [line]
    rest = textwrap.wrap(doubt, LINE_MAX_COLUMNS - 4)
    return [f'    """{says}', "", *(f"    {line}" for line in rest), '    """']


def _outlet(outlet: Outlet) -> list[str]:
    languages = f"({', '.join(map(_quoted, outlet.languages))},)"
    if len(outlet.languages) > 1:
        languages = languages.replace(",)", ")")
    values = [_quoted(outlet.name), _quoted(outlet.country), languages]
    values += [_quoted(outlet.timezone), _quoted(outlet.homepage)]
    line = f"    outlet = Outlet({', '.join(values)})"
    if _columns(line) <= LINE_MAX_COLUMNS:
        return [line]
    inner = " " * 8 + ", ".join(values)
    if _columns(inner) <= LINE_MAX_COLUMNS:
        return ["    outlet = Outlet(", inner, "    )"]
    names = ("", "country=", "languages=", "timezone=", "homepage=")
    pairs = zip(names, values, strict=True)
    return ["    outlet = Outlet(", *(f"        {name}{value}," for name, value in pairs), "    )"]


def _assigned(name: str, value: str) -> list[str]:
    return [f"    {name} = {value}"]


def _tuple(name: str, values: tuple[str, ...]) -> list[str]:
    quoted = [_quoted(value) for value in values]
    line = f"    {name} = ({', '.join(quoted)}{',' if len(quoted) == 1 else ''})"
    if _columns(line) <= LINE_MAX_COLUMNS:
        return [line]
    rows = [row for each in quoted for row in _row(each)]
    return [f"    {name} = (", *rows, "    )"]


def _row(quoted: str) -> list[str]:
    """Return one element of a tuple; a long address in pieces, in parentheses."""
    if _columns(f"        {quoted},") <= LINE_MAX_COLUMNS:
        return [f"        {quoted},"]
    pieces = textwrap.wrap(quoted[1:-1], LINE_MAX_COLUMNS - 16, break_on_hyphens=False)
    return ["        (", *(f"            {_quoted(piece)}" for piece in pieces), "        ),"]


def _regex(name: str, regex: str) -> list[str]:
    """Return an assignment of a raw string, in pieces where it is long."""
    line = f'    {name} = r"{regex}"'
    if _columns(line) <= LINE_MAX_COLUMNS:
        return [line]
    width = LINE_MAX_COLUMNS - 11
    pieces, rest = [], regex
    while len(rest) > width:
        cut = rest.rfind("/", 1, width)
        cut = cut if cut > width // 2 else width - (rest[width - 1] == "\\")
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [f"    {name} = (", *(f'        r"{piece}"' for piece in [*pieces, rest]), "    )"]


def _quoted(text: str) -> str:
    """Return a string literal as the formatter writes it: in double quotes if that is no longer.

    >>> print(_quoted("L'Avenir"), _quoted('Der "Bote"'))
    "L'Avenir" 'Der "Bote"'
    """
    literal = repr(text)
    if literal.startswith("'") and '"' not in text:
        inside = literal[1:-1].replace("\\'", "'")
        return f'"{inside}"'
    return literal


def _columns(line: str) -> int:
    """Return how wide a line is: characters of East Asian scripts take two columns."""
    narrow = (c for c in line if not unicodedata.combining(c))
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in narrow)
