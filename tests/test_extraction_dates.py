"""When an article was published and changed: which claim is believed, and what is said of others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scraper.extraction.date.dates import CLAIMS_MAX, Dates, find_dates
from scraper.extraction.page import read_page
from scraper.records import Candidate, Capture, Hints

CAPTURED = datetime(2026, 3, 20, tzinfo=UTC)


def found(
    body: str = "",
    head: str = "",
    *,
    url: str = "https://a.example/b",
    lang: str = "en",
    **more: Any,
) -> Dates:
    html = f"<html lang={lang}><head>{head}</head><body><h1>Headline</h1>{body}</body></html>"
    headers = more.pop("headers", {})
    capture = Capture(url, html.encode(), headers, captured_at=CAPTURED)
    return find_dates(read_page(capture, Hints(**more)))


def dates(
    body: str = "", head: str = "", **hints: Any
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    told = found(body, head, timezone="Europe/Berlin", **hints)
    sources = dict(told.sources)
    published = (
        (told.published_at.isoformat(), sources["published_at"]) if told.published_at else None
    )
    modified = (told.modified_at.isoformat(), sources["modified_at"]) if told.modified_at else None
    return published, modified


def verdicts(told: Dates) -> dict[str, str]:
    """Return why each source was chosen or not."""
    return {claim.source: claim.why for claim in told.claims}


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


KOREAN = "입력 2026.03.05 10:20"


def time_meta(content: str) -> str:
    return meta("article:published_time", content)


def at(told: Dates) -> str:
    return told.published_at.isoformat() if told.published_at else ""


@pytest.mark.parametrize(
    ("lang", "url", "head", "offset", "reason"),
    [
        ("ko", "https://a.example/b", "", "+09:00", "zone of language ko"),
        ("en", "https://news.a.co.jp/b", "", "+09:00", "zone of .jp"),
        ("en", "https://a.in/b", "", "+05:30", "zone of .in"),
        ("bn-BD", "https://a.example/b", "", "+06:00", "zone of region BD"),
        ("bn", "https://a.example/b", "", "+06:00", "likeliest zone of language bn"),
        ("bn", "https://a.in/b", "", "+05:30", "zone of .in"),
        ("ar", "https://a.example/b", meta("og:locale", "ar_EG"), "+02:00", "zone of region EG"),
        ("ar", "https://a.example/b", meta("og:locale", "ar_AR"), "+00:00", "no zone known"),
        ("en-GB", "https://a.example/b", "", "+00:00", "no zone known"),
        ("en", "https://a.tv/b", "", "+00:00", "no zone known"),
        ("fa", "https://a.example/b", "", "+03:30", "zone of language fa"),
        ("my", "https://a.example/b", "", "+06:30", "zone of language my"),
    ],
)
def test_zone_of_a_naked_clock_is_inferred_and_named(
    lang: str, url: str, head: str, offset: str, reason: str
) -> None:
    told = found("<p>2026-03-05 10:20</p>", head, lang=lang, url=url)
    assert at(told) == f"2026-03-05T10:20:00{offset}"
    assert reason in verdicts(told)["visible text"]


def test_other_times_of_the_page_tell_its_zone() -> None:
    head = linked(datePublished="2026-03-05T10:20:00", dateModified="2026-03-05T11:00:00+05:00")
    told = found("", head, lang="ru")
    assert at(told) == "2026-03-05T10:20:00+05:00"
    assert "+05:00" in verdicts(told)["json-ld datePublished"]


def test_script_of_the_headline_tells_more_than_a_wrong_language() -> None:
    head = meta("og:title", "강변 시장, 밤에도 문 연다")
    assert at(found(f"<p>{KOREAN}</p>", head, lang="en")) == "2026-03-05T10:20:00+09:00"


def test_outlets_own_zone_wins_over_inference() -> None:
    told = found("<p>2026-03-05 10:20</p>", lang="ko", timezone="America/New_York")
    assert at(told) == "2026-03-05T10:20:00-05:00"


def test_zone_that_contradicts_the_printed_clock_is_not_believed() -> None:
    told = found(f"<p>{KOREAN}</p>", time_meta("2026-03-05T10:20:33Z"), lang="ko")
    assert at(told) == "2026-03-05T10:20:33+09:00"
    assert verdicts(told)["meta article:published_time"] == "zone contradicts the printed clock"
    assert "what readers see" in verdicts(told)["visible text"]


def test_clock_shifted_by_the_zone_itself_is_not_believed() -> None:
    told = found("<p>입력 2026.03.05 10:21</p>", time_meta("2026-03-05T01:21:00+09:00"), lang="ko")
    assert at(told) == "2026-03-05T10:21:00+09:00"


def test_zone_that_agrees_with_the_printed_clock_is_believed() -> None:
    told = found(f"<p>{KOREAN}</p>", time_meta("2026-03-05T01:20:33+00:00"), lang="ko")
    assert at(told) == "2026-03-05T01:20:33+00:00"
    assert verdicts(told)["visible text"] == "agrees"


def test_clock_that_a_server_prints_in_utc_is_no_contradiction() -> None:
    body = "<p>5 March 2026, 10:20</p>"
    exact = found(body, time_meta("2026-03-05T10:20:33.847Z"), lang="ko")  # JavaScript's own
    assert at(exact) == "2026-03-05T10:20:33+00:00"
    near = found(body, time_meta("2026-03-05T10:20:33Z"), url="https://a.de/b")  # an hour off
    assert at(near) == "2026-03-05T10:20:33+00:00"


def test_two_sources_for_the_printed_clock_decide_a_small_contradiction() -> None:
    body = "<time datetime='2026-03-05T10:20:33+01:00'>5. März 2026, 10:20 Uhr</time>"
    head = linked(datePublished="2026-03-05T10:20:33Z", dateModified="2026-03-05T12:00:00Z")
    told = found(body, head, lang="de", url="https://a.de/b")
    assert at(told) == "2026-03-05T10:20:33+01:00"
    assert told.modified_at is not None  # of the same source, wrong in the same way
    assert told.modified_at.isoformat() == "2026-03-05T12:00:00+01:00"


@pytest.mark.parametrize(
    "template",
    ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00", "0000-00-00", "2000-01-01", "1900-01-01"],
)
def test_template_date_is_refused_by_name(template: str) -> None:
    told = found("<p>Published 5 March 2026</p>", linked(datePublished=template), timezone="UTC")
    assert at(told) == "2026-03-05T00:00:00+00:00"
    assert verdicts(told)["json-ld datePublished"] == "a template date"


def test_day_of_the_visit_is_not_that_of_the_article() -> None:
    masthead = "<header><span>Friday, 20 March 2026</span></header>"
    html = masthead + "<main><h1>Headline</h1><p>5 March 2026</p></main>"
    assert at(found(html, timezone="UTC")) == "2026-03-05T00:00:00+00:00"
    loose = found("<p class=date>20 March 2026</p>", url="https://a.example/2026/03/05/b")
    assert at(loose) == "2026-03-05T00:00:00+00:00"
    assert verdicts(loose)["visible text"] == "the day of the visit"


def test_claim_far_older_than_all_others_is_refused() -> None:
    head = linked(datePublished="2019-04-24T06:59:25Z") + time_meta("2026-03-05T10:20:00Z")
    told = found("<p>Published 5 March 2026</p>", head, url="https://a.example/2026/03/05/b")
    assert at(told) == "2026-03-05T10:20:00+00:00"
    assert verdicts(told)["json-ld datePublished"].startswith("far older than")


def test_old_article_that_was_updated_stays_old() -> None:
    head = linked(datePublished="2019-04-24T06:59:25Z", dateModified="2026-03-05T10:20:00Z")
    head += time_meta("2026-03-05T10:20:00Z")
    assert at(found("<p>5 March 2026</p>", head)) == "2019-04-24T06:59:25+00:00"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2026/03/05/talks", "2026-03-05"),
        ("/news/2026/3/5/7441/", "2026-03-05"),
        ("/n1/2026/0305/c1002-40.html", "2026-03-05"),
        ("/202603/t20260305_881.html", "2026-03-05"),
        ("/20260305/abc/c.html", "2026-03-05"),
        ("/news/article/A2026030514320005196", "2026-03-05"),
        ("/a/2026-03-05-talks", "2026-03-05"),
        ("/fa/news/1404/12/14/33/", ""),
        ("/story-2024112345", ""),
        ("/2031/03/05/soon", ""),
        ("/page/20261399", ""),
    ],
)
def test_day_in_the_address_is_asked_last(path: str, day: str) -> None:
    told = found(url=f"https://a.example{path}", timezone="UTC")
    assert at(told)[:10] == day
    if day:
        assert told.published_precision == "day"
        assert verdicts(told)["capture"] == "the latest it can be"


def test_time_of_the_server_is_kept_and_never_believed() -> None:
    headers = {"Last-Modified": "Thu, 05 Mar 2026 01:20:00 GMT"}
    told = found(headers=headers)
    assert (told.published_at, told.modified_at) == (None, None)
    assert "server" in verdicts(told)["header last-modified"]


@pytest.mark.parametrize(
    ("body", "source"),
    [
        ('<p class=t data-published-at="2026-03-05T01:20:00Z"></p>', "attribute data-published-at"),
        ('<div data-deploy-dt="2026.03.05 10:20" hidden></div>', "attribute data-deploy-dt"),
        ('<i data-timestamp="1772673600"></i>', "attribute data-timestamp"),
        ('<script>dataLayer=[{"pubDate":"2026-03-05 10:20"}]</script>', "script pubDate"),
    ],
)
def test_time_that_no_reader_sees_is_found_where_nothing_else_is(body: str, source: str) -> None:
    told = found(body, lang="ko")
    assert at(told) in {"2026-03-05T01:20:00+00:00", "2026-03-05T10:20:00+09:00"}
    assert dict(told.sources)["published_at"] == source


def test_data_attributes_that_are_no_times_of_an_article_are_not_read() -> None:
    body = '<p data-update-interval="20260305"></p><p data-countdown-to="2026-03-05 10:20"></p>'
    assert found(body).published_at is None


@pytest.mark.parametrize(
    ("body", "published", "modified"),
    [
        (
            "<dl><dt>입력</dt><dd>2026.03.05 10:20</dd><dt>수정</dt><dd>2026.03.05 11:00</dd></dl>",
            1,
            1,
        ),
        ("<p>10:20 05.03.2026 (обновлено: 11:00 05.03.2026)</p>", 1, 1),
        ("<p>Aktualizacja: 05.03.2026 11:00 Publikacja: 05.03.2026 10:20</p>", 1, 1),
        ("<p>2026-03-05 10:20 发布</p><p>2026-03-05 11:00 更新</p>", 1, 1),
        ("<p>انتشار: 2026/03/05 10:20</p><p>به‌روزرسانی: 2026/03/05 11:00</p>", 1, 1),
        ("<p>પ્રકાશિત: 05 માર્ચ 2026, 10:20</p><p>અપડેટ: 05 માર્ચ 2026, 11:00</p>", 1, 1),
        ("<p>Δημοσιεύθηκε 05.03.2026 10:20 Ενημερώθηκε 05.03.2026 11:00</p>", 1, 1),
        ("<p>เผยแพร่ 5 มี.ค. 2569 10:20 น. | ปรับปรุง 5 มี.ค. 2569 11:00 น.</p>", 1, 1),
        ("<p>Четвер 05 березня 2026 10:20 Оновлено: 11:00</p>", 1, 0),
        ("<p>05/03/2026 10h20 Atualizado há 2 horas</p>", 1, 0),
        ("<p>آخر تحديث: 2026/03/05 11:00</p>", 0, 1),
        ("<p>更新日：2026年3月5日 11:00</p>", 0, 1),
    ],
)
def test_label_tells_publication_from_change(body: str, published: int, modified: int) -> None:
    told = found(body, timezone="UTC")
    assert at(told) == ("2026-03-05T10:20:00+00:00" if published else "")
    changed = told.modified_at.isoformat() if told.modified_at else ""
    assert changed == ("2026-03-05T11:00:00+00:00" if modified else "")


def test_every_claim_is_kept_with_a_reason_and_no_more_than_the_bound() -> None:
    head = linked(datePublished="2026-03-05T10:20:00Z") + meta("date", "2026-03-04")
    told = found("<time datetime='2026-03-05'></time>", head)
    assert [c.is_chosen for c in told.claims].count(True) == 1
    assert all(claim.why for claim in told.claims)
    assert verdicts(told)["meta date"] == "another day than json-ld datePublished"
    assert verdicts(told)["time element"] == "less exact"
    many = "".join(
        f"<time datetime='2026-03-05T10:{n % 60:02}:{n % 50:02}Z'></time>" for n in range(500)
    )
    assert len(found(many).claims) <= CLAIMS_MAX


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["2026 ", "5 March ", "10:20 ", "1 a ", "३ ", "令和元年", "입력 2026.", "ก.ค. 5 ", "("]
)
def test_hostile_lines_are_bounded(piece: str) -> None:
    text = piece * 50_000
    html = f"<p class=date>{text}</p><p data-published='{text[:5000]}'></p><script>{text}</script>"
    found(html, linked(datePublished=text), lang="ko", url=f"https://a.example/{text[:5000]}")


@pytest.mark.parametrize(
    ("head", "body", "offset", "reason"),
    [
        (meta("geo.region", "IN-DL"), "", "+05:30", "zone of region IN"),
        ("", '<a href="tel:+880212345">Call</a>', "+06:00", "zone of telephone +880"),
        (linked(publisher="x"), "", "+00:00", "no zone known"),
    ],
)
def test_place_of_the_publisher_tells_the_zone(
    head: str, body: str, offset: str, reason: str
) -> None:
    told = found(f"<p>2026-03-05 10:20</p>{body}", head)
    assert at(told) == f"2026-03-05T10:20:00{offset}"
    assert reason in verdicts(told)["visible text"]


@pytest.mark.parametrize(
    ("text", "offset"), [("5 فيفري 2026 10:20", "+01:00"), ("5 شباط 2026 10:20", "+00:00")]
)
def test_month_names_of_one_country_tell_its_zone(text: str, offset: str) -> None:
    assert at(found(f"<p>{text}</p>", lang="ar")) == f"2026-02-05T10:20:00{offset}"


@pytest.mark.parametrize(
    "body",
    [
        "<abbr class=published title='2026-03-05T10:20:00+07:00'>two weeks ago</abbr>",
        "<time title='2026-03-05 10:20:00+07:00'>2 weeks</time>",
        "<amp-timeago datetime='2026-03-05T10:20:00+07:00'>two weeks ago</amp-timeago>",
        "<relative-time datetime='2026-03-05T03:20:00Z'>two weeks ago</relative-time>",
    ],
)
def test_time_behind_a_relative_one_is_read(body: str) -> None:
    told = found(body, timezone="UTC")
    assert told.published_at == datetime(2026, 3, 5, 3, 20, tzinfo=UTC)


def test_structured_data_in_the_persian_calendar_are_read() -> None:
    told = found("", linked(datePublished="۱۴۰۴-۱۲-۱۴T۱۰:۲۰:۰۰"), lang="fa")
    assert at(told) == "2026-03-05T10:20:00+03:30"


def test_date_near_a_headline_that_is_no_heading_is_found() -> None:
    html = "<div class=date>2026-03-04 09:00</div><div class=art-title>Talks resume today</div>"
    html += "<div class=sub>2026-03-05 10:20</div>"
    page = f"<html><head><title>Talks resume today</title></head><body>{html}</body></html>"
    capture = Capture("https://a.example/b", page.encode(), captured_at=CAPTURED)
    told = find_dates(read_page(capture, Hints(timezone="UTC")))
    assert at(told) == "2026-03-05T10:20:00+00:00"


def test_of_two_zones_for_one_clock_the_pages_own_is_meant() -> None:
    head = linked(datePublished="2026-03-05T10:20:33Z") + time_meta("2026-03-05T10:20:33+09:00")
    told = found("", head, lang="ko")
    assert at(told) == "2026-03-05T10:20:33+09:00"
    assert "own zone" in verdicts(told)["meta article:published_time"]


def test_page_printed_in_utc_by_its_server_contradicts_no_local_time() -> None:
    told = found("<p>입력 2026.03.05 01:21</p>", time_meta("2026-03-05T10:21:00+09:00"), lang="ko")
    assert at(told) == "2026-03-05T10:21:00+09:00"


def test_first_of_january_that_a_system_fills_in_is_no_date() -> None:
    head = linked(datePublished="2019-01-01T00:00:00+01:00")
    told = found("<p>12 March 2026, 6:30</p>", head, timezone="Europe/Berlin")
    assert at(told) == "2026-03-12T06:30:00+01:00"
    assert verdicts(told)["json-ld datePublished"] == "a template date"


def test_time_of_publication_that_wordpress_calls_updated_is_one() -> None:
    body = '<time class="entry-date updated" datetime="2026-03-05T10:20:00+01:00">x</time>'
    assert at(found(body)) == "2026-03-05T10:20:00+01:00"


def test_wrong_zone_of_one_source_is_that_of_all_who_say_the_same() -> None:
    head = linked(datePublished="2026-03-05T10:20:00Z", dateModified="2026-03-05T11:00:00Z")
    head += time_meta("2026-03-05T10:20:00Z")
    head += meta("article:modified_time", "2026-03-05T11:00:00Z")
    told = found(f"<p>{KOREAN}</p>", head, lang="ko")
    assert told.modified_at is not None
    assert told.modified_at.isoformat() == "2026-03-05T11:00:00+09:00"


def test_era_year_in_a_table_without_headings_is_found() -> None:
    html = "<title>広場に響く鐘の音</title><table><tr><td><font>広場に響く鐘の音</font></td></tr>"
    html += "<tr><td><font size=2>令和８年３月４日（水）掲載</font></td></tr></table>"
    capture = Capture("https://a.example/b", html.encode("utf-8"), captured_at=CAPTURED)
    told = find_dates(read_page(capture, Hints()))
    assert at(told) == "2026-03-04T00:00:00+09:00"


def test_json_ld_beyond_mending_still_tells_its_dates() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle" "headline":\'x" ,'
    head += '"datePublished": "2026-03-05T10:20:00+01:00", "dateModified": oops</script>'
    assert at(found(head=head, url="https://a.example/2026/03/05/b")) == "2026-03-05T10:20:00+01:00"


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-09:00", "0001-01-01T00:00:00+09:00"])
def test_time_at_the_ends_of_the_calendar_is_no_claim(text: str) -> None:
    end = datetime.fromisoformat(text)
    candidate = Candidate("https://a.example/b", published_at=end, modified_at=end)
    headers = {"last-modified": "Fri, 31 Dec 9999 23:59:59 -0900"}
    head = linked(datePublished=text) + meta("article:modified_time", "9999999999999")
    told = found(
        "<p>5 March 2026</p>", head, headers=headers, candidate=candidate, timezone="Asia/Tokyo"
    )
    assert at(told) == "2026-03-05T00:00:00+09:00"
    assert all(claim.at.astimezone(UTC).year == 2026 for claim in told.claims if claim.at)


def test_stated_zone_wins_over_an_outlet_in_utc() -> None:
    head = linked(datePublished="2026-03-05T10:20:52+09:00")
    head += time_meta("2026-03-05T10:20:52Z")
    told = found("<p>2026.03.05 10:20</p>", head, timezone="UTC")
    assert at(told) == "2026-03-05T10:20:52+09:00"
    assert told.published_precision == "second"


def test_zone_seen_to_be_wrong_is_told_with_the_claim() -> None:
    head = linked(datePublished="2026-03-05T10:20:00Z", dateModified="2026-03-05T11:00:00Z")
    told = found(f"<p>{KOREAN}</p>", head, lang="ko")
    (changed,) = (claim for claim in told.claims if claim.field == "modified_at")
    assert (changed.zone, "its zone is wrong" in changed.why) == ("Z", True)


def test_time_with_a_zone_is_at_most_an_hour_after_the_capture() -> None:
    head = linked(datePublished="2026-03-20T03:00:00Z") + time_meta("2026-03-19T20:00:00Z")
    told = found("", head)
    assert at(told) == "2026-03-19T20:00:00+00:00"
    assert verdicts(told)["json-ld datePublished"] == "after the capture"
    assert (
        at(found("", linked(datePublished="2026-03-20T00:50:00Z"))) == "2026-03-20T00:50:00+00:00"
    )


def test_clock_without_a_zone_may_be_that_of_a_place_further_east() -> None:
    assert at(found("<p>20 March 2026, 08:40</p>")) == "2026-03-20T08:40:00+00:00"


def test_local_clock_stated_as_utc_hours_after_the_capture_is_local() -> None:
    told = found("", linked(datePublished="2026-03-20T08:40:00Z"), lang="ko")
    assert at(told) == "2026-03-20T08:40:00+09:00"
    assert "its zone is wrong" in verdicts(told)["json-ld datePublished"]


AMERICAN = meta("og:locale", "en_US")


@pytest.mark.parametrize(
    ("lang", "head", "wanted"),
    [
        ("en-US", meta("article:modified_time", "2026-03-06T10:00:00-05:00"), "2026-02-03"),
        ("en", AMERICAN, "2026-02-03"),
        ("en-us", "", "2026-02-03"),
        ("en-US", meta("article:modified_time", "2026-03-06T10:00:00+05:30"), "2026-03-02"),
        ("en-GB", AMERICAN, "2026-03-02"),
        ("fr", AMERICAN, "2026-03-02"),
        ("en", "", "2026-03-02"),
    ],
)
@pytest.mark.parametrize("text", ["02/03/2026", "02/03/26"])
def test_month_comes_first_where_the_page_is_american(
    lang: str, head: str, wanted: str, text: str
) -> None:
    assert str(at(found(f"<p>Published {text} 10:20</p>", head, lang=lang)))[:10] == wanted


@pytest.mark.parametrize("text", ["02/03/2026", "02/03/26"])
def test_of_two_readings_the_one_that_the_page_states_elsewhere_is_meant(text: str) -> None:
    url = "https://a.example/2026/02/03/b"
    body = f"<p>Published {text} 10:20</p>"
    assert at(found(body, url=url)) == "2026-02-03T10:20:00+00:00"
    other = found(body, url="https://a.example/2026/03/02/b", lang="en-US")
    assert at(other) == "2026-03-02T10:20:00+00:00"
    dotted = found(f"<p>Published {text.replace('/', '.')} 10:20</p>", lang="en-US")
    assert at(dotted) == "2026-03-02T10:20:00+00:00"
