"""Bytes become text by what they are; traps for parsers are gone or refused."""

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discovery.decoding import (
    GZIP_MAX_LAYERS,
    TAG_MAX_CHARS,
    html_text,
    root_name,
    to_text,
    unpack,
    xml_text,
)
from scraper.errors import ListingUnreadable

URL = "https://courier.example/feed"
NEWS = {
    "shift_jis": "首脳会談は港の再開で合意した。両国は夏までに航路を再開する。",
    "euc_jp": "首脳会談は港の再開で合意した。両国は夏までに航路を再開する。",
    "iso2022_jp": "首脳会談は港の再開で合意した。",
    "windows-1251": "Паромщики возвращаются к работе после девяти дней переговоров.",
    "koi8-r": "Паромщики возвращаются к работе после девяти дней переговоров.",
    "gb2312": "两国同意在夏季之前恢复航线。",
    "big5": "兩國同意在夏季之前恢復航線。",
    "euc-kr": "두 나라는 여름까지 항로를 다시 열기로 했다.",
    "windows-874": "ทั้งสองประเทศตกลงเปิดเส้นทางเดินเรืออีกครั้ง",
    "iso-8859-1": "Les marins reprennent le travail après neuf jours, à Évian.",
    "utf-8": "Straße, Ávila, 港, порт",
    "utf-16": "Straße, Ávila, 港, порт",
}
CODECS = {"windows-874": "cp874"}  # names of the web that Python does not know


@pytest.mark.parametrize("encoding", NEWS)
def test_declared_encodings_are_read(encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><rss>{NEWS[encoding]}</rss>'
    assert NEWS[encoding] in to_text(body.encode(CODECS.get(encoding, encoding)))


@pytest.mark.parametrize("encoding", [name for name in NEWS if name != "utf-16"])
def test_encodings_of_the_header_are_read(encoding: str) -> None:
    body = NEWS[encoding].encode(CODECS.get(encoding, encoding))
    assert to_text(body, charset=encoding) == NEWS[encoding]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read(encoding: str) -> None:
    assert to_text("<rss>港</rss>".encode(encoding)) == "<rss>港</rss>"


def test_utf_8_wins_over_what_is_claimed() -> None:
    body = '<?xml version="1.0" encoding="iso-8859-1"?><rss>港 порт</rss>'
    assert to_text(body.encode(), charset="windows-1252") == body


def test_wrongly_labelled_cyrillic_is_guessed() -> None:
    text = NEWS["windows-1251"] * 5
    assert to_text(text.encode("cp1251"), charset="utf-8") == text


def test_a_little_damage_and_a_cut_do_not_turn_utf_8_into_something_else() -> None:
    body = ("港の再開で合意した。" * 20).encode()
    assert to_text(body[:-1]).startswith("港の再開で合意した。")
    assert to_text(body[:30] + b"\xff" + body[30:]).startswith("港の再開で合意した。")


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "idna", "rot13", "hex", "\0", "x"])
def test_codecs_that_are_no_encodings_of_documents_are_not_asked(charset: str) -> None:
    assert to_text(b"<rss>\xe9t\xe9 +AGE- \\u0041</rss>" * 9, charset=charset).count("+AGE-") == 9


@given(st.binary(max_size=300), st.text(max_size=10))
def test_no_bytes_raise(body: bytes, charset: str) -> None:
    to_text(body, charset)
    html_text(body, 200, charset)
    try:
        text = xml_text(body, URL, 200, charset)
    except ListingUnreadable:
        return
    root_name(text)


def test_gzip_is_undone_twice_and_no_more() -> None:
    body = b"<urlset/>"
    packed = body
    for _ in range(GZIP_MAX_LAYERS):
        packed = gzip.compress(packed)
    assert unpack(packed, 1000) == body
    assert unpack(gzip.compress(packed), 1000).startswith(b"\x1f\x8b")


def test_a_gzip_bomb_yields_its_beginning() -> None:
    bomb = gzip.compress(b"a" * 50_000_000)
    assert unpack(bomb, 1_000_000) == b"a" * 1_000_000
    assert unpack(gzip.compress(bomb), 1_000_000) == b"a" * 1_000_000


def test_cut_and_damaged_gzip_yields_what_can_be_had() -> None:
    body = bytes(range(256)) * 2000
    packed = gzip.compress(body, 1)
    assert body.startswith(unpack(packed[: len(packed) // 2], 10**6))
    assert unpack(packed + b"junk", 10**6) == body
    assert unpack(b"\x1f\x8b nonsense", 100) == b""


def test_references_and_characters_that_xml_forbids_are_gone() -> None:
    body = b"<rss>a&#0;&#xD800;&#x110000;&#99999999999999;b\x00\x0b&#65;&#x41h&nbsp;&foo; & c</rss>"
    assert xml_text(body, URL, 1000) == "<rss>abAAh\xa0&amp;foo; &amp; c</rss>"


def test_cdata_keeps_its_text_as_it_is() -> None:
    body = b"<rss><![CDATA[a & b &nbsp; <br>]]>&</rss>"
    assert xml_text(body, URL, 1000) == "<rss><![CDATA[a & b &nbsp; <br>]]>&amp;</rss>"


@pytest.mark.parametrize(
    "prolog",
    [
        "\ufeff\r\n",
        "<br />\n<b>Warning</b>: foo() in /srv/x.php\n<?xml version='1.0'?>",
        "<?xml version='1.0'?><!-- <rss> --><?xml-stylesheet href='a.xsl'?>\n",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.9/x.dtd">',
    ],
)
def test_what_stands_before_a_document_is_removed(prolog: str) -> None:
    assert xml_text(f"{prolog}<rss>x</rss>".encode(), URL, 1000) == "<rss>x</rss>"


LAUGHS = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">'


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE rss [{LAUGHS}]>",
        f"<!doctype rss [{LAUGHS}]>",
        f"<!-- <rss> --><!DOCTYPE rss [{LAUGHS}]>",
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "a>b" [<!ENTITY % p SYSTEM "http://127.0.0.9/">%p;]>',
        "<!DOCTYPE rss " + "a" * 5000 + ">",
        "<!DOCTYPE rss",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_with_entities_are_refused(doctype: str, encoding: str) -> None:
    body = f"<?xml version='1.0'?>{doctype}<rss>&c;</rss>".encode(encoding)
    with pytest.raises(ListingUnreadable, match="declares entities"):
        xml_text(body, URL, 10**5)


def test_tags_are_cut() -> None:
    tag = "<a " + "x=1 " * 10_000 + "href='/b'>"
    assert len(html_text(tag.encode(), 10**6)) < TAG_MAX_CHARS + 10


@pytest.mark.parametrize("unit", ["&", "<", "<!--", "<?", "<![CDATA[", "<!DOCTYPE a>", "'\"", " "])
def test_a_million_of_anything_takes_little_time(unit: str) -> None:
    began = time.process_time()
    for head in ("", "<rss>", "<!DOCTYPE rss "):
        try:
            xml_text((head + unit * (1_000_000 // len(unit))).encode(), URL, 10**6)
        except ListingUnreadable:
            continue
    assert time.process_time() - began < 5
