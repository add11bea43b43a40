"""Times as outlets print and state them, in every script: strict, and in the right zone."""

import pytest

from scraper.extraction.date.calendars import persian_day
from scraper.extraction.date.clocks import zone_named
from scraper.extraction.date.moments import read_moment

BERLIN = zone_named("Europe/Berlin")
DAY, MORNING, AFTERNOON = "2026-03-05", "2026-03-05T10:20", "2026-03-05T15:40"
# language, text, wall clock; a zone where the text names one
PRINTED = [
    ("en", "March 5, 2026", DAY),
    ("en", "Thursday 5th March 2026, 10:20am", MORNING),
    ("en", "5 Mar 2026 10.20", MORNING),
    ("en", "Thu, Mar 5, 2026 at 3:40 PM", AFTERNOON),
    ("en", "03:40 p.m., 05 March 2026", AFTERNOON),
    ("en", "Published: 15:40 GMT, 5 March 2026", "2026-03-05T15:40+00:00"),
    ("en", "March 5, 2026 5 AM PT", "2026-03-05T05:00-08:00"),
    ("en", "Mar 5, 2026, 15:40 IST", "2026-03-05T15:40+05:30"),
    ("en", "March 5, 2026 | 10:20 AM ET", "2026-03-05T10:20-05:00"),
    ("en", "Thu Mar 05 2026 10:20:33 GMT+0900 (Japan Standard Time)", "2026-03-05T10:20:33+09:00"),
    ("en", "Thu Mar 05 10:20:33 JST 2026", "2026-03-05T10:20:33+09:00"),
    ("en", "Mar 5 202610:20 AM EST", "2026-03-05T10:20-05:00"),
    ("de", "5. März 2026, 10:20 Uhr", MORNING),
    ("de", "Do., 05.03.2026 - 10.20 Uhr", MORNING),
    ("de-AT", "5. Jänner 2026, 10:20", "2026-01-05T10:20"),
    ("fr", "Publié le jeudi 5 mars 2026 à 10h20", MORNING),
    ("fr", "le 1er août 2026", "2026-08-01"),
    ("fr", "05/03/2026 à 15 h 40", AFTERNOON),
    ("fr", "5 févr. 2026", "2026-02-05"),
    ("fr", "Publié le 5 mars 2026 à 14h", "2026-03-05T14:00"),
    ("fr", "à 9 h, le 5 mars 2026", "2026-03-05T09:00"),
    ("fr", "5 mars 2026 - 3h de lecture", DAY),
    ("pt", "5 de março de 2026 às 14h", "2026-03-05T14:00"),
    ("ja", "2026年3月5日 午後3時5分", "2026-03-05T15:05"),
    ("ja", "2026年3月5日 午前0時5分", "2026-03-05T00:05"),
    ("ja", "2026年3月5日 15時5分7秒", "2026-03-05T15:05:07"),
    ("ko", "2026년 3월 5일 오후 3시 5분", "2026-03-05T15:05"),
    ("es", "5 de marzo de 2026 a las 10:20", MORNING),
    ("es", "Jueves, 5 marzo 2026 - 15:40 CET", "2026-03-05T15:40+01:00"),
    ("ca", "5 de març del 2026 a les 10:20", MORNING),
    ("pt", "5 de março de 2026 às 10h20", MORNING),
    ("pt", "05 mar. 2026 15h40", AFTERNOON),
    ("it", "5 marzo 2026 alle 10:20", MORNING),
    ("it", "giovedì 5 gennaio 2026 ore 15.40", "2026-01-05T15:40"),
    ("nl", "donderdag 5 maart 2026 om 10:20", MORNING),
    ("sv", "Publicerad 5 mars 2026 kl. 10.20", MORNING),
    ("nb", "5. mars 2026 kl. 10:20", MORNING),
    ("da", "5. maj 2026 kl. 10:20", "2026-05-05T10:20"),
    ("fi", "5. maaliskuuta 2026 klo 10.20", MORNING),
    ("is", "5. janúar 2026 kl. 10:20", "2026-01-05T10:20"),
    ("pl", "5 marca 2026, 10:20", MORNING),
    ("pl", "5 listopada 2026", "2026-11-05"),
    ("hr", "5. listopada 2026. u 10:20", "2026-10-05T10:20"),
    ("cs", "5. března 2026 10:20", MORNING),
    ("sk", "5. marca 2026 o 10:20", MORNING),
    ("sl", "5. marec 2026 ob 10.20", MORNING),
    ("hu", "2026. március 5., 10:20", MORNING),
    ("hu", "2026. 03. 05. 10:20", MORNING),
    ("ro", "5 martie 2026, ora 10:20", MORNING),
    ("sq", "5 Mars 2026, 10:20", MORNING),
    ("lt", "2026 m. kovo 5 d. 10:20", MORNING),
    ("lv", "2026. gada 5. martā", DAY),
    ("et", "5. märts 2026, 10:20", MORNING),
    ("tr", "5 Mart 2026 10:20", MORNING),
    ("tr", "05 Ağustos 2026, Çarşamba 10:20", "2026-08-05T10:20"),
    ("az", "5 mart 2026 10:20", MORNING),
    ("uz", "2026-yil 5-mart, 10:20", MORNING),
    ("id", "Kamis, 5 Maret 2026 | 10:20 WIB", "2026-03-05T10:20+07:00"),
    ("ms", "5 Mac 2026 10:20", MORNING),
    ("vi", "Thứ Năm, 05/03/2026 10:20", MORNING),
    ("vi", "5 tháng 3, 2026", DAY),
    ("sw", "5 Machi 2026", DAY),
    ("af", "5 Maart 2026", DAY),
    ("ru", "5 марта 2026, 10:20", MORNING),
    ("ru", "10:20, 5 марта 2026", MORNING),
    ("ru", "10:20 05.03.2026", MORNING),
    ("ru", "05.03.2026 | 15:40 (МСК)", "2026-03-05T15:40+03:00"),
    ("ru", "5 мая 2026 г. в 10:20", "2026-05-05T10:20"),
    ("ru", "05 авг. 2026 10:20", "2026-08-05T10:20"),
    ("uk", "5 березня 2026, 10:20", MORNING),
    ("uk", "Четвер, 5 березня 2026, 15:40", AFTERNOON),
    ("uk", "5 листопада 2026 р.", "2026-11-05"),
    ("be", "5 сакавіка 2026, 10:20", MORNING),
    ("bg", "5 март 2026, 10:20", MORNING),
    ("sr", "5. март 2026. 10:20", MORNING),
    ("mk", "5 март 2026 10:20", MORNING),
    ("kk", "5 наурыз 2026, 10:20", MORNING),
    ("el", "5 Μαρτίου 2026, 10:20", MORNING),
    ("el", "Πέμπτη, 5 Μαΐου 2026 10:20", "2026-05-05T10:20"),
    ("el", "5 ΑΥΓΟΥΣΤΟΥ 2026", "2026-08-05"),
    ("el", "05 Μαρ 2026 3:40 μ.μ.", AFTERNOON),
    ("el", "05.03.2026 • 10:20", MORNING),
    ("he", "5 במרץ 2026, 10:20", MORNING),
    ("he", "10:20 , 05.03.2026", MORNING),
    ("ka", "5 მარტი, 2026 10:20", MORNING),
    ("hy", "5 մարտի 2026 10:20", MORNING),
    ("ar", "5 مارس 2026 - 10:20", MORNING),
    ("ar", "الخميس ٥ مارس ٢٠٢٦ الساعة ٣:٤٠ م", AFTERNOON),
    ("ar", "5 مارس 2026 03:40 مساءً", AFTERNOON),
    ("ar", "5 مارس 2026 10:20 ص", MORNING),
    ("ar", "5 آذار 2026", DAY),
    ("ar", "5 كانون الثاني 2026 10:20", "2026-01-05T10:20"),
    ("ar", "5 تشرين الأول 2026", "2026-10-05"),
    ("ar", "الخميس 5 شباط/فبراير 2026", "2026-02-05"),
    ("ar", "5 جانفي 2026", "2026-01-05"),
    ("ar", "5 فيفري 2026 - 10:20", "2026-02-05T10:20"),
    ("ar", "5 أوت 2026", "2026-08-05"),
    ("ar", "5 غشت 2026", "2026-08-05"),
    ("ar", "5 دجنبر 2026", "2026-12-05"),
    ("ar", "16 رمضان 1447 هـ - 05 مارس 2026 م", DAY),
    ("ar", "05 مارس 2026 الموافق 16 رمضان 1447", DAY),
    ("ar", "10:20 ت.غ 05/03/2026", "2026-03-05T10:20+00:00"),
    ("fa", "۱۴ اسفند ۱۴۰۴ - ۱۰:۲۰", MORNING),
    ("fa", "پنجشنبه ۱۴ اسفند ۱۴۰۴ ساعت ۱۵:۴۰", AFTERNOON),
    ("fa", "۱۴۰۴/۱۲/۱۴ ۱۰:۲۰", MORNING),
    ("fa", "۱۴۰۴-۱۲-۱۴", DAY),
    ("fa", "١٤٠٤/١٢/١٤", DAY),
    ("fa", "تاریخ انتشار: ۱۴ / ۱۲ / ۱۴۰۴", DAY),
    ("fa", "۱۵ اردیبهشت ۱۴۰۳", "2024-05-04"),
    ("fa", "۵ مارس ۲۰۲۶", DAY),
    ("fa", "۱۴ اسفند ۱۴۰۴ ۰۳:۴۰ ب.ظ", AFTERNOON),
    ("fa-AF", "۱۴ حوت ۱۴۰۴", DAY),
    ("ps", "د ۱۴۰۴ کب ۱۴", DAY),
    ("ur", "5 مارچ 2026", DAY),
    ("ckb", "5 ئازار 2026", DAY),
    ("hi", "5 मार्च 2026, 10:20 AM", MORNING),
    ("hi", "05 मार्च 2026 03:40 अपराह्न", AFTERNOON),
    ("hi", "गुरुवार, ५ फ़रवरी २०२६", "2026-02-05"),
    ("hi", "05 फरवरी 2026, 10:20 पूर्वाह्न IST", "2026-02-05T10:20+05:30"),
    ("hi", "5 सितम्बर 2026", "2026-09-05"),
    ("mr", "५ मार्च २०२६ १०:२०", MORNING),
    ("bn", "০৫ মার্চ ২০২৬, ১০:২০", MORNING),
    ("bn", "প্রকাশ: ০৫ মার্চ ২০২৬, ১৫: ৪০", AFTERNOON),
    ("bn", "৫ আগস্ট ২০২৬ ১০:২০ এএম", "2026-08-05T10:20"),
    ("bn", "২০ ফাল্গুন ১৪৩২, ৫ ফেব্রুয়ারি ২০২৬", "2026-02-05"),
    ("gu", "5 માર્ચ 2026, 10:20 AM", MORNING),
    ("gu", "૦૫ ફેબ્રુઆરી ૨૦૨૬", "2026-02-05"),
    ("gu", "5 ઓગસ્ટ 2026", "2026-08-05"),
    ("pa", "5 ਮਾਰਚ 2026", DAY),
    ("ta", "5 மார்ச் 2026 10:20", MORNING),
    ("te", "5 మార్చి 2026", DAY),
    ("kn", "5 ಮಾರ್ಚ್ 2026", DAY),
    ("ml", "5 മാർച്ച് 2026", DAY),
    ("ne", "5 मार्च 2026", DAY),
    ("si", "2026 මාර්තු 5", DAY),
    ("my", "၅ မတ် ၂၀၂၆", DAY),
    ("my", "၂၀၂၆ ခုနှစ်၊ မတ်လ ၅ ရက်", DAY),
    ("my", "5 March 2026", DAY),
    ("th", "5 มีนาคม 2569 เวลา 10:20 น.", MORNING),
    ("th", "๕ มี.ค. ๒๕๖๙", DAY),
    ("th", "5 มี.ค. 69 10:20 น.", MORNING),
    ("th", "05 มี.ค. 2569 | 15.40 น.", AFTERNOON),
    ("th", "05/03/2569 10:20", MORNING),
    ("lo", "5 ມີນາ 2026", DAY),
    ("km", "ថ្ងៃទី៥ ខែមីនា ឆ្នាំ២០២៦", DAY),
    ("ja", "2026年3月5日 10時20分", MORNING),
    ("ja", "2026年3月5日（木）午後3時40分", AFTERNOON),
    ("ja", "令和8年3月5日", DAY),
    ("ja", "令和６年５月３日 午前10時20分", "2024-05-03T10:20"),
    ("ja", "平成31年4月30日", "2019-04-30"),
    ("ja", "令和元年5月1日", "2019-05-01"),
    ("ja", "２０２６／０３／０５ １５：４０", AFTERNOON),
    ("ja", "2026.03.05 10:20", MORNING),
    ("zh", "2026年3月5日 10:20", MORNING),
    ("zh", "2026年03月05日10:20:33", "2026-03-05T10:20:33"),
    ("zh", "2026-03-05 15:40 来源：", AFTERNOON),
    ("zh", "2026年3月5日 下午3点40分", AFTERNOON),
    ("zh", "2026年3月5日 星期四 上午 10:20", MORNING),
    ("zh", "二〇二六年三月五日", DAY),
    ("zh-Hant", "民國115年3月5日", DAY),
    ("zh-Hant", "2026/03/05 15:40", AFTERNOON),
    ("ko", "2026.03.05 오후 3:40", AFTERNOON),
    ("ko", "입력 2026.03.05. 오전 10:20", MORNING),
    ("ko", "2026년 3월 5일 10시 20분", MORNING),
    ("ko", "2026-03-05 (목) 10:20", MORNING),
    ("am", "5 ማርች 2026", DAY),
    ("eu", "2026ko martxoaren 5a, 10:20", MORNING),
    ("mn", "2026 оны 3-р сарын 5" , None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), PRINTED)
def test_printed_time_is_read(language: str, text: str, wanted: str | None) -> None:
    moment = read_moment(text, BERLIN, (language,))
    if wanted is None:
        assert moment is None
        return
    assert moment is not None
    found = moment.at.isoformat(timespec="seconds" if wanted.count(":") > 1 else "minutes")
    if moment.zone:
        assert moment.at.isoformat().startswith(wanted[:16])
        assert wanted[16:] in found
        assert len(wanted) > 16
    else:
        assert (found[:10] if moment.precision == "day" else found[:-6]) == wanted


READ = [
    ("2024-06-16T21:05:00+09:00", "", "2024-06-16T21:05:00+09:00"),
    ("2024-06-16T21:05:00.123Z", "", "2024-06-16T21:05:00+00:00"),
    ("2024-06-16T21:05:00+0900", "", "2024-06-16T21:05:00+09:00"),
    ("2024-06-16 21:05:00 +09:00", "", "2024-06-16T21:05:00+09:00"),
    ("2024-06-16T21:05", "", "2024-06-16T21:05:00+02:00"),
    ("20240616T210500Z", "", "2024-06-16T21:05:00+00:00"),
    ("1718539500", "", "2024-06-16T12:05:00+00:00"),
    ("1718539500000", "", "2024-06-16T12:05:00+00:00"),
    ("Sun, 16 Jun 2024 21:05:00 GMT", "", "2024-06-16T21:05:00+00:00"),
    ("Sun Jun 16 2024 21:05:00 GMT+0900", "", "2024-06-16T21:05:00+09:00"),
    ("June 16, 2024 9:05 PM EDT", "en", "2024-06-16T21:05:00-04:00"),
    ("21:05, 16 июня 2024", "ru", "2024-06-16T21:05:00+02:00"),
    ("16. Juni 2024, 21:05 Uhr", "de", "2024-06-16T21:05:00+02:00"),
    ("Sonntag, 16.06.2024 um 21.05 Uhr", "de", "2024-06-16T21:05:00+02:00"),
    ("16 juin 2024 à 21h05", "fr", "2024-06-16T21:05:00+02:00"),
    ("16 de junio de 2024 - 21:05 CEST", "es", "2024-06-16T21:05:00+02:00"),
    ("2024年6月16日 21:05", "ja", "2024-06-16T21:05:00+02:00"),
    ("2024年06月16日（日）午後9時05分", "ja", "2024-06-16T21:05:00+02:00"),
    ("２０２４年６月１６日", "ja", "2024-06-16T00:00:00+02:00"),
    ("2024.06.16. 오후 9:05", "ko", "2024-06-16T21:05:00+02:00"),
    ("16 มิถุนายน 2567 21:05 น.", "th", "2024-06-16T21:05:00+02:00"),
    ("๑๖ มิ.ย. ๒๕๖๗", "th", "2024-06-16T00:00:00+02:00"),
    ("١٦ يونيو ٢٠٢٤ 21:05", "ar", "2024-06-16T21:05:00+02:00"),
    ("۲۰۲۴/۰۶/۱۶", "fa", "2024-06-16T00:00:00+02:00"),
    ("16 ביוני 2024 21:05", "he", "2024-06-16T21:05:00+02:00"),
]


@pytest.mark.parametrize(("text", "language", "wanted"), READ)
def test_time_is_read_as_printed(text: str, language: str, wanted: str) -> None:
    moment = read_moment(text, BERLIN, (language,) if language else ())
    assert moment is not None
    assert moment.at.isoformat() == wanted
    assert moment.raw == text


@pytest.mark.parametrize(
    "text",
    [
        "", "2024", "2024-06", "June 2024", "2026-13-45", "2026-13-45T99:99:99+99:99", "2024-02-30",
        "2024-06-16T24:30:00", "0001-01-01", "9999-99-99", "31/12/9999", "1970-01-01T00:00:00Z", "0",
        "not a date", "2 hours ago", "Call 0123 456 7890", "1.2.3.4.5", "١٤٠٣/٠٣/٢۶",
    ],
)  # fmt: skip
def test_what_names_no_day_is_unknown_rather_than_invented(text: str) -> None:
    assert read_moment(text, BERLIN, ("en",)) is None


def test_day_and_month_are_told_apart_by_where_the_outlet_is() -> None:
    german = read_moment("05/06/2024", BERLIN)
    american = read_moment("05/06/2024", zone_named("America/New_York"))
    assert german is not None
    assert american is not None
    assert (german.at.month, american.at.month) == (6, 5)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text", ["1" * 500_000, "2024-" * 100_000, "1 a" * 100_000, " 1:" * 100_000]
)
def test_absurd_text_is_bounded(text: str) -> None:
    read_moment(text, BERLIN, ("en", "de"))


@pytest.mark.parametrize(
    ("persian", "ours"),
    [
        ((1399, 12, 30), "2021-03-20"),
        ((1400, 1, 1), "2021-03-21"),
        ((1403, 12, 30), "2025-03-20"),
        ((1404, 1, 1), "2025-03-21"),
        ((1404, 6, 31), "2025-09-22"),
        ((1404, 7, 1), "2025-09-23"),
        ((1408, 12, 30), "2030-03-20"),
    ],
)
def test_persian_years_begin_at_the_equinox(persian: tuple[int, int, int], ours: str) -> None:
    assert persian_day(*persian).isoformat() == ours


@pytest.mark.parametrize("persian", [(1404, 12, 30), (1404, 13, 1), (1404, 7, 31), (1200, 1, 1)])
def test_day_that_no_persian_year_has_is_refused(persian: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no "):
        persian_day(*persian)


def test_abbreviated_zone_of_several_places_is_the_pages_own() -> None:
    text = "Mar 5, 2026, 10:20 CST"
    shanghai = read_moment(text, zone_named("Asia/Shanghai"))
    nowhere = read_moment(text)
    assert shanghai is not None
    assert nowhere is not None
    assert shanghai.at.isoformat() == "2026-03-05T10:20:00+08:00"
    assert nowhere.at.isoformat() == "2026-03-05T10:20:00-06:00"


def test_precision_is_what_was_printed() -> None:
    texts = ("2026-03-05", "2026-03-05T00:00:00+09:00", "2026-03-05 10:20", "2026-03-05T10:20:33Z")
    found = [moment.precision for text in texts if (moment := read_moment(text))]
    assert found == ["day", "day", "minute", "second"]
