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


def test_page_wins_over_header_and_a_misfit_over_neither() -> None:
    page = f"<meta charset=windows-1251><p>{RUSSIAN}"
    assert text(page.encode("cp1251"), "utf-8") == page


def test_undeclared_encoding_is_detected() -> None:
    assert RUSSIAN in text(f"<p>{RUSSIAN * 5}</p>".encode("cp1251"))


def test_labelled_as_another_script_is_detected() -> None:
    page = f"<meta charset=utf-8><p>{JAPANESE * 3}"
    assert JAPANESE in text(page.encode("cp932"), "utf-8")


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
