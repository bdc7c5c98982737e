"""Wrong members of a JSON body as problem details: each with a JSON pointer (RFC 6901, as a URI fragment)."""

from collections.abc import Iterable
from http import HTTPStatus

from pydantic import Field
from pydantic_core import ErrorDetails

from search_api.plans.words import has, say
from search_api.problems import ParameterProblem, Problem, parameter_problem, problem_type


class MemberProblem(ParameterProblem):
    """One wrong member of a body."""

    pointer: str = Field(description="JSON pointer to the member, such as #/have_skills/2")


class BodyProblem(Problem):
    """A body that cannot be used; `errors` names every wrong member."""

    errors: tuple[MemberProblem, ...] = ()


class BodyError(ValueError):
    """A body cannot be used; `problems` names each wrong member."""

    def __init__(self, problems: tuple[MemberProblem, ...]) -> None:
        super().__init__(", ".join(problem.pointer for problem in problems))
        self.problems = problems


def pointer(place: Iterable[str | int]) -> str:
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)


def member_problem(error: ErrorDetails, names: Iterable[str], language: str) -> MemberProblem:
    """One of pydantic's errors in people's words."""
    place = error["loc"]
    said = parameter_problem({**error, "loc": place or ("",)}, names, language)
    if has("refusals", error["type"]):
        hint = f" {_meant(said.suggestion, language)}" if said.suggestion else ""
        reason = say("refusals", error["type"], language, **error.get("ctx", {})) + hint
        said = said.model_copy(update={"reason": reason})
    shown = said.value if isinstance(error["input"], str | int | float) and place else None
    return MemberProblem(
        parameter=said.parameter, value=shown, reason=said.reason, suggestion=said.suggestion, pointer=pointer(place)
    )


def _meant(name: str, language: str) -> str:
    return say("refusals", "did_you_mean", language, name=name)


def body_problem(errors: Iterable[MemberProblem], language: str) -> BodyProblem:
    """One problem that names every wrong member."""
    named = tuple(errors)
    detail = "; ".join(f"{error.pointer}: {error.reason}" for error in named)
    title = say("problems", "invalid-body/title", language)
    return BodyProblem(
        type=problem_type("invalid-body"), title=title, status=HTTPStatus.BAD_REQUEST, detail=detail, errors=named
    )


def refused(name: str, status: HTTPStatus, language: str, **values: int) -> Problem:
    """A body that is not looked into at all."""
    title, detail = (say("problems", f"{name}/{part}", language, **values) for part in ("title", "detail"))
    return Problem(type=problem_type(name), title=title, status=status, detail=detail)
