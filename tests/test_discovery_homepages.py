"""Home pages of invented outlets in real markup: who they are, and where they lead."""

import json
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from babel import Locale

from scraper.discovery.countries import COUNTRIES, file_stem, zones_of
from scraper.discovery.homepages import HomePage, Link, is_world, read_homepage
from scraper.discovery.mastheads import best_name
from scraper.discovery.places import LANGUAGE_ALONE, country_claims, doubts_of, timezone_of
from scraper.discovery.world_words import WORLD_WORDS, plain_word, world_words
from scraper.errors import ListingUnreadable

RSS = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'


def page(lang: str, head: str, nav: dict[str, str], more: str = "") -> str:
    links = "".join(f'<li><a href="{href}">{text}</a></li>' for text, href in nav.items())
    lang = f' lang="{lang}"' if lang else ""
    return (
        f'<!DOCTYPE html><html{lang}><head><meta charset="utf-8">{head}</head><body><header>'
        f"<nav><ul>{links}</ul></nav></header><main>{more}</main></body></html>"
    )


def read(markup: str, url: str = "https://www.post.example/") -> HomePage:
    return read_homepage(markup.encode(), url)


def data(**facts: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(facts)}</script>'


OUTLETS = {
    "ja": (
        page(
            "ja",
            "<title>潮音日報：潮音日報社のニュースサイト</title>"
            '<meta property="og:site_name" content="潮音日報デジタル">'
            + RSS.format("RSS", "/rss/index.rdf"),
            {"社会": "/national/", "国際": "/international/?iref=nav", "スポーツ": "/sports/"},
        ),
        "https://www.shionippo.jp/",
        ("潮音日報デジタル", "ja", "JP", "https://www.shionippo.jp/international/"),
    ),
    "ar": (
        page(
            "ar",
            "<title>المنارة | الصفحة الرئيسية</title>"
            + data(
                **{
                    "@context": "https://schema.org",
                    "@type": "NewsMediaOrganization",
                    "name": "صحيفة المنارة",
                    "address": {"@type": "PostalAddress", "addressCountry": "EG"},
                }
            ),
            {"محليات": "/local", "العالم": "/alalam", "رياضة": "/sports"},
        ),
        "https://www.manara.example/",
        ("صحيفة المنارة", "ar", "EG", "https://www.manara.example/alalam"),
    ),
    "de": (
        page(
            "de-AT",
            "<title>Startseite - Donaubote</title>"
            + '<meta name="application-name" content="Donaubote">',
            {"Inland": "/inland", "Ausland": "/ausland", "Sport": "/sport/welt"},
        ),
        "https://donaubote.example/",
        ("Donaubote", "de", "AT", "https://donaubote.example/ausland"),
    ),
    "pt": (
        page(
            "pt-BR",
            "<title>Folha do Cais – Notícias</title>",
            {"Brasil": "/brasil/", "Mundo": "/mundo/", "Copa do Mundo": "/esporte/copa-do-mundo/"},
        ),
        "https://www.folhadocais.com.br/",
        ("Folha do Cais", "pt", "BR", "https://www.folhadocais.com.br/mundo/"),
    ),
    "th": (
        page(
            "th",
            '<title>ทะเลนิวส์ : ข่าววันนี้</title><meta property="og:site_name" content="ทะเลนิวส์">',
            {"การเมือง": "/politics", "ต่างประเทศ": "/news/17", "กีฬา": "/sport"},
        ),
        "https://www.talay.example/",
        ("ทะเลนิวส์", "th", "TH", "https://www.talay.example/news/17"),
    ),
    "fa": (
        page(
            "fa-IR",
            '<title>بندر آنلاین</title><meta property="og:site_name" content="بندر آنلاین">',
            {"سیاسی": "/service/Politics", "بین‌الملل": "/service/5"},
        ),
        "https://www.bandar.example/",
        ("بندر آنلاین", "fa", "IR", "https://www.bandar.example/service/5"),
    ),
    "vi": (
        page(
            "vi",
            '<title>Báo Bến Cảng</title><meta property="og:locale" content="vi_VN">',
            {"Thời sự": "/thoi-su.htm", "Thế giới": "/the-gioi.htm", "Bóng đá": "/bong-da.htm"},
        ),
        "https://bencang.example/",
        ("Báo Bến Cảng", "vi", "VN", "https://bencang.example/the-gioi.htm"),
    ),
    "zh": (
        page(
            "zh-TW",
            "<title>港灣日報 | 首頁</title>",
            {"政治": "/news/1", "國際": "/list/aopl.aspx", "運動": "/news/3"},
        ),
        "https://www.harbourdaily.com.tw/",
        ("港灣日報", "zh-Hant", "TW", "https://www.harbourdaily.com.tw/list/aopl.aspx"),
    ),
    "uk": (
        page(
            "uk",
            '<title>Вечірній причал — новини</title><meta property="og:site_name" content="Вечірній причал">',
            {"Політика": "/politics", "Світ": "/rubric-9", "Спорт": "/sport"},
        ),
        "https://prychal.example/",
        ("Вечірній причал", "uk", "UA", "https://prychal.example/rubric-9"),
    ),
}


@pytest.mark.parametrize(("markup", "url", "facts"), OUTLETS.values(), ids=OUTLETS)
def test_a_home_page_tells_who_it_is_and_its_world_section(
    markup: str, url: str, facts: tuple[str, str, str, str]
) -> None:
    home = read(markup, url)
    name, language, country, world = facts
    assert best_name(home.masthead, home.logos) == name
    assert home.masthead.languages[0] == language
    assert country_claims(url, home.masthead)[0].country == country
    assert home.worlds[0].url == world


def test_the_name_in_a_title_is_the_part_that_is_heard_elsewhere() -> None:
    home = read(page("ja", "<title>ホーム | 潮騒新報</title>", {}))
    assert best_name(home.masthead, ["潮騒新報 RSS", "世界"]) == "潮騒新報"


def test_a_host_name_is_no_name_and_a_latin_one_gives_way_to_the_title_s_script() -> None:
    head = (
        "<title>Вечерний причал - новости</title>"
        '<meta property="og:site_name" content="www.prichal.example">'
        '<meta name="application-name" content="Prichal">'
        + data(**{"@type": "WebSite", "name": "Вечерний причал"})
    )
    assert read(page("ru", head, {})).masthead.names == ("Вечерний причал", "Prichal")


def test_feeds_are_those_declared_without_comments_and_links_that_speak_of_rss() -> None:
    head = (
        "<title>Post</title>"
        + RSS.format("Post", "/feed/")
        + RSS.format("Post - Comments", "/comments/feed/")
        + '<link rel="alternate" type="application/json+oembed" href="/oembed">'
        + '<link rel="alternate" hreflang="de" href="/de/">'
        + '<link rel="alternate" type="application/feed+json" href="https://cdn.example/feed.json">'
    )
    home = read(
        page("en", head, {"RSS": "/services/12", "World": "/world", "XML": "/world/rss.xml"})
    )
    assert [link.url for link in home.feeds] == [
        "https://www.post.example/feed/",
        "https://cdn.example/feed.json",
    ]
    assert [link.url for link in home.feed_links] == [
        "https://www.post.example/services/12",
        "https://www.post.example/world/rss.xml",
    ]


@pytest.mark.parametrize(
    ("url", "text", "language", "expected"),
    [
        ("https://a.example/rss/internacional.xml", "", "es", True),
        ("https://a.example/feed?cat=world", "", "en", True),
        ("https://a.example/rss/6.xml", "NYT > World News", "en", True),
        ("https://a.example/rss/6.xml", "조각일보 | 국제", "ko", True),
        ("https://a.example/ausland/index~rss2.xml", "", "de", True),
        ("https://a.example/rss/all.xml", "Die Welt von morgen", "de", False),
        ("https://a.example/rss/sport.xml", "World Cup", "en", False),
        ("https://world.example/rss.xml", "The Post", "en", False),
    ],
)
def test_a_feed_of_world_news_is_known_by_name_or_address(
    url: str, text: str, language: str, expected: bool
) -> None:
    assert is_world(Link(url, text), (language,)) is expected


def test_articles_about_the_world_are_no_sections() -> None:
    home = read(
        page(
            "en",
            "<title>Post</title>",
            {"World": "/news/world"},
            '<a href="/world/2026/03/04/talks-resume-in-the-old-harbour">World</a>'
            '<a href="https://elsewhere.example/world">World</a>',
        )
    )
    assert home.worlds[0].url == "https://www.post.example/news/world"
    assert "https://elsewhere.example/world" not in {link.url for link in home.worlds}


def test_default_locales_of_publishing_systems_tell_no_country() -> None:
    home = read(page("en-US", '<title>Post</title><meta property="og:locale" content="en_US">', {}))
    assert country_claims("https://post.example.com/", home.masthead) == ()


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.post.co.ke/", "KE"),
        ("https://post.tv/", None),
        ("https://post.co/", None),
        ("https://www.post.com.co/", "CO"),
        ("https://post.io/", None),
        ("http://127.0.0.1:8000/", None),
    ],
)
def test_domains_tell_the_country_unless_they_are_sold(url: str, country: str | None) -> None:
    claims = country_claims(url, read(page("en", "<title>Post</title>", {}), url).masthead)
    assert (claims[0].country if claims else None) == country


def test_a_country_by_language_alone_and_a_contradiction_are_doubts() -> None:
    alone = country_claims("https://post.com/", read(page("ja", "<title>P</title>", {})).masthead)
    assert alone[0].source == LANGUAGE_ALONE
    assert doubts_of(alone) == ["the country is told by its language alone"]
    head = "<title>P</title>" + data(**{"address": {"addressCountry": "United Kingdom"}})
    both = country_claims(
        "https://post.in/", read(page("en", head, {}), "https://post.in/").masthead
    )
    assert doubts_of(both) == [
        "its domain says India, the address in its JSON-LD the United Kingdom"
    ]


def test_the_clock_is_the_country_s_or_the_one_its_offsets_tell() -> None:
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    perth = noon.astimezone(timezone(timedelta(hours=8)))
    assert timezone_of("JP", []) == ("Asia/Tokyo", "")
    assert timezone_of("AU", [perth, perth, None]) == ("Australia/Perth", "")
    zone, doubt = timezone_of("AU", [noon])
    assert (zone, "capital" in doubt) == ("Australia/Sydney", True)


def test_tables_hold_codes_that_exist() -> None:
    english = Locale("en")
    assert set(COUNTRIES) <= set(english.territories)
    assert all(zones_of(code) and file_stem(code).isidentifier() for code in COUNTRIES)
    assert len({file_stem(code) for code in COUNTRIES}) == len(COUNTRIES)
    assert len(WORLD_WORDS) >= 60
    assert set(WORLD_WORDS) <= set(english.languages)
    for words in WORLD_WORDS.values():
        assert all(plain_word(word) for word in words)
    assert "國際" in world_words(("zh-Hant",))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x89PNG\r\n\x1a\n<<<<\x00\x00",
        b'{"a": 1}',
        b"plain words only",
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>',
    ],
    ids=["empty", "picture", "json", "text", "feed"],
)
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(ListingUnreadable):
        read_homepage(body, "https://post.example/")


def test_hostile_pages_cost_little() -> None:
    nested = '<script type="application/ld+json">' + "[" * 50_000 + "]" * 50_000 + "</script>"
    wide = data(**{"@graph": [{"@type": "WebSite", "name": f"N{n}"} for n in range(50_000)]})
    links = "".join(f'<a href="/world/{n}">World</a>' for n in range(60_000))
    metas = '<meta name="a" content="b">' * 20_000
    began = time.process_time()
    home = read(page("en", f"<title>{'x ' * 100_000}</title>{metas}{nested}{wide}", {}, links))
    assert time.process_time() - began < 8
    assert len(home.worlds) <= 40
    assert all(len(part) <= 80 for part in home.masthead.titles)


def test_an_outlet_named_after_the_world_is_not_taken_for_its_section() -> None:
    head = '<title>El Mundo</title><meta property="og:site_name" content="El Mundo">'
    home = read(page("es", head, {"El Mundo": "/portada", "Internacional": "/internacional"}))
    assert [link.url for link in home.worlds] == ["https://www.post.example/internacional"]
    assert not is_world(Link("https://a.example/rss/1", "El Mundo"), ("es",), ("El Mundo",))
    assert is_world(Link("https://a.example/rss/1", "El Mundo"), ("es",), ("La Nación",))
