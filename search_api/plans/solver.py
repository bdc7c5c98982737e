"""Solves a plan with OR-tools' CP-SAT: coverage first, then cost, then hours and number, then early starts.

Each aim is settled before the next is looked at, which is the lexicographic order without the huge factors of a single
sum. One thread, a fixed seed, listings by id order and a limit in the solver's own deterministic time make the same
plan of the same input.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ortools.sat.python import cp_model

from search_api.plans.model import Line, PlanModel, Problem
from search_api.plans.placing import Placeable
from search_api.plans.reduction import cents_or_most
from search_api.plans.timing import Option

SEED = 6
# About as many seconds of one core; the second limit is there for a machine under load.
DETERMINISTIC_SECONDS = 0.15
WALL_SECONDS = 2.0
# A plan for less may leave out a fifth of what the best covers.
LESS_SHARE = 0.8

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
    # Plans are covering problems, which the linear relaxation nearly solves; presolving takes longer than it saves.
    parameters.linearization_level, parameters.cp_model_presolve = 2, False
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
    model.cp.clear_hints()  # type: ignore[no-untyped-call] # OR-tools' own
    for pick in model.picks:
        model.cp.add_hint(pick.variable, solver.value(pick.variable))
    return solver, status


def _steps(model: PlanModel, solver: cp_model.CpSolver) -> tuple[Step, ...]:
    return tuple(Step(pick.placeable, pick.option) for pick in model.picks if solver.boolean_value(pick.variable))


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


def solved(problem: Problem, aims: Sequence[Aim], floor: int = 0) -> Solution | None:
    """The plan that is best by the aims in turn and covers at least `floor`; None where none is found."""
    model = PlanModel(problem)
    model.cp.add(model.coverage >= floor)
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


def _early(problem: Problem, found: Solution | None, aims: Sequence[Aim]) -> Solution | None:
    """The same listings, each as early as the others allow; quick, since there are few."""
    if found is None or not found.steps:
        return found
    few = Problem(tuple(step.placeable for step in found.steps), problem.weights, problem.limits)
    model = PlanModel(few)
    model.take_all()
    for aim in aims:
        solver, status = _settle(model, aim)
        if status not in FOUND:
            return found
    return replace(found, steps=_steps(model, solver))


def best(problem: Problem) -> Solution:
    """The plan that covers most; of those the cheapest, then the one with the fewest hours and listings."""
    return _early(problem, solved(problem, (COVER, SAVE, SPARE)), (SETTLE,)) or EMPTY


def shortest(problem: Problem, floor: int) -> Solution | None:
    return _early(problem, solved(problem, (HURRY, SAVE), floor), (HURRY, SETTLE))


def cheapest(problem: Problem, floor: int) -> Solution | None:
    return _early(problem, solved(problem, (SAVE, COVER, SPARE), floor), (SETTLE,))
