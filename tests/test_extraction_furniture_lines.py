"""Lines by words alone: sentences that begin as furniture does stay, and the furniture goes."""

import time

import pytest

from scraper.extraction.text.body_lines import clean_lines, is_furniture
from scraper.extraction.text.furniture import (
    AGENCY_LINES,
    BOX_HEADINGS,
    CAPTION_ENDS,
    CAPTION_LINES,
    CLOSING_LINES,
    CONSENT,
    INNER_LINES,
    LINES,
    NAMED_CLOSINGS,
    OPEN_LINES,
    OPEN_POINTERS,
    POINTERS,
    SIGNATURES,
    STATE,
)

HOSTILE_CHARS = 40_000
HOSTILE_MAX_SECONDS = 0.5
SENTENCES = [
    # English
    "Follow the money on Wall Street, the saying goes, and you will find the mayor.",
    "Join the march on Saturday, the union told its members.",
    "Join us on the square, she told them, and they did.",
    "For more than a year they had visited the place.",
    "Photo: a word that meant little to him then.",
    "Recommended: 'Yes, I would do it again,' she said of the climb.",
    "Watch: it was the only word that he said to the guards.",
    "Copyright law is older than the railway.",
    "Lectures at 9 were held in the open until the roof was mended.",
    "Getty Images is suing the makers of the machine.",
    "Skip to the end, his teacher used to say.",
    "Continue reading aloud, the judge told him.",
    "To continue reading was all that she asked for.",
    "Share this bread, the priest said, and there will be more.",
    "Follow the path to the lake, where Facebook has its servers.",
    "Get the app right and the buyers will come, he told the board.",
    "Click here to win, the message said.",
    "Do you have a story? Then tell it well.",
    "Research by the University of Dale shows that the road sinks.",
    "Writing by candlelight, she finished the book in a week.",
    "Related: so are the two cases, in the view of the court.",
    # German
    "An dieser Stelle finden Sie einen Brunnen, den die Römer bauten.",
    "An dieser Stelle steht ein Haus, dessen Inhalte mit Zustimmung der Erben gezeigt werden.",
    "Weiterlesen mit der Lupe musste, wer das Urteil verstehen wollte.",
    "Die Partei rät ihren Gegnern, den Newsletter der Stadt zu bestellen.",
    "Folgen Sie dem Weg bis zum See, sagte der Förster.",
    "Teilen auf dem Land fällt leichter als in der Stadt.",
    "Quelle: So nennen die Bauern den Teich hinter dem Dorf.",
    # Spanish, French, Italian, Portuguese, Dutch
    "Sigue la búsqueda de cuatro personas en el río, dijo el alcalde.",
    "Sigue a la espera de una respuesta de Facebook el abogado de la familia.",
    "Todos los derechos se conquistan en la calle, repetía la abuela.",
    "Apúntate, me dijo el capataz, y empecé a trabajar.",
    "Abonnez-vous, répétait l'affiche, et personne ne la lisait.",
    "La suite est réservée aux invités de marque du festival.",
    "Partager en famille la galette est un usage ancien.",
    "Iscriviti al sindacato, gli diceva il padre ogni sera.",
    "Tutti i diritti dei braccianti furono calpestati quel giorno.",
    "Siga o canal até à ponte, explicou o barqueiro.",
    "Zie ook de zaak van vorig jaar – daar begon het mee, zegt de rechter.",
    # Russian, Ukrainian, Greek
    "Подпишитесь в журнале, сказали ему на входе.",
    "По теме: так учитель называл всякий разговор о войне.",
    "Все права защищены законом, напомнил судья.",
    "Підпишіться в журналі, сказала йому чергова.",
    "Ακολουθήστε το χρήμα, έλεγε ο παλιός δικαστής.",
    # Chinese, Japanese, Korean
    "声明：双方将于下周继续会谈。",
    "来源：外交部发言人在记者会上作出上述表示。",
    "他在超市扫码付款时发现钱包不见了。",
    "未经授权的访问导致数万名用户的数据泄露。",
    "关注我们的孩子，比关注成绩更重要。",
    "有料会員になると会費が倍になる仕組みだった。",
    "無断転載は後を絶たないという。",
    "この記事は3年前に書かれた。",
    "ログインすると画面には見知らぬ名前が並んでいた。",
    "紙の新聞の購読者は十年で半分に減った。",
    "저작권자는 법원에 소송을 냈다.",
    "구독하세요라고 그는 방송 끝에 말했다.",
    # Arabic, Persian, Hebrew
    "اشترك في الاجتماع ممثلون عن عشر دول على هامش القمة.",
    "انضم إلى الحزب في عام 2010 وترك العمل في الصحافة.",
    "تابع الوزير حديثه على تويتر قائلا إن الطريق مغلق.",
    "بخوانید: این تنها کلمه‌ای بود که معلم نوشت.",
    "כל הזכויות ניתנו להם בחוק, אמר השופט.",
    "תמכו בהצעה שישים חברי כנסת מכל הסיעות.",
    # Sentences that may close a text
    "皆さんのおかげで道が開いた、と彼女は語った。",
    "이 기사가 나간 뒤 시장이 사과했다.",
    "Votre avis ne compte pas, lui répondit le préfet.",
    "Donate now or never, he joked, and they did.",
    "Soutenez le mur, criait le maçon, et ils le soutinrent.",
    "Download the app of the town, the mayor told the drivers.",
    "Have your say, they told her, and then they voted without her.",
    "Let us know, the guards said, when it is over.",
    # Hindi, Bengali, Thai
    "हमें व्हाट्सएप पर धमकी मिली थी, उन्होंने पुलिस से कहा।",
    "গুগল নিউজ সেবাটি দেশে বন্ধ করে দেওয়া হয়েছে।",
    "ติดตามตัวผู้ต้องหาผ่าน Facebook จนพบที่เชียงใหม่",
]
FURNITURE = [
    "Follow us on Facebook and Twitter.",
    "Sign up here for our morning newsletter.",
    "Subscribe to our weekly briefing.",
    "Get the latest headlines in your inbox.",
    "Join our WhatsApp channel for all the news.",
    "Click here to subscribe.",
    "Story continues below advertisement",
    "© 2026 Dale Post. All rights reserved.",
    "Copyright 2026 Dale Post.",
    "Read more: The road is to be opened",
    "Recommended: The road is to be opened",
    "Watch: how the road was opened",
    "Photo: Bo Vik / Dale Pictures.",
    "Bo Vik/Getty Images",
    "Reporting by Bo Vik in Dale and Ann Lee in Fell; editing by Cy Ro.",
    "Quelle: Statistisches Amt.",
    "Reading time: 4 minutes",
    "Continue reading below",
    "Share on Facebook",
    "Jetzt unseren kostenlosen Newsletter abonnieren",
    "Folgen Sie uns auf Instagram.",
    "Dieser Artikel ist nur für Abonnenten verfügbar.",
    "Lesen Sie auch: Die Straße öffnet wieder",
    "An dieser Stelle finden Sie externe Inhalte, die den Artikel ergänzen. Dafür brauchen wir Ihre Zustimmung.",
    "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
    "An dieser Stelle befindet sich ein externer Inhalt eines Kurznachrichtendienstes, der von "
    "unserer Redaktion empfohlen wird und den Artikel ergänzt. Sie können ihn sich mit einem "
    "Klick anzeigen lassen und wieder ausblenden. Damit werden Daten an Dritte übermittelt; mehr "
    "dazu steht in unserer Erklärung, die am Fuß jeder Seite zu finden ist, und in der des Dienstes.",
    "Síguenos en nuestras redes sociales",
    "Suscríbete para seguir leyendo.",
    "Lea también: El camino se abre",
    "Todos los derechos reservados.",
    "Abonnez-vous pour lire la suite.",
    "À lire aussi : La route est ouverte",
    "Iscriviti alla nostra newsletter",
    "Leggi anche: La strada è aperta",
    "Assine nossa newsletter",
    "Подписывайтесь на наш канал в Телеграме.",
    "Читайте также: Дорога открыта",
    "Підписуйтесь на наш канал",
    "Ακολουθήστε μας στο Google News",
    "责任编辑：张山",
    "来源：山谷社",
    "扫描二维码关注公众号",
    "未经授权，不得转载。",
    "歡迎加入山谷LINE好友",
    "無断転載を禁じます。",
    "有料会員になると続きをお読みいただけます。",
    "この記事は有料会員限定です。",
    "<저작권자 ⓒ 골짜기신문, 무단 전재 금지>",
    "뉴스레터 구독하기",
    "تابعونا على فيسبوك",
    "انضموا إلى قناتنا على تلغرام",
    "ما را در تلگرام دنبال کنید.",
    "हमारे चैनल को सब्सक्राइब करें।",
    "আমাদের চ্যানেল সাবস্ক্রাইব করুন।",
    "กดติดตามช่อง YouTube ของเรา",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_ordinary_sentence_stays(line: str) -> None:
    assert clean_lines(["It rained.", line, "It was dry."]) == ["It rained.", line, "It was dry."]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes(line: str) -> None:
    assert clean_lines(["It rained.", line, "It was dry."]) == ["It rained.", "It was dry."]


@pytest.mark.parametrize("line", ["showPaywall: false", "- isSubscriber:", "- false", "undefined"])
def test_state_of_a_template_goes(line: str) -> None:
    assert clean_lines(["It rained.", line, "It was dry."]) == ["It rained.", "It was dry."]


@pytest.mark.parametrize("line", ["iPhone: the price is up", "False.", "Falsch: Es regnet.", "No"])
def test_line_that_is_like_such_state_stays(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "run", ["\u00a0", " ", "\u3000", "- ", "▶", "(", "foto ", "#a ", "가", "Aa "]
)
def test_patterns_take_no_time_over_long_runs(run: str) -> None:
    line = run * (HOSTILE_CHARS // len(run)) + "x"
    start = time.process_time()
    for pattern in (
        AGENCY_LINES, BOX_HEADINGS, CAPTION_LINES, CLOSING_LINES, CONSENT, INNER_LINES, LINES,
        NAMED_CLOSINGS, OPEN_LINES, OPEN_POINTERS, POINTERS, SIGNATURES, STATE,
    ):  # fmt: skip
        pattern.fullmatch(line)
    CAPTION_ENDS.search(line)
    assert time.process_time() - start < HOSTILE_MAX_SECONDS
