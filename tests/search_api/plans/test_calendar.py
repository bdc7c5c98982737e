"""The dates of a plan."""

from hypothesis import given
from hypothesis import strategies as st

from search_api.plans.calendar import Dated, dated, span
from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits
from search_api.plans.placing import placed
from search_api.plans.solver import Step
from tests.search_api.plans.making import after, course, limits


def calendar(candidates: list[Candidate], given_limits: Limits) -> list[Dated]:
    """All of them taken, each in its first way."""
    return dated([Step(x, x.options[0]) for x in placed(candidates, given_limits).placeables], given_limits)


def rows(order: list[Dated]) -> list[tuple[str, int | None, int | None]]:
    return [(each.candidate.id, each.start, each.end) for each in order]


def test_spread_hours_follow_one_another_the_shortest_first() -> None:
    order = calendar([course("p", hours=14.0), course("q", hours=7.0)], limits(load=700))
    assert rows(order) == [("q", 0, 7), ("p", 7, 21)]


def test_spread_hours_take_only_what_scheduled_listings_leave() -> None:
    some = [course("p", "", 0, hours=20.0, weeks=4.0), course("q", hours=8.0)]
    assert rows(calendar(some, limits(load=700))) == [("p", 0, 28), ("q", 0, 28)]
    assert rows(calendar(some, limits(load=500))) == [("p", 0, 28), ("q", 28, 40)]


def test_listings_without_dates_come_last_each_after_what_it_waits_for() -> None:
    some = [
        course("b", "", self_paced=False, requires=after("c")),
        course("c", "", self_paced=False),
        course("d", "", 9, weeks=1.0),
    ]
    assert rows(calendar(some, limits())) == [("d", 9, 16), ("c", None, None), ("b", None, None)]


def test_the_span_is_the_last_end_and_unknown_where_one_is() -> None:
    assert span(calendar([course("p", "", 3, weeks=2.0), course("q", "", 0, weeks=1.0)], limits())) == 17
    assert span(calendar([course("p", "", 3), course("q", "", self_paced=False)], limits())) is None
    assert span([]) == 0


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5)), max_size=3),
)
def test_spread_hours_end_when_the_free_hours_add_up_to_them(hours: list[int], fixed: list[tuple[int, int]]) -> None:
    weekly = 15 * 100
    scheduled = [course(f"f{at}", "", day, hours=x * 4.0, weeks=4.0) for at, (day, x) in enumerate(fixed)]
    spread = [course(f"s{at}", hours=float(x)) for at, x in enumerate(hours)]
    order = calendar([*scheduled, *spread], limits(load=weekly))
    end = max(each.end or 0 for each in order if each.spread)

    def free(days: int) -> float:
        return sum(15 - sum(x for day, x in fixed if day <= at < day + 28) for at in range(days)) / 7

    assert free(end - 1) < sum(hours) <= free(end) + 1e-9
