"""`/out`: a listing's page at its institution, counted; `/metrics`: the counters. And what other routes count by."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, redirect, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import Field as Described
from werkzeug.exceptions import NotFound

from search_api.documented import Responses, documented, problem_responses
from search_api.routes.operations import TAG as OPERATIONS
from search_api.search_request import SearchRequest
from search_api.usage.counts import Surface
from search_api.usage.exposition import CONTENT_TYPE, exposition
from search_api.usage.links import PATH, Visit
from search_api.usage.target import target_of
from search_api.web import service, usage

TAG = Tag(name="links", description="Links out / Liens sortants")
METRICS = "/metrics"
# What browsers send when nobody has clicked yet.
AHEAD_OF_A_CLICK = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
PROBLEMS = problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.GONE, HTTPStatus.INTERNAL_SERVER_ERROR)
# The institution may learn which service sent somebody, never what was searched for.
NOT_TO_BE_KEPT = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


class SignedVisit(Visit):
    """The parameters of a link out, as answers hold it."""

    signature: str = Described(description="HMAC-SHA256 over the others / HMAC-SHA256 des autres paramètres")


def is_somebodys() -> bool:
    """Whether a person is waiting for this answer: no look ahead by a browser, no HEAD of a link checker."""
    return request.method == "GET" and not any(request.headers.get(name) for name in AHEAD_OF_A_CLICK)


def noted(asked: SearchRequest, answer: Mapping[str, Any], surface: Surface) -> dict[str, Any]:
    """The answer with ways out, once it is counted."""
    if is_somebodys():
        usage().count_search(asked, answer, surface)
    return usage().all_with_out(answer, surface, asked.language)


def _out() -> Response:
    """Go to a listing's page at its institution / Aller à la page d'une offre chez l'établissement"""
    visit = usage().links.visit(request.args.to_dict())
    response = redirect(target_of(visit, service()), HTTPStatus.FOUND)
    if is_somebodys():
        usage().count_click(visit)
    # Its body would be a sentence in English.
    response.set_data(b"")
    response.headers.update(NOT_TO_BE_KEPT)
    return response  # type: ignore[return-value] # Flask's own class


def _metrics() -> Response:
    """Counters of use for a monitoring system / Compteurs d'utilisation pour un système de surveillance"""
    recorder = usage().recorder
    if recorder is None:
        raise NotFound
    response = Response(exposition(recorder.totals()), content_type=CONTENT_TYPE)
    response.cache_control.no_store = True
    return response


FOUND: Responses = {302: {"description": "To the institution's page / Vers la page de l'établissement"}}
COUNTED: Responses = {200: {"description": "Prometheus text / Texte Prometheus", "content": {"text/plain": {}}}}
METRICS_PROBLEMS = problem_responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)


def usage_blueprint() -> APIBlueprint:
    """The routes."""
    blueprint = APIBlueprint("usage", __name__)
    out = documented(_out, query=SignedVisit)
    blueprint.get(PATH, operation_id="followLink", tags=[TAG], responses={**FOUND, **PROBLEMS})(out)
    blueprint.get(METRICS, operation_id="getMetrics", tags=[OPERATIONS], responses={**COUNTED, **METRICS_PROBLEMS})(
        documented(_metrics)
    )
    return blueprint
