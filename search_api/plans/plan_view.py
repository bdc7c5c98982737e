"""The shape of a plan's answer; the OpenAPI document is written from these records."""

import datetime as dt
from typing import Literal

from pydantic import Field

from mappings.contract import Language
from mappings.record import Record
from search_api.plans.limits import Why
from search_api.plans.loosening import Loosened
from search_api.plans.words import described
from search_api.understanding import Basis

Aimed = Literal["covered_weight", "cents", "days"]
OutcomeId = Literal["planned", "nothing_needed", "nothing_known", "nothing_taught", "nothing_fits", "not_found_in_time"]
AlternativeId = Literal["cheapest", "shortest"]


def _said(name: str) -> str:
    return described("answer", name)


class PlanTerm(Record):
    """A skill or tool of the vocabulary, with its label in the answer's language."""

    id: str
    label: str
    kind: Literal["skill", "tool"]


class PlanNeed(PlanTerm):
    weight: float = Field(description=_said("weight"))


class PlanCover(PlanTerm):
    basis: Literal["feed", "inferred", "derived"]


class PlanInstitution(Record):
    id: str
    name: str


class PlanListing(Record):
    """What a plan says of a listing."""

    id: str
    title: str
    institution: PlanInstitution
    link: str = Field(description="The listing in this API / L'offre dans cette API")
    cost: float | None = Field(default=None, description=_said("cost"))
    hours: float | None = None
    weeks: float | None = Field(default=None, description=_said("step_weeks"))
    weeks_assumed: bool = False
    delivery: str | None = None
    language: tuple[str, ...] = ()
    prerequisites: str | None = Field(default=None, description=_said("prerequisites"))
    covers: tuple[PlanCover, ...] = Field(default=(), description=_said("covers"))
    application_closes: dt.date | None = Field(default=None, description=_said("application_closes"))
    stale: bool = Field(default=False, description=_said("stale"))
    stale_since: dt.date | None = Field(default=None, description=_said("stale_since"))
    sample: bool = False


class PlanStep(PlanListing):
    """A listing of a plan and when it is taken."""

    start: dt.date | None = Field(default=None, description=_said("start_of_step"))
    end: dt.date | None = Field(default=None, description=_said("end_of_step"))
    hours_per_week: float | None = Field(default=None, description=_said("weekly"))
    spread: bool = Field(default=False, description=_said("is_spread"))
    after: tuple[str, ...] = Field(default=(), description=_said("asked_first"))


class PlanTotals(Record):
    listings: int
    cost: float = Field(description=_said("total_cost"))
    unpriced: int
    hours: float = Field(description=_said("total_hours"))
    hours_unknown: int
    weeks: float | None = Field(default=None, description=_said("total_weeks"))


class PlanSolver(Record):
    """How good the plan is, as the solver states it."""

    aim: Aimed = Field(description=_said("aim"))
    status: Literal["optimal", "feasible"] = Field(description=_said("solver_status"))
    objective: int = Field(description=_said("objective"))
    bound: int = Field(description=_said("bound"))
    gap: float = Field(description=_said("gap"))


class PlanView(Record):
    steps: tuple[PlanStep, ...]
    totals: PlanTotals
    coverage: float = Field(description=_said("coverage"))


class PlanReason(Record):
    code: Why
    text: str


class PlanGap(PlanNeed):
    reasons: tuple[PlanReason, ...]
    listings: int = Field(description=_said("listings"))


class PlanLoosening(Record):
    limit: Loosened
    value: float | str
    text: str
    together: bool = Field(default=False, description=_said("together"))


class PlanAlternative(Record):
    """Another plan, with how good it is by its own aim."""

    kind: AlternativeId
    text: str
    plan: PlanView | None = None
    solver: PlanSolver | None = None


class PlanOccupation(Record):
    """An occupation of the request, as it was recognised."""

    code: str
    label: str
    said: str | None = Field(default=None, description=_said("said"))
    basis: Basis = Field(description=_said("basis"))


class PlanTarget(PlanOccupation):
    needed: tuple[PlanNeed, ...]
    had: tuple[PlanTerm, ...] = ()


class PlanOutcome(Record):
    code: OutcomeId
    text: str


class PlanAnswer(Record):
    """A plan, how good it is, what it leaves out and why, and other plans."""

    language: Language
    target: PlanTarget = Field(description=_said("target"))
    have: tuple[PlanOccupation, ...] = Field(default=(), description=_said("have"))
    outcome: PlanOutcome
    plan: PlanView
    solver: PlanSolver
    uncovered: tuple[PlanGap, ...] = ()
    loosen: tuple[PlanLoosening, ...] = Field(default=(), description=_said("loosen"))
    alternatives: tuple[PlanAlternative, ...] = Field(default=(), description=_said("alternatives"))
    unpriced: tuple[PlanListing, ...] = Field(default=(), description=_said("unpriced"))
    notes: tuple[str, ...] = ()
    took_ms: int
