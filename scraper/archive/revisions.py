"""Decides whether a text seen again is new, revised, unchanged or no longer the article; pure.

Two texts are compared as a reader would: white space, typographic variants, relative times and the
furniture of pages do not count.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

FIELDS = ("title", "byline", "body")

# When a page seen again holds another text, these tell an edit from what is none. Chosen on the
# pages of the hostile test site (soft 404s, cookie walls, teasers) so that all are told apart;
# not measured on real edits, of which there was no collection.
STUB_SHARE = 0.5  # a text cut to less than this share of what it was is a teaser
WALL_MAX_CHARS = 1500  # error texts and walls, their suggestions and buttons included, are shorter
TEXT_MIN_CHARS = 200  # texts shorter than this are too little to judge a replacement by

AGREE_SHARE = 0.5  # of the smaller text's pieces that the other must have to be the same article
STRANGE_SHARE = 0.1  # under this the two have nothing to do with each other
PIECE_CHARS = 12  # long enough that chance agreement is nil, in Han as in Latin
FURNITURE_MAX_CHARS = 80  # of a paragraph that can be mere furniture
COMPARED_MAX_CHARS = 50_000  # of each text, when two are compared by their pieces

CJK = "\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
SPACE_BY_CJK = re.compile(rf"(?<=[{CJK}]) | (?=[{CJK}])")
INVISIBLE = dict.fromkeys(
    [
        *(0xAD, 0xFE0E, 0xFE0F, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
    ]
)
TYPOGRAPHY = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞〟＂", '"')
    | dict.fromkeys("‘’‚‛‹›′´`ʼ", "'")
    | dict.fromkeys("‐‑‒–—―−﹣", "-")
    | INVISIBLE
)

# "3 hours ago" in the languages of the outlets, as news pages print it: a word that must be there
# for the pattern to be tried (trying all on every text costs seven times as much), the pattern.
_RELATIVE_TIMES = (
    (" ago", r"(?:\d+|an?|one|two|three) ?(?:sec\w*|min\w*|h|m|hours?|hrs?|days?|weeks?) ago"),
    ("now", r"just now"),
    ("vor ", r"vor (?:\d+|eine[rmn]?|wenigen) ?(?:sek|min|stunde|std|tag|woche|monat)\w*\.?"),
    ("il y a ", r"il y a (?:\d+|une?) ?(?:sec|min|h|heure|jour|semaine|mois)\w*"),
    ("hace ", r"hace (?:\d+|una?) ?(?:seg|min|h|hora|día|semana|mes)\w*"),
    ("há ", r"há (?:\d+|uma?) ?(?:seg|min|h|hora|dia|semana|mês|mes)\w*"),
    (" fa", r"(?:\d+|un[ao']?) ?(?:second|minut|or|giorn|settiman|mes)\w* fa"),
    ("geleden", r"(?:\d+|een) ?(?:seconde|minu|min|uur|uren|dag|we(?:ek|ken)|maand)\w* geleden"),
    ("sedan", r"för (?:\d+|en|ett) ?(?:sek|min|tim|dag|veck|månad)\w* sedan"),
    ("siden", r"for (?:\d+|en|et) ?(?:sek|min|tim|dag|døgn|uge|uke|måned)\w* siden"),
    ("sitten", r"\d+ ?(?:sek|min|tun|päiv|viikko|kuukau)\w* sitten"),
    (" temu", r"\d+ ?(?:sekund|minut|godzin|dni|dzień|tygod|miesi)\w* temu"),
    ("před ", r"před (?:\d+ )?(?:sekund|minut|hodin|dn|týdn|měsíc)\w*"),
    ("назад", r"\d+ ?(?:секунд|минут|мин|час|ден|дн|недел)\w*\.? назад"),
    ("тому", r"\d+ ?(?:секунд|хвилин|хв|годин|год|дн|тиж)\w*\.? тому"),
    ("πριν", r"πριν (?:από )?\d+ ?(?:δευτερ|λεπτ|ώρ|ημέρ|μέρ|εβδομάδ)\w*"),
    (" önce", r"\d+ ?(?:saniye|dakika|dk|saat|gün|hafta|ay) önce"),
    ("lalu", r"\d+ (?:detik|menit|minit|jam|hari|minggu|bulan) (?:yang )?lalu"),
    ("trước", r"\d+ (?:giây|phút|giờ|ngày|tuần|tháng) trước"),
    ("منذ", r"منذ (?:\d+ )?(?:ثاني|ثوان|دقيق|دقائق|ساع|يوم|أيام|أسبوع|أسابيع)\w*"),
    ("לפני", r"לפני (?:\d+ )?(?:שני|דק|שע|יו|ימ|שבוע)\w*"),
    ("पहले", r"\d+ (?:सेकंड|मिनट|घंटे|घंटा|दिन|सप्ताह) पहले"),
    ("前", r"\d+ ?(?:秒|分|分钟|分鐘|時間|小时|小時|日|天|週間|周|個月|か月|ヶ月)(?:前|以前)"),
    ("전", r"\d+ ?(?:초|분|시간|일|주|개월) ?전"),
    ("ที่", r"\d+ ?(?:วินาที|นาที|ชั่วโมง|วัน|สัปดาห์)(?:ที่แล้ว|ที่ผ่านมา)"),
)
RELATIVE_TIMES = tuple(
    (word, re.compile(rf"(?<!\w){pattern}(?!\w)" if word < "ऀ" else pattern, re.IGNORECASE))
    for word, pattern in _RELATIVE_TIMES
)

# Whole paragraphs that are furniture, not text.
BOILERPLATE = re.compile(
    r"(?:advertis?ement|sponsored|anzeige|werbung|publicité|publicidad|pubblicità|advertentie"
    r"|reklam[ae]?|annonse?|annons|реклама|広告|广告|廣告|광고|โฆษณา|إعلان|פרסומת"
    r"|(?:read|see|watch) (?:more|also|next)|more on this story|related (?:stories|articles|topics)"
    r"|lesen sie auch|mehr zum thema|à lire aussi|lire aussi|lea también|leggi anche|lees ook"
    r"|читайте также|関連記事|あわせて読みたい|相关阅读|延伸閱讀|관련 기사"
    r"|share(?: this)?(?: article| story)?|save|print|copy link|sign up|subscribe|log in|teilen"
    r"|(?:\d[\d.,]* )?(?:comments?|kommentare?|commentaires?|comentarios|shares?|views?|likes?)"
    r"(?: ?\(?\d[\d.,]*\)?)?"
    r"|\d+ ?min(?:ute)?s?(?: read)?|(?:last )?updated|aktualisiert)[ :.…>]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Text:
    """What a revision holds of an article."""

    title: str
    byline: str
    body: str


Kind = Literal["new", "revised", "unchanged", "cut", "replaced", "reread"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a text seen again is, and for a revision the fields that differ.

    "cut" is the known text with its end missing (a paywall came down, a teaser is shown);
    "replaced" is a short page that has nothing of the article (an error text, a wall); "reread" the
    very page the known text was read from, in which another extractor sees another text.
    """

    kind: Kind
    changed: tuple[str, ...] = ()


def decide(before: Text | None, after: Text, *, is_paywalled: bool = False) -> Decision:
    """Compare what the archive holds (None for nothing) with what was seen now.

    `is_paywalled` says that the page now keeps part of the text for subscribers: then any shorter
    text that is part of the known one is a "cut".

    >>> old = Text("Talks resume", "Ann Lee", "They met for 3 hours. It was “fine”.")
    >>> decide(old, Text("Talks  resume", "Ann Lee", 'They met for 3 hours. It was "fine".')).kind
    'unchanged'
    >>> decide(old, Text("Talks resume", "Ann Lee", "They met for 4 hours. It was “fine”."))
    Decision(kind='revised', changed=('body',))
    """
    if before is None:
        return Decision("new")
    old = [normalise(getattr(before, name)) for name in FIELDS]
    new = [normalise(getattr(after, name)) for name in FIELDS]
    if old == new:
        return Decision("unchanged")
    changed = tuple(name for name, a, b in zip(FIELDS, old, new, strict=True) if a != b)
    if "body" in changed and len(old[2]) >= TEXT_MIN_CHARS:
        lost = _lost_kind(old, new, is_paywalled)
        if lost is not None:
            return Decision(lost)
    return Decision("revised", changed)


def changed_fields(before: Text, after: Text) -> tuple[str, ...]:
    """Return the fields in which two texts differ as a reader would see it.

    >>> changed_fields(Text("Talks", "Ann Lee", "They met."), Text("Talks ", "Bo Ray", "They met."))
    ('byline',)
    """
    return tuple(
        name
        for name in FIELDS
        if normalise(getattr(before, name)) != normalise(getattr(after, name))
    )


def _lost_kind(old: list[str], new: list[str], is_paywalled: bool) -> Kind | None:
    """Say how a text is no edit of the earlier one, None if it is one."""
    share = shared_pieces(old[2], new[2])
    is_stub = len(new[2]) < STUB_SHARE * len(old[2])
    if not new[2] or (share >= 1 - STRANGE_SHARE and (is_stub or _is_part(old, new, is_paywalled))):
        return "cut"
    # A short notice under the old headline is the newsroom's word (withdrawn, corrected): an edit.
    if share > STRANGE_SHARE or old[0] == new[0]:
        return None
    return "replaced" if is_stub or len(new[2]) <= WALL_MAX_CHARS else None


def _is_part(old: list[str], new: list[str], is_paywalled: bool) -> bool:
    return is_paywalled and len(new[2]) < len(old[2])


def agree(first: str, second: str) -> bool:
    """Tell whether two bodies are the same article: twins, print versions, teasers of each other.

    >>> story = "The council met on Tuesday and decided to rebuild the old bridge by spring."
    >>> agree(story, story + " Work begins in May."), agree(story, "Rain is expected tonight.")
    (True, False)
    """
    return shared_pieces(normalise(first), normalise(second)) >= AGREE_SHARE


def shared_pieces(first: str, second: str) -> float:
    """Return which share of the shorter text's pieces of PIECE_CHARS the other has, 0 to 1."""
    if first == second:
        return 1.0
    one, other = (_pieces(text[:COMPARED_MAX_CHARS]) for text in (first, second))
    return len(one & other) / max(1, min(len(one), len(other)))


def _pieces(text: str) -> set[str]:
    return {text[at : at + PIECE_CHARS] for at in range(max(1, len(text) - PIECE_CHARS + 1))}


def content_hash(text: Text) -> str:
    """Return the digest of a text as it stands: a cheap way to know that nothing changed.

    Texts that differ in it may still be the same to `decide`, which normalises them, and that cost
    more than all else in storing an article.
    """
    whole = "\0".join(getattr(text, name) for name in FIELDS)
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def normalise(text: str) -> str:
    r"""Return text without what does not count: see the head of this file.

    >>> normalise("Published 3 hours ago\n\nIt’s – so\u00a0ＮＨＫ said – fine")
    "Published It's - so NHK said - fine"
    >>> normalise("北朝鮮は 3時間前\nに発表"), normalise("Advertisement\n\nThe text")
    ('北朝鮮はに発表', 'The text')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(TYPOGRAPHY)
    kept = (line for line in text.splitlines() if not _is_furniture(line))
    text = _without_relative_times(" ".join(kept))
    text = " ".join(text.split())
    return text if text.isascii() else SPACE_BY_CJK.sub("", text)


def _is_furniture(line: str) -> bool:
    return len(line) <= FURNITURE_MAX_CHARS and BOILERPLATE.fullmatch(line.strip()) is not None


def _without_relative_times(text: str) -> str:
    lower = text.lower()
    for word, pattern in RELATIVE_TIMES:
        if word in lower:
            text = pattern.sub(" ", text)
    return text
