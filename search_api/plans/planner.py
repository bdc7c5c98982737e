"""From a request to the answer of a plan: the engine's listings in, a plan in the caller's words out."""

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mappings.contract import Language
from search_api.engine import Deadline, IndexGoneError, NoIndexError, ServedIndex
from search_api.plans.candidate import Candidate, candidate_of
from search_api.plans.need import Need, need_of
from search_api.plans.notes import notes
from search_api.plans.plan_view import PlanAlternative, PlanAnswer, PlanOutcome, PlanSolver, PlanTarget
from search_api.plans.planning import Planning
from search_api.plans.prerequisites import parts, with_prerequisites
from search_api.plans.presenting import Presenter
from search_api.plans.request import PlanRequest
from search_api.plans.retrieval import candidates_body, is_cut, named_body, sources_of
from search_api.plans.shortfall import loosenings
from search_api.plans.solver import Solution
from search_api.plans.words import say
from search_api.service import SearchService

MOST_UNPRICED = 20
GAP_DIGITS = 4
Sources = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Catalogue:
    """The listings that teach something needed and those their prerequisites name, as documents by id."""

    served: ServedIndex
    sources: Sources
    cut: bool = False


class Planner:
    """Plans over the served index. Safe to share between threads."""

    def __init__(self, search: SearchService) -> None:
        self._search = search

    def plan(self, asked: PlanRequest, language: Language) -> PlanAnswer:
        """Raises EngineUnavailableError, NoIndexError, FingerprintError; KeyError for an occupation that is unknown."""
        started = time.monotonic()
        need = need_of(asked.target, self._search.knowledge, asked.have_occupations, asked.have_skills)
        catalogue = self._catalogue(need)
        today = self._search.today()
        planning = Planning(need, asked.limits(today), _candidates(need, catalogue.sources))
        labels = self._search.labels(catalogue.served, language)
        presenter = Presenter(labels, need, planning.limits, catalogue.sources)
        said = tuple(
            say("notes", key, language, **given) for key, given in notes(planning, asked, today, cut=catalogue.cut)
        )
        answer = _answer(planning, presenter, today)
        if any(source.get("sample") for source in catalogue.sources.values()):
            said = (*said, say("notes", "sample", language))
        return answer.model_copy(update={"notes": said, "took_ms": round((time.monotonic() - started) * 1000)})

    def _catalogue(self, need: Need) -> Catalogue:
        """From the index behind the alias; once more when it was pruned between two looks at the alias."""
        deadline = self._search.engine.deadline()
        try:
            return self._fetched(need, deadline)
        except IndexGoneError:
            self._search.engine.forget()
        try:
            return self._fetched(need, deadline)
        except IndexGoneError as error:
            raise NoIndexError("the index is replaced faster than it can be read") from error

    def _fetched(self, need: Need, deadline: Deadline) -> Catalogue:
        served = self._search.usable(deadline)
        if not need.weights:
            return Catalogue(served, {})
        (response,) = self._search.engine.multi_search(served.name, [candidates_body(need.weights)], deadline)
        sources = sources_of(response)
        names = parts(sources.values())
        named: Sources = {}
        if names:
            (found,) = self._search.engine.multi_search(served.name, [named_body(names)], deadline)
            named = sources_of(found)
        return Catalogue(served, {**named, **sources}, is_cut(response))


def _candidates(need: Need, sources: Sources) -> tuple[Candidate, ...]:
    """What teaches something needed, and what such a listing asks for."""
    found = with_prerequisites((candidate_of(source, need.weights) for source in sources.values()), sources)
    asked = _asked_for(found)
    return tuple(sorted((x for x in found if x.covers or x.id in asked), key=lambda x: x.id))


def _asked_for(candidates: Iterable[Candidate]) -> frozenset[str]:
    return frozenset().union(*(group for candidate in candidates for group in candidate.requires))


def _solved(solution: Solution) -> PlanSolver:
    status = "optimal" if solution.optimal else "feasible"
    gap = round(solution.gap, GAP_DIGITS)
    return PlanSolver(status=status, objective=solution.objective, bound=solution.bound, gap=gap)


def _alternatives(planning: Planning, presenter: Presenter) -> Iterable[PlanAlternative]:
    language = presenter.labels.language
    for kind, solution in planning.alternatives().items():
        plan = presenter.plan(solution.steps) if solution else None
        text = say("alternatives", kind, language) if plan else say("alternatives", "same", language)
        yield PlanAlternative(kind=kind, text=text, plan=plan)


def _target(need: Need, presenter: Presenter) -> PlanTarget:
    return PlanTarget(
        code=need.target,
        label=presenter.labels.occupation(need.target),
        needed=tuple(presenter.weighed(identifier) for identifier in need.weights),
        had=tuple(presenter.term(identifier) for identifier in sorted(need.had)),
    )


def _answer(planning: Planning, presenter: Presenter, today: dt.date) -> PlanAnswer:
    language, outcome = presenter.labels.language, planning.outcome
    looser = loosenings(planning.candidates, planning.limits, today) if outcome == "nothing_fits" else ()
    return PlanAnswer(
        language=language,
        target=_target(planning.need, presenter),
        outcome=PlanOutcome(code=outcome, text=say("outcome", outcome, language)),
        plan=presenter.plan(planning.best.steps),
        solver=_solved(planning.best),
        uncovered=tuple(presenter.uncovered(each) for each in planning.uncovered()),
        loosen=tuple(presenter.loosening(each) for each in looser),
        alternatives=tuple(_alternatives(planning, presenter)),
        unpriced=tuple(presenter.listing(each) for each in planning.unpriced()[:MOST_UNPRICED]),
        took_ms=0,
    )
