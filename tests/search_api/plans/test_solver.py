"""The best plan: never over a limit, never worse than any other, always the same."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_api.plans.calendar import dated, span
from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits
from search_api.plans.model import PlanModel, crowds
from search_api.plans.placing import placed
from search_api.plans.planning import Planning
from search_api.plans.solver import LEAST_SHARE, SAVE, Solution, Step, best, lean, solved
from tests.search_api.plans.exhaustive import Taken, is_allowed, plans, taken
from tests.search_api.plans.making import after, chosen, course, limits, need, on, planned

NAMES = "pqrst"
PRICES = st.sampled_from([None, 0.0, 50.0, 99.99, 100.0, 250.0])


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Up to five listings, scheduled or self-paced, some with an earlier one as a prerequisite or as advice, some
    offerings of one course.
    """
    found: list[Candidate] = []
    for name in NAMES[: draw(st.integers(1, 5))]:
        days = draw(st.lists(st.integers(-10, 60), max_size=2, unique=True))
        scheduled = [each.id for each in found if not each.self_paced]
        tie = draw(st.sampled_from(["", "", "requires", "follows"])) if days and scheduled else ""
        first = draw(st.sampled_from(scheduled)) if tie else ""
        hours = draw(st.sampled_from([5.0, 10.0, 20.0, 30.5]))
        weeks = draw(st.sampled_from([0.2, 1.0, 2.0, 4.0])) if days else None
        cost, covers = draw(PRICES), draw(st.sets(st.sampled_from("abcd"), max_size=3))
        ties: dict[str, dict[str, Any]] = {
            "requires": {"requires": after(first)},
            "follows": {"follows": frozenset({first})},
        }
        schedule = draw(st.frozensets(st.sampled_from(["daytime", "evening"]), max_size=2))
        more: dict[str, Any] = {
            "cost": cost, "hours": hours, "weeks": weeks, "schedule": schedule, **ties.get(tie, {}),
            "course": draw(st.sampled_from([None, None, "repeated"])),
        }  # fmt: skip
        found.append(course(name, "".join(sorted(covers)), *days, **more))
    return found


LIMITS = st.builds(
    limits,
    budget=st.sampled_from([None, 0, 10_000, 15_000, 30_000]),
    days=st.sampled_from([None, 20, 42, 70]),
    load=st.sampled_from([None, 500, 750, 1500]),
    most=st.integers(1, 4),
    start_given=st.booleans(),
)


def weight(planning: Planning, covered: set[str]) -> int:
    return planning.need.weight(covered)


@settings(deadline=None, max_examples=150)
@given(candidates(), LIMITS)
def test_a_plan_breaks_no_limit_and_holds_nothing_without_a_price_under_a_budget(
    some: list[Candidate], given_limits: Limits
) -> None:
    planning = planned(some, given_limits)
    for solution in (planning.best, *planning.alternatives().values()):
        order = dated(solution.steps if solution else (), given_limits)
        assert is_allowed([x for x in taken(order) if x.candidate.starts or x.candidate.self_paced], given_limits)
        assert given_limits.budget is None or all(each.candidate.cost is not None for each in order)
        ends = [each.end for each in order]
        assert given_limits.days is None or all(end is not None and end <= given_limits.days for end in ends)


@settings(deadline=None, max_examples=150)
@given(candidates(), LIMITS)
def test_no_plan_covers_more_or_covers_as_much_for_less(some: list[Candidate], given_limits: Limits) -> None:
    dates = replace(given_limits, start_given=True)
    planning = planned(some, dates)
    all_plans = list(plans(some, dates))
    covered = {id(plan): weight(planning, {x for each in plan for x in each.candidate.covers}) for plan in all_plans}
    most = max(covered.values())
    assert planning.best.optimal
    assert (planning.best.objective, planning.best.bound, planning.best.gap) == (most, most, 0)
    assert weight(planning, set(planning.best.covered)) == most
    as_good = [[each.candidate.cents for each in plan] for plan in all_plans if covered[id(plan)] == most]
    cheapest = min((cents.count(None), sum(filter(None, cents))) for cents in as_good)
    cents = [step.placeable.candidate.cents for step in planning.best.steps]
    assert (cents.count(None), sum(filter(None, cents))) == cheapest


@settings(deadline=None, max_examples=100)
@given(candidates(), LIMITS)
def test_prerequisites_end_before_what_needs_them_begins(some: list[Candidate], given_limits: Limits) -> None:
    order = dated(planned(some, given_limits).best.steps, given_limits)
    place = {each.candidate.id: at for at, each in enumerate(order)}
    for each in order:
        assert all(group & place.keys() for group in each.candidate.requires)
        for first in each.candidate.follows.union(*each.candidate.requires) & place.keys():
            assert place[first] < place[each.candidate.id]
            end = order[place[first]].end
            assert each.start is None or (end is not None and end <= each.start)


@settings(deadline=None, max_examples=60)
@given(candidates(), LIMITS, st.randoms(use_true_random=False))
def test_the_same_listings_in_any_order_make_the_same_plan(
    some: list[Candidate], given_limits: Limits, chance: object
) -> None:
    shuffled = sorted(some, key=lambda _each: chance.random())  # type: ignore[attr-defined]
    assert planned(some, given_limits).best == planned(shuffled, given_limits).best


@settings(deadline=None, max_examples=100)
@given(candidates(), LIMITS)
def test_leaving_out_replaceable_listings_makes_no_plan_worse(some: list[Candidate], given_limits: Limits) -> None:
    planning = planned(some, given_limits)
    whole = best(PlanModel(replace(planning.problem, placeables=planning.placed.placeables)))
    assert len(planning.problem.placeables) <= len(planning.placed.placeables)
    assert whole.objective == planning.best.objective
    spent = [sum(step.placeable.candidate.cents or 0 for step in x.steps) for x in (whole, planning.best)]
    assert spent[0] == spent[1]


@settings(deadline=None, max_examples=80)
@given(candidates(), LIMITS)
def test_every_listing_of_a_plan_adds_something(some: list[Candidate], given_limits: Limits) -> None:
    steps = planned(some, given_limits).best.steps
    assert lean(steps) == steps


def test_a_course_is_taken_once_however_often_it_is_offered() -> None:
    offered = [course("p", "ab", 0, course="p"), course("q", "bc", 35, course="p"), course("r", "d", 70)]
    assert chosen(planned(offered)) == {"p", "r"}


def test_the_offering_of_a_course_is_the_one_that_fits_the_limits() -> None:
    offered = [course("p", "ab", 0, course="p", cost=300.0), course("q", "ab", 35, course="p", cost=250.0)]
    assert chosen(planned(offered, limits(budget=26_000))) == {"q"}
    assert chosen(planned(offered, limits(days=30))) == {"p"}


def test_an_offering_replaces_no_listing_that_goes_with_another_offering_of_its_course() -> None:
    twins = [course("q", "a", 0, course="q", cost=50.0), course("r", "bc", 35, course="q", cost=50.0)]
    assert chosen(planned([course("p", "a", 0), *twins])) == {"p", "r"}


def test_two_listings_that_teach_the_same_are_not_both_taken() -> None:
    assert chosen(planned([course("p", "ab", 0), course("q", "ab", 40, cost=90.0)])) == {"q"}


def test_coverage_goes_above_cost_and_cost_above_hours() -> None:
    dear, cheap = course("p", "abc", 0, cost=900.0), course("q", "ab", 0, cost=1.0)
    assert chosen(planned([dear, cheap])) == {"p"}
    quick, slow = course("r", "ab", 0, hours=5.0, cost=2.0), course("q", "ab", 0, hours=50.0, cost=1.0)
    assert chosen(planned([quick, slow])) == {"q"}
    assert chosen(planned([quick, replace(slow, cost=2.0)])) == {"r"}


def test_a_listing_that_teaches_nothing_needed_is_taken_only_where_another_needs_it() -> None:
    first, then = course("p", "", 0, cost=50.0), course("q", "ab", 30, requires=after("p"))
    assert chosen(planned([first, course("r", "a", 0)])) == {"r"}
    assert chosen(planned([first, then])) == {"p", "q"}
    assert chosen(planned([first, then], limits(most=1))) == set()
    assert chosen(planned([then])) == set()


def test_one_of_several_prerequisites_of_one_name_is_enough() -> None:
    some = [course("p", "", 0, cost=50.0), course("r", "", 0, cost=40.0), course("q", "ab", 30, requires=after("p|r"))]
    assert chosen(planned(some)) == {"q", "r"}


def test_a_self_paced_prerequisite_comes_first_even_where_hours_are_limited() -> None:
    first, then = course("p", hours=20.0), course("q", "ab", hours=20.0, requires=after("p"))
    planning = planned([first, then], limits(load=500, days=70))
    order = dated(planning.best.steps, planning.limits)
    assert [(each.candidate.id, each.start, each.end) for each in order] == [("p", 0, 28), ("q", 28, 56)]
    assert chosen(planned([first, then], limits(load=500, days=55))) == set()


@pytest.mark.parametrize("tie", [{"requires": after("p")}, {"follows": frozenset({"p"})}])
def test_a_follower_begins_once_what_comes_before_it_is_over(tie: dict[str, Any]) -> None:
    first, then = course("p", "a", 0, weeks=4.0), course("q", "b", 0, 27, 28, 60, **tie)
    starts = {step.placeable.id: step.option.start for step in planned([first, then]).best.steps}
    assert starts == {"p": 0, "q": 28}
    only_early = replace(then, starts=then.starts[:2])
    assert chosen(planned([first, only_early])) == {"p"}


@settings(deadline=None, max_examples=80)
@given(candidates(), LIMITS)
def test_no_other_plan_that_covers_enough_is_cheaper_or_over_sooner(
    some: list[Candidate], given_limits: Limits
) -> None:
    dates = replace(given_limits, start_given=True, load=None)
    planning = planned(some, dates)
    most = weight(planning, set(planning.best.covered))
    others = [(weight(planning, {x for y in plan for x in y.candidate.covers}), plan) for plan in plans(some, dates)]
    alternatives = planning.alternatives()
    cases: list[tuple[Solution | None, float, Measure]] = [
        (alternatives.get("cheapest"), LEAST_SHARE, price), (alternatives.get("shortest"), 1.0, last),
    ]  # fmt: skip
    for alternative, share, measure in cases:
        found = taken(dated((alternative or planning.best).steps, dates))
        assert measure(found) == min(measure(plan) for covered, plan in others if covered >= share * most)


Measure = Callable[[Sequence[Taken]], tuple[int, int]]


def price(plan: Sequence[Taken]) -> tuple[int, int]:
    cents = [each.candidate.cents for each in plan]
    return cents.count(None), sum(filter(None, cents))


def last(plan: Sequence[Taken]) -> tuple[int, int]:
    """The day the last listing is over."""
    return max((each.begun + ceil(round(each.days, 6)) for each in plan), default=0), 0


OVERLAPS = [
    (frozenset[str](), frozenset[str](), False),
    (frozenset({"evening"}), frozenset[str](), False),
    (frozenset({"evening"}), frozenset({"evening", "weekend"}), False),
    (frozenset({"evening"}), frozenset({"daytime", "weekend"}), True),
]


@pytest.mark.parametrize(("one", "other", "apart"), OVERLAPS)
@pytest.mark.parametrize("given_limits", [{}, {"load": 10_000}, {"days": 70}])
def test_classes_never_overlap_unless_they_are_at_other_times_of_day(
    one: frozenset[str], other: frozenset[str], apart: bool, given_limits: dict[str, Any]
) -> None:
    first, second = course("p", "ab", 0, schedule=one), course("q", "c", 27, schedule=other)
    assert chosen(planned([first, second], limits(**given_limits))) == ({"p", "q"} if apart else {"p"})
    assert chosen(planned([first, replace(second, starts=(on(28),))], limits(**given_limits))) == {"p", "q"}
    assert chosen(planned([first, course("q", "c")], limits(**given_limits))) == {"p", "q"}


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda span: (span[0], span[0] + span[1])), min_size=1
    )
)
def test_a_crowd_is_all_that_shares_a_day_and_none_lies_within_another(spans: list[tuple[int, int]]) -> None:
    found = [set(crowd) for crowd in crowds(spans)]
    days = [{place for place, (start, end) in enumerate(spans) if start <= day < end} for day in range(45)]
    assert all(any(day <= crowd for crowd in found) for day in days)
    assert all(crowd in days for crowd in found)
    assert not any(one < other for one in found for other in found)


def test_advice_holds_only_where_both_are_taken() -> None:
    first, then = course("p", "a", 60, cost=900.0), course("q", "ab", 0, follows=frozenset({"p"}))
    assert chosen(planned([first, then])) == {"q"}


def test_prerequisites_that_go_in_a_circle_are_never_met() -> None:
    some = [course("p", "a", 0, requires=after("q")), course("q", "b", 40, requires=after("p"))]
    assert chosen(planned(some)) == set()


def test_a_later_start_is_taken_where_two_at_once_ask_for_too_much() -> None:
    some = [course("p", "a", 0, 35), course("q", "b", 0, hours=18.0)]
    planning = planned(some, limits(load=500, days=70))
    assert [(x.placeable.id, x.option.start) for x in planning.best.steps] == [("p", 35), ("q", 0)]


def test_starts_are_as_early_as_the_rest_allows() -> None:
    evening, day = frozenset({"evening"}), frozenset({"daytime"})
    some = [course("p", "a", 10, 40, schedule=evening), course("q", "b", 5, 90, schedule=day)]
    planning = planned(some, limits(load=1000))
    assert {step.option.start for step in planning.best.steps} == {10, 5}


@pytest.mark.parametrize(("floor", "found"), [(0, True), (700, True), (701, False)])
def test_a_floor_is_kept_or_there_is_no_plan(floor: int, found: bool) -> None:
    planning = planned([course("p", "ab", 0)])
    assert (solved(planning.model, (SAVE,), floor) is not None) == found


def test_a_listing_that_adds_nothing_is_dropped_unless_another_needs_it() -> None:
    some = [course("p", "a", 0), course("q", "ab", 0), course("r", "c", 0)]
    assert kept_of(some) == ["q", "r"]
    assert kept_of([*some[:2], replace(some[2], requires=after("p"))]) == ["p", "q", "r"]


def test_alternatives_are_shorter_or_cheaper_or_none() -> None:
    slow, quick = course("p", "ab", hours=200.0, cost=10.0), course("q", "ab", hours=20.0, cost=80.0)
    some = [slow, quick, course("r", "c", 0, weeks=2.0, cost=500.0), course("s", "d", hours=20.0, cost=70.0)]
    planning = planned(some)
    assert chosen(planning) == {"p", "r", "s"}
    cheap, short = planning.alternatives()["cheapest"], planning.alternatives()["shortest"]
    assert cheap is not None
    assert short is not None
    assert {step.placeable.id for step in short.steps} == {"q", "r", "s"}
    assert span(dated(short.steps, planning.limits)) == 14
    assert (short.objective, short.bound, short.optimal) == (14, 14, True)
    assert {step.placeable.id for step in cheap.steps} == {"p", "s"}
    assert (cheap.objective, cheap.bound, cheap.optimal) == (8000, 8000, True)
    assert planned([course("p", "ab", 0)]).alternatives() == {"cheapest": None, "shortest": None}


def kept_of(some: list[Candidate]) -> list[str]:
    steps = [Step(each, each.options[0]) for each in placed(some, limits()).placeables]
    return [step.placeable.id for step in lean(steps)]


def test_the_cheapest_plan_covers_four_fifths_of_the_best() -> None:
    needed = need("abcde", (100,) * 5)
    some = [course(x, x, 0, cost=price) for x, price in zip("abcde", (10.0, 20.0, 30.0, 40.0, 50.0), strict=True)]
    cheap = planned([replace(x, schedule=frozenset(), self_paced=True) for x in some], needed=needed)
    found = cheap.alternatives()["cheapest"]
    assert found is not None
    assert {step.placeable.id for step in found.steps} == set("abcd")
