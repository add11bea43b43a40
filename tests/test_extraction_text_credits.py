"""Credits that stand in an article's text, and lines that only look like one."""

import pytest
from lxml import html

from scraper.extraction.byline.printed_bylines import Printed, marked_credits, printed_credits
from scraper.extraction.byline.text_credits import (
    closing_credit,
    credit_line,
    opening_credit,
    signature,
)
from scraper.extraction.byline.text_edges import headline_of, text_edges

OPENINGS = {
    "【ワシントン森田花】米政府は": "【ワシントン森田花】",
    "【ワシントン共同】米政府は": "",
    "【ニューヨーク時事】": "",
    "【モスクワ支局】": "",
    "◎記者會": "",
    "（中瀾社記者駱以寧波蘭港4日專電）歐東三國": "（中瀾社記者駱以寧波蘭港4日專電）",
    "〔記者杜孟璇／南港島報導〕南港": "〔記者杜孟璇／南港島報導〕",
    "नई दिल्ली, जागरण संवाददाता।": "",
    "[앵커] 정부는": "",
    "(서울=뉴스1) 홍길동 기자 = 정부": "(서울=뉴스1) 홍길동 기자",
    "МОСКВА, 4 марта. /ТАСС/.": "",
    "【明報專訊】政府今日": "",
    "有记者提问，发言人回答": "",
    "【ワシントン＝森田花】米政府は五日、": "【ワシントン＝森田花】",
    "【速報】港で火事": "",
    "【ロンドン時事】英政府は五日、": "",
    "本报北京3月4日电（记者王小荷、李远）春天": "（记者王小荷、李远）",
    "〔記者王小荷／台北報導〕漁市今天": "〔記者王小荷／台北報導〕",
    "（中央社記者王小荷台北4日電）山線": "（中央社記者王小荷台北4日電）",
    "中新社山城3月10日电 (王小荷 李远)春天": "(王小荷 李远)",
    "中新社山城3月10日电 (山城市 李远)春天": "",
    "（中央社）山線鐵路今天恢復": "",
    "（記者會）市長今天說": "",
    "记者从会议上获悉，今年的预算增加两成。": "",
    "(서울=하늘통신) 홍길동 기자 = 정부는": "(서울=하늘통신) 홍길동 기자",
    "[하늘경제 홍길동 기자] 정부는 5일": "[하늘경제 홍길동 기자",
    "[하늘미디어=홍길동] 정부는 5일": "홍길동",
    "[서울=하늘뉴스] 정부는 5일": "",
    "이날 홍길동 기자는 현장에 있었다": "",
    "القاهرة - أحمد علي": "القاهرة - أحمد علي",
    "القاهرة - رويترز": "",
    "By Ana Sol": "By Ana Sol",
}
CLOSINGS = {
    "MBC뉴스 홍길동입니다.": "홍길동 기자",
    "홍길동 (hong@ytn.example)": "홍길동 기자",
    "지금까지 서울에서 KBS 뉴스 홍길동입니다.": "홍길동 기자",
    "（聞き手・森田花）": "（聞き手・森田花）",
    "と話した。（聞き手・森田花）": "（聞き手・森田花）",
    "と話した。（構成・森田花）": "（構成・森田花）",
    "（写真はイメージ）": "",
    "（提供：市役所）": "",
    "森は深い。（おわり）": "",
    "と話した。（撮影・岡健太）": "",
    "- रवि जोशी": "",
    "（ロイター）": "（ロイター）",
    "と語った。（ニューヨーク＝森田花）": "（ニューヨーク＝森田花）",
    "（東京都港区）": "",
    "（38）": "",
    "と述べた。〔共同〕": "〔共同〕",
    "◎공감언론 하늘통신 hong@newsis.example": "",
    "と町長は話した。（森田花、岡健太）": "（森田花、岡健太）",
    "と町長は話した。（ワシントン＝森田花）": "（ワシントン＝森田花）",
    "と町長は話した。【森田花】": "【森田花】",
    "と町長は話した。【ワシントン森田花】": "【ワシントン森田花】",
    "と町長は話した。（敬称略）": "",
    "と町長は話した。（八月五日更新）": "",
    "震度は五弱だった（気象庁）": "",
    "【関連記事】": "",
    "と町長は話した。（共同）": "（共同）",
    "游客比去年多了两成。（记者 王小荷）": "（记者 王小荷）",
    "（评论员 王小荷 李远）": "（评论员 王小荷 李远）",
    "游客比去年多了两成。（完）": "",
    "홍길동 기자 hong@ilbo.example": "홍길동 기자 hong@ilbo.example",
    "칼럼니스트 홍길동 hong@ilbo.example": "칼럼니스트 홍길동 hong@ilbo.example",
    "무단 전재 및 재배포 금지": "",
    "Автор: Анна Сова": "Автор: Анна Сова",
    "Журналист задержан в центре города": "",
    "この記事を書いた人 森田花 東京社会部 フォロー": "森田花",
}
LINES = {
    "كتبت نرمين سعيد الحلواني ومنة الله فكري - تصوير كريم عبد الباقي": "كتبت نرمين سعيد الحلواني ومنة الله فكري - تصوير كريم عبد الباقي",
    "كتب محمد صلاح على حسابه في تويتر": "",
    "كتب لاعب الأهلي رسالة إلى جمهوره": "",
    "حوار مع وزير المالية": "",
    "تقرير: أسعار القمح ترتفع": "",
    "خاص: تفاصيل جديدة عن الحادث": "",
    "حاورتها: ريتا أبو شديد": "حاورتها: ريتا أبو شديد",
    "◆文・森田花": "文・森田花",
    "記者会見で語る首相": "",
    "記者団の質問に答える首相": "",
    "記者に語る森田花さん": "",
    "取材に応じる森田花さん": "",
    "文：山に登る人々の一日": "",
    "文春オンライン": "",
    "记者获悉，今年预算增加": "",
    "记者从会议上获悉": "",
    "记者会现场": "",
    "记者问：何时开通": "",
    "記者會後受訪": "",
    "整理：王小荷": "整理：王小荷",
    "文｜王小荷": "文｜王小荷",
    "图/视觉中国": "",
    "기자회견 하는 홍길동 대표": "",
    "기자들과 만난 홍길동": "",
    "홍길동 대표가 기자간담회에서 말했다": "",
    "글·사진 홍길동 기자": "글·사진 홍길동 기자",
    "인터뷰: 시장이 말하는 다리": "",
    "По словам корреспондента РИА Новости, мост открыт": "",
    "Журналист Анна Сова задержана в центре города": "",
    "Беседовала Анна Сова": "Беседовала Анна Сова",
    "Подготовила Олена Сова": "Подготовила Олена Сова",
    "Текст песни опубликован": "",
    "Автор проекта рассказал о мосте": "",
    "Интервью с мэром города": "",
    "Фото: Иван Петров": "",
    "Από το βράδυ της Κυριακής": "",
    "Από τον Γιώργο Λύκο": "Από τον Γιώργο Λύκο",
    "Γράφει ο Γιώργος Λύκος": "Γράφει ο Γιώργος Λύκος",
    "Συνέντευξη Τύπου του πρωθυπουργού": "",
    "रिपोर्ट: सरकार ने बदले नियम": "",
    "लेखक: मीरा तिवारी": "लेखक: मीरा तिवारी",
    "লেখক: সুমি পাখি": "লেখক: সুমি পাখি",
    "โดยนายกรัฐมนตรีกล่าวว่า": "",
    "รายงาน: น้ำท่วมภาคใต้": "",
    "โดย สมชาย ใจดี": "โดย สมชาย ใจดี",
    "เรื่อง: สมชาย ใจดี": "เรื่อง: สมชาย ใจดี",
    "گزارش: قیمت نان بالا رفت": "",
    "نویسنده: علی راد": "نویسنده: علی راد",
    "به گزارش خبرنگار مهر، پل باز شد.": "",
    "خبرنگار: علی راد": "خبرنگار: علی راد",
    "By train to the coast": "",
    "By Tuesday Evening": "",
    "Von Montag an": "",
    "Text: Die Brücke ist offen": "",
    "2026-03-10 08:12 来源：晨报 作者：王小荷": "作者：王小荷",
    "记者调查": "",
    "作者之死": "",
    "记者李明谈战地经历": "",
    "編集委員・森田花": "編集委員・森田花",
    "بقلم/ أحمد علي": "بقلم/ أحمد علي",
    "ワシントン＝森田花": "ワシントン＝森田花",
    "โดยรัฐบาลยืนยันว่าจะไม่ขึ้นภาษี": "",
    "كتب الرئيس على حسابه": "",
    "دبي - وكالات": "",
    "Της Κυριακής τα νέα": "",
    "Της Άννας Λύκου": "Της Άννας Λύκου",
    "By the end of May": "",
    "Text and pictures are protected": "",
}


@pytest.mark.parametrize("line", OPENINGS)
def test_first_line_of_a_text_gives_its_credit_or_none(line: str) -> None:
    assert opening_credit(line) == OPENINGS[line]


@pytest.mark.parametrize("line", CLOSINGS)
def test_last_line_of_a_text_gives_its_credit_or_none(line: str) -> None:
    assert closing_credit(line) == CLOSINGS[line]


@pytest.mark.parametrize("line", LINES)
def test_line_near_the_headline_is_a_credit_only_if_it_names_people(line: str) -> None:
    assert credit_line(line) == LINES[line]


def test_only_names_sign() -> None:
    assert signature("Thandi Moloi/Peter Ncube") == "Thandi Moloi/Peter Ncube"
    assert signature("Miners leave the valley") == ""
    assert signature("佐藤花子") == "佐藤花子"
    assert signature("佐藤記者会見") == ""


LONG = "<p>The bridge over the river was opened on Tuesday after three years of work on both banks.</p>"


def test_bylines_of_teasers_pictures_and_quotations_are_not_the_articles() -> None:
    boxes = (
        "<li><a href=/other><img src=a.jpg>Another story</a> <span class=author>Ann Other</span></li>",
        "<figure><img src=a.jpg><span class=author>Pic Taker</span></figure>",
        "<blockquote>So it was. <span class=author>Bo Speaker</span></blockquote>",
        "<div class=author-bio>Ana Sol writes on rivers</div>",
    )
    for box in boxes:
        assert marked_credits(html.fromstring(f"<body><h1>Bridge</h1>{LONG}{box}</body>")) == []


def test_authors_that_each_have_a_line_are_one_credit() -> None:
    tree = html.fromstring(
        "<body><h1>The bridge is open</h1><ul><li>Author, Ana Sol</li><li>Role, Reporter</li>"
        f"<li>Author, Bo Vik</li></ul>{LONG}</body>"
    )
    assert next(printed_credits(tree)) == Printed("Author, Ana Sol; Bo Vik", "near")


def test_author_is_found_before_the_editor_behind_him() -> None:
    tree = html.fromstring(
        f"<body><h1>A</h1><div>{LONG * 2}<p>山城三年内建成新桥，沿线居民表示欢迎。（记者 王小荷）</p></div>"
        "<p>责编：李远</p></body>"
    )
    texts = dict.fromkeys(credit.text for credit in printed_credits(tree))
    assert list(texts) == ["责编：李远", "（记者 王小荷）"]


def test_credit_within_a_line_of_other_facts_is_the_credit_alone() -> None:
    tree = html.fromstring(
        "<body><h1>The bridge is open</h1><div><span>Written by: <a>Ana Sol</a></span> "
        f"<span>Rivers</span></div>{LONG}</body>"
    )
    assert next(printed_credits(tree)).text == "Written by: Ana Sol"


def test_link_to_an_authors_page_is_a_byline_where_nothing_else_is_marked() -> None:
    tree = html.fromstring(
        f"<body><h1>桥开通了</h1><ul><li><a href=/author/42/wang>王小荷</a></li></ul>{LONG}</body>"
    )
    assert next(printed_credits(tree)) == Printed("王小荷", "near")


def test_headline_is_the_heading_that_the_title_repeats() -> None:
    tree = html.fromstring(
        "<html><head><title>The bridge is open - Post</title></head><body><h1>The Morning Post of "
        "the River</h1><h2>The bridge is open</h2></body></html>"
    )
    heading = headline_of(tree)
    assert heading is not None
    assert heading.text == "The bridge is open"


def test_text_parted_by_breaks_has_edges() -> None:
    lines = [f"Line {n} of the text, which is long enough to be counted as one." for n in range(9)]
    tree = html.fromstring(f"<body><h1>A</h1><div>{'<br><br>'.join(lines)}</div></body>")
    first, last = text_edges(tree)
    assert (first[0], last[-1]) == (lines[0], lines[-1])


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["<div>", "<p>By ", "<span class=author>", "【", "<br>記者王"])
def test_hostile_markup_is_read_within_bounds(piece: str) -> None:
    tree = html.fromstring("<body><h1>A</h1>" + piece * 30_000 + "</body>")
    assert len(list(printed_credits(tree))) < 30
