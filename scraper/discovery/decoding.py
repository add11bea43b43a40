"""A listing's bytes made fit for a parser: unpacked, decoded, rid of what XML forbids or hides."""

import codecs
import gzip
import io
import re
import zlib
from html.entities import html5
from typing import Any
from xml.sax.saxutils import escape

from scraper.encodings import codec_name, guessed, marked
from scraper.errors import ListingUnreadable

GZIP_MAGIC = b"\x1f\x8b"
GZIP_MAX_LAYERS = 2  # a .xml.gz sent with Content-Encoding: gzip by a careless server
GZIP_CHUNK_BYTES = 65_536
DECLARATION_MAX_BYTES = 4096  # how far in an encoding may be declared
DOCTYPE_MAX_CHARS = 2000  # Netscape's and HTML's, the longest in use, have 150
JUNK_MAX_CHARS = 4096  # how much may stand before the document: blank lines, PHP's complaints
SAMPLE_MAX_BYTES = 65_536  # enough to tell an encoding by its letters, little enough to be quick
DAMAGE_MAX_SHARE = 0.1  # of a text's non-ASCII letters; above it, the text is not UTF-8
CHAR_REF_MAX_DIGITS = 8
TAG_MAX_CHARS = 20_000

# For lxml: nothing fetched, nothing expanded, libxml2's own bounds on depth and size kept.
HARDENED: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}

DECLARED = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
LATIN = "cp1252"

XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Whatever stands in a CDATA section is text already; the five names are XML's own.
STRAY_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:&*(?=&)|#(?P<number>x[0-9a-f]+|[0-9]+);?|(?P<name>[a-z][a-z0-9]{1,31};))?",
    re.IGNORECASE | re.DOTALL,
)
ENDLESS_TAG = re.compile(rf"(<(?![!?])[^<>]{{{TAG_MAX_CHARS}}})[^<>]*")
DOCUMENT_START = re.compile(
    r"<\?xml\b|<!DOCTYPE\s|<(?:[\w.-]+:)?(?:rss|rdf|feed|urlset|sitemapindex)\b", re.IGNORECASE
)
PROLOG = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
BARE_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^<>\[\]"']|"[^"]*"|'[^']*')*+>""", re.IGNORECASE)
ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


def unpack(body: bytes, max_bytes: int) -> bytes:
    """Return `body` with gzip undone, cut at `max_bytes`.

    What can be had of a damaged or oversized stream is returned: its beginning.

    >>> unpack(gzip.compress(b"<urlset/>"), 100), unpack(b"<urlset/>", 4)
    (b'<urlset/>', b'<url')
    """
    for _ in range(GZIP_MAX_LAYERS):
        if not body.startswith(GZIP_MAGIC):
            break
        body = _gunzip(body, max_bytes)
    return body[:max_bytes]


def to_text(body: bytes, charset: str = "") -> str:
    """Decode bytes by what they are rather than what they claim to be.

    In order: byte order mark; UTF-8 where it fits, since no other encoding's text does by chance;
    the `charset` of the HTTP header (RFC 7303) and the declaration in the document, a Latin one
    last because it fits anything; UTF-8 with a little damage; the encoding the letters look like.

    >>> to_text("<rss>новости</rss>".encode("cp1251"), charset="windows-1251")
    '<rss>новости</rss>'
    """
    encoding, length = marked(body)
    if encoding:
        return body[length:].decode(encoding, "replace")
    if len(body) > 1 and (body[0] == 0) != (body[1] == 0):
        return body.decode("utf-16-be" if body[0] == 0 else "utf-16-le", "replace")
    as_utf8 = _decoded(body, "utf-8")
    if as_utf8 is not None and b"\x1b" not in body:  # ISO-2022-JP is ASCII with escapes
        return as_utf8
    for name in _declared(body, charset):
        text = _decoded(body, name)
        if text is not None:
            return text
    return _repaired(body)


def xml_text(body: bytes, url: str, max_bytes: int, charset: str = "") -> str:
    """Return an XML or JSON or plain text document as text without traps.

    Characters and references that XML forbids are gone, HTML's entities are characters, stray
    ampersands are escaped, the XML declaration and a harmless document type are removed.

    Raises:
        ListingUnreadable: it is empty, or declares entities (billion laughs, XXE).
    """
    text = XML_FORBIDDEN.sub("", to_text(unpack(body, max_bytes), charset)).lstrip("\ufeff \t\r\n")
    if not text:
        raise ListingUnreadable(url, "it is empty")
    start = DOCUMENT_START.search(text, 0, JUNK_MAX_CHARS)
    if start is None and not text.startswith("<"):
        return text
    text = _whole_tags(_without_prolog(text[start.start() if start else 0 :], url))
    return STRAY_REFERENCE.sub(_safe_reference, text)


def html_text(body: bytes, max_bytes: int, charset: str = "") -> str:
    """Return an HTML page as text without the characters and the tags that harm a parser."""
    return _whole_tags(XML_FORBIDDEN.sub("", to_text(unpack(body, max_bytes), charset)))


def root_name(text: str) -> str:
    """Return the local name of a document's first element in lower case, "" if there is none.

    >>> root_name('<rdf:RDF xmlns="...">'), root_name("https://example.org/a")
    ('rdf', '')
    """
    found = ROOT.match(text)
    return found[1].lower() if found else ""


def _gunzip(data: bytes, max_bytes: int) -> bytes:
    unpacked = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        try:
            while len(unpacked) < max_bytes and (chunk := stream.read1(GZIP_CHUNK_BYTES)):
                unpacked += chunk
        except (EOFError, OSError, zlib.error):
            pass  # cut or damaged: the beginning stands
    return bytes(unpacked[:max_bytes])


def _decoded(body: bytes, encoding: str) -> str | None:
    """Decode strictly, but forgive a last character that was cut."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(body, final=False)
    except (UnicodeError, LookupError):
        return None


def _declared(body: bytes, charset: str) -> list[str]:
    found = DECLARED.search(body, 0, DECLARATION_MAX_BYTES)
    claims = (charset, found[1].decode("ascii", "replace") if found else "")
    names = [name for claim in claims if (name := codec_name(claim))]
    return sorted(names, key=LATIN.__eq__)


def _repaired(body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    foreign = sum(byte > 0x7F for byte in body[:SAMPLE_MAX_BYTES])
    if text[:SAMPLE_MAX_BYTES].count("\ufffd") <= foreign * DAMAGE_MAX_SHARE:
        return text
    guess = guessed(body)
    return body.decode(guess, "replace") if guess else text


def _whole_tags(text: str) -> str:
    """Drop what a cut left after the last tag, half a link perhaps, and the excess of huge tags.

    Parsers take time by the square of a tag's attributes.
    """
    return ENDLESS_TAG.sub(r"\1", text[: text.rfind(">") + 1])


def _without_prolog(text: str, url: str) -> str:
    text = text[_prolog_end(text) :]
    if not text[:9].upper().startswith("<!DOCTYPE"):
        return text
    doctype = BARE_DOCTYPE.match(text[:DOCTYPE_MAX_CHARS])
    if doctype is None:
        raise ListingUnreadable(url, "its document type declares entities, which may be a bomb")
    text = text[doctype.end() :]
    return text[_prolog_end(text) :]


def _prolog_end(text: str) -> int:
    found = PROLOG.match(text)
    return found.end() if found else 0


def _safe_reference(match: re.Match[str]) -> str:
    number, name = match["number"], match["name"]
    if number:
        return _safe_character(number)
    if name:
        known = html5.get(name)
        return escape(known) if known else f"&amp;{name}"
    return match[0] if match[0].startswith("<") else "&amp;" * len(match[0])


def _safe_character(number: str) -> str:
    digits = number.lstrip("xX").lstrip("0") or "0"
    if len(digits) > CHAR_REF_MAX_DIGITS:
        return ""
    code = int(digits, 16 if number[0] in "xX" else 10)
    if code > 0x10FFFF or (code < 0x20 and code not in (9, 10, 13)):
        return ""
    character = chr(code)
    return "" if XML_FORBIDDEN.match(character) else escape(character)
