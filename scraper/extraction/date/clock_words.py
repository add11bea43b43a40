"""A table of the words printed beside a time: half days, zones, and what the time is of."""

import re
from unicodedata import normalize

_MORNING = (
    "am|a.m.|a.m|午前|오전|새벽|上午|凌晨|清晨|早上|早晨"
    "|صباحا|صباح|ص|ق.ظ|قبل از ظهر|قبلازظهر|صبح|بامداد"
    "|π.μ.|π.μ|πμ|एएम|ए एम|पूर्वाह्न|सुबह|এএম|পূর্বাহ্ন|সকাল|ভোর|એએમ|સવારે|နံနက်|မနက်|முற்பகல்|காலை"
    "|sa|öö"
)
_AFTERNOON = (
    "pm|p.m.|p.m|午後|오후|낮|下午|傍晚|中午|مساء|م|ب.ظ|بعد از ظهر|بعدازظهر|عصر|μ.μ.|μ.μ|μμ"
    "|पीएम|पी एम|अपराह्न|शाम|পিএম|অপরাহ্ন|দুপুর"
    "|বিকাল|বিকেল|সন্ধ্যা|બપોરે|પીએમ|સાંજે|ညနေ|பிற்பகல்|மாலை"
    "|ch|ös"
)
_NIGHT = "夜|深夜|밤|晚上|晚间|晚間|ليلا|شب|रात|রাত|રાત્રે|ည"
HALF_DAYS: dict[str, str] = {
    normalize("NFKC", word): half
    for half, words in (("morning", _MORNING), ("afternoon", _AFTERNOON), ("night", _NIGHT))
    for word in words.split("|")
}
HALF_DAY = "|".join(re.escape(word) for word in sorted(HALF_DAYS, key=len, reverse=True))

# Offsets in hours of abbreviations that mean one thing. Others are read where the page is from:
# see SHARED_ZONES. Names of IANA zones stand for clocks that change twice a year.
ZONES: dict[str, float | str] = {
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "pst": -8, "pdt": -7, "mst": -7, "mdt": -6,
    "cdt": -5, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "мск": 3,
    "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "pht": 8, "myt": 8, "wib": 7, "wita": 8, "wit": 9,
    "aest": 10, "aedt": 11, "awst": 8, "nzst": 12, "nzdt": 13, "sast": 2, "eat": 3, "wat": 1,
    "cat": 2, "pkt": 5, "npt": 5.75, "irst": 3.5, "brt": -3, "trt": 3, "тсі": 2,
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
    "pt": "America/Los_Angeles", "غرينتش": 0, "ت.غ": 0, "جرينتش": 0,
    "بتوقيت غرينتش": 0, "بتوقيت جرينتش": 0, "بتوقيت أبوظبي": 4, "بتوقيت أبو ظبي": 4,
    "بتوقيت الإمارات": 4, "بتوقيت مكة": 3, "بتوقيت السعودية": 3, "بتوقيت الرياض": 3,
    "بتوقيت القاهرة": "Africa/Cairo", "بتوقيت بيروت": "Asia/Beirut", "по москве": 3,
    "по києву": "Europe/Kyiv", "по киеву": "Europe/Kyiv", "ώρα ελλάδας": "Europe/Athens",
}  # fmt: skip
# Abbreviation: the zone it means, but on pages of the zones behind it, which call theirs the same.
SHARED_ZONES: dict[str, tuple[str, tuple[str, ...]]] = {
    "ist": ("Asia/Kolkata", ("Europe/Dublin", "Asia/Jerusalem")),
    "bst": ("Europe/London", ("Asia/Dhaka",)),
    "cst": ("America/Chicago", ("Asia/Shanghai", "Asia/Taipei", "Asia/Macau", "America/Havana")),
    "gst": ("Asia/Dubai", ()),
    "ast": ("America/Halifax", ("Asia/Riyadh", "Asia/Kuwait", "Asia/Qatar", "Asia/Baghdad")),
}

_CHANGED = (
    r"updat|modif|revis|edited|last edit|aktualis"
    r"|geändert|mis à jour|mise à jour|actuali[zs]|atualiz"
    r"|aggiornat|bijgewerkt|gewijzigd|oppdater|opdater"
    r"|uppdater|päivitet|muokattu|uppfært|aktualiz|atnaujin"
    r"|atjaunot|uuendatud|muudetud|frissít|módosít"
    r"|ажур|обновл|изменен|оновл|змінен|обнаўл"
    r"|更新|変更|修订|修改|최종|수정|업데이트|แก้ไข|อัปเดต|อัพเดท|อัพเดต|ปรับปรุง"
    r"|تحديث|تعديل|تحدیث|به\s?روز\s?رسانی|بروزرسانی|ویرایش"
    r"|اپ ڈیٹ|עודכן|עדכון|güncel|yenilən|янгилан|жаңарт"
    r"|diperbarui|dikemas|cập nhật|अपडेट|अद्यतन"
    r"|संशोधित|আপডেট|হালনাগাদ|পরিবর্তিত|અપડેટ|સુધારેલ"
    r"|ενημέρωσ|ενημερώθηκ|τροποποι|përditës"
    r"|ажуриран|განახლ|թարմաց|မွမ်းမံ|ပြင်ဆင်"
    r"|புதுப்பி|అప్డేట్|ನವೀಕರ|പുതുക്കി|imesasishwa|ndryshuar|изменён"
)
_PUBLISHED = (
    r"publi[sc]|posted|first published|veröffentlicht|erschienen"
    r"|erstellt|publié|publicad|pubblicat|gepubliceerd"
    r"|publiser|udgivet|publicerad|julkaistu|opublikowan"
    r"|publikacj|vydáno|zveřejn|közzét|objavljen|опубл|публик"
    r"|公開|掲載|配信|発行|发布|發布|发表|發表|刊登|입력|송고|등록|발행|게재|승인"
    r"|เผยแพร่|โพสต์"
    r"|نشر|انتشار|פורסם|yayın|yayım|dərc"
    r"|đăng|tayang|terbit|प्रकाशित|पब्लिश|প্রকাশ|প্রকাশিত|પ્રકાશિત"
    r"|પબ્લિશ|δημοσίευ|δημοσιεύθηκ|δημοσιεύτηκ"
    r"|გამოქვეყნ|հրապարակ|ထုတ်ပြန်|வெளியி|imechapishwa|created"
)
CHANGED = re.compile(_CHANGED, re.IGNORECASE)
LABEL = re.compile(rf"(?P<changed>{_CHANGED})|(?P<published>{_PUBLISHED})", re.IGNORECASE)
