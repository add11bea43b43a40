"""Tabular: lines that ask readers to follow, subscribe, give or comment, and lists of sources."""

# ruff: noqa: E501

import re

# Imperatives that hardly begin a sentence of news ...
_IMPERATIVES = (
    r"follow (?:us|our|@)|join (?:us on|our)|subscribe|sign up|stay (?:connected|tuned|updated)|folgen sie (?:uns|unser|dem|der|@)|folg(?:t|e) uns|abonnieren sie|abonniere?t?|suivez(?:-| )(?:nous|nos|notre|le|la|toute|l['’])|rejoignez(?:-| )(?:nous|nos|notre|le|la)|abonnez|inscrivez|téléchargez|síguenos|únete a nuestr|suscríb\w*|descarga (?:la|nuestra)|seguici|iscriviti|scarica|unisciti|inscreva|assine|baixe (?:o|a|noss)|participe d|volg ons|abonneer|meld je|følg oss|följ oss|prenumerera|seuraa meitä|tilaa (?:uutis|maksuton)|dołącz|obserwuj|zapisz się|śledź|pobierz|sledujte|odebírejte|přihlaste|kövess\w*|iratkozz\w*|urmăr(?:iți|ește|este)\w*|abonaț\w*|abone ol|bizi takip|ikuti (?:kami|berita|saluran|terus)|gabung (?:di|ke|dengan)|dapatkan (?:berita|update|informasi)|theo dõi (?:chúng|báo|trang)|đăng ký"
    r"|подпи(?:сывайтесь|шитесь|сывайся|шись)|присоединяйтесь|вступайте|скачивайте|следите за (?:наш|новост|нами)|підпи(?:суйтесь|суйтеся|шіться|шись)|стежте за (?:наш|новин|нами)|приєднуйтесь|приєднуйтеся|долучайтесь|завантажуйте|слідкуйте за (?:наш|новин|нами)|ακολουθ(?:ή|εί)στε|εγγραφείτε|κατεβάστε|تابعونا|ما را (?:در|از)|עקבו אחר|הצטרפו (?:ל|א)|הירשמו|הורידו|กดติดตาม|ติดตาม(?:ข่าว|เรา|ได้|ช่อง|เพจ)|เพิ่มเพื่อน|สมัครรับ|ดาวน์โหลด(?:แอป|ได้)"
)
# ... and words that begin an appeal, or a sentence: an appeal where it has no full stop.
_OPENINGS = r"follow|join|get|download|install|like|watch|listen|connect|folgen sie|suivez|rejoignez|recevez|retrouvez|sigue|únete|recibe|siga|segui (?:il|la|le|i)|acompanhe|baixe|følg|läs|seuraa|tilaa|takip|gabung|dapatkan|unduh|theo dõi|читайте|ставьте|оставайтесь|следите|стежте|слідкуйте|больше новостей|більше новин|κάντε|μείνετε|μάθετε|διαβάστε|تابعوا|تابع (?:صفحة|صفحات|قناة|حساب|آخر|أهم)|اشتركوا|انضموا|حم[ّ]?لوا|للاشتراك|لمتابعة|للمزيد|برای|عضو|دنبال|به (?:کانال|صفحه)|הצטרפו|עקבו|हमें|हमारे|ताज़ा|ताजा|लेटेस्ट|देश|खबरों|আমাদের|সর্বশেষ|গুগল|খবর|તાજા|અમારા|અમારી|લેટેસ્ટ|વોટ્સએપ|อ่านข่าว|ดาวน์โหลด|フォロー|登録|公式|最新|追蹤|追踪|加入|訂閱|订阅|下載|下载|关注|關注|按讚|點擊|点击|掌握|想看|更多|네이버|카카오|구독|유튜브|공식"
_PLACES = (
    r"telegram|телеграм\w*|تلگرام|تليجرام|تلغرام|טלגרם|टेलीग्राम|whats\s?app|ватсап|واتس\s?[اآ]ب|ווטסאפ|व्हाट्सए?[पॅ]|व्हॉट्सऐप|হোয়াটসঅ্যাপ|વોટ્સએપ|વૉટ્સએપ|viber|вайбер|google\s?(?:news|новост\w*|новин\w*|ニュース|新聞|新闻|뉴스|discover)|गूगल|গুগল|ગૂગલ|گوگل|جوجل|facebook|фейсбук|فيسبوك|فیس\s?بوک|फेसबुक|ফেসবুক|ફેસબુક|เฟซบุ๊ก|臉書|脸书|페이스북|instagram|инстаграм|اینستاگرام|إنستغرام|इंस्टाग्राम|youtube|ютуб|یوتیوب|يوتيوب|यूट्यूब|ইউটিউব|યુટ્યુબ|ยูทูบ|유튜브|tiktok|twitter|твиттер|ट्विटर|x\.com|line(?:\s?(?:today|@|官方|公式|好友|ไลน์))|ไลน์|微信|公众号|公眾號|微博|카카오톡|카톡|네이버"
    r"|news-?letter|nyhetsbrev|nieuwsbrief|uutiskirje|рассылк\w*|розсилк\w*|biuletyn|zpravodaj|hírlevél|bülten|نشرة|النشرة|خبرنامه|ניוזלטר|न्यूज़?लेटर|নিউজলেটার|ન્યૂઝલેટર|จดหมายข่าว|ニュースレター|メールマガジン|電子報|电子报|뉴스레터|push-(?:nachricht|notif)\w*|push notif\w*|notifications?|benachrichtigung\w*|уведомлени\w*|our app|(?:die|unsere) app|l['’]appli\w*|la app|aplikac\w*|приложени\w*|застосун\w*|تطبيق|اپلیکیشن|ऐप|এপ|અ?એપ|แอป|アプリ|앱"
)
# A line, in lower case, that asks to follow the outlet elsewhere: an appeal at its start, then a place; or, in the
# languages of India and Japan, a place and then the verb.
FOLLOWS = re.compile(rf"\W{{0,6}}(?:{_IMPERATIVES}).{{0,200}}(?:{_PLACES})")
LAST_VERBS = (
    "फॉलो कर", "जुड़ें", "जुड़े रह", "डाउनलोड कर", "सब्सक्राइब कर", "ফলো কর", "সাবস্ক্রাইব কর", "যোগ দিন",
    "যুক্ত থাক", "ફોલો કર", "જોડાઓ", "જોડાવ", "ડાઉનલોડ કર", "フォローし", "友だち追加",
)  # fmt: skip
FOLLOWED = re.compile(
    rf".{{0,160}}(?:{_PLACES}).{{0,60}}(?:{'|'.join(LAST_VERBS)})"
)  # costs much: only for lines that hold such a verb
MAY_FOLLOW = re.compile(rf"\W{{0,6}}(?:{_OPENINGS}).{{0,200}}(?:{_PLACES})")
FOLLOWS_MAX_CHARS = 220
# What a line asks in the place of a sentence: gifts, opinions, hints. Last lines only.
APPEALS = re.compile(
    r"(?:(?:please )?(?:support (?:us|our|independent|local|quality)|donate (?:now|today|here|to)|consider (?:donating|supporting|subscribing))\b|(?:hat ihnen dieser artikel gefallen|unterstützen sie (?:uns|unsere)|spenden sie)|(?:soutenez|faites un don|vous avez aimé cet article)|(?:apoya (?:a|el periodismo|nuestro)|apóyanos|haz (?:una donación|tu aporte)|si te ha gustado)|(?:sostieni (?:il|la|le|i|un)|sostienici)|(?:apoie o|contribua com)|(?:steun ons|waardeer dit artikel)|(?:wesprzyj (?:nas|niezależ)|wspieraj (?:nas|niezależ)|postaw nam kawę)|(?:podpořte)|(?:поддержите|поддержать) (?:нас|наш|редакцию|издание|проект|работу|журналист)|(?:підтримайте|підтримати) (?:нас|наш|редакцію|видання|незалежн|роботу|журналіст)|(?:στηρίξτε|υποστηρίξτε)|(?:ادعموا?نا|ادعموا? (?:موقع|صحاف)|تبرعوا? )|(?:حمایت کنید)|(?:(?:תמכו|תרמו) (?:בנו|לנו|ב?עיתונות|באתר))|(?:ご寄付|ご支援|応援よろしく)|(?:후원(?:하기|해)|정기구독)|(?:请|請)?(?:捐款)?支持(?:我們|我们|本站|本刊|本報|本报|獨立|独立)|ร่วม(?:บริจาค|สนับสนุน)(?=.{0,80}(?:โอนเงิน|บัญชี))|(?:скача(?:йте|ть)|установите|завантаж(?:те|уйте)|встановіть|laden sie|télécharge[rz]|descarga|pobierz|download|install|ดาวน์โหลด).{0,60}(?:приложени|застосун|\bapp\b|appli|แอป)|(?=.{0,80}(?:न्यूज़?|खबर|ख़बर|समाचार|खबरें))(?=.{20,200}(?:ऐप|एप|\bapp).{0,20}(?:डाउनलोड|इंस्टॉल) कर(?:ें|िए)))"
    r".{0,220}|(?:what do you think|have your say|let us know(?=.{0,160}(?:comment|below|@|mail|what you|your))|(?:do you have|got) a (?:story|tip)(?: for us|(?=.{0,160}(?:\bus\b|mail|contact|@)))|was meinen sie|ihre meinung|haben sie hinweise|sie haben hinweise|qu['’]en pensez-vous|votre avis|qué opinas|¿?qué te parece|cosa ne pensi|o que você acha|wat vind jij|co sądzisz|a co ty|что (?:думаешь|думаете|вы думаете)|а как (?:вы )?(?:думаете|считаете)|нашли (?:ошибку|опечатку)|если вы (?:нашли|заметили) (?:ошибку|опечатку)|якщо (?:ви )?(?:помітили|знайшли) помилку|знайшли помилку|что скажете|ما رأيك|شاركنا(?: رأيك)?|نظر شما|שתפו אותנו|מה דעתכם|आपकी क्या राय|अपनी राय|इस खबर पर|আপনার মতামত|તમારો અભિપ્રાય|ご意見|ご感想|皆(?:さん|様)の(?:ご?意見|ご?感想|声|お便り|体験|情報|コメント|投稿)|이 기사(?:가|에).{0,20}(?:마음|도움|좋|유익|의견|댓글|추천|공감)|여러분(?:의)? (?:생각|의견)|您(?:怎么|怎麼)看|你(?:怎么|怎麼)看|คุณคิดอย่างไร).{0,200}",
    re.IGNORECASE,
)
# What such a line speaks of where it ends as a sentence does, in scripts that have capitals: the
# outlet, its work, its readers. "Donate now or never, he said." speaks of none.
OWN = re.compile(
    r"\b(?:us|our|we|journalis\w*|newsroom|comments?|below|(?:this|the) (?:article|story)|e-?mail|store|inbox|uns|unser\w{0,2}|redaktion\w*|artikel\w*|kommentar\w*|nous|notre|nos|commentaires?|articles?|nuestr\w+|apóyanos|periodis\w*|art[ií]culo|comentari\w*|noss[oa]s?|jornalis\w*|nostr[oaie]|giornalis\w*|sostienici|articolo|ons|ars|redakc\w*|nas|nam|nasz\w*|nás|ji)\b"
    r"|журналист|журналіст|редакц|издани|видання|проект|стать|статт|\bнас\b|наш|ошибк|опечатк|помилк|приложени|застосун|ко[м]{1,2}ент|думае|считае|σελίδα|άρθρο|μας",
    re.IGNORECASE,
)
# The heading of what an article was made from, and what follows to the end.
SOURCES = re.compile(
    r"(?:verwendete |weitere |eigene )?(?:quellen(?:angaben|verzeichnis)?|recherchen?)|sources?(?: et références)?|references|footnotes|fuentes|fonti|fontes|bronnen|źródła|zdroje|kilder|källor|lähteet|források|surse|kaynaklar|kaynakça|sumber|источники|джерела|πηγές|منابع|المصادر|מקורות|स्रोत|সূত্র|出典|参考(?:文献|資料|资料)|資料來源|资料来源|참고\s?(?:자료|문헌)|แหล่งข้อมูล|อ้างอิง",
    re.IGNORECASE,
)
