"""A table: what outlets call the section of world news, by language, in native script.

Words of the section's link in navigation, and those that stand for it in addresses of scripts other
than Latin. Compared without case, accents and joiners (`plain_word`).
"""

import re
import unicodedata

WORLD_WORDS: dict[str, tuple[str, ...]] = {
    "af": ("Wêreld", "Wêreldnuus", "Internasionaal", "Buiteland"),
    "am": ("ዓለም", "ዓለም አቀፍ", "ዓለም አቀፍ ዜና", "የዓለም ዜና", "አለም አቀፍ", "አለም"),
    "ar": ("العالم", "عالم", "دولي", "دولية", "عالمي", "عربي ودولي", "أخبار العالم",
           "الأخبار الدولية", "شؤون دولية", "خارجيات", "العالم العربي والعالم", "عالمية", "alalam",
           "aalam"),
    "as": ("বিশ্ব", "আন্তৰ্জাতিক", "আন্তঃৰাষ্ট্ৰীয়"),
    "az": ("Dünya", "Xarici", "Beynəlxalq", "Xarici siyasət"),
    "ba": ("Донъя", "donya"),
    "be": ("Свет", "У свеце", "Замежжа", "За мяжой", "svet", "u-svece"),
    "bg": ("Свят", "По света", "Международни", "svyat", "sviat", "svqt", "po-sveta"),
    "bn": ("বিশ্ব", "আন্তর্জাতিক", "বিদেশ", "সারাবিশ্ব", "আন্তর্জাতিক সংবাদ", "antorjatik",
           "bishwa"),
    "bo": ("རྒྱལ་སྤྱི", "འཛམ་གླིང་"),
    "bs": ("Svijet", "Inostranstvo", "U svijetu"),
    "ca": ("Internacional", "Món", "El món"),
    "ckb": ("جیهان", "نێودەوڵەتی", "جیھان"),
    "cs": ("Svět", "Zahraniční", "Zahraničí", "Ze světa", "Zprávy ze světa", "Zahraniční zprávy"),
    "cy": ("Byd", "Y Byd", "Rhyngwladol"),
    "da": ("Udland", "International", "Verden", "Internationalt"),
    "de": ("Ausland", "International", "Welt", "Internationales", "Weltpolitik", "Aus aller Welt",
           "Politik Ausland", "Weltgeschehen", "Politik International"),
    "dv": ("ދުނިޔެ", "ޚާރިޖީ"),
    "dz": ("རྒྱལ་སྤྱི",),
    "el": ("Κόσμος", "Διεθνή", "Διεθνείς ειδήσεις", "kosmos", "diethni", "diethnh"),
    "en": ("World", "World news", "International", "International news", "Foreign", "Foreign news",
           "Global", "Global news", "Around the world", "Overseas", "Foreign affairs",
           "World affairs"),
    "eo": ("Mondo", "Internacia"),
    "es": ("Mundo", "El Mundo", "Internacional", "Internacionales", "Mundiales", "Exterior",
           "Noticias internacionales", "Global"),
    "et": ("Välismaa", "Maailm", "Välisuudised", "Välispoliitika"),
    "eu": ("Mundua", "Nazioartea"),
    "fa": ("جهان", "بین‌الملل", "بین الملل", "بین المللی", "بین‌المللی", "دنیا", "خارجی",
           "اخبار جهان", "سیاست خارجی", "jahan", "beynolmelal"),
    "fi": ("Ulkomaat", "Maailma", "Ulkomaanuutiset"),
    "fil": ("Daigdig", "Mundo", "Abroad", "Pandaigdig", "Ibang bansa"),
    "fo": ("Uttanlands", "Útlond", "Uttanríkis"),
    "fr": ("Monde", "International", "Le monde", "À l'étranger", "Étranger",
           "Actualités internationales", "Actu monde", "Internationale"),
    "ga": ("An Domhan", "Domhanda", "Idirnáisiúnta"),
    "gl": ("Mundo", "Internacional"),
    "gu": ("દુનિયા", "વિશ્વ", "આંતરરાષ્ટ્રીય", "વર્લ્ડ", "વિદેશ"),
    "ha": ("Duniya", "Labaran Duniya", "Kasashen Waje", "Ƙasashen Waje", "Labaran Ƙetare"),
    "he": ("עולם", "בעולם", "העולם", "חדשות בעולם", "חדשות מהעולם", "חדשות העולם", "חדשות חוץ",
           "חוץ"),
    "hi": ("दुनिया", "विदेश", "विश्व", "अंतरराष्ट्रीय", "अंतर्राष्ट्रीय", "अन्तर्राष्ट्रीय",
           "वर्ल्ड", "duniya", "videsh", "antarrashtriya"),
    "hr": ("Svijet", "Inozemstvo", "U svijetu", "Vijesti iz svijeta"),
    "ht": ("Entènasyonal", "Mond", "Lemonn"),
    "hu": ("Külföld", "Világ", "Nagyvilág", "Nemzetközi"),
    "hy": ("Աշխարհ", "Միջազգային", "Արտերկիր", "ashkharh", "mijazgayin"),
    "id": ("Internasional", "Dunia", "Luar Negeri", "Mancanegara", "Global"),
    "ig": ("Mba ụwa", "Ụwa"),
    "is": ("Erlent", "Erlendar fréttir", "Heimurinn"),
    "it": ("Esteri", "Mondo", "Internazionale", "Dal mondo", "Estero"),
    "ja": ("国際", "世界", "海外", "ワールド", "外信", "国際ニュース", "海外ニュース", "kokusai",
           "kaigai", "sekai"),
    "ka": ("მსოფლიო", "საერთაშორისო", "უცხოეთი", "msoflio"),
    "kk": ("Әлем", "Әлемде", "Шетел", "Халықаралық", "alem", "alemde"),
    "kl": ("Nunarsuarmioq", "Nunani allani", "Silarsuaq"),
    "km": ("អន្តរជាតិ", "ពិភពលោក", "ព័ត៌មានអន្តរជាតិ"),
    "kn": ("ವಿಶ್ವ", "ವಿದೇಶ", "ಅಂತರರಾಷ್ಟ್ರೀಯ", "ಅಂತಾರಾಷ್ಟ್ರೀಯ", "ಪ್ರಪಂಚ", "ಜಗತ್ತು"),
    "ko": ("국제", "세계", "해외", "월드", "지구촌", "국제뉴스", "guje", "gukje"),
    "ku": ("Cîhan", "Dinya", "Navneteweyî"),
    "ky": ("Дүйнө", "Эл аралык", "duino", "duyno", "dynoe"),
    "lb": ("Ausland", "International", "Welt"),
    "lo": ("ຕ່າງປະເທດ", "ສາກົນ", "ໂລກ"),
    "lt": ("Pasaulyje", "Užsienis", "Užsienyje", "Pasaulis"),
    "lv": ("Ārzemes", "Pasaulē", "Ārvalstis", "Ārzemēs", "Pasaule"),
    "mg": ("Iraisam-pirenena", "Any ivelany", "Vaovao iraisam-pirenena"),
    "mi": ("Ao", "Te Ao"),
    "mk": ("Свет", "Меѓународни", "svet"),
    "ml": ("ലോകം", "അന്താരാഷ്ട്രം", "വിദേശം", "രാജ്യാന്തരം", "അന്തർദേശീയം"),
    "mn": ("Дэлхий", "Дэлхий дахинд", "Гадаад", "Гадаад мэдээ", "Дэлхийд", "delhii", "gadaad"),
    "mr": ("जग", "विदेश", "आंतरराष्ट्रीय", "देश-विदेश", "जागतिक", "ग्लोबल"),
    "ms": ("Dunia", "Antarabangsa", "Luar Negara", "Global"),
    "mt": ("Barra minn Malta", "Dinja", "Barranin", "Internazzjonali"),
    "my": ("ကမ္ဘာ", "နိုင်ငံတကာ", "နိုင်ငံတကာသတင်း", "ကမ္ဘာ့သတင်း"),
    "nb": ("Utenriks", "Verden", "Utland", "Internasjonalt", "Urix"),
    "ne": ("विश्व", "अन्तर्राष्ट्रिय", "अन्तराष्ट्रिय", "विदेश", "दुनियाँ"),
    "nl": ("Buitenland", "Wereld", "Internationaal", "Wereldnieuws"),
    "nn": ("Utanriks", "Verda", "Utland", "Urix"),
    "no": ("Utenriks", "Verden", "Utland", "Urix"),
    "om": ("Addunyaa", "Idil-addunyaa", "Oduu Addunyaa"),
    "or": ("ବିଶ୍ୱ", "ଅନ୍ତର୍ଜାତୀୟ", "ବିଦେଶ", "ଦୁନିଆ"),
    "pa": ("ਦੁਨੀਆ", "ਵਿਦੇਸ਼", "ਸੰਸਾਰ", "ਅੰਤਰਰਾਸ਼ਟਰੀ", "ਕੌਮਾਂਤਰੀ"),
    "pl": ("Świat", "Zagranica", "Ze świata", "Wiadomości ze świata"),
    "ps": ("نړۍ", "نړیوال", "نړیواله", "نړۍ خبرونه"),
    "pt": ("Mundo", "Internacional", "Exterior", "Internacionais"),
    "rm": ("Exteriur", "Mund", "Internaziunal"),
    "ro": ("Externe", "Internațional", "Internaţional", "Lumea", "Mondo", "Știri externe",
           "Extern", "În lume", "Mapamond"),
    "ru": ("Мир", "В мире", "За рубежом", "Международная панорама", "Международные новости",
           "Зарубежье", "Международный", "mir", "v-mire", "vmire", "v_mire", "mirovye",
           "za-rubezhom", "mezhdunarodnaya-panorama"),
    "rw": ("Amahanga", "Mu mahanga", "Hanze"),
    "sd": ("دنيا", "عالمي", "پرڏيهي"),
    "se": ("Máilbmi", "Olgoriika"),
    "si": ("ලෝක", "විදෙස්", "ජාත්‍යන්තර", "ලෝකය", "විදේශ", "විදේශීය"),
    "sk": ("Svet", "Zahraničie", "Zo sveta", "Zahraničné"),
    "sl": ("Svet", "Tujina", "Po svetu", "Mednarodno"),
    "sn": ("Nyika Dzepasi",),
    "so": ("Caalamka", "Dunida", "Wararka Caalamka", "Caalami"),
    "sq": ("Bota", "Botë", "Ndërkombëtare", "Nga bota", "Rajoni dhe bota"),
    "sr": ("Свет", "Svet", "Svijet", "Свијет", "Иностранство", "Inostranstvo", "U svetu",
           "У свету"),
    "st": ("Lefatshe",),
    "sv": ("Utrikes", "Världen", "Utland", "Internationellt"),
    "sw": ("Kimataifa", "Dunia", "Ulimwengu", "Habari za Kimataifa", "Duniani"),
    "ta": ("உலகம்", "உலகச் செய்திகள்", "சர்வதேசம்", "சர்வதேச", "உலக செய்திகள்", "உலகச்செய்திகள்",
           "ulagam", "world-tamil-news"),
    "te": ("అంతర్జాతీయం", "ప్రపంచం", "అంతర్జాతీయ వార్తలు", "విదేశాలు", "వరల్డ్", "అంతర్జాతీయ"),
    "tg": ("Ҷаҳон", "Дар ҷаҳон", "Хориҷа", "jahon", "world"),
    "th": ("ต่างประเทศ", "โลก", "รอบโลก", "ข่าวต่างประเทศ", "ข่าวรอบโลก", "ทั่วโลก", "foreign"),
    "ti": ("ዓለም", "ዓለምለኸ", "ዓለም ዜና"),
    "tk": ("Dünýä", "Halkara", "Daşary ýurt"),
    "tr": ("Dünya", "Dış Haberler", "Uluslararası", "Dış Politika"),
    "tt": ("Дөнья", "Дөньяда", "donya"),
    "ug": ("دۇنيا", "خەلقئارا"),
    "uk": ("Світ", "У світі", "За кордоном", "Міжнародні", "Світові новини", "svit", "u-sviti",
           "v-mire"),
    "ur": ("دنیا", "بین الاقوامی", "عالمی", "عالمی خبریں", "بین الاقوامی خبریں", "duniya",
           "aalmi"),
    "uz": ("Jahon", "Dunyo", "Xorij", "Жаҳон", "Дунё", "Хориж", "Xalqaro"),
    "vi": ("Thế giới", "Quốc tế", "Tin thế giới"),
    "wo": ("Àdduna", "Adduna"),
    "xh": ("Ihlabathi", "Jikelele"),
    "yi": ("וועלט", "אינטערנאציאנאל"),
    "yo": ("Àgbáyé", "Ayé"),
    "zh": ("国际", "國際", "全球", "世界", "环球", "國際新聞", "国际新闻", "海外", "要聞國際",
           "國際要聞", "guoji", "gj", "hqcj"),
    "zu": ("Umhlaba", "Amazwe omhlaba", "Ezomhlaba", "Okwamazwe"),
}  # fmt: skip

# What stands for the section in addresses whatever the page's language.
PATH_WORDS = (
    *("world", "world-news", "worldnews", "international", "international-news", "foreign"),
    *("intl", "int", "global", "internacional", "mundo", "monde", "foreign-news", "overseas"),
)
# Letters that decomposition does not take their strokes from.
STROKES = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ı": "i", "ħ": "h", "ß": "ss", "æ": "ae"})
UNWRITTEN = re.compile("[\u00ad\u0640\u200b-\u200f\u061c]")  # joiners, tatweel, direction marks
GAPS = re.compile(r"[\s\u00a0_.+|/&-]+")
LATIN_MARK = re.compile("(?<=[a-z])[\u0300-\u036f]+")  # marks of Indic vowels are letters


def plain_word(text: str) -> str:
    """Return a word in the form in which words are compared: links, addresses, and the table.

    >>> plain_word(" Thế  giới"), plain_word("بین‌الملل") == plain_word("بینالملل")
    ('the-gioi', True)
    """
    folded = UNWRITTEN.sub("", unicodedata.normalize("NFKD", text).casefold().translate(STROKES))
    return GAPS.sub("-", unicodedata.normalize("NFC", LATIN_MARK.sub("", folded))).strip("-")


PLAIN = {tag: frozenset(map(plain_word, words)) for tag, words in WORLD_WORDS.items()}
EVERYWHERE = frozenset(map(plain_word, PATH_WORDS))


def world_words(languages: tuple[str, ...]) -> frozenset[str]:
    """Return the plain words for world news in any of these languages (BCP 47 tags), or in all."""
    known = [tag.split("-")[0] for tag in languages]
    tables = [PLAIN[tag] for tag in known if tag in PLAIN] or list(PLAIN.values())
    return frozenset().union(*tables)
