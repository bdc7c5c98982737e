"""The body of a request for a plan, and its way from JSON into limits."""

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from mappings.contract import LANGUAGES, Language
from mappings.listing import Deliveries, InstructionLanguages
from search_api.plans.candidate import CENTS, HUNDREDTHS
from search_api.plans.limits import MOST_LISTINGS, Limits
from search_api.plans.naming import Named, Namer
from search_api.plans.refusals import BodyError, member_problem
from search_api.plans.timing import WEEK
from search_api.plans.words import described

MOST_BYTES = 64 * 1024
# What one person has: more is a mistake or an attack.
MOST_OCCUPATIONS, MOST_SKILLS = 20, 200
# A week has 168 hours; nobody learns longer than they are awake.
MOST_HOURS = 112
MOST_WEEKS = 520
MOST_IN_PLAN = 12
# A title of more occupations than this says too little.
MOST_NAMED = 8
# Nothing is announced so long before.
MOST_YEARS = 5
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


@dataclass(frozen=True)
class Context:
    """What values are held against."""

    namer: Namer
    today: dt.date


def _written_day(value: object) -> object:
    """Only year-month-day: seconds since 1970 are no date a person gives."""
    if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
        raise PydanticCustomError("date_from_datetime_parsing", "not year-month-day")
    return value


def _near(value: dt.date, info: ValidationInfo) -> dt.date:
    if info.context and value.year > info.context.today.year + MOST_YEARS:
        raise PydanticCustomError("start_too_far", "too far", {"years": MOST_YEARS})
    return value


def _one_occupation(said: str, info: ValidationInfo) -> str:
    """A code or title of one occupation and no other."""
    namer = info.context.namer if info.context else None
    found = namer.named(said) if namer else ()
    if namer and not found:
        raise PydanticCustomError("unknown_occupation", "unknown")
    if namer and len(found) > 1:
        names = ", ".join(f"{each.code} ({namer.label(each.code)})" for each in found[:MOST_NAMED])
        raise PydanticCustomError("several_occupations", "several", {"names": names})
    return said


OccupationSaid = Annotated[Said, AfterValidator(_one_occupation)]
# Once its form is checked the text may become a date, which strictness would refuse.
Day = Annotated[dt.date, Field(strict=False), BeforeValidator(_written_day), AfterValidator(_near)]


def _member(name: str, **bounds: Any) -> Any:
    return Field(description=described("request", name), **bounds)


class PlanRequest(BaseModel):
    """What one has, what one aims at, and one's limits."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, json_schema_extra={"example": {
        "target": "32111", "have_skills": ["cpr"], "budget": 1500, "weeks": 40, "hours_per_week": 8,
        "delivery": ["online", "hybrid"], "language": ["en"],
    }})  # fmt: skip

    target: OccupationSaid = _member("target")
    have_occupations: tuple[OccupationSaid, ...] = _member("have_occupations", default=(), max_length=MOST_OCCUPATIONS)
    have_skills: tuple[Said, ...] = _member("have_skills", default=(), max_length=MOST_SKILLS)
    budget: float | None = _member("budget", default=None, ge=0, le=1_000_000, allow_inf_nan=False)
    weeks: float | None = _member("weeks", default=None, ge=1, le=MOST_WEEKS, allow_inf_nan=False)
    hours_per_week: float | None = _member("hours_per_week", default=None, ge=0.5, le=MOST_HOURS, allow_inf_nan=False)
    delivery: tuple[Deliveries, ...] = _member("delivery", default=(), max_length=10)
    language: tuple[InstructionLanguages, ...] = _member("language", default=(), max_length=10)
    start: Day | None = _member("start", default=None)
    most: int = _member("most", default=MOST_LISTINGS, ge=1, le=MOST_IN_PLAN)
    lang: Literal[LANGUAGES] | None = _member("lang", default=None)  # type: ignore[valid-type] # the contract's

    def limits(self, today: dt.date) -> Limits:
        """In the solver's whole units, each rounded down: a plan never takes more than was given."""
        return Limits(
            earliest=max(self.start or today, today),
            budget=_units(self.budget, CENTS),
            days=_units(self.weeks, WEEK),
            load=_units(self.hours_per_week, HUNDREDTHS),
            deliveries=frozenset(self.delivery),
            languages=frozenset(self.language),
            most=self.most,
            start_given=self.start is not None,
        )


def _units(value: float | None, size: int) -> int | None:
    return None if value is None else math.floor(round(value * size, 6))


@dataclass(frozen=True)
class Asked:
    """A request with its occupations recognised."""

    request: PlanRequest
    target: Named
    have: tuple[Named, ...]


def parsed(body: bytes, namer: Namer, today: dt.date, language: Language) -> Asked:
    """The request of a JSON body. Raises BodyError, which names every wrong member in `language`."""
    try:
        request = PlanRequest.model_validate_json(body, context=Context(namer, today))
    except ValidationError as error:
        names = tuple(PlanRequest.model_fields)
        raise BodyError(tuple(member_problem(x, names, language) for x in error.errors(include_url=False))) from error
    target, *have = (namer.named(said)[0] for said in (request.target, *request.have_occupations))
    return Asked(request, target, tuple(have))
