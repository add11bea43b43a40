"""From the bytes of a page to one parsed tree: which encoding, and is it text at all."""

import re

from lxml import etree, html
from lxml.html import HtmlElement

from scraper.encodings import codec_name, guessed, has_latin_share, is_latin, marked
from scraper.errors import PageUnreadable
from scraper.records import Capture

PAGE_MAX_BYTES = 8 * 1024 * 1024  # the largest real page in 175 measured had 2.2 MB
SNIFF_BYTES = 4096  # where a <meta charset> is looked for; the standard asks for 1024
REPLACED_MAX_SHARE = 0.001  # of U+FFFD among characters before a page counts as unreadable
TAGS_MAX = 50_000  # opening tags; the most in 175 real pages were 4,308
# libxml2 takes time by the square of a tag's attributes: 12 s for 100,000 in 0.9 MB.
ATTRIBUTES_MAX = 10_000  # minified scripts look like tags to us; the largest in 175 pages had 989

META_CHARSET = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
HTML_START = re.compile(
    rb"<(?:!doctype|html|head|body|meta|title|link|script|div|p|article|h1|span|table)\b",
    re.IGNORECASE,
)
BINARY_TYPES = re.compile(
    r"^(?:image|audio|video|font)/|^application/(?:pdf|zip|octet-stream|json|x-)|^text/(?:css|calendar)",
    re.IGNORECASE,
)
BINARY_STARTS = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"RIFF")
# A quoted value may hold ">". Possessive throughout, and a tag always matches: linear in time.
QUOTED = re.compile(rb"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
TAGS = (
    re.compile(rb"<[a-zA-Z](?:[^>=]++|%s|=)*+" % QUOTED.pattern),
    re.compile(rb"<[a-zA-Z][^>]*+"),
)
NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE and U+FFFF, in UTF-8
# libxml2 reads these into the tree, and lxml then refuses to move the text they stand in.
REFERENCE_NOT_IN_XML = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    rb"|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)


def is_html(capture: Capture) -> bool:
    """Tell whether a capture may hold an HTML page, by its type and its first bytes.

    >>> is_html(Capture("https://example.org/a.pdf", b"%PDF-1.7"))
    False
    """
    kind = capture.header("content-type").partition(";")[0].strip().lower()
    head = capture.body[:SNIFF_BYTES].replace(b"\0", b"")
    if BINARY_TYPES.match(kind) or head.startswith(BINARY_STARTS):
        return False
    return HTML_START.search(head) is not None


def page_tree(capture: Capture) -> HtmlElement:
    """Parse a capture, once.

    Raises:
        PageUnreadable: the page is empty, too large, in no encoding that fits, or unparsable.
    """
    if len(capture.body) > PAGE_MAX_BYTES:
        raise PageUnreadable(capture.url, f"larger than {PAGE_MAX_BYTES >> 20} MB")
    text = decoded(capture)
    if not text.strip():
        raise PageUnreadable(capture.url, "empty")
    # A string would be parsed by its own in-memory layout, slower; surrogates cannot be encoded.
    raw = text.encode("utf-8", "replace")
    for mark in NONCHARACTERS:
        raw = raw.replace(mark, b"")
    raw = REFERENCE_NOT_IN_XML.sub(b" ", NOT_IN_XML.sub(b"", raw))
    if problem := _crowd(raw):
        raise PageUnreadable(capture.url, problem)
    # Made anew: a parser keeps what it parsed last alive. Depth is bounded by libxml2 itself.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        return html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise PageUnreadable(capture.url, f"no HTML: {error}") from error


def _crowd(raw: bytes) -> str:
    """Return what a page has too much of to become a tree, "" if nothing.

    >>> _crowd(b"<p>" * 60_000)
    'more than 50000 tags'
    """
    # 300,000 paragraphs in 8 MB of HTML would take 80 MB as a tree.
    if raw.count(b"<") - raw.count(b"</") > TAGS_MAX:
        return f"more than {TAGS_MAX} tags"
    if any(
        _attributes(tag.group()) > ATTRIBUTES_MAX for form in TAGS for tag in form.finditer(raw)
    ):
        return f"a tag of more than {ATTRIBUTES_MAX} attributes"
    return ""


def _attributes(tag: bytes) -> int:
    if len(tag) < 2 * ATTRIBUTES_MAX:
        return 0
    bare = QUOTED.sub(b"= ", tag)
    return max(bare.count(b"="), len(bare.split()))


def decoded(capture: Capture) -> str:
    """Return a capture's text.

    Asked in order: byte order mark; whether the bytes are valid UTF-8, which other encodings
    practically never are; what the page and then the header declare; a detector.

    Raises:
        PageUnreadable: no encoding fits.

    >>> decoded(Capture("https://example.org/", "<meta charset=shift_jis>日本".encode("cp932")))
    '<meta charset=shift_jis>日本'
    """
    body = capture.body
    encoding, length = marked(body)
    if encoding:
        return _checked(capture.url, body[length:].decode(encoding, "replace"))
    try:
        return _checked(capture.url, body.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    for label in _declared(capture):
        if is_latin(label) and not has_latin_share(body):
            continue  # a server's default, which any bytes can be read in
        text = body.decode(label, "replace")
        if _broken_share(text) <= REPLACED_MAX_SHARE:
            return text
    return _checked(capture.url, body.decode(guessed(body) or "utf-8", "replace"))


def _declared(capture: Capture) -> list[str]:
    """Return the Python codecs that the page and its header name, most trusted first."""
    head = capture.body[:SNIFF_BYTES]
    found = [m.group(1).decode("ascii", "replace") for m in [META_CHARSET.search(head)] if m]
    found += [m.group(1) for m in [HEADER_CHARSET.search(capture.header("content-type"))] if m]
    found += [m.group(1).decode("ascii", "replace") for m in [XML_ENCODING.search(head)] if m]
    names = [codec_name(label) for label in found]
    return list(dict.fromkeys(name for name in names if name))


def _broken_share(text: str) -> float:
    return text.count("\ufffd") / max(len(text), 1)


def _checked(url: str, text: str) -> str:
    share = _broken_share(text)
    if share > REPLACED_MAX_SHARE:
        raise PageUnreadable(url, f"{share:.1%} of its characters could not be decoded")
    return text
