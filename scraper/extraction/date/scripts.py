"""Which language a headline's script speaks for, where a page claims none or another script's."""

import re

# One language each, or the one with most of the press in it.
_SCRIPTS = (
    ("ko", "\uac00-\ud7a3"), ("ja", "\u3041-\u30ff"), ("zh", "\u4e00-\u9fff"),
    ("th", "\u0e01-\u0e4e"), ("lo", "\u0e81-\u0ece"), ("km", "\u1780-\u17d3"),
    ("my", "\u1000-\u104f"), ("hi", "\u0904-\u0963"), ("bn", "\u0985-\u09e3"),
    ("gu", "\u0a85-\u0ae3"), ("pa", "\u0a05-\u0a74"), ("or", "\u0b05-\u0b63"),
    ("ta", "\u0b85-\u0bd7"), ("te", "\u0c05-\u0c63"), ("kn", "\u0c85-\u0ce3"),
    ("ml", "\u0d05-\u0d63"), ("si", "\u0d85-\u0df4"), ("ka", "\u10a0-\u10ff"),
    ("hy", "\u0531-\u0587"), ("el", "\u0386-\u03ce"), ("he", "\u05d0-\u05ea"),
    ("am", "\u1200-\u135a"), ("uk", "іїєґ"), ("ru", "\u0400-\u04ff"),
    ("ur", "ٹڈڑےں"), ("fa", "پچژگکی"), ("ar", "\u0621-\u064a"),
)  # fmt: skip
SCRIPTS = tuple((tag, re.compile(f"[{letters}]")) for tag, letters in _SCRIPTS)
# Languages that share a script with the one above: a page's claim of them stands.
SHARING = {
    "hi": {"mr", "ne", "sa", "kok", "mai", "bho"}, "bn": {"as"}, "zh": {"ja", "yue"},
    "ru": {"be", "bg", "sr", "mk", "kk", "ky", "uz", "tg", "mn", "tt", "uk", "ba", "bs"},
    "uk": {"be", "kk"}, "ar": {"fa", "ur", "ps", "ckb", "ku", "sd", "ug", "prs"},
    "fa": {"ar", "ur", "ps", "ckb", "ku", "sd", "ug", "prs"}, "ur": {"fa", "ps", "ckb", "sd", "ar"},
    "am": {"ti"}, "he": {"yi"}, "km": set(), "my": set(),
}  # fmt: skip
LETTERS_MIN = 2
TITLE_MAX_CHARS = 200


def script_language(title: str, claimed: str) -> str:
    """Return the claimed language where the headline's script allows it, else the script's own.

    >>> script_language("서울의 봄", "en"), script_language("दोन दिवस", "mr-IN")
    ('ko', 'mr-IN')
    >>> script_language("Spring in Seoul", "en")
    'en'
    """
    title = title[:TITLE_MAX_CHARS]
    if title.isascii():
        return claimed
    main = claimed.partition("-")[0].lower()
    for tag, letters in SCRIPTS:
        if len(letters.findall(title)) >= LETTERS_MIN:
            return claimed if main == tag or main in SHARING.get(tag, ()) else tag
    return claimed
