"""Tabular: the words around names in bylines, by language: credits, roles, agencies."""

# ruff: noqa: E501

import re

# Before a name: "by" and its kin. Latin ones need a space or a colon after them, the others not.
BEFORE = re.compile(
    r"^(?:"
    r"(?:(?:written|reported|reporting|words?|text|story|analysis|opinion|comment|posted|published|edited|updated)\s+by"
    r"|words\s*:|by|vom|par|por|door|przez|dari|oleh|bởi|autor(?:a|es|as|in|en|zy|ka|stwo)?|author(?:s)?|auteur(?:s|e)?|autore|autori|autrice"
    r"|författare|skribent|journalist(?:en|in)?|redaktion:|reporters?|text(?:o)?|tekst|texte|testo|escrito\s+por"
    r"|propos\s+recueillis\s+par|un\s+article\s+de|ein\s+(?:gast)?beitrag\s+von|mit\s+material\s+(?:von|der)"
    r"|interview|kommentar|analyse|penulis|yazan|haber|muhabir|kirjoittaja|szerző|автор(?:ы)?|текст|от|автори|συντάκτης)(?:\s*[:：]\s*|\s+)"
    # These are also particles of surnames: only where a whole name follows.
    r"|(?:von|di|da|de|del|van|av|af|od|ni|του|της)\s+(?-i:(?=[^\W\d_a-z][^\s,]*\s+\S|[A-Z]{2,6}\b))"
    r"|(?:によって|による|文[=＝/／:：・]|文責[:：]?|執筆[=＝/／:：]?|取材[・=＝/／:：]|筆者[:：]?|ライター[:：]?|聞き手[・=＝/／:：]?"
    r"|文/图|撰文[:：/]?|作者[:：/]?|记者[:：/]?|記者[:：/]?|采写[:：/]?|撰稿(?:人)?[:：/]?|编译[:：/]?|編譯[:：/]?|责任编辑[:：]?|来源[:：]"
    r"|글[·:：]?\s|기자[:：]|작성자[:：]?|โดย\s*[:：]?|ผู้เขียน\s*[:：]?|ผู้สื่อข่าว\s*[:：]?"
    r"|بقلم\s*[:：/]?|كتب(?:ت|ه)?\s*[:：/]?|إعداد\s*[:：/]?|نوشته\s*[:：]?|تحریر\s*[:：]?|מאת\s*[:：]?|כתב(?:ת|ה)?\s*[:：]|द्वारा\s*[:：]?|लेखक\s*[:：]?)\s*"
    r")",
    re.IGNORECASE,
)
# In a row of credits, the parts that name no author.
PICTURES = re.compile(
    r"^(?:photos?|photograph(?:s|y|er)?|pictures?|images?|fotos?|fotograf\w*|bild(?:er)?|grafik|graphics?|illustrations?|video|kamera"
    r"|crédits?|写真|撮影|图|攝影|摄影|사진|фото|صور\w*|תמונ\w*|צילום|ภาพ)\b\s*(?:by\b|[:：=/]|\s)",
    re.IGNORECASE,
)
CHINESE_CREDIT = re.compile(r"记者|撰文|采写|撰稿")  # names in a row, spaces between
SUFFIX = re.compile(r",\s*(?=(?:jr|sr|ii|iii|iv|m\.?d|ph\.?d)\b)", re.IGNORECASE)
# What begins a bare byline: fewer words, since an ordinary sentence may begin with the others.
BARE_LINE = re.compile(
    r"^(?:(?:by|von|par|por|di|door|av|af|oleh|autor(?:a|es|in)?|author|auteur|autore|автор|текст|haber|yazan|penulis|tekst)\s*[:：]?\s+(?=[^\W\d_])"
    r"|(?:によって|文[=＝/／:：]|撰文|作者[:：]|记者[:：\s]|記者[:：\s/]|글[·:：\s]|โดย|بقلم|كتب[:：]|מאת|द्वारा))"
    r"|^[가-힣]{2,4}\s?(?:기자|특파원)(?:\s|$|\()",
    re.IGNORECASE,
)
# After a name, where the word order is the other way round.
AFTER = re.compile(
    r"\s*(?:さん|氏)?\s*(?:記者|特派員|編集委員|論説委員|支局長|通信員|解説委員|記者団|执笔|本报记者|特约记者|特派记者|记者|報導|报道|撰"
    r"|(?:인턴|수습|선임|전문|온라인|정치|경제|국제)?\s*기자|특파원|논설위원|에디터|(?:さん)?(?:が|の)?(?:報告|執筆)|による|द्वारा|रिपोर्टर)?\s*(?:외\s*\d+\s*명|ほか|ら|等)?\s*$"
)

CONJUNCTION = re.compile(
    r"\s+(?:and|und|et|y|e|och|og|ja|ve|dan|và|и|та|і|και|및|และ|with|mit|avec|con|med|z|oraz|i|és|și|și|&|\+|و)\s+"
    r"|\s*(?:;|；|\||｜|、|，|،|\s/\s|／|\s[-–—•·]\s)\s*",
    re.IGNORECASE,
)
KATAKANA_NAME = re.compile(r"[ァ-ヺー・=＝\s]+")

ROLE_WORD = (
    r"correspondents?|reporters?|editors?|writers?|columnists?|journalists?|analysts?|producers?|contributors?"
    r"|fellow|freelancers?|professor|bureau|anchor|presenter"
    r"|korrespondent(?:in|en|innen)?|redakteur(?:in|e|innen)?|reporter(?:in|innen)|journalistin|redaktionsleiter(?:in)?|ressortleiter(?:in)?"
    r"|correspondante?s?|envoyée?s?\s+spéciale?s?|journalistes?|rédacteurs?|rédactrices?"
    r"|corresponsal(?:es)?|enviad[oa]s?\s+especial(?:es)?|redactor(?:a|es|as)?|periodistas?|correspondentes?|jornalistas?|repórter"
    r"|corrispondente|inviat[oa]|giornalista|redattore|redattrice|verslaggever|redacteur|korrespondent|reporterka|dziennikarz|dziennikarka"
    r"|корреспондент(?:ы)?|обозреватель|журналист(?:ка)?|собкор|репортер|редактор|кореспондент|مراسل(?:ة|و)?|محرر(?:ة)?|צוות|כתב|כתבת|muhabiri|editörü"
    r"|wartawan|jurnalis|phóng\s+viên|ผู้สื่อข่าว"
)
ROLE_MODIFIER = (
    r"(?:senior|chief|deputy|managing|executive|associate|assistant|foreign|political|politics|diplomatic|security|defence|defense"
    r"|economics?|business|world|international|national|local|special|digital|data|health|science|sports?|culture|technology|tech|global"
    r"|white\s+house|state\s+department|middle\s+east|north\s+america|south\s+america|latin\s+america|asia|africa|europe|east|west|south|north"
    r"|new\s+york|washington|london|berlin|paris|brussels|moscow|kyiv|beijing|tokyo|jerusalem|cairo|delhi|staff|freelance|news|assignment|investigations?"
    r"|our|unser(?:e)?|notre|nuestr[oa]|dal\s+nostro|nostro|the|former|us|uk|eu|bbc)"
)
ROLE = re.compile(
    rf"(?:\s*[,(:–—-]\s*|\s+)(?:{ROLE_MODIFIER}['’s]*\s+)*(?:{ROLE_WORD})\b.*$", re.IGNORECASE
)
ROLE_ALONE = re.compile(rf"^(?:\S+\s+)?(?:{ROLE_MODIFIER}\s+)*(?:{ROLE_WORD})\b.*$", re.IGNORECASE)
# What may follow a name: where the author is, or for whom.
WHERE = re.compile(
    r"\s+(?:in|aus|à|für|for|from|at|bei|via|reports?|reporting|berichtet|dans|desde|depuis|dal|dalla|da|из|в|من|في)\s+\S.*$"
    r"|\s+en\s+[^\W\d_]\S*$"
    r"|\s*(?:@\S+)"
)

AGENCIES = re.compile(
    r"(?:thomson\s+)?reuters|(?:the\s+)?associated\s+press|a\.?p\.?|a\.?f\.?p\.?|agence\s+france[\s-]presse|dpa(?:[-/]\w+)?|d\.?p\.?a\.?"
    r"|deutsche\s+presse[\s-]agentur|apa|kna|epd|sid|ap/\w+|efe|agencia\s+efe|ep|europa\s+press|ansa|agi|adnkronos|lusa|belga|anp|tt|ntb|ritzau"
    r"|stt|pap|čtk|ctk|mti|agerpres|bta|tanjug|hina|tass|тасс|риа\s+новости|интерфакс|interfax|ukrinform|укринформ|укрінформ|unian"
    r"|xinhua|新华社|新華社|中新社|中央社|共同通信(?:社)?|共同|時事通信(?:社)?|時事|ロイター(?:通信)?|afp(?:通信|=?時事)|ap通信|kyodo(?:\s+news)?|jiji(?:\s+press)?|yonhap"
    r"|연합뉴스|뉴시스|뉴스1|pti|ani|ians|uni|antara|bernama|vna|ttxvn|aap|pa(?:\s+media)?|press\s+association|canadian\s+press|the\s+canadian\s+press|upi"
    r"|bloomberg(?:\s+news)?|anadolu(?:\s+(?:agency|ajansı))?|aa|iha|dha|irna|isna|wafa|sana|petra|mena|spa|وكالات|أ\s?ف\s?ب|رويترز|د\s?ب\s?أ|(?:news\s+)?agenc(?:y|ies)"
    r"|agenturen|agences|agencias|agenzie|agentury|wire\s+services?|news\s+services?|keystone-sda|sda|ats",
    re.IGNORECASE,
)
# Accounts and placeholders that content systems print where an author should stand.
NOBODY = re.compile(
    r"(?:wp[-_ ]?)?admin(?:istrator|istrador)?\d*|web ?master|root|test(?:er|user)?\d*|user\d*|developer|dev|importer|migration|null|none|undefined"
    r"|unknown|anonym(?:ous|e|us)?|n/?a|guest|default|editor\d*|author|staff|superuser|system|cms|bot|autor|redactor|no author|\W*",
    re.IGNORECASE,
)
