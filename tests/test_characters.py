"""The characters a record may hold."""

import sys

import pytest

from scraper.characters import UNPRINTABLE, on_one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Talks \x1b[31m\x08 resume\x00", "Talks [31m resume"),
        ("\u202etxt.exe \u2066of\u2069 \u2067war", "txt.exe of war"),
        ("lone \ud83d and \udfff, whole 😀", "lone and , whole 😀"),
        ("\ufeffno\ufffecha\ufdd0rac\U0001ffffters", "nocharacters"),
        ("next\x85line\u2028and\x1fparagraph\u2029", "next line and paragraph"),
        ("soft\u00adly zero\u200bwidth", "softly zerowidth"),
    ],
)
def test_what_prints_nothing_goes(text: str, line: str) -> None:
    assert on_one_line(text) == line


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",
        "क्‍ष",
        "👩‍👩‍👧",
        "السعر 5\u200f%",
        "全角　空白",
        "naïve Ω",
        "\ue000 private",
        "e\u0301",
    ],
)
def test_what_shapes_the_text_stays(text: str) -> None:
    assert on_one_line(text) == text


def test_every_character_of_unicode_passes_or_goes() -> None:
    for start in range(0, sys.maxunicode + 1, 0x1000):
        block = "".join(map(chr, range(start, start + 0x1000)))
        line = on_one_line(block)
        assert not UNPRINTABLE.search(line)
        assert line.isprintable() or on_one_line(line) == line
