"""Tabular: how pages say that the rest of an article is for those who pay, by language."""

# ruff: noqa: E501

import re

# In lower case: looked for one by one, which costs less than one pattern of them all.
NOTICES = (
    # English
    "subscribe to read", "subscribe to continue", "subscribe now to read", "subscribe to unlock", "to continue reading", "to keep reading", "to read the full", "to read this article", "continue reading with", "read the full article with",
    "already a subscriber", "subscribers only", "subscriber-only", "subscriber only", "only available to subscribers", "for subscribers only", "exclusively for subscribers", "exclusive to subscribers", "unlock this article", "unlock this story", "unlock the full",
    "for members only", "members only content", "members-only content", "members only article", "members-only article", "members only story", "members-only story", "available to members", "create a free account to", "register to read", "register for free to", "register to continue", "sign in to read", "log in to read", "log in to continue", "your free articles", "this premium article", "this article is reserved", "subscription required", "reached your limit", "your article limit",
    # German
    "jetzt weiterlesen", "weiterlesen mit", "um weiterzulesen", "um diesen artikel zu lesen", "um diesen artikel weiter", "um diesen artikel vollständig", "diesen artikel weiterlesen", "artikel freischalten", "exklusiv für abonnent", "nur für abonnent", "für abonnentinnen", "mit dem digitalabo", "sie haben bereits ein abo", "bereits abonnent", "lesen sie weiter mit", "zugang zu allen inhalten",
    # French
    "réservé aux abonnés", "réservée aux abonnés", "réservés aux abonnés", "abonnez-vous pour lire", "pour lire la suite", "pour continuer à lire", "pour poursuivre votre lecture", "la suite de cet article", "déjà abonné", "débloquez cet article",
    # Spanish, Portuguese, Italian, Catalan
    "exclusivo para suscriptores", "solo para suscriptores", "sólo para suscriptores", "contenido exclusivo", "suscríbete para", "suscribite para", "para seguir leyendo", "para continuar leyendo", "sigue leyendo con", "ya eres suscriptor", "lee sin límites", "exclusiu per a subscriptors",
    "exclusivo para assinantes", "conteúdo exclusivo", "assine para", "para continuar lendo", "para continuar a ler", "já é assinante", "apenas para assinantes", "exclusivo para subscritores",
    "riservato agli abbonati", "riservata agli abbonati", "abbonati per leggere", "per continuare a leggere", "sei già abbonato", "contenuto riservato", "questo contenuto è riservato",
    # Dutch, Nordic, Finnish
    "alleen voor abonnees", "verder lezen", "om dit artikel te lezen", "exclusief voor abonnees", "al abonnee", "for abonnenter", "kun for abonnenter", "kjøp abonnement", "for å lese hele", "for å lese videre", "les videre med", "allerede abonnent", "køb abonnement", "læs videre med", "for at læse videre", "for at læse hele", "for at læse artiklen", "artiklen er for", "för att läsa vidare", "för att läsa hela", "för att läsa artikeln", "läs vidare med", "endast för prenumeranter", "redan prenumerant", "vain tilaajille", "lue koko juttu", "jatka lukemista",
    # Polish, Czech, Slovak, Hungarian, Romanian, Baltic
    "tylko dla subskrybentów", "dla subskrybentów", "dla prenumeratorów", "wykup dostęp", "aby czytać dalej", "dalsza część artykułu", "masz już subskrypcję", "masz już prenumeratę", "jen pro předplatitele", "pro předplatitele", "předplaťte si", "pokračování článku", "len pre predplatiteľov", "pre predplatiteľov", "odomknite", "csak előfizetőinknek", "előfizetők számára", "doar pentru abonați", "conținut exclusiv",
    # Greek, Turkish, Russian, Ukrainian, Bulgarian
    "μόνο για συνδρομητές", "γίνετε συνδρομητής", "abonelere özel", "devamını okumak için", "abone ol ve", "только по подписке", "доступен по подписке", "доступно по подписке", "только для подписчиков", "оформите подписку", "чтобы дочитать", "чтобы читать дальше", "полный текст доступен", "лише за підпискою", "за передплатою", "для передплатників", "само за абонати",
    # Arabic, Persian, Hebrew
    "للمشتركين فقط", "هذا المحتوى للمشتركين", "اشترك لقراءة", "لمتابعة القراءة", "لقراءة المقال كاملا", "ویژه مشترکین", "ویژه مشترکان", "برای خواندن ادامه", "למנויים בלבד", "הכתבה למנויים", "להמשך קריאה",
    # Japanese
    "会員限定", "有料会員", "有料記事", "続きを読むには", "続きは会員", "続きは有料", "会員登録すると続き", "ログインして続き", "ログインすると続き", "この記事は会員", "この続きをお読み", "全文をお読み", "全文を読むには", "全文は有料", "購読者限定", "プレミアム会員", "購読が必要",
    # Chinese
    "仅限订阅", "仅限会员", "订阅后阅读", "订阅后可", "成为会员", "会员专享", "付费阅读", "登录后阅读全文", "阅读全文请", "登录阅读全文", "未完待续，请", "僅供訂閱", "訂閱後", "訂戶專屬", "訂戶限定", "會員專屬", "會員限定", "付費會員", "加入會員", "登入後閱讀", "閱讀全文", "解鎖全文", "訂閱會員",
    # Korean
    "유료 회원", "유료회원", "구독자 전용", "구독자만", "회원 전용", "회원전용", "로그인하시면", "로그인하고 전문", "구독하고 계속", "프리미엄 회원", "기사 전문은", "전문을 보시려면",
    # South and South-East Asia
    "पूरी खबर पढ़ने के लिए", "आगे पढ़ने के लिए", "પ્રીમિયમ આર્ટિકલ", "સંપૂર્ણ વાંચવા", "গ্রাহকদের জন্য", "สำหรับสมาชิกเท่านั้น", "เฉพาะสมาชิก", "สมัครสมาชิกเพื่อ", "khusus pelanggan", "untuk pelanggan", "langganan untuk", "baca selengkapnya dengan", "dành cho thuê bao", "đăng nhập để đọc",
)  # fmt: skip

# Of them, those that links and invitations say as well: believed in a line that makes an offer.
UNSURE_NOTICES = frozenset((
    "to read the full", "to read this article", "to keep reading", "to continue reading", "already a subscriber",
    "contenido exclusivo", "conteúdo exclusivo", "conținut exclusiv", "verder lezen", "om dit artikel te lezen", "jatka lukemista", "lue koko juttu",
    "加入會員", "成为会员", "閱讀全文", "阅读全文请", "付費會員", "訂閱會員",
))  # fmt: skip
OFFERS = re.compile(
    r"subscri|\bmembers?\b|unlock|sign (?:in|up)|log ?in\b|regist(?:er|rier)|account\b|membership|trial\b|suscr|suscripci|inicia(?:r)? sesión|assin(?:e|ante|atura)|abon(?:a|e|n)|\babo\b|inloggen|tilaa|kirjaudu"
    r"|登入|登录|登錄|訂閱|订阅|付費|付费|解鎖|解锁|註冊|注册",
    re.IGNORECASE,
)
# What a reader is asked to do with a whole text, for which outlets want a login too.
TO_COMMENT = re.compile(
    r"\bcomment|kommenti|kommentar|kommenter|comentar|commentar|commenter|commenta\b|reageren|reactie|\breply\b|\bteilen\b|\bshare\b|partager|compart|komentowa|komentov|kommentoi|hozzászól|комментир|комментари|коментув|коментар|σχολι|yorum|コメント|评论|評論|留言|댓글|تعليق|دیدگاه|להגיב|תגוב|टिप्पणी|মন্তব্য|bình luận|berkomentar",
    re.IGNORECASE,
)

# Words of which one stands in every count of what is missing.
REMAINDER_SEEDS = (
    "残り",
    "のこり",
    "続き",
    "全文",
    "本文",
    "il vous reste",
    "te queda",
    "ti resta",
    " wörter",
    " zeichen",
    " remains",
    "left to read",
    "remaining to read",
    " words remaining",
    " words left",
    "pozostało",
    "zostało",
    "zbývá",
    "осталось",
    "还剩",
    "剩余",
    "還有",
    "还有",
    "尚有",
    "剩下",
    "남은",
)

# A count of what is missing: said of this article alone, so it needs no further evidence.
REMAINDER = re.compile(
    r"(?:残り|のこり|続きは?)\s{0,3}[:：]?\s{0,3}約?\s{0,3}[\d,０-９]{1,7}\s{0,3}(?:文字|字|ページ|[%％])|(?:全文|本文)\s{0,3}[\d,０-９]{2,7}\s{0,3}文字"
    r"|il vous reste\s{1,3}[\d.,]{1,6}\s{0,2}%|te quedan?\s{1,3}(?:el\s{1,3})?[\d.,]{1,6}\s{0,2}%|ti resta\s{1,3}(?:il\s{1,3})?[\d.,]{1,6}\s{0,2}%|noch\s{1,3}[\d.,]{1,6}\s{1,3}(?:wörter|zeichen)|[\d.,]{1,6}\s{0,2}% (?:of (?:this|the) (?:article|story) (?:remains|left)|(?:remaining|left) to read)|[\d,]{1,6} words (?:remaining|left)"
    r"|(?:pozostało|zostało)(?: ci)?(?: jeszcze)?\s{1,3}[\d.,]{1,6}\s{0,2}%|zbývá (?:vám )?(?:ještě )?[\d.,]{1,6}\s{0,2}%|осталось (?:прочитать )?(?:ещ[её] )?[\d.,]{1,6}\s{0,2}(?:%|слов|знак)|(?:还剩|剩余|還有|还有|尚有|剩下)\s{0,3}(?:约|約)?\s{0,3}[\d,.]{1,7}\s{0,3}(?:字|%)|남은 (?:분량|글자)?\s{0,3}[\d,]{1,7}\s{0,3}(?:자|%)",
    re.IGNORECASE,
)
