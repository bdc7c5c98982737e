"""Errors as people and programs read them: RFC 9457 problem details in the caller's language."""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from pydantic import ConfigDict
from pydantic import Field as Described
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from mappings.record import Record
from search_api.search_request import MOST_RESULTS
from search_api.words import has, say

MEDIA_TYPE = "application/problem+json"
LEAST_LIKENESS = 60  # 0 to 100; a suggestion costs nothing, so it may be bold
LONGEST_ECHO = 60
QUOTED = re.compile(r"'([^']*)'")


class ParameterProblem(Record):
    """One wrong parameter: its name and value as given (the value cut short) and why it is refused."""

    model_config = ConfigDict(str_strip_whitespace=False)

    parameter: str
    value: str | None = None
    reason: str
    suggestion: str | None = None


class Problem(Record):
    """RFC 9457 problem details."""

    type: str = Described(description="about:blank, or a name of this service's own kinds of problem")
    title: str
    status: int
    detail: str
    instance: str | None = None
    request_id: str | None = None
    errors: tuple[ParameterProblem, ...] = ()


def problem_type(name: str) -> str:
    return f"urn:problem:micro-credentials:{name}"


def problem(name: str, status: HTTPStatus, language: str, **values: Any) -> Problem:
    """A problem of one of our kinds, in words.yml."""
    detail = say(f"problems/{name}/detail", language, **values)
    title = say(f"problems/{name}/title", language)
    return Problem(type=problem_type(name), title=title, status=status, detail=detail)


def http_problem(status: int, language: str) -> Problem:
    """Any other refusal of HTTP's own."""
    title = say("problems/http/title", language)
    phrase = HTTPStatus(status).phrase
    return Problem(type="about:blank", title=title, status=status, detail=phrase)


def suggestion(given: str, known: Iterable[str]) -> str | None:
    near = process.extractOne(given, list(known), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    return near[0] if near else None


def _expected(context: Mapping[str, Any]) -> list[str]:
    """The values of a closed list, out of pydantic's English sentence."""
    return QUOTED.findall(str(context.get("expected", "")))


def _whole(value: Any) -> Any:
    """A limit without the point that pydantic gives it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _reason(kind: str, context: Mapping[str, Any], language: str) -> str:
    known = kind if has(f"refusals/{kind}") else "other"
    limits = {name: _whole(value) for name, value in context.items()}
    said = {"most": MOST_RESULTS, **limits, "expected": ", ".join(_expected(context))}
    return say(f"refusals/{known}", language, **said)


def _echo(value: Any) -> str | None:
    return None if value is None else str(value)[:LONGEST_ECHO]


def _candidates(error: ErrorDetails, names: Iterable[str]) -> Iterable[str]:
    """What the caller may have meant: another name, or another value of the list."""
    if error["type"] == "extra_forbidden":
        return names
    return _expected(error.get("ctx", {}))


def _meant(error: ErrorDetails, names: Iterable[str]) -> str | None:
    if error["type"] not in ("extra_forbidden", "literal_error"):
        return None
    given = str(error["loc"][0]) if error["type"] == "extra_forbidden" else str(error["input"])
    return suggestion(given, _candidates(error, names))


def parameter_problem(error: ErrorDetails, names: Iterable[str], language: str) -> ParameterProblem:
    """One of pydantic's errors in people's words."""
    reason = _reason(error["type"], error.get("ctx", {}), language)
    meant = _meant(error, names)
    hint = " " + say("did_you_mean", language, name=meant) if meant else ""
    return ParameterProblem(
        parameter=str(error["loc"][0]), value=_echo(error["input"]), reason=reason + hint, suggestion=meant
    )


def repeated_problem(name: str, language: str) -> ParameterProblem:
    return ParameterProblem(parameter=name, reason=_reason("repeated", {}, language))


def paging_problem(page: int, language: str) -> ParameterProblem:
    return ParameterProblem(parameter="page", value=str(page), reason=_reason("beyond_paging", {}, language))


def parameters_problem(errors: Iterable[ParameterProblem], language: str) -> Problem:
    """One problem that names every wrong parameter."""
    named = tuple(errors)
    title = say("problems/invalid-parameters/title", language)
    detail = "; ".join(f"{error.parameter}: {error.reason}" for error in named)
    kind = problem_type("invalid-parameters")
    return Problem(type=kind, title=title, status=HTTPStatus.BAD_REQUEST, detail=detail, errors=named)
