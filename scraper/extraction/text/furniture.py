"""Tabular: what stands around an article without being part of it, by markup and by words."""

# ruff: noqa: E501

import re

# Elements that never hold article text.
DEAD_TAGS = (
    "script", "style", "noscript", "template", "svg", "iframe", "button", "select", "input",
    "textarea", "object", "embed", "canvas", "dialog", "link", "meta", "source", "track",
)  # fmt: skip

BOX_TAGS = (
    "td",
    "amp-social-share",
    "div",
    "section",
    "aside",
    "ul",
    "ol",
    "footer",
    "form",
    "nav",
    "p",
    "span",
    "details",
    "dl",
    "figure",
    "header",
)

# Headings of boxes; the box goes where it is mostly links or a form.
BOX_HEADINGS = re.compile(
    r"[■◆▼●★◇□▶►▲【「\[(<>*•·\s]{0,3}(?:.{0,20}[:：]\s{0,3})?(?:related(?: (?:articles|stories|posts|news|content|topics|coverage))?|read (?:more|also|next)|more (?:on this|stories|news|from .{1,30})|see also"
    r"|you (?:may|might) (?:also )?like|recommended(?: for you)?|(?:the )?latest(?: (?:news|stories|articles))?|most (?:read|popular|viewed)|popular(?: now| articles?)?|(?:.{0,20} )?ranking|trending(?: now)?|editor'?s'? picks?"
    r"|up next|next (?:up|article)|comments?|leave a (?:comment|reply)|share(?: this.{0,20})?|topics?|tags|newsletters?|sign up.{0,40}|subscribe.{0,30}|follow us.{0,20}"
    r"|lesen sie auch|mehr zum thema|das könnte sie auch interessieren|meistgelesen|weitere (?:artikel|themen|nachrichten)|kommentare|teilen|neueste(?: (?:artikel|nachrichten))?|passend zum thema"
    r"|à lire aussi|lire aussi|sur le même sujet|articles? liés?|les plus lus|commentaires|partager|à la une|dernières (?:actualités|nouvelles|infos)"
    r"|lea también|te puede interesar|noticias relacionadas|más (?:noticias|leídas?|sobre .{1,30})|lo más (?:leído|visto)|comentarios|compartir|últimas noticias"
    r"|leia (?:também|mais)|notícias relacionadas|mais lidas|últimas notícias|compartilhe|comentários|leggi anche|articoli correlati|i più letti|ultime notizie|commenti|condividi"
    r"|lees ook|meest gelezen|les også|läs (?:också|mer)|læs også|lue myös|czytaj (?:także|też|więcej)|zobacz (?:także|też)|najczęściej czytane|komentarze|čtěte také|komentáře"
    r"|читайте также|читать далее|по теме|похожие (?:статьи|новости)|последние новости|самое читаемое|комментарии|поделиться|читайте також|схожі новини|коментарі"
    r"|関連(?:記事|ニュース|リンク|キーワード|トピックス?)|あわせて読みたい|おすすめ(?:記事|情報|の.{0,8})?|人気(?:記事|ランキング)?|最新(?:記事|ニュース)?|(?:アクセス)?ランキング|次を読む|こちらも.{0,10}|コメント(?:\s{0,3}[(（]\d{1,6}[)）])?|この記事を(?:共有|シェア).{0,4}|シェア(?:する)?|ニュースレター.{0,10}|タグ"
    r"|相关(?:阅读|新闻|文章|报道|链接)|相關(?:閱讀|新聞|文章|報導)|延伸(?:阅读|閱讀)|推荐(?:阅读)?|推薦(?:閱讀)?|热门.{0,4}|熱門.{0,4}|最新(?:新闻|新聞|消息)|评论|評論|留言|分享(?:到|至)?|標籤|标签|更多.{0,6}"
    r"|관련\s?(?:기사|뉴스)|추천\s?(?:기사|뉴스)?|많이 본 (?:기사|뉴스)|인기\s?(?:기사|뉴스)|최신\s?(?:기사|뉴스)|댓글(?:\s{0,3}\d{1,6})?|공유(?:하기)?|주요\s?뉴스|뉴스레터.{0,10}"
    r"|ข่าวที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|ข่าวล่าสุด|ข่าวแนะนำ|ยอดนิยม|อ่านเพิ่มเติม|ความคิดเห็น|แชร์|แท็ก|บทความที่เกี่ยวข้อง"
    r"|اقرأ أيضا[ًا]?|مواضيع ذات صلة|أخبار ذات صلة|ذات صلة|الأكثر قراءة|آخر الأخبار|التعليقات|تعليقات|شارك|مشاركة|المزيد|مطالب مرتبط|بیشتر بخوانید|پربازدیدها"
    r"|קראו (?:גם|עוד)|כתבות (?:קשורות|נוספות)|עוד ב(?:נושא|חדשות)|הנקראות ביותר|תגובות|שתפו|שיתוף|חדשות אחרונות"
    r"|baca juga|berita terkait|terpopuler|terbaru|komentar|bagikan|xem thêm|tin liên quan|bình luận|chia sẻ|ilgili haberler|çok okunanlar|son haberler|yorumlar|paylaş"
    r"|यह भी पढ़ें|संबंधित खबरें|ताज़ा खबरें|टिप्पणियां)"
    r"(?:\s{0,3}[:：>»→…】」\])]{0,4}|\s{0,3}[(（]\d{1,6}[)）])",
    re.IGNORECASE,
)
# What follows is matched against lines in lower case, which takes half the time of ignoring case.
#
# Lines that are furniture wherever they stand, however they end: their words leave no doubt.
LINES = re.compile(
    r"[\[(（【]?\s{0,3}(?:(?:责任|責任|本文|值班|网络|執行)?(?:编辑|編輯|主编|主編)|编审|編審|核稿(?:編輯)?|来源|來源|校对|校對|审核|監製|监制|排版)\s{0,3}[:：丨|].{0,12}"
    r"|(?:article|hauptinhalt|embed|video|audio|inhalt|artikel|článek|story) ?(?:content|text|start)?|(?:passer|skip) (?:la publicité|ad|the ad)|(?:story|article) continues (?:below|after).{0,40}|link zum (?:youtube|twitter|instagram|facebook|tiktok|x)-?inhalt|ein klick für den datenschutz|empfohlener (?:redaktioneller|externer) inhalt"
    r"|(?:sign up|subscribe) (?:here|now|today|for|to)\b.{0,80}(?:newsletter|inbox|briefing)\b.{0,80}|(?:get|receive) .{0,60}(?:newsletter|latest news|headlines)\b.{0,60}(?:inbox|e-?mail)\b.{0,40}|click here (?:to (?:read|see|view|subscribe|join|follow|sign|download|donate|register)|for (?:more|our|the))\b.{0,80}|download our .{0,30}app\b.{0,60}|follow (?:us|our) .{0,40}(?:on|channel)\b.{0,60}|do you have a (?:story|tip).{0,80}(?:e-?mail|contact|tell us|let us know|get in touch|write to).{0,80}|(?:for more|to read more)\b(?! than).{0,80}(?:click here|subscribe to|follow us|sign up).{0,60}"
    r"|abonnez-vous (?:pour (?:lire|continuer|accéder|recevoir|suivre|soutenir)|.{0,80}(?:newsletter|lettre d['’]info|infolettre|chaîne|notre)).{0,80}|(?:suscríbete|suscríbase|apúntate|síguenos) .{0,80}(?:newsletter|bolet[ií]n|nuestr[oa]s?|aquí|redes|para (?:leer|recibir|seguir|acceder|continuar)).{0,80}|(?:iscriviti|seguici) .{0,80}(?:newsletter|nostr[oaie]|canale|social|per (?:leggere|ricevere|continuare)).{0,80}|(?:inscreva-se|assine|siga) .{0,120}(?:newsletter|whatsapp|noss[oa]|instagram|telegram).{0,60}|подпи(?:сывайтесь|шитесь) (?:на|в) .{0,60}(?:нас|наш|канал|рассылк|страниц|соцсет|новост).{0,80}|підпи(?:суйтесь|шіться) (?:на|в) .{0,60}(?:нас|наш|канал|розсилк|сторінк|соцмереж|новин).{0,80}"
    r"|有料会員になると.{0,80}(?:続き|読|閲覧|利用|いただけ|できます).{0,40}|この記事は(?:会員限定|有料(?:会員|記事)).{0,40}|紙の新聞の(?:定期)?購読者.{0,30}(?:ログイン|登録|無料|いただけ|方は).{0,40}|(?:ログイン|会員登録)(?:して|すると|する).{0,20}(?:続き|お読み|読む|いただけ|ください|閲覧).{0,20}|(?:登録|申し込み)は(?:こちら|ここ).{0,20}|※?無断(?:転載|複製|複写).{0,20}(?:禁|不可|お断り|遠慮).{0,20}"
    r"|기사\s?(?:url|주소)이?.{0,20}복사.{0,12}|<?\s{0,3}(?:저작권자|copyright)\s{0,3}[ⓒ©(].{0,120}|[▶▷☞■◆]\s?.{0,40}(?:바로가기|제보|구독|보러\s?가기|클릭|카카오톡|앱 설치|채널|유튜브).{0,80}"
    r"|纠错[】\])）]?.{0,30}|《.{1,14}》\s{0,3}[（(].{0,24}版\s{0,3}[）)]|کد (?:خبر|مطلب)\s{0,3}[:：]?\s{0,3}\S{0,24}|(?:ये|यह) (?:खबर|ख़बर|खबरें).{0,12}पढ़ें.{0,6}|આ સમાચાર.{0,12}વાંચો.{0,6}"
    r"|請?(?:繼續)?往下(?:閱讀|看).{0,10}|انتهای پیام/?.{0,10}|پایان پیام/?.{0,10}|(?:扫描|长按|掃描|長按).{0,6}二维?碼?码?.{0,10}(?:关注|下载|加入|阅读|查看|訂閱|關注).{0,60}|(?:特别|免责|版权|特別|免責|版權)(?:声明|聲明)\s{0,3}[:：].{0,150}|下載.{0,10}app.{0,10}(?:看|掌握|新聞|通知).{0,60}|追蹤.{0,12}(?:粉絲|臉書|line|ig).{0,60}|未[经經]授[权權][,，]?(?:不得|禁止|请勿|請勿|严禁|嚴禁).{0,60}|本文系.{0,40}(?:原创|授权|转载|独家).{0,40}|(?:文章来源|文章來源|原标题|原標題|原題)\s{0,3}[:：].{0,80}"
    r"|(?:ติดตาม(?:ข่าว|เรา|ได้|ช่อง|เพจ|ข้อมูลข่าว|อ่าน|รายละเอียด)|กดติดตาม|สมัครรับ).{0,60}(?:line|facebook|ไลน์|เฟซบุ๊ก|ช่อง|ข่าวสาร|ทวิตเตอร์|youtube|ได้ที่).{0,80}|(?:تابعونا|تابعوا|اشتركوا?|انضموا?|حمّ?لوا?) .{0,40}(?:قناتنا|صفحتنا|صفحاتنا|تطبيقنا|نشرتنا|حسابنا|حساباتنا).{0,80}|تابعونا (?:على|في|عبر) .{0,100}|(?:ما را در|به کانال|عضو کانال).{0,60}(?:دنبال کنید|بپیوندید|شوید).{0,40}|(?:हमें|हमारे|ताजा|ताज़ा) .{0,100}(?:(?:फॉलो|सब्सक्राइब|डाउनलोड|क्लिक|ज्वाइन|ज्वॉइन) (?:करें|कीजिए|कर सकते)|जुड़ें|जुड़िए|जुड़े रहें).{0,40}|ακολουθήστε .{0,30}(?:μας|google|facebook|instagram|viber|youtube).{0,100}|διαβάστε όλες τις .{0,30}ειδήσεις.{0,60}"
    r"|(?:#[^\s#]{1,40}[\s,，、]{0,3}){1,15}"
    r"|advertis(?:e|em)ents?|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|reklama?|реклама|広告|廣告|广告|광고|โฆษณา|إعلان|פרסומת|iklan|quảng cáo"
    r"|(?:share|print|e-?mail|save|copy link|listen|gift this article|view comments?|skip (?:to (?:main )?(?:content|navigation|next)|past|advert).{0,40})"
    r"|(?:about )?\d{1,3}\s{0,3}[-–]?\s{0,3}(?:min(?:ute)?s?\.?(?: read)?|min\.? lesezeit|minuten(?: lesezeit)?|分で読める|分钟阅读|분 소요|นาที)"
    r"|(?:share|teilen|partager|compartir|condividi|compartilhar?|поделиться|シェア|共有|分享|공유|แชร์|مشاركة|שתף)"
    r"|(?:x|facebook|twitter|whatsapp|telegram|line|linkedin|reddit|pinterest|weibo|kakaotalk|bluesky|threads|instagram|flipboard|pocket|messenger|hatena|e-?mail)(?:\s{0,3}(?:で|に|へ)\s{0,3}(?:共有|シェア|送る|保存))?"
    r"|(?:[©ⓒ]|\(c\)\s|copyright\s{0,3}[©ⓒ(:\d]|all rights reserved\s{0,2}[^\w\s]|tutti i diritti (?:sono )?riservati|todos los derechos reservados|alle rechte vorbehalten\s{0,2}[^\w\s]|版权所有\s{0,2}[^\w\s]|版權所有\s{0,2}[^\w\s]|무단\s?전재|สงวนลิขสิทธิ์|جميع الحقوق محفوظة|כל הזכויות שמורות|все права защищены\s{0,2}[^\w\s]).{0,120}"
    r"|all rights reserved|alle rechte vorbehalten|版权所有|版權所有|все права защищены|.{0,10}(?:無断転載を禁じます|無断転載禁止|禁止转载|禁止轉載|무단\s?전재(?:\s{0,3}및)?\s{0,3}재배포\s{0,3}금지).{0,20}"
    r"|(?:(?:this|the) (?:article|story|content) is (?:only |exclusively )?(?:for|available to) (?:our )?(?:premium )?subscribers|(?:sign in|log in|subscribe|become a subscriber)\b.{0,30}(?:to (?:keep|continue) reading|or subscribe)|to (?:keep|continue) reading,? .{0,30}(?:subscribe|register|sign|log in|account|buy)|already a subscriber\?).{0,80}"
    r"|(?:dieser artikel ist (?:nur )?für abonnenten|cet article est réservé|la suite est réservée aux abonné|contenido exclusivo para suscriptores|solo para suscriptores|contenuto riservato agli abbonati|この記事は(?:有料)?会員限定|残り\s{0,3}\d+文字|会員登録(?:すると|して).{0,20}続き|이 기사는 (?:유료|구독).{0,10}|本文仅限订阅|此內容僅供訂閱|доступ(?:но|ен) только (?:по подписке|подписчикам)|هذا المحتوى للمشتركين|הכתבה למנויים).{0,80}"
    r"|(?:sign up|subscribe|register)\b.{0,60}newsletter.{0,60}|뉴스레터 (?:구독|신청)(?:하기)?"
)
# Lines that begin, or go on, as furniture does, and that may be sentences too: furniture where
# they do not end as such.
OPEN_LINES = re.compile(
    r"[\[(（【]?\s{0,3}(?:(?:责任|責任|本文|值班|网络|執行)?(?:编辑|編輯|主编|主編)|编审|編審|核稿(?:編輯)?|来源|來源|校对|校對|审核|監製|监制|排版)\s{0,3}[:：丨|].{0,40}|(?:本文|稿件)来源.{0,30}"
    r"|(?:sign up|subscribe) (?:here|now|today|for|to)\b.{0,80}updates?\b.{0,80}|story continues|click here (?:to|for) .{0,80}|(?:download|get) (?:the|our) .{0,30}app\b.{0,60}|join (?:us|our) .{0,40}(?:on|channel)\b.{0,60}|do you have a (?:story|tip).{0,160}|(?:for more|to read more)\b(?! than).{0,80}(?:click|visit|subscribe|follow)\b.{0,60}"
    r"|abonnez-vous.{0,120}|(?:suscríbete|suscríbase|apúntate|síguenos) .{0,120}|(?:iscriviti|seguici) .{0,120}|(?:inscreva-se|assine|siga) .{0,120}canal.{0,60}|подпи(?:сывайтесь|шитесь|саться) (?:на|в) .{0,120}|підпи(?:суйтесь|шіться|сатися) (?:на|в) .{0,120}"
    r"|有料会員になると.{0,120}|【?.{0,12}キャンペーン】.{0,160}|紙の新聞の(?:定期)?購読者.{0,80}|(?:ログイン|会員登録)(?:して|すると|する).{0,40}|無断(?:転載|複製|複写).{0,40}|ニュースレター(?:に|を|の)?(?:登録|購読).{0,20}|뉴스레터 (?:구독|신청).{0,20}|订阅.{0,10}(?:通讯|简报).{0,10}"
    r"|.{0,10}(?:扫码|扫描二维码|关注(?:我们|公众号|本公众号)|點擊(?:加入|訂閱|追蹤)|点击(?:进入|查看|下载|关注)|请(?:关注|扫码)|声明[:：]).{0,120}|(?:未经授权|未經授權|本文系|文章来源|原标题).{0,80}"
    r"|(?:تابعونا|تابعوا|اشتركوا|انضموا) .{0,30}(?:قناة|تطبيق|نشرة).{0,100}|ακολουθήστε .{0,120}"
    r"|(?:tags?|keywords?|schlagw(?:orte|örter)|etiquetas|теги|теґи|ετικέτες|العلامات|الوسوم|کلیدواژه‌?ها|برچسب‌?ها|ट(?:ै|े)ग|ট্যাগ|แท็ก|키워드|태그|關鍵字|关键词|标签|標籤|キーワード)\s{0,3}[:：|].{0,160}"
    r"|(?:skip to|continue reading|scroll to continue) ?.{0,40}|(?:share|teilen|partager|compartir|condividi|compartilhar?|поделиться|シェア|공유|مشاركة|שתף) (?:this|on|auf|sur|en|su|no|em|в|via)\b.{0,30}"
    r"|(?:(?:estimated )?reading time|read time|lesezeit|temps de lecture|lecture|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd|время чтения|読了時間|この記事は|預計閱讀|阅读时间|阅读时长|읽는 시간|เวลาอ่าน|مدة القراءة|زمن القراءة|זמן קריאה|waktu baca|okuma süresi)\s{0,3}[:：]?\D{0,12}\d.{0,16}"
    r"|(?:copyright\b|\(c\)|tutti i diritti|todos los derechos|저작권자|저작권|جميع الحقوق|כל הזכויות|все права защищены).{0,120}|to (?:keep|continue) reading.{0,80}|(?:weiterlesen mit|jetzt weiterlesen|la suite est réservée).{0,80}"
)
# What makes a line furniture wherever it stands in it; looked for where one of the words does.
INNER_WORDS = (
    "newsletter", "whatsapp", "詳しく", "詳細は", "구독", "팔로우", "से जुड़ी", "से संबंधित",
    "করুন", "કરો", "જોડાઓ", "好友",
)  # fmt: skip
INNER_LINES = re.compile(
    r".{0,200}(?:newsletter|whatsapp-?kanal)\b.{0,60}(?:abonnieren sie|abonniere|melden sie sich|hier anmelden|hier abonnieren|informiert sie|hier bestellen).{0,160}|(?:abonnieren|bestellen|melden|lesen|jetzt|mit|in|unser).{0,80}\b(?:unser\w{0,2}|dem|kostenlos\w{0,2}) .{0,40}(?:newsletter|whatsapp-?kanal)\b.{0,60}(?:abonnieren|anmelden|informiert sie|bestellen)[.!]?"
    r"|.{0,60}(?:詳しく|詳細)は(?:こちら|コチラ)。?|.{0,30}加入.{0,10}line.{0,10}好友.{0,60}|.{0,40}(?:구독|팔로우)\s?(?:하기|해\s?주세요|하세요)[.!]?|.{0,40}से (?:जुड़ी|संबंधित).{0,30}पढ़ें.{0,6}|.{0,60}(?:ফলো করুন|সাবস্ক্রাইব করুন|অনুসরণ করুন)[।.!]?.{0,10}|.{0,60}(?:ફોલો કરો|ડાઉનલોડ કરો|જોડાઓ)[.!]?.{0,10}"
)
# What asks to agree to contents of another house being shown, and lists what that entails.
CONSENT = re.compile(
    r"(?:an dieser stelle (?:finden sie|befindet sich|steht|würden|wird|ist)|hier (?:finden sie|steht|befindet sich)|wir (?:benötigen|brauchen) ihre (?:zustimmung|einwilligung)|mit ihrer zustimmung|ich bin (?:damit )?einverstanden|dieser inhalt (?:wird|stammt)|um (?:diesen|den) inhalt).{0,160}\b(?:extern\w{0,3}|inhalte?s?|angezeigt|anzuzeigen|embed)\b.{0,400}"
    r"|(?:we need your consent|this content is (?:hosted|provided) by|to (?:view|see|show) this (?:content|video|post|tweet)).{0,160}\b(?:consent|cookies?|third[- ]part\w{1,3}|accept)\b.{0,300}|(?:ce contenu (?:est|provient)|pour (?:voir|afficher|visualiser) ce contenu|nous avons besoin de votre (?:accord|consentement)).{0,160}\b(?:cookies?|consent\w{0,8}|accept\w{0,4}|tiers?)\b.{0,300}|(?:para (?:ver|mostrar) este contenido|este contenido (?:está|procede)).{0,160}\b(?:cookies?|consentimiento|acept\w{1,4})\b.{0,300}|(?:per (?:vedere|visualizzare) questo contenuto).{0,160}\b(?:cookie|consenso|accett\w{1,4})\b.{0,300}"
)
ASKS_CONSENT = re.compile(
    r"(?:ihre|deine|meine)[rn]? (?:zustimmung|einwilligung)|stimmen sie|zustimmen|einverstanden,? dass|personenbezogen|datenschutzerkl|mit einem klick|anzeigen lassen|wieder ausblenden|consent|accept|cookie|votre accord|acept|accett|(?:relevanten|ergänzenden|externen|empfohlenen) inhalt"
)
# State of a template's scripts, shown: "isSubscriber: false".
STATE = re.compile(
    r"[a-z]{1,20}(?:[A-Z][a-z0-9]{1,20}){1,5}\s?[:=](?:\s?[\"']?\w{0,24}[\"']?)?|true|false|null|undefined|NaN|\[object Object\]"
)
# Lines that point to other articles: the words, a colon or nothing, then a headline.
_POINTING = r"[\[(（【<«▶▷►▲△■◆◇●☞→>»*•\s]{0,4}"
_POINTED = r"\s{0,3}[\])）】»]?\s{0,3}(?:[:：>»|–-].{0,200}|[.…]{0,3})"
POINTERS = re.compile(
    rf"{_POINTING}(?:read (?:more|also|next|here)|also read|see also|related (?:post|story|article|video|news)|more on this|lesen sie (?:auch|mehr|dazu)|mehr zum thema|lire aussi|à lire (?:aussi|également)|lea también|le puede interesar|leia (?:também|mais)"
    r"|leggi anche|lees ook|les også|läs (?:också|även|mer)|læs også|lue myös|czytaj (?:także|też|więcej)|zobacz (?:także|też)|čtěte (?:také|též)|читайте также|читайте також|прочтите также|関連記事|あわせて読みたい|相关阅读|相關閱讀|延伸閱讀|延伸阅读"
    r"|zum artikel|noticia relacionada|lee también|ver también|te puede interesar|lire également|leggi anche su|przeczytaj (?:także|też|również)|vezi și|citește și|διαβάστε (?:ακόμα|επίσης|σχετικά)|δείτε (?:ακόμα|επίσης)|ще по темі|смотрите также|см\. также|بیشتر بخوانید|همچنین بخوانید|مطالب مرتبط|شاهد أيضا[ًا]?|طالع أيضا[ًا]?|يمكنك أيضا قراءة|ये भी पढ़ें|इसे भी पढ़ें|और पढ़ें|আরও পড়ুন|আরও দেখুন|আরো পড়ুন|આ પણ વાંચો|વધુ વાંચો|ဆက်လက်ဖတ်ရှုရန်|ဆက်စပ်သတင်း|อ่านข่าว(?:ที่เกี่ยวข้อง|ต้นฉบับ|เพิ่มเติม)?|ข่าวที่เกี่ยวข้อง|อ่านต่อ|(?:相關|相关)(?:新聞|新闻|報導|报道)|更多(?:新闻|新聞)|看更多|更多報導|推薦閱讀|你可能還想看|추천\s?기사|함께\s?보면|관련\s?뉴스"
    rf"|관련\s?기사|อ่านเพิ่มเติม|อ่านข่าวอื่น|اقرأ أيضا[ًا]?|إقرأ أيضا[ًا]?|قراءة المزيد|קראו (?:גם|עוד)|baca juga|xem thêm|ayrıca okuyun|यह भी पढ़ें){_POINTED}"
    # Pointers by their mark alone: ▲ ▶ before a headline that is no sentence.
    r"|[▲△▶▷►☞→⇒➡▼▽][^.。!?]{1,160}|>{2,3}\s.{1,200}|\((?:leggi anche|lire aussi|read also|lee también|читайте также)\b.{1,200}\)"
)
# Words that point likewise, and that begin sentences too.
OPEN_POINTERS = re.compile(
    rf"{_POINTING}(?:related|don['’]t miss|must read|watch(?: now| also)?|recommended|mehr dazu|zum thema|auch interessant|weiterlesen|approfondisci|zie ook|se også|se även|lue lisää|polecamy|на цю тему|по темі|на эту тему|по теме|بخوانید|पढ़ें|往下看|【?関連】?|【?あわせて読む】?|【?こちらも】?){_POINTED}"
)
# What stands under a picture in a plain paragraph: a credit alone ...
_CREDITED = r"(?:photos?(?: by| credit| courtesy)?|pictures?|images?(?: credit| source)?|credits?|fotos?|fotografie|foto(?:grafía)?|bild(?:er)?(?:quelle)?|bilder|quelle|crédit(?:s)?(?: photo)?|crédito|kuva|zdjęcie|fot|kép|fotoğraf|фото|фотографія|фотография|иллюстрация|φωτο(?:γραφία)?|εικόνα|צילום|الصورة|صورة|تصوير|عکس|تصویر|फोटो|तस्वीर|ছবি|ફોટો|તસવીર|ဓာတ်ပုံ|ภาพ(?:จาก|ประกอบ)?|เครดิตภาพ|写真|撮影|画像|提供|图(?:片)?(?:来源|源)?|圖(?:片)?(?:來源|源)?|摄影|攝影|资料图|資料照(?:片)?|사진|이미지|자료|그래픽)"
CAPTION_LINES = re.compile(  # in lower case
    rf"[\[(（【<▲△■]?\s{{0,3}}{_CREDITED}\s{{0,3}}(?:[:：=/／|©]|[-–—]\s).{{1,90}}|[©ⓒ]\s?.{{1,60}}"
)
AGENCY_LINES = re.compile(
    r".{0,30}\b(?:getty images|shutterstock|istock|afp via getty|imago|picture alliance)\b.{0,30}"
)
# ... or behind what it shows.
CAPTION_ENDS = re.compile(  # in lower case
    rf"(?:[(（\[【/|]\s{{0,3}}(?:{_CREDITED}\s{{0,3}}[:：=/／|by]{{1,2}}.{{1,50}}|.{{0,40}}(?:getty images|shutterstock|istock|imago|picture alliance|ap photo)\b.{{0,40}}|.{{1,16}}(?:提供|撮影|攝|摄|資料照片?|资料图))\s{{0,3}}[)）\]】]?|[\s.。!?！？](?:photos?|pictures?|image|foto|fotografie|bild|fot\.?|zdjęcie|фото|φωτο(?:γραφία)?|צילום|عکس|تصوير|تصویر|फोटो|ছবি|ફોટો|તસવીર|ဓာတ်ပုံ|写真|撮影|图|圖|摄影|攝影|사진)\s{{0,3}}(?:by\s|[:：=/／])[^.。:：!?]{{2,50}}|[\s.。(（](?:архивное фото|фото из архива|архівне фото|file photo|archivfoto|archivbild|photo d['’]archives?|foto de archivo|foto d['’]archivio|zdjęcie ilustracyjne|symbolbild|资料图(?:片)?|資料照(?:片)?|資料圖片|資料写真|자료\s?사진|फाइल फोटो|ফাইল ছবি|ફાઇલ તસવીર|عکس آرشیوی|أرشيفية|صورة أرشيفية|ภาพประกอบ|แฟ้มภาพ|φωτογραφία αρχείου|צילום ארכיון)|\s(?:연합뉴스|뉴시스|뉴스1|게티이미지(?:뱅크|코리아)?)(?:\s(?:자료사진|제공))?|[.\s]\S{{2,12}}\s제공|[。\s　][\u4e00-\u9fff]{{2,5}}[\s　/]?[摄攝]|新华社[发記记]者?.{{0,20}}摄）?)\s{{0,3}}$",
)
# Last lines: who else wrote, where it stood first, how to reach the writer.
CLOSING_LINES = re.compile(
    r"[^.]{1,300} contributed (?:reporting )?to this (?:report|story|article)\.?.{0,60}"
    r"|(?:this (?:article|story|piece) (?:was )?)?(?:originally|first) (?:published|appeared) (?:in|on|by|at) .{1,160}"
    r"|※(?!.{0,80}(?:訂正|修正|追記|更正|정정|바로잡)).{2,160}|notice: the content above .{0,240}|.{0,60}[\w.+-]{2,40}@[\w-]{2,40}\.[\w.]{2,20}.{0,30}|(?:follow|contact|email|e-?mail|write to|reach) .{1,40}(?:\bon (?:x|twitter|instagram|facebook)|@).{0,60}|(?:twitter|x|instagram)(?:\.com/|: ?@).{1,40}",
    re.IGNORECASE,
)
# ... likewise, where no more than names follow the words, or it is no sentence.
NAMED_CLOSINGS = re.compile(
    r"(?:editor|penulis|reporter|redaktur|pewarta|yazar|muhabir|autor|redakce|redacci[oó]n|redazione|rédaction|szerkesztő|редактор|συντάκτης)\s?[:：]\s?.{1,50}|(?:additional |further )?(?:reporting|writing|editing|research)(?: and (?:writing|editing|reporting))? by .{1,300}|(?:with|including) (?:additional )?(?:files?|reporting|contributions?|reports?|inputs?|material)\b.{0,20} (?:from|by) .{1,200}|mit (?:informationen|material) (?:von|der) .{1,160}|(?:redaktion|faktencheck|bearbeitung|übersetzung|mitarbeit)\s?: .{1,120}|quellen?: .{1,160}"
    r"|\(?(?:quelle|source|fuente|fonte|źródło|zdroj|kilde|källa|lähde|bron|kaynak|sumber|источник|джерело|πηγή|المصدر|منبع|स्रोत|সূত্র|出典|来源|來源|출처|ที่มา)\s?[:：].{1,80}\)?",
    re.IGNORECASE,
)
# Notes on what was wrong in a text are a part of it.
CORRECTED = re.compile(
    r"\bcorrect(?:s|ed|ions?)\b|clarif(?:y|ied|ication)|berichtig|korrig|korrekt(?:ur|ion)|richtiggestellt|corrigé|rectificat|corregid|correcci[oó]n|corretto|rettific|corrigid|correção|sprostowan|opraven|исправ|уточнен|виправ|уточнен|διόρθωσ|تصحيح|اصلاحیه|תיקון|संशोध|সংশোধ|સુધાર|訂正|修正|追記|更正|勘误|정정|바로잡|แก้ไขข่าว|แก้คำผิด",
    re.IGNORECASE,
)
# What a paragraph wholly in brackets speaks of, that closes a page: who wrote, where it came from.
_NOTED = r"headline|syndicated|agency|inputs|translat|views?|opinions?|author|writer|columnist|professor|published|source|photo|@|www\.|autor|übersetz|agentur|traduc|traduit|auteur|fuente|fonte|автор|перевод|джерел|источник|συγγραφέ|الكاتب|المصدر|نویسنده|منبع|हेडलाइन|शीर्षक|एजेंसी|लेखक|लेखिका|শিরোনাম|লেখক|હેડલાઇન|લેખક|作者|作家|译|譯|編輯|编辑|編集|記者|记者|撰文|来源|來源|聞き手|構成|翻訳|取材|寄稿|필자|번역|기자|ผู้เขียน|แปล"
# The last line alone: initials or the writer in brackets, before his house's name or after a
# credit word, the house itself; a Korean reporter's signature.
SIGNATURES = re.compile(
    rf"[(（\[【〔](?!.{{0,60}}[.。!?])[^()（）\[\]【】〔〕]{{2,50}}[)）\]】〕]|[(（](?=[^()（）]{{0,300}}(?:{_NOTED}))[^()（）]{{50,320}}[)）]"
    r"|[A-ZÀ-ÞЀ-Я][\w'’.-]{1,24}(?: [A-ZÀ-ÞЀ-Я][\w'’.-]{1,24}){1,2}, [«„“][^«»„“”]{2,40}[»“”]|(?:[Рр]едакц[иі]я|[Rr]edak[tc]ion|[Rr]édaction|[Rr]edacción|[Rr]edazione|[Rr]edacja|Η σύνταξη) [«„“][^«»„“”]{2,40}[»“”]"
    r"|[A-Z]{2,8}(?:/[A-Z]{2,8})? \([\w/, ]{2,40}\)|[/=|]?\s{0,3}[가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,3}\s(?:[가-힣]{2,6})?(?:기자|특파원|논설위원|선임기자|인턴기자).{0,52}",
)
# What asks readers to log in, register or pay, and where its links lead.
WALLS = re.compile(
    r"会員限定|会員登録|有料会員|購読者の方|ログインして|登录后|登入後|訂閱(?:後|即可)|订阅(?:后|即可)|付费阅读|회원\s?(?:전용|가입)|로그인\s?(?:후|하시면)|구독(?:하시면|자\s?전용)|สมัครสมาชิก|เข้าสู่ระบบ"
    r"|already (?:a (?:subscriber|member)|have an account|registered|subscribed)|subscribe (?:now )?(?:to|and) (?:continue|keep|read|unlock|get)|(?:log|sign) in to (?:continue|read|your)|create (?:a free|an) account|register (?:for free|to continue|now)|unlock (?:this|all)"
    r"|bereits (?:abonn|registriert|ein (?:abo|konto))|jetzt (?:anmelden|registrieren|abonnieren|testen|weiterlesen)|weiterlesen mit|déjà abonné|(?:pour lire|pour continuer).{0,40}abonn|s['’]abonner|ya (?:eres|soy|es) suscriptor|suscríbete|(?:inicia|iniciar) sesión|già abbonat|abbonati (?:per|a|ora)|já (?:é|sou) assinante|assine (?:para|já|agora)|ben je al abonnee|al abonnee|allerede abonnent|redan prenumerant|jo tilaaja|masz już konto|zaloguj się|już subskrybujesz|už máte (?:účet|předplatné)|zaten abone|уже (?:есть подписка|подписаны)|войдите|оформите подписку|увійдіть|είστε ήδη συνδρομητής|συνδεθείτε|سجل(?:وا)? الدخول|للمشتركين|वैलिड सब्सक्रिप्शन|पहले से सब्सक्राइबर|લોગિન કરો|সাবস্ক্রাইব করুন",
    re.IGNORECASE,
)
WALL_LINKS = re.compile(  # in lower case, which takes half the time of ignoring case
    r"log-?in|sign-?(?:in|up)|regist|subscri|abon|abo(?:shop|s?\b)|suscri|assin|member|account|premium|/plus\b|konto|login|shop|offer|paywall|kaiin|digital-?abo|prenumer|tilaa|zaloguj|predplat|abbona"
)
