"""Tabular: the words around names in credits, by language: "by", roles, "and", what may follow."""

# ruff: noqa: E501

import re

# What marks a name as its writer's. Those of `BY` stand before it with a space, those of `LABELS`
# with a colon, a comma or a dash ("Author, Jane Doe"); Latin ones are matched in any case.
BY = (
    r"(?:(?:written|reported|reporting|words?|text|story|analysis|opinion|comment|posted|curated|authored|compiled|report)(?:\s+and\s+\w{1,20})?\s+by"
    r"|words?(?=\s?[:：])|by|vom|par|por|door|przez|dari|oleh|bởi|laporan|shkruar\s+nga|nga|imeandikwa\s+na|geskryf\s+deur|deur|ditulis\s+oleh|scris\s+de|skrevet\s+av|isinulat\s+ni"
    r"|verfasst\s+von|geschrieben\s+von|ein\s+(?:gast)?(?:beitrag|kommentar)\s+von|eine\s+(?:analyse|kolumne|reportage|glosse)\s+von|mit\s+material\s+(?:von|der)|écrit\s+par|rédigé\s+par|propos\s+recueillis\s+par|un\s+(?:article|texte)\s+de"
    r"|escrito\s+por|scritto\s+da|a\s+cura\s+di|d(?:al|alla|ai)\s+nostr[oaie]\s+(?:inviat\w|corrispondente)(?:\s+special[ei])?|geschreven\s+door|autor(?:a|es|as|in|en|zy|ka|stwo|i|ul)?|author(?:s)?|auteur(?:s|e)?|auteure|autore|autori|autrice|författare|forfatter|höfundur|skribent"
    r"|journalist(?:en|in)?|redaktion:|reporters?|reportage|text(?:o)?|tekst|texte|testo|teksti|interview|kommentar|analyse|penulis|reporter|yazan|haber|muhabir|kirjoittaja|szerző|írta|piše|napsala?|autorius|autors"
    r"|müəllif|muallif|tekstas|teksts|barreessaa|ùghdar"
    r"|автор(?:ы|и|ка)?(?:\s+(?:статьи|текста|материала|статті|матеріалу))?|аўтар|текст|материал|подготовил[аи]?|(?:беседовал|записал|интервью\s+вел|розмовля|спілкува|записа)(?:а|и|ла|в)?|бес(?:еду|еды)\s+вел[аи]?|интервью|інтерв[ʼ’\']ю|підготував|підготувала|підготували|журналіст(?:ка)?|журналист(?:ка)?|корреспондент|кореспондент(?:ка)?|репортер|пише|пише:|от|написал[аи]?"
    r"|συντάκτ(?:ης|ρια)|γράφ(?:ει|ουν)(?:\s+(?:ο|η|οι))?|κείμενο|ρεπορτάζ|από\s+τ(?:ον|ην|ους)|συνέντευξη\s+στ(?:ον|ην)|αρθρογράφος|ανταπόκριση|αποστολή|ავტორი|հեղինակ)"
)
LABELS = (
    r"(?:نویسنده|نویسندگان|گزارشگر|گزارش(?:\s+از)?|خبرنگار|به\s+قلم|نگارش(?:\s+از)?|نوشته(?:\s*ی)?|(?:مصاحبه|گفت‌وگو|گفتگو)(?:\s+از)?|یادداشت|تحریر|رپورٹ|مصنف"
    r"|بقلم|كتب(?:ت|ه|ها|وا)?|بواسطة|حاور(?:ت)?(?:ه|ها|هم)|التق(?:اه|ته|اها|تها)|أجر(?:ى|ت)\s+(?:الحوار|المقابلة|اللقاء)|إعداد(?:\s+وتقديم)?|حوار|تقرير|تحقيق|الكاتب(?:ة)?|المؤلف|المحرر\s+الصحفي|متابعة|خاص"
    r"|מאת|כתב(?:ת|ה)?|"
    r"लेखक|लेखिका|लेखन|रिपोर्ट|रिपोर्टर|रिपोर्टिंग|संवाददाता|लेखकः|लेखकाचे\s+नाव|द्वारा|প্রতিবেদক|প্রতিবেদন|লেখক|লেখা|লিখেছেন|રિપોર્ટર|લે{1,2}ખક|અહેવાલ|ਲੇਖਕ|எழுதியவர்|రచయిత|ലേഖകൻ|ಲೇಖಕ"
    r"|โดย|ผู้เขียน|ผู้สื่อข่าว|เรื่อง(?:และภาพ)?|เรื่องโดย|นักเขียน|รายงาน(?:โดย)?|เขียน(?:โดย)?|รายงานพิเศษโดย|สัมภาษณ์(?:โดย)?"
    r"|ရေးသားသူ|တွေ့ဆုံမေးမြန်းသူ|မေးမြန်းသူ|သတင်းထောက်|စာရေးသူ|ရေးသား|သတင်း)"
)
CJK_LABELS = (
    r"(?:取材・構成・文|取材・構成|取材・執筆|取材・撮影・文|取材・文・撮影|取材・文|構成・文|文・構成|文・写真|文と写真|写真・文|文・撮影|文責|文|執筆者?|取材|筆者|ライター|リポーター|解説|聞き手|聞き手・構成|構成|記者|著者|リポート"
    r"|文[/／]图|文[/／]圖|图[/／]文|文[/／]摄影|撰文|作者|文字|采写|採寫|采访|採訪|撰稿人?|采访人员|记者|評論員|评论员|通讯员|特派員|特派员|整理|執筆"
    r"|글[·ㆍ]사진|글[·ㆍ]그림|글쓴이|글|취재|기자|작성자|정리|인터뷰|대담)"
)
EDITOR = (
    r"(?:(?:edited|editing|published|updated|proofread|subedited|produced|fact[- ]checked)\s+by|editors?|editing|bearbeitet\s+von|redigerat\s+av|edición|edição|edited|editado\s+por|relecture|επιμέλεια|редактор(?:ы|ка|и)?|выпускающий\s+редактор|редагувала?"
    r"|责任编辑|責任編輯|责编|責編|编辑|編輯|主编|主編|网编|網編|核稿|审核|審核|审校|校对|校對|监制|監製|值班编辑|编审|初审|复审|终审|二审|三审|一审|流程编辑|編集|編集者|担当|デスク|영상\s?편집|편집|편집자|데스크|교정"
    r"|تحرير|المحرر|مراجعة|تدقيق|ویراستار|ویرایش|تنظیم|دبیر|संपादक|संपादन|सम्पादक|एडिटेड\s*बाय|সম্পাদনা|সম্পাদক|সম্পাদনায়|સંપાદન|บรรณาธิการ|เรียบเรียง|อัปโหลด|עריכה|עורך|တည်းဖြတ်)"
)
PHOTOGRAPHER = (
    r"(?:(?:photos?|photograph(?:y|s)?|pictures?|images?|video|illustrations?|graphics?|photography\s+and\s+video)\s+by|photos?|photograph(?:s|y|ers?)?|pictures?|images?|fotos?|fotograf(?:[íi]as?|in|en|ie|e)?|fotos?\s+(?:de|von|di)|bild(?:er)?|grafik|graphics?|illustrations?|video|kamera|photographe|crédits?(?:\s+photos?)?|foto\s+oleh|zdjęcia|kuvat?|kép|fotó"
    r"|写真|撮影|イラスト|图片?|圖片?|图源|攝影|摄影|摄像|攝|摄|视频|視頻|制图|製圖|插画|사진|영상|그래픽|촬영(?:기자)?|영상\s?취재|삽화"
    r"|фото|фотограф|фотографии|видео|відео|світлини|иллюстраци[яи]|φωτογραφί(?:α|ες)|φωτο|צילום|צילומים|תמונות|صور(?:ة)?|تصوير|عدسة|عکس|عکاس|फोटो|फ़ोटो|तस्वीर|ছবি|ફોટો|ภาพ(?:ประกอบ|ถ่าย)?|ช่างภาพ|ဓာတ်ပုံ)"
)
TRANSLATOR = (
    r"(?:(?:translated|translation|adaptation)\s+by|translation|translator|übersetzt\s+von|übersetzung|aus\s+dem\s+\w{3,20}\s+von|traduit\s+par|traduction(?:\s+de)?|traducción(?:\s+de)?|traducido\s+por|tradução|traduzione(?:\s+di)?|tłumaczenie|vertaald\s+door|vertaling|перевод(?:чик)?|переклад|μετάφραση|απόδοση"
    r"|翻訳|訳|译者|譯者|翻译|翻譯|编译|編譯|번역|ترجمة|ترجمه|مترجم|अनुवाद|অনুবাদ|અનુવાદ|แปล(?:โดย)?|ผู้แปล|תרגום|ဘာသာပြန်)"
)
# Words that stand behind a name as well, after a mark: "ธนวรรณ ศรีลำดวน : รายงาน", "王小荷/文".
LABELS_BEHIND = (
    r"(?:รายงาน|เรื่อง|เรียบเรียง|เขียน|สัมภาษณ์|แปล|ภาพ(?:ถ่าย|ประกอบ)?|วิดีโอ|กราฟิก|บรรณาธิการ"
    r"|文|图|圖|攝|摄|攝影|摄影|撰文|整理|报道|写真|撮影|構成|取材|글|사진|그림|영상|취재|정리"
    r"|текст|фото|відео|видео|интервью|κείμενο|φωτογραφίες|تصوير|حوار|إعداد|تحرير|عکس|گزارش|ترجمه|সংবাদ|ছবি|প্রতিবেদন|लेखन|फोटो|ફોટો|ဓာတ်ပုံ)"
)
# What a reader may press beside a name: to follow its bearer, to write, to see more texts.
BUTTON = re.compile(
    r"\s{1,3}\+?\s?(?:(?-i:Follow(?:ing)?|Seguir|Suivre|Folgen|Volgen|Email|E-?mail|Mail)|구독(?:하기|중)?|팔로우|팔로잉|관심(?:기자)?|응원(?:하기)?|프로필|(?:이메일|메일)(?:\s?보내기)?|(?:다른\s?)?기사\s?(?:더\s?)?보기"
    r"|フォロー(?:する|中)?|メール|シェア|关注|關注|追蹤|追踪|邮箱|متابعة|تابع|ติดตาม|फॉलो(?:\s?करें)?|ফলো(?:\s?করুন)?|подписаться|підписатися)"
    r"(?=\s{0,2}(?:$|[,;、|·+]|[\w.+-]{1,40}@|(?:구독|팔로우|관심|フォロー)))",
    re.IGNORECASE,
)
# What a profile counts, and the words around it: "2190文章数 188关注度", "Followers 320".
PROFILE_COUNTS = re.compile(
    r"\d[\d.,万만천kK+]{0,8}\s?(?:文章|关注|關注|粉丝|粉絲|获赞|作品|フォロワー|구독자|팔로워|posts?\b|articles?\b|stories\b|followers?\b|beiträge\b|artikel\b|artículos\b|artigos\b|публикаци|подписчик|материал|матеріал|записей|статей|статті|مقال|متابع|บทความ)"
    r"|(?:文章|关注|關注|粉丝|粉絲|获赞|followers?|articles?|posts?|구독자|팔로워|フォロワー|подписчик\w{0,3}|публикаци\w{0,3})\s?[:：]?\s?\d",
    re.IGNORECASE,
)
# Labels of what is no name at all: the office of whoever was named before, a place, a date.
ASIDE = (
    r"(?:role|reporting\s+from|rol|unvan|vəzifə|nafasi|dreuchd|pozíció|gahee|location|published|updated|posted\s+on|source|quelle|fuente|fonte|kaynak"
    r"|पदनाम|शीर्षक|શીર્ષક|హోదా|பதவி|ਰੋਲ|شغل|المهنة|الوظيفة|من|عنوان|سمت|роль|посада|должность|ρόλος|ตำแหน่ง|役職|肩書|職位|职务|職稱|직책"
    r"|来源|來源|稿源|信源|出典|出所|ที่มา|источник|джерело|πηγή|المصدر|منبع|সূত্র|स्रोत|સ્ત્રોત|출처|자료|時間|时间|日期|发布时间|發布時間|입력|등록|수정|प्रकाशित|অপডেট|প্রকাশ|প্রকাশিত|आखिरी\s+अपडेट|tags?|标签|標籤|अपडेटेड)"
)
# Names in a row with spaces between: after these words, and never longer than four characters each.
SPACED_NAMES = re.compile(
    r"记者|記者|撰文|采写|撰稿|评论员|評論員|通讯员|作者|文\s?[/／|｜]|编辑|編輯|摄影|攝影|기자"
)

# After a name, where the word order is the other way round.
AFTER = re.compile(
    r"\s{0,2}(?:さん|氏)?\s{0,2}(?:論説副委員長|論説委員長|記者|特派員|編集委員|論説委員|支局長|総局長|通信員|解説委員|専門記者|記者団|执笔|本报记者|特约记者|特派记者|记者|報導|报道|撰|編輯|编辑"
    r"|(?:인턴|수습|선임|전문|온라인|정치|경제|국제|객원|시민|대|의학전문|군사전문|기후전문|환경전문|문화선임)?\s{0,2}기자|(?:[가-힣]{2,6}\s{1,2})?특파원|논설(?:위원|실장|고문)|논설위원실|통신원|리포터|에디터|칼럼니스트|앵커|(?:さん)?(?:が|の)?(?:報告|執筆)|による|द्वारा|रिपोर्टर)?\s{0,2}(?:외\s{0,2}\d{1,3}\s{0,2}[명인]|ほか|(?<=[\u3400-\u9fff])ら|等)?\s{0,2}$"
)
CONJUNCTION = re.compile(
    r"\s+(?:and|und|et|y|e|och|og|ja|ve|və|dan|và|и|та|і|й|и|да|και|κι|και|with|mit|avec|con|com|met|med|z|oraz|i|és|și|și|si|ir|un|dhe|na|a|at|&|\+|و|ו|और|एवं|তथा|ও|এবং|અને|ਅਤੇ|மற்றும்|మరియు|และ|กับ|နှင့်|နဲ့|與|与|和|及|및|と)\s+"
    r"|\s*(?:;|；|\||｜|、|，|،|؛|\s/\s|／|\s[-–—•·]\s)\s*",
    re.IGNORECASE,
)
KATAKANA_NAME = re.compile(r"[ァ-ヺー・=＝\s]+")

ROLE_WORD = (
    r"correspondents?|reporters?|editors?|writers?|columnists?|journalists?|analysts?|producers?|contributors?"
    r"|fellow|freelancers?|professor|bureau|anchor|presenter|photographers?|sub-?editors?|strategists?"
    r"|korrespondent(?:in|en|innen)?|redakteur(?:in|e|innen)?|reporter(?:in|innen)|journalistin|redaktionsleiter(?:in)?|ressortleiter(?:in)?|volontär(?:in)?|chefredakteur(?:in)?|autorin"
    r"|correspondante?s?|envoyée?s?\s+spéciale?s?|journalistes?|rédacteurs?|rédactrices?|chroniqueu(?:r|se)|chef(?:fe)?\s+de\s+rubrique"
    r"|corresponsal(?:es)?|enviad[oa]s?\s+especial(?:es)?|redactor(?:a|es|as)?|periodistas?|correspondentes?|jornalistas?|repórter|colunista|analista"
    r"|corrispondente|inviat[oa]|giornalista|redattore|redattrice|verslaggever|redacteur|korrespondent|reporterka|dziennikarz|dziennikarka|redaktorka|toimittaja|újságíró|novinář(?:ka)?|novinar(?:ka)?"
    r"|корреспондент(?:ы|ка)?|обозреватель|журналист(?:ка)?|собкор|репортер|редактор(?:ка)?|кореспондент(?:ка)?|журналіст(?:ка)?|оглядач(?:ка)?|колумніст(?:ка)?|политолог|эксперт|مراسل(?:ة|و)?|محرر(?:ة)?|صحفي(?:ة)?|صحافي(?:ة)?|كاتب(?:ة)?|خبرنگار|צוות|כתב|כתבת|muhabiri|editörü"
    r"|wartawan|jurnalis|phóng\s+viên|ผู้สื่อข่าว|นักข่าว|संवाददाता|पत्रकार|প্রতিনিধি|সংবাদদাতা|સંવાદદાતા|δημοσιογράφος|ανταποκριτής"
)
ROLE_MODIFIER = (
    r"(?:senior|chief|deputy|managing|executive|associate|assistant|foreign|political|politics|diplomatic|security|defence|defense"
    r"|economics?|business|world|international|national|local|special|digital|data|health|science|sports?|culture|technology|tech|global"
    r"|white\s+house|state\s+department|middle\s+east|north\s+america|south\s+america|latin\s+america|asia|africa|europe|east|west|south|north"
    r"|new\s+york|washington|london|berlin|paris|brussels|moscow|kyiv|beijing|tokyo|jerusalem|cairo|delhi|staff|freelance|news|assignment|investigations?|crime|court|education|environment|climate|religion|general|breaking|audience|features?|opinion|money|consumer|royal|entertainment|football|cricket|lead|principal|group|night|day|weekend|city|bureau"
    r"|our|unser(?:e)?|notre|nuestr[oa]|dal\s+nostro|nostro|the|former|us|uk|eu|bbc|специальный|старший|главный|спеціальний)"
)
ROLE = re.compile(
    rf"(?:\s{{0,3}}[,(:–—-]\s{{0,3}}|\s{{1,3}})(?:{ROLE_MODIFIER}['’s]{{0,3}}\s{{1,3}}){{0,5}}(?:{ROLE_WORD})(?!\w).*$",
    re.IGNORECASE,
)
ROLE_ALONE = re.compile(
    rf"^(?:\S{{1,40}}\s{{1,3}})?(?:{ROLE_MODIFIER}\s{{1,3}}){{0,5}}(?:{ROLE_WORD})(?!\w).*$",
    re.IGNORECASE,
)
# What may follow a name: where the author is, or for whom.
WHERE = re.compile(
    r"\s+(?:in|aus|à|für|for|from|at|bei|via|reports?|reporting|berichtet|dans|desde|depuis|dal|dalla|da|из|(?:специально\s+|спеціально\s+)?для|із|з|в|من|في|از|در|से|থেকে|από|στ(?:ην?|ο|α))\s+\S.*$"
    r"|\s+en\s+[^\W\d_]\S*$"
    r"|\s+(?:on|at|am|um|le|el|il|den|dne|dnia|op|em|på|в|у)$"  # a date stood behind it
    r"|\s*(?:@\S+)"
)

# What shows that a name is over and a time begins: "Ana Sol Heute, 12:37 Uhr", "Bo Vik 7 hours".
_DAYS = (
    r"today|yesterday|heute|gestern|hoy|ayer|aujourd['’]hui|hier|oggi|ieri|hoje|ontem|vandaag|gisteren|dnes|včera|dziś|wczoraj|bugün|dün|сегодня|вчера|сьогодні|вчора|σήμερα|χθες"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|четвер|п[ʼ'’]ятниця|субота|неділя"
    r"|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|شنبه|یکشنبه|دوشنبه|سه‌شنبه|چهارشنبه|پنجشنبه|جمعه|सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार"
)
_MONTHS = (
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|ene|abr|ago|set|out|déc|fév|avr|juin|juil|août|gen|mag|giu|lug|ott|dic"
    r"|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру"
)
DATE_TAIL = re.compile(
    rf"(?:^|[\s,·|–—-])\s{{0,3}}(?:{_DAYS})(?!\w).*$"
    rf"|(?:^|[\s,])(?:{_MONTHS})\w{{0,8}}\.?,?\s{{1,2}}[0-9٠-٩۰-۹०-९০-৯]{{1,4}}(?!\w).*$",
    re.IGNORECASE,
)
TIME_TAIL = re.compile(
    r"\s{1,3}(?:阅读|閱讀|浏览|瀏覽|点击|點擊|人气|閲覧|조회|просмотр\w{0,3}|прочита\w{0,5}|مشاهد\w{0,3}|بازدید)(?:数|數|量|수)?\s?[:：]?\s?\d.*$"
    r"|(?:^|[\s,])[0-9٠-٩۰-۹०-९০-৯]{1,4}(?:[\s.:/-]|$|st\b|nd\b|rd\b|th\b|h\b).*$"
    r"|\s{1,2}(?:twitter|facebook|instagram|linkedin|whatsapp|telegram|e-?mail|bio|profile|follow|contact|get\s+in\s+touch|see\s+(?:more|bio|all)|view\s+profile|read\s+more|mehr|folgen|seguir|suivre|フォロー|구독|팔로우|프로필|关注|關注|追蹤)(?!\w).*$",
    re.IGNORECASE,
)
