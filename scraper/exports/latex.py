r"""Text as LaTeX and biblatex read it: specials escaped, languages by babel's names."""

import re

# Braces by name: BibTeX counts them whether or not a backslash stands before.
SPECIALS = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
    "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
})  # fmt: skip
VERBATIM_FORBIDS = re.compile(r"[{}\\\s\"]")

BABEL_NAMES = {
    "ar": "arabic", "bg": "bulgarian", "ca": "catalan", "cs": "czech", "da": "danish",
    "de": "german", "el": "greek", "en": "english", "es": "spanish", "et": "estonian",
    "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "gl": "galician", "he": "hebrew", "hi": "hindi", "hr": "croatian", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "is": "icelandic", "it": "italian", "ja": "japanese",
    "ka": "georgian", "ko": "korean", "lt": "lithuanian", "lv": "latvian", "ms": "malay",
    "nb": "norsk", "nl": "dutch", "nn": "nynorsk", "no": "norsk", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sk": "slovak", "sl": "slovene",
    "sr": "serbian", "sv": "swedish", "th": "thai", "tr": "turkish", "uk": "ukrainian",
    "ur": "urdu", "vi": "vietnamese", "zh": "chinese-simplified",
    "zh-Hans": "chinese-simplified", "zh-Hant": "chinese-traditional",
}  # fmt: skip


def latex(text: str) -> str:
    r"""Return text as LaTeX prints it unchanged.

    >>> print(latex("50% of R&D {so far}"))
    50\% of R\&D \textbraceleft{}so far\textbraceright{}
    """
    return text.translate(SPECIALS)


def verbatim(url: str) -> str:
    r"""Return an address that may stand where biblatex reads verbatim: percent-encoded.

    >>> verbatim("https://example.org/{a}?b=50%")
    'https://example.org/%7Ba%7D?b=50%'
    """
    return VERBATIM_FORBIDS.sub(lambda found: f"%{ord(found[0]):02X}", url)
