"""`/v1/suggest`: what the words being typed may become, each with how many listings it leads to."""

from http import HTTPStatus

from flask import Response, current_app, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from search_api.documented import documented, problem_responses
from search_api.suggest.answer import SuggestAnswer
from search_api.suggest.request import SuggestQuery, parsed
from search_api.suggest.suggester import Suggester
from search_api.web import answer, language

TAG = Tag(name="suggest", description="Completion while typing / Complétion pendant la frappe")
# Where the application keeps the suggester.
SUGGESTER = "suggester"
SECONDS_CACHED = 60
PROBLEMS = problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)


def suggester() -> Suggester:
    found: Suggester = current_app.extensions[SUGGESTER]
    return found


def _suggest() -> Response:
    """Complete what is being typed / Compléter ce qui est en train d'être tapé"""
    asked = parsed(request.args.to_dict(flat=False), language())
    found = suggester().suggest(asked, language())
    response = answer(found.model_dump(mode="json", exclude_none=True))
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS_CACHED
    return response


def suggest_blueprint() -> APIBlueprint:
    blueprint = APIBlueprint("suggest", __name__, url_prefix="/v1/suggest", abp_tags=[TAG])
    suggest = documented(_suggest, query=SuggestQuery)
    blueprint.get("", operation_id="suggest", responses={200: SuggestAnswer, **PROBLEMS})(suggest)
    return blueprint
