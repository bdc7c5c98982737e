"""`/v1/credentials`: search, and one listing by id."""

from http import HTTPStatus
from typing import Literal

from flask import Response, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Described

from mappings.contract import LANGUAGES, Contract
from mappings.reference import ONTARIO
from search_api.answer import answer_models
from search_api.documented import documented, problem_responses
from search_api.parameters import Code, described, parameters_model
from search_api.routes.usage import noted
from search_api.web import answer, language, parser, service, usage

TAG = Tag(name="credentials", description="Micro-credentials / Microcertifications")
# Long enough to take a crowd's load off the engine, short enough that a reload is seen soon.
SECONDS_CACHED = 60
SEARCH_PROBLEMS = problem_responses(
    HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE
)
LISTING_PROBLEMS = SEARCH_PROBLEMS | problem_responses(HTTPStatus.NOT_FOUND)


class ListingPath(BaseModel):
    id: str = Described(description="The listing's id / L'identifiant de l'offre")


class ListingQuery(BaseModel):
    """The parameters of one listing."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal[LANGUAGES] | None = Described(default=None, description=described("parameters/lang"))  # type: ignore[valid-type] # the contract's
    region: Code = Described(default=ONTARIO, description=described("parameters/region"))


def _cached(response: Response) -> Response:
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS_CACHED
    return response


def _search() -> Response:
    """Search micro-credentials / Chercher des microcertifications"""
    asked = parser().parse(request.args, language())
    found = noted(asked, service().search(asked), "api")
    response = answer(found)
    return response if found["degraded"] else _cached(response)


def _listing(id: str) -> Response:  # noqa: A002 - the address's own word
    """One micro-credential / Une microcertification"""
    parser().check(ListingQuery, request.args, language())
    region = ListingQuery.model_validate(request.args.to_dict()).region
    found = service().listing(id, language(), region)
    return _cached(answer(usage().with_out(found, "api", language())))


def credentials_blueprint(contract: Contract, *, experiments: bool) -> APIBlueprint:
    """The routes, described by the contract."""
    listing_model, answer_model = answer_models(contract)
    blueprint = APIBlueprint("credentials", __name__, url_prefix="/v1/credentials", abp_tags=[TAG])
    search = documented(_search, query=parameters_model(contract, experiments=experiments))
    listing = documented(_listing, path=ListingPath, query=ListingQuery)
    blueprint.get("", operation_id="searchCredentials", responses={200: answer_model, **SEARCH_PROBLEMS})(search)
    blueprint.get("/<id>", operation_id="getCredential", responses={200: listing_model, **LISTING_PROBLEMS})(listing)
    return blueprint
