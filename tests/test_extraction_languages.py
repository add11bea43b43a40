"""Which language a text is in: declared, checked, and the model's cache."""

import os
from pathlib import Path
from typing import Any

import pytest
from py3langid.langid import LanguageIdentifier

from scraper.extraction import langid_model
from scraper.extraction.languages import find_language, script_of, tag_of
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
    "zh": "渡轮在黎明时分离开了港口，码头上没有人知道它什么时候会回来。",
    "ko": "연락선은 새벽에 항구를 떠났고 언제 돌아올지 부두의 누구도 알지 못했다.",
    "th": "เรือข้ามฟากออกจากท่าเรือตอนรุ่งสาง และไม่มีใครบนท่าเรือรู้ว่ามันจะกลับมาเมื่อใด",
    "he": "המעבורת יצאה מהנמל עם שחר, ואיש על הרציף לא ידע מתי תחזור.",
    "hi": "नौका भोर में बंदरगाह से निकली और घाट पर किसी को नहीं पता था कि वह कब लौटेगी।",
}


def language(text: str, lang: str = "", **hints: Any) -> tuple[str, str]:
    html = f"<html lang='{lang}'><body><p>x</p></body></html>".encode()
    page = read_page(Capture("https://a.example/", html), Hints(**hints))
    return find_language(page, text * 3)


@pytest.mark.parametrize("tag", TEXTS)
def test_text_alone_tells_the_language(tag: str) -> None:
    assert language(TEXTS[tag]) == (tag, "text")


@pytest.mark.parametrize("tag", TEXTS)
def test_wrong_declaration_loses_against_the_text(tag: str) -> None:
    wrong = "de" if tag != "de" else "es"
    assert language(TEXTS[tag], wrong)[0] == tag


def test_right_declaration_is_kept_without_its_region() -> None:
    assert language(TEXTS["en"], "en-GB") == ("en", "html lang")
    assert language(TEXTS["zh"], "zh-TW") == ("zh-Hant", "html lang")
    assert language(TEXTS["ja"], "ja-JP") == ("ja", "html lang")


def test_declaration_wins_among_languages_that_look_alike() -> None:
    malay = "Menteri berkata keputusan itu akan diumumkan minggu depan selepas mesyuarat kabinet."
    assert language(malay, "ms")[0] == "ms"
    assert language(malay, "id")[0] == "id"


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
