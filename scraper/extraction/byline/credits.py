"""A credit as printed, split into bare names with what each of them did."""

import re
from collections.abc import Iterator
from functools import lru_cache

from scraper.extraction.byline.credit_words import (
    ASIDE,
    BUTTON,
    BY,
    CJK_LABELS,
    DATE_TAIL,
    EDITOR,
    LABELS,
    LABELS_BEHIND,
    PHOTOGRAPHER,
    SPACED_NAMES,
    TRANSLATOR,
)
from scraper.extraction.byline.east_asian_credits import is_chinese_name, reporters
from scraper.extraction.byline.name_words import ARABIC_PLACE, LONG_SURNAME
from scraper.extraction.byline.names import bare_name, is_agency, is_desk, is_organisation, parts_of
from scraper.extraction.page import one_line
from scraper.records import Byline, Credit, Role

BYLINE_MAX_CHARS = 400
AUTHORS_MAX = 20
CREDITS_KEPT = 128  # a page prints and states the same credit in several places
LABELS_MAX = 12  # labels read in one credit

ADDRESS = re.compile(
    r"[\[(（<]?\s{0,2}(?:mailto:\s?)?"
    r"(?:https?://\S{1,300}|www\.\S{1,300}"
    r"|[\w.+-]{1,80}@[\w-]{1,80}\.[\w.-]{1,80}|(?<!\w)@\w{1,40})\s{0,2}[\])）>]?"
)
BRACKETED = re.compile(r"[(（【\[［〔〈《「<][^()（）【】\[\]［］〔〕]{0,80}[)）】\]］〕〉》」>]")
AFTER_DASH = re.compile(
    r"\s{1,3}[-–—|•·]\s{1,3}(?=.{0,200}\d).*$"  # a date behind the name
    r"|\s{0,3}[,|•·]?\s{0,3}(?:last\s+updated|updated|published|aktualisiert|veröffentlicht"
    r"|publié|publicado|actualizado|mis\s+à\s+jour|stand:|"
    r"обновлено|опубликовано|\d{1,2}[./ ]\d{1,2}[./ ]\d{2,4}|\d{4}[-/年.]|\d{1,2}:\d\d"
    r"|[٠-٩]{1,2}[/ ]|[۰-۹]{2,4}[/ :]|[০-৯]{1,2}[ :/]|[०-९]{1,2}[ :/]).*$",
    re.IGNORECASE,
)
# "… | 16 October 2026, 20:53": the time that stands behind many a credit. It is no part of it, and
# where it is that of the last update it would make a revision of each.
PRINTED_DATE = re.compile(
    r"\s{0,3}(?:[|｜·•–—]|\s-)\s{0,3}(?=[^|｜·•–—]{0,60}$)(?=.{0,60}\d{4})(?=.{0,60}\d{1,2}\D{1,20}\d{1,2}).*$"
)
# 秦　霁: names of two characters are spaced out in print, to stand in line with those of three.
SPACED_OUT = re.compile(
    r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[ \u3000]{1,2}([\u3400-\u9fff])(?![\u3400-\u9fff])"
)
# "发自卢塞城", "發自台北": from where it was sent.
SENT_FROM = re.compile(
    r"\s?(?:发自|發自|发于|發於|发回|發回|寄自)\s?[\u3400-\u9fff·]{1,12}(?:\s?[报報][道導])?"
)
# Searched first, since most credits hold nothing of the kind.
HAS_ADDRESS = re.compile(r"@|://|www\.")
HAS_TIME = re.compile(
    r"\d|[Uu]pdated|[Pp]ubl|ktualis|[Vv]eröff|ctualiza|à\s+jour|tand:|бновлено|публиковано|UPDATED|PUBL|ОБНОВ|ОПУБ"
)
HAS_LABEL = re.compile(
    r"[:：=＝/／・|｜\u0590-\u0dff\u0e00-\u109f\u3040-\ud7af]|\bby\s|foto|photo|фото",
    re.IGNORECASE,
)
PLACE_FIRST = re.compile(rf"^{ARABIC_PLACE.pattern}\s?[:/–—-]\s?(?=\S)")
LAST_PLACE = re.compile(r"^[^=＝]{1,20}[=＝]")
# "Анна Сова, «Вестник»": for whom.
HOUSE_QUOTED = re.compile(r"(?<=[^\W\d_]),\s?[«„“\"](?P<house>[^«»„“”\"]{2,40})[»“”\"]\.?$")
# "王小荷 李远 新华社": whose reporters they are.
HOUSE_LAST = re.compile(r"[\u3400-\u9fff]{2,6}(?:社|报|報|网|網)")
NAME_FIRST = re.compile(
    rf"(?:^|(?<=[\s,、，]))(?P<name>[^\W\d_][^\d:：/／|｜,、，]{{1,40}}?)(?:\s{{0,2}}[:：/／|｜]\s{{0,2}}|\s(?=(?:รายงาน|เรื่อง|ภาพ)$))(?P<label>{LABELS_BEHIND})(?=$|[\s,、，])",
    re.IGNORECASE,
)
INDIAN = re.compile(r"[\u0900-\u0dff]")
BARS = str.maketrans("丨ㅣ│┃⏐∣", "||||||")  # letters that stand for a bar in print
KANJI_NAME = re.compile(r"[\u3400-\u9fff々][\u3400-\u9fff々ヶぁ-ん]{2,4}")
SUFFIX = re.compile(r",\s{0,3}(?=(?:jr|sr|ii|iii|iv|m\.?d|ph\.?d)\b)", re.IGNORECASE)

_SEPARATED = r"(?:\s{0,3}[:：=＝／/|｜・•՝,،–—-]{1,2}\s{0,3}|\s{1,3})"
_COLON = r"\s{0,3}[:：=＝／・]\s{0,3}"
_BOTH = (
    r"(?:text|texte|texto|teksti?|текст|words|文|글)\s{0,2}(?:und|et|y|och|og|ja|и|&|and|·|・|/)"
    r"\s{0,2}(?:[^\W\d_\u3040-\ud7af]{2,14}|写真|撮影|絵|構成|取材|사진|그림|영상|图片?|圖片?|摄影|攝影)"
)


def _labels(aside: str, others: str) -> str:
    """Return a pattern of all labels, a group for each role, with what must follow them."""
    groups = {"editor": EDITOR, "photographer": PHOTOGRAPHER, "translator": TRANSLATOR}
    groups["author"] = f"{BY}|{LABELS}|{CJK_LABELS}"
    named = [rf"(?P<{role}>{words})(?={others})" for role, words in groups.items()]
    return "|".join([rf"(?P<aside>{ASIDE})(?={aside})", *named])


AT_START = _labels(r"\s{0,3}[:：,،/|]", _SEPARATED)
# After a dash or a comma these need no colon: "- تصوير سارة حسن", "图 李远".
BARE_LABELS = (
    "تصوير", "عدسة", "عکس", "图", "圖", "攝影", "摄影", "写真", "사진", "ภาพ", "фото", "foto",
    "fotos", "photo", "photos", "ترجمة", "تحرير",
)  # fmt: skip
_BARE = "|".join(rf"(?<={word})\s" for word in BARE_LABELS)
_HAN_BAR = r"(?<=[\u3400-\u9fff])\s{0,2}[|｜/]"
INSIDE = _labels(rf"{_COLON}|\s?[,،]\s", _COLON + rf"|(?<=\bby)\s|{_BARE}|{_HAN_BAR}")
START = re.compile(
    rf"^(?:(?P<both>{_BOTH})(?={_COLON}|\s+(?:by|von|par|por)\s)|{AT_START}"
    rf"|(?P<now>記者|记者|作者|撰文|โดย|によって|による))(?:{_SEPARATED})?",
    re.IGNORECASE,
)
MIDDLE = re.compile(
    r"(?:(?<=[\s,;|/／(（\[【·・•.、，–—-])|(?<=और\s))"
    rf"(?:{INSIDE})(?:{_COLON}|{_HAN_BAR}\s{{0,2}}|\s?[,،]\s|\s{{1,3}})",
    re.IGNORECASE,
)
# These are also particles of surnames: they are credits only where a whole name follows.
PARTICLE = re.compile(
    r"^(?i:von|di|da|de|van|av|af|od|ni|na|του|της|per)\s?:\s?|^(?i:von|di|da|de|del|van|av|af|od|ni|na|του|της|των|per)\s+(?=[^\W\d_a-zα-ω][^\s,]*\s+\S|[A-Z]{2,6}\b)"
)


def read_byline(text: str, *house_names: str) -> Byline:
    """Split a credit as printed into bare names.

    Words such as "by", roles, places, addresses and handles go. `authors` are the people who
    wrote; agencies and desks only where nobody else is named.

    >>> read_byline("By Ana Sala in Berlin and BO VIK, Washington correspondent").authors
    ('Ana Sala', 'BO VIK')
    >>> read_byline("によって Jamie Olivos").authors
    ('Jamie Olivos',)
    >>> read_byline("Haber: Kerem Tuzlu | 8 Kasım 2026 04:05").text
    'Haber: Kerem Tuzlu'
    >>> read_byline("Olivos, Jamie").authors
    ('Jamie Olivos',)
    >>> [(c.name, c.role) for c in read_byline("文／王小美 圖／李大同").credits]
    [('王小美', 'author'), ('李大同', 'photographer')]
    """
    printed = PRINTED_DATE.sub("", without_buttons(one_line(text, BYLINE_MAX_CHARS)))
    credits = read_credits(printed.translate(BARS), *house_names)
    return Byline(printed, authors_of(credits, *house_names), credits) if credits else Byline()


def without_buttons(printed: str) -> str:
    """Return a credit without the buttons beside its names.

    >>> without_buttons("서가온기자 구독"), without_buttons("Ana Sol Follow")
    ('서가온기자', 'Ana Sol')
    """
    return BUTTON.sub("", printed) if " " in printed else printed


def labels_first(text: str) -> str:
    """Return a credit whose names precede what their bearers did, the other way round.

    >>> labels_first("ธนวรรณ ศรีลำดวน : รายงาน"), labels_first("王小荷/文 李远/图")
    ('รายงาน: ธนวรรณ ศรีลำดวน', '文: 王小荷 图: 李远')
    """
    return text if text.isascii() else NAME_FIRST.sub(r"\g<label>: \g<name>", text)


def authors_of(credits: tuple[Credit, ...], *house_names: str) -> tuple[str, ...]:
    """Return the names of those who wrote: people, or else the agencies and desks.

    >>> authors_of((Credit("Ana Sol"), Credit("AFP", "agency", "organisation")))
    ('Ana Sol',)
    """
    wrote = [c for c in credits if c.role in ("author", "agency")]
    people = [c.name for c in wrote if c.kind == "person"]
    houses = {house.casefold() for house in house_names}
    others = [c.name for c in wrote if c.name.casefold() not in houses]
    return tuple(dict.fromkeys(people or others or [c.name for c in wrote]))[:AUTHORS_MAX]


def read_credits(printed: str, *house_names: str) -> tuple[Credit, ...]:
    """Return the names of a credit of one line, in printed order, each once."""
    found: dict[str, Credit] = {}
    houses = {house.casefold() for house in house_names}
    quoted = HOUSE_QUOTED.search(printed)
    quoted_house = quoted["house"] if quoted else ""
    after_desk = False  # न्यूज़ डेस्क, …: what follows a desk's name is where it sits
    for role, name in _roles_and_names(printed):
        is_house = after_desk or name == quoted_house or is_organisation(name)
        is_house = is_house or _is_in_house(name.casefold(), houses)
        after_desk = after_desk or (is_desk(name) and INDIAN.search(name) is not None)
        if is_agency(name) and role == "author":
            role = "agency"
        is_person = not is_house and role != "agency"
        credit = Credit(name, role, "person" if is_person else "organisation")
        found.setdefault(name.casefold(), credit)
    return tuple(found.values())[: AUTHORS_MAX * 2]


def _is_in_house(name: str, houses: set[str]) -> bool:
    """Tell whether a name is an outlet's, or in Han script its short form: 明鉴 of 明鉴网."""
    is_short = re.fullmatch(r"[\u3400-\u9fff]{2,6}", name) is not None
    return name in houses or (is_short and any(house.startswith(name) for house in houses))


@lru_cache(maxsize=CREDITS_KEPT)
def _roles_and_names(printed: str) -> tuple[tuple[Role, str], ...]:
    return tuple(_iter_roles_and_names(printed))


def _iter_roles_and_names(printed: str) -> Iterator[tuple[Role, str]]:
    if SPACED_NAMES.search(printed):
        printed = SENT_FROM.sub(" ", SPACED_OUT.sub(r"\1\2", printed))
    told = reporters(printed)
    if told:
        yield from told
        return
    cleaned = ADDRESS.sub(" ", printed) if HAS_ADDRESS.search(printed) else printed
    cleaned = labels_first(cleaned)
    outside = without_time(BRACKETED.sub(" ", cleaned)).strip()
    if not outside.isascii():
        outside = PLACE_FIRST.sub("", outside)
    pairs = [
        (role, name)
        for role, part in labelled_parts(SUFFIX.sub(" ", outside))
        for name in _names(part, outside)
    ]
    if not pairs:  # (AFP), [By Ana Sol]
        inner = [_in_brackets(part[1:-1]) for part in BRACKETED.findall(cleaned)]
        pairs = [
            (role, name)
            for text in inner
            for role, part in labelled_parts(without_time(text))
            for name in _names(part, text)
        ]
    yield from pairs


def without_time(text: str) -> str:
    """Return a credit without the date or time behind the names, nor what follows those.

    >>> without_time("Ana Sol | 5.4.2025"), without_time("Ana Sol Heute")
    ('Ana Sol', 'Ana Sol')
    """
    text = DATE_TAIL.sub("", text)
    return AFTER_DASH.sub("", text) if HAS_TIME.search(text) else text


def _in_brackets(text: str) -> str:
    """Return what brackets hold, without the place before the sign of equality."""
    return text if START.match(text) else re.split("[=＝]", text)[-1].strip()


def labelled_parts(text: str) -> list[tuple[Role, str]]:
    """Split a credit at the words that say who did what.

    >>> labelled_parts("Text: Ana Sol, Fotos: Bo Vik")
    [('author', 'Ana Sol'), ('photographer', 'Bo Vik')]
    """
    role, text = _first_role(text)
    parts: list[tuple[Role | None, str]] = []
    position = 0
    labels = MIDDLE.finditer(text) if HAS_LABEL.search(text) else ()
    for number, label in enumerate(labels):
        if number >= LABELS_MAX:
            break
        parts.append((role, text[position : label.start()]))
        role, position = _role_of(label), label.end()
    parts.append((role, text[position:]))
    return [(r, p.strip(" ,;:：|/／·・-–—、，（(")) for r, p in parts if r and p.strip()]


def _first_role(text: str) -> tuple[Role | None, str]:
    """Return what the words a credit begins with say, and the credit without them."""
    role: Role | None = "author"
    for attempt in range(3):
        text = text.strip(" :：/,-–—|・•")
        found = START.match(text) or PARTICLE.match(text)
        if not found:
            break
        if not text[found.end() :].strip():
            return None, ""  # a label and nothing else
        if attempt == 0 or role == "author":
            role = _role_of(found)
        text = text[found.end() :]
    return role, text


def _role_of(label: re.Match[str]) -> Role | None:
    kind = label.lastgroup
    if kind == "aside":
        return None
    roles: tuple[Role, ...] = ("editor", "photographer", "translator")
    return next((role for role in roles if role == kind), "author")


def _names(part: str, whole: str) -> list[str]:
    row = _han_row(part)
    if row and (SPACED_NAMES.search(whole) or len(row) == 1 or max(map(len, row)) == 3):
        return row
    pieces = [p for piece in parts_of(part) for p in (_han_row(piece) or _kanji_row(piece))]
    return [name for piece in pieces if (name := bare_name(piece))]


def _kanji_row(piece: str) -> list[str]:
    """Return Japanese names that stand in a row: none of them is short enough for half a name.

    >>> _kanji_row("酒井理央 野上拓"), _kanji_row("森田 花"), _kanji_row("佐々木 一郎")
    (['酒井理央', '野上拓'], ['森田 花'], ['佐々木 一郎'])
    """
    words = LAST_PLACE.sub("", piece).split()
    is_row = len(words) > 1 and all(KANJI_NAME.fullmatch(word) for word in words)
    is_row = is_row and not LONG_SURNAME.fullmatch(words[0])
    return words if is_row else [piece]


def _han_row(part: str) -> list[str]:
    """Return Chinese names that stand in a row with spaces between, without the house before them.

    >>> _han_row("王小荷 李远"), _han_row("中時 王小荷"), _han_row("森田 花")
    (['王小荷', '李远'], ['王小荷'], [])
    """
    words = part.split()
    if len(words) > 1 and HOUSE_LAST.fullmatch(words[-1]) and is_organisation(words[-1]):
        before = words[:-1]
        return words if all(map(is_chinese_name, before)) else []
    if len(words) < 2 or not all(re.fullmatch(r"[\u3400-\u9fff]{2,8}", word) for word in words):
        return []
    names = [word for word in words if is_chinese_name(word)]
    return names if len(names) == len(words) or (names == words[1:] and len(names[0]) == 3) else []
