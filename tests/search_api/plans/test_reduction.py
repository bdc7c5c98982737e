"""Listings that another one replaces in every plan are left out, and no others."""

from dataclasses import replace
from typing import Any

import pytest

from search_api.plans.candidate import Candidate
from search_api.plans.placing import placed
from search_api.plans.reduction import reduced
from tests.search_api.plans.making import after, course, limits

GOOD = course("p", "ab", 7, cost=50.0, hours=20.0, weeks=4.0)
TIGHT = {"load": 1000, "days": 70}


def kept(*some: Candidate, **given: Any) -> set[str]:
    tight = limits(**given)
    return {each.id for each in reduced(placed(some, tight).placeables, tight, "abcd")}


@pytest.mark.parametrize("given", [{}, {"budget": 9000}, TIGHT])
@pytest.mark.parametrize(
    "other",
    [
        course("q", "ab", 7, cost=50.0, hours=20.0, weeks=4.0),
        course("q", "a", 7, cost=60.0, hours=20.0, weeks=4.0),
        course("q", "ab", 0, cost=50.0, hours=40.0, weeks=6.0),
    ],
)
def test_a_listing_that_is_better_in_nothing_is_left_out(other: Candidate, given: dict[str, Any]) -> None:
    assert kept(GOOD, other, **given) == {"p"}


@pytest.mark.parametrize(
    "other",
    [
        course("q", "abc", 7, cost=90.0, hours=30.0, weeks=4.0),  # covers more
        course("q", "bc", 7, cost=90.0, hours=30.0, weeks=4.0),  # covers other things
        course("q", "ab", 7, cost=40.0, hours=30.0, weeks=4.0),  # costs less
        course("q", "ab", 7, cost=50.0, hours=10.0, weeks=4.0),  # takes fewer hours
        course("q", "ab", 0, cost=60.0, hours=20.0, weeks=4.0),  # ends earlier
    ],
)
@pytest.mark.parametrize("given", [{}, TIGHT])
def test_a_listing_that_is_better_in_anything_is_kept(other: Candidate, given: dict[str, Any]) -> None:
    assert "q" in kept(GOOD, other, **given)


def test_what_costs_more_is_left_out_for_all_its_fewer_hours() -> None:
    assert kept(GOOD, course("q", "ab", 7, cost=60.0, hours=10.0, weeks=4.0)) == {"p"}


def test_several_may_replace_one_each_at_another_of_its_starts() -> None:
    other = course("r", "ab", 40, cost=55.0, hours=20.0, weeks=4.0)
    both = course("q", "ab", 7, 40, cost=60.0, hours=20.0, weeks=4.0)
    assert kept(GOOD, other, both) == {"p", "r"}
    assert kept(GOOD, both) == {"p", "q"}


def test_classes_at_another_time_of_day_fit_elsewhere() -> None:
    evening, day = (replace(GOOD, id=name, schedule=frozenset({name})) for name in ("evening", "daytime"))
    assert kept(evening, replace(day, cost=90.0)) == {"evening", "daytime"}
    assert kept(evening, replace(GOOD, cost=90.0)) == {"evening"}
    assert kept(GOOD, replace(evening, cost=90.0)) == {"p", "evening"}


@pytest.mark.parametrize(
    "other",
    [
        course("q", "ab", 14, cost=60.0, hours=20.0, weeks=4.0),  # begins later
        course("q", "ab", 0, cost=60.0, hours=20.0, weeks=8.0),  # asks for fewer hours a week
        course("q", "ab", 7, 40, cost=60.0, hours=20.0, weeks=4.0),  # has one more start
        course("q", "ab", cost=60.0, hours=20.0),  # fits anywhere
    ],
)
def test_where_weekly_hours_are_limited_other_dates_and_a_lighter_load_are_better(other: Candidate) -> None:
    assert kept(GOOD, other, **TIGHT) == {"p", "q"}


def test_free_hours_replace_a_schedule_of_as_many() -> None:
    spread = course("p", "ab", cost=50.0, hours=20.0)
    assert kept(spread, course("q", "ab", 7, cost=60.0, hours=20.0), **TIGHT) == {"p"}
    assert kept(spread, course("q", "ab", cost=60.0, hours=20.0), **TIGHT) == {"p"}


def test_an_unpriced_listing_replaces_no_priced_one() -> None:
    assert kept(course("p", "ab", 7, cost=None), course("q", "ab", 7, cost=900.0)) == {"q"}


def test_what_covers_nothing_is_left_out_unless_another_waits_for_it() -> None:
    assert kept(GOOD, course("q", "", 0)) == {"p"}
    assert kept(GOOD, course("q", "", 0), course("r", "a", 40, cost=900.0, requires=after("q"))) == {"p", "q", "r"}


def test_a_listing_with_a_prerequisite_replaces_none() -> None:
    bound = course("r", "ab", 40, cost=1.0, hours=1.0, requires=after("q"))
    assert kept(bound, course("q", "", 0), course("s", "ab", 60, cost=9.0)) == {"q", "r", "s"}
