"""The plan as whole-number equations for OR-tools' CP-SAT."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from search_api.plans.limits import Limits
from search_api.plans.placing import Placeable
from search_api.plans.reduction import FAR
from search_api.plans.timing import Option

Line = cp_model.LinearExprT
# A plan with an end nobody knows lasts longer than any other: ten years and a bit.
ENDLESS = 4000


@dataclass(frozen=True)
class Problem:
    """What is to be planned: placeables by id order, the weight of each needed id, the limits."""

    placeables: tuple[Placeable, ...]
    weights: Mapping[str, int]
    limits: Limits


@dataclass(frozen=True)
class Pick:
    """A yes-or-no variable: this listing, taken this way."""

    placeable: Placeable
    option: Option
    variable: cp_model.IntVar


class PlanModel:
    """Variables and limits of a problem, and the sums a plan is judged by."""

    def __init__(self, problem: Problem) -> None:
        self.cp = cp_model.CpModel()
        self.problem = problem
        self.picks = [
            Pick(each, option, self.cp.new_bool_var("")) for each in problem.placeables for option in each.options
        ]
        self._by_id: dict[str, list[Pick]] = {each.id: [] for each in problem.placeables}
        for pick in self.picks:
            self._by_id[pick.placeable.id].append(pick)
        self._limit()
        self._order()
        self.coverage = self._coverage()
        self.span = self._span()

    def cost(self) -> Line:
        """Cents; an unpriced listing costs more than all priced ones together."""
        known = [pick.placeable.candidate.cents for pick in self.picks]
        unpriced = 1 + self.problem.limits.most * max((cents for cents in known if cents is not None), default=0)
        return self._sum(unpriced if cents is None else cents for cents in known)

    def hours(self) -> Line:
        """Tenths of hours, unknown ones as the most known, and a little for each listing."""
        known = [pick.placeable.candidate.total_hours for pick in self.picks]
        unknown = max((hours for hours in known if hours is not None), default=0)
        return self._sum(1 + 10 * round(10 * (unknown if hours is None else hours)) for hours in known)

    def lateness(self) -> Line:
        """Days from the earliest date to each start."""
        return self._sum(ENDLESS if pick.option.start is None else pick.option.start for pick in self.picks)

    def take_all(self) -> None:
        """Every listing is taken, one way or another."""
        self.cp.add(self._sum(1 for _pick in self.picks) == len(self._by_id))

    def _sum(self, factors: Iterable[int]) -> Line:
        return cp_model.LinearExpr.weighted_sum([pick.variable for pick in self.picks], list(factors))

    def _limit(self) -> None:
        limits = self.problem.limits
        for picks in self._by_id.values():
            self.cp.add_at_most_one(pick.variable for pick in picks)
        self.cp.add(self._sum(1 for _pick in self.picks) <= limits.most)
        if limits.budget is not None:
            self.cp.add(self.cost() <= limits.budget)
        if limits.load is not None:
            self._limit_weeks(limits.load)

    def _limit_weeks(self, load: int) -> None:
        """Nowhere do listings with dates ask for more hours a week than there are; it is enough to look at starts."""
        dated = [pick for pick in self.picks if pick.option.start is not None]
        groups = {tuple(x.variable.index for x in busy): busy for day in _days(dated) if (busy := _busy(dated, day))}
        for busy in groups.values():
            if sum(pick.option.load for pick in busy) > load:
                self.cp.add(sum(pick.option.load * pick.variable for pick in busy) <= load)

    def _order(self) -> None:
        """Prerequisites end before what needs them begins; advised ones do where both are taken."""
        for pick in self.picks:
            for group in pick.placeable.candidate.requires:
                ready = [x.variable for x in self._of(group) if ends_before(x.option, pick.option)]
                self.cp.add(sum(ready) >= pick.variable)
            for first in self._of(pick.placeable.candidate.follows):
                if not ends_before(first.option, pick.option):
                    self.cp.add_bool_or(~first.variable, ~pick.variable)

    def _of(self, identifiers: Iterable[str]) -> list[Pick]:
        return [pick for identifier in sorted(identifiers) for pick in self._by_id.get(identifier, ())]

    def _coverage(self) -> Line:
        """The weight of the needed ids that something teaches."""
        teachers: dict[str, list[cp_model.IntVar]] = {identifier: [] for identifier in self.problem.weights}
        for pick in self.picks:
            for identifier in pick.placeable.candidate.covers:
                teachers[identifier].append(pick.variable)
        covered = []
        for identifier, variables in teachers.items():
            if variables:
                found = self.cp.new_bool_var("")
                self.cp.add(sum(variables) >= found)
                covered.append(self.problem.weights[identifier] * found)
        return sum(covered)

    def _span(self) -> cp_model.IntVar:
        """Days from the earliest date to the last end, no fewer than the hours need."""
        limits = self.problem.limits
        span = self.cp.new_int_var(0, limits.days if limits.days is not None else FAR, "")
        for pick in self.picks:
            end = 0 if pick.option.spread else pick.option.end
            self.cp.add(span >= (ENDLESS if end is None else end) * pick.variable)
        if limits.load is not None:
            self.cp.add(limits.load * span >= self._sum(pick.option.work for pick in self.picks))
        return span


def ends_before(first: Option, then: Option) -> bool:
    """Whether `first` is over when `then` begins; of two whose dates are unknown the order is the plan's."""
    if first.end is None or then.start is None:
        return then.start is None
    return first.end <= then.start


def _days(picks: Sequence[Pick]) -> list[int]:
    return sorted({pick.option.start for pick in picks if pick.option.start is not None})


def _busy(picks: Sequence[Pick], day: int) -> list[Pick]:
    """The picks under way on that day."""
    return [pick for pick in picks if (pick.option.start or 0) <= day < pick.option.busy_until]
