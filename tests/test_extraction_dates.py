"""Times as outlets print and state them: strict, in the right zone, the most exact one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scraper.extraction.dates import find_dates
from scraper.extraction.moments import read_moment, zone_named
from scraper.extraction.page import read_page
from scraper.records import Candidate, Capture, Hints

BERLIN = zone_named("Europe/Berlin")
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


CAPTURED = datetime(2026, 3, 20, tzinfo=UTC)


def dates(
    body: str = "", head: str = "", **hints: Any
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    html = f"<html lang=en><head>{head}</head><body><h1>Headline</h1>{body}</body></html>"
    capture = Capture("https://a.example/b", html.encode(), captured_at=CAPTURED)
    found = find_dates(read_page(capture, Hints(timezone="Europe/Berlin", **hints)))
    published, modified = ((m.at.isoformat(), m.source) if m else None for m in found)
    return published, modified


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(**fields: str) -> str:
    pairs = ",".join(f'"{k}":"{v}"' for k, v in fields.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{pairs}}}</script>'


def test_structured_data_win_over_meta_and_visible_text() -> None:
    head = meta("article:published_time", "2026-03-02T10:00:00Z")
    head += linked(datePublished="2026-03-01T10:00:00Z")
    published, _ = dates("<time datetime='2026-03-03T10:00:00Z'></time>", head)
    assert published == ("2026-03-01T10:00:00+00:00", "json-ld datePublished")


def test_more_exact_source_of_the_same_day_wins() -> None:
    head = linked(datePublished="2026-03-01")
    published, _ = dates("<time datetime='2026-03-01T10:20:00+01:00'></time>", head)
    assert published == ("2026-03-01T10:20:00+01:00", "time element")


def test_more_exact_source_of_another_day_does_not() -> None:
    head = linked(datePublished="2026-03-01")
    published, _ = dates("<time datetime='2026-03-05T10:20:00+01:00'></time>", head)
    assert published == ("2026-03-01T00:00:00+01:00", "json-ld datePublished")


def test_same_clock_with_a_zone_wins_over_one_without() -> None:
    head = linked(datePublished="2026-03-01T10:20:00")
    head += meta("article:published_time", "2026-03-01T10:20:00+09:00")
    published, _ = dates(head=head)
    assert published == ("2026-03-01T10:20:00+09:00", "meta article:published_time")


def test_time_without_zone_is_in_the_outlets() -> None:
    published, _ = dates(head=linked(datePublished="2026-03-01T10:20:00"))
    assert published == ("2026-03-01T10:20:00+01:00", "json-ld datePublished")


def test_published_and_updated_on_one_line_are_told_apart() -> None:
    line = "<p>Published 1 March 2026 10:20, updated 2 March 2026 11:00</p>"
    published, modified = dates(line)
    assert published == ("2026-03-01T10:20:00+01:00", "visible text")
    assert modified == ("2026-03-02T11:00:00+01:00", "visible text")


def test_time_marked_as_changed_is_not_the_publication() -> None:
    published, modified = dates("<div>Updated: <time datetime='2026-03-02T11:00Z'></time></div>")
    assert published is None
    assert modified == ("2026-03-02T11:00:00+00:00", "time element")


def test_dates_of_teasers_and_comments_are_ignored() -> None:
    body = "<aside><time datetime='2026-03-02T11:00Z'></time></aside>"
    body += "<div class=comments><span class=date>2026-03-03 10:00</span></div>"
    assert dates(body) == (None, None)


def test_time_after_the_capture_is_not_believed() -> None:
    later = (CAPTURED + timedelta(days=2)).isoformat()
    head = linked(datePublished=later) + meta("article:published_time", "2026-03-01T10:00:00Z")
    published, _ = dates(head=head)
    assert published == ("2026-03-01T10:00:00+00:00", "meta article:published_time")


def test_change_before_publication_is_dropped() -> None:
    head = linked(datePublished="2026-03-02T10:00:00Z", dateModified="2026-03-01T10:00:00Z")
    assert dates(head=head)[1] is None


def test_listing_is_asked_last() -> None:
    listed = Candidate("https://a.example/b", published_at=datetime(2026, 3, 1, 9, tzinfo=UTC))
    assert dates(candidate=listed)[0] == ("2026-03-01T09:00:00+00:00", "listing")
    head = meta("article:published_time", "2026-03-02T10:00:00Z")
    published, _ = dates(head=head, candidate=listed)
    assert published == ("2026-03-02T10:00:00+00:00", "meta article:published_time")
