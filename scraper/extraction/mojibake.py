"""Text that was decoded in a wrong encoding before it was served, put right again.

"Ã©" for é, "Ð¿Ñ€Ð¸" and "РїСЂРё" for при, "ãƒ‹ãƒ¥" for ニュ: UTF-8 that some program took for
windows-1252 or windows-1251 and wrote as UTF-8 once more. Repaired run by run, since a template may
be sound around a broken text; and only where next to nothing in the run speaks against it.
"""

import re
from dataclasses import dataclass
from functools import partial

from scraper.encodings import GUESS_MAX_BYTES, fitting

RUN = re.compile(r"[^<>\"\n]+")
COVERED_MIN_SHARE = 0.9  # of a run's characters beyond ASCII that must be such pairs and triples
MATCHES_MIN = 3  # on a page, before any is believed: «IRMÃ» alone is Portuguese
SOLID = re.compile("[\xa1-\xff]{5}")  # rare in sound text: no word of five accented letters
SOLID_MIN_SHARE = 0.6  # of a run's letters; in Icelandic, the most accented of all, 0.15
TEXT_MAX_CHARS = 2_000_000  # of a page; a whole one of these would take a second
PLACES_MAX = 1_000  # of one lead that are looked at
# What three bytes may stand for; others (Samaritan for the French "à «") are no text we meet.
PLAUSIBLE = re.compile(
    "[\u0080-\u07ff\u0900-\u0eff\u1000-\u10ff\u1200-\u137f\u1780-\u17ff\u1e00-\u1fff\u2010-\u27bf"
    "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\ufffd\U0001f000-\U0001faff]+"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One encoding that UTF-8 was taken for.

    `bytes_of` says which byte each character stood for, `pattern` finds one misread character,
    `telling` as many as are rare in sound text, all of which begin with one of `leads`.
    """

    bytes_of: dict[str, int]
    pattern: re.Pattern[str]
    telling: re.Pattern[str]
    leads: str


def _reading(codec: str, leads: str, in_a_row: int) -> Reading:
    bytes_of = {chr(byte): byte for byte in range(0x80, 0xA0)}  # where the codec has none: as is
    for byte in range(0x80, 0x100):
        decoded = bytes([byte]).decode(codec, "ignore")
        bytes_of[decoded or chr(byte)] = byte
    of = dict.fromkeys(range(0x80, 0x100), "")
    for char, byte in bytes_of.items():
        of[byte] += re.escape(char)
    two, three, four, follow = (
        "".join(of[byte] for byte in span)
        for span in (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5), range(0x80, 0xC0))
    )
    pattern = f"[{two}][{follow}]|[{three}][{follow}]{{2}}|[{four}][{follow}]{{3}}"
    telling = f"(?:{pattern}){{{in_a_row}}}"
    return Reading(bytes_of, re.compile(pattern), re.compile(telling), leads)


READINGS = (
    # The leads of Latin, Greek, Cyrillic, Hebrew, Arabic, of Indic and Thai, punctuation, kana, Han
    # and Hangul. Cyrillic text has the leads of its own misreading, but not four such in a row.
    _reading("cp1252", "ÂÃÄÅÎÏÐÑ×ØÙÚÛàáâãäåæçèéêëìí", 1),
    _reading("cp1251", "РС", 4),
)


# What such text holds in bytes, where one search is quick.
_CYRILLIC = rb"\xd0[\xa0\xa1](?:[\xc2\xd0-\xd2].|\xe2..)"
SUSPECTS = (  # two, since a search is quick for what begins with one literal byte
    re.compile(rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|[\xc5\xc6\xcb]|\xe2[\x80\x82\x84])"),
    re.compile(_CYRILLIC + rb"(?:" + _CYRILLIC + rb"){3}", re.DOTALL),
)


def is_suspect(raw: bytes) -> bool:
    """Tell whether UTF-8 may hold text that was encoded twice."""
    return any(suspect.search(raw) for suspect in SUSPECTS)


def repaired_bytes(text: str) -> str:
    """Return a text in which another script's bytes were taken for windows-1252, put right.

    "Äîæäü" for Дождь: whole words of accented letters, of which no Latin text has many.

    >>> repaired_bytes("<p>" + "Äîæäü èä¸ò ñ óòðà. " * 3)[:22]
    '<p>Дождь идёт с утра. '
    """
    if len(text) > TEXT_MAX_CHARS or not SOLID.search(text):
        return text
    runs = [run for run in RUN.findall(text) if not run.isascii() and _is_solid(run)]
    whole = "\n".join(runs).encode("cp1252", "ignore")[:GUESS_MAX_BYTES]
    if not (codec := fitting(whole)):
        return text
    return RUN.sub(lambda found: _read_again(found.group(), codec), text)


def _is_solid(run: str) -> bool:
    """Tell whether a run is of letters and signs that windows-1252 has beyond ASCII."""
    beyond = sum("\xa1" <= char <= "\xff" for char in run)
    plain = sum(char.isascii() and char.isalpha() for char in run)
    foreign = sum(char > "\xff" for char in run)
    return beyond > SOLID_MIN_SHARE * (beyond + plain) and foreign < beyond / 2


def _read_again(run: str, codec: str) -> str:
    if run.isascii() or not _is_solid(run):
        return run
    try:
        return run.encode("cp1252").decode(codec)
    except UnicodeError:
        return run


def repaired(text: str) -> str:
    """Return a text with what was decoded wrongly put right, the same text where nothing was.

    >>> repaired("<p>L&#39;Ã©tÃ© Ã NÃ®mes</p>"), repaired("<p>РџСЂРёРІРµС‚, РјРёСЂ</p>")
    ('<p>L&#39;été à Nîmes</p>', '<p>Привет, мир</p>')
    """
    if len(text) > TEXT_MAX_CHARS:
        return text
    for reading in READINGS:
        if _is_told(text, reading):
            text = RUN.sub(partial(_run, reading), text)
    return text


def _is_told(text: str, reading: Reading) -> bool:
    """Tell whether a text has enough of what such a misreading leaves.

    Found from the leads, of which sound text has few: a hundredth of the time of one pattern.
    """
    told = 0
    for lead in reading.leads:
        place = text.find(lead)
        for _ in range(PLACES_MAX):
            if place < 0:
                break
            told += reading.telling.match(text, place) is not None
            if told >= MATCHES_MIN:
                return True
            place = text.find(lead, place + 1)
    return False


def _run(reading: Reading, found: re.Match[str]) -> str:
    run = found.group()
    if run.isascii():
        return run
    beyond = sum(char > "\x7f" for char in run)
    covered = sum(map(len, reading.pattern.findall(run)))
    bare = run.count("Ã ") if covered else 0  # à, of which the no-break space became a plain one
    if covered + bare < COVERED_MIN_SHARE * beyond:
        return run
    mended = reading.pattern.sub(lambda wrong: _mended(wrong.group(), reading), run)
    return mended.replace("Ã ", "à ") if bare else mended


def _mended(wrong: str, reading: Reading) -> str:
    try:
        right = bytes(reading.bytes_of[char] for char in wrong).decode("utf-8")
    except UnicodeDecodeError:
        return wrong
    return right if PLAUSIBLE.fullmatch(right) else wrong
