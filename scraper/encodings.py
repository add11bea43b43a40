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
    """Return the encoding that the bytes look like, "" when they look like none."""
    best = from_bytes(body[:GUESS_MAX_BYTES]).best()
    return best.encoding if best else ""
