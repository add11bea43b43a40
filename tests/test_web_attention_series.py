"""Lines over periods: what is a gap, what a true zero, what an estimate is worth."""

from datetime import date
from itertools import pairwise

import pytest

from scraper.archive.schema import SPAN_GAP_DAYS as STORED_GAP_DAYS
from scraper.archive.search import Search
from scraper.web.attention.coverage import (
    BEFORE,
    NONE,
    PARTLY,
    SPAN_GAP_DAYS,
    WHOLE,
    Coverage,
    Span,
    coverage,
)
from scraper.web.attention.found import is_told_by_index
from scraper.web.attention.marks import clean, shortened, width_of
from scraper.web.attention.periods import PERIODS_MAX, UNITS, Period, periods_between, unit_for
from scraper.web.attention.series import GROUPS_MAX, OTHERS, Point, Tally, series

JUNE = periods_between(date(2024, 6, 1), date(2024, 6, 11), "day")
ALWAYS = tuple(Coverage(1, 1) for _ in JUNE)


def lines(tally: Tally, totals: list[int] | None = None) -> dict[str, list[float]]:
    found = series(tally, totals or [10] * len(JUNE), lambda group, kept: ALWAYS, JUNE)
    return {line.group: [point.articles for point in line.points] for line in found}


def test_the_archive_and_the_page_agree_when_a_stretch_ends() -> None:
    assert STORED_GAP_DAYS == SPAN_GAP_DAYS


def test_a_day_is_collected_if_a_run_is_near_but_none_before_the_first() -> None:
    covered = coverage(
        [Span("a", date(2024, 6, 4), date(2024, 6, 5))], None, JUNE, date(2024, 7, 1)
    )
    states = [one.state for one in covered]
    assert states == 3 * [BEFORE] + 4 * [WHOLE] + 3 * [NONE]


def test_an_outlet_is_expected_from_its_first_run_on_and_partly_collected_is_told_apart() -> None:
    spans = [
        Span("a", date(2024, 5, 1), date(2024, 6, 30)),
        Span("b", date(2024, 5, 1), date(2024, 5, 20)),
        Span("c", date(2024, 6, 7), date(2024, 6, 7)),
        Span("b", date(2024, 6, 10), date(2024, 6, 10)),
    ]
    covered = coverage(spans, None, JUNE, date(2024, 7, 1))
    assert [(one.collected, one.expected) for one in covered] == (
        [(1, 2)] * 6 + [(2, 3)] + [(3, 3)] * 2 + [(2, 3)]
    )
    of_two = coverage(spans, {"b", "c"}, JUNE, date(2024, 7, 1))
    assert [one.state for one in of_two] == [NONE] * 6 + [WHOLE] * 4
    assert Coverage(1, 3).state == PARTLY


def test_nothing_is_expected_after_the_horizon() -> None:
    spans = [Span("a", date(2024, 5, 1), date(2024, 6, 3))]
    covered = coverage(spans, None, JUNE, date(2024, 6, 6))
    assert [one.expected for one in covered] == [1] * 5 + [0] * 5


def test_zero_is_a_gap_only_where_nobody_collected() -> None:
    gaps = [Point(0, 0.0, 5, Coverage(collected, 1)).is_gap for collected in (0, 1)]
    assert gaps == [True, False]
    assert not Point(3, 0.0, 5, Coverage(0, 1)).is_gap  # what is there is shown


def test_an_empty_query_is_a_line_of_zeros() -> None:
    assert lines(Tally("nothing", [])) == {"": [0.0] * 10}


def test_lesser_groups_are_added_up() -> None:
    rows = [("2024-06-02", f"outlet{n}", 20 - n) for n in range(10)]
    found = lines(Tally("", rows))
    assert list(found) == [f"outlet{n}" for n in range(GROUPS_MAX)] + [OTHERS]
    assert found[OTHERS][1] == sum(20 - n for n in range(GROUPS_MAX, 10))


def test_one_more_group_stays_itself_rather_than_others() -> None:
    found = lines(Tally("", [("2024-06-02", f"outlet{n}", 1) for n in range(GROUPS_MAX + 1)]))
    assert OTHERS not in found


def test_days_outside_and_nonsense_are_left_out() -> None:
    rows = [("2024-05-31", "", 1), ("2024-06-11", "", 1), ("soon", "", 1), ("", "", 1)]
    assert sum(lines(Tally("", rows))[""]) == 0


def test_estimates_have_an_error_that_shrinks_with_the_sample_and_shares_stay_shares() -> None:
    rows = [("2024-06-01", "", 100), ("2024-06-02", "", 1)]
    (line,) = series(Tally("x", rows, 10.0, False), [900] * 10, lambda group, kept: ALWAYS, JUNE)
    assert [point.articles for point in line.points[:3]] == [1000, 10, 0]
    assert line.points[0].error == pytest.approx(10 * (100 * 0.9) ** 0.5)
    assert line.points[2].error == pytest.approx(10 * 0.9**0.5)  # none seen is not none there
    assert line.points[0].share == 1.0
    (exact,) = series(Tally("x", rows), [0] * 10, lambda group, kept: ALWAYS, JUNE)
    assert (exact.points[0].error, exact.points[0].share) == (0.0, 0.0)


@pytest.mark.parametrize("unit", ["", *UNITS])
@pytest.mark.parametrize("days", [1, 7, 400, 3_000, 200_000, 3_000_000])
def test_there_are_never_too_many_periods(unit: str, days: int) -> None:
    first = date(9999, 12, 31).toordinal() - days
    span = (date.fromordinal(first), date(9999, 12, 31))
    found = periods_between(*span, unit_for(*span, unit))
    assert 1 <= len(found) <= PERIODS_MAX
    assert all(a.end == b.start for a, b in pairwise(found))


def test_periods_are_cut_at_the_span() -> None:
    assert periods_between(date(2024, 6, 5), date(2024, 6, 12), "week") == (
        Period(date(2024, 6, 5), date(2024, 6, 10)),
        Period(date(2024, 6, 10), date(2024, 6, 12)),
    )


def test_the_index_is_not_trusted_with_names_inside_names() -> None:
    outlets = ["harbour", "harbour_sport", "najm"]
    assert not is_told_by_index(Search("x", outlet="harbour"), outlets, [])
    assert is_told_by_index(Search("x", outlet="najm", language="ar"), outlets, ["ar"])
    assert not is_told_by_index(Search("x", section="World"), outlets, [])


def test_names_are_cut_and_cleaned() -> None:
    assert clean("a\x00\x1b[31m\ud800‏b") == "a[31m‏b"
    assert width_of(shortened("北朝鮮、武器の輸出を否定した", 10, 60), 10) <= 70
