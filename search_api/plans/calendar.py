"""The dates of a plan: those of listings with a start, and the days on which self-paced hours fill what is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits
from search_api.plans.placing import before
from search_api.plans.solver import Step

UNKNOWN = 10**9


@dataclass(frozen=True)
class Dated:
    """A listing of a plan with its days from the earliest date, the end not included; None is unknown.

    `spread` hours fill what the others leave free of each week.
    """

    candidate: Candidate
    start: int | None
    end: int | None
    spread: bool


def _free(day: int, fixed: Iterable[Step], load: int) -> int:
    """What is left of the hours of that day's week, in hundredths of an hour a week."""
    busy = (step.option for step in fixed if (step.option.start or 0) <= day < step.option.busy_until)
    return load - sum(option.load for option in busy)


def _spread(steps: Sequence[Step], fixed: Sequence[Step], load: int) -> list[Dated]:
    """One after the other, the shortest first, each day taking its seventh of the free hours."""
    found: list[Dated] = []
    day, left = 0, _free(0, fixed, load)
    for step in sorted(steps, key=lambda each: (each.option.work, each.placeable.id)):
        work, start = step.option.work, None
        while work > 0 or start is None:
            if left <= 0:
                day += 1
                left = _free(day, fixed, load)
                continue
            start = day if start is None else start
            done = min(work, left)
            work, left = work - done, left - done
        found.append(Dated(step.placeable.candidate, start, day + 1, spread=True))
    return found


def _depths(candidates: Sequence[Candidate]) -> dict[str, int]:
    """How many listings of the plan come before each, one after the other."""
    depths = {candidate.id: 0 for candidate in candidates}
    for _round in candidates:
        for candidate in candidates:
            first = [depths[name] for name in before(candidate) & depths.keys()]
            depths[candidate.id] = min(1 + max(first, default=-1), len(candidates))
    return depths


def dated(steps: Sequence[Step], limits: Limits) -> list[Dated]:
    """The listings of a plan in the order they are taken; those without a known start come last."""
    fixed = [step for step in steps if not step.option.spread]
    spread = [step for step in steps if step.option.spread]
    made = [Dated(x.placeable.candidate, x.option.start, x.option.end, spread=False) for x in fixed]
    made += _spread(spread, fixed, limits.load or 0)
    depths = _depths([each.candidate for each in made])

    def order(each: Dated) -> tuple[int, int, int, str]:
        start = UNKNOWN if each.start is None else each.start
        end = UNKNOWN if each.end is None else each.end
        return start, depths[each.candidate.id], end, each.candidate.id

    return sorted(made, key=order)


def span(plan: Sequence[Dated]) -> int | None:
    """Days from the earliest date to the last end; None where one end is unknown."""
    ends = [each.end for each in plan]
    return None if None in ends else max((end for end in ends if end is not None), default=0)
