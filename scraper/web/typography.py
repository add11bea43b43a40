"""Stored text made fit for a page: escaped, marked, with its direction.

Everything from the archive was written by strangers: it reaches HTML through here or through the
templates' own escaping, and never as HTML of its own.
"""

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from scraper.archive.segmentation import MARK_CLOSE, MARK_OPEN

RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
RIGHT_TO_LEFT_SCRIPTS = frozenset(("arab", "hebr", "syrc", "thaa", "nkoo"))
MARKED = re.compile(f"{MARK_OPEN}([^{MARK_OPEN}{MARK_CLOSE}]*){MARK_CLOSE}")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")


def marked_html(text: str) -> Markup:
    """Escape a text and turn the marks around its hits into <mark> elements.

    >>> print(marked_html("<b> ⟦war⟧ and ⟧ peace"))
    &lt;b&gt; <mark>war</mark> and ⟧ peace
    """
    return Markup(MARKED.sub(r"<mark>\1</mark>", str(escape(text))))  # noqa: S704 (just escaped)


def direction(language: str) -> str:
    """Return the `dir` of a text from its BCP 47 tag; "auto" when the tag does not say.

    >>> direction("ar-EG"), direction("uz-Arab"), direction("ja"), direction("")
    ('rtl', 'rtl', 'ltr', 'auto')
    """
    parts = language.lower().split("-")
    if not parts[0]:
        return "auto"
    is_rtl = parts[0] in RIGHT_TO_LEFT or RIGHT_TO_LEFT_SCRIPTS.intersection(parts[1:])
    return "rtl" if is_rtl and "latn" not in parts else "ltr"


def language_tag(language: str) -> str:
    """Return a language tag fit for the `lang` attribute; "" (unknown) if it is none.

    >>> language_tag("zh-Hant"), language_tag("x y")
    ('zh-Hant', '')
    """
    return language if LANGUAGE_TAG.fullmatch(language) else ""


def safe_link(url: str) -> str:
    """Return a URL that may stand in an href: http or https with a host; else "".

    >>> safe_link("https://example.org/a"), safe_link(" javascript:alert(1)")
    ('https://example.org/a', '')
    """
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def paragraphs(text: str) -> list[str]:
    r"""Split a body at blank lines.

    >>> paragraphs("One.\n\nTwo,\nstill two.")
    ['One.', 'Two,\nstill two.']
    """
    return [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
