"""One name in a credit: cut out of a row, made bare, told from accounts and organisations."""

import re
from functools import lru_cache

from scraper.extraction.byline.credit_words import (
    AFTER,
    ASIDE,
    BY,
    CJK_LABELS,
    CONJUNCTION,
    EDITOR,
    KATAKANA_NAME,
    LABELS,
    PHOTOGRAPHER,
    ROLE,
    ROLE_ALONE,
    TIME_TAIL,
    TRANSLATOR,
    WHERE,
)
from scraper.extraction.byline.name_words import (
    AGENCIES,
    ARABIC_PLACE,
    DESK,
    DESK_BEYOND_LATIN,
    HAN_PLACE,
    NOBODY,
    ORGANISATION,
    ORGANISATION_BEYOND_LATIN,
    PLACE,
    PLACE_BEHIND,
    SLUG,
)

NAMES_KEPT = 64  # of one page, each asked for by several steps
NAME_MAX_CHARS = 80
NAME_MAX_WORDS = 8
NAMES_KEPT = 512  # a page asks the same of each name several times

PARTICLES = {
    "da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "ter", "van", "von",
    "al", "el", "ibn", "ben", "bin", "bint", "abu", "das", "do", "dal", "dalla", "zu", "zum", "zur",
    "ten", "te", "op", "y", "e", "af", "les", "lo",
}  # fmt: skip
# "and" in Arabic is written together with the name after it; these names begin with that letter.
ARABIC_AND = re.compile(
    r"\s+و(?!ليد|ائل|سام|فاء|جدي|لاء|جيه|صفي|حيد|هيب|داد|رد|سيم|ديع|دود|ئام|جدان|هبة|ديان|ضاح|رود|اصف)"
    r"(?=\S{2,20}\s+\S)"
)

# "ERIC TUCKER Associated Press", "Jane Doe AFP"
AGENCY_BEHIND = re.compile(
    r"(?<=\S\s\S)(?P<rest>\S*)\s(?:The\s)?(?:Associated\sPress|Agence\sFrance-Presse|Reuters|AFP|AP|dpa|EFE|PTI|CNN)$"
)

LABEL_ALONE = re.compile(
    rf"{BY}|{LABELS}|{CJK_LABELS}|{EDITOR}|{PHOTOGRAPHER}|{TRANSLATOR}|{ASIDE}", re.IGNORECASE
)
# ワシントン森田花: a place run together with the name, as in Mainichi's brackets.
KATAKANA_PLACE = re.compile(r"^[ァ-ヺー・]{2,12}(?=[\u3400-\u9fff々]{3,5}$)")


COUNTED = re.compile(r"\d{2,}[\u3400-\u9fff]")  # 2190文章数
SPACED_DASH = re.compile(r"\s[-–—ـ]{1,2}\s")
HAN_OR_HANGUL = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
ROLES_BEHIND = re.compile(r"[\u0900-\u097f\u3040-\u9fff\uac00-\ud7af]")  # scripts of `AFTER`
ARABIC = re.compile(r"[\u0620-\u064a]")
# What follows a name and a comma: "in Leeds", "из Самары".
AT_PLACE = re.compile(
    r"(?:(?:специально|спеціально)\s)?(?:in|from|at|for|für|pour|para|для|aus|à|en|em|dans|depuis|desde|i|w|v|ve|из|в|із|у|στη?ν?|στο|στα|από|من|في|از|در)\s+[«„“\"]?[^\W\d_a-z]"
)


@lru_cache(maxsize=NAMES_KEPT)
def is_agency(name: str) -> bool:
    """Tell whether a name is that of a news agency.

    >>> is_agency("AFP"), is_agency("Ana Sol")
    (True, False)
    """
    return AGENCIES.fullmatch(name) is not None


@lru_cache(maxsize=NAMES_KEPT)
def is_desk(name: str) -> bool:
    """Tell whether a name is that of a newsroom, its desk or its team.

    >>> is_desk("Redaktion hafen.example"), is_desk("Ana Sol")
    (True, False)
    """
    if DESK.search(name):
        return True
    return not name.isascii() and DESK_BEYOND_LATIN.search(name) is not None


@lru_cache(maxsize=NAMES_KEPT)
def is_organisation(name: str) -> bool:
    """Tell whether a name is a desk's, an agency's or another organisation's.

    >>> is_organisation("নিজস্ব প্রতিবেদক"), is_organisation("Ana Sol")
    (True, False)
    """
    if is_agency(name) or is_desk(name) or ORGANISATION.search(name):
        return True
    return not name.isascii() and ORGANISATION_BEYOND_LATIN.search(name) is not None


def is_well_formed(name: str) -> bool:
    """Tell whether a name is written as names are: in Latin script, capitals and particles.

    >>> [is_well_formed(name) for name in ("Ana de la Sol", "Themen bearbeiten", "王小明")]
    [True, False, True]
    """
    words = [word for word in name.split() if word.lower() not in PARTICLES]
    return bool(words) and not any(word[0].islower() for word in words)


def parts_of(text: str) -> list[str]:
    """Split a row of names at conjunctions, then at commas that do not turn a name around.

    >>> parts_of("Sol, Ana; Bo Vik and Cem Ay")
    ['Ana Sol', 'Bo Vik', 'Cem Ay']
    """
    found: list[str] = []
    for piece in CONJUNCTION.split(_without_dashes(text)):
        segments = [s.strip() for s in piece.split(",") if s.strip()]
        if len(segments) == 2 and _is_turned(*segments):
            found.append(f"{segments[1]} {segments[0]}")
            continue
        several = any(" " in s for s in segments[:1])
        for position, segment in enumerate(segments):
            # After a whole name, one lone word is a place or a desk, not another author.
            if position and several and _is_aside(segment) and not is_agency(segment):
                continue
            found.extend(_split_inside(segment))
    return found


def _is_aside(segment: str) -> bool:
    """Tell whether what follows a whole name and a comma is a place, a degree or a role."""
    if PLACE.fullmatch(segment) or AT_PLACE.match(segment):
        return True
    if " " not in segment and re.fullmatch(r"[^\W\d_]*[A-Za-zÀ-ɏА-Яа-яёіїє][\w.'’-]*", segment):
        return True
    if re.fullmatch(r"[\u0370-\u0dff]{2,30}", segment):  # from Greek to the scripts of India
        return True
    return ROLE_ALONE.match(segment) is not None


def _without_dashes(text: str) -> str:
    """Return the half of a credit beside a dash that holds the names: in the other is a place.

    >>> _without_dashes("Ana Sol e Rui Mar — Porto Novo"), _without_dashes("دهوك - سارة حسن")
    ('Ana Sol e Rui Mar', 'سارة حسن')
    """
    halves = [half.strip() for half in SPACED_DASH.split(text, maxsplit=1)]
    if len(halves) != 2 or HAN_OR_HANGUL.search(text) or not all(halves):
        return text
    first, second = halves
    if any(is_organisation(half) for half in halves):
        return text
    if " " not in first and " " in second and not first.isupper():
        return second
    if " " in first and (" " not in second or PLACE.fullmatch(second)):
        return first
    is_arabic = ARABIC.search(text) is not None  # there a dash parts authors, too
    return text if is_arabic or " " not in first else first


def _is_turned(last: str, first: str) -> bool:
    """Tell whether "last, first" is one name written surname first."""
    words = first.split()
    return (
        all(word.lower() in PARTICLES for word in last.split()[:-1])
        and 1 <= len(words) <= 2
        and last.split()[-1][:1].isupper()
        and first[:1].isupper()
        and not any(
            is_organisation(w) or ROLE_ALONE.match(w) or PLACE.fullmatch(w) for w in (last, first)
        )
        and not (last.isupper() and len(last) <= 4)
    )


def _split_inside(segment: str) -> list[str]:
    """Split at marks that part names in some scripts and not in others."""
    if "・" in segment and not KATAKANA_NAME.fullmatch(AFTER.sub("", segment)):
        return segment.split("・")
    if "·" in segment and re.search(r"[가-힣]", segment):
        return segment.split("·")
    if re.search(r"[\u0620-\u064a]", segment):
        halves = ARABIC_AND.split(segment)
        if len(halves) > 1 and all(" " in half.strip() for half in halves):
            return halves
    halves = segment.split("/")
    if len(halves) > 1 and all(" " in half.strip() for half in halves):
        return halves
    halves = re.split(r"\s+en\s+", segment)  # "and" in Dutch, "in" in Spanish and French
    if len(halves) == 2 and all(" " in half for half in halves):
        return halves
    return [segment]


@lru_cache(maxsize=NAMES_KEPT)
def bare_name(part: str) -> str:
    """Return the bare name in one part of a credit, "" if there is none.

    >>> bare_name("Ana Sol, Washington correspondent"), bare_name("wp-admin")
    ('Ana Sol', '')
    """
    name = AGENCY_BEHIND.sub(r"\g<rest>", part.strip())
    if len(name.split()) == 2 and is_desk(name) and not re.search("[A-Za-z]", name):
        return name  # নিজস্ব সংবাদদাতা: a role, but whose name is the desk's
    if AT_PLACE.match(name) and (name[:1].islower() or ARABIC.search(name)):
        return ""
    if " " in name:
        name = PLACE_BEHIND.sub("", name)
    for pattern in (TIME_TAIL, AFTER, ROLE, WHERE):
        if pattern is not AFTER or ROLES_BEHIND.search(name):
            name = pattern.sub("", name).strip()
    if re.search(r"[\u3040-\u9fff]", name):  # ワシントン＝森田花, 森田花：ジャーナリスト
        name = re.sub(r"^.{1,40}[=＝](?=[\u3400-\u9fff])|\s?[:：].*$", "", name)
    name = KATAKANA_PLACE.sub("", name)
    slashed = re.split(r"\s*/\s*", name)
    if len(slashed) > 1 and " " in name:
        kept = [s for s in slashed if s and not is_agency(s)]
        if len(kept) == 1 or not all(" " in s for s in kept):
            name = kept[0] if kept else slashed[0]
    name = name.strip(" \t,;:：-–—|/•·*\"'“”«»()（）[]_=＝.…") + (
        "." if re.search(r"(?<!\w)\w{1,2}\.$", name) else ""
    )
    return "" if _is_nobody(name, part.strip()) else name


def _is_nobody(name: str, part: str) -> bool:
    return (
        not name
        or len(name) > NAME_MAX_CHARS
        or len(name.split()) > NAME_MAX_WORDS
        or not any(c.isalpha() for c in name)
        or "://" in name
        or re.fullmatch(r"\S*\d\S*", name) is not None
        or COUNTED.search(name) is not None
        or NOBODY.fullmatch(name) is not None
        or LABEL_ALONE.fullmatch(name) is not None
        or SLUG.fullmatch(name) is not None
        or (ARABIC_PLACE.fullmatch(name) is not None and not is_agency(name))
        or PLACE.fullmatch(name) is not None
        or HAN_PLACE.fullmatch(name) is not None
        or (ROLE_ALONE.fullmatch(name) is not None and not is_organisation(name))
    )
