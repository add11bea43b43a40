"""Which characters a text of ours may hold: those that a reader sees or that shape what is seen."""

import re

# Controls; surrogates, which no encoding holds alone; what Unicode reserves and never assigns. And
# marks that show nothing: soft hyphens, zero-width spaces, annotations, and U+202A to U+202E and
# U+2066 to U+2069, which reorder what stands around them: "\u202etxt.exe" shows as "exe.txt".
# Right-to-left text reads well without; the marks that it does need (U+200E, U+200F, U+061C) stay,
# and so do the joiners of Persian, Hindi and emoji.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
# The ideographic space is written on purpose.
WHITE_SPACE = re.compile(r"[^\S\u3000]+")


def on_one_line(text: str) -> str:
    r"""Return text with white space folded and without the characters that print nothing.

    The one door of every text that came from outside.

    >>> on_one_line("  Talks\n \x1b resume\u00ad\u202e ")
    'Talks resume'
    """
    if "\u3000" in text:
        return WHITE_SPACE.sub(" ", UNPRINTABLE.sub("", text)).strip()
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(UNPRINTABLE.sub("", line).split())
