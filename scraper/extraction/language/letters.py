"""Tabular: the languages that share a script, told apart by their letters and smallest words."""

# ruff: noqa: E501

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

# Letters that one language of a script has and its neighbours lack, and the share of the letters
# from which a text is in it. A name quoted from a neighbour stays below; checked in this order.
Marks = tuple[tuple[str, Iterable[str], float], ...]
ARABIC: Marks = (
    ("ug", "ۇۋڭۈ", 0.02), ("sd", "ٻڄڃڇڳڱٿٽٺڦڙڪ", 0.01), ("ps", "ټډړښځڅڼږګې", 0.01),
    ("ckb", "ۆێڵڕە", 0.02), ("ur", "ٹڈڑںےہھ", 0.02), ("fa", "پچژگکی", 0.03),
)  # fmt: skip
CYRILLIC: Marks = (
    ("cv", "ӑӗӳ", 0.01), ("ba", "ҙҡ", 0.01), ("os", "ӕæ", 0.01), ("sah", "ҥҕ", 0.005),
    ("tg", "ӣӯҷ", 0.004), ("tt", "җ", 0.001), ("kk", "ұ", 0.004), ("tt", "ә", 0.01), ("ky", "ң", 0.004),
    ("mn", "өү", 0.01), ("mk", "ѓќѕ", 0.0005), ("sr", "ђћ", 0.001),
)  # fmt: skip
KAZAKH_OR_UZBEK = "қғ"
KAZAKH, UZBEK = "іұәө", "ўҳ"
LATIN: Marks = (("az", "ə", 0.01),)
BENGALI: Marks = (("as", "ৰৱ", 0.005),)
# Yiddish has points below two letters and ligatures of its own; Hebrew has these points, where all
# are written, below any letter, and then as many of the others.
HEBREW: Marks = (("yi", ("װ", "ױ", "ײ", "אַ", "אָ", "פֿ", "\ufb1f", "\ufb2e", "\ufb2f"), 0.02),)
HEBREW_POINTS = "\u05b0\u05b5\u05b6\u05b9"

# Written without these the text is in the first, with more of the second in the other.
PERSIAN_ONLY = "پچژگ"  # where Persian is typed with the Arabic letters for k and y
ARABIC_ONLY = "ةأإ"
PERSIAN_MIN_SHARE = 0.008

# The smallest words, by which languages of one script and close kin are told apart.
WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "hi": "है हैं में के की को से ने का और था थे थी पर ही इस कि यह लिए नहीं",
        "mr": "आहे आहेत आणि या ही हा होते होता होती झाली झाला असे असून मात्र व तर येथे यांनी यांच्या नाही",
        "ne": "छ छन् छन र पनि गरेको भएको गरेका भएका उनले हो हुन् गर्न गरे थियो तर लागि भने",
        "sr": "је су се да у на за који које није било",
        "mk": "е се да во на за што кој која беше ќе дека",
        "am": "ነው ላይ እና ውስጥ ነበር ይህ እንደ ግን", "ti": "እዩ ናይ ኣብ ካብ እዮም ነቲ ድማ ኣሎ",
        "en": "the of and to in a is that for on was with as by it at from has have said were are this which be an his he they who not but",
        "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch",
        "fr": "le la les de des et à du un une en que est pour dans qui sur par au pas plus ne se ce il avec sont été aux son cette ont mais",
        "it": "il la di che e in un per una del è della con non si da le dei al sono i nel ha gli alla anche più come ma lo delle",
        "pl": "w na i z się do nie że o to jest po od za jak dla przez ale co tym oraz który która jego był",
        "lb": "de den d an vun mat fir ass net datt sech eng hunn gouf déi op bei och um",
        "pcm": "di dey wey dem na say fit don go pipol dat kontri and to for sabi",
        "es": "el los las del y con para por una que en se su al lo como más fue",
        "ca": "el els les amb per una que i és dels ha del als aquest també més va",
        "gl": "o os as do da dos das e con para por unha que non ao na no máis foi",
        "pt": "o os as do da dos das e com para por uma que não ao na no mais foi em",
        "cs": "je se na v že s do podle který které byl bylo jsou pro také ve",
        "sk": "je sa na v že s do podľa ktorý ktoré bol bolo sú pre aj vo",
        "hr": "je se na u da s što tko poslije prije vrijeme gdje ovdje dvije svijet eura tijekom nitko mjeseca mjeseci tjedan tjedna jučer rijeke dio uvijek sigurnosti predsjednik predsjednika vijesti srijedu ponedjeljak primjer",
        "sr-Latn": "je se na u da sa šta ko posle pre vreme gde ovde dve svet evra tokom niko meseca meseci nedelju nedelje juče reke deo uvek bezbednosti predsednik predsednika vesti sredu ponedeljak primer",
        "sl": "je se na v da z od ki kateri bil so za kot tudi pa ali",
        "nb": "og i det er på som til av ikke å har med for en ble også fra han etter opp ved være sier",
        "nn": "og i det er på som til av ikkje å har med for ein vart også frå han etter opp ved vere seier",
        "da": "og i det er på som til af ikke at har med for en blev også fra han efter op ved være siger",
        "sv": "och i det är på som till av inte att har med för en blev också från han efter upp vid vara säger",
        "nl": "de het een van en in is dat op te zijn met niet voor werd ook door",
        "af": "die het ’n 'n van en in is dat op te sy met nie vir word ook deur",
        "tr": "ve bir bu da de için ile olarak olan çok daha kadar dedi",
        "az": "və bir bu da də üçün ilə olaraq olan çox daha qədər bildirib",
        "fi": "ja on ei se että oli myös ovat mutta kun hän joka",
        "et": "ja on ei see et oli ka aga kui ta mis oma",
        "id": "yang dan di untuk dari dengan ini itu pada tidak akan karena bisa mereka tersebut",
        "ms": "yang dan di untuk dari dengan ini itu pada tidak akan kerana boleh mereka beliau",
        "mn": "нь байна болон юм энэ гэж дээр байгаа бол тус", "ky": "жана менен үчүн деп бир бул эле болгон эки боюнча",
        "he": "של את על לא הוא היא עם כי זה גם", "yi": "די דער דאס און איז האט צו מיט אין פון אויף נישט זיך",
        "ru": "и в не на что с по как это был к", "bg": "и в не на че с по как това беше за се ще",
    }.items()
}  # fmt: skip
LATIN_TAGS = tuple(
    tag
    for tag in WORDS
    if tag not in ("hi", "mr", "ne", "sr", "mk", "am", "ti", "ru", "bg", "mn", "ky", "he", "yi")
)
WORD = re.compile(r"[\w’'\u0900-\u097f]+")

# Characters of everyday text that were simplified, and what they stand for, pair by pair.
SIMPLIFIED = (
    "们这国个会来时对说为发经过还进动学长开关问间现见东车门风马鱼语书电网络与万业产亲从众优伤体传"
    "华单卖卫历压县参双变号员响团园围图圣场坏块坚坛处备复头夹夺奖妇孙宁实审宪宫宽宾导将尔尘层属"
    "岁岛币师带帮应库庆废张弹强归录径忆忧怀态总恶惊惯战户执扩扫扬护报担拥择据损换摄数断无旧显"
    "晓术机杀权条极构标树样档桥检楼欢气汇汉沟测济浓涨渐温湾满灭灵灾炼热爱状独狱环疗监盘码础种"
    "积称税稳穷竞笔签简粮纪约级纯纳纽线组细终结给统继续维绿编缘罗职联脑艺节药获营蓝虑虽补规视觉"
    "览计订认讨让训议记讲许论设访证评诉词译试话该详谁调谈谋谢谱质贝负财责败货购贵贷费资赛赞赢赵趋"
    "跃轨转轮软轻载较输边达迁运远违连迟适选递遗邮邻郑释钟钢钱铁银错键镇队阳阴阵阶际陆险随难雾"
    "项顺须领题颜额驻验骗鲁龙龄"
)
TRADITIONAL = (
    "們這國個會來時對說為發經過還進動學長開關問間現見東車門風馬魚語書電網絡與萬業產親從眾優傷體傳"
    "華單賣衛歷壓縣參雙變號員響團園圍圖聖場壞塊堅壇處備復頭夾奪獎婦孫寧實審憲宮寬賓導將爾塵層屬"
    "歲島幣師帶幫應庫慶廢張彈強歸錄徑憶憂懷態總惡驚慣戰戶執擴掃揚護報擔擁擇據損換攝數斷無舊顯"
    "曉術機殺權條極構標樹樣檔橋檢樓歡氣匯漢溝測濟濃漲漸溫灣滿滅靈災煉熱愛狀獨獄環療監盤碼礎種"
    "積稱稅穩窮競筆簽簡糧紀約級純納紐線組細終結給統繼續維綠編緣羅職聯腦藝節藥獲營藍慮雖補規視覺"
    "覽計訂認討讓訓議記講許論設訪證評訴詞譯試話該詳誰調談謀謝譜質貝負財責敗貨購貴貸費資賽讚贏趙趨"
    "躍軌轉輪軟輕載較輸邊達遷運遠違連遲適選遞遺郵鄰鄭釋鐘鋼錢鐵銀錯鍵鎮隊陽陰陣階際陸險隨難霧"
    "項順須領題顏額駐驗騙魯龍齡"
)
BOTH = frozenset(SIMPLIFIED) & frozenset(TRADITIONAL)
HANS, HANT = frozenset(SIMPLIFIED) - BOTH, frozenset(TRADITIONAL) - BOTH
HAN_MIN_MARKS = 3
KIN_MIN_WORDS = 2  # of a language alone, before it is believed
# Enough small words, and twice as many as of any other language, its kin among them: of 163 real
# pages in Latin script 145 have them, of the right language all (2026).
PLAIN_MIN_WORDS, PLAIN_MIN_SHARE, PLAIN_LEAD = 20, 0.2, 2.0
KIN_MIN_SHARE = 0.005
KIN_LEAD = 1.5  # times as many small words as of another language, to be told from it


def by_letters(text: str, script: str) -> str:
    """Return the language that letters and small words give away in a shared script, "" if none.

    >>> by_letters("Правительство объявило выборы", "cyrillic"), by_letters("وہ ہے", "arabic")
    ('ru', 'ur')
    """
    if script == "cyrillic":
        return _cyrillic(text)
    if script == "arabic":
        return _marked(text, ARABIC) or _arabic_or_persian(text)
    if script == "bengali":
        return _marked(text, BENGALI) or "bn"
    if script == "he":
        return _hebrew_or_yiddish(text)
    if script == "devanagari":
        return likeliest(text, ("hi", "mr", "ne"))
    if script == "latin":
        return _marked(text, LATIN)
    if script == "ethiopic":
        return "ti" if text.count("ኣ") > text.count("አ") else "am"
    return ""


def _marked(text: str, marks: Marks) -> str:
    whole = sum(map(str.isalpha, text)) or 1
    return next(
        (tag for tag, letters, share in marks if _count(text, letters) / whole >= share), ""
    )


def _count(text: str, letters: Iterable[str]) -> int:
    return sum(map(text.count, letters))


def _hebrew_or_yiddish(text: str) -> str:
    marked = _marked(text, HEBREW)
    if marked and _count(text, HEBREW_POINTS) < _count(text, HEBREW[0][1]):
        return marked
    return likeliest(text, ("he", "yi")) or "he"


def _arabic_or_persian(text: str) -> str:
    whole = sum(map(str.isalpha, text)) or 1
    persian = _count(text, PERSIAN_ONLY) / whole
    return (
        "fa"
        if persian > PERSIAN_MIN_SHARE and persian > _count(text, ARABIC_ONLY) / whole
        else "ar"
    )


def _cyrillic(text: str) -> str:
    text = text.casefold()
    if _count(text, KAZAKH_OR_UZBEK) / len(text) > KIN_MIN_SHARE and not _count(text, "ӣӯҷҡ"):
        return "kk" if _count(text, KAZAKH) > _count(text, UZBEK) else "uz"
    if marked := _marked(text, CYRILLIC):
        return likeliest(text, ("mn", "ky")) or marked if marked == "mn" else marked
    if _count(text, "јљњџ"):
        return likeliest(text, ("sr", "mk")) or "sr"
    ukrainian, russian = _count(text, "іїєґ"), _count(text, "ыэё")
    if ukrainian > russian or "ў" in text:
        return "be" if _count(text, "ўыэё") > _count(text, "їєґи") else "uk"
    if russian:
        return "ru"
    return likeliest(text, ("bg", "ru")) if "ъ" in text else ""


def by_words(text: str) -> str:
    """Return the Latin language that a text's small words are of beyond doubt, "" where there is any.

    A tenth of the time of a model, which answers the rest.

    >>> by_words("The ferry left the harbour at dawn, and it was said that he has not been on it. " * 2)
    'en'
    """
    words = Counter(WORD.findall(text.casefold()))
    counts = sorted(
        ((sum(map(words.__getitem__, WORDS[tag] & words.keys())), tag) for tag in LATIN_TAGS),
        reverse=True,
    )
    (first, tag), (second, _) = counts[:2]
    is_plain = first >= PLAIN_MIN_WORDS and first >= PLAIN_MIN_SHARE * words.total()
    return tag if is_plain and first >= PLAIN_LEAD * second else ""


def likeliest(text: str, languages: tuple[str, ...]) -> str:
    """Return which of some languages, at least two, the small words are of, "" where none leads.

    >>> likeliest("Regjeringen sa at det ikke ble noe av", ("nb", "sv"))
    'nb'
    """
    words = WORD.findall(text.casefold())
    own = _own_words(languages)
    counts = sorted(((sum(map(own[tag].__contains__, words)), tag) for tag in own), reverse=True)
    (first, tag), (second, _) = counts[:2]
    return tag if first >= KIN_MIN_WORDS and first >= KIN_LEAD * second else ""


@lru_cache(maxsize=32)
def _own_words(languages: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Return, of each of some languages, the small words that no other of them has."""
    others = {
        tag: frozenset().union(*(WORDS[other] for other in languages if other != tag))
        for tag in languages
    }
    return {tag: WORDS[tag] - others[tag] for tag in languages}


def chinese_script(text: str) -> str:
    """Return "Hans" or "Hant" by the characters that only one of the two has, "" if too few.

    >>> chinese_script("这个国家说"), chinese_script("這個國家說"), chinese_script("日本")
    ('Hans', 'Hant', '')
    """
    hans, hant = sum(map(HANS.__contains__, text)), sum(map(HANT.__contains__, text))
    if max(hans, hant) < HAN_MIN_MARKS:
        return ""
    return "Hans" if hans > hant else "Hant" if hant > hans else ""
