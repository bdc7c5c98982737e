"""Leaves out listings that another one replaces in every plan, so that the solver has fewer to look at."""

from collections.abc import Iterable, Sequence
from itertools import chain

from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits
from search_api.plans.placing import Placeable, related
from search_api.plans.timing import Option

FAR = 10**9
# Where no price is stated: dearer than any, never free.
UNPRICED = 10**9


def cents_or_most(placeable: Placeable) -> int:
    cents = placeable.candidate.cents
    return UNPRICED if cents is None else cents


def hours_or_most(placeable: Placeable) -> float:
    hours = placeable.candidate.total_hours
    return FAR if hours is None else hours


def _last(option: Option) -> int:
    return FAR if option.end is None else option.end


def _inside(inner: Option, outer: Option) -> bool:
    """Whether its dates lie inside the other's dates; two without dates are alike."""
    if inner.start is None or outer.start is None:
        return inner.start is outer.start
    return outer.start <= inner.start and _last(inner) <= _last(outer) and inner.over <= outer.over


def _within(inner: Option, outer: Option) -> bool:
    """Whether `inner` fits wherever `outer` did: dates inside its dates, no more hours of any week or in all."""
    if inner.spread or outer.spread:
        return inner.spread and inner.work <= outer.work
    lighter = inner.busy_until <= outer.busy_until and inner.load <= outer.load and inner.work <= outer.work
    return lighter and _inside(inner, outer)


def _fits_better(inner: Option, other: Candidate, outer: Option, limits: Limits) -> bool:
    """Whether `other`, taken so, fits wherever `outer` does, whatever else a plan holds."""
    if limits.load is not None:
        return _within(inner, outer)
    # Neither classes nor a limit on weekly hours keep a self-paced one from anything: only its end counts.
    return _last(inner) <= _last(outer) if other.self_paced else _inside(inner, outer)


def _order(placeable: Placeable) -> tuple[int, float, int, str]:
    return (cents_or_most(placeable), hours_or_most(placeable), -len(placeable.candidate.covers), placeable.id)


def reduced(placeables: Sequence[Placeable], limits: Limits, needed: Iterable[str]) -> tuple[Placeable, ...]:
    """The placeables without those replaced, by id order.

    All that another listing asks for are kept; what waits for another or is waited for replaces none, nor does an
    offering of a course, in whose place a plan may hold another one of the same.
    """
    tied = related(each.candidate for each in placeables)
    asked = frozenset().union(*chain.from_iterable(each.candidate.requires for each in placeables))
    bit = {identifier: 1 << place for place, identifier in enumerate(needed)}
    kept: list[tuple[int, Placeable]] = []
    for each in sorted(placeables, key=_order):
        covers = sum(bit[identifier] for identifier in each.candidate.covers)
        if each.id not in asked and (not covers or _is_replaced(each, covers, kept, limits)):
            continue
        kept.append((0 if each.id in tied or each.candidate.course else covers, each))
    return tuple(sorted((each for _covers, each in kept), key=lambda each: each.id))


def _is_replaced(each: Placeable, covers: int, kept: Iterable[tuple[int, Placeable]], limits: Limits) -> bool:
    """Whether, however it is taken, one that teaches as much fits better; those kept cost no more."""
    times = each.candidate.class_times
    rivals = [x for theirs, x in kept if not covers & ~theirs and x.candidate.class_times <= times]
    ways = [(inner, rival.candidate) for rival in rivals for inner in rival.options]
    return all(any(_fits_better(inner, other, outer, limits) for inner, other in ways) for outer in each.options)
