"""`/v1/plans`: a sequence of listings that covers what an occupation needs, within one's limits."""

from http import HTTPStatus
from typing import Literal

from flask import Response, current_app, jsonify, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Described

from mappings.contract import LANGUAGES, Language
from search_api.documented import PROBLEM_SCHEMA, Responses, documented, problem_responses
from search_api.parameters import described
from search_api.plans.naming import Namer
from search_api.plans.plan_view import PlanAnswer
from search_api.plans.planner import Planner
from search_api.plans.refusals import BodyError, BodyProblem, body_problem, refused
from search_api.plans.request import MOST_BYTES, Asked, PlanRequest, parsed
from search_api.problems import MEDIA_TYPE
from search_api.web import language, parser, problem_response, service

PLANNER = "planner"
TAG = Tag(name="plans", description="Plans of several micro-credentials / Plans de plusieurs microcertifications")


def _refused_body() -> Responses:
    """A 400 is of the address, as everywhere, or of the body, with a pointer to each wrong member."""
    schema = BodyProblem.model_json_schema(mode="serialization")
    # Referenced definitions would have to stand in the document's own components.
    schema["properties"]["errors"]["items"] = schema.pop("$defs")["MemberProblem"]
    content = {MEDIA_TYPE: {"schema": {"anyOf": [PROBLEM_SCHEMA, schema]}}}
    return {int(HTTPStatus.BAD_REQUEST): {"description": HTTPStatus.BAD_REQUEST.phrase, "content": content}}


PROBLEMS = _refused_body() | problem_responses(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


class PlanQuery(BaseModel):
    """The parameters of the address; all else is in the body."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal[LANGUAGES] | None = Described(default=None, description=described("parameters/lang"))  # type: ignore[valid-type] # the contract's


def _too_large() -> Response:
    return problem_response(refused("body-too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, language(), most=MOST_BYTES))


def _unreadable() -> str | None:
    """What keeps the body from being read as JSON, by its headers."""
    if not request.is_json:
        return "not-json"
    return "encoded-body" if request.headers.get("Content-Encoding", "identity").lower() != "identity" else None


def _planner() -> Planner:
    """The application's own, which remembers what it has read."""
    found: Planner = current_app.extensions.setdefault(PLANNER, Planner(service()))
    return found


def _answered(asked: Asked, spoken: Language) -> Response:
    found = _planner().plan(asked, spoken)
    response = jsonify(found.model_dump(mode="json", exclude_none=True))
    response.content_language.add(spoken)
    response.vary.add("Accept-Language")
    # What one has and earns towards is nobody else's.
    response.cache_control.no_store = True
    return response


def _plan() -> Response:
    """Plan a sequence of micro-credentials / Planifier une suite de microcertifications"""
    parser().check(PlanQuery, request.args, language())
    if why := _unreadable():
        return problem_response(refused(why, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, language()))
    if (request.content_length or 0) > MOST_BYTES:
        return _too_large()
    # A body sent in chunks states no length: no more than one byte too many is read of it.
    body = request.stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return _too_large()
    try:
        asked = parsed(body, Namer(service(), language()), service().today(), language())
    except BodyError as error:
        return problem_response(body_problem(error.problems, language()))
    return _answered(asked, asked.request.lang or language())


def plans_blueprint() -> APIBlueprint:
    blueprint = APIBlueprint("plans", __name__, url_prefix="/v1/plans", abp_tags=[TAG])
    plan = documented(_plan, query=PlanQuery, body=PlanRequest)
    blueprint.post("", operation_id="planCredentials", responses={200: PlanAnswer, **PROBLEMS})(plan)
    return blueprint
