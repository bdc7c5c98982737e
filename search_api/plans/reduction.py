"""Leaves out listings that another one replaces in every plan, so that the solver has fewer to look at."""

from collections.abc import Iterable, Sequence

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


def _first_end(placeable: Placeable) -> int:
    return min(_last(option) for option in placeable.options)


def _within(inner: Option, outer: Option) -> bool:
    """Whether `inner` fits wherever `outer` did: dates inside its dates, no more hours of any week or in all."""
    if inner.spread:
        return inner.work <= outer.work
    if outer.spread or inner.start is None or outer.start is None:
        return False
    dates = outer.start <= inner.start and _last(inner) <= _last(outer) and inner.busy_until <= outer.busy_until
    return dates and inner.load <= outer.load and inner.work <= outer.work


def _replaces_in_time(other: Placeable, placeable: Placeable, limits: Limits) -> bool:
    """Without a limit on weekly hours listings do not get in each other's way: only the end counts."""
    if limits.load is None:
        return _first_end(other) <= _first_end(placeable)
    return all(any(_within(inner, outer) for inner in other.options) for outer in placeable.options)


def _replaces(other: Placeable, placeable: Placeable, limits: Limits) -> bool:
    """Whether `other` is as good in all that counts; it is already known to cost no more."""
    return hours_or_most(other) <= hours_or_most(placeable) and _replaces_in_time(other, placeable, limits)


def _order(placeable: Placeable) -> tuple[int, float, int, str]:
    return (cents_or_most(placeable), hours_or_most(placeable), -len(placeable.candidate.covers), placeable.id)


def reduced(placeables: Sequence[Placeable], limits: Limits, needed: Iterable[str]) -> tuple[Placeable, ...]:
    """The placeables without those replaced, by id order. Prerequisites and what has them are all kept."""
    tied = related(each.candidate for each in placeables)
    bit = {identifier: 1 << place for place, identifier in enumerate(needed)}
    kept: list[tuple[int, Placeable]] = []
    for each in sorted(placeables, key=_order):
        covers = sum(bit[identifier] for identifier in each.candidate.covers)
        if each.id not in tied and (not covers or _is_replaced(each, covers, kept, limits)):
            continue
        kept.append((0 if each.id in tied else covers, each))
    return tuple(sorted((each for _covers, each in kept), key=lambda each: each.id))


def _is_replaced(each: Placeable, covers: int, kept: Iterable[tuple[int, Placeable]], limits: Limits) -> bool:
    return any(not covers & ~theirs and _replaces(other, each, limits) for theirs, other in kept)
