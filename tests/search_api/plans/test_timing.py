"""When a listing can be taken within the limits."""

from typing import Any

import pytest

from search_api.plans.limits import Why
from search_api.plans.timing import Option, timing
from tests.search_api.plans.making import course, limits


def starts(options: tuple[Option, ...]) -> list[int | None]:
    return [option.start for option in options]


def test_a_scheduled_listing_begins_on_one_of_its_starts_from_the_earliest_date_on() -> None:
    assert starts(timing(course("a", "", -7, 0, 30), limits()).options) == [0, 30]


def test_a_start_whose_end_comes_too_late_is_no_option() -> None:
    assert starts(timing(course("a", "", 0, 14, 15, weeks=4), limits(days=42)).options) == [0, 14]


@pytest.mark.parametrize(
    ("made", "given", "why"),
    [
        (course("a", "", -7), {"start_given": True}, "no_start"),
        (course("a", "", -7), {}, "no_start"),
        (course("a", "", -7, self_paced=True, closed=True), {}, "closed"),
        (course("a", "", self_paced=False, closed=True), {}, "closed"),
        (course("a", "", 30, self_paced=True, weeks=None), {"days": 42}, "no_start"),
        (course("a", "", 60), {"days": 42}, "no_start"),
        (course("a", "", 0, weeks=10), {"days": 42}, "too_long"),
        (course("a", "", self_paced=False), {"days": 42}, "start_unknown"),
        (course("a", "", self_paced=False), {"load": 500}, "start_unknown"),
        (course("a", "", 0, hours=None), {"load": 500}, "hours_unknown"),
        (course("a", "", 0, hours=60), {"load": 500}, "too_many_hours"),
        (course("a", "", 0, hours=None, weeks=None), {"days": 42}, "length_unknown"),
        (course("a", hours=None), {"load": 500}, "hours_unknown"),
        (course("a", hours=None), {"days": 42}, "length_unknown"),
        (course("a", hours=31), {"load": 500, "days": 42}, "too_long"),
        (course("a", hours=70), {"days": 42}, "too_long"),
    ],
)
def test_a_listing_that_fits_at_no_time_says_why(made: Any, given: dict[str, Any], why: Why) -> None:
    found = timing(made, limits(**given))
    assert (found.options, found.why) == ((), why)


def test_without_a_date_weeks_or_hours_asked_for_a_listing_may_have_no_known_start() -> None:
    assert timing(course("a", "", self_paced=False), limits()).options == (Option(),)


def test_self_paced_hours_are_spread_where_weekly_hours_are_limited() -> None:
    (option,) = timing(course("a", hours=30), limits(load=500, days=42)).options
    assert option.spread
    assert option.work == 3000 * 7


def test_a_self_paced_listing_without_a_limit_on_hours_is_taken_at_the_assumed_pace() -> None:
    (option,) = timing(course("a", hours=35), limits()).options
    assert (option.start, option.end) == (0, 4 * 7)


def test_a_self_paced_listing_that_waits_for_another_has_dates_and_keeps_to_the_hours() -> None:
    options = timing(course("a", hours=21), limits(load=500, days=84), (0, 20)).options
    assert [(x.start, x.end, x.load) for x in options] == [(0, 35, 420), (20, 55, 420)]


def test_a_day_counts_against_its_whole_week() -> None:
    (option,) = timing(course("a", "", 3, hours=6, weeks=0.2), limits(load=600)).options
    assert (option.start, option.end, option.busy_until, option.load) == (3, 5, 10, 600)


@pytest.mark.parametrize("given", [{}, {"load": 1000}])
def test_a_self_paced_listing_with_a_start_begins_no_sooner_and_stays_open(given: dict[str, Any]) -> None:
    made = course("a", "", 10, 50, self_paced=True, hours=20, weeks=None)
    assert [(x.start, x.end) for x in timing(made, limits(**given)).options] == [(10, 24)]
    assert starts(timing(made, limits(**given), (0, 30)).options) == [10, 30]
    opened = course("a", "", -10, 50, self_paced=True, hours=20, weeks=None)
    assert starts(timing(opened, limits()).options) == [0]
