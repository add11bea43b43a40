"""Tabular: words by which the name of an outlet is known, and what stands beside a headline."""

# ruff: noqa: E501

import re

# How names of outlets end, or what they hold, in scripts that run words together.
RUNNING_WORDS = (
    "新聞(?:社|網)?|新報|日報|早報|晩報|晚報|晨報|快報|時報|電子報|週刊|周刊|雑誌|ニュース|放送(?:局|協会)?|通信(?:社)?|デジタル|オンライン|タイムズ|タイムス|テレビ|ラジオ"
    "|新闻(?:网|社)?|日报|晚报|早报|晨报|快报|时报|周报|在线|網|网|电视台|電視台?|电台|電台|電臺|廣播|通讯社|通訊社|中央社|客户端|頻道"
    "|뉴스|일보|신문|방송|타임스|경제|매일|통신"
)
# A last piece of a title that holds one of these names an outlet, where nothing else says so.
OUTLET_WORDS = re.compile(
    r"\b(?:news|times|post|herald|tribune|gazette|journal|magazine|radio|television|broadcasting|online|press|media|daily|zeitung|nachrichten|anzeiger|tageblatt|kurier"
    r"|nouvelles|actualités|noticias|diario|periódico|notizie|giornale|jornal|notícias|gazeta|wiadomości|haber(?:leri)?|gazetesi|berita|báo)\b"
    rf"|(?:{RUNNING_WORDS}|ข่าว|ออนไลน์|หนังสือพิมพ์|أخبار|الأخبار|صحيفة|جريدة|وكالة|قناة|نيوز|بوابة|خبرگزاری|روزنامه|آنلاین|نیوز|پایگاه خبری|"
    r"समाचार|न्यूज|न्यूज़|ख़बर|हिंदी|हिन्दी|સમાચાર|ન્યૂઝ|সংবাদ|নিউজ|খবর|পত্রিকা|বার্তা|သတင်း|חדשות|"
    r"новости|новини|газета|радио|радіо|телеканал|агентство|известия|правда|ведомости|ειδήσεις|εφημερίδα|νέα|νεα|ειδησεισ)",
    re.IGNORECASE,
)
# Pieces in scripts without capitals that say something rather than name an outlet: "what we know",
# "good news", the economy of a region, the Internet.
SAYING = re.compile(
    r"[?？؟]|(?:^|\s)(?:ماذا|كيف|لماذا|ما|هل|من|چه|چرا|چگونه|چطور|क्या|क्यों|कैसे|कौन|जानिए|जानें|देखें|কী|কি|কেন|কীভাবে|যা|શું|કેમ|કેવી|מה|איך|למה|מי)(?:\s|$)"
    r"|何が|なぜ|どう|とは$|解説|まとめ|무엇|왜|어떻게|은$|는$|(?:^|\s)(?:경제|매일)$|\s(?:경제|매일)|为何|為何|怎么|怎麼|如何|什么|什麼|互联网|互聯網|社交网|ทำไม|อย่างไร|อะไร"
    r"|(?:अच्छी|बड़ी|बुरी|शुभ|ভালো|বড়|খারাপ|সব|સારા|મોટા)\s\S+$|^أخبار (?!ال)\S+$"
)
# Sections whose names follow a headline, where an outlet's name follows in turn.
SECTION_WORDS = re.compile(
    r"(?:world|politics?|business|sports?|economy|international|national|opinion|culture|politik|wirtschaft|sport|kultur|ausland|panorama|news|home|latest news|breaking news"
    r"|monde|politique|économie|internacional|mundo|política|economía|esteri|politica|国際|政治|経済|社会|国内|スポーツ|国际|國際|社会|经济|財經|兩岸|國內|生活|要聞|全球|时政|"
    r"정치|국제|사회|경제|문화|스포츠|전국|일반|세계|뉴스|기사|기사본문|본문|ข่าว|ต่างประเทศ|การเมือง|أخبار|سياسة|اقتصاد|رياضة|العالم|عربي|ثقافة|سیاسی|بین ?الملل|اقتصادی|اجتماعی|جهان|"
    r"политика|мир|в мире|общество|экономика|новости|світ|політика|новини|суспільство|κόσμος|πολιτική|οικονομία|διεθνή|ελλάδα|ειδήσεις)",
    re.IGNORECASE,
)
# Class names of what a headline's element holds beside the headline.
BADGE = re.compile(
    r"(?:^|[\s_-])(?:badge|kicker|overline|eyebrow|topline|dachzeile|roofline|flag|pill|premium|plus|paid|paywall|exclusive|live-?(?:label|badge|tag)|label|rubric|category"
    r"|comments?(?:-?count)?|count(?:er)?|share|icon|tts|reading-?time|toggle|tooltip|tools?|set-?font|font-?size|page-?share|btn-?\w{0,12}|sub-?title|sub-?head(?:line)?|deck|standfirst)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Class names of what readers of screens do not see.
HEADING_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|visually-?hidden|screen-?reader(?:-?text)?|hidden-?text|assistive|a11y|blind|visuallyhidden|offscreen)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Class names of a headline.
HEADLINE = re.compile(
    r"(?:^|[\s_-])(?:(?:article|news|entry|post|story|main|detail|content|view|page|arti|end)[_-]?(?:title|tit|headline|heading|subject|head)|headline|title|tit|heading|subject)\d?(?:$|[\s_-])",
    re.IGNORECASE,
)
