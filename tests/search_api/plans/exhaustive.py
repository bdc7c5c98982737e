"""Every plan there is, tried one by one: what the solver is held against. Knows nothing of its equations."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_api.plans.calendar import Dated
from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits

DAYS = 400


@dataclass(frozen=True)
class Taken:
    """A listing begun on this day, or spread over all of them."""

    candidate: Candidate
    start: int | None

    @property
    def days(self) -> float:
        return (self.candidate.known_weeks or 0) * 7

    @property
    def begun(self) -> int:
        return self.start or 0

    @property
    def over(self) -> float:
        """The first day without classes."""
        return self.begun + (self.days or 7)

    def is_under_way(self, day: int) -> bool:
        return self.start is not None and self.start <= day < self.start + max(self.days, 7)


def hours_of(taken: Taken) -> float:
    return (taken.candidate.load or 0) / 100


def busiest(plan: Sequence[Taken]) -> float:
    """Most hours in a week of listings with dates."""
    return max((sum(hours_of(x) for x in plan if x.is_under_way(day)) for day in range(DAYS)), default=0)


def _spread_fits(plan: Sequence[Taken], weekly: float, days: int) -> bool:
    """Whether self-paced hours find room in what the others leave free."""
    free = sum(weekly - sum(hours_of(x) for x in plan if x.is_under_way(day)) for day in range(days)) / 7
    return sum(x.candidate.total_hours or 0 for x in plan if x.start is None) <= free + 1e-9


def _classes_apart(plan: Sequence[Taken]) -> bool:
    """Whether no two listings with classes run on one day at what may be the same time of day."""
    held = [x for x in plan if not x.candidate.self_paced and x.start is not None]
    same_days = [
        (one.candidate.schedule, other.candidate.schedule)
        for one, other in itertools.combinations(held, 2)
        if one.begun < other.over and other.begun < one.over
    ]
    return all(one and other and not one & other for one, other in same_days)


def _order_kept(plan: Sequence[Taken]) -> bool:
    ends = {x.candidate.id: (x.start or 0) + x.days for x in plan}
    for x in plan:
        begun = x.start or 0
        if not all(any(ends.get(name, DAYS * 9) <= begun for name in group) for group in x.candidate.requires):
            return False
        if any(ends.get(name, 0) > begun for name in x.candidate.follows):
            return False
    return True


def is_allowed(plan: Sequence[Taken], limits: Limits) -> bool:
    """Whether a plan keeps to every limit."""
    costs = [x.candidate.cost for x in plan]
    courses = [x.candidate.course for x in plan if x.candidate.course]
    if len(courses) > len(set(courses)) or len(plan) > limits.most or not _order_kept(plan) or not _classes_apart(plan):
        return False
    if limits.budget is not None and (None in costs or sum(filter(None, costs)) * 100 > limits.budget + 1e-6):
        return False
    if limits.days is not None and any(x.start is not None and x.start + x.days > limits.days for x in plan):
        return False
    weekly = None if limits.load is None else limits.load / 100
    if weekly is None:
        return True
    return busiest(plan) <= weekly + 1e-9 and (limits.days is None or _spread_fits(plan, weekly, limits.days))


def _ways(candidate: Candidate, limits: Limits) -> list[int | None]:
    if candidate.self_paced:
        return [0] if limits.load is None else [None]
    return [day for start in candidate.starts if (day := (start - limits.earliest).days) >= 0]


def plans(candidates: Sequence[Candidate], limits: Limits) -> Iterator[list[Taken]]:
    """All plans within the limits, the empty one too."""
    for size in range(len(candidates) + 1):
        for some in itertools.combinations(candidates, size):
            for starts in itertools.product(*(_ways(each, limits) for each in some)):
                plan = [Taken(each, start) for each, start in zip(some, starts, strict=True)]
                if is_allowed(plan, limits):
                    yield plan


def taken(plan: Sequence[Dated]) -> list[Taken]:
    """A plan of the solver's as one to be checked."""
    return [Taken(each.candidate, None if each.spread else each.start) for each in plan]
