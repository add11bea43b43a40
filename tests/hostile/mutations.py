"""Ways in which bytes go wrong, by accident or on purpose; all from a given source of chance."""

import gzip
import json
import random
import re
from collections.abc import Callable
from typing import Any

BODY_MAX_BYTES = 250_000  # of most mutated documents, for the sake of their number
LARGE_MAX_BYTES = 1_500_000  # of the others
LARGE_SHARE = 0.04
RUN_MAX = 40_000  # times that one piece is repeated
MUTATIONS_MAX = 4  # of one document

Mutation = Callable[[bytes, random.Random, bytes], bytes]

TAGS = (
    b"div", b"span", b"b", b"a", b"p", b"li", b"ul", b"table", b"td", b"h1", b"h2", b"article",
    b"form", b"font", b"time", b"svg", b"select", b"noscript", b"figure", b"blockquote", b"title",
    b"item", b"entry", b"url", b"channel", b"link", b"author", b"category", b"news:news",
)  # fmt: skip
PIECES = (
    b"&", b"&amp;", b"&amp;amp;", b"<", b">", b"\"", b"'", b"-", b" ", b"\n", b"\t", b"\0", b"/",
    b",", b";", b":", b"|", b"1", b"1-", b"1/2 ", b"2026-", b"a", b"a ", b"a, ", b"A. ", b"by ",
    b"By A and ", b"(", b"[", b"{", b"\\", b"%", b"%41", b"@", b"http://", b"//", b"#", b"&#",
    b"&#x1b;", b"&#0;", b"&#55357;", b"\\u0000", b"\\ud800", b"\x1b[31m", b"\xc2\xad",
    b"\xe2\x80\xae", b"\xe3\x80\x80", b"\xe6\x9c\xa8", b"\xef\xbf\xbf", b"\xf0\x9f\x98\x80",
    b"\xcc\x81", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<script>", b"</script>", b"</body>",
    b"<plaintext>", b"<textarea>", b"<base href='//x'>", b"<br>", b"<p>", b"</p>", b"<a href=/x>x",
    b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"&a;", b"<?xml version='1.0' encoding='x'?>", b"|",
)  # fmt: skip
LABELS = (
    b"utf-7", b"utf-16", b"utf-16be", b"utf-32", b"shift_jis", b"euc-jp", b"gb2312", b"big5",
    b"windows-1251", b"koi8-r", b"iso-8859-1", b"iso-2022-jp", b"x-user-defined", b"rot13", b"zlib",
    b"unicode_escape", b"idna", b"undefined", b"mbcs", b"cp037", b"\0", b"x" * 50, b"",
)  # fmt: skip
CODECS = (
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp932", "euc_jp", "gb18030", "big5",
    "cp1251", "koi8-r", "iso2022_jp", "cp1252", "utf-7", "cp037", "cp949", "mac_roman",
)  # fmt: skip
DATES = (
    "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "0000-00-00", "2026-13-45", "now",
    "2099-01-01", "1970-01-01T00:00:00Z", "2026-02-30T25:61:61Z", "99999999999999999999", "1e400",
    "-1", "1763600000", "1763600000000", "Thu, 32 Foo 2026 99:99:99 XYZ", "۲۰۲۶-۱۱-۲۰", "2569-11-20",
    "2026-11-20T10:00:00+99:99", "2026-11-20T10:00:00.123456789123Z", "20 Nov 2026 at 10:00 EST",
    "2026-11-20T10:00:00 Asia/Nowhere", "1 1 1", "０２０２６年１１月２０日", "12/31/9999", "𝟐𝟎𝟐𝟔-①-②",
    "10000-01-01", "0099-01-01", "Mon, 01 Jan 0001 00:00:00 +2359", "20261120T250000Z", "2026-W47",
)  # fmt: skip
DATE = re.compile(rb"\d{4}-\d\d-\d\d[T ]?[\d:.+Z-]*|\d{1,2} \w{3,9} \d{4}(?: [\d:]+)?")
LABEL = re.compile(rb"((?:charset|encoding)\s*=\s*[\"']?)([\w-]+)", re.IGNORECASE)
SCRIPT = re.compile(rb"(<script[^>]*ld\+json[^>]*>)(.*?)(</script>)", re.IGNORECASE | re.DOTALL)
TAG = re.compile(rb"<(/?)(\w+)")


def mutate(body: bytes, rng: random.Random, other: bytes) -> bytes:
    """Return a document gone wrong in one to MUTATIONS_MAX ways; `other` is what may be mixed in."""
    limit = LARGE_MAX_BYTES if rng.random() < LARGE_SHARE else BODY_MAX_BYTES
    body = body[:limit]
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, MUTATIONS_MAX))):
        body = rng.choice(MUTATIONS)(body, rng, other)[:limit]
    return body


def _place(body: bytes, rng: random.Random) -> int:
    """Return a position, more often than not where something of the document begins."""
    at = rng.randrange(len(body) + 1)
    mark = rng.choice((b">", b'="', b'":', b"", b""))
    found = body.find(mark, at) if mark else -1
    return found + len(mark) if found >= 0 else at


def _range(body: bytes, rng: random.Random) -> tuple[int, int]:
    size = min(len(body), int(2 ** rng.uniform(0, 15)))
    start = rng.randrange(len(body) - size + 1)
    return start, start + size


def _often(rng: random.Random) -> int:
    return int(RUN_MAX ** rng.random())


def _insert(body: bytes, at: int, piece: bytes) -> bytes:
    return body[:at] + piece + body[at:]


def flip_bytes(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Change single bytes, up to one in fifty."""
    changed = bytearray(body)
    for _n in range(1 + int(len(body) / 50 * rng.random() ** 3) if body else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def drop_range(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Leave a piece out."""
    start, end = _range(body, rng)
    return body[:start] + body[end:]


def double_range(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Say a piece again, perhaps many times."""
    start, end = _range(body, rng)
    times = min(_often(rng), LARGE_MAX_BYTES // (end - start + 1))
    return _insert(body, end, body[start:end] * times)


def swap_ranges(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Let two pieces change places."""
    (a, b), (c, d) = sorted((_range(body, rng), _range(body, rng)))
    return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:] if b <= c else body


def truncate(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Cut the end off."""
    return body[: rng.randrange(len(body) + 1)]


def splice(body: bytes, rng: random.Random, other: bytes) -> bytes:
    """Go on as another document, or hold one inside."""
    start, end = sorted(rng.randrange(len(other) + 1) for _ in range(2))
    at = _place(body, rng)
    return body[:at] + other[start:end] + (body[at:] if rng.random() < 0.5 else b"")


def nest(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Open one tag, or a few in turn, over and over; close them or not."""
    names = [rng.choice(TAGS) for _ in range(rng.choice((1, 1, 2, 3)))]
    times = _often(rng) // len(names)
    opened = b"".join(b"<%s>" % name for name in names) * times
    closed = b"".join(b"</%s>" % name for name in reversed(names)) * times
    return _insert(body, _place(body, rng), opened + b"x" + rng.choice((b"", closed)))


def repeat_piece(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Put a run of one awkward piece somewhere."""
    return _insert(body, _place(body, rng), rng.choice(PIECES) * _often(rng))


def soup(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Scatter awkward pieces."""
    for _n in range(rng.randrange(1, 40)):
        body = _insert(body, _place(body, rng), rng.choice(PIECES))
    return body


def huge_tag(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Add a tag with one huge attribute, or with very many."""
    name, often = rng.choice(TAGS), _often(rng)
    if rng.random() < 0.5:
        value = rng.choice(PIECES).replace(b'"', b"") * often
        attribute = rng.choice((b"class", b"href", b"content", b"datetime", b"itemprop", b"x"))
        tag = b'<%s %s="%s">' % (name, attribute, value)
    else:
        tag = b"<%s %s>" % (name, b" ".join(b"a%d=b" % n for n in range(often)))
    return _insert(body, _place(body, rng), tag)


def rename_tags(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Call one kind of tag by another's name."""
    names = [found[2] for found in TAG.finditer(body[:200_000])]
    if not names:
        return body
    old, new = rng.choice(names), rng.choice((*TAGS, *names[:50]))
    return TAG.sub(lambda m: b"<" + m[1] + (new if m[2] == old else m[2]), body)


def recode(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Write the document in another encoding, whatever it declares."""
    errors = rng.choice(("ignore", "xmlcharrefreplace", "replace"))
    return body.decode("utf-8", "replace").encode(rng.choice(CODECS), errors)


def relabel(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Declare another encoding, or one that is none."""
    label = rng.choice(LABELS)
    if LABEL.search(body):
        return LABEL.sub(lambda m: m[1] + label, body, count=rng.choice((0, 1)))
    return b"<meta charset=" + label + b">" + body


def absurd_dates(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Put absurd dates in the place of some."""
    return DATE.sub(lambda m: rng.choice((m[0], rng.choice(DATES).encode())), body)


def absurd_json(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Put absurd values into what is stated as JSON, or state something absurd."""
    if body.lstrip()[:1] in (b"{", b"["):
        return _absurd(body, rng)
    if SCRIPT.search(body) and rng.random() < 0.7:
        return SCRIPT.sub(lambda m: m[1] + _absurd(m[2], rng) + m[3], body)
    stated = b'<script type="application/ld+json">%s</script>' % _absurd(b"", rng)
    return _insert(body, max(body.find(b"<head>") + 6, 0), stated)


def _absurd(text: bytes, rng: random.Random) -> bytes:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = {"@context": "https://schema.org", "@type": "NewsArticle", "@id": "#a"}
        data |= {key: _value(rng, 0) for key in KEYS if rng.random() < 0.6}
    for _ in range(rng.randrange(1, 6)):
        _spoil(data, rng)
    deep = rng.choice(("[%s]", '{"@graph":[%s]}', '{"author":%s}')).split("%s")
    times = rng.choice((5, 500, 20_000))
    nested = deep[0] * times + "0" + deep[1] * times
    return json.dumps(data).replace('"DEEP"', nested).replace('"HUGE"', "9" * 5_000).encode()


def _spoil(data: Any, rng: random.Random) -> None:
    """Change one value somewhere within."""
    while isinstance(data, dict | list) and data:
        key = rng.choice(list(data) if isinstance(data, dict) else range(len(data)))
        if not isinstance(data[key], dict | list) or not data[key] or rng.random() < 0.4:
            data[key] = _value(rng, 0)
            return
        data = data[key]


KEYS = (
    "headline", "name", "author", "creator", "datePublished", "dateModified", "articleBody", "image",
    "description", "keywords", "articleSection", "inLanguage", "mainEntityOfPage", "hasPart", "url",
    "isAccessibleForFree", "@graph", "thumbnailUrl", "publisher", "itemListElement", "items",
)  # fmt: skip


def _value(rng: random.Random, depth: int) -> Any:
    pick = rng.randrange(24)
    if pick < 4 and depth < 4:
        keys = rng.sample((*KEYS, "@value", "@id", "@type", "givenName", "width", "caption"), 4)
        return {key: _value(rng, depth + 1) for key in keys} | {"@id": rng.choice(("#a", "#b"))}
    if pick < 8 and depth < 4:
        return [_value(rng, depth + 1) for _ in range(rng.randrange(4))]
    if pick < 11:
        return rng.choice(DATES)
    if pick < 14:
        piece = rng.choice(PIECES).decode("utf-8", "surrogateescape")
        return rng.choice(("War ", "", "x")) + piece * _often(rng)
    return rng.choice(
        (
            None, True, False, 0, -1, 1e308, float("nan"), float("inf"), 10**300, "", "DEEP", "HUGE",
            "\ud800 x \udfff", "a\x00b\x1b\x08c\u202ed\ufffe", "javascript:alert(1)", "http://[",
            "data:text/html,x", "//", "https://x.example:99999/", "English", "zh-Hant-TW-x-y", {}, [],
            {"@id": "#a"}, ["Ann"] * 2000, {"name": {"name": {"name": "x"}}},
        )
    )  # fmt: skip


def broken_gzip(body: bytes, rng: random.Random, _: bytes) -> bytes:
    """Pack the document, perhaps twice, and damage the packing."""
    packed = gzip.compress(body, 1, mtime=0)
    if rng.random() < 0.3:
        packed = gzip.compress(packed, 1, mtime=0) + packed
    return rng.choice((truncate, flip_bytes, drop_range, double_range))(packed, rng, b"")


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes, drop_range, double_range, swap_ranges, truncate, splice, nest, repeat_piece,
    repeat_piece, soup, soup, huge_tag, rename_tags, recode, relabel, absurd_dates, absurd_dates,
    absurd_json, absurd_json, absurd_json, broken_gzip,
)  # fmt: skip
