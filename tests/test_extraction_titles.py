"""The headline a reader sees, told from the site's name, kickers and titles for search engines."""

import json
import time
from typing import Any

import pytest

from scraper.extraction.page import read_page
from scraper.extraction.title.site_names import site_keys, without_site
from scraper.extraction.title.titles import find_title
from scraper.records import Capture, Hints

URL = "https://www.dalepost.example/world/a-story"


def title(head: str = "", body: str = "", **linked: Any) -> str:
    if linked:
        data = json.dumps({"@type": "NewsArticle", **linked})
        head += f'<script type="application/ld+json">{data}</script>'
    html = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return find_title(read_page(Capture(URL, html.encode()), Hints()))[0]


def og(text: str, site: str = "") -> str:
    named = f'<meta property="og:site_name" content="{site}">' if site else ""
    return f'<meta property="og:title" content="{text}">{named}'


@pytest.mark.parametrize(
    ("printed", "headline", "site"),
    [
        ("川の水位が下がる：青浜新聞", "川の水位が下がる", ""),
        ("川の水位が下がる : 青浜新聞オンライン", "川の水位が下がる", "青浜新聞"),
        ("川の水位が五年ぶりに下がる｜青浜日報", "川の水位が五年ぶりに下がる", ""),
        ("川の水位が五年ぶりに下がる | 国際 | 青浜ニュース", "川の水位が五年ぶりに下がる", ""),
        ("川の水位が下がる（青浜新聞） - 港ニュース", "川の水位が下がる", "港ニュース"),
        ("大河水位五年来首次下降--国际--林海网", "大河水位五年来首次下降", ""),
        ("大河水位五年来首次下降_林海新闻", "大河水位五年来首次下降", ""),
        ("大河水位五年来首次下降-林海网", "大河水位五年来首次下降", ""),
        ("大河水位下降_全球_林海新闻-The Forest", "大河水位下降", "林海新闻"),
        ("강 수위 5년 만에 하락-정치ㅣ하늘일보", "강 수위 5년 만에 하락", "하늘일보"),
        ("강 수위 5년 만에 하락 :: 하늘통신 ::", "강 수위 5년 만에 하락", "하늘통신"),
        ("강 수위 5년 만에 하락 : 국제 : 뉴스 : 하늘", "강 수위 5년 만에 하락", "하늘"),
        (
            "강 수위 5년 만에 하락 &lt; 사회 &lt; 본문 - 하늘뉴스",
            "강 수위 5년 만에 하락",
            "하늘뉴스",
        ),
        ("ระดับน้ำแม่น้ำลดลงครั้งแรกในรอบห้าปี - ข่าวทะเล", "ระดับน้ำแม่น้ำลดลงครั้งแรกในรอบห้าปี", ""),
        (
            "انخفاض منسوب النهر للمرة الأولى | أخبار | المرسى",
            "انخفاض منسوب النهر للمرة الأولى",
            "المرسى",
        ),
        ("صدى المرسى - انخفاض منسوب النهر", "انخفاض منسوب النهر", "صدى المرسى"),
        ("کاهش سطح آب رودخانه در پنج سال - خبرگزاری کوهسار", "کاهش سطح آب رودخانه در پنج سال", ""),
        (
            "पाँच साल में पहली बार नदी का जलस्तर घटा - BBD News हिंदी",
            "पाँच साल में पहली बार नदी का जलस्तर घटा",
            "",
        ),
        ("পাঁচ বছরে প্রথমবার নদীর পানি কমল | নদীর আলো", "পাঁচ বছরে প্রথমবার নদীর পানি কমল", ""),
        ("Уровень реки снизился: Политика: Мир: Veter", "Уровень реки снизился", "Veter"),
        ("Уровень реки снизился - Вести реки, 24.02.2026", "Уровень реки снизился", "Вести реки"),
        ("Уровень реки снизился :: Политика :: ВБК", "Уровень реки снизился", "ВБК"),
        ("Рівень річки знизився — РІЧКА", "Рівень річки знизився", "Річка"),
        ("Η στάθμη του ποταμού έπεσε ξανά - ΤΑ ΠΟΤΑΜΙΑ ΝΕΑ", "Η στάθμη του ποταμού έπεσε ξανά", ""),
        ("Rain returns to Dale - World - Dale Post", "Rain returns to Dale", "Dale Post"),
        ("Rain returns to Dale | dalepost.example", "Rain returns to Dale", ""),
    ],
)
def test_site_and_sections_are_cut_behind_every_separator(
    printed: str, headline: str, site: str
) -> None:
    assert title(f"<title>{printed}</title>" + og(printed, site)) == headline
    assert title(og(printed, site), f"<h1>{headline}</h1>") == headline


@pytest.mark.parametrize(
    "headline",
    [
        "Rain returns – “Too late for us”",
        "War in Dale: what we know",
        "Spider-Man returns to Broadway",
        "Explainer - why the rain came late",
        "Live | Rain and floods in Dale",
        "Dale 2 - 1 Hill: late goal wins it",
        "雨が戻る――農家「遅すぎた」",
        "専門家：雨は続く",
        "Дождь вернулся — «слишком поздно»",
        "احتجاجات في الوادي: ماذا نعرف",
        '장마 시작…농민들 "너무 늦었다"',
    ],
)
def test_headline_keeps_its_own_dashes_colons_and_bars(headline: str) -> None:
    escaped = headline.replace('"', "&quot;")
    assert title(og(escaped) + f"<title>{escaped}</title>", f"<h1>{headline}</h1>") == headline
    assert title("", f"<h1>{headline}</h1>", headline=headline) == headline


@pytest.mark.parametrize(
    "headline",
    [
        "Budget vote passes in parliament | What we know",
        "Rain is back after the drought in Dale | Good news",
        "Rain is back after the drought in Dale - good news",
        "The road is closed to lorries again – radio silence",
        "Regen nach der langen Dürre im Tal | Was wir wissen",
        "La lluvia vuelve al valle tras la sequía | Las claves",
        "La pluie revient dans la vallée - bonnes nouvelles",
        "Дождь вернулся в долину после засухи | Что известно",
        "Дождь вернулся в долину - хорошие новости",
        "Η βροχή γύρισε στην κοιλάδα - τα καλά νέα",
        "강 수위 5년 만에 다시 하락했다 - 지역 경제",
        "장마가 다시 시작된 골짜기에 비 - 매일",
        "عاد المطر إلى الوادي بعد الجفاف | ماذا نعرف",
        "घाटी में सूखे के बाद बारिश लौट आई - अच्छी खबर",
        "干旱之后山谷再次下雨农民高兴 | 为何现在",
        "Dale: now | The Fell Post",
    ],
)
def test_last_piece_that_nobody_names_stays_unless_it_is_an_outlets(headline: str) -> None:
    assert title(og(headline) + f"<title>{headline}</title>") == headline


@pytest.mark.parametrize(
    "name", ["Fell Post", "The Fell Daily", "Radio Fell", "fellpost.example", "FELL NEWS"]
)
def test_last_piece_that_is_an_outlets_goes_though_nobody_names_it(name: str) -> None:
    printed = f"Rain is back after the drought in Dale | {name}"
    assert (
        title(og(printed) + f"<title>{printed}</title>") == "Rain is back after the drought in Dale"
    )


def test_names_are_taken_from_every_place_that_tells_them() -> None:
    data = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "Rain", "publisher": {"@id": "#org"}},
            {"@type": "Organization", "@id": "#org", "name": "Dale Press", "alternateName": "DP"},
        ]
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
        '<meta name="application-name" content="Dale App"><meta name="twitter:site" content="@dale">'
    )
    page = read_page(Capture(URL, f"<head>{head}</head>".encode()), Hints(site_name="Dale Post"))
    assert {"dalepress", "dp", "daleapp", "dale", "dalepost", "dalepostexample"} <= site_keys(page)


def test_outlet_quoted_in_front_stays() -> None:
    sites = frozenset({"dalepost"})
    assert without_site("Dale Post: minister resigns", sites) == "Dale Post: minister resigns"
    assert without_site("Dale Post | Minister resigns", sites) == "Minister resigns"


def test_section_heading_does_not_cut_a_headline_that_begins_with_it() -> None:
    body = "<h1>World</h1><h1>World - leaders meet in Dale for talks</h1>"
    text = "World - leaders meet in Dale for talks"
    assert title(og(text), body) == text


@pytest.mark.parametrize(
    ("heading", "seen"),
    [
        ("<ruby>青浜<rt>あおはま</rt></ruby>の雨が戻った", "青浜の雨が戻った"),
        ("<span class='badge live-label'>LIVE</span> Rain returns to Dale", "Rain returns to Dale"),
        ("Rain returns to Dale <span class=comment-count>14</span>", "Rain returns to Dale"),
        ("<span class=kicker>Weather</span>Rain returns to Dale", "Rain returns to Dale"),
        ("Rain <span class=sr-only>Headline:</span>returns to Dale", "Rain returns to Dale"),
        ("Rain returns to Dale<span style='display: none'>x</span>", "Rain returns to Dale"),
        ("Rain re&shy;turns to&nbsp;Dale", "Rain returns to Dale"),
        ("Rain &amp;amp; snow return to Dale", "Rain & snow return to Dale"),
        ("<div>Rain returns</div><div>to Dale</div>", "Rain returns to Dale"),
        ("<span>Rain returns<br>to Dale</span>", "Rain returns to Dale"),
        ("Rain returns to Dale<button>Save</button>", "Rain returns to Dale"),
    ],
)
def test_heading_is_read_as_shown(heading: str, seen: str) -> None:
    assert title(body=f"<h1>{heading}</h1>") == seen


def test_mark_between_kicker_and_headline_is_the_one_that_is_printed() -> None:
    kicked = "Floods in Dale: two ministers resign"
    body = "<h1><span>Floods in Dale</span> <span>two ministers resign</span></h1>"
    assert title(og(kicked), body, headline=kicked) == kicked


@pytest.mark.parametrize(
    "box",
    [
        "<h2 class=article-title>{}</h2>",
        "<div role=heading aria-level=1>{}</div>",
        "<span itemprop=headline>{}</span>",
        "<div class='news_headline'>{}</div>",
        "<td class=tit>{}</td>",
    ],
)
def test_headline_of_a_page_without_a_usable_h1(box: str) -> None:
    shown = box.format("Rain returns – too late")
    head = "<title>Rain returns – too late – Extra – Dale</title>"
    assert title(head, f"<h1>Dale Post</h1><table>{shown}</table>") == "Rain returns – too late"


def test_heading_that_has_nothing_to_do_with_the_page_is_passed_over() -> None:
    head = "<title>Rain returns to Dale | Dale Post</title>"
    assert title(head, "<h1>Log in here</h1>") == "Rain returns to Dale"
    body = "<h1>Log in here</h1><h1>Rain returns to Dale at long last</h1>"
    assert title(head, body) == "Rain returns to Dale at long last"


def test_title_for_search_engines_gives_way_to_the_visible_headline() -> None:
    search = "Dale weather: rain forecast, radar and warnings for Dale"
    head = og(search) + f"<title>{search}</title>"
    shown = "After a dry spring the rain has come back, too late for most"
    head += '<meta name="description" content="After a dry spring rain fell. Too late for most.">'
    assert title(head, f"<h1>{shown}</h1>", headline=search) == shown


def test_hardly_different_wording_of_three_places_stays() -> None:
    long, short = "Dale's farmers say rain came too late", "Dale farmers say rain came too late"
    head = og(long) + f"<title>{long}</title>"
    assert title(head, f"<h1>{short}</h1>", headline=long) == long


def test_headline_cut_to_a_length_gives_way_to_the_whole() -> None:
    whole = "Rain returns to Dale after the driest spring in a hundred years"
    cut = "Rain returns to Dale after the driest…"
    assert title(og(cut), f"<h1>{whole}</h1>", headline=cut) == whole


def test_title_worded_for_sharing_counts_unless_a_template_filled_it() -> None:
    shown, worded = "Rain returns to Dale", "“Too late for us”: farmers on the rain"
    told = f"<title>{shown} | Dale Post</title>"
    page = f"<h1>{shown}</h1>"
    assert title(told + og(worded), page, headline=shown) == worded
    named = og(f"{worded} | Dale Post", "Dale Post")
    assert title(told + named, page, headline=shown) == shown
    repeated = f"<title>{worded} | Dale Post</title>" + og(worded)
    assert title(repeated, page, headline=shown) == shown
    assert title(told + og("Dale rain: live radar 2026"), page) != ""


def test_outside_latin_script_the_heading_counts_whatever_the_head_agrees_on() -> None:
    shown, other = (
        "Паром вернулся на реку после пяти лет",
        "Расписание парома: время, цены и билеты",
    )
    heading = (
        f"<h1>{shown}</h1><p>Паром, вернувшийся на реку после пяти лет, ходит дважды в день.</p>"
    )
    for document in (shown, other, "Паром, река и люди"):
        told = f"<title>{document}</title>" + og(other)
        assert title(told, heading, headline=other) == shown
        assert title(told, heading) == shown
    assert title(f"<title>{shown}</title>" + og(other), heading, headline=shown) == shown


def test_paragraphs_below_vouch_for_a_heading_that_the_head_words_otherwise() -> None:
    search = "Kettle recall: full list of models and how to get a refund"
    shown = "It sang, then it spat sparks: families' fury"
    text = "<p>Families have told of their fury. It sang, then it spat sparks, one said.</p>"
    head = og(search) + f"<title>{search}</title>"
    assert title(head, f"<h1>{shown}</h1>{text}", headline=search) == shown
    assert title(head, f"<h1>Sign up for our evening letter</h1>{text}", headline=search) == search


def test_heading_that_repeats_the_title_comes_before_one_with_controls_in_it() -> None:
    heading = "<h1>大河水位首次下降 <em>字体：小中大</em></h1><h1>大河水位首次下降</h1>"
    assert title("<title>大河水位首次下降-林海网</title>", heading) == "大河水位首次下降"


def test_name_in_front_is_cut_where_a_bar_tells_it() -> None:
    assert title("<title>青浜新報_川の水位が下がる</title>") == "川の水位が下がる"
    assert title("<title>東海早報 :: 河流水位下降</title>") == "河流水位下降"


def test_title_in_another_script_is_no_headline() -> None:
    head = og("Dale rain news and radar today") + "<title>デールに雨が戻る</title>"
    assert (
        title(head, "<h1>デールに雨が戻る</h1>", headline="デールに雨が戻る") == "デールに雨が戻る"
    )


@pytest.mark.parametrize(
    "text", ["- " * 20_000, "a | " * 20_000, "（" * 50_000, " : " * 20_000, "[x" * 30_000]
)
def test_hostile_titles_are_read_soon(text: str) -> None:
    begun = time.process_time()
    title(og(text) + f"<title>{text}</title>", f"<h1>{text}</h1>")
    assert time.process_time() - begun < 1
