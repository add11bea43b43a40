"""What stands amid, before and behind the text of an article in many languages, and goes."""

import json

import pytest
from lxml.html import fromstring

from scraper.extraction.page import read_page
from scraper.extraction.text.body import find_body
from scraper.extraction.text.linked_boxes import remove_linked, remove_pointers
from scraper.extraction.text.standfirst import find_standfirst
from scraper.extraction.text.state_elements import element_texts
from scraper.records import Capture, Hints

FIRST = "The ministers met on Monday and agreed to meet again next week, officials said."
SECOND = "It was the third round of talks since the winter, and the first without guards."
THIRD = "The road over the pass has been closed to lorries for as long as anyone remembers."
TITLE = "Talks on the road are to go on"


def body(html: str, *authors: str) -> list[str]:
    text = f"<html><body><article><h1>{TITLE}</h1>{html}</article></body></html>"
    page = read_page(Capture("https://a.example/b", text.encode()), Hints())
    return find_body(page, (TITLE, ", ".join(authors), *authors, "")).text.split("\n\n")


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "amid",
    [
        "<p>Διαβάστε σχετικά <a href=/1>Ο χειμώνας ήταν μακρύς, λένε οι βοσκοί</a></p>",
        "<p><b>কী ভাবছেন: </b><a href=/1>শীত দীর্ঘ ছিল, বলছেন মেষপালকেরা</a></p>",
        "<p>こちらの記事も　<a href=/1>冬は長かったと羊飼いたち</a></p>",
        "<p>Zobacz: <a href=/1>Zima była długa, mówią pasterze z doliny</a></p>",
        "<div class=x7><img src=t.jpg><a href=/1>Зима была долгой, говорят пастухи</a><span>Далее</span></div>",
        "<div class=q1><h4>לא לפספס</h4><ul><li><a href=/1>החורף היה ארוך, אומרים הרועים</a></li></ul></div>",
        "<h4>همین حالا</h4><ul><li><a href=/1>زمستان دراز بود، چوپانان می‌گویند</a></li></ul>",
        "<p><img src=a.jpg></p><p style='text-align: center'>قاعة الاجتماعات قبل المحادثات.</p>",
        "<p><img src=a.jpg></p><p>회담이 열린 방</p>",
        "<p><i class=c3><img src=a.jpg><em>会谈前的大厅</em></i></p>",
        "<div class=f9><img src=a.jpg><p>ห้องประชุมก่อนการเจรจา</p></div>",
        "<table><tr><td><img src=a.jpg></td></tr><tr><td>The hall, before the talks.</td></tr></table>",
        "<p>Der Saal vor den Gesprächen ist leer. Foto: Bo Vik</p>",
        "<p>Зал переговоров. Архивное фото</p>",
        "<section><a href='#e1'>سرخط‌ها</a><p id=e1>پایان سرخط‌ها</p></section>",
        "<p>Подписывайтесь на наш канал в Телеграме, чтобы не пропустить новости.</p>",
        "<p>हमारे व्हाट्सएप चैनल से जुड़ें और खबरें पाएं।</p>",
        "<p>ติดตามข่าวอื่นได้ทาง LINE @dale</p>",
    ],
)
def test_what_leads_elsewhere_or_stands_under_a_picture_goes(amid: str) -> None:
    assert body(p(FIRST, SECOND) + amid + p(THIRD)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "before",
    [
        "<ul><li>讚</li><li>留言</li><li>列印</li></ul>",
        "<ul><li>नई दिल्ली,</li><li>11 मार्च 2026,</li></ul>",
        "<p>1204</p>",
        "<p>配信</p>",
        "<p>Dale Post (ändert 3/4 20:11) 922 ord</p>",
    ],
)
def test_labels_before_the_text_go(before: str) -> None:
    assert body(before + p(FIRST, SECOND, THIRD)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "behind",
    [
        "<h3>Τι λέτε κι εσείς;</h3>",
        "<p>تعليقات القراء</p>",
        "<p>訂閱電子報，掌握全球大事</p>",
        "<p>記事の一覧に戻る</p>",
        "<p>※投稿は個人の見解です。</p>",
        "<p>Bo Vik reports on the north and its roads, and lives beside one of them.</p>",
        "<p><i>(This story was not edited by our staff and comes from a feed of an agency.)</i></p>",
        "<h3>Quellen:</h3><ul><li>Ministerium der Straßen</li><li>Eigene Recherchen</li></ul>",
        "<p>Поддержите редакцию, если вам понравилась статья.</p>",
        "<p><em>Бо Вик, «Долина»</em></p>",
        "<p>Редакция «Долины»</p>",
        "<p>देश की खबरें पढ़ने के लिए Dale App डाउनलोड करें।</p>",
        "<p>Скачайте приложение «Долины» для телефона.</p>",
        "<p>ร่วมบริจาคเงิน สนับสนุน หุบเขา โอนเงิน ธนาคารหุบเขา 000-0-00000-0 &quot;มูลนิธิหุบเขา&quot;</p>",
        "<p>Notice: The content above (pictures included) is uploaded by a user of Dale.</p>",
    ],
)
def test_remainders_behind_the_text_go(behind: str) -> None:
    assert body(p(FIRST, SECOND, THIRD) + behind, "Bo Vik") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "last",
    [
        "(This story has been corrected to say how long the road over the pass is)",
        "(The lorries had waited since May, and their drivers with them, for the road to be opened.)",
        "Correction: an earlier version gave the wrong length of the road",
        "※記事の一部を修正しました",
        "【訂正】道の長さを改めました",
        "Исправлено: в тексте указана верная длина дороги",
        "“We will wait”",
        "»Wir warten«",
        "「待ちます」",
        "And if it snows?",
        "道よ、さらば！",
        "Τι θα γίνει μετά;",
        "Dale 2-1 Fell",
        "ตำรวจกำลังสืบสวนหาสาเหตุต่อไป",
        "လမ်းပိတ်ထားသည်။",
        "सड़क बंद है।",
        "সড়ক বন্ধ।",
        "سڑک بند ہے۔",
        "Ճանապարհը փակ է։",
        "መንገዱ ተዘግቷል።",
        "ផ្លូវត្រូវបានបិទ។",
        "Бо Вик, режиссер фильма «Долина»",
        "सबसे पहले प्ले स्टोर से Dale App डाउनलोड करें।",
    ],
)
def test_last_line_of_the_text_stays_however_short(last: str) -> None:
    assert body(p(FIRST, SECOND, THIRD, last)) == [FIRST, SECOND, THIRD, last]


def test_sentence_that_begins_as_a_pointer_goes_where_it_is_a_link() -> None:
    said = "Recommended: the winter was long, so the shepherds of the valley say."
    link = said.replace("the winter", "<a href=/1>the winter", 1) + "</a>"
    assert body(p(FIRST, SECOND, said, THIRD)) == [FIRST, SECOND, said, THIRD]
    assert body(p(FIRST, SECOND, link, THIRD)) == [FIRST, SECOND, THIRD]


def test_state_of_a_template_behind_the_text_goes() -> None:
    pairs = "showPaywall", "isSubscriber", "isPaid"
    state = "".join(f"<div><dt>{name}:</dt><dd>false</dd></div>" for name in pairs)
    assert body(p(FIRST, SECOND, THIRD) + f"<dl>{state}</dl>") == [FIRST, SECOND, THIRD]


def test_enumeration_without_marks_behind_the_text_stays() -> None:
    dates = ["May 5 – Dale, Town Hall", "May 6 – Fell, Arena", "May 9 – Pass", "May 10 – Lake"]
    assert body(p(FIRST, SECOND, *dates)) == [FIRST, SECOND, *dates]


def test_list_of_short_items_amid_the_text_stays() -> None:
    html = p(FIRST) + "<ul><li>Milk</li><li>Salt</li></ul>" + p(SECOND)
    assert body(html) == [FIRST, "- Milk", "- Salt", SECOND]


def test_sentence_that_begins_as_the_headline_does_stays() -> None:
    first = f"{TITLE}, and the lorries wait: so the ministers said on Monday."
    assert body(p(first, SECOND, THIRD)) == [first, SECOND, THIRD]


def test_block_right_under_the_headline_is_the_standfirst() -> None:
    deck = "Ministers say a road of nine miles – and the lorries on it – could wait"
    assert body(f"<p>{deck}</p>" + p(FIRST, SECOND)) == [deck, FIRST, SECOND]


@pytest.mark.parametrize("tag", ["p", "div", "h4"])
def test_line_between_headline_and_byline_is_the_standfirst_whatever_its_name(tag: str) -> None:
    decks = "Ministers say that a road of nine miles could wait", "Lorries go by the lake instead"
    for said in (decks[:1], decks):
        block = f"<{tag} class=q7>{'<br>'.join(said)}</{tag}><div class=byln>By Bo Vik</div>"
        assert body(block + p(FIRST, SECOND), "Bo Vik") == [*said, FIRST, SECOND]


def test_sentence_with_a_time_of_day_is_a_standfirst_and_a_stamp_is_none() -> None:
    deck = "The first lorry went over the pass at 22:15 and by midnight there were nine."
    stamp = "First published on the 3rd of May at 22:15 by the desk in Dale"
    assert body(f"<div>{deck}</div>" + p(FIRST, SECOND)) == [deck, FIRST, SECOND]
    tree = fromstring(f"<body><h1>{TITLE}</h1><div>{stamp}</div>{p(FIRST, SECOND)}</body>")
    assert find_standfirst(tree, TITLE, [], [FIRST, SECOND]) == []


def test_box_of_two_lines_above_the_paragraphs_keeps_both() -> None:
    lines = ["The lake road is to be widened this year", "Lorries go by the lake until the snow"]
    box = f"<div class=txt><div class=q7>{'<br>'.join(lines)}</div>{p(FIRST, SECOND, THIRD)}</div>"
    assert body(f"<div class=byln>By Bo Vik</div>{box}") == [*lines, FIRST, SECOND, THIRD]


def test_list_of_a_long_and_a_short_item_before_the_text_is_whole() -> None:
    items = "- The road over the pass is to be opened", "- Nine miles of it"
    points = "".join(f"<li>{item[2:]}</li>" for item in items)
    assert body(f"<ul class=q7>{points}</ul>" + p(FIRST, SECOND)) == [*items, FIRST, SECOND]


def test_wide_space_within_a_line_stays_and_the_one_before_it_goes() -> None:
    said = "道路は来週にも開くと思います。運転手たちは待ちくたびれていますから。"
    turns = [f"<b>飛田</b>　{said}", f"　記者　{said[:-1]}か。", f"　{said}"]
    assert body(p(*turns)) == [f"飛田　{said}", f"記者　{said[:-1]}か。", said]


def test_text_broken_by_lines_alone_has_its_paragraphs() -> None:
    assert body(f"{FIRST}<br><br>{SECOND}<br><br>{THIRD}<br>") == [FIRST, SECOND, THIRD]


def test_table_of_figures_stays_and_menus_in_tables_go() -> None:
    figures = "<table><tr><td>Road</td><td>9</td></tr><tr><td>Rail</td><td>4</td></tr></table>"
    menu = "<table><tr><td><a href=/1>Home</a></td><td><a href=/2>World</a></td></tr></table>"
    assert body(menu + p(FIRST, SECOND) + figures + p(THIRD)) == [
        FIRST,
        SECOND,
        "| Road | 9 |",
        "| Rail | 4 |",
        THIRD,
    ]


def test_elements_of_state_keep_headings_and_leave_pictures_out() -> None:
    elements = [
        {"type": "text", "content": f'{FIRST} <a href="/x">More</a>.'},
        {"type": "image", "caption": "The hall."},
        {"type": "header", "content": "The road"},
        {"_type": "block", "children": [{"text": "Two "}, {"text": "pieces."}]},
        {"type": "list", "items": [{"content": "A truce"}, {"content": "A road"}]},
    ]
    state = json.dumps({"story": {"content_elements": elements}})
    assert list(element_texts(state)) == [
        [f"{FIRST} More.", "The road", "Two pieces.", "- A truce", "- A road"]
    ]


@pytest.mark.timeout(20)
def test_hostile_state_and_links_are_read_in_time() -> None:
    for piece in ('{"content":[', '"body":[{', '{"content":[{"content":[{'):
        assert list(element_texts(piece * (500_000 // len(piece)))) == []
    page = read_page(
        Capture("https://a.example/b", b"<body>" + b"<div><a href=/1>" * 20_000), Hints()
    )
    remove_pointers(page.tree)
    remove_linked(page.tree)


@pytest.mark.parametrize(
    "sentence",
    [
        "Like its rivals, the firm sells what it learns on Facebook to those who pay for it.",
        "खबरों के मुताबिक मंत्री ने यह बात व्हाट्सएप पर कही थी, लेकिन बाद में इनकार किया।",
        "네이버는 3일 새 앱을 내놓고 올해 안에 세 나라에서 서비스를 시작한다고 밝혔다.",
        "গুগল বলেছে, তারা আগামী বছর থেকে ফেসবুকের মতোই খবরের জন্য অর্থ দেবে।",
        "Читайте медленно, советует автор приложения, и возвращайтесь к началу.",
    ],
)
def test_sentence_about_a_network_is_text(sentence: str) -> None:
    assert body(p(FIRST, sentence, SECOND)) == [FIRST, sentence, SECOND]
