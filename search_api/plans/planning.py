"""A request solved over the listings at hand, without engine or words."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from search_api.plans.calendar import dated, span
from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits
from search_api.plans.model import PlanModel, Problem
from search_api.plans.need import Need
from search_api.plans.placing import Placed, placed
from search_api.plans.plan_view import AlternativeId, OutcomeId
from search_api.plans.reduction import reduced
from search_api.plans.shortfall import Uncovered, uncovered
from search_api.plans.solver import EMPTY, LEAST_SHARE, Solution, best, cheapest, shortest

# An end nobody knows is later than any other.
LATEST = math.inf


@dataclass(frozen=True)
class Planning:
    """The best plan for a need within limits, and what surrounds it; each part is worked out when first asked for."""

    need: Need
    limits: Limits
    candidates: tuple[Candidate, ...]

    @cached_property
    def placed(self) -> Placed:
        return placed(self.candidates, self.limits)

    @cached_property
    def problem(self) -> Problem:
        kept = reduced(self.placed.placeables, self.limits, self.need.weights)
        return Problem(kept, self.need.weights, self.limits)

    @cached_property
    def model(self) -> PlanModel:
        return PlanModel(self.problem)

    @cached_property
    def best(self) -> Solution:
        return best(self.model) if self._any_fits else EMPTY

    @property
    def outcome(self) -> OutcomeId:
        if self.best.steps:
            return "planned"
        if not self.need.weights:
            return "nothing_needed" if self.need.had else "nothing_known"
        if not any(candidate.covers for candidate in self.candidates):
            return "nothing_taught"
        return "not_found_in_time" if self._any_fits else "nothing_fits"

    @property
    def _any_fits(self) -> bool:
        return any(each.candidate.covers for each in self.placed.placeables)

    def uncovered(self) -> list[Uncovered]:
        return uncovered(self.need.weights, self.candidates, self.placed, self.best.steps, self.limits)

    def unpriced(self) -> list[Candidate]:
        """Listings that only lack a price, one of a course, those first that teach most of what the plan leaves out."""
        found = [x for x in self.candidates if x.covers and self.placed.broken.get(x.id) == ("no_price",)]
        left = self.need.weights.keys() - self.best.covered
        order = sorted(found, key=lambda x: (-self.need.weight(x.covers & left), -self.need.weight(x.covers), x.id))
        firsts: dict[str, Candidate] = {}
        for each in order:
            firsts.setdefault(each.taken_as, each)
        return list(firsts.values())

    def alternatives(self) -> dict[AlternativeId, Solution | None]:
        """Other plans by kind; None where the best plan is itself the one."""
        if not self.best.steps:
            return {}
        covered, steps = self.need.weight(self.best.covered), self.best.steps
        cheap = cheapest(self.model, math.ceil(covered * LEAST_SHARE), steps)
        short = shortest(self.model, covered, steps)
        return {
            "cheapest": cheap if cheap and _price(cheap) < _price(self.best) else None,
            "shortest": short if short and self._end(short) < self._end(self.best) else None,
        }

    def _end(self, solution: Solution) -> float:
        days = span(dated(solution.steps, self.limits))
        return LATEST if days is None else days


def _price(solution: Solution) -> tuple[int, int]:
    """Listings without a price, then cents: what is not stated is never cheap."""
    cents: Sequence[int | None] = [step.placeable.candidate.cents for step in solution.steps]
    return cents.count(None), sum(_known(cents))


def _known(cents: Iterable[int | None]) -> Iterable[int]:
    return (known for known in cents if known is not None)
