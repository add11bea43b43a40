"""Alarms on made histories: how many breaks are told, how many alarms are right, and the edges."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scraper.records import Incident, Judgment
from scraper.watch.history import Asked, Day, History, ListingState
from scraper.watch.judgments import days_wanting, judge_outlet
from tests.alarm_scores import run
from tests.made_histories import FIRST, HOUR, RHYTHMS, Break, MadeOutlet, make_outlets

NOW = FIRST + timedelta(days=60, hours=9)
DAILY, WEEKDAYS, WEEKLY = RHYTHMS[1], RHYTHMS[2], RHYTHMS[4]


def test_breaks_are_told_and_little_else() -> None:
    """Floors below what `benchmarks/alarms.py` shows for all rhythms, seeds and breaks."""
    outlets = make_outlets(seed=11, days=84)[::4]
    total = run(outlets, days=84, every=24).total()
    print(f"{total.planted} breaks, precision {total.precision:.3f}, recall {total.recall:.3f}")
    assert total.planted >= 25
    assert total.recall >= 0.95
    assert total.precision >= 0.95


def judged(made: MadeOutlet, first: datetime, last: datetime) -> set[str]:
    """Return the kinds judged at any hour of a time."""
    found = set()
    moment = first
    while moment < last:
        found |= {each.kind for each in judge_outlet(made.history(moment), moment)}
        moment += 3 * HOUR
    return found


@pytest.mark.parametrize("rhythm", RHYTHMS, ids=lambda rhythm: rhythm.name)
def test_no_weekend_is_an_alarm(rhythm: object) -> None:
    """From Friday's end to Monday noon, six weekends in a row, without holidays between."""
    plain = replace(next(each for each in RHYTHMS if each is rhythm), rests=False)
    made = MadeOutlet("weekends", plain, (), "weekends", 100)
    for week in range(5, 11):
        friday = FIRST + timedelta(weeks=week, days=4, hours=18)
        assert judged(made, friday, friday + timedelta(days=2, hours=18)) == set()


@pytest.mark.parametrize("what", ["nothing", "frozen"])
def test_a_feed_frozen_at_yesterday_is_an_alarm(what: str) -> None:
    began_at = FIRST + timedelta(days=50, hours=12)
    made = MadeOutlet(
        "frozen", DAILY, (Break("silent", what, began_at, NOW + timedelta(days=30)),), "f", 70
    )
    assert judged(made, began_at, began_at + timedelta(hours=20)) == set()
    moment = began_at + timedelta(days=2)
    (found,) = judge_outlet(made.history(moment), moment)
    assert (found.kind, found.evidence["came"]) == ("silent", 0)
    assert found.began_at is not None
    assert abs(found.began_at - began_at) < timedelta(hours=14)


def test_our_own_silence_is_nobodys_alarm() -> None:
    """The scheduler is down for nine days: nothing is judged, and open incidents are kept."""
    made = MadeOutlet("ours", DAILY, (), "ours", 70)
    made.unlooked |= {NOW.date() + timedelta(days=each) for each in range(1, 10)}
    again = MadeOutlet("ours", DAILY, (), "ours", 61)
    later = NOW + timedelta(days=8)
    history = again.history(NOW)
    opened = incident("drifted", {"what": "share", "expected": 0.9, "came": 0.1}, "author")
    (kept,) = judge_outlet(replace(history, incidents=(opened,)), later)
    assert kept.is_carried
    assert judge_outlet(history, later) == []


def test_a_first_look_after_a_pause_of_ours_is_no_silence() -> None:
    """Three weeks without us, then one look at one of its listings, which is as it was."""
    day = timedelta(days=1)
    known = [replace(each, day=each.day - 21 * day) for each in days(30)]
    first = Day(day=NOW.date(), check_count=1, request_count=2)
    last_at = NOW - 21 * day
    history = History(
        outlet="made", days=(*known, first), looked_at=NOW, fresh_at=last_at, newest_at=last_at
    )
    assert judge_outlet(history, NOW) == []
    later = replace(first, day=first.day + day)
    history = replace(history, days=(*known, first, later), looked_at=NOW + day)
    assert [each.kind for each in judge_outlet(history, NOW + day)] == ["silent"]


def test_a_weekly_is_given_time_and_then_told() -> None:
    began_at = FIRST + timedelta(days=42)
    plain = replace(WEEKLY, rests=False)
    wrong = Break("silent", "nothing", began_at, began_at + timedelta(days=60))
    made = MadeOutlet("weekly", plain, (wrong,), "weekly", 90)
    assert judged(made, began_at, began_at + timedelta(days=14)) == set()
    assert judged(made, began_at + timedelta(days=24), began_at + timedelta(days=25)) == {"silent"}


def test_holidays_of_a_weekday_paper_are_no_alarm() -> None:
    """A Friday and the Monday after it, two days at the end of a week, single days."""
    made = MadeOutlet("feasts", WEEKDAYS, (), "no-vacation", 88)
    assert judged(made, FIRST + timedelta(days=44), FIRST + timedelta(days=80)) == set()


def incident(kind: str, evidence: dict[str, object], field: str = "") -> Incident:
    began_at = NOW - timedelta(days=5)
    return Incident(1, "made", kind, field, 1.5, began_at, began_at, NOW - HOUR, None, evidence)


def days(count: int, **values: object) -> list[Day]:
    """Return days up to now that are all alike."""
    usual: dict[str, object] = {
        **{"check_count": 24, "fresh_count": 20, "request_count": 44, "latency_ms": 300},
        **{"fetched_count": 20, "article_count": 20, "author_count": 18, "dated_count": 20},
        **{"median_words": 400, "median_delay_seconds": 1800},
    }
    return [
        Day(day=NOW.date() - timedelta(days=back), **(usual | values))  # type: ignore[arg-type]
        for back in range(count - 1, -1, -1)
    ]


def only(judgments: list[Judgment]) -> Judgment:
    (found,) = (each for each in judgments if each.kind != "silent")
    return found


def test_a_single_bad_article_is_no_drift() -> None:
    known = days(40)
    known[-1] = replace(known[-1], article_count=1, author_count=0, median_words=20)
    assert judge_outlet(History(outlet="made", days=tuple(known)), NOW) == []


def test_what_never_had_authors_does_not_lose_them() -> None:
    known = days(40, author_count=0)
    assert judge_outlet(History(outlet="made", days=tuple(known)), NOW) == []


def test_texts_cut_to_their_opening_are_told() -> None:
    known = days(40)
    known[-3:] = [replace(day, median_words=60) for day in known[-3:]]
    found = only(judge_outlet(History(outlet="made", days=tuple(known)), NOW))
    assert (found.kind, found.field) == ("drifted", "body")
    assert (found.evidence["expected"], found.evidence["came"]) == (400, 60)
    assert found.began_at == datetime.combine(known[-3].day, datetime.min.time(), FIRST.tzinfo)


def test_an_outlet_that_refuses_all_from_the_first_day_is_told() -> None:
    known = days(2, fresh_count=0, article_count=0, failed_check_count=24, refused_count=24)
    asked = tuple(
        Asked(day=day.day, kind="listing", requests=2, refused=2, statuses={"403": 2})
        for day in known
    )
    found = only(judge_outlet(History(outlet="made", days=tuple(known), asked=asked), NOW))
    assert (found.kind, found.evidence["came"]) == ("blocked", 1.0)


def test_a_listing_asked_once_a_day_that_refuses_us_is_told_within_days() -> None:
    """A small outlet's, before which it answered well."""
    asked = tuple(
        Asked(day=day.day, kind="listing", requests=1, refused=1, statuses={"403": 1})
        if (NOW.date() - day.day).days < 4
        else Asked(day=day.day, kind="listing", requests=1, refused=0, statuses={"200": 1})
        for day in days(14)
    )
    found = only(judge_outlet(History(outlet="made", days=tuple(days(30)), asked=asked), NOW))
    assert (found.kind, found.evidence["days"]) == ("blocked", 4)
    assert judge_outlet(History(outlet="made", days=tuple(days(30)), asked=asked[:-1]), NOW) == []


def test_walls_that_are_over_are_not_told_again() -> None:
    """Hundreds of pages were checks for robots, again and again; since then, one article a day."""
    known = days(40, article_count=1, fetched_count=1, author_count=1, dated_count=1)
    known[-14:-6] = [
        replace(day, no_article_count=200, refused_count=200, article_count=0, median_words=None)
        for day in known[-14:-6]
    ]
    asked = tuple(
        Asked(day=day.day, kind="article", requests=9, refused=0, statuses={"200": 9})
        for day in known[-14:]
    )
    closed = replace(
        incident("blocked", {"what": "challenge"}),
        began_at=NOW - timedelta(days=13),
        closed_at=NOW - timedelta(days=5),
    )
    history = History(outlet="made", days=tuple(known), asked=asked, incidents=(closed,))
    assert [each.kind for each in judge_outlet(history, NOW) if each.kind == "blocked"] == []


@pytest.mark.parametrize(("field", "lost"), [("date", "dated_count"), ("author", "author_count")])
def test_a_small_outlet_is_judged_by_the_few_articles_of_a_week(field: str, lost: str) -> None:
    """One article a day, and none of a week's has it."""
    usual = {"fetched_count": 1, "article_count": 1, "author_count": 1, "dated_count": 1}
    known = days(42, **usual)
    lacking = [replace(day, **{lost: 0}) for day in known[-7:]]  # type: ignore[arg-type]
    history = History(outlet="made", days=(*known[:-7], *lacking))
    found = only(judge_outlet(history, NOW))
    assert (found.kind, found.field, found.evidence["came"]) == ("drifted", field, 0)
    history = History(outlet="made", days=(*known[:-7], known[-7], *lacking[1:]))
    assert judge_outlet(history, NOW) == []


def test_too_many_requests_ask_for_a_slower_pace() -> None:
    asked = (Asked(day=NOW.date(), kind="article", requests=9, refused=9, statuses={"429": 9}),)
    found = only(judge_outlet(History(outlet="made", days=tuple(days(20)), asked=asked), NOW))
    assert found.evidence["suggestion"] == "slow_down"


def test_a_feed_service_that_always_redirected_has_not_moved() -> None:
    known = days(30, other_hosts={"feeds.elsewhere.example": 24})
    state = ListingState(
        url="https://made.example/feed",
        checked_at=NOW,
        redirected_to="https://feeds.elsewhere.example/made",
    )
    history = History(outlet="made", days=tuple(known), listings=(state,))
    assert judge_outlet(history, NOW) == []


def test_articles_that_come_late_because_we_looked_late_are_not_slow() -> None:
    known = days(40)
    known[-2:] = [replace(day, median_delay_seconds=90_000) for day in known[-2:]]
    assert only(judge_outlet(History(outlet="made", days=tuple(known)), NOW)).kind == "slow"
    known[-4:-2] = [replace(day, check_count=1) for day in known[-4:-2]]
    assert judge_outlet(History(outlet="made", days=tuple(known)), NOW) == []


def test_drift_that_nobody_minds_becomes_the_outlets_way() -> None:
    opened = replace(
        incident("drifted", {"what": "share", "expected": 0.9, "came": 0.0}, "author"),
        opened_at=NOW - timedelta(weeks=9),
        began_at=NOW - timedelta(weeks=9),
    )
    history = History(outlet="made", days=tuple(days(56, author_count=0)), incidents=(opened,))
    assert judge_outlet(history, NOW) == []
    younger = replace(opened, opened_at=NOW - timedelta(weeks=7))
    assert judge_outlet(replace(history, incidents=(younger,)), NOW)[0].is_carried


def test_an_outlet_needs_two_weeks_of_looks() -> None:
    assert days_wanting(tuple(days(5))) == 9
    assert days_wanting(tuple(days(20))) == 0
    assert days_wanting(()) == 14
