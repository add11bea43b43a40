"""Titles, times, languages and tags of listings: plain, bounded, and never guessed."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discovery.fields import (
    TAG_MAX_CHARS,
    TAGS_MAX,
    language_tag,
    newest_first,
    plain_text,
    read_time,
    tidy_tags,
)
from scraper.records import Candidate


@pytest.mark.parametrize(
    ("raw", "instant"),
    [
        ("Mon, 04 May 2026 10:00:00 +0900", "2026-05-04T10:00:00+09:00"),
        ("Mon, 04 May 2026 10:00:00 GMT", "2026-05-04T10:00:00+00:00"),
        ("Mon, 04 May 2026 10:00:00 EDT", "2026-05-04T10:00:00-04:00"),
        ("Mon, 04 May 2026 10:00:00 CEST", "2026-05-04T10:00:00+02:00"),
        ("Mon, 04 May 2026 10:00:00 (JST)", "2026-05-04T10:00:00+09:00"),
        ("Mon, 04 May 2026 10:00:00 GMT+9", "2026-05-04T10:00:00+09:00"),
        ("Mon, 04 May 2026 10:00:00 UTC+05:30", "2026-05-04T10:00:00+05:30"),
        ("Mon, 04 May 2026 10:00:00 -05:00", "2026-05-04T10:00:00-05:00"),
        ("Mon, 04 May 2026 10:00:00 -0000", "2026-05-04T10:00:00+00:00"),
        ("Monday, 4 May 2026 10:00 Z", "2026-05-04T10:00:00+00:00"),
        ("4 May 26 10:00 GMT", "2026-05-04T10:00:00+00:00"),
        ("  Mon,  04 May\n2026 10:00:00  GMT ", "2026-05-04T10:00:00+00:00"),
        ("2026-05-04T10:00:00+09:00", "2026-05-04T10:00:00+09:00"),
        ("2026-05-04T10:00:00.1234567+0900", "2026-05-04T10:00:00.123456+09:00"),
        ("2026-05-04T10:00Z", "2026-05-04T10:00:00+00:00"),
        ("2026-05-04 10:00:00 +09", "2026-05-04T10:00:00+09:00"),
        ("2026-05-04 10:00:00 UTC", "2026-05-04T10:00:00+00:00"),
        ("20260504T100000z", "2026-05-04T10:00:00+00:00"),
    ],
)
def test_times_keep_their_zone(raw: str, instant: str) -> None:
    found = read_time(raw)
    assert found is not None
    assert found.isoformat() == instant


@pytest.mark.parametrize(
    "raw",
    [
        "2026-05-04",
        "2026-05-04T10:00:00",
        "Mon, 04 May 2026 10:00:00",
        "Mon, 04 May 2026 10:00:00 IST",  # India's, Israel's, Ireland's?
        "Mon, 04 May 2026",
        "2026-13-45T10:00:00Z",
        "Mon, 32 May 2026 10:00:00 GMT",
        "Mon, 04 May 2026 25:00:00 GMT",
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "yesterday",
        "1777888800",
        "",
        None,
        1777888800,
        "Mon, 04 May 2026 10:00:00 GMT" + "x" * 10_000,
    ],
)
def test_what_names_no_instant_is_none(raw: object) -> None:
    assert read_time(raw) is None


@given(st.one_of(st.text(max_size=70), st.from_regex(r"\d{4}-\d\d-\d\d[T ][\d:.,]+([+-][\d:]+|Z)")))
def test_no_date_raises(raw: str) -> None:
    found = read_time(raw)
    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("<p>One</p><p>two</p>", "One two"),
        ("un<b>believ</b>able", "unbelievable"),
        ("a<br/>b\n\tc", "a b c"),
        ("<script>alert(1)</script>safe<style>x{}", "safe"),
        ("<!-- no -->yes<!-- cut", "yes"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("می‌خواهم", "می‌خواهم"),
        ("nul\x00 c1\x85 lone\ud800", "nul c1 lone"),
        (None, ""),
        (["x"], ""),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: object, text: str) -> None:
    assert plain_text(markup, 100) == text


def test_text_is_bounded() -> None:
    assert plain_text("ab " * 10**6, 10) == "ab ab ab a"


@pytest.mark.parametrize("unit", ["<", "<a", "<script", "<!--", "&", "<a >", "</", "\x00"])
def test_a_field_full_of_markup_takes_little_time(unit: str) -> None:
    began = time.process_time()
    plain_text(unit * 10_000, 2000)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("raw", "tag"),
    [
        ("ja", "ja"),
        ("EN-us", "en-US"),
        ("pt_br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-DE-1996x", "de-DE"),
        ("English", ""),
        ("", ""),
        ("en; drop table", ""),
        (7, ""),
    ],
)
def test_languages_are_bcp_47_or_nothing(raw: object, tag: str) -> None:
    assert language_tag(raw) == tag


def test_tags_are_bounded_in_number_and_length() -> None:
    tags = tidy_tags(f"{number} " + "x" * 500 for number in range(10**6))
    assert len(tags) == TAGS_MAX
    assert max(map(len, tags)) <= TAG_MAX_CHARS


def test_undated_candidates_follow_the_dated_in_the_order_of_the_listing() -> None:
    def candidate(name: str, day: int = 0) -> Candidate:
        at = datetime(2026, 5, day, tzinfo=UTC) if day else None
        return Candidate(f"https://a.example/{name}", published_at=at)

    listed = [candidate("b"), candidate("old", 1), candidate("a"), candidate("new", 2)]
    assert [c.url[-3:] for c in newest_first(listed)] == ["new", "old", "e/b", "e/a"]
    undated = [candidate("z"), candidate("a"), candidate("m")]
    assert newest_first(undated) == undated
