"""Credits that stand in the text: in a line of their own, in a dateline, in its last brackets."""

import re
from functools import lru_cache
from itertools import pairwise

from scraper.extraction.byline.credit_words import BY, CJK_LABELS, EDITOR, LABELS, ROLE_ALONE
from scraper.extraction.byline.credits import BARS, HOUSE_LAST, NAME_FIRST, SPACED_OUT, read_byline
from scraper.extraction.byline.east_asian_credits import (
    CHINESE_REPORT,
    CHINESE_WORD,
    HANGUL,
    KOREAN_NAMES,
    KOREAN_ROLE_FIRST,
    is_chinese_name,
    is_korean_name,
    reporters,
)
from scraper.extraction.byline.name_words import (
    AGENCIES,
    ARABIC_PLACE,
    DESK,
    JAPANESE_SURNAME,
    NO_NAME_IN_BRACKETS,
    PLACE,
)
from scraper.extraction.byline.names import (
    KATAKANA_PLACE,
    bare_name,
    is_agency,
    is_desk,
    is_organisation,
    is_well_formed,
)

LINE_MAX_CHARS = 120
OPENING_CHARS = 160  # of a text's line in which a dateline may stand
CLOSING_CHARS = 90
LINES_KEPT = 128  # boxes within boxes hold the same line
NAME_WORDS = 3  # of a name behind a word that heads other lines, too
AGENCY_CHARS = 30  # of a closing line that names an agency
ROW_MAX_CHARS = 60  # of a line that names reporters and nothing else
SENTENCE_END = re.compile(r"[。．！？!?।။](?!\s*[)）」』】])|[.؟]\s*$")

_COLON = r"\s{0,3}[:：=＝／/|｜・–—-]\s{0,3}"
# A line begins as a credit does: with a word and a colon, or one that nothing else begins with.
CREDITED = re.compile(
    rf"^(?:(?:{BY}|{LABELS}|{CJK_LABELS}|{EDITOR}){_COLON}"
    r"|(?:by|von|par|por|door|przez|oleh|yazan|haber|penulis|laporan|autor(?:a|es|in)?|author|auteur|autore|авторы?|автори|журналіст|журналист|бесед\w{1,10}(?:\s+вел[аи]?)?|записал[аи]?|подготовил[аи]?|підготу\w{1,8}|розмовля\w{1,4}|спілкува\w{1,5}|γράφει\s+[οη]|γράφουν\s+οι|από\s+τ[ονη]+|(?:reported|written|authored|story|compiled|posted)\s+by|piše|napsala?|író|írta)\s{1,3}(?=[^\W\d_])"
    r"|(?:author|автор|लेखक|લે{1,2}ખક|লেখক|رپورٹر|مصنف|नामशीर्ष|نویسنده|ผู้เขียน|ਲੇਖਕ|筆者|著者|作者|기자|글쓴이|저자|எழுதியவர்|రచయిత|szerző|müəllif)\s?[,،，]\s?"
    r"|(?:記者|編集委員|特別編集委員|論説委員|解説委員|[\u3400-\u9fffァ-ヺー]{2,10}(?:支局長|特派員))[・\s]"
    r"|(?-i:(?:di|av|af|Του|Της|Των|ΤΟΥ|ΤΗΣ)\s{1,3}(?=[A-ZÀ-ÞΑ-ΩΆΈΉΊΌΎΏ]))"
    r"|(?:によって\s?|撰文[\s:：／/|｜]|作者[\s:：／/|｜,，]|(?:เขียน|รายงาน|เรื่อง)?โดย\s?[:：]|(?:เขียน|รายงาน|เรื่อง)?โดย\s|ผู้เขียน\s|บทความโดย\s|(?:بقلم|بواسطة|إعداد|حاور\S{1,3}|أعدّ?ه)\s|كتب(?:ت|وا)?\s(?!ال)\S+(?:\s\S+){1,11}$|מאת\s|द्वारा\s|লিখেছেন\s))",
    re.IGNORECASE,
)
CHINESE_LINE = re.compile(
    r"^(?!据|據|有|对|對|当|當|被|向|让|讓)(?:[\u3400-\u9fff]{2,8}[／/|｜\s]{1,3}|[\u3400-\u9fff]{2,8}?)?(?:特约|特約|特派|驻\S{1,6}|駐\S{1,6}|首席|实习|见习)?(?:记者|記者|评论员|評論員|通讯员|特派员|特派員|编译|編譯)"
    r"[\s:：|]{0,3}[\u3400-\u9fff]{2,4}"
)
JAPANESE_NAME = re.compile(
    r"(?:(?:[ァ-ヺー]{2,10}|[\u3400-\u9fff]{2,4})\s{0,2}[=＝・\s]\s{0,2})?[\u3400-\u9fff々ヶぁ-ん]{2,5}[\s\u3000]?[\u3400-\u9fffぁ-んァ-ヺー々]{1,4}"
)
JAPANESE_OPENING = re.compile(r"^\s{0,2}【([^【】]{2,40}[=＝][^【】]{2,40})】")
# 【ワシントン森田花】: Mainichi's, where an agency's name may stand as well.
JAPANESE_PLACE_OPENING = re.compile(
    r"[【（](?:[ァ-ヺー・]{2,12}|[ァ-ヺー・]{2,12}[=＝])(?P<names>[\u3400-\u9fff々]{3,5}(?:、[\u3400-\u9fff々ぁ-ん]{3,6}){0,4})[】）]"
)
BRACKETS = re.compile(r"[（(〔［\[【](?P<inside>[^（）()〔〕［］\[\]【】]{2,80})[)）〕］\]】]")
LAST_BRACKETS = re.compile(
    r"[（(〔［\[【](?P<inside>[^（）()〔〕［］\[\]【】]{2,60})[)）〕］\]】]\s{0,3}$"
)
# "この記事を書いた人 田中太郎 東京社会部 フォロー": Asahi and others, under the text.
WROTE_THIS = re.compile(
    r"^(?:この記事を書いた(?:人|記者)|この記事の筆者|記事を書いた人|執筆者プロフィール)[\s:：]{0,3}(?P<name>[\u3400-\u9fff々ぁ-んァ-ヺー]{2,8})(?=\s|$)"
)
ORNAMENTS = "◆◇■□▽▼▲△●○★☆◎※◤▪•·–—-/| \u3000"
SENTENCE_ENDS = "。．！？!?」』）)＝=　"
# ワシントン＝田中太郎: beside the date, without brackets.
JAPANESE_PLACE_LINE = re.compile(
    r"(?:[ァ-ヺー・]{2,12}|[\u3400-\u9fff]{2,4})[=＝][\u3400-\u9fff々ぁ-んァ-ヺー]{3,7}(?:[、\s](?:[ァ-ヺー・]{2,12}[=＝])?[\u3400-\u9fff々ぁ-んァ-ヺー]{2,7}){0,3}"
)
# "2026-03-10 08:12 作者：王小荷 来源：…": a credit amid a line of other facts.
AMID = re.compile(
    r"(?:^|[\s|｜•·,，])(?P<credit>(?:作者|记者|記者|撰文|撰稿|采写|Автор|Текст|Журналіст|الكاتب|كتب|بقلم|نویسنده|خبرنگار|โดย|ผู้เขียน|लेखक|লেখক|Συντάκτης|By|Written\s[Bb]y|Por|Par|Von|Autor|Oleh)\s?[:：]\s?\S.{1,80})$"
)
# [하늘미디어=홍길동]: without a word for what he is.
KOREAN_OPENING = re.compile(r"^[\[【(](?:[^=\]]{2,20})=\s?(?P<name>[가-힣]{2,4})[\])】]")
# 中新社北京3月10日电 (王小荷 李远): names alone, behind the word for a wire report.
CHINESE_WIRE = re.compile(
    r"[日午][电電讯訊]\s{0,3}(?P<printed>[（(](?P<names>[\u3400-\u9fff]{2,4}(?:[\s、]{1,2}[\u3400-\u9fff]{2,4}){0,4})[)）])"
)
# "KBS 뉴스 홍길동입니다.", "홍길동 (hong@ilbo.example)": how broadcasters sign off.
SIGNING_OFF = re.compile(
    r"(?:(?:[A-Z]{3,5}\s?(?:뉴스)?|뉴스)\s{0,2}(?P<name>[가-힣]{2,4})(?:입니다|였습니다|이었습니다)[.\s]{0,3}"
    r"|^(?:[A-Z]{2,5}\s)?(?P<mailed>[가-힣]{3,4})\s{0,2}[(\[<]?\s?[\w.+-]{1,40}@[\w.-]{1,60}\s?[)\]>]?)\s{0,2}$"
)
# 記者王小荷／台北報導, 本报讯 记者王小荷报道: what a text begins with, without brackets.
CHINESE_OPENING = re.compile(
    r"^(?![据據])(?:[\u3400-\u9fff]{1,4}[讯訊]\s?)?[\u3400-\u9fff]{0,4}(?:记者|記者|編譯|编译)\s?[\u3400-\u9fff]{2,4}(?:[、，\s][\u3400-\u9fff]{2,4}){0,3}?"
    r"(?:\s?[／/]\s?[\u3400-\u9fff]{2,8}?)?(?:報導|报道|報道)"
)
# What Korean outlets print before the reporter: when the text came in and was changed.
KOREAN_DATES = re.compile(
    r"^(?:(?:입력|수정|승인|등록|발행|작성|게재|최종수정|업데이트)?\s?:?\s?"
    r"[\d.:/년월일시분오전후 ()-]{6,30}){1,3}"
)
KOREAN_BYLINE = re.compile(r"(?:^|\s)기자명\s?:?\s?(?P<name>[가-힣]{2,4})(?:\s?기자)?(?=\s|$)")
KOREAN_DATELINE_CHARS = 40  # before the reporter: "(서울=연합뉴스)"
KOREAN_BEFORE_CHARS = 30
# What may follow a reporter in a line of his own: a mail address, a date, a button.
KOREAN_BEHIND = re.compile(
    r"\s{0,3}(?:[=\])】]{0,2}\s{0,3}$|[(\[<]?\s?[\w.+-]{1,40}@|[|/·ㆍ,]|[(\[]|외\s|입력|승인|수정|등록|발행|작성|구독|팔로우|\d)"
)
# （聞き手・森田花）, （社会部・森田花）
JAPANESE_LABEL = re.compile(
    r"^(?:聞き手(?:・構成)?|構成|取材(?:・文)?|文|執筆|編集委員|論説委員|北京|上海|香港|台北|釜山|東京|大阪|京都|札幌|那覇|[\u3400-\u9fffァ-ヺー]{0,8}(?:部|局|班|支社|本社|記者|特派員))[・=＝／/：:\s]\s?"
)
KANA = re.compile(r"[ぁ-んァ-ヺ]")
WITHOUT_CAPITALS = re.compile(r"[\u0620-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u1000-\u109f]")
BEHIND_NAME = re.compile(r"\s{0,2}[,،|/]\s{0,2}|\s[-–—]\s")
BEHIND_MAX = 3  # a role, a house, a place
SIGNED = re.compile(
    r"(?-i:[A-ZÀ-ÞА-ЯІЇЄҐΑ-ΩΆΈΉΊΌΎΏ][\w'’.-]{1,20}(?:\s(?:van|von|de|del|der|da|la|[A-ZÀ-ÞА-ЯІЇЄҐΑ-ΩΆΈΉΊΌΎΏ][\w'’.-]{0,20})){1,4})"
)
JAPANESE_SIGNED = re.compile(
    rf"(?:{JAPANESE_SURNAME.pattern})[\s\u3000]?[\u3400-\u9fffぁ-んァ-ヺー々]{{1,3}}"
)
# Words of sentences in scripts without capitals: no name holds them.
NO_NAME_WORD = re.compile(
    r"(?<!\S)(?:على|في|من|إلى|عن|أن|إن|لا|ما|هذا|هذه|الذي|التي|بعد|قبل|كما|لن|لم|قد|به|که|را|است|این|برای|با|تا|کے|کی|کا|میں|سے|ہے|نے|کو|के|की|का|में|से|है|ने|को|पर|कि|থেকে|এর|করে|হয়|না|এই|માં|થી|છે|એ|ની|ના|નો|ને)(?!\S)"
    r"|[\u3400-\u9fff][にをはがでの][\u3400-\u9fff]"
)
# These head credits and other lines alike: "تقرير: سارة حسن", "تقرير: أسعار القمح ترتفع".
WEAK_LABEL = re.compile(
    r"(?:خاص|تقرير|تحقيق|حوار|متابعة|گزارش|یادداشت|مصاحبه|گفت‌وگو|گفتگو|رپورٹ|रिपोर्ट|द्वारा|প্রতিবেদন|রিপোর্ট|લેખન|અહેવાલ|รายงาน|เรื่อง|โดย|သတင်း|文|記者|解説|取材|構成|整理|인터뷰|대담|정리|취재|글|текст|материал|интервью|інтерв|ρεπορτάζ|συνέντευξη|ανταπόκριση|text|report|analy|interview|kommentar|reportage|story|comment|opinion)",
    re.IGNORECASE,
)
JAPANESE_SIGNED_FIRST = re.compile(rf"【{JAPANESE_SIGNED.pattern}】(?=.*[ぁ-ん])")
SIGNED_BY_DESK = re.compile(r"(?:[A-Z][\w.-]{1,20}\s?){1,3}")


@lru_cache(maxsize=LINES_KEPT)
def credit_line(text: str) -> str:
    """Return a line that is a credit and nothing else, "" if it is not one.

    >>> credit_line("By Ana Sol"), credit_line("By the time it rained, all had left")
    ('By Ana Sol', '')
    """
    if len(text) > LINE_MAX_CHARS:
        return ""
    text = text.lstrip(ORNAMENTS)
    text = text.translate(BARS)
    if (found := WROTE_THIS.match(text)) is not None:
        return found["name"]
    if (found := KOREAN_BYLINE.search(text)) and is_korean_name(found["name"]):
        return f"{found['name']} 기자"
    if CREDITED.match(text) and _names_people(text):
        return text
    is_row = _is_korean_credit(text) or _is_bracketed(text) or _is_chinese_credit(text)
    if is_row and reporters(text):
        return text
    if not text.isascii() and _has_its_role_behind(text):
        return text
    if (amid := AMID.search(text)) and _names_people(amid["credit"]):
        return amid["credit"]
    place_line = JAPANESE_PLACE_LINE.fullmatch(text) is not None or _arabic_place_line(text)
    return text if place_line else ""


def _has_its_role_behind(text: str) -> bool:
    """Tell whether a line is names, each with what its bearer did behind it, or their house.

    >>> _has_its_role_behind("ธนวรรณ ศรีลำดวน : รายงาน"), _has_its_role_behind("王小荷 李远 新华社")
    (True, True)
    """
    words = text.split()
    if len(words) > 1 and HOUSE_LAST.fullmatch(words[-1]):
        return is_agency(words[-1]) and all(map(is_chinese_name, words[:-1]))
    if NAME_FIRST.sub("", text).strip(" ,、，/|"):
        return False
    return all(_is_shaped_as_name(found["name"]) for found in NAME_FIRST.finditer(text))


def placed_name(text: str) -> str:
    """Return a line that is a name, then a place, a role or a house, "" if it is not one.

    Only in scripts without capitals: elsewhere many a line has a place behind a comma.

    >>> placed_name("সুমি পাখি, ঢাকা"), placed_name("मीरा तिवारी, बीबीसी संवाददाता, दिल्ली")
    ('সুমি পাখি, ঢাকা', 'मीरा तिवारी, बीबीसी संवाददाता, दिल्ली')
    """
    if len(text) > ROW_MAX_CHARS or not WITHOUT_CAPITALS.match(text):
        return ""
    name, *behind = (part.strip() for part in BEHIND_NAME.split(text))
    if not 0 < len(behind) <= BEHIND_MAX or not 2 <= len(name.split()) <= NAME_WORDS:
        return ""
    if is_organisation(name) or NO_NAME_WORD.search(name) or bare_name(name) != name:
        return ""
    return text if all(map(_is_place_or_house, behind)) else ""


def names_a_role(text: str) -> bool:
    """Tell whether a line is a reporter's role, with or without house and place.

    >>> names_a_role("बीबीसी संवाददाता, दिल्ली"), names_a_role("ताज़ा खबर")
    (True, False)
    """
    parts = BEHIND_NAME.split(text) if len(text) <= ROW_MAX_CHARS else []
    return bool(parts) and (is_desk(parts[0]) or ROLE_ALONE.match(parts[0]) is not None)


def _is_place_or_house(text: str) -> bool:
    is_place = PLACE.fullmatch(text) or ARABIC_PLACE.fullmatch(text)
    return is_place is not None or is_organisation(text) or ROLE_ALONE.match(text) is not None


def _is_korean_credit(text: str) -> bool:
    text = KOREAN_DATES.sub("", text)
    found = KOREAN_ROLE_FIRST.match(text) or KOREAN_NAMES.search(text)
    if found is None or found.start() > KOREAN_BEFORE_CHARS:
        return False
    return KOREAN_BEHIND.match(text, found.end()) is not None


def _is_chinese_credit(text: str) -> bool:
    text = SPACED_OUT.sub(r"\1\2", text).lstrip("0123456789-/.: ")
    is_line = CHINESE_LINE.match(text) or CHINESE_REPORT.match(text)
    return len(text) <= ROW_MAX_CHARS and is_line is not None and text[-1] not in "。，！？"


def _is_bracketed(text: str) -> bool:
    return LAST_BRACKETS.match(text) is not None


def _arabic_place_line(text: str) -> bool:
    parts = re.split(r"\s{0,2}[-–—/:،]\s{0,2}", text.strip(" :"), maxsplit=2)
    names = [p for p in parts if not (ARABIC_PLACE.fullmatch(p) or PLACE.fullmatch(p))]
    if len(parts) != 2 or len(names) != 1 or NO_NAME_WORD.search(names[0]) or "«" in text:
        return False
    return _is_shaped_as_name(names[0])


def _names_people(line: str) -> bool:
    """Tell whether a line holds names alone: an ordinary sentence may begin with "by" too."""
    credits = read_byline(line).credits
    if not credits or SENTENCE_END.search(line):
        return False
    if any(NO_NAME_WORD.search(c.name) for c in credits):
        return False
    if WEAK_LABEL.match(line) and not all(_is_shaped_as_name(c.name) for c in credits):
        return False
    return all(
        len(c.name.split()) <= 5 and len(c.name) <= 40 and is_well_formed(c.name) for c in credits
    )


def _is_shaped_as_name(name: str) -> bool:
    """Tell whether what stands behind a word that may head any line is as short as a name.

    >>> _is_shaped_as_name("سارة حسن"), _is_shaped_as_name("أسعار القمح ترتفع")
    (True, False)
    """
    if re.search(r"[\u3040-\u9fff\uac00-\ud7af\u1000-\u109f]", name):
        return len(name) <= (12 if "・" in name else 8) and len(name.split()) <= 2
    middle = [w for before, w in pairwise(name.split()[:-1]) if before not in ("عبد", "أبو")]
    is_sentence = any(w.startswith("ال") and w not in ("الله", "الدين") for w in middle)
    return 2 <= len(name.split()) <= NAME_WORDS and not is_sentence


def opening_credit(line: str) -> str:
    """Return the credit that a text's first lines begin with, "" if there is none.

    >>> opening_credit("【ワシントン＝田中太郎】米政府は5日、")
    '【ワシントン＝田中太郎】'
    >>> opening_credit("(서울=연합뉴스) 홍길동 기자 = 정부는 5일")
    '(서울=연합뉴스) 홍길동 기자'
    >>> opening_credit("本报北京3月4日电（记者张三、李四）春天来了")
    '（记者张三、李四）'
    """
    opening = _japanese_opening(line)
    if opening is not None:
        return opening
    if whole := credit_line(line):
        return whole
    start = line[:OPENING_CHARS]
    return _korean_opening(start) if HANGUL.search(start) else _chinese_opening(start)


def _japanese_opening(line: str) -> str | None:
    """Return the credit in a Japanese dateline, "" if it names an agency, None without a dateline.

    >>> _japanese_opening("【ロンドン＝共同】英政府は"), _japanese_opening("英政府は")
    ('', None)
    """
    found = JAPANESE_OPENING.match(line)
    if found and AGENCIES.fullmatch(re.split("[=＝]", found[1])[-1]):
        return ""
    if found and not HANGUL.search(found.group()):
        return found.group().strip()
    if found := JAPANESE_SIGNED_FIRST.match(line):
        return found.group()
    found = JAPANESE_PLACE_OPENING.match(line)
    is_named = found and all(_is_japanese_name(name) for name in found["names"].split("、"))
    return found.group() if found and is_named else None


def _korean_opening(start: str) -> str:
    if (found := KOREAN_OPENING.match(start)) and is_korean_name(found["name"]):
        return found["name"]
    found = KOREAN_NAMES.search(start)
    if found is None or found.start() > KOREAN_DATELINE_CHARS:
        return ""
    is_over = re.match(r"\s{0,2}(?:[=\])】]|$)", start[found.end() :])
    return start[: found.end()] if is_over and reporters(start) else ""


def _chinese_opening(start: str) -> str:
    if (found := CHINESE_WIRE.search(start)) and all(
        is_chinese_name(name) for name in re.split(r"[\s、]+", found["names"])
    ):
        return found["printed"]
    if (found := CHINESE_OPENING.match(start)) and reporters(found.group()):
        return found.group()
    for found in BRACKETS.finditer(start):
        inside = found["inside"]
        if CHINESE_WORD.search(inside) and reporters(found.group()):
            return found.group()
        if found.start() == 0 and CREDITED.match(inside) and _names_people(inside):
            return found.group()
    return ""


def closing_credit(line: str, text: str = "") -> str:
    """Return the credit that a text's last lines end with, "" if there is none.

    Args:
        line: one of the last lines.
        text: all of them: what stands in brackets is read otherwise in Japanese.

    >>> closing_credit("と話した。（田中太郎）"), closing_credit("と話した。（敬称略）")
    ('（田中太郎）', '')
    """
    if whole := credit_line(line):
        return whole
    if len(line) <= 40 and line.isascii() and DESK.search(line) and SIGNED_BY_DESK.fullmatch(line):
        return line
    if found := SIGNING_OFF.search(line[-CLOSING_CHARS:]):
        name = found["name"] or found["mailed"]
        return f"{name} 기자" if is_korean_name(name) else ""
    if len(line) <= AGENCY_CHARS and is_agency(line.strip(" .()[]（）/-–—*")):
        return line  # of a line's own: د ب أ
    end = line[-CLOSING_CHARS:]
    found = LAST_BRACKETS.search(end)
    if found is None:
        return ""
    inside = found["inside"]
    if CHINESE_WORD.search(inside) and reporters(found.group()):
        return found.group()
    if AGENCIES.fullmatch(inside):
        return found.group()
    if CREDITED.match(inside) and _names_people(inside):
        return found.group()
    before = line[: -len(found.group())].rstrip()
    if before and before[-1] not in SENTENCE_ENDS:
        return ""
    inside = JAPANESE_LABEL.sub("", inside).rpartition("＝")[2].rpartition("=")[2]
    names = [n for n in re.split(r"[、,，・/／]", inside) if n]
    if KANA.search(text or line) and names and all(_is_japanese_name(n.strip()) for n in names):
        return found.group()
    return ""


def _is_japanese_name(text: str) -> bool:
    text = KATAKANA_PLACE.sub("", text)
    return JAPANESE_NAME.fullmatch(text) is not None and not NO_NAME_IN_BRACKETS.fullmatch(text)


def signature(line: str) -> str:
    """Return a first line that is nothing but one or two names, "" if it is not.

    >>> signature("Ana Sol/Bo Vik"), signature("The Hague")
    ('Ana Sol/Bo Vik', '')
    """
    if JAPANESE_SIGNED.fullmatch(line) and not NO_NAME_IN_BRACKETS.fullmatch(line):
        return line
    names = re.split(r"\s{0,2}(?:/|,|&|\band\b)\s{0,2}", line) if len(line) <= 60 else []
    is_row = 0 < len(names) <= 3 and all(SIGNED.fullmatch(name) for name in names)
    return line if is_row and not re.match(r"The\s|In\s|A\s", line) else ""
