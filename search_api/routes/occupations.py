"""`/v1/occupations`: occupations by title, and one by its NOC code."""

from http import HTTPStatus
from typing import Literal

from flask import Response, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Described

from mappings.contract import LANGUAGES
from mappings.reference import ONTARIO
from search_api.documented import documented, problem_responses
from search_api.occupations.answers import OccupationAnswer, OccupationsAnswer
from search_api.occupations.directory import OccupationDirectory, Page, UnknownOccupationError
from search_api.occupations.figures import View
from search_api.parameters import LONGEST_QUERY, MOST_PER_PAGE, PER_PAGE, Code, clean_text, described
from search_api.problems import problem
from search_api.web import answer, language, parser, problem_response, service

TAG = Tag(name="occupations", description="Occupations / Professions")
# As long as searches are: an import and a reload are seen soon.
SECONDS_CACHED = 60
PROBLEMS = problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
NOT_FOUND = problem_responses(HTTPStatus.NOT_FOUND)
MOST_PAGES = 1000


class OccupationPath(BaseModel):
    noc: str = Described(description="NOC 2021 code of five digits / Code CNP 2021 à cinq chiffres")


class OccupationQuery(BaseModel):
    """The parameters of one occupation."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal[LANGUAGES] | None = Described(default=None, description=described("parameters/lang"))  # type: ignore[valid-type] # the contract's
    region: Code = Described(default=ONTARIO, description=described("parameters/region"))


class OccupationsQuery(OccupationQuery):
    """The parameters of the list."""

    q: str = Described(default="", max_length=LONGEST_QUERY, description=described("parameters/title"))
    page: int = Described(default=1, ge=1, le=MOST_PAGES, description=described("parameters/page"))
    per_page: int = Described(default=PER_PAGE, ge=1, le=MOST_PER_PAGE, description=described("parameters/per_page"))


def _answer(found: View) -> Response:
    response = answer(found)
    if not found["degraded"]:
        response.cache_control.public = True
        response.cache_control.max_age = SECONDS_CACHED
    return response


def _occupations() -> Response:
    """Occupations by title / Professions selon le titre"""
    parser().check(OccupationsQuery, request.args, language())
    given = OccupationsQuery.model_validate(request.args.to_dict())
    asked = service().asked(given.region, language())
    found = OccupationDirectory(service()).find(clean_text(given.q), asked, Page(given.page, given.per_page))
    return _answer(found)


def _occupation(noc: str) -> Response:
    """One occupation / Une profession"""
    parser().check(OccupationQuery, request.args, language())
    given = OccupationQuery.model_validate(request.args.to_dict())
    return _answer(OccupationDirectory(service()).one(noc, service().asked(given.region, language())))


def _unknown(error: UnknownOccupationError) -> Response:
    return problem_response(problem("occupation-not-found", HTTPStatus.NOT_FOUND, language(), code=str(error)[:100]))


def occupations_blueprint() -> APIBlueprint:
    """The routes."""
    blueprint = APIBlueprint("occupations", __name__, url_prefix="/v1/occupations", abp_tags=[TAG])
    blueprint.register_error_handler(UnknownOccupationError, _unknown)
    listed = documented(_occupations, query=OccupationsQuery)
    one = documented(_occupation, path=OccupationPath, query=OccupationQuery)
    blueprint.get("", operation_id="findOccupations", responses={200: OccupationsAnswer, **PROBLEMS})(listed)
    blueprint.get("/<noc>", operation_id="getOccupation", responses={200: OccupationAnswer, **PROBLEMS, **NOT_FOUND})(
        one
    )
    return blueprint
