"""What a page is: kinds of articles, and what stands in an article's place, in many languages."""

import json
import pickle
from typing import Any

import pytest

from scraper.errors import CONSENT_WALL, PAYWALL_STUB, NotAnArticle, PageUnreadable
from scraper.extraction.article import extract
from scraper.records import Article, Capture

LEDE = (
    "The ministers met on Monday and agreed to meet again next week, officials said after the talks.",
    "It was the third round since the winter, and the first one without guards at the door.",
)
URL = "https://news.example/world/talks-resume-in-geneva"
DATED = '<meta property="article:published_time" content="2026-03-01T10:00:00Z"><meta property="og:type" content="article">'


def made(title: str, *lines: str, head: str = "", url: str = URL, tail: str = "") -> Capture:
    text = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{text}{tail}</main></body></html>"
    return Capture(url, html.encode(), {"Content-Type": "text/html"})


def stated(headline: str, **more: Any) -> str:
    data = {"@type": "NewsArticle", "headline": headline, "datePublished": "2026-03-01T10:00:00Z"}
    return f'<script type="application/ld+json">{json.dumps(data | more)}</script>'


def refusal(capture: Capture) -> NotAnArticle:
    with pytest.raises(NotAnArticle) as raised:
        extract(capture)
    return raised.value


MISSING = {
    "en": "Sorry, the page you are looking for could not be found.",
    "de": "Die von Ihnen gesuchte Seite wurde leider nicht gefunden.",
    "fr": "La page que vous cherchez est introuvable.",
    "es": "La página que busca no existe o ha cambiado de dirección.",
    "pt": "A página que você procura não foi encontrada.",
    "it": "La pagina che cerchi non è stata trovata.",
    "nl": "De pagina die u zoekt is niet gevonden.",
    "nb": "Siden du leter etter finnes ikke lenger.",
    "sv": "Sidan du söker hittades inte.",
    "fi": "Hakemaasi sivua ei löytynyt.",
    "pl": "Strona, której szukasz, nie istnieje.",
    "cs": "Požadovaná stránka nebyla nalezena.",
    "hu": "A keresett oldal nem található.",
    "ro": "Pagina căutată nu a fost găsită.",
    "bg": "Търсената страницата не е намерена.",
    "el": "Η σελίδα που ζητήσατε δεν βρέθηκε.",
    "ru": "Запрашиваемая страница не найдена.",
    "uk": "На жаль, сторінку не знайдено.",
    "hr": "Tražena stranica nije pronađena.",
    "tr": "Aradığınız sayfa bulunamadı.",
    "ja": "お探しのページは見つかりませんでした。",
    "zh-Hans": "您访问的页面不存在或已被删除。",
    "zh-Hant": "很抱歉，找不到您要的網頁。",
    "ko": "요청하신 페이지를 찾을 수 없습니다.",
    "th": "ขออภัย ไม่พบหน้าที่คุณต้องการ",
    "vi": "Không tìm thấy trang bạn yêu cầu.",
    "id": "Maaf, halaman yang Anda cari tidak ditemukan.",
    "ar": "عذرا، الصفحة المطلوبة غير موجودة.",
    "fa": "متاسفانه صفحه مورد نظر یافت نشد.",
    "ur": "معذرت، مطلوبہ صفحہ موجود نہیں ہے۔",
    "he": "העמוד המבוקש לא נמצא.",
    "hi": "क्षमा करें, यह पेज उपलब्ध नहीं है।",
    "bn": "দুঃখিত, পৃষ্ঠাটি খুঁজে পাওয়া যায়নি।",
    "gu": "માફ કરશો, પેજ મળ્યું નથી.",
}


@pytest.mark.parametrize("language", MISSING)
def test_page_that_says_it_is_missing_is_a_soft_404(language: str) -> None:
    found = refusal(made("River Post", MISSING[language], url="https://news.example/a/1-2"))
    assert found.kind == "soft 404"
    assert refusal(made(MISSING[language].rstrip(".。"), "<a href=/>Home</a>")).kind == "soft 404"


@pytest.mark.parametrize(
    "title",
    [
        "Black box of lost ferry not found", "404 people rescued from flood", "Ship no longer available for tours",
        "Page boy's diary found in attic", "Facebook says posts have been removed", "Kein Platz mehr verfügbar",
        "Cookies banned from school canteens", "Are robots human enough to vote?", "Access denied to inspectors at dam",
        "Captcha firm sold to rival", "JavaScript turns thirty", "Security checkpoint at the dam closed",
        "Unusual activity at volcano", "YouTube’a erişim engellendi", "Доступ ограничен к пристани", "Forbidden city reopens",
    ],
)  # fmt: skip
def test_short_article_about_such_things_is_no_such_thing(title: str) -> None:
    assert extract(made(title, *LEDE, head=stated(title))).title == title
    assert extract(made(title, *LEDE)).title == title


@pytest.mark.parametrize("head", ["", DATED])
@pytest.mark.parametrize(
    "said",
    [
        "The post has been deleted, a spokeswoman said, after the mayor had asked for that.",
        "The article has been removed from the journal, its editors said on Monday.",
        "Der Artikel des Vertrags war bis gestern nicht verfügbar, sagte ein Sprecher.",
        "We use cookies to track, the company had told users, the court found.",
        "Unusual traffic from your account was what users read on their screens.",
        "The page has not been found in the archive, which angers many readers of the diary.",
    ],
)  # fmt: skip
def test_brief_that_tells_of_such_words_is_an_article(said: str, head: str) -> None:
    assert said in extract(made("Talks resume in Geneva", said, *LEDE, head=head)).body


@pytest.mark.parametrize(
    "said",
    [
        "We and our 812 partners store and access information on your device with cookies.",
        "Wir und unsere bis zu 212 Partner verwenden Cookies, um Inhalte zu zeigen.",
        "Nous et nos 170 partenaires utilisons des cookies. Continuer sans accepter.",
        "Utilizamos las cookies para mejorar. Aceptar todas las cookies.",
        "Wij gebruiken op deze site cookies. Alle cookies accepteren.",
        "Używamy na stronie plików cookies. Zgadzam się.",
        "当サイトはクッキーを使用しています。同意してお進みください。",
        "Мы используем файлы cookie, чтобы сайт работал.",
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك.",
        "Bu sitede çerezleri kullanıyoruz.",
    ],
)
def test_page_that_asks_for_consent_is_a_consent_wall(said: str) -> None:
    assert refusal(made("Your choice", said)).kind == CONSENT_WALL


def test_cookie_banner_below_a_short_article_is_no_consent_wall() -> None:
    banner = "We use cookies on this site."
    assert extract(made("Talks resume in Geneva", *LEDE, *LEDE, banner)).kind == "article"


def test_microdata_of_teasers_make_no_article_of_a_section() -> None:
    teaser = (
        "<div itemscope itemtype='https://schema.org/NewsArticle'><h3 itemprop=headline><a href=/n/{0}>Ward {0} votes "
        "on the new bridge after a long debate</a></h3><time itemprop=datePublished datetime=2026-03-01>1 March</time></div>"
    )
    tail = "".join(teaser.format(n) for n in range(9))
    assert refusal(made("Bridges", tail=tail)).kind == "section page"


LONG = [f"{line} That was round {n} of the talks." for n in range(30) for line in LEDE]


@pytest.mark.parametrize(
    "path", ["archives/12345", "topics/flood-grows", "people/john-smith-dies-at-90", "staff/new-strike-at-port", "category/flood-grows"]
)  # fmt: skip
def test_address_alone_condemns_no_page_of_much_prose(path: str) -> None:
    tail = "<time datetime='2026-03-01T10:00:00Z'>1 March 2026</time>"
    assert extract(made("Flood grows", tail, *LONG, url=f"https://news.example/{path}")).word_count


@pytest.mark.parametrize(
    ("path", "expected"), [("topics/flood", "section page"), ("people/jane-doe", "profile")]
)
def test_address_condemns_a_page_of_little_prose_and_no_date(path: str, expected: str) -> None:
    assert refusal(made("Flood", *LEDE, url=f"https://news.example/{path}")).kind == expected


@pytest.mark.parametrize(
    "teaser",
    [
        "<div class=card><a href=/n/{0}><h3>Ward {0} votes on its bridge</h3><p>{1}</p></a></div>",
        "<li><h3><a href=/n/{0}>Ward {0} votes on its bridge</a></h3><p>{1}</p><span>2 h</span></li>",
        "<article><a href=/n/{0}><img src=/{0}.jpg></a><div><h2><a href=/n/{0}>Ward {0} votes on its bridge</a></h2><p>{1}</p></div></article>",
    ],
)  # fmt: skip
def test_undated_page_of_teasers_is_a_section(teaser: str) -> None:
    tail = "".join(teaser.format(n, f"In ward {n}: {LEDE[n % 2]} {LEDE[1]}") for n in range(39))
    head = '<meta property="og:type" content="website">'
    assert refusal(made("World", head=head, tail=tail)).kind == "section page"


def test_teasers_below_an_undated_article_are_none_of_its_faults() -> None:
    teaser = (
        "<div class=card><a href=/n/{0}><h3>Ward {0} votes on its bridge</h3><p>{1}</p></a></div>"
    )
    tail = "".join(teaser.format(n, LEDE[n % 2]) for n in range(9))
    assert extract(made("Flood grows", *LONG, tail=f"</main><aside>{tail}</aside>")).word_count


def test_long_error_page_is_told_by_its_headline() -> None:
    lines = [
        "記事は公開から一定の期間が過ぎると見られなくなります。検索の窓に言葉を入れるか、下の一覧から選んでください。"
    ] * 3
    assert refusal(made("お探しのページは見つかりませんでした", *lines)).kind == "soft 404"


@pytest.mark.parametrize(
    "said",
    [
        "Verifying you are human. This may take a few seconds.", "Checking your browser before accessing.",
        "Pardon Our Interruption", "Sorry, you have been blocked", "Press & Hold to confirm you are a human (and not a bot).",
        "Подтвердите, что запросы отправляли вы, а не робот", "请完成安全验证后继续访问", "Vérifiez que vous êtes humain",
        "アクセスが拒否されました", "보안 확인이 필요합니다",
    ],
)  # fmt: skip
def test_page_that_checks_for_robots_is_a_challenge_page(said: str) -> None:
    assert refusal(made("news.example", said)).kind == "challenge page"


PAYWALLED = {
    "en": "Subscribe to continue reading. Already a subscriber? Log in.",
    "de": "Jetzt weiterlesen mit dem Digitalabo.",
    "fr": "Cet article est réservé aux abonnés.",
    "es": "Contenido exclusivo para suscriptores.",
    "pt": "Conteúdo exclusivo para assinantes.",
    "it": "Contenuto riservato agli abbonati.",
    "nl": "Alleen voor abonnees: om dit artikel te lezen.",
    "sv": "För att läsa vidare, bli prenumerant.",
    "fi": "Tämä juttu on vain tilaajille.",
    "pl": "Artykuł dostępny tylko dla subskrybentów.",
    "pl counted": "Pozostało jeszcze 87% artykułu",
    "cs": "Tento článek je jen pro předplatitele.",
    "hu": "Csak előfizetőinknek elérhető cikk.",
    "el": "Μόνο για συνδρομητές",
    "tr": "Bu haber abonelere özel.",
    "ru": "Материал доступен по подписке.",
    "uk": "Текст доступний лише за підпискою.",
    "ar": "هذا المحتوى للمشتركين فقط",
    "he": "הכתבה למנויים בלבד",
    "ja": "この記事は会員限定です。続きは会員登録後にお読みいただけます。",
    "ja counted": "残り1234文字",
    "zh-Hans": "本文仅限订阅用户阅读。",
    "zh-Hant": "訂閱後即可解鎖全文。",
    "ko": "이 기사는 유료회원 전용입니다.",
    "th": "เนื้อหานี้สำหรับสมาชิกเท่านั้น",
}


@pytest.mark.parametrize("language", PAYWALLED)
def test_notice_after_a_short_text_tells_that_only_a_part_is_shown(language: str) -> None:
    box = f"<div class=offer><p>{PAYWALLED[language]}</p></div>"
    article = extract(made("Talks resume in Geneva", *LEDE, head=DATED, tail=box))
    assert article.is_paywalled is True
    assert article.field_sources["is_paywalled"] == "visible notice"
    assert PAYWALLED[language] not in article.body


@pytest.mark.parametrize(
    "tail",
    [
        "<div style='display: none'><p>Subscribe to continue reading</p></div>",
        "<div class='modal fade'><p>Subscribe to continue reading</p></div>",
        "<div hidden><p>残り1234文字</p></div>", "<footer><p>Subscribers only: crosswords</p></footer>",
        "<template><p>Subscribe to continue reading</p></template>", "",
    ],
)  # fmt: skip
def test_notice_that_nobody_sees_is_no_evidence(tail: str) -> None:
    article = extract(made("Talks resume in Geneva", *LEDE, head=DATED, tail=tail))
    assert article.is_paywalled is None


@pytest.mark.parametrize(
    "said",
    [
        "Teilen Sie diesen Inhalt mit Freunden", "Melden Sie sich an, um diesen Artikel zu kommentieren", "相關新聞：閱讀全文",
        "Already a subscriber? Log in to comment", "Members only clubs reopened.", "Verder lezen over de haven", "加入會員",
        "成为会员", "Contenido exclusivo: el vídeo del puerto", "Click here to read the full statement.", "Om dit artikel te lezen heeft u vijf minuten nodig.",
        "Он ведёт канал для подписчиков.", "कृपया हमारे चैनल को सब्सक्राइब करें", "Il vous reste trois jours pour voter.",
    ],
)  # fmt: skip
def test_words_of_sharing_commenting_and_links_are_no_notice(said: str) -> None:
    article = extract(made("Talks resume in Geneva", *LEDE, head=DATED, tail=f"<p>{said}</p>"))
    assert article.is_paywalled is None


def test_offer_beside_a_whole_text_is_no_evidence_but_a_count_is() -> None:
    lines = [f"{line} That was round {n} of the talks." for n in range(20) for line in LEDE]
    offer = "<p>Subscribe to continue reading our best stories</p>"
    assert extract(made("Talks resume", *lines, head=DATED, tail=offer)).is_paywalled is None
    counted = "<p>Il vous reste 78.48% de cet article à lire.</p>"
    assert extract(made("Talks resume", *lines, head=DATED, tail=counted)).is_paywalled is True


def test_what_the_page_declares_of_its_paywall_stands() -> None:
    head = stated("Talks resume in Geneva", isAccessibleForFree=True)
    offer = "<p>Subscribe to continue reading</p>"
    assert (
        extract(made("Talks resume in Geneva", *LEDE, head=head, tail=offer)).is_paywalled is False
    )


def test_paywall_before_any_text_leaves_a_stub() -> None:
    head = stated("Talks resume in Geneva", isAccessibleForFree=False)
    assert refusal(made("Talks resume in Geneva", "By our desk", head=head)).kind == PAYWALL_STUB


def kind(title: str = "Talks resume in Geneva", head: str = DATED, url: str = URL) -> Article:
    return extract(made(title, *LEDE, head=head, url=url))


@pytest.mark.parametrize(
    "section",
    [
        "Opinion", "Op-Ed", "Meinung", "Kommentare", "Tribunes", "Opinión", "Opinião", "Editoriali", "Opinies", "Ledare",
        "Kronikk", "Pääkirjoitus", "Felietony", "Názory", "Vélemény", "Мнения", "Думки", "Απόψεις", "رأي", "یادداشت",
        "דעות", "社説", "オピニオン", "评论", "論壇", "사설/칼럼", "오피니언", "Opini", "संपादकीय", "মতামত", "અભિપ્રાય",
        "Opinion | Columnists", "ความคิดเห็น",
    ],
)  # fmt: skip
def test_section_of_opinion_makes_an_opinion(section: str) -> None:
    article = kind(head=f'{DATED}<meta property="article:section" content="{section}">')
    assert (article.kind, article.field_sources["kind"]) == ("opinion", "section")


@pytest.mark.parametrize(
    "section", ["World", "Analysis", "Politik", "Public opinion polls", "要闻", "Comment ça va"]
)
def test_other_sections_make_none(section: str) -> None:
    article = kind(head=f'{DATED}<meta property="article:section" content="{section}">')
    assert article.kind == "article"
    assert "kind" not in article.field_sources


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("Opinion: Talks must go on", URL, "opinion"), ("【社説】協議を続けよ", URL, "opinion"),
        ("[사설] 협상은 계속돼야", URL, "opinion"), ("Мнение: переговоры нужны", URL, "opinion"),
        ("Opinion polls put talks first", URL, "article"), ("Kommentarfunktion abgeschaltet", URL, "article"),
        ("Talks resume", "https://news.example/opinion/2026/talks", "opinion"),
        ("Talks resume", "https://news.example/2026/opinion-polls/talks", "article"),
        ("Talks resume", "https://news.example/videos/2026/talks", "video"),
        ("Video: Talks resume", URL, "video"), ("Video games ban resumes", URL, "article"),
        ("[포토] 협상 재개", URL, "gallery"), ("In pictures: talks resume", URL, "gallery"),
        ("Podcast: Talks resume", URL, "audio"), ("Pictures of talks leak", URL, "article"),
    ],
)  # fmt: skip
def test_title_and_address_tell_the_kind(title: str, url: str, expected: str) -> None:
    assert kind(title, url=url).kind == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://tribune.com.pk/story/1/talks-resume", "article"), ("https://leader.co.za/story/talks-resume", "article"),
        ("https://voices.news.example/story/talks-resume", "article"), ("https://video.example/story/talks-resume", "article"),
        ("https://opinion.news.example/story/talks-resume", "opinion"), ("https://video.news.example/story/talks-resume", "video"),
        ("https://news.example/film/talks-resume", "article"), ("https://news.example/radio/talks-resume", "article"),
        ("https://news.example/tv/talks-resume", "article"),
    ],
)  # fmt: skip
def test_site_and_common_words_tell_no_kind(url: str, expected: str) -> None:
    assert kind(url=url).kind == expected


def test_section_of_films_needs_a_film_to_be_one_of_videos() -> None:
    head = f'{DATED}<meta property="article:section" content="Film">'
    assert kind(head=head).kind == "article"
    player = '<meta property="og:video" content="https://news.example/v.mp4">'
    assert kind(head=head + player).kind == "video"
    tail = "<video src=/v.mp4></video>"
    assert extract(made("Talks resume in Geneva", *LEDE, head=head, tail=tail)).kind == "video"


def test_long_text_in_a_section_of_videos_is_an_article() -> None:
    url = "https://news.example/videos/2026/talks"
    lines = [f"{line} That was round {n} of the talks." for n in range(12) for line in LEDE]
    assert extract(made("Talks resume", *lines, head=DATED, url=url)).kind == "article"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"@type": "OpinionNewsArticle"}, "opinion"), ({"@type": "LiveBlogPosting"}, "live blog"),
        ({"@type": "ReportageNewsArticle"}, "article"), ({"@type": ["NewsArticle", "LiveBlogPosting"]}, "live blog"),
        ({"@type": "NewsArticle", "articleSection": ["World", "Opinion"]}, "opinion"),
        ({"@type": "NewsArticle", "video": {"@type": "VideoObject", "name": "x"}}, "article"),
    ],
)  # fmt: skip
def test_schema_org_tells_the_kind(data: dict[str, Any], expected: str) -> None:
    assert kind(head=stated("Talks resume in Geneva", **data)).kind == expected


@pytest.mark.parametrize(
    "text", ["?????? ???? ?? ?????????? ????? ??? ????????? ?????? ????.", "Пр\ufffdвит\ufffdльств\ufffd \ufffdбъявил\ufffd \ufffd выб\ufffdрах."]
)  # fmt: skip
def test_text_whose_letters_were_lost_is_unreadable_rather_than_no_article(text: str) -> None:
    lines = (f"{text} On 12 March, 40 tonnes." for _ in range(6))
    with pytest.raises(PageUnreadable, match=r"lost|decoded"):
        extract(made("Talks resume in Geneva", *lines, head=DATED))


def test_refusal_keeps_its_kind_on_the_way_out_of_a_worker() -> None:
    error = NotAnArticle("https://news.example/", "a consent wall", CONSENT_WALL)
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.url, copy.reason, copy.kind) == (error.url, error.reason, CONSENT_WALL)
    assert NotAnArticle("https://news.example/", "elsewhere").kind == "other"
