"""The plan as whole-number equations for OR-tools' CP-SAT."""

import copy
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from search_api.plans.candidate import TIMES_OF_DAY
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

    @property
    def begins(self) -> int:
        """The day it begins; 0 where it has no dates."""
        return self.option.start or 0


class PlanModel:
    """Variables and limits of a problem, and the sums a plan is judged by."""

    def __init__(self, problem: Problem) -> None:
        self.cp = cp_model.CpModel()
        self.problem = problem
        self.picks = [
            Pick(each, option, self.cp.new_bool_var("")) for each in problem.placeables for option in each.options
        ]
        self._by_id: dict[str, list[Pick]] = {each.id: [] for each in problem.placeables}
        self._by_course: dict[str, list[Pick]] = defaultdict(list)
        for pick in self.picks:
            self._by_id[pick.placeable.id].append(pick)
            self._by_course[pick.placeable.candidate.taken_as].append(pick)
        self._limit()
        self._part_classes()
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

    def copy(self) -> "PlanModel":
        """The same variables and limits, to which others may be added; quicker than building them anew."""
        made = copy.copy(self)
        made.cp = self.cp.clone()
        return made

    def begin_from(self, chosen: Collection[int]) -> None:
        """The next search begins at the plan of the picks at these places."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call] # OR-tools' own
        hint = self.cp.proto.solution_hint
        hint.vars.extend([pick.variable.index for pick in self.picks])
        hint.values.extend([int(place in chosen) for place in range(len(self.picks))])

    def take_all(self) -> None:
        """Every listing is taken, one way or another; each is of another course."""
        self.cp.add(self._sum(1 for _pick in self.picks) == len(self._by_id))

    def _sum(self, factors: Iterable[int]) -> Line:
        return cp_model.LinearExpr.weighted_sum([pick.variable for pick in self.picks], list(factors))

    def _limit(self) -> None:
        limits = self.problem.limits
        for picks in self._by_course.values():
            self.cp.add_at_most_one(pick.variable for pick in picks)
        self.cp.add(self._sum(1 for _pick in self.picks) <= limits.most)
        if limits.budget is not None:
            self.cp.add(self.cost() <= limits.budget)
        if limits.load is not None:
            self._limit_weeks(limits.load)

    def _limit_weeks(self, load: int) -> None:
        """Nowhere do listings with dates ask for more hours a week than there are."""
        dated = [pick for pick in self.picks if pick.option.start is not None]
        for group in crowds([(pick.begins, pick.option.busy_until) for pick in dated]):
            busy = [dated[at] for at in group]
            if sum(pick.option.load for pick in busy) > load:
                self.cp.add(_weighted(busy, [pick.option.load for pick in busy]) <= load)

    def _part_classes(self) -> None:
        """No two listings have classes on the same days at the same time of day."""
        parted: set[tuple[int, ...]] = set()
        for time in sorted(TIMES_OF_DAY):
            held = [each for each in self.picks if each.option.start is not None and time in _class_times(each)]
            groups = crowds([(pick.begins, pick.option.over) for pick in held])
            parted |= {tuple(held[at].variable.index for at in group) for group in groups if len(group) > 1}
        by_index = {pick.variable.index: pick.variable for pick in self.picks}
        for found in sorted(parted):
            self.cp.add_at_most_one(by_index[index] for index in found)

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
                self.cp.add(cp_model.LinearExpr.sum(variables) >= found)
                covered.append(self.problem.weights[identifier] * found)
        return sum(covered)

    def _span(self) -> cp_model.IntVar:
        """Days from the earliest date to the last end, no fewer than the hours need."""
        limits = self.problem.limits
        span = self.cp.new_int_var(0, limits.days if limits.days is not None else FAR, "")
        for picks in self._by_id.values():
            ends = [0 if x.option.spread else ENDLESS if x.option.end is None else x.option.end for x in picks]
            self.cp.add(span >= _weighted(picks, ends))
        if limits.load is not None:
            self.cp.add(limits.load * span >= self._sum(pick.option.work for pick in self.picks))
        return span


def ends_before(first: Option, then: Option) -> bool:
    """Whether `first` is over when `then` begins; of two whose dates are unknown the order is the plan's."""
    if first.end is None or then.start is None:
        return then.start is None
    return first.end <= then.start


def crowds(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """The largest sets of spans, by their places, that share a day; a span's end is not included."""
    active: list[int] = []
    for at in sorted(range(len(spans)), key=lambda place: (spans[place], place)):
        still = [place for place in active if spans[place][1] > spans[at][0]]
        if len(still) < len(active):
            yield tuple(sorted(active))
        active = [*still, at]
    if active:
        yield tuple(sorted(active))


def _class_times(pick: Pick) -> frozenset[str]:
    return pick.placeable.candidate.class_times


def _weighted(picks: Sequence[Pick], factors: Sequence[int]) -> Line:
    return cp_model.LinearExpr.weighted_sum([pick.variable for pick in picks], list(factors))
