"""Text encodings as documents on the web name them, and as their bytes betray them.

Labels are read as the WHATWG Encoding standard reads them: as the superset that is meant. The one
door to charset-normalizer.
"""

import codecs
import re

from charset_normalizer import from_bytes

GUESS_MAX_BYTES = 65_536  # enough to tell an encoding by its letters, little enough to be quick

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LABELS = {"windows-874": "cp874", "windows-31j": "cp932", "x-sjis": "cp932", "x-gbk": "gb18030"}
SUPERSETS = {
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    # A declaration that could be read as bytes cannot stand in UTF-16.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
# The encodings of the standard; Python's others (utf-7, unicode-escape, idna) are no document's.
WEB_ENCODINGS = re.compile(
    r"utf-8|cp125\d|cp(?:866|874|932|949)|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gb18030|big5hkscs|euc_jp|iso2022_jp"
)

LATIN = re.compile(
    r"ascii|cp125[02478]|cp(?:437|85\d|86[0135])|iso8859_(?:1|2|3|4|9|10|13|14|15|16)"
    r"|mac_(?:latin2|roman|turkish|iceland)|hp_roman8|latin_1"
)
# https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
LATIN_BY_LANGUAGE = dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "cp1250")
LATIN_BY_LANGUAGE |= dict.fromkeys(("et", "lt", "lv"), "cp1257")
LATIN_BY_LANGUAGE |= {"az": "cp1254", "tr": "cp1254", "vi": "cp1258"}
# Of letters beyond ASCII. Among 140 real articles in 16 languages (2026) one in Icelandic had most,
# 14.4 %, then Turkish and Czech; text in any other script has nearly all.
LATIN_MAX_SHARE = 0.3
LANGUAGE = re.compile(rb"<html[^>]{0,400}?\slang\s*=\s*[\"']?([a-zA-Z]{2,3})", re.IGNORECASE)
TAGS = re.compile(  # to the end where they do not end: else each of many would be looked for there
    rb"<(?:script|style)\b.*?(?:</(?:script|style)>|\Z)|<[^>]*+>?", re.DOTALL | re.IGNORECASE
)
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
ASCII_LETTERS = re.compile(rb"[A-Za-z]")
UPPER_CONTROLS = re.compile(rb"[\x80-\x9f]")


def codec_name(label: str) -> str:
    """Return the Python codec for an encoding label, "" if no web document is in it.

    >>> codec_name("Shift_JIS"), codec_name("latin-1"), codec_name("rot13")
    ('cp932', 'cp1252', '')
    """
    label = label.strip().lower()
    try:
        name = codecs.lookup(LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return ""
    name = SUPERSETS.get(name, name)
    return name if WEB_ENCODINGS.fullmatch(name) else ""


def marked(body: bytes) -> tuple[str, int]:
    """Return the encoding that a byte order mark names and the mark's length; ("", 0) for none."""
    return next(((name, len(mark)) for mark, name in MARKS if body.startswith(mark)), ("", 0))


def guessed(body: bytes) -> str:
    """Return the encoding that the bytes look like, "" when they look like none.

    Detectors tell scripts apart but not the Latin encodings, which differ in a few letters: there
    the page's language decides, as the HTML standard's defaults by locale do.

    >>> guessed("<html lang=fr><p>Où l'été s'achève, le gouvernement a décidé".encode("cp1252"))
    'cp1252'
    """
    best = from_bytes(body[:GUESS_MAX_BYTES]).best()
    if best is None:
        return ""
    return _latin(body) if LATIN.fullmatch(best.encoding) else best.encoding


def is_latin(encoding: str) -> bool:
    """Tell whether an encoding is one of the Latin ones, which any bytes can be read in."""
    return LATIN.fullmatch(encoding.replace("-", "_")) is not None


def has_latin_share(body: bytes) -> bool:
    r"""Tell whether so few letters are beyond ASCII that the bytes may be text in a Latin encoding.

    >>> has_latin_share("l'été s'achève tôt".encode("cp1252")), has_latin_share(b"\xc0\xaf" * 9)
    (True, False)
    """
    sample = TAGS.sub(b"", body[:GUESS_MAX_BYTES])
    beyond = len(BEYOND_ASCII.findall(sample))
    return beyond <= LATIN_MAX_SHARE * (beyond + len(ASCII_LETTERS.findall(sample)))


def _latin(body: bytes) -> str:
    found = LANGUAGE.search(body[:GUESS_MAX_BYTES])
    language = found[1].decode().lower() if found else ""
    encoding = LATIN_BY_LANGUAGE.get(language, "cp1252")
    if encoding == "cp1250" and not UPPER_CONTROLS.search(body):
        return (
            "iso8859-2"  # they differ where it has control characters, and in few letters besides
        )
    return encoding
