"""Text encodings as documents on the web name them, and as their bytes betray them.

Labels are read as the WHATWG Encoding standard reads them: as the superset that is meant. The one
door to charset-normalizer.
"""

import codecs
import re
from collections.abc import Iterable

from charset_normalizer import from_bytes

GUESS_MAX_BYTES = 65_536  # enough to tell an encoding by its letters, little enough to be quick

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LABELS = {
    "windows-874": "cp874",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
    "koi8-ru": "koi8-u",
    "iso-8859-8-i": "iso8859-8",
}
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
    r"utf-8|cp125\d|cp(?:866|874|932|949)|iso8859-\d+|koi8-[ru]|kz1048|mac-(?:roman|cyrillic)"
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
# Their letters beyond ASCII.
LATIN_LETTERS = {
    language: frozenset(letters + letters.upper() + "İ")
    for language, letters in {
        "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű",
        "ro": "ăâîşţșț", "hr": "čćđšž", "bs": "čćđšž", "sl": "čšž", "tr": "çğıöşüâî",
        "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž",
    }.items()
}  # fmt: skip
LATIN_FIT_MIN = 0.9  # of them, read in the encoding that is meant
# Of letters beyond ASCII. Among 140 real articles in 16 languages (2026) one in Icelandic had most,
# 14.4 %, then Turkish and Czech; text in any other script has nearly all.
LATIN_MAX_SHARE = 0.3
LANGUAGE = re.compile(rb"<html[^>]{0,400}?\slang\s*=\s*[\"']?([a-zA-Z]{2,3})", re.IGNORECASE)
TAGS = re.compile(  # to the end where they do not end: else each of many would be looked for there
    rb"<(?:script|style)\b.*?(?:</(?:script|style)>|\Z)|<[^>]*+>?", re.DOTALL | re.IGNORECASE
)
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
ASCII_LETTERS = re.compile(rb"[A-Za-z]")
BEYOND_ASCII_RUN = re.compile(r"[^\x00-\x7f]+")
SOUND_PER_BROKEN = 8  # characters beyond ASCII that must be sound UTF-8 for each that is not
FITTING_MIN_BYTES = 16  # beyond ASCII, before a text tells its encoding
# On sentences of twelve scripts the right two-byte encoding has 0.47 to 0.62, a wrong one to 0.04;
# the right one-byte encoding 0.83 to 0.91, a wrong one to 0.68 and of two-byte text 0.57.
TWO_BYTES_FIT_MIN, ONE_BYTE_FIT_MIN = 0.25, 0.7
FIT_LEAD = 1.5
UNDECODABLE_MAX_SHARE = 0.001  # of a text, in an encoding that has no sign for some bytes
MARKS_OF_ALL = frozenset("\xa0«»“”‘’„–—…©·•")
_KANA = "".join(map(chr, range(0x3041, 0x30FF)))
_HANGUL = (
    "이다의는에을가은로한고하사지도를기리자시인일대정해어서수그나아있제과부전장들구원주보상동조"
)
_HANS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
    "产种面而方后多定行学法所民得经十三之进等部度家电力里如水化高自二理起小现实加都两体制当使点从业本"
    "去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原市"
    "，。、：；！？（）《》"
)
_HANT = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說"
    "產種面而方後多定行學法所民得經十三之進等部度家電力里如水化高自二理起小現實加都兩體制當使點從業本"
    "去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原市"
    "，。、：；！？（）「」"
)
# The characters that the languages of an encoding use most.
COMMON = {
    name: frozenset(chars)
    for name, chars in {
        "cp932": _KANA + "、。「」の", "euc_jp": _KANA + "、。「」", "cp949": _HANGUL,
        "gb18030": _HANS, "big5hkscs": _HANT, "cp1251": "оеаинтсрвлкмдпуяьігзб",
        "koi8-r": "оеаинтсрвлкмдпуяьгзб", "koi8-u": "оеаинтсрвлкмдпуяьгзбіїєґ",
        "cp866": "оеаинтсрвлкмдпуяьгзб",
        "cp1256": "ايلمونرهبتعدسقفكحأة", "cp1255": "יוהלארמתבשעדנקםפח",
        "cp874": "านรกอมเงลวดตทสปคยพบหข่้าิีัู็์แไใโะำ", "cp1253": "αοιετσνηυρπκλμάόίέήςώύ",
    }.items()
}  # fmt: skip
# Looked at where they are declared: they are too rare, and too like the others, to be guessed.
COMMON_OF_RARE = {
    "iso8859-5": COMMON["cp1251"] | frozenset("їєў"),
    "iso8859-6": COMMON["cp1256"],
    "iso8859-7": COMMON["cp1253"],
    "iso8859-8": COMMON["cp1255"],
    "mac-cyrillic": COMMON["cp1251"] | frozenset("їєґў"),
    "kz1048": COMMON["cp1251"] | frozenset("әғқңөұүһі"),
}
TWO_BYTES = ("cp932", "euc_jp", "cp949", "gb18030", "big5hkscs")
ONE_BYTE = tuple(name for name in COMMON if name not in TWO_BYTES)
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
    if found := fitting(body):
        return found
    best = from_bytes(body[:GUESS_MAX_BYTES]).best()
    if best is None:
        return ""
    return _latin(body) if LATIN.fullmatch(best.encoding) else best.encoding


def fitting(body: bytes, declared: Iterable[str] = ()) -> str:
    """Return the encoding in which bytes that are no UTF-8 read as text, "" if in none we know.

    Each is tried on a sample of the text, its markup left out: read in the right one, most
    characters beyond ASCII are those that its languages use most; read in a wrong one, few are.
    What is declared wins unless another fits clearly better.

    >>> fitting("<p>東京で会談が行われた".encode("euc_jp"), ["cp932"])
    'euc_jp'
    """
    sample = TAGS.sub(b" ", body[:GUESS_MAX_BYTES])
    if len(BEYOND_ASCII.findall(sample)) < FITTING_MIN_BYTES or has_latin_share(sample):
        return ""
    declared = tuple(declared)
    rare = [name for name in declared if name in COMMON_OF_RARE and _is_clean(sample, name)]
    for names, least in ((TWO_BYTES, TWO_BYTES_FIT_MIN), ((*ONE_BYTE, *rare), ONE_BYTE_FIT_MIN)):
        fits = {name: _fit(sample, name) for name in names}
        best = max(fits.values())
        if best >= least:
            good = [name for name, fit in fits.items() if fit * FIT_LEAD >= best and fit >= least]
            return next(
                (name for name in declared if name in good), max(good, key=fits.__getitem__)
            )
    return ""


def _is_clean(sample: bytes, encoding: str) -> bool:
    text = sample.decode(encoding, "replace")
    return text.count("\ufffd") <= UNDECODABLE_MAX_SHARE * len(text)


def _fit(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    beyond = [char for char in text if char > "\x7f" and char not in MARKS_OF_ALL]
    common = COMMON.get(encoding) or COMMON_OF_RARE[encoding]
    return sum(map(common.__contains__, beyond)) / (len(beyond) or 1)


def is_nearly_utf8(body: bytes) -> bool:
    r"""Tell whether bytes are UTF-8 but for a few: cut off within a character, or pasted from afar.

    >>> is_nearly_utf8("l'été s'achève, né à Nîmes, où était".encode() * 2 + b"\xe9t")
    True
    """
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(len(run) for run in BEYOND_ASCII_RUN.findall(text)) - broken
    return sound >= SOUND_PER_BROKEN * broken


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


def latin_meant(body: bytes, declared: str) -> str:
    """Return the Latin encoding that is meant where the servers' default is declared.

    The language that the page declares has letters which its own encoding gives and windows-1252
    does not: "zamkniêto szko³y" is Polish.

    >>> latin_meant("<html lang=pl><p>zamknięto szkoły".encode("cp1250"), "cp1252")
    'iso8859-2'
    """
    language = _language(body) if declared == "cp1252" else ""
    if not (letters := LATIN_LETTERS.get(language)):
        return declared
    sample = TAGS.sub(b" ", body[:GUESS_MAX_BYTES])
    fits = {
        name: _latin_fit(sample, name, letters)
        for name in dict.fromkeys(("cp1252", _latin(body), LATIN_BY_LANGUAGE[language]))
    }
    best = max(fits, key=fits.__getitem__)
    return best if fits[best] >= LATIN_FIT_MIN else declared


def _latin_fit(sample: bytes, encoding: str, letters: frozenset[str]) -> float:
    text = sample.decode(encoding, "replace")
    beyond = [char for char in text if char > "\x7f" and char not in MARKS_OF_ALL]
    return sum(map(letters.__contains__, beyond)) / (len(beyond) or 1)


def _language(body: bytes) -> str:
    found = LANGUAGE.search(body[:GUESS_MAX_BYTES])
    return found[1].decode().lower() if found else ""


def _latin(body: bytes) -> str:
    encoding = LATIN_BY_LANGUAGE.get(_language(body), "cp1252")
    if encoding == "cp1250" and not UPPER_CONTROLS.search(body):
        return (
            "iso8859-2"  # they differ where it has control characters, and in few letters besides
        )
    return encoding
