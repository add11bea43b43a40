"""Tabular: what pages say that stand in an article's place: gone, asking consent, checking robots."""

# ruff: noqa: E501

import re
from collections.abc import Iterable


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# What a page says that is not there, by language: of a page, an article or its content.
MISSING_BY_LANGUAGE = {
    "numbers": r"\b(?:error|http|code|fehler|erreur|errore|erro|błąd|ошибка|помилка|エラー|错误|錯誤|오류|خطأ|خطای|hata|lỗi)\s*:?\s*(?:404|410)\b|^\W*(?:404|410)\b(?!\W{0,3}\w+ly)(?=\W*$|\W+(?:error|not|page|oops|seite|página|страница|fehler|erreur|–|-|\|))",
    "en": r"\b(?:page|article|story|content|post|url|link)\b.{0,30}\b(?:(?:was|is|be|could|can)? ?not (?:be )?found|(?:is |are )?(?:no longer|not) (?:available|exists?|online)|does(?:n.t| not) exist|(?:has|have) been (?:removed|deleted|moved))|^(?:sorry, )?(?:we (?:can.t|cannot|couldn.t) find|page not found|not found$)|nothing (?:was )?found (?:here|at this)",
    "de": r"(?:seite|artikel|inhalt|beitrag)\b.{0,40}(?:nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden|existiert|erreichbar)|existiert nicht)|\bdies(?:e|er|es)\b.{0,30}nicht (?:mehr )?verfügbar",
    "fr": r"(?:page|article|contenu)\b.{0,30}(?:introuvable|non trouvée?|n.existe (?:pas|plus)|n.est (?:pas|plus) (?:disponible|accessible))|cette adresse n.existe (?:pas|plus)",
    "es": r"(?:página|artículo|contenido|noticia|nota)\b.{0,30}no (?:encontrad[oa]|existe|(?:está )?disponible|ha sido encontrad[oa])|no se (?:ha )?(?:pudo )?encontr(?:ado|ó|ar) (?:la|el) (?:página|artículo|contenido|noticia)",
    "pt": r"(?:página|artigo|conteúdo|matéria|notícia)\b.{0,30}não (?:foi )?(?:encontrad[oa]|existe|disponível)|não encontramos (?:a|essa|esta) página",
    "it": r"(?:pagina|articolo|contenuto)\b.{0,30}non (?:è stat[oa] )?(?:trovat[oa]|esiste|(?:è )?(?:più )?disponibile)",
    "nl": r"(?:pagina|artikel)\b.{0,30}(?:niet (?:\w+ )?gevonden|bestaat niet|niet (?:meer )?beschikbaar)",
    "no da": r"(?:siden|artikk?el(?:en)?|side)\b.{0,30}(?:finnes ikke|findes ikke|(?:ble )?ikke (?:funnet|fundet)|eksisterer ikke|kunne ikke findes)",
    "sv": r"(?:sidan|artikeln)\b.{0,30}(?:hittades inte|finns inte|kunde inte hittas)",
    "fi": r"(?:sivua|artikkelia)\b.{0,20}ei (?:löydy|löytynyt|ole olemassa)",
    "is": r"(?:síða|síðan)\b.{0,20}(?:fannst ekki|ekki til)",
    "pl": r"(?:strona|artykuł|stron[ay]|podana strona)\b.{0,30}nie (?:istnieje|została znaleziona|znaleziono)|nie znaleziono (?:\w{1,15} )?(?:strony|artykułu)",
    "cs sk": r"(?:stránka|stránku|článek|článok)\b.{0,30}(?:nebyla nalezena|nebyl nalezen|neexistuje|nenalezena|nebola nájdená|sa nenašla|nenájdená|se nepodařilo najít)",
    "hu": r"(?:az oldal|a cikk|a keresett oldal)\b.{0,30}(?:nem található|nem létezik)",
    "ro": r"(?:pagina|articolul)\b.{0,30}nu (?:a fost găsită?|există|(?:mai )?este disponibil)",
    "bg": r"страницата.{0,30}не (?:е намерена|съществува|беше намерена)",
    "el": r"(?:η σελίδα|το άρθρο|σελίδα).{0,30}δεν (?:βρέθηκε|υπάρχει)",
    "ru": r"(?:страница|статья|материал|запрашиваемая страница).{0,30}не (?:найдена?|существует|доступн)|такой страницы (?:нет|не существует)",
    "uk": r"(?:сторінк[ау]|стаття|матеріал).{0,30}не (?:знайдено|існує|знайдена)",
    "hr sr sl": r"(?:stranica|članak|stran)\b.{0,30}(?:nije pronađen[a]?|ne postoji|ni bila najdena|ne obstaja)|страница није пронађена",
    "sq": r"faqja.{0,20}nuk (?:u gjet|ekziston)",
    "tr": r"(?:sayfa|haber|içerik)\b.{0,20}(?:bulunamadı|mevcut değil|bulunmamaktadır)",
    "az": r"səhifə.{0,20}(?:tapılmadı|mövcud deyil)",
    "ja": r"(?:ページ|記事|ニュース)(?:が|は|を)(?:見つかりません|みつかりません|存在しません|削除|表示できません|見つけられません|公開(?:を|期間))|お探しの(?:ページ|記事)|掲載(?:期間)?(?:が|は)終了(?:し|いた)",
    "zh": r"(?:页面|頁面|网页|網頁|文章|内容|內容|新闻|新聞)(?:不存在|未找到|已(?:被)?(?:删除|刪除|下架|移除)|(?:已)?失效)|找不到(?:页面|頁面|网页|網頁|您|此|該|该)|(?:访问|訪問|瀏覽|浏览)的(?:页面|頁面|网页|網頁).{0,6}(?:不存在|找不到|已)",
    "ko": r"페이지를 찾을 수 없|존재하지 않는 (?:페이지|기사)|(?:삭제|이동)된 (?:기사|페이지)|기사가 (?:삭제|존재하지)|요청하신 페이지",
    "th": r"ไม่พบ(?:หน้า|เนื้อหา|บทความ|ข่าว|เพจ)",
    "vi": r"không tìm thấy (?:trang|bài|nội dung)|(?:trang|bài viết).{0,20}không (?:tồn tại|tìm thấy)",
    "id ms": r"(?:halaman|artikel|berita|laman)\b.{0,30}(?:tidak (?:ditemukan|ada|dapat ditemukan|tersedia|dijumpai|wujud))",
    "ar": r"(?:الصفحة|المقال|المحتوى|الخبر).{0,25}(?:غير (?:موجود|متوفر|متاح)|لم (?:يتم العثور|تعد)|لا (?:يوجد|توجد))|لم يتم العثور على (?:الصفحة|المحتوى|المقال|الخبر|ما تبحث|(?:أي )?نتائج)|عذرا.{0,15}الصفحة",
    "fa": r"(?:صفحه|مطلب|خبر).{0,25}(?:یافت نشد|پیدا نشد|وجود ندارد|موجود نیست)",
    "ur": r"(?:صفحہ|خبر).{0,20}(?:نہیں مل|موجود نہیں)",
    "he": r"הדף (?:לא נמצא|אינו קיים|המבוקש)|העמוד (?:לא נמצא|המבוקש|אינו)|הכתבה (?:לא נמצאה|הוסרה)",
    "hi": r"(?:पेज|पृष्ठ|पन्ना|खबर).{0,20}(?:नहीं मिल|मौजूद नहीं|उपलब्ध नहीं)",
    "mr ne": r"(?:पृष्ठ|पान|पेज).{0,20}(?:सापडल|फेला परेन|भेटिएन)",
    "bn": r"(?:পৃষ্ঠা|পাতা|পেজ|খবর).{0,20}(?:পাওয়া যায়নি|খুঁজে পাওয়া|নেই)",
    "gu": r"(?:પેજ|પૃષ્ઠ|પાનું).{0,20}(?:મળ્યું નથી|મળ્યુ નથી|ઉપલબ્ધ નથી|મળ્યો નથી)",
    "ta te": r"பக்கம்.{0,20}(?:கிடைக்கவில்லை|காணவில்லை)|పేజీ.{0,20}(?:కనుగొనబడలేదు|దొరకలేదు)",
    "my": r"(?:စာမျက်နှာ).{0,20}(?:မတွေ့|မရှိ)",
    "ka hy": r"გვერდი.{0,20}(?:ვერ მოიძებნა|არ არსებობს)|էջը.{0,15}(?:չի գտնվել|գոյություն չունի)",
    "kk": r"бет(?:і)?.{0,15}табылмады",
    "sw": r"ukurasa.{0,20}(?:haupatikani|haukupatikana)",
}
MISSING = _any(MISSING_BY_LANGUAGE.values())

# What tells of words that someone else said, and so is no page's own notice.
REPORTED = re.compile(
    r"\b(?:said|says|told|wrote|according to(?! our| your| the law)|announced|confirmed|sagte[n]?|teilte|erklärte[n]?|laut|schrieb|a (?:dit|déclaré|annoncé|indiqué)|ont (?:dit|déclaré)|selon|dijo|dijeron|según|informó|anunció|disse|segundo|afirmou|informou|ha (?:detto|dichiarato)|secondo|zei|zegt|volgens|sier|ifølge|sade|säger|enligt|sanoi|kertoi|mukaan|powiedział[a]?|poinformował[a]?|według|řekl[a]?|uvedl[a]?|mondta|közölte|a spus|a declarat|potrivit|dedi|söyledi|açıkladı|сказал[аи]?|заявил[аи]?|сообщил[аи]?|сказав|заявив|заявила|повідомив|повідомила|είπε|δήλωσε)\b"
    r"|と(?:述べ|話し|説明し|発表し|語っ)|明らかにした|によると|表示[，,:：]|报道|報道|據報|라고 (?:말|밝|전)|고 (?:말했|밝혔|전했)|قال[ت]?|أعلن|وفقا|گفت|اعلام کرد|אמר[ה]?|לדברי|ने कहा|ने बताया|বলেছেন|জানিয়েছেন|કહ્યું|กล่าว",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"(?:we|our partners?|and our \d+ partners).{0,60}\b(?:use|store|access).{0,40}\bcookies?|before you continue|accept (?:all )?cookies|manage (?:your )?(?:privacy|consent|cookie)|your privacy (?:choices|matters)|we value your privacy"
    r"|cookies? (?:akzeptieren|zulassen)|wir (?:und unsere .{0,20}partner )?(?:verwenden|nutzen|benötigen).{0,60}(?:cookies?|zustimmung)|mit werbung (?:weiterlesen|lesen|und cookies)|nous (?:et nos .{0,20}partenaires )?utilisons des cookies|accepter (?:et continuer|les cookies)|continuer sans accepter"
    r"|(?:usamos|utilizamos) (?:las )?cookies|aceptar (?:y continuar|(?:todas )?(?:las )?cookies)|aceitar (?:todos )?(?:os )?cookies|utilizziamo i cookie|accetta (?:e continua|(?:tutti )?i cookie)|consent to (?:the use|our)"
    r"|(?:wij|we) (?:gebruiken|plaatsen) .{0,20}cookies|cookies (?:accepteren|toestaan)|vi (?:bruger|bruker|använder) (?:cookies|informasjonskapsler|kakor)|(?:accepter|godta|godkänn) alle? cookies|käytämme evästeitä|hyväksy (?:kaikki )?(?:evästeet)?|(?:używamy|wykorzystujemy) .{0,20}(?:ciasteczek|plików cookies?)|zgadzam się|(?:používáme|používame) (?:soubory |súbory )?cookies|sütiket használ|folosim (?:module )?cookie"
    r"|クッキー(?:の使用)?に同意|(?:クッキー|cookie)を使用|同意(?:使用|接受)\s?cookie|(?:使用|接受)\s?cookies?\b|쿠키(?:를)? (?:사용|허용)|используем (?:файлы )?cookie|використову(?:ємо|є) (?:файли )?cookie|χρησιμοποι(?:ούμε|εί) cookies|çerez(?:leri)? (?:kullan|kabul)|ملفات تعريف الارتباط|از کوکی|עוגיות|ใช้คุกกี้|sử dụng cookie|menggunakan cookie",
    re.IGNORECASE,
)
# Where consent is asked for on an address of its own.
CONSENT_ADDRESS = re.compile(
    r"^https?://(?:consent|myprivacy|privacy|cmp|zustimmung|guce)\.|^https?://[^/?#]{1,200}/(?:consent|cookie-?wall|cookiewall|privacy-?(?:gate|wall)|collect-?consent|zustimmung)(?:[/?#]|$)",
    re.IGNORECASE,
)

# What those say that check for robots before they let anyone in.
# Whole lines, where reports say the same in passing: access is denied to inspectors as well.
CHALLENGE = re.compile(
    r"^(access denied|one more step|robot or human|zugriff verweigert|sicherheitsüberprüfung|accès refusé|acceso denegado|acesso negado|accesso negato|toegang geweigerd|доступ запрещ[её]н|доступ ограничен|проверка безопасности|erişim engellendi|安全验证|安全驗證|人机验证|访问被拒绝?|訪問被拒絕?|보안 확인|تم رفض الوصول|403 forbidden|forbidden)(?:\W{0,5}$|\W{1,5}\1)"
    r"|verify(?:ing)? (?:that )?you are (?:a |not a )?(?:human|robot)|verify you.re (?:a )?human|checking (?:if the site connection is secure|your browser before)|enable javascript and cookies to continue|are you a (?:robot|human)\?|i.m not a robot"
    r"|attention required!|pardon our interruption|just a moment\.\.\.|please (?:complete|solve) the (?:security check|captcha)|ddos protection by|(?:vercel|browser) security check(?:point)?|unusual (?:traffic|activity) from your (?:computer|network|device|ip|browser|connection)|automated (?:access|requests) .{0,30}(?:detected|blocked|this)|request unsuccessful\. incapsula"
    r"|access to this page has been denied|you don.t have permission to access|sorry, you have been blocked|your request (?:has been|was) blocked|reference #\d{1,3}\.[0-9a-f]{4,}|press (?:&|and) hold to confirm|disable any ad blocker"
    r"|sind sie ein (?:mensch|roboter)\?|vérifi(?:ez|er|cation) que vous (?:êtes|n.êtes pas)|êtes-vous un robot|verifi(?:que|ca) que (?:eres|es) (?:un )?humano|no soy un robot"
    r"|подтвердите,? что (?:вы не робот|запросы отправляли вы)|вы не робот\?|проверка браузера|підтвердьте,? що ви|ロボットではありません|アクセスが(?:拒否|制限)され(?:ました|ています)|请完成(?:安全)?验证|請完成(?:安全)?驗證|로봇이 아닙니다|보안 (?:확인이|문자를)|접근이 (?:거부|차단)되었습니다"
    r"|robot olmadığınızı|تحقق من أنك|لست روبوت|ยืนยันว่าคุณไม่ใช่|xác minh (?:rằng )?bạn",
    re.IGNORECASE,
)
# The machinery of such checks, in scripts and frames. Real pages carry some of it too.
CHALLENGE_MACHINERY = re.compile(
    r"_cf_chl_opt|cf-browser-verification|cf-turnstile|challenges\.cloudflare\.com|captcha-delivery\.com|_Incapsula_Resource|px-captcha|_pxAppId|sec-if-cpt|sec-cpt|akam/\d{2}/|awsWafCookieDomainList|gokuProps|AwsWafIntegration|sucuri_cloudproxy_js"
    r"|KPSDK|hcaptcha\.com/1/api|recaptcha/(?:api|enterprise)|ddos-guard|smartcaptcha|__qrator|vercel.{0,10}checkpoint|geo\.captcha|arkoselabs|anubis_challenge",
    re.IGNORECASE,
)
# What a page says whose text a script would have to fetch.
SCRIPT_ONLY = re.compile(
    r"(?:enable|activate|turn on|need|requires?|without|disabled).{0,30}java ?script|java ?script (?:is |seems to be |has been )?(?:not available|disabled|required|must be|not enabled)|java ?script.{0,30}(?:aktivier|eingeschaltet|deaktiviert|activ[eé]|désactivé|habilit|ativ|abilit|inschakel|aktivera|aktiver|włącz|zapn|engedélyez|etkinleştir|aktifkan|включ|увімкн|ενεργοποι)"
    r"|(?:aktivier|activez|activa|habilit|ative|abilita|włącz|povolte|включите|увімкніть|bật|aktifkan|etkinleştirin).{0,30}java ?script|java ?script.{0,6}(?:を有効|が無効|をオン|启用|開啟|啟用|被禁用|활성화|사용하도록|を使用)|(?:启用|开启|啟用|開啟|打开|支持|支援)\s?java ?script|(?:تمكين|تفعيل|فعال).{0,20}(?:جافا ?سكريبت|جاوا ?اسکریپت|javascript)|เปิดใช้.{0,10}javascript",
    re.IGNORECASE,
)
