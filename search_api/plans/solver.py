"""Solves a plan with OR-tools' CP-SAT: coverage first, then cost, then hours and number, then early starts.

Each aim is settled before the next is looked at, which is the lexicographic order without the huge factors of a single
sum. One thread, a fixed seed, listings by id order and a limit in the solver's own deterministic time make the same
plan of the same input.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ortools.sat.python import cp_model

from search_api.plans.model import Line, PlanModel
from search_api.plans.placing import Placeable
from search_api.plans.reduction import cents_or_most
from search_api.plans.timing import Option

SEED = 6
# About as many seconds of one core; the second limit is there for a machine under load.
DETERMINISTIC_SECONDS = 0.15
WALL_SECONDS = 2.0
# The cheapest plan may leave out a fifth of what the best covers: the best is the cheapest that covers as much.
LEAST_SHARE = 0.8

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
Aim = tuple[Literal["most", "least"], Callable[[PlanModel], Line]]
COVER: Aim = ("most", lambda model: model.coverage)
SAVE: Aim = ("least", PlanModel.cost)
SPARE: Aim = ("least", PlanModel.hours)
HURRY: Aim = ("least", lambda model: model.span)
SETTLE: Aim = ("least", PlanModel.lateness)


@dataclass(frozen=True)
class Step:
    """A listing of a plan and the way it is taken."""

    placeable: Placeable
    option: Option


@dataclass(frozen=True)
class Solution:
    """A plan. `objective` is the first aim's value, `bound` what no plan can beat; equal where the plan is optimal."""

    steps: tuple[Step, ...]
    objective: int
    bound: int
    optimal: bool

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, 0 to 1."""
        return abs(self.bound - self.objective) / max(abs(self.bound), 1)

    @property
    def covered(self) -> frozenset[str]:
        return frozenset().union(*(step.placeable.candidate.covers for step in self.steps))


EMPTY = Solution((), 0, 0, optimal=True)


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers, parameters.random_seed = 1, SEED
    # Plans are covering problems, which the linear relaxation nearly solves; all else takes longer than it saves.
    parameters.linearization_level, parameters.cp_model_presolve = 2, False
    parameters.symmetry_level, parameters.cp_model_probing_level = 0, 0
    parameters.max_deterministic_time, parameters.max_time_in_seconds = DETERMINISTIC_SECONDS, WALL_SECONDS
    return solver


def _settle(model: PlanModel, aim: Aim) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    """Solves for one aim and holds what was reached for the next."""
    way, measure = aim
    line = measure(model)
    (model.cp.maximize if way == "most" else model.cp.minimize)(line)
    solver = _solver()
    status = solver.solve(model.cp)
    if status not in FOUND:
        return solver, status
    reached = solver.value(line)
    model.cp.add(line >= reached if way == "most" else line <= reached)
    model.begin_from(_chosen(model, solver))
    return solver, status


def _chosen(model: PlanModel, solver: cp_model.CpSolver) -> list[int]:
    """The places of the picks taken."""
    values = solver.response_proto.solution
    return [place for place, pick in enumerate(model.picks) if values[pick.variable.index]]


def _steps(model: PlanModel, solver: cp_model.CpSolver) -> tuple[Step, ...]:
    return tuple(Step(model.picks[place].placeable, model.picks[place].option) for place in _chosen(model, solver))


def _is_needed(step: Step, others: Sequence[Step]) -> bool:
    """Whether it teaches what no other does, or one of the others asks for it."""
    taught = frozenset().union(*(other.placeable.candidate.covers for other in others))
    asked = frozenset().union(*(group for other in others for group in other.placeable.candidate.requires))
    return not step.placeable.candidate.covers <= taught or step.placeable.id in asked


def lean(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Without listings that add nothing, which a plan holds only where time ran out before it was proven best."""
    kept = list(steps)
    for step in sorted(steps, key=lambda each: (-cents_or_most(each.placeable), each.placeable.id)):
        others = [other for other in kept if other is not step]
        if not _is_needed(step, others):
            kept = others
    return tuple(kept)


def solved(base: PlanModel, aims: Sequence[Aim], floor: int = 0, known: Sequence[Step] = ()) -> Solution | None:
    """The plan that is best by the aims in turn and covers at least `floor`; None where none is found.

    The search begins at the `known` plan. `base` stays as it is.
    """
    model = base.copy()
    model.cp.add(model.coverage >= floor)
    begin = {(step.placeable.id, step.option) for step in known}
    model.begin_from([place for place, x in enumerate(model.picks) if (x.placeable.id, x.option) in begin])
    found: Solution | None = None
    for aim in aims:
        solver, status = _settle(model, aim)
        if status not in FOUND:
            break
        optimal = status == cp_model.OPTIMAL
        if found is None:
            found = Solution((), round(solver.objective_value), round(solver.best_objective_bound), optimal)
        found = replace(found, steps=_steps(model, solver), optimal=found.optimal and optimal)
    return found and replace(found, steps=lean(found.steps))


def _early(base: PlanModel, found: Solution | None, aims: Sequence[Aim]) -> Solution | None:
    """The same listings, each as early as the others allow; quick, since there are few."""
    if found is None or not found.steps:
        return found
    few = replace(base.problem, placeables=tuple(step.placeable for step in found.steps))
    model = PlanModel(few)
    model.take_all()
    for aim in aims:
        solver, status = _settle(model, aim)
        if status not in FOUND:
            return found
    return replace(found, steps=_steps(model, solver))


def best(base: PlanModel) -> Solution:
    """The plan that covers most; of those the cheapest, then the one with the fewest hours and listings."""
    return _early(base, solved(base, (COVER, SAVE, SPARE)), (SETTLE,)) or EMPTY


def shortest(base: PlanModel, floor: int, known: Sequence[Step] = ()) -> Solution | None:
    """The plan over soonest that covers at least `floor`; of those the cheapest."""
    return _early(base, solved(base, (HURRY, SAVE), floor, known), (HURRY, SETTLE))


def cheapest(base: PlanModel, floor: int, known: Sequence[Step] = ()) -> Solution | None:
    """The cheapest plan that covers at least `floor`; of those the one that covers most."""
    return _early(base, solved(base, (SAVE, COVER, SPARE), floor, known), (SETTLE,))
