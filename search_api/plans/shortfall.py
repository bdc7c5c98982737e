"""Why part of a need stays uncovered, and which single limit to loosen where nothing fits at all."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import get_args

from search_api.plans.candidate import CENTS, HUNDREDTHS, Candidate
from search_api.plans.limits import Limits, Why
from search_api.plans.loosening import Loosened, Loosening
from search_api.plans.model import ENDLESS, PlanModel, Problem
from search_api.plans.placing import Placed, failures, placed
from search_api.plans.reduction import reduced
from search_api.plans.remedies import together
from search_api.plans.solver import HURRY, SAVE, Aim, Step, solved
from search_api.plans.timing import WEEK

# A budget that leaves nothing out but what has no price.
PLENTY = 10**10
# From what is nearest to being taken to what is farthest.
NEARNESS: Mapping[str, int] = {why: place for place, why in enumerate(get_args(Why))}


@dataclass(frozen=True)
class Uncovered:
    """A needed id nothing in the plan teaches: what keeps the nearest listing out, and how many courses teach it."""

    id: str
    why: tuple[Why, ...]
    listings: int


def _left_out(candidate: Candidate, steps: Sequence[Step], limits: Limits) -> Why:
    """Why a listing that fits on its own is not in the plan."""
    if len(steps) >= limits.most:
        return "most_reached"
    spent = sum(step.placeable.candidate.cents or 0 for step in steps)
    if limits.budget is not None and spent + (candidate.cents or 0) > limits.budget:
        return "budget_left"
    return "no_room"


def _nearness(why: Sequence[Why]) -> tuple[int, int]:
    return len(why), max(NEARNESS[each] for each in why)


def uncovered(
    needed: Iterable[str], candidates: Sequence[Candidate], fit: Placed, steps: Sequence[Step], limits: Limits
) -> list[Uncovered]:
    """Every needed id that no step teaches, with why."""
    taught = set(chain.from_iterable(step.placeable.candidate.covers for step in steps))
    found = []
    for identifier in needed:
        if identifier not in taught:
            teachers = [each for each in candidates if identifier in each.covers]
            reasons = [fit.broken.get(each.id) or (_left_out(each, steps, limits),) for each in teachers]
            why: tuple[Why, ...] = min(reasons, key=_nearness, default=("no_listing",))
            found.append(Uncovered(identifier, why, len({each.taken_as for each in teachers})))
    return found


def _smallest(candidates: Iterable[Candidate], limits: Limits, aim: Aim) -> int | None:
    """The least cents or days of any plan that covers something, prerequisites counted in."""
    fitting = placed(candidates, limits).placeables
    weights = dict.fromkeys(sorted(frozenset().union(*(each.candidate.covers for each in fitting))), 1)
    if not weights:
        return None
    found = solved(PlanModel(Problem(reduced(fitting, limits, weights), weights, limits)), (aim,), floor=1)
    return found.objective if found else None


def _budget(candidates: Iterable[Candidate], limits: Limits) -> Iterator[Loosening]:
    if limits.budget is not None:
        cents = _smallest(candidates, replace(limits, budget=PLENTY), SAVE)
        if cents is not None:
            yield Loosening("budget", cents / CENTS)


def _weeks(candidates: Iterable[Candidate], limits: Limits) -> Iterator[Loosening]:
    if limits.days is not None:
        # What has to be dated stays so when nothing limits the weeks.
        days = _smallest(candidates, replace(limits, days=None, start_given=True), HURRY)
        if days is not None and days < ENDLESS:
            yield Loosening("weeks", -(-days // WEEK))


def _hours(candidate: Candidate, limits: Limits) -> Iterable[tuple[float, Limits]]:
    if limits.load is None:
        return
    hours = candidate.total_hours
    load = candidate.load
    if candidate.self_paced and hours is not None and limits.days is not None:
        load = -(-round(hours * HUNDREDTHS) * WEEK // limits.days)
    if load is not None:
        yield load / HUNDREDTHS, replace(limits, load=load)


def _delivery(candidate: Candidate, limits: Limits) -> Iterable[tuple[str, Limits]]:
    if candidate.delivery and limits.deliveries:
        yield candidate.delivery, replace(limits, deliveries=limits.deliveries | {candidate.delivery})


def _language(candidate: Candidate, limits: Limits) -> Iterable[tuple[str, Limits]]:
    for language in sorted(candidate.languages) if limits.languages else ():
        yield language, replace(limits, languages=limits.languages | {language})


def _start(candidate: Candidate, limits: Limits, today: dt.date) -> Iterable[tuple[int, Limits]]:
    """Days to begin earlier, the fewest first."""
    for start in sorted(candidate.starts, reverse=True):
        if limits.start_given and today <= start < limits.earliest:
            yield (limits.earliest - start).days, replace(limits, earliest=start)


Trial = Callable[[Candidate, Limits], Iterable[tuple[float | int | str, Limits]]]


def _least(trial: Trial, candidates: Sequence[Candidate], limits: Limits) -> float | int | str | None:
    """The least value at which a listing fits by itself."""
    tries = ((value, each, looser) for each in candidates for value, looser in trial(each, limits))
    fitting = {value for value, each, looser in tries if not failures(each, looser)}
    return min(fitting, default=None)


def loosenings(candidates: Sequence[Candidate], limits: Limits, today: dt.date) -> list[Loosening]:
    """Each single limit that, at that value, would let at least one listing in; for plans with no listing at all.

    Where no single one would, those to loosen together. Of hours a week, delivery, language and start only listings
    without prerequisites are looked at.
    """
    found = [*_budget(candidates, limits), *_weeks(candidates, limits)]
    alone = [each for each in candidates if each.covers and not each.requires]
    trials: dict[Loosened, Trial] = {"hours_per_week": _hours, "delivery": _delivery, "language": _language}
    values = {limit: _least(trial, alone, limits) for limit, trial in trials.items()}
    found += [Loosening(limit, value) for limit, value in values.items() if value is not None]
    sooner = _least(lambda each, given: _start(each, given, today), alone, limits)
    if isinstance(sooner, int):
        found.append(Loosening("start", limits.earliest - dt.timedelta(days=sooner)))
    return found or together(alone, limits, today)
