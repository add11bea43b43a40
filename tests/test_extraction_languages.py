"""Which language a text is in: declared, checked, and the model's cache."""

import os
from pathlib import Path
from typing import Any

import pytest
from py3langid.langid import LanguageIdentifier

from scraper.extraction.language import langid_model
from scraper.extraction.language.languages import find_language, script_of, tag_of
from scraper.extraction.language.letters import by_letters
from scraper.extraction.page import read_page
from scraper.records import Capture, Hints

TEXTS = {
    "en": "The ferry left the harbour at dawn, and nobody on the pier could say when it would return.",
    "de": "Die Fähre verließ den Hafen im Morgengrauen, und niemand wusste, wann sie zurückkehren würde.",
    "es": "El transbordador salió del puerto al amanecer y nadie sabía cuándo iba a regresar a la isla.",
    "fr": "Le bac a quitté le port à l’aube et personne sur le quai ne savait quand il reviendrait.",
    "ru": "Паром вышел из порта на рассвете, и никто на пристани не знал, когда он вернётся обратно.",
    "uk": "Пором вийшов із порту на світанку, і ніхто на пристані не знав, коли він повернеться назад.",
    "ar": "غادرت العبارة الميناء عند الفجر ولم يكن أحد على الرصيف يعرف متى ستعود إلى الجزيرة.",
    "fa": "کشتی سپیده‌دم از بندر بیرون رفت و هیچ‌کس روی اسکله نمی‌دانست چه زمانی برمی‌گردد.",
    "ja": "連絡船は夜明けに港を出た。いつ戻るのか、桟橋にいた誰も知らなかった。",
    "zh-Hans": "渡轮在黎明时分离开了港口，码头上没有人知道它什么时候会回来。",
    "ko": "연락선은 새벽에 항구를 떠났고 언제 돌아올지 부두의 누구도 알지 못했다.",
    "th": "เรือข้ามฟากออกจากท่าเรือตอนรุ่งสาง และไม่มีใครบนท่าเรือรู้ว่ามันจะกลับมาเมื่อใด",
    "he": "המעבורת יצאה מהנמל עם שחר, ואיש על הרציף לא ידע מתי תחזור.",
    "hi": "नौका भोर में बंदरगाह से निकली और घाट पर किसी को नहीं पता था कि वह कब लौटेगी।",
    "mr": "बोट पहाटे बंदरातून निघाली आणि ती कधी परत येणार आहे हे धक्क्यावर कोणालाही माहीत नव्हते, असे अधिकाऱ्यांनी सांगितले आहे.",
    "ne": "डुङ्गा बिहानै बन्दरगाहबाट निस्कियो र त्यो कहिले फर्कन्छ भन्ने कसैलाई थाहा छैन, उनले भने। यात्रुहरू पर्खिरहेका छन् तर पनि जानकारी छ।",
    "bn": "ভোরবেলা ফেরিটি বন্দর ছেড়ে যায় এবং ঘাটে কেউ বলতে পারেনি কখন সেটি ফিরবে।",
    "as": "পুৱাতে নাওখন ঘাটৰ পৰা ওলাই গ’ল আৰু কেতিয়া উভতি আহিব কোনেও নাজানিছিল।",
    "gu": "પરોઢિયે હોડી બંદરેથી નીકળી ગઈ અને તે ક્યારે પાછી આવશે તે કોઈ જાણતું ન હતું.",
    "pa": "ਸਵੇਰੇ ਕਿਸ਼ਤੀ ਬੰਦਰਗਾਹ ਤੋਂ ਨਿਕਲ ਗਈ ਅਤੇ ਕਿਸੇ ਨੂੰ ਪਤਾ ਨਹੀਂ ਸੀ ਕਿ ਉਹ ਕਦੋਂ ਮੁੜੇਗੀ।",
    "my": "ကူးတို့သင်္ဘောသည် နံနက်စောစောတွင် ဆိပ်ကမ်းမှ ထွက်ခွာသွားပြီး မည်သည့်အချိန် ပြန်လာမည်ကို မည်သူမျှ မသိကြပါ။",
    "el": "Το πλοίο έφυγε από το λιμάνι την αυγή και κανείς στην προβλήτα δεν ήξερε πότε θα επιστρέψει.",
    "be": "Паром выйшаў з порта на світанні, і ніхто на прыстані не ведаў, калі ён вернецца назад.",
    "bg": "Фериботът напусна пристанището призори и никой на кея не знаеше кога ще се върне, това съобщиха властите за медиите.",
    "sr-Cyrl": "Трајект је напустио луку у зору и нико на пристаништу није знао када ће се вратити.",
    "sr-Latn": "Trajekt je napustio luku u zoru i niko na pristaništu nije znao kada će da se vrati, saopštila je lučka uprava.",
    "mk": "Фериботот го напушти пристаништето во зори и никој не знаеше кога ќе се врати назад.",
    "kk": "Паром таң ата порттан шығып кетті, оның қашан қайтып келетінін ешкім білмеді, деп хабарлады.",
    "ky": "Паром таң эрте порттон чыгып кетти жана анын качан кайтып келерин эч ким билген жок, өкмөт жаңы айтты.",
    "mn": "Усан онгоц үүрээр боомтоос гарч явсан бөгөөд хэзээ буцаж ирэхийг хэн ч мэдэхгүй байв.",
    "uz-Cyrl": "Паром тонгда портдан чиқиб кетди ва унинг қачон қайтиб келишини ҳеч ким билмас эди, деди ўзбек расмийси.",
    "ur": "کشتی صبح سویرے بندرگاہ سے روانہ ہوئی اور گھاٹ پر کوئی نہیں جانتا تھا کہ وہ کب واپس آئے گی۔",
    "ps": "بېړۍ سهار وختي له بندر څخه ووته او هیڅوک نه پوهېدل چې کله به بېرته راستنه شي، چارواکو ویلي دي.",
    "ckb": "کەشتییەکە لە بەرەبەیاندا لە بەندەرەکە دەرچوو و کەس نەیدەزانی کەی دەگەڕێتەوە.",
    "ug": "پاراخوت تاڭ سەھەردە پورتتىن ئايرىلدى، ئۇنىڭ قاچان قايتىپ كېلىدىغانلىقىنى ھېچكىم بىلمەيتتى.",
    "sd": "ٻيڙي صبح سوير بندرگاهه مان نڪتي ۽ ڪنهن کي به خبر نه هئي ته اها ڪڏهن واپس ايندي.",
    "am": "ጀልባዋ ጎህ ሲቀድ ከወደቡ ወጣች፤ መቼ እንደምትመለስ ግን ማንም አያውቅም ነበር።",
    "zh-Hant": "渡輪在黎明時分離開了港口，碼頭上沒有人知道它什麼時候會回來。",
    "az": "Bərə sübh tezdən limandan çıxdı və körpüdə heç kim onun nə vaxt qayıdacağını bilmirdi.",
    "tr": "Feribot şafakta limandan ayrıldı ve iskelede hiç kimse ne zaman döneceğini bilmiyordu.",
    "vi": "Chiếc phà rời cảng lúc bình minh và không ai trên bến biết khi nào nó sẽ quay trở lại.",
}


def language(text: str, lang: str = "", times: int = 3, **hints: Any) -> tuple[str, str]:
    html = f"<html lang='{lang}'><body><p>x</p></body></html>".encode()
    page = read_page(Capture("https://a.example/", html), Hints(**hints))
    found = find_language(page, text * times)
    return found.tag, found.source


@pytest.mark.parametrize("tag", TEXTS)
def test_text_alone_tells_the_language(tag: str) -> None:
    assert language(TEXTS[tag]) == (tag, "text")


@pytest.mark.parametrize("tag", TEXTS)
def test_wrong_declaration_loses_against_the_text(tag: str) -> None:
    wrong = "de" if tag != "de" else "es"
    assert language(TEXTS[tag], wrong)[0] == tag


def test_right_declaration_is_kept_without_its_region() -> None:
    assert language(TEXTS["en"], "en-GB") == ("en", "html lang")
    assert language(TEXTS["zh-Hant"], "zh-TW") == ("zh-Hant", "html lang")
    assert language(TEXTS["ja"], "ja-JP") == ("ja", "html lang")


def test_declaration_wins_among_languages_that_look_alike() -> None:
    malay = "Menteri berkata keputusan akan diumumkan minggu depan selepas mesyuarat kabinet."
    assert language(malay, "ms")[0] == "ms"
    assert language(malay, "id")[0] == "id"


@pytest.mark.parametrize(
    ("tag", "wrong"),
    [
        ("uk", "ru"), ("ru", "uk"), ("be", "ru"), ("bg", "ru"), ("mk", "sr"), ("sr-Cyrl", "mk"),
        ("kk", "ru"), ("ky", "ru"), ("fa", "ar"), ("ar", "fa"), ("ur", "ar"), ("ps", "fa"),
        ("ckb", "ar"), ("ug", "ar"), ("sd", "ur"), ("mr", "hi"), ("ne", "hi"), ("hi", "mr"),
        ("as", "bn"), ("zh-Hans", "zh-TW"), ("zh-Hant", "zh-CN"), ("zh-Hant", "ja"), ("az", "tr"),
    ],
)  # fmt: skip
def test_neighbours_declared_in_each_others_place_are_told_by_their_letters(
    tag: str, wrong: str
) -> None:
    assert language(TEXTS[tag], wrong, times=1) == (tag, "text")


@pytest.mark.parametrize(
    ("text", "wrong", "tag"),
    [
        ("Regeringen sade att den inte har fått besked och att frågan ska tas upp.", "no", "sv"),
        ("Regjeringen sa at det ikke ble noe av møtet, og at saken tas opp etter påske.", "sv", "nb"),
        ("El govern ha dit que els veïns també volen saber què és el pla amb les obres.", "es", "ca"),
        ("Vláda uviedla, že rokovanie bolo zrušené aj pre počasie, ktoré sa zhoršilo.", "cs", "sk"),
        ("Kerajaan berkata beliau tidak boleh hadir kerana mesyuarat itu ditunda.", "id", "ms"),
    ],
)  # fmt: skip
def test_close_kin_are_told_by_their_small_words(text: str, wrong: str, tag: str) -> None:
    assert language(text, wrong)[0] == tag


@pytest.mark.parametrize(
    ("text", "script", "tag"),
    [
        ("הַמַּעְבֹּרֶת יָצְאָה מֵהַנָּמֵל עִם שַׁחַר, וְאִישׁ עַל הָרָצִיף לֹא יָדַע מָתַי תַּחְזֹר אֶל הָאִי. אָב וְאַחֲרָיו אָדָם אַחֵר.", "he", "he"),
        ("די שיף האָט פֿאַרלאָזט דעם פּאָרט פֿאַר טאָג, און קײנער האָט נישט געװוּסט װען זי װעט קומען צוריק.", "he", "yi"),
        ("די שיף האט פארלאזט דעם פארט פאר טאג, און קיינער אין דער שטאט האט נישט געוואוסט ווען זי וועט קומען צוריק.", "he", "yi"),
        ("Казанда яңа мәктәп ачылды. Балалар һәм укытучылар бәйрәмгә килде, дип хәбәр итә матбугат үзәге.", "cyrillic", "tt"),
        ("Бишкекте мектеп ачылды. Балдар жана мугалимдер майрамга келди. Мектепте үч жүз бала окуйт деп кабарлады.", "cyrillic", "ky"),
        ("Сургууль нээгдлээ. Хүүхдүүд, багш нар баярт ирэв. Тус сургуульд хоёр зуун хүүхэд суралцаж байна.", "cyrillic", "mn"),
        ("Алматыда мектеп ашылды. Балалар мен мұғалімдер мерекеге келді. Мектепте екі жүз бала оқиды.", "cyrillic", "kk"),
        ("Чӑваш Республикин Пуҫлӑхӗ паян Шупашкарта канашлу ирттернӗ, ҫӗнӗ шкулсем ҫинчен каланӑ.", "cyrillic", "cv"),
        ("Өфөлә яңы мәктәп асылды. Балалар һәм уҡытыусылар байрамға килде, тип хәбәр итә матбуғат үҙәге.", "cyrillic", "ba"),
    ],
)  # fmt: skip
def test_neighbours_of_one_script_are_told_apart(text: str, script: str, tag: str) -> None:
    assert by_letters(text, script) == tag


def test_persian_typed_with_arabic_letters_is_persian() -> None:
    text = TEXTS["fa"].replace("ی", "ي").replace("ک", "ك") + " گزارش پایگاه خبری چاپ شد."
    assert language(text, "ar")[0] == "fa"


def test_language_is_that_of_most_of_the_text_not_of_its_opening() -> None:
    opening = "By the foreign desk of the harbour bureau, with reporting from the pier. "
    assert language(opening * 3 + TEXTS["ru"] * 20, "en", times=1)[0] == "ru"


def test_claim_of_the_page_is_kept_beside_with_its_region() -> None:
    html = "<html lang=en-gb><body><p>x</p></body></html>"
    hints = Hints(languages=("ru",))
    found = find_language(
        read_page(Capture("https://a.example/", html.encode()), hints), TEXTS["ru"]
    )
    assert (found.tag, found.stated) == ("ru", "en-GB")
    bare = read_page(Capture("https://a.example/", b"<p>x</p>"), hints)
    assert find_language(bare, TEXTS["ru"]).stated == ""


def test_outlets_languages_count_where_the_page_declares_none() -> None:
    assert language("Nei.", languages=("nb", "en")) == ("nb", "outlet")


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("EN_us", "en"), ("zh_CN", "zh-Hans"), ("zh-Hant-HK", "zh-Hant"), ("zh", "zh"), ("iw", "he"),
        ("in", "id"), ("pt-BR", "pt"), ("", ""), ("x", ""), ("English", ""), ("a" * 100_000, ""),
    ],
)  # fmt: skip
def test_declared_tag_is_made_plain(declared: str, tag: str) -> None:
    assert tag_of(declared) == tag


def test_script_is_that_of_most_letters() -> None:
    assert script_of("NHKの連絡船が港を出た") == "kana"
    assert script_of("The ferry 渡 left") == "latin"
    assert script_of("") == ""


def test_mapped_model_answers_as_the_plain_one(tmp_path: Path) -> None:
    plain = LanguageIdentifier.from_model_file(langid_model.MODEL_FILE)
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    langid_model.save(plain, folder / "model")
    mapped = langid_model.mapped(folder / "model")
    assert len(mapped.maps) == 2
    for text in [*TEXTS.values(), "", "1234", "\ud800"]:
        assert mapped.identifier.classify(text) == plain.classify(text)


def test_cut_off_or_foreign_cache_is_not_mapped(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    langid_model.save(LanguageIdentifier.from_model_file(langid_model.MODEL_FILE), folder / "model")
    whole = (folder / "model" / langid_model.TRANSITIONS).read_bytes()
    (folder / "model" / langid_model.TRANSITIONS).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match="not whole"):
        langid_model.mapped(folder / "model")
    (folder / "model").chmod(0o777)
    with pytest.raises(PermissionError):
        langid_model.mapped(folder / "model")


def test_model_works_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / f"dateline-{os.getuid()}").write_text("in the way too")
    langid_model.model.cache_clear()
    try:
        assert langid_model.model().maps == ()
        assert langid_model.model().classify(TEXTS["de"]) == "de"
    finally:
        langid_model.model.cache_clear()


def test_cache_lies_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert langid_model.cache_folder().parent == tmp_path / "dateline"
    assert (tmp_path / "dateline").stat().st_mode & 0o777 == 0o700
