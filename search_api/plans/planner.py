"""From a request to the answer of a plan: the engine's listings in, a plan in the caller's words out."""

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Mapping

from mappings.contract import Language
from search_api.plans.candidate import Candidate, candidate_of
from search_api.plans.catalogue import Catalogue, Reading
from search_api.plans.documents import Documents, Sources
from search_api.plans.need import Need, need_of
from search_api.plans.notes import notes
from search_api.plans.plan_view import (
    Aimed,
    AlternativeId,
    PlanAlternative,
    PlanAnswer,
    PlanOccupation,
    PlanOutcome,
    PlanSolver,
    PlanTarget,
)
from search_api.plans.planning import Planning
from search_api.plans.prerequisites import with_prerequisites
from search_api.plans.presenting import Presenter
from search_api.plans.request import Asked
from search_api.plans.shortfall import loosenings
from search_api.plans.solver import Solution
from search_api.plans.words import say
from search_api.service import SearchService

MOST_UNPRICED = 20
GAP_DIGITS = 4
AIMS: Mapping[AlternativeId, Aimed] = {"cheapest": "cents", "shortest": "days"}


class Planner:
    """Plans over the served index. Safe to share between threads."""

    def __init__(self, search: SearchService) -> None:
        self._search, self._documents = search, Documents()

    def plan(self, asked: Asked, language: Language) -> PlanAnswer:
        """Raises EngineUnavailableError, NoIndexError, FingerprintError."""
        started = time.monotonic()
        given, today = asked.request, self._search.today()
        had = [each.code for each in asked.have]
        need = need_of(asked.target.code, self._search.knowledge, had, given.have_skills)
        listings = self._catalogue(need)
        planning = Planning(need, given.limits(today), _candidates(need, listings.sources, today))
        labels = self._search.labels(listings.served, language)
        answer = _answer(planning, asked, Presenter(labels, need, planning.limits, listings.sources), today)
        said = tuple(_said(planning, asked, listings, today, language))
        return answer.model_copy(update={"notes": said, "took_ms": round((time.monotonic() - started) * 1000)})

    def _catalogue(self, need: Need) -> Catalogue:
        engine, documents = self._search.engine, self._documents
        return self._search.on_current_index(
            lambda served, deadline: Reading(engine, documents, served, deadline).catalogue(need)
        )


def _said(planning: Planning, asked: Asked, listings: Catalogue, today: dt.date, language: Language) -> Iterator[str]:
    """The notes in words."""
    for key, given in notes(planning, asked.request, today, cut=listings.cut):
        yield say("notes", key, language, **given)
    if any(listings.sources[step.placeable.id].get("stale") for step in planning.best.steps):
        yield say("notes", "stale", language)
    if any(source.get("sample") for source in listings.sources.values()):
        yield say("notes", "sample", language)


def _candidates(need: Need, sources: Sources, today: dt.date) -> tuple[Candidate, ...]:
    """What teaches something needed, and what such a listing asks for."""
    found = with_prerequisites((candidate_of(source, need.weights, today) for source in sources.values()), sources)
    asked = _asked_for(found)
    return tuple(sorted((x for x in found if x.covers or x.id in asked), key=lambda x: x.id))


def _asked_for(candidates: Iterable[Candidate]) -> frozenset[str]:
    return frozenset().union(*(group for candidate in candidates for group in candidate.requires))


def _solved(solution: Solution, aim: Aimed) -> PlanSolver:
    status = "optimal" if solution.optimal else "feasible"
    gap = round(solution.gap, GAP_DIGITS)
    return PlanSolver(aim=aim, status=status, objective=solution.objective, bound=solution.bound, gap=gap)


def _alternatives(planning: Planning, presenter: Presenter) -> Iterable[PlanAlternative]:
    language = presenter.labels.language
    for kind, solution in planning.alternatives().items():
        if solution is None:
            yield PlanAlternative(kind=kind, text=say("alternatives", "same", language))
        else:
            plan, solver = presenter.plan(solution.steps), _solved(solution, AIMS[kind])
            yield PlanAlternative(kind=kind, text=say("alternatives", kind, language), plan=plan, solver=solver)


def _target(need: Need, asked: Asked, presenter: Presenter) -> PlanTarget:
    return PlanTarget(
        **presenter.occupation(asked.target),
        needed=tuple(presenter.weighed(identifier) for identifier in need.weights),
        had=tuple(presenter.term(identifier) for identifier in sorted(need.had)),
    )


def _answer(planning: Planning, asked: Asked, presenter: Presenter, today: dt.date) -> PlanAnswer:
    language, outcome = presenter.labels.language, planning.outcome
    looser = loosenings(planning.candidates, planning.limits, today) if outcome == "nothing_fits" else ()
    return PlanAnswer(
        language=language,
        target=_target(planning.need, asked, presenter),
        have=tuple(PlanOccupation(**presenter.occupation(each)) for each in asked.have),
        outcome=PlanOutcome(code=outcome, text=say("outcome", outcome, language)),
        plan=presenter.plan(planning.best.steps),
        solver=_solved(planning.best, "covered_weight"),
        uncovered=tuple(presenter.uncovered(each) for each in planning.uncovered()),
        loosen=tuple(presenter.loosening(each) for each in looser),
        alternatives=tuple(_alternatives(planning, presenter)),
        unpriced=tuple(presenter.listing(each) for each in planning.unpriced()[:MOST_UNPRICED]),
        took_ms=0,
    )
