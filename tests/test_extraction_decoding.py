"""Bytes to text: what encodings pages are really in."""

import pytest

from scraper.encodings import codec_name
from scraper.errors import PageUnreadable
from scraper.extraction.decoding import decoded, is_html, page_tree
from scraper.records import Capture

JAPANESE = "東京の港で働く人たちは火曜日、賃上げを求めて①時間のストライキをした。" * 5
RUSSIAN = "Правительство объявило о новых выборах в четверг. " * 5
FRENCH = "L’élection a été reportée à l’été, a annoncé le président à Besançon. " * 5


def text(body: bytes, charset: str = "") -> str:
    kind = f"text/html; charset={charset}" if charset else "text/html"
    return decoded(Capture("https://a.example/", body, {"Content-Type": kind}))


@pytest.mark.parametrize(
    ("sample", "codec", "label"),
    [
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE.replace("①", "一"), "euc_jp", "euc-jp"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (FRENCH, "cp1252", "iso-8859-1"),
        ("重慶與台北之間的航線將於週四恢復。" * 5, "big5", "big5"),
        ("镕基先生昨天到达重庆。" * 5, "gb18030", "gb2312"),
        ("하늘도에 첫 보건소가 문을 열었다. 똠방각하" * 3, "cp949", "euc-kr"),
    ],
)
def test_declared_encoding_is_read_as_browsers_do(sample: str, codec: str, label: str) -> None:
    page = f"<meta charset={label}><p>{sample}"
    assert text(page.encode(codec)) == page
    bare = f"<p>{sample}"
    assert text(bare.encode(codec), label) == bare


@pytest.mark.parametrize("label", ["iso-8859-1", "shift_jis", "windows-1251", "nonsense", ""])
def test_valid_utf8_is_utf8_whatever_is_declared(label: str) -> None:
    page = f"<meta charset='{label}'><p>{JAPANESE}{RUSSIAN}{FRENCH}"
    assert text(page.encode(), label) == page


def test_byte_order_mark_comes_first() -> None:
    assert text(b"\xef\xbb\xbf<p>" + FRENCH.encode(), "koi8-r") == f"<p>{FRENCH}"
    assert text("\ufeff<p>x".encode("utf-16-le")) == "<p>x"


def test_misfit_of_header_or_page_is_not_believed() -> None:
    page = f"<meta charset=windows-1251><p>{RUSSIAN}"
    assert text(page.encode("cp1251"), "utf-8") == page


def test_undeclared_encoding_is_detected() -> None:
    assert RUSSIAN in text(f"<p>{RUSSIAN * 5}</p>".encode("cp1251"))


RARE = {
    "koi8-u": "Вода у порту стала на метр вища, а людей на кораблях мало, сказали у Києві. ",
    "iso-8859-5": RUSSIAN,
    "iso-8859-6": "قالت الحكومة إن الانتخابات ستجرى في موعدها المحدد. ",
    "iso-8859-7": "Η κυβέρνηση ανακοίνωσε νέες εκλογές την Πέμπτη, ‘ίσως’. ",
    "iso-8859-8-i": "הממשלה הודיעה על בחירות חדשות ביום חמישי. ",
    "x-mac-cyrillic": RUSSIAN,
    "kz1048": "Қазақстан Үкіметі жаңа сайлау күнін жариялады деп хабарлады. ",
}


@pytest.mark.parametrize("label", RARE)
def test_rare_encoding_is_believed_where_it_is_declared(label: str) -> None:
    page = f"<meta charset={label}><p>{RARE[label] * 5}"
    assert text(page.encode(codec_name(label))) == page


def test_rare_encoding_that_lacks_signs_of_the_text_is_not_believed() -> None:
    page = f"<meta charset=iso-8859-6><p>{RARE['iso-8859-6'] * 5}"
    assert text(page.encode("cp1256")) == page


@pytest.mark.parametrize(
    ("lang", "sample", "codec"),
    [("pl", "W środę zamknięto szkoły, mówił dyżurny – źle.", "cp1250"), ("pl", "W środę zamknięto szkoły źle", "iso8859-2"),
     ("tr", "Yağış İstanbul’da akşam başladı, dün sabah durmuştu.", "cp1254"), ("hu", "Az erdő fölött a tűz.", "cp1250"),
     ("fr", FRENCH, "cp1252"), ("pl", "Café São José Müller à Nîmes", "cp1252")],
)  # fmt: skip
def test_latin_encoding_of_the_pages_language_is_told_by_its_letters(
    lang: str, sample: str, codec: str
) -> None:
    page = f"<html lang={lang}><p>{sample}"
    assert text(page.encode(codec), "iso-8859-1") == page


def test_declared_encoding_that_is_all_ascii_is_not_taken_for_utf8() -> None:
    page = f"<meta charset=iso-2022-jp><p>{JAPANESE.replace('①', '一')}</p>"
    raw = page.encode("iso2022_jp")
    assert text(raw) == page
    assert "東京の港" in page_tree(Capture("https://a.example/", raw)).text_content()


def test_labelled_as_another_script_is_detected() -> None:
    page = f"<meta charset=utf-8><p>{JAPANESE * 3}"
    assert JAPANESE in text(page.encode("cp932"), "utf-8")


SCRIPTS = {
    "gb18030": "渡轮在黎明时分离开了港口，码头上没有人知道它什么时候会回来。",
    "big5": "渡輪在黎明時分離開了港口，碼頭上沒有人知道它什麼時候會回來。",
    "cp932": "連絡船は夜明けに港を出た。いつ戻るのか、桟橋にいた誰も知らなかった。",
    "euc_jp": "連絡船は夜明けに港を出た。いつ戻るのか、桟橋にいた誰も知らなかった。",
    "cp949": "연락선은 새벽에 항구를 떠났고 언제 돌아올지 부두의 누구도 알지 못했다.",
    "cp1251": "Паром вышел из порта на рассвете, и никто не знал, когда он вернётся.",
    "koi8-r": "Паром вышел из порта на рассвете, и никто не знал, когда он вернется.",
    "cp1256": "غادرت العبارة الميناء عند الفجر ولم يكن أحد على الرصيف يعرف متى ستعود.",
    "cp1255": "המעבורת יצאה מהנמל עם שחר, ואיש על הרציף לא ידע מתי תחזור.",
    "cp874": "เรือข้ามฟากออกจากท่าเรือตอนรุ่งสาง และไม่มีใครบนท่าเรือรู้ว่าจะกลับมาเมื่อใด",
    "cp1253": "Το πλοίο έφυγε από το λιμάνι την αυγή και κανείς δεν ήξερε πότε θα επιστρέψει.",
}


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", ""])
@pytest.mark.parametrize("codec", SCRIPTS)
def test_encoding_of_another_script_is_told_by_its_letters(codec: str, declared: str) -> None:
    page = f"<meta charset='{declared}'><h1>{SCRIPTS[codec]}</h1>"
    assert text(page.encode(codec), declared) == page


@pytest.mark.parametrize(("wrong", "codec"), [("gb2312", "big5"), ("big5", "gb18030"),
    ("euc-jp", "cp932"), ("shift_jis", "euc_jp"), ("koi8-r", "cp1251"), ("windows-1251", "koi8-r"),
    ("windows-1256", "cp1255"), ("euc-kr", "gb18030")])  # fmt: skip
def test_neighbour_declared_in_an_encodings_place_is_not_believed(wrong: str, codec: str) -> None:
    page = f"<meta charset={wrong}><h1>{SCRIPTS[codec]}</h1>"
    assert text(page.encode(codec), wrong) == page


def test_header_wins_over_page_where_both_would_do() -> None:
    page = "<meta charset=iso-8859-2><p>Œuvre"
    assert text(page.encode("cp1252"), "windows-1252") == page


def test_text_cut_off_within_a_character_stays_utf8() -> None:
    page = f"<meta charset=iso-8859-1><p>{JAPANESE}".encode()[:-1]
    assert text(page, "iso-8859-1").startswith(f"<meta charset=iso-8859-1><p>{JAPANESE[:-1]}")
    stray = f"<p>{FRENCH}".encode() + "déjà “vu”".encode("cp1252")
    assert text(stray).endswith("déjà “vu”")


def shown(html: str) -> str:
    return str(page_tree(Capture("https://a.example/", html.encode())).text_content())


@pytest.mark.parametrize(
    "sample", [FRENCH, RUSSIAN, JAPANESE, *SCRIPTS.values(), "Straße – ‘größer’"]
)
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_text_encoded_twice_is_put_right(sample: str, codec: str) -> None:
    twice = "".join(bytes([b]).decode(codec, "ignore") or chr(b) for b in sample.encode())
    page = f"<meta charset=utf-8><nav>Übersicht · Меню</nav><p>{twice}</p><p>{sample}</p>"
    assert shown(page) == f"Übersicht · Меню{sample}{sample}"


@pytest.mark.parametrize(
    ("sample", "codec"),
    [(RUSSIAN, "cp1251"), ("서울에서 열린 회담이 화요일에 끝났다고 정부가 밝혔다. " * 3, "euc_kr"),
     ("Η κυβέρνηση ανακοίνωσε νέες εκλογές. " * 3, "cp1253"), ("قالت الحكومة إن الانتخابات ستجرى. " * 3, "cp1256")],
)  # fmt: skip
def test_other_scripts_read_as_windows_1252_are_put_right(sample: str, codec: str) -> None:
    wrong = sample.encode(codec).decode("cp1252")
    assert shown(f"<p>{wrong}</p>").strip() == sample.strip()
    beside = f"<div>Talks resume</div><p>{wrong}</p>"
    assert "Talks resume" in shown(beside)


@pytest.mark.parametrize(
    "sound",
    [FRENCH, "ÉÈÀÊÇ ÄÖÜßÉ", "Þórður á Öræfajökli, íbúðin og ýsan á Ísafirði. " * 9, "x¼½¾²³ ÅÄÖÅÄ"],
)
def test_many_accented_letters_are_no_other_script(sound: str) -> None:
    assert shown(f"<p>{sound}</p>").strip() == sound.strip()


def test_russian_read_as_windows_1251_is_put_right() -> None:
    twice = "".join(bytes([b]).decode("cp1251", "ignore") or chr(b) for b in RUSSIAN.encode())
    assert shown(f"<p>{twice}</p>") == RUSSIAN


@pytest.mark.parametrize(
    "sound",
    [
        "à « la » déjà, où «l’été»", "«IRM\u00c3» \u00c3\u00bb", "PREÇO DA AÇÃO: JOÃO E IRMÃ»",
        "ÇA ÉTÉ À «L’ÂGE»", "Рёв моторов: «СССР» и «РФ»", "Đặng Thị Ngọc Thịnh Ở Hà Nội", "Å© ÄÖ",
    ],
)  # fmt: skip
def test_sound_text_is_never_repaired(sound: str) -> None:
    page = f"<p>{sound}</p><p>{sound}.</p>"
    assert shown(page) == f"{sound}{sound}."


def test_references_and_controls_that_mean_windows_1252_are_its_signs() -> None:
    assert shown("<p>A &#150; B &#x93;C&#148; it&#146;s") == "A – B “C” it’s"
    assert shown("<p>&#1500;&#1465;&#x910;") == "\u05dc\u05b9\u0910"
    assert shown("<p>\x93C\x94 it\x92s") == "“C” it’s"


def test_noise_is_unreadable() -> None:
    noise = b"<html>" + bytes(range(128, 256)) * 50
    with pytest.raises(PageUnreadable):
        page_tree(Capture("https://a.example/", b"\xff\xfe" + b"\x00\xd8" * 500 + noise))


def test_oversized_and_overcrowded_pages_are_unreadable() -> None:
    with pytest.raises(PageUnreadable, match="larger than"):
        page_tree(Capture("https://a.example/", b"<p>" + b"x" * (8 * 1024 * 1024)))
    with pytest.raises(PageUnreadable, match="tags"):
        page_tree(Capture("https://a.example/", b"<p>" * 60_000))


@pytest.mark.parametrize(
    "start", [b"<p ", b'<p x=">" ', b"<p x = '>\n' ", b"<p ' a='>' ", b'<a x="<p "', b'<p ">" ><p ']
)
@pytest.mark.parametrize("form", [b"a%d=b ", b"a%d ", b'a%d=">"'])
def test_a_tag_of_too_many_attributes_is_unreadable(start: bytes, form: bytes) -> None:
    crowded = start + b"".join(form % n for n in range(20_000)) + b"'>text"
    with pytest.raises(PageUnreadable, match="attributes"):
        page_tree(Capture("https://a.example/", crowded))


@pytest.mark.parametrize("space", [b"", b" ", b"\n" * 100])
def test_such_a_tag_is_found_among_others_and_whatever_its_values_hold(space: bytes) -> None:
    paragraphs = b'<p class="it\'s one">It rained.</p>' * 2_000
    tag = b"<p " + b"".join(b"a%d=%s'<b>\"</b>' " % (n, space) for n in range(10_001)) + b">text"
    with pytest.raises(PageUnreadable, match="attributes"):
        page_tree(Capture("https://a.example/", paragraphs + tag + paragraphs))


def test_long_attributes_and_scripts_are_no_crowd() -> None:
    data = " ".join(f"x{n}=&quot;{n}&quot;" for n in range(20_000))
    page = f"<div data-all='{data}'>text</div><script>for (i=0;i<n.length;i++) {{a=1}}</script>"
    assert page_tree(Capture("https://a.example/", page.encode())).findtext(".//div") == "text"


@pytest.mark.parametrize(
    "mark", ["&#x1b;", "&#8;", "&#0;", "&#xFFFF;", "\uffff", "\x0b", "&#65534;"]
)
def test_what_xml_forbids_never_enters_the_tree(mark: str) -> None:
    page = f"<body>War{mark}<b>and</b>{mark} peace &#38;#27; &#8217;</body>"
    tree = page_tree(Capture("https://a.example/", page.encode()))
    text = tree.text_content()
    assert [word for word in text.split() if word.isalpha()][-1] == "peace"
    assert text.endswith("&#27; ’")
    tree.find(".//b").drop_tree()  # raised for text that XML forbids


def test_labels_that_are_no_web_encoding_are_ignored() -> None:
    for label in ("rot13", "base64", "idna", "utf-7", "unicode_escape", "x" * 1_000, "\0"):
        assert codec_name(label) == ""


def test_only_html_is_html() -> None:
    assert is_html(Capture("https://a.example/", b"<!DOCTYPE html><p>x"))
    assert is_html(Capture("https://a.example/", "<html>".encode("utf-16")))
    assert not is_html(Capture("https://a.example/", b"PK\x03\x04<html>"))
    assert not is_html(Capture("https://a.example/", b"plain text"))
