"""An article pattern from samples: addresses in, a regular expression out that tells them; pure.

What varies is described by its kind (a date, a number, a slug), what all share is kept. A pattern
that does not tell a third of the samples, held back, from the outlet's fronts is none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from urllib.parse import SplitResult, urlsplit

from scraper.discovery.world_words import EVERYWHERE, plain_word, world_words
from scraper.urls import canonical_url, is_home_page, matches_pattern

SAMPLES_MAX = 200
SAMPLES_MIN = 5  # fewer teach nothing
LITERAL_MIN = 4  # samples that must share a word before it is taken to belong to the address
FORMS_MAX = 3  # alternatives in one pattern
FORM_MIN_SHARE = 0.08  # of all samples, below which a form is an exception
WANTED_SHARE = 0.8  # of samples that a pattern must match, those held back too
FRONTS_SHARE = 0.03  # of the fronts that it may match: menus lead to an article now and then
HYPHENS_MAX = 3
SLUG_MIN_CHARS = 12
LEAD_MAX_CHARS = 8  # before a number ("art", "doc-"); what is longer is the title of a series
SPECIAL = re.compile(r"([.^$*+?{}\[\]\\|()])")

YEAR, SHORT, NUMBER = re.compile(r"(?:19|20)\d\d"), re.compile(r"\d\d?"), re.compile(r"\d+")
DAY = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?")
ENDING = re.compile(r"(.+?)(\.(?:html?|shtml|php|aspx?|jsp|cms|ece|story|amp))", re.IGNORECASE)
# A number begins where no digit stands before it: else a long one costs the square of its length.
TAIL_NUMBER = re.compile(r"(.*?)([-_.,~=]?)([A-Za-z]{0,2})(?<!\d)(\d{4,}+)")
HEAD_NUMBER = re.compile(r"(\d{4,})([-_.])(.+)")
OPAQUE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]{7,}")
TAIL_OPAQUE = re.compile(r"(.+)([-_~])((?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{6,})")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression for `article_urls`, or "" and why there is none."""

    regex: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Shape:
    """An address taken apart: `kinds` and `last` say what its segments are."""

    words: tuple[tuple[str, ...], ...]  # the words before each dated or numbered segment
    kinds: tuple[str, ...]
    last: str
    stem: str
    ending: str
    ends_in_slash: bool


def learn_pattern(
    samples: Iterable[str], fronts: Iterable[str] = (), *, wanted: float = WANTED_SHARE
) -> Pattern:
    """Return a pattern that matches articles and no fronts.

    Args:
        samples: addresses of articles; a few others among them do no harm.
        fronts: addresses that must not match: home, sections, feeds, what menus lead to.
        wanted: share of the samples that must match; lower where some are no articles.
    """
    urls = list(dict.fromkeys(filter(None, map(canonical_url, samples))))[:SAMPLES_MAX]
    urls = [url for url in urls if not is_home_page(url)]
    if len(urls) < SAMPLES_MIN:
        return Pattern("", f"only {len(urls)} articles were seen")
    known = set(urls)
    others = [url for url in dict.fromkeys(map(canonical_url, fronts)) if url and url not in known]
    learnt = _pattern([url for number, url in enumerate(urls) if number % 3], others)
    held_back = urls[::3]
    if not learnt or _share(learnt, held_back) < wanted:
        return Pattern("", "the addresses of its articles have no common form")
    regex = _pattern(urls, others)
    if not regex or _share(regex, urls) < wanted:
        return Pattern("", "the addresses of its articles have no common form")
    if any(matches_pattern(regex, url) for url in others if is_home_page(url)):
        return Pattern("", "the addresses of its articles look like those of its fronts")
    return Pattern(regex)


def _share(regex: str, urls: Sequence[str]) -> float:
    return sum(matches_pattern(regex, url) for url in urls) / len(urls) if urls else 1.0


def _pattern(urls: Sequence[str], fronts: Sequence[str]) -> str:
    parts = [urlsplit(url) for url in urls]
    host = _host(parts)
    if by_query := _query_pattern(parts):
        return f"^https?://{host}{by_query}"
    groups: dict[tuple[object, ...], list[_Shape]] = defaultdict(list)
    for part in parts:
        shape = _shape(part)
        groups[shape.kinds, shape.last, shape.ending.lower()].append(shape)
    forms = []
    for shapes in sorted(groups.values(), key=len, reverse=True)[:FORMS_MAX]:
        if len(shapes) < max(2, ceil(FORM_MIN_SHARE * len(urls))):
            continue
        form = _form(shapes)
        whole = f"^https?://{host}{form}"
        if form and _share(whole, fronts or [""]) <= FRONTS_SHARE:
            forms.append(form)
    if not forms:
        return ""
    return f"^https?://{host}" + (forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})")


def _host(parts: Sequence[SplitResult]) -> str:
    counted = Counter(part.netloc for part in parts)
    common = [host for host, count in counted.most_common(4) if count >= 0.05 * len(parts)]
    escaped = [_escaped(host) for host in sorted(common)]
    return escaped[0] if len(escaped) == 1 else f"(?:{'|'.join(escaped)})"


def _query_pattern(parts: Sequence[SplitResult]) -> str:
    """Return the form of addresses that differ in a parameter alone ("/article?k=2026"), or ""."""
    paths = Counter(part.path for part in parts)
    path, count = paths.most_common(1)[0]
    if count < WANTED_SHARE * len(parts) or len(parts) < 2:
        return ""
    values: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        for pair in part.query.split("&"):
            name, _, value = pair.partition("=")
            values[name].add(value)
    identity, seen = max(values.items(), key=lambda item: len(item[1]))
    if not identity or len(seen) < WANTED_SHARE * count:
        return ""
    digits = all(NUMBER.fullmatch(value) for value in seen)
    value = rf"\d{{{_least(len(v) for v in seen)},}}" if digits else r"[\w-]+"
    return rf"{_escaped(path)}\?(?:[^#]*&)?{_escaped(identity)}={value}(?:&|$)"


def _shape(part: SplitResult) -> _Shape:
    segments = [segment for segment in part.path.split("/") if segment]
    words: list[tuple[str, ...]] = [()]
    kinds: list[str] = []
    for segment in segments[:-1]:
        kind = _kind(segment)
        if kind == "word":
            words[-1] = (*words[-1], segment)
        else:
            kinds.append(kind)
            words.append(())
    name, ending = segments[-1] if segments else "", ""
    if found := ENDING.fullmatch(name):
        name, ending = found.groups()
    return _Shape(
        tuple(words), tuple(kinds), _last_kind(name), name, ending, part.path.endswith("/")
    )


def _kind(segment: str) -> str:
    if YEAR.fullmatch(segment):
        return r"\d{4}"
    if SHORT.fullmatch(segment):
        return r"\d{1,2}"
    if DAY.fullmatch(segment):
        return r"\d{4}-\d{1,2}-\d{1,2}"
    if NUMBER.fullmatch(segment):
        return r"\d{8}" if len(segment) == 8 else r"\d+"
    return r"[A-Za-z0-9]{7,}" if OPAQUE.fullmatch(segment) and len(segment) >= 12 else "word"


def _last_kind(name: str) -> str:
    if NUMBER.fullmatch(name):
        return "number"
    found = TAIL_NUMBER.fullmatch(name)
    if found and (found[2] or found[3] or not found[1]):
        return f"tail {found[2]}"
    if found := HEAD_NUMBER.fullmatch(name):
        return f"head {found[2]}"
    if OPAQUE.fullmatch(name):
        return "opaque"
    if found := TAIL_OPAQUE.fullmatch(name):
        return f"tail opaque {found[2]}"
    return "escaped" if "%" in name else "slug"


def _form(shapes: Sequence[_Shape]) -> str:
    """Return the expression for one group of addresses, "" where it would match anything."""
    first = shapes[0]
    runs = [_run([shape.words[n] for shape in shapes]) for n in range(len(first.kinds) + 1)]
    folders = runs[0] + "".join(
        f"/{kind}{run}" for kind, run in zip(first.kinds, runs[1:], strict=True)
    )
    is_told = bool(first.kinds)
    last = _last([shape.stem for shape in shapes], first.last, is_told=is_told)
    end = "$" if first.ending else "/?$"
    return f"{folders}/{last}{_escaped(first.ending)}{end}" if last else ""


def _run(runs: Sequence[tuple[str, ...]]) -> str:
    """Return the expression for the words that stand in one place of several addresses."""
    fewest, most = min(map(len, runs)), max(map(len, runs))
    shared = 0
    while shared < fewest and len(runs) >= LITERAL_MIN and _is_literal(runs, shared):
        shared += 1
    literal = "".join(f"/{_escaped(word)}" for word in runs[0][:shared])
    rest = [word for run in runs for word in run[shared:]]
    if not rest:
        return literal
    one = f"/{_letters(rest)}+"
    fewest, most = fewest - shared, most - shared
    if (fewest, most) == (1, 1):
        return literal + one
    return f"{literal}(?:{one}){'?' if most == 1 else '*' if fewest == 0 else '+'}"


def _is_literal(runs: Sequence[tuple[str, ...]], place: int) -> bool:
    """Tell whether all share a word that is no section's: news of other sections comes, too."""
    words = {run[place] for run in runs}
    plain = plain_word(next(iter(words)))
    return len(words) == 1 and plain not in EVERYWHERE and plain not in world_words(())


def _letters(words: Iterable[str]) -> str:
    """Return the class of characters that addresses of this outlet have in a segment."""
    text = "".join(words)
    if "%" in text or not text.isascii():
        return "[^/?#]"
    capitals = "A-Z" if re.search("[A-Z]", text) else ""
    others = _escaped("".join(sorted({c for c in text if not c.isalnum() and c != "-"})))
    return f"[{capitals}a-z0-9{others}-]"


def _last(stems: Sequence[str], kind: str, *, is_told: bool) -> str:
    if kind == "number":
        return rf"\d{{{_least(map(len, stems))},}}"
    if kind == "opaque":
        return f"[A-Za-z0-9]{{{min(map(len, stems))},}}"
    if kind.startswith("tail opaque"):
        return f"[^/?#]+{_escaped(kind[-1])}[A-Za-z0-9]{{6,}}"
    if kind.startswith("tail"):
        return _tail(stems, kind.removeprefix("tail "))
    if kind.startswith("head"):
        found = [match for stem in stems if (match := HEAD_NUMBER.fullmatch(stem))]
        return rf"\d{{{_least(len(m[1]) for m in found)},}}{_escaped(kind[-1])}[^/?#]+"
    if kind == "escaped":
        return "[^/?#]+" if is_told else f"[^/?#]{{{SLUG_MIN_CHARS},}}"
    return _slug(stems, is_told=is_told)


def _tail(stems: Sequence[str], separator: str) -> str:
    found = [match for stem in stems if (match := TAIL_NUMBER.fullmatch(stem))]
    before = {match[1] for match in found}
    marks = {match[3] for match in found}
    mark = marks.pop() if len(marks) == 1 else "[A-Za-z]{0,2}"
    shared = before.pop() if len(before) == 1 else None
    is_kept = shared is not None and len(shared) <= LEAD_MAX_CHARS
    lead = _escaped(shared or "") if is_kept else "[^/?#]*"
    return rf"{lead}{_escaped(separator)}{mark}\d{{{_least(len(m[4]) for m in found)},}}"


def _slug(stems: Sequence[str], *, is_told: bool) -> str:
    counts = sorted(stem.count("-") for stem in stems)
    hyphens = min(counts[len(counts) // 10], HYPHENS_MAX)  # nine of ten have as many
    piece = _letters(stems).replace("-]", "]")
    if is_told:  # a date or number stands before it
        return f"{_letters(stems)}+"
    if hyphens >= 2:
        return f"{piece}+(?:-{piece}*){{{hyphens},}}"
    if min(map(len, stems)) >= SLUG_MIN_CHARS:
        return f"{_letters(stems)}{{{SLUG_MIN_CHARS},}}"
    return ""


def _least(lengths: Iterable[int]) -> int:
    """Return how many digits to ask for: as many as the shortest number has, or one fewer."""
    return max(1, min(lengths) - 1)


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)
