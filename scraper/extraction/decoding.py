"""From the bytes of a page to one parsed tree: which encoding, and is it text at all."""

import codecs
import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

from scraper.encodings import (
    codec_name,
    fitting,
    guessed,
    has_latin_share,
    is_latin,
    is_nearly_utf8,
    latin_meant,
    marked,
)
from scraper.errors import PageUnreadable
from scraper.extraction.mojibake import is_suspect, repaired, repaired_bytes
from scraper.records import Capture

PAGE_MAX_BYTES = 8 * 1024 * 1024  # the largest real page in 175 measured had 2.2 MB
SNIFF_BYTES = 4096  # where a <meta charset> is looked for; the standard asks for 1024
LOST_MAX_SHARE = 0.02  # of a text's letters; a stray mark or two in a quotation is no loss
LOST_MARKS = ("\ufffd", "ï¿½", "锟斤拷")
QUESTION_MARKS = re.compile(r"\?{2,}")  # "?!?" and "??" are rare in a text, and few
REPLACED_MAX_SHARE = 0.001  # of U+FFFD among characters before a page counts as unreadable
TAGS_MAX = 50_000  # opening tags; the most in 175 real pages were 4,308
# libxml2 takes time by the square of a tag's attributes: 12 s for 100,000 in 0.9 MB.
ATTRIBUTES_MAX = 10_000  # minified scripts look like tags to us; the largest in 175 pages had 989
LONG_BYTES = 2 * ATTRIBUTES_MAX  # that so many take at least
STEP_BYTES = LONG_BYTES // 2
ENDS_MAX = 20  # of tags, looked at in one step
SPACES_MAX = 20  # between "=" and a value; where there are more, it may be one

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
TAG = re.compile(rb"<[a-zA-Z][^>=]*+(?:(?:%s|=)[^>=]*+)*+" % QUOTED.pattern)
PLAIN_TAG = re.compile(rb"<[a-zA-Z][^>]*+")
# Elements of forms need no classes of their own here, and lxml.html finds them by a call into
# Python for every element that is looked at: a twentieth of all time.
ONE_CLASS = etree.ElementDefaultClassLookup(
    element=html.HtmlElement, comment=html.HtmlComment, pi=html.HtmlProcessingInstruction
)
NOT_IN_XML = bytes(code for code in range(0x20) if code not in b"\t\n\r")
ESCAPED, ESCAPE = "iso2022_jp", b"\x1b$"
STRAYS = "dateline-strays"  # how bytes are read that are no UTF-8 in a text that is
LATIN_END = "\u0250"
# Numbers that mean windows-1252, as the HTML standard has it; libxml2 makes controls of them.
OLD_REFERENCE = re.compile(
    rb"&#(?:0{0,5}(1[2-5]\d)|[xX]0{0,5}([89][0-9a-fA-F]))(?:;|(?![0-9a-fA-F]))"
)
OLD_CONTROLS = re.compile(rb"\xc2([\x80-\x84\x86-\x9f])")
SOLID_UTF8 = re.compile(rb"\xc3[\x80-\xbf](?:[\xc2\xc3][\x80-\xbf]){4}")  # in no sound word
NONCHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")  # U+FFFE and U+FFFF, in UTF-8
# libxml2 reads these into the tree, and lxml then refuses to move the text they stand in.
REFERENCE_NOT_IN_XML = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    rb"|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
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
    raw = _in_utf8(capture)
    if not raw.strip():
        raise PageUnreadable(capture.url, "empty")
    if not raw.isascii():
        if is_suspect(raw):
            raw = repaired(raw.decode("utf-8", "replace")).encode("utf-8", "replace")
        if SOLID_UTF8.search(raw):
            raw = repaired_bytes(raw.decode("utf-8", "replace")).encode("utf-8", "replace")
        raw = NONCHARACTERS.sub(b"", OLD_CONTROLS.sub(_of_1252, raw))
    raw = raw.translate(None, NOT_IN_XML)
    raw = REFERENCE_NOT_IN_XML.sub(b" ", OLD_REFERENCE.sub(_of_1252, raw))
    if problem := _crowd(raw):
        raise PageUnreadable(capture.url, problem)
    # Made anew: a parser keeps what it parsed last alive. Depth is bounded by libxml2 itself.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(ONE_CLASS)
    try:
        return html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise PageUnreadable(capture.url, f"no HTML: {error}") from error


def _in_utf8(capture: Capture) -> bytes:
    """Return a page in UTF-8: the very bytes of nearly all, since few are in anything else.

    Raises:
        PageUnreadable: no encoding fits.
    """
    body = capture.body
    try:
        if not marked(body)[0] and not _is_escaped(capture):
            _checked(capture.url, body.decode("utf-8"))
            return body
    except UnicodeDecodeError:
        pass
    # A string would be parsed by its own in-memory layout, slower; surrogates cannot be encoded.
    return decoded(capture).encode("utf-8", "replace")


def _of_1252(found: re.Match[bytes]) -> bytes:
    """Return what a control character of Latin-1 was meant for: the sign of windows-1252."""
    if found.re is OLD_CONTROLS:
        code = found[1][0]
    else:
        code = int(found[1]) if found[1] else int(found[2], 16)
    if not 0x80 <= code <= 0x9F:
        return found.group()
    return bytes([code]).decode("cp1252", "ignore").encode()


def _crowd(raw: bytes) -> str:
    """Return what a page has too much of to become a tree, "" if nothing.

    >>> _crowd(b"<p>" * 60_000)
    'more than 50000 tags'
    """
    # 300,000 paragraphs in 8 MB of HTML would take 80 MB as a tree.
    if raw.count(b"<") > TAGS_MAX and raw.count(b"<") - raw.count(b"</") > TAGS_MAX:
        return f"more than {TAGS_MAX} tags"
    if any(_attributes(tag) > ATTRIBUTES_MAX for tag in _long_tags(raw)):
        return f"a tag of more than {ATTRIBUTES_MAX} attributes"
    return ""


def _long_tags(raw: bytes) -> Iterator[bytes]:
    """Yield what may be tags of LONG_BYTES or more: whether ">" ends a quoted value or not."""
    for stretch in _endless(raw):
        for form in (TAG, PLAIN_TAG):
            yield from (tag for tag in form.findall(stretch) if len(tag) >= LONG_BYTES)


def _endless(raw: bytes) -> Iterator[bytes]:
    """Yield the stretches of a page in which no tag surely ends for a while, with what is around.

    Whatever is LONG_BYTES long holds one of the steps made here, whole.
    """
    begun, is_endless = 0, False
    for start in range(0, len(raw), STEP_BYTES):
        end = _sure_end(raw, begun, start)
        if not end:
            is_endless = True
            continue
        if is_endless:
            yield raw[begun:end]
        begun, is_endless = end, False
    if is_endless:
        yield raw[begun:]


def _sure_end(raw: bytes, begun: int, start: int) -> int:
    """Return where a step has a ">" that no quoted value can hold, 0 where none is sure."""
    place = start
    for _ in range(ENDS_MAX):
        place = raw.find(b">", place, start + STEP_BYTES) + 1
        if not place:
            break
        nearest = max(begun, place - LONG_BYTES)
        if not any(_may_be_open(raw, mark, nearest, place, begun) for mark in (b'"', b"'")):
            return place
    return 0


def _may_be_open(raw: bytes, mark: bytes, nearest: int, place: int, begun: int) -> bool:
    """Tell whether the last mark before a place may open a value: behind "=" alone it does."""
    last = raw.rfind(mark, nearest, place)
    if last < 0:
        return nearest > begun
    before = raw[max(0, last - SPACES_MAX) : last].rstrip()
    return not before or before.endswith(b"=")


def _attributes(tag: bytes) -> int:
    bare = QUOTED.sub(b"= ", tag)
    return max(bare.count(b"="), len(bare.split()))


def decoded(capture: Capture) -> str:
    """Return a capture's text.

    Asked in order: byte order mark; escapes of the one encoding that is ASCII throughout; whether
    the bytes are UTF-8, but for a few strays, which other encodings practically never are; what
    header, meta and XML declare, as far as the text bears it out; a detector.

    Raises:
        PageUnreadable: no encoding fits.

    >>> decoded(Capture("https://example.org/", "<meta charset=shift_jis>日本".encode("cp932")))
    '<meta charset=shift_jis>日本'
    """
    body = capture.body
    encoding, length = marked(body)
    if _is_escaped(capture):
        encoding = ESCAPED
    if encoding:
        return _checked(capture.url, body[length:].decode(encoding, "replace"))
    try:
        return _checked(capture.url, body.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if is_nearly_utf8(body):
        return _checked(capture.url, _mended(body).rstrip("\ufffd"))
    declared = _declared(capture)
    if found := fitting(body, declared):
        return _checked(capture.url, body.decode(found, "replace"))
    for label in declared:
        if is_latin(label) and not has_latin_share(body):
            continue  # a server's default, which any bytes can be read in
        text = body.decode(latin_meant(body, label), "replace")
        if _broken_share(text) <= REPLACED_MAX_SHARE:
            return text
    return _checked(capture.url, body.decode(guessed(body) or "utf-8", "replace"))


def _is_escaped(capture: Capture) -> bool:
    """Tell whether a page is in ISO-2022-JP, whose ASCII bytes would pass as UTF-8."""
    return ESCAPE in capture.body and ESCAPED in _declared(capture)


def _mended(body: bytes) -> str:
    """Return nearly sound UTF-8 with the strays of a Latin text read as what they are."""
    text = body.decode("utf-8", "replace")
    beyond = "".join(char for char in text if char > "\x7f" and char != "\ufffd")
    if sum(char < LATIN_END for char in beyond) < len(beyond) / 2:
        return text
    return body.decode("utf-8", STRAYS)


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace") if len(wrong) == 1 else "\ufffd", error.end


codecs.register_error(STRAYS, _stray)


def _declared(capture: Capture) -> list[str]:
    """Return the Python codecs that the header and the page name, most trusted first.

    The header before the page, as the HTML standard has it.
    """
    head = capture.body[:SNIFF_BYTES]
    found = [m.group(1) for m in [HEADER_CHARSET.search(capture.header("content-type"))] if m]
    found += [m.group(1).decode("ascii", "replace") for m in [META_CHARSET.search(head)] if m]
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


def lost_share(title: str, body: str) -> float:
    """Return the share of a text's letters that are lost, 0.0 where they are few or none.

    Lost are letters of which a wrong conversion, before the page was served, left a question mark
    or the mark of the undecodable, as it is or as other encodings show it.

    >>> lost_share("??????? ????", "?????? ???? ?? ?????."), lost_share("Why?", "It rained.")
    (1.0, 0.0)
    """
    text = title + body
    lost = sum(map(len, QUESTION_MARKS.findall(text))) + sum(map(text.count, LOST_MARKS))
    share = lost / (lost + sum(map(str.isalpha, text)) or 1) if lost else 0.0
    return share if share > LOST_MAX_SHARE else 0.0
