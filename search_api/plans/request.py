"""The body of a request for a plan, and its way from JSON into limits."""

import datetime as dt
import math
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from mappings.contract import LANGUAGES, Language
from mappings.knowledge import Knowledge
from mappings.listing import Deliveries, InstructionLanguages
from mappings.occupation import NocCode
from search_api.plans.candidate import CENTS, HUNDREDTHS
from search_api.plans.limits import MOST_LISTINGS, Limits
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
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


def _written_day(value: object) -> object:
    """Only year-month-day: seconds since 1970 are no date a person gives."""
    if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
        raise PydanticCustomError("date_from_datetime_parsing", "not year-month-day")
    return value


# Once its form is checked the text may become a date, which strictness would refuse.
Day = Annotated[dt.date, Field(strict=False), BeforeValidator(_written_day)]


def _member(name: str, **bounds: Any) -> Any:
    return Field(description=described("request", name), **bounds)


class PlanRequest(BaseModel):
    """What one has, what one aims at, and one's limits."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, json_schema_extra={"example": {
        "target": "32111", "have_skills": ["cpr"], "budget": 1500, "weeks": 40, "hours_per_week": 8,
        "delivery": ["online", "hybrid"], "language": ["en"],
    }})  # fmt: skip

    target: NocCode = _member("target")
    have_occupations: tuple[NocCode, ...] = _member("have_occupations", default=(), max_length=MOST_OCCUPATIONS)
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


def _codes(asked: PlanRequest) -> list[tuple[tuple[str | int, ...], str]]:
    """Every occupation it names, by its place in the body."""
    had = [(("have_occupations", place), code) for place, code in enumerate(asked.have_occupations)]
    return [(("target",), asked.target), *had]


def _unknown_codes(asked: PlanRequest, knowledge: Knowledge) -> list[ErrorDetails]:
    return [
        {"type": "unknown_occupation", "loc": place, "msg": "", "input": code}
        for place, code in _codes(asked)
        if code not in knowledge.occupations
    ]


def parsed(body: bytes, knowledge: Knowledge, language: Language) -> PlanRequest:
    """The request of a JSON body. Raises BodyError, which names every wrong member in `language`."""
    try:
        asked = PlanRequest.model_validate_json(body)
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    else:
        wrong = _unknown_codes(asked, knowledge)
        if not wrong:
            return asked
    raise BodyError(tuple(member_problem(each, tuple(PlanRequest.model_fields), language) for each in wrong))
