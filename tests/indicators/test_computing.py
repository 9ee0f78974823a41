"""The figures themselves, without a database: exact, aware of baseline and direction, and never 0 for want of data."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.rules.indicators import (
    AnsweredValue,
    FollowedIndicator,
    MeasuredValue,
    achievement,
    expected_on,
    figure,
    is_reached,
    pace,
    points,
    target_at,
    trend,
    value_on,
)

F = Fraction
NOW = date(2026, 7, 1)
LATE = date(9999, 1, 1)


def measured(on: str, value: Any = None, indicator: str = "a", **more: Any) -> MeasuredValue:
    said = None if value is None else F(str(value))
    return MeasuredValue(f"{indicator}-{on}", indicator, date.fromisoformat(on), said, **more)


def share(on: str, above: int, below: int, indicator: str = "a") -> MeasuredValue:
    return measured(on, None, indicator, numerator=F(above), denominator=F(below))


PERCENTAGE = FollowedIndicator("t", quantity="percentage", is_gathering=True)
CUMULATIVE = FollowedIndicator("t", is_cumulative=True, baseline=F(100), is_gathering=True)


def test_twenty_of_fifty_and_fifteen_of_fifty_give_thirty_five_of_a_hundred() -> None:
    value = value_on(PERCENTAGE, [share("2026-01-31", 20, 50), share("2026-02-28", 15, 50, "b")], NOW)
    assert (value.figure, value.numerator, value.denominator) == (AnsweredValue(F(35)), F(35), F(100))
    again = value_on(
        PERCENTAGE, [share("2026-01-31", 1, 50), share("2026-02-28", 20, 50), share("2026-01-01", 15, 50, "b")], NOW
    )
    assert again.figure == AnsweredValue(F(35)), "the latest of each counts"


def test_nothing_of_nothing_is_not_nought_percent() -> None:
    assert value_on(PERCENTAGE, [share("2026-01-31", 0, 0)], NOW).figure == AnsweredValue(reason="denominatorZero")
    assert value_on(PERCENTAGE, [share("2026-01-31", 0, 50)], NOW).figure == AnsweredValue(F(0))
    assert value_on(PERCENTAGE, [], NOW).figure == AnsweredValue(reason="nothingCounts")
    assert value_on(FollowedIndicator("t"), [], NOW).figure == AnsweredValue(reason="noApprovedValue")
    assert value_on(FollowedIndicator("t"), [measured("2026-08-01", 3)], NOW).figure == AnsweredValue(
        reason="noApprovedValue"
    )


def test_what_is_cumulative_adds_to_the_baseline_and_a_level_is_the_latest() -> None:
    made = [measured("2025-12-31", "12.5"), measured("2026-06-30", 8), measured("2026-03-31", "0.25", "b")]
    assert value_on(CUMULATIVE, made, NOW).figure == AnsweredValue(F("120.75"))
    assert value_on(FollowedIndicator("a"), made[:2], NOW).figure == AnsweredValue(F(8))
    assert [v.figure.value for _, v in points(CUMULATIVE, made)] == [F("112.5"), F("112.75"), F("120.75")]


TO_2030 = FollowedIndicator("a", baseline=F(10), baseline_on=date(2025, 1, 1),
                   targets=((date(2027, 1, 1), F(20)), (date(2030, 1, 1), F(50))))  # fmt: skip


@pytest.mark.parametrize(("day", "expected"), [
    ("2024-01-01", F(10)), ("2025-01-01", F(10)), ("2026-01-01", F(15)), ("2027-01-01", F(20)),
    ("2028-07-02", F(20) + F(30 * 548, 1096)), ("2030-01-01", F(50)), ("2031-01-01", F(50)),
])  # fmt: skip
def test_the_value_foreseen_is_on_the_straight_line_through_the_targets(day: str, expected: F) -> None:
    assert expected_on(TO_2030, date.fromisoformat(day)) == AnsweredValue(expected)


def test_without_a_dated_baseline_nothing_is_foreseen_before_the_first_target() -> None:
    bare = FollowedIndicator("a", targets=TO_2030.targets)
    assert expected_on(bare, date(2026, 1, 1)) == AnsweredValue(reason="noBaseline")
    assert expected_on(bare, date(2027, 1, 1)) == AnsweredValue(F(20))
    assert expected_on(FollowedIndicator("a"), NOW) == AnsweredValue(reason="noTarget")
    assert target_at(TO_2030, date(2027, 1, 1)) == (date(2027, 1, 1), F(20))
    assert target_at(TO_2030, date(2027, 1, 2)) == target_at(TO_2030, LATE) == (date(2030, 1, 1), F(50))


@pytest.mark.parametrize(("is_up", "baseline", "value", "target", "percent", "reached"), [
    (True, 10, 15, 20, F(50), False), (True, 10, 25, 20, F(150), True), (True, 10, 5, 20, F(-50), False),
    (True, None, 15, 20, F(75), False), (False, 20, 15, 10, F(50), False), (False, 20, 10, 10, F(100), True),
    (False, 20, 25, 10, F(-50), False), (False, None, 9, 10, "noBaseline", True),
    (True, 20, 20, 20, "targetIsBaseline", True), (False, 20, 21, 20, "targetIsBaseline", False),
    (True, -10, 0, 10, F(50), False),
])  # fmt: skip
def test_achievement_is_the_way_gone_in_the_direction_wanted(
    is_up: bool, baseline: int | None, value: int, target: int, percent: Any, reached: bool
) -> None:
    start = None if baseline is None else F(baseline)
    indicator = FollowedIndicator("a", is_up=is_up, baseline=start, targets=((date(2030, 1, 1), F(target)),))
    found = value_on(indicator, [measured("2026-01-31", value)], NOW)
    aim = target_at(indicator, NOW)
    expected = AnsweredValue(reason=percent) if isinstance(percent, str) else AnsweredValue(percent)
    assert achievement(indicator, found, aim) == expected
    assert is_reached(indicator, found, aim) is reached


def test_the_pace_compares_a_value_with_what_was_foreseen_for_its_own_day() -> None:
    def told(value: int, on: str = "2026-01-01") -> Any:
        return pace(TO_2030, value_on(TO_2030, [measured(on, value)], LATE), LATE)

    assert told(15) == ("onTrack", None)
    assert told(14) == ("behind", None)
    assert told(50) == ("reached", None)
    assert told(49, "2031-01-01") == ("behind", None)
    assert pace(TO_2030, value_on(TO_2030, [], NOW), NOW) == (None, "noApprovedValue")
    assert pace(FollowedIndicator("a"), value_on(FollowedIndicator("a"), [measured("2026-01-01", 1)], NOW), NOW) == (
        None,
        "noTarget",
    )


def test_a_milestone_is_late_after_its_day_until_it_is_done() -> None:
    milestone = FollowedIndicator("a", nature="milestone", expected_on=date(2026, 6, 30))
    partly = measured("2026-03-01", milestone_state="partly")
    done = measured("2026-07-01", milestone_state="done")
    none = value_on(milestone, [], NOW)
    assert pace(milestone, none, date(2026, 6, 30)) == ("onTrack", None)
    assert pace(milestone, value_on(milestone, [partly], NOW), NOW) == ("behind", None)
    assert pace(milestone, value_on(milestone, [partly, done], NOW), NOW) == ("reached", None)
    assert (none.milestone_state, is_reached(milestone, none, None)) == (None, None)
    assert trend(milestone, points(milestone, [partly, done])) == ("improving", None)


def test_a_trend_needs_two_values_and_knows_which_way_is_better() -> None:
    falling = [measured("2026-01-01", 5), measured("2026-02-01", 4)]
    up, down = FollowedIndicator("a"), FollowedIndicator("a", is_up=False)
    assert trend(up, points(up, falling)) == ("worsening", None)
    assert trend(down, points(down, falling)) == ("improving", None)
    assert trend(up, points(up, falling[:1])) == (None, "onlyOneValue")
    assert trend(up, []) == (None, "noApprovedValue")


@pytest.mark.parametrize(("value", "text"), [
    (F(1, 3), "0.3333"), (F(-1, 3), "-0.3333"), (F(5), "5"), (F("12.50"), "12.5"), (F(1, 100_000), "0"),
    (F(-1, 100_000), "0"), (F("0.00005"), "0"), (F("0.00015"), "0.0002"), (F(10), "10"),
    (F("999999999999.9999"), "999999999999.9999"), (None, None),
])  # fmt: skip
def test_a_figure_is_exact_to_four_decimals(value: F | None, text: str | None) -> None:
    assert figure(value) == text


PARTS = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999), st.sampled_from("abc")), min_size=1, max_size=8)


@given(PARTS)
def test_a_gathered_percentage_is_never_outside_those_it_gathers(parts: list[tuple[int, int, str]]) -> None:
    """Σ/Σ weighs each by its denominator, which a mean of percentages would not."""
    rows = [share(f"2026-01-{day:02}", above, below, name) for day, (above, below, name) in enumerate(parts, 1)]
    latest = {row.indicator_id: row for row in rows}.values()
    value = value_on(PERCENTAGE, rows, NOW).figure
    each = [100 * F(r.numerator or 0) / r.denominator for r in latest if r.denominator]
    if value.value is not None and all(r.denominator for r in latest):
        assert min(each) <= value.value <= max(each)
    assert (value.value is None) == (not sum(r.denominator or 0 for r in latest))
