"""Why something stays uncovered, and what to loosen where nothing fits."""

import datetime as dt
from dataclasses import replace
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits
from search_api.plans.loosening import Loosened, Loosening, loosened
from search_api.plans.shortfall import loosenings
from tests.search_api.plans.making import EARLIEST, after, chosen, course, limits, on, planned
from tests.search_api.plans.test_solver import candidates

Whys = tuple[str, ...]


def why(identifier: str, *some: Candidate, **given_limits: Any) -> Whys:
    found = planned(some, limits(**given_limits)).uncovered()
    return next(each.why for each in found if each.id == identifier)


A = course("p", "a", 0, cost=10.0)


@pytest.mark.parametrize(
    ("other", "given_limits", "reason"),
    [
        (course("q", "c", 0), {}, ("no_listing",)),
        (course("q", "b", 0, cost=None), {"budget": 5000}, ("no_price",)),
        (course("q", "b", 0, cost=60.0), {"budget": 5000}, ("over_budget",)),
        (course("q", "b", 0, cost=45.0), {"budget": 5000}, ("budget_left",)),
        (course("q", "b", 0), {"most": 1}, ("most_reached",)),
        (course("q", "b", 0), {"load": 900}, ("no_room",)),
        (course("q", "b", 0, requires=after("x")), {}, ("prerequisite",)),
        (course("q", "b", 0, weeks=9.0), {"days": 42}, ("too_long",)),
        (course("q", "b", 0, hours=60.0), {"load": 900}, ("too_many_hours",)),
        (course("q", "b", 40), {"days": 42}, ("no_start",)),
        (course("q", "b", 7), {}, ("no_room",)),
        (course("q", "b", closed=True), {}, ("closed",)),
        (course("q", "b", self_paced=False), {"days": 42}, ("start_unknown",)),
        (course("q", "b", 0, weeks=None, hours=None), {"days": 42}, ("length_unknown",)),
        (course("q", "b", 0, hours=None), {"load": 900}, ("hours_unknown",)),
    ],
)
def test_what_stays_uncovered_says_why(other: Candidate, given_limits: dict[str, Any], reason: Whys) -> None:
    assert why("b", A, other, **given_limits) == reason


def test_language_and_delivery_are_named() -> None:
    spoken = replace(A, languages=frozenset({"en"}), delivery="online")
    other = course("q", "b", 0, languages=frozenset({"fr"}), delivery="in_person")
    allowed = {"languages": frozenset({"en"}), "deliveries": frozenset({"online"})}
    assert why("b", spoken, other, **allowed) == ("language", "delivery")
    assert why("b", spoken, replace(other, languages=frozenset({"en", "fr"})), **allowed) == ("delivery",)
    assert why("b", spoken, replace(other, delivery=None, languages=frozenset({"en"})), **allowed) == ("delivery",)


def test_the_listing_nearest_to_being_taken_gives_the_reason() -> None:
    far = course("q", "b", 0, cost=900.0, weeks=30.0)
    near = course("r", "b", 0, cost=None)
    assert why("b", A, far, budget=5000, days=42) == ("over_budget", "too_long")
    assert why("b", A, far, near, budget=5000, days=42) == ("no_price",)


LOOSE = [
    (course("q", "b", 0, cost=120.0), {"budget": 5000}, Loosening("budget", 120.0)),
    (course("q", "b", 14, weeks=4.0), {"days": 28}, Loosening("weeks", 6)),
    (course("q", hours=20.0, covers="b"), {"days": 21, "load": 500}, Loosening("weeks", 4)),
    (course("q", "b", 0, hours=30.0), {"load": 500}, Loosening("hours_per_week", 7.5)),
    (course("q", hours=20.0, covers="b"), {"days": 21, "load": 500}, Loosening("hours_per_week", 6.67)),
    (course("q", "b", 0, delivery="hybrid"), {"deliveries": frozenset({"online"})}, Loosening("delivery", "hybrid")),
    (course("q", "b", 0, languages=frozenset({"fr"})), {"languages": frozenset({"en"})}, Loosening("language", "fr")),
    (course("q", "b", -9, -5), {"start_given": True}, Loosening("start", on(-5))),
]


@pytest.mark.parametrize(("made", "given_limits", "expected"), LOOSE)
def test_where_nothing_fits_the_limit_to_loosen_is_named_with_its_value(
    made: Candidate, given_limits: dict[str, Any], expected: Loosening
) -> None:
    tight = limits(**given_limits)
    assert chosen(planned([made], tight)) == set()
    assert expected in loosenings([made], tight, EARLIEST - dt.timedelta(days=30))
    assert chosen(planned([made], loosened(tight, expected))) == {"q"}


def test_the_cheapest_of_several_sets_the_budget() -> None:
    some = [course("q", "b", 0, cost=120.0), course("r", "a", 0, cost=90.5), course("s", "c", 0, cost=None)]
    assert loosenings(some, limits(budget=0), EARLIEST) == [Loosening("budget", 90.5)]


def test_what_a_prerequisite_costs_counts_too() -> None:
    some = [course("p", "", 0, cost=20.0), course("q", "a", 28, cost=70.0, requires=after("p")), course("r", "b", 0)]
    assert loosenings(some, limits(budget=8000, most=2), EARLIEST) == [Loosening("budget", 90.0)]
    assert loosenings(some, limits(budget=8000, most=1), EARLIEST) == [Loosening("budget", 100.0)]


def test_a_start_that_has_gone_by_is_not_proposed() -> None:
    assert loosenings([course("q", "b", -5)], limits(start_given=True), EARLIEST) == []


def together(*values: tuple[Loosened, Any]) -> list[Loosening]:
    return [Loosening(limit, value, together=True) for limit, value in values]


TOGETHER = [
    (course("q", "b", 0, cost=120.0, weeks=20.0), {"budget": 5000, "days": 28}, (("budget", 120.0), ("weeks", 20))),
    (
        course("q", "b", 14, hours=40.0, delivery="hybrid"),
        {"deliveries": frozenset({"online"}), "load": 500},
        (("delivery", "hybrid"), ("hours_per_week", 10.0)),
    ),
    (
        course("q", "b", -5, languages=frozenset({"fr", "other"})),
        {"languages": frozenset({"en"}), "start_given": True},
        (("language", "fr"), ("start", on(-5))),
    ),
    (course("q", "b", hours=30.0), {"budget": 0, "load": 500, "days": 21}, (("budget", 100.0), ("weeks", 6))),
]


@pytest.mark.parametrize(("made", "given_limits", "expected"), TOGETHER)
def test_where_no_single_limit_is_enough_those_to_loosen_together_are_named(
    made: Candidate, given_limits: dict[str, Any], expected: tuple[tuple[Loosened, Any], ...]
) -> None:
    looser = limits(**given_limits)
    found = loosenings([made], looser, EARLIEST - dt.timedelta(days=30))
    assert found == together(*expected)
    for each in found:
        assert chosen(planned([made], looser)) == set()
        looser = loosened(looser, each)
    assert chosen(planned([made], looser)) == {"q"}


def test_the_listing_that_asks_for_the_fewest_changes_decides_which_limits_are_named() -> None:
    far = course("p", "a", 0, cost=60.0, weeks=20.0, hours=400.0)
    near, nearer = course("q", "b", 0, cost=120.0, weeks=20.0), course("r", "b", 0, cost=110.0, weeks=21.0)
    tight = limits(budget=5000, days=28, load=1000)
    assert loosenings([far, near, nearer], tight, EARLIEST) == together(("budget", 110.0), ("weeks", 21))


def test_what_no_limit_lets_in_names_none() -> None:
    some = [course("q", "b", 0, cost=None), course("r", "b", closed=True), course("s", "b", 0, hours=None)]
    assert loosenings(some, limits(budget=5000, load=100), EARLIEST) == []


@settings(deadline=None, max_examples=80)
@given(
    candidates(),
    st.builds(
        limits, budget=st.sampled_from([0, 4000]), days=st.sampled_from([7, 20]), load=st.sampled_from([100, 400])
    ),
)
def test_every_value_proposed_lets_a_listing_in_and_anything_tighter_does_not(
    some: list[Candidate], tight: Limits
) -> None:
    if planned(some, tight).outcome != "nothing_fits":
        return
    less = {"budget": 0.01, "weeks": 1, "hours_per_week": 0.01}
    alone = [each for each in some if not each.requires]
    proposed = loosenings(some, tight, EARLIEST)
    looser = reduce(loosened, proposed, tight)
    assert not proposed or chosen(planned(some, looser))
    for found in (each for each in proposed if not each.together):
        assert chosen(planned(some, loosened(tight, found)))
        if isinstance(found.value, int | float):
            below = loosened(tight, replace(found, value=found.value - less[found.limit]))
            assert not chosen(planned(alone if found.limit == "hours_per_week" else some, below))


@pytest.mark.parametrize(
    ("some", "given_limits", "outcome"),
    [
        ([A], {}, "planned"),
        ([A], {"budget": 1}, "nothing_fits"),
        ([], {}, "nothing_taught"),
        ([course("x", "", 0)], {}, "nothing_taught"),
        (
            [course("x", "", 0), course("q", "b", 0, cost=500.0, requires=after("x"))],
            {"budget": 20_000},
            "nothing_fits",
        ),
    ],
)
def test_an_outcome_says_what_became_of_the_request(
    some: list[Candidate], given_limits: dict[str, Any], outcome: str
) -> None:
    assert planned(some, limits(**given_limits)).outcome == outcome


def test_unpriced_listings_that_would_fit_are_told_apart_those_first_that_add_most() -> None:
    some = [
        A,
        course("q", "a", 0, cost=None),
        course("r", "bc", 0, cost=None),
        course("s", "b", 0, cost=None),
        course("t", "b", 0, cost=None, weeks=30.0),
    ]
    planning = planned(some, limits(budget=5000, days=42))
    assert [each.id for each in planning.unpriced()] == ["r", "s", "q"]
    assert planned(some, limits()).unpriced() == []
