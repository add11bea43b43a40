"""A table of the places and languages that live by one clock, by the zone news is dated in."""

# Country codes with one zone, and Russia and Indonesia, whose national press prints the capital's.
# Left out: codes sold to anyone (.io .co .me .tv .ly .fm .ai .cc .to .ws .la .gg .im .st .sh).
_COUNTRIES = {
    "Africa/Addis_Ababa": "et", "Africa/Accra": "gh", "Africa/Algiers": "dz", "Africa/Cairo": "eg",
    "Africa/Casablanca": "ma", "Africa/Dar_es_Salaam": "tz", "Africa/Johannesburg": "za ls sz",
    "Africa/Harare": "zw", "Africa/Lusaka": "zm", "Africa/Maputo": "mz", "Africa/Kampala": "ug",
    "Africa/Kigali": "rw", "Africa/Khartoum": "sd", "Africa/Lagos": "ng", "Africa/Nairobi": "ke",
    "Africa/Tunis": "tn", "Africa/Dakar": "sn", "Africa/Abidjan": "ci",
    "Africa/Luanda": "ao", "Africa/Mogadishu": "so", "Africa/Windhoek": "na",
    "Africa/Gaborone": "bw", "Africa/Douala": "cm",
    "America/Argentina/Buenos_Aires": "ar", "America/Caracas": "ve",
    "America/Costa_Rica": "cr", "America/Guatemala": "gt", "America/Havana": "cu",
    "America/La_Paz": "bo", "America/Lima": "pe", "America/Montevideo": "uy",
    "America/Panama": "pa", "America/Asuncion": "py", "America/El_Salvador": "sv",
    "America/Jamaica": "jm", "America/Santo_Domingo": "do", "America/Tegucigalpa": "hn",
    "Asia/Almaty": "kz", "Asia/Amman": "jo", "Asia/Baghdad": "iq", "Asia/Baku": "az",
    "Asia/Bangkok": "th", "Asia/Beirut": "lb", "Asia/Bishkek": "kg", "Asia/Brunei": "bn",
    "Asia/Colombo": "lk", "Asia/Damascus": "sy", "Asia/Dhaka": "bd", "Asia/Dubai": "ae om",
    "Asia/Hong_Kong": "hk", "Asia/Ho_Chi_Minh": "vn", "Asia/Jakarta": "id",
    "Asia/Jerusalem": "il", "Asia/Kabul": "af", "Asia/Karachi": "pk", "Asia/Kathmandu": "np",
    "Asia/Kolkata": "in", "Asia/Kuala_Lumpur": "my", "Asia/Kuwait": "kw", "Asia/Macau": "mo",
    "Asia/Manila": "ph", "Asia/Phnom_Penh": "kh", "Asia/Pyongyang": "kp", "Asia/Qatar": "qa",
    "Asia/Bahrain": "bh", "Asia/Riyadh": "sa", "Asia/Aden": "ye", "Asia/Seoul": "kr",
    "Asia/Shanghai": "cn", "Asia/Singapore": "sg", "Asia/Taipei": "tw", "Asia/Tashkent": "uz",
    "Asia/Tbilisi": "ge", "Asia/Tehran": "ir", "Asia/Thimphu": "bt", "Asia/Tokyo": "jp",
    "Asia/Ulaanbaatar": "mn", "Asia/Yangon": "mm", "Asia/Hebron": "ps",
    "Asia/Dushanbe": "tj", "Asia/Ashgabat": "tm", "Atlantic/Reykjavik": "is",
    "Europe/Athens": "gr", "Europe/Belgrade": "rs", "Europe/Berlin": "de",
    "Europe/Bratislava": "sk",
    "Europe/Brussels": "be", "Europe/Bucharest": "ro", "Europe/Budapest": "hu",
    "Europe/Chisinau": "md", "Europe/Copenhagen": "dk", "Europe/Dublin": "ie",
    "Europe/Helsinki": "fi", "Europe/Istanbul": "tr", "Europe/Kyiv": "ua",
    "Europe/Ljubljana": "si", "Europe/London": "uk gb", "Europe/Luxembourg": "lu",
    "Europe/Madrid": "es", "Europe/Malta": "mt", "Europe/Minsk": "by", "Europe/Moscow": "ru su",
    "Europe/Oslo": "no", "Europe/Paris": "fr", "Europe/Prague": "cz", "Europe/Riga": "lv",
    "Europe/Rome": "it", "Europe/Sarajevo": "ba", "Europe/Skopje": "mk", "Europe/Sofia": "bg",
    "Europe/Stockholm": "se", "Europe/Tallinn": "ee", "Europe/Tirane": "al",
    "Europe/Vienna": "at", "Europe/Vilnius": "lt", "Europe/Warsaw": "pl", "Europe/Zagreb": "hr",
    "Europe/Zurich": "ch li", "Europe/Amsterdam": "nl", "Europe/Lisbon": "pt",
    "Asia/Nicosia": "cy", "Pacific/Auckland": "nz",
}  # fmt: skip
# Languages of one clock, by the land with most of their press: Germany for all of German.
_LANGUAGES = {
    "Asia/Tokyo": "ja", "Asia/Seoul": "ko", "Asia/Shanghai": "zh yue", "Asia/Bangkok": "th",
    "Asia/Tehran": "fa", "Asia/Kabul": "ps prs", "Asia/Kolkata": "hi gu mr te kn ml or as pa ta",
    "Asia/Yangon": "my", "Asia/Kathmandu": "ne", "Asia/Colombo": "si", "Asia/Dhaka": "bn",
    "Asia/Karachi": "ur sd", "Asia/Ho_Chi_Minh": "vi", "Asia/Vientiane": "lo",
    "Asia/Phnom_Penh": "km", "Asia/Jakarta": "id", "Asia/Kuala_Lumpur": "ms",
    "Asia/Manila": "fil tl", "Asia/Jerusalem": "he", "Asia/Tbilisi": "ka", "Asia/Yerevan": "hy",
    "Asia/Baku": "az", "Asia/Tashkent": "uz", "Asia/Almaty": "kk", "Asia/Bishkek": "ky",
    "Asia/Dushanbe": "tg", "Asia/Ulaanbaatar": "mn", "Africa/Addis_Ababa": "am ti om",
    "Africa/Nairobi": "sw so", "Africa/Lagos": "ha yo ig", "Africa/Johannesburg": "af zu xh st",
    "Africa/Kigali": "rw", "Asia/Baghdad": "ckb",
    "Europe/Kyiv": "uk", "Europe/Moscow": "ru", "Europe/Minsk": "be", "Europe/Athens": "el",
    "Europe/Istanbul": "tr", "Europe/Berlin": "de", "Europe/Rome": "it", "Europe/Amsterdam": "nl",
    "Europe/Warsaw": "pl", "Europe/Prague": "cs", "Europe/Bratislava": "sk",
    "Europe/Budapest": "hu", "Europe/Bucharest": "ro", "Europe/Sofia": "bg",
    "Europe/Belgrade": "sr", "Europe/Zagreb": "hr", "Europe/Sarajevo": "bs",
    "Europe/Ljubljana": "sl", "Europe/Skopje": "mk", "Europe/Tirane": "sq",
    "Europe/Stockholm": "sv", "Europe/Oslo": "no nb nn", "Europe/Copenhagen": "da",
    "Europe/Helsinki": "fi", "Europe/Tallinn": "et", "Europe/Riga": "lv", "Europe/Vilnius": "lt",
    "Europe/Madrid": "ca eu gl", "Europe/London": "cy gd", "Europe/Dublin": "ga",
    "Europe/Malta": "mt", "Atlantic/Reykjavik": "is",
}  # fmt: skip
# Spoken under more than one clock: the likeliest, where nothing else tells.
GUESSED_LANGUAGES = {"bn", "ru", "ur", "ms", "sw", "id", "kk", "pa"}

# Telephone prefixes of lands with one zone whose press is read under names of no country.
_TELEPHONES = {
    "20": "eg", "212": "ma", "213": "dz", "216": "tn", "234": "ng", "249": "sd", "254": "ke",
    "30": "gr", "380": "ua", "66": "th", "81": "jp", "82": "kr", "84": "vn", "86": "cn", "91": "in",
    "92": "pk", "93": "af", "94": "lk", "95": "mm", "852": "hk", "880": "bd", "886": "tw",
    "961": "lb", "962": "jo", "963": "sy", "964": "iq", "965": "kw", "966": "sa", "967": "ye",
    "968": "om", "970": "ps", "971": "ae", "972": "il", "973": "bh", "974": "qa", "977": "np",
    "98": "ir",
}  # fmt: skip
# Names of months that are printed under one clock: Algeria's and Tunisia's, Morocco's.
MONTH_ZONES = {
    "Africa/Algiers": ("جانفي", "فيفري", "أفريل", "افريل", "جوان", "جويلية", "أوت"),
    "Africa/Casablanca": ("يوليوز", "غشت", "شتنبر", "نونبر", "دجنبر"),
}

COUNTRY_ZONES = {code: zone for zone, codes in _COUNTRIES.items() for code in codes.split()}
TELEPHONE_ZONES = {prefix: COUNTRY_ZONES[code] for prefix, code in _TELEPHONES.items()}
LANGUAGE_ZONES = {tag: zone for zone, tags in _LANGUAGES.items() for tag in tags.split()}
