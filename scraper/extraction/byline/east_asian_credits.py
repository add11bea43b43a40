"""Chinese and Korean credits, which put role words, places and names in a row without spaces."""

import re
from collections.abc import Iterator

from scraper.extraction.byline.name_words import (
    HAN_PLACE,
    HAN_SURNAME,
    HOUSE_IN_ROW,
    KOREAN_SURNAME,
    NO_KOREAN_NAME,
)
from scraper.records import Role

READ_CHARS = 200

HANGUL = re.compile(r"[가-힣]")

KOREAN_NAMES = re.compile(
    r"(?<![가-힣])(?P<names>[가-힣]{2,6}(?:\s{0,2}[·ㆍ,、/]\s{0,2}[가-힣]{2,4}|\s(?!기자|특파원|논설)[가-힣]{2,6}){0,6})\s{0,2}"
    r"(?P<role>사진기자|(?:[가-힣]{2,6}\s)?(?:선임|전문|인턴|수습|객원|시민|온라인|대|부장)?기자|(?:순회)?특파원|논설(?:위원|실장|고문)|통신원|리포터|칼럼니스트)(?![가-힣])"
)
# 칼럼니스트 홍길동: the role before the name, where a line begins.
KOREAN_ROLE_FIRST = re.compile(
    r"^(?:글[=·:\s]\s?)?(?:칼럼니스트|평론가|객원기자|시민기자|논설위원|앵커|작가)\s(?P<name>[가-힣]{2,4})(?![가-힣])"
)
KOREAN_PICTURES = re.compile(r"(?<![가-힣·ㆍ,])(?:사진|촬영|영상|그래픽)\s?[=·ㆍ|:/]?\s?$")
KOREAN_EDITOR = re.compile(r"(?:편집|데스크)\s?[=·ㆍ|:/]?\s?$")
# 記者王小明／台北報導, 本报驻美国特约记者 张三 李四, 中央社記者王小明台北4日電, 記者王小明攝
CHINESE_NAMES = re.compile(
    r"(?P<role>记者|記者|评论员|評論員|通讯员|通訊員|特派员|特派員|撰稿人|撰稿|实习生|實習生|编译|編譯|编辑|編輯|责编|責編|校对|校對|译者|譯者)[\s:：|｜/／]{0,3}"
    r"(?P<names>[\u3400-\u9fff]{1,6}?[网報报社台刊]\s)?"
    r"(?P<list>[\u3400-\u9fff]{2,4}?(?:[\s、,，]{1,2}(?!编辑|編輯|校对|校對|责编|責編|审|審|摄影|攝影)[\u3400-\u9fff]{2,4}?){0,8})"
    rf"(?P<tail>(?=$|[\s)）〕］\]】／/:：，,。;；|｜·-])|(?=[0-9]|报道|報導|報道|报导|即時|专电|專電|电|電|{HAN_PLACE.pattern})|(?=摄|攝)"
    # 記者駱以寧波蘭港4日專電: where the place is not known, three characters are the name.
    r"|(?<=[者、，][\u3400-\u9fff]{3})(?=[\u3400-\u9fff]{2,8}\d{1,2}日[\u3400-\u9fff]{0,4}[电電]))"
)
# 王小明／台北報導, as a line of its own.
CHINESE_REPORT = re.compile(
    r"^(?:[\u3400-\u9fff]{2,4}中心\s?[／/]\s?(?P<other>[\u3400-\u9fff]{2,4})"
    r"|(?P<name>[\u3400-\u9fff]{2,4})\s?[／/]\s?[\u3400-\u9fff]{2,8})(?:報導|报道|報道)$"
)
CHINESE_WORD = re.compile(
    r"记者|記者|评论员|評論員|通讯员|通訊員|特派员|特派員|撰稿|实习生|编译|編譯"
)


def reporters(text: str) -> list[tuple[Role, str]]:
    """Return roles and names in a credit that names reporters the Chinese or Korean way.

    >>> reporters("〔記者王小明／台北報導〕"), reporters("(서울=연합뉴스) 홍길동 기자 =")
    ([('author', '王小明')], [('author', '홍길동')])
    """
    text = text[:READ_CHARS]
    if HANGUL.search(text):
        return list(_korean(text))
    if found := CHINESE_REPORT.match(text):
        name = found["name"] or found["other"]
        return [("author", name)] if is_chinese_name(name) else []
    return list(_chinese(text)) if CHINESE_WORD.search(text) else []


def _korean(text: str) -> Iterator[tuple[Role, str]]:
    first = KOREAN_ROLE_FIRST.match(text)
    if first and is_korean_name(first["name"]):
        yield "author", first["name"]
        return
    for found in KOREAN_NAMES.finditer(text):
        words = re.split(r"\s{0,2}[·ㆍ,、/]\s{0,2}|\s", found["names"])
        before = text[: found.start()] + " ".join(words[:-1])
        role: Role = "author"
        if "사진" in found["role"] or KOREAN_PICTURES.search(before):
            role = "photographer"
        elif KOREAN_EDITOR.search(before):
            role = "editor"
        names = [w for n, w in enumerate(words) if is_korean_name(w, is_last=n == len(words) - 1)]
        yield from ((role, name) for name in names)


def is_korean_name(word: str, *, is_last: bool = True) -> bool:
    """Tell whether a word may be a Korean's whole name: a surname and one or two syllables.

    >>> is_korean_name("홍길동"), is_korean_name("남궁민수"), is_korean_name("이데일리")
    (True, True, False)
    """
    surname = KOREAN_SURNAME.match(word)
    if not surname or NO_KOREAN_NAME.fullmatch(word):
        return False
    given = len(word) - len(surname.group())
    return given == 2 or (given == 1 and (is_last or len(word) == 3))


def _chinese(text: str) -> Iterator[tuple[Role, str]]:
    for found in CHINESE_NAMES.finditer(text):
        role: Role = "author"
        if found["role"] in ("编辑", "編輯", "责编", "責編", "校对", "校對"):
            role = "editor"
        elif found["role"] in ("译者", "譯者", "编译", "編譯"):
            role = "translator" if "译者" in found["role"] or "譯者" in found["role"] else "author"
        if text[found.end() :].lstrip()[:1] in ("摄", "攝"):
            role = "photographer"
        for name in re.split(r"[\s、,，]+", found["list"]):
            if is_chinese_name(name):
                yield role, name


def is_chinese_name(word: str) -> bool:
    """Tell whether a word may be a Chinese whole name: a surname and one or two characters.

    >>> is_chinese_name("王小明"), is_chinese_name("获悉"), is_chinese_name("人民网")
    (True, False, False)
    """
    compound = word[:2] in ("欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "皇甫")
    return (
        2 <= len(word) <= (4 if compound or len(word) == 4 else 3)
        and word[0] in HAN_SURNAME
        and HAN_PLACE.fullmatch(word) is None
        and HOUSE_IN_ROW.fullmatch(word) is None
    )
