"""Every error's way into a problem: typed where it is raised, put into words here once."""

import traceback
from http import HTTPStatus

import structlog
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from search_api.engine import EngineUnavailableError, NoIndexError
from search_api.problems import Problem, http_problem, parameters_problem, problem
from search_api.request_parsing import ParametersError
from search_api.routes.pages import page, wants_page
from search_api.service import FingerprintError, UnknownListingError
from search_api.usage.links import LinkError, ListingGoneError
from search_api.usage.recorder import UnkeptError
from search_api.web import language, problem_response, request_id
from search_api.words import say

log = structlog.get_logger()
# The engine is asked anew at every request, so a caller may come back soon.
RETRY_AFTER = {"Retry-After": "3"}


def _respond(found: Problem, headers: dict[str, str] | None = None) -> Response:
    """A problem for programs, or a page for a person who opened one."""
    if not wants_page():
        return problem_response(found, headers)
    response = page("problem.html", found.status, problem=found)
    response.headers.update(headers or {})
    return response


def wrong_parameters(error: ParametersError) -> Response:
    return _respond(parameters_problem(error.problems, language()))


def engine_away(error: EngineUnavailableError) -> Response:
    log.warning("engine_unavailable", error=str(error))
    found = problem("engine-unavailable", HTTPStatus.SERVICE_UNAVAILABLE, language())
    return _respond(found, RETRY_AFTER)


def not_ready_reason(error: NoIndexError) -> str:
    return "fingerprint" if isinstance(error, FingerprintError) else "no-index"


def not_ready(error: NoIndexError) -> Response:
    log.warning("index_not_ready", error=str(error))
    reason = say(f"reasons_not_ready/{not_ready_reason(error)}", language())
    found = problem("index-not-ready", HTTPStatus.SERVICE_UNAVAILABLE, language(), reason=reason)
    return _respond(found, RETRY_AFTER)


def unknown_listing(error: UnknownListingError) -> Response:
    found = problem("listing-not-found", HTTPStatus.NOT_FOUND, language(), id=str(error)[:100])
    return _respond(found)


def unsigned_link(_error: LinkError) -> Response:
    return _respond(problem("link-not-signed", HTTPStatus.BAD_REQUEST, language()))


def listing_gone(_error: ListingGoneError) -> Response:
    return _respond(problem("listing-gone", HTTPStatus.GONE, language()))


def usage_unkept(_error: UnkeptError) -> Response:
    return _respond(problem("usage-not-kept", HTTPStatus.SERVICE_UNAVAILABLE, language()))


def http_error(error: HTTPException) -> Response:
    """404, 405 and the rest that Flask itself refuses with; redirects it lets through."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    names = {HTTPStatus.NOT_FOUND: "not-found", HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed"}
    name = names.get(status)
    found = problem(name, status, language()) if name else http_problem(status, language())
    allowed = dict(error.get_headers()).get("Allow")
    return _respond(found, {"Allow": allowed} if allowed else None)


def _trace(error: BaseException | None) -> str:
    """Where an error and its causes arose, without their messages: those may quote what a learner typed."""
    if error is None:
        return ""
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"{_trace(error.__cause__ or error.__context__)}{places}{type(error).__name__}\n"


def unexpected(error: Exception) -> Response:
    """A fault of ours: logged with its trace, told to the caller by its request id only."""
    log.error("unexpected_error", trace=_trace(error), request_id=request_id())
    found = problem("internal-error", HTTPStatus.INTERNAL_SERVER_ERROR, language(), request_id=request_id())
    return _respond(found)


def register_error_handlers(app: Flask) -> None:
    app.register_error_handler(ParametersError, wrong_parameters)
    app.register_error_handler(EngineUnavailableError, engine_away)
    app.register_error_handler(NoIndexError, not_ready)
    app.register_error_handler(UnknownListingError, unknown_listing)
    app.register_error_handler(LinkError, unsigned_link)
    app.register_error_handler(ListingGoneError, listing_gone)
    app.register_error_handler(UnkeptError, usage_unkept)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, unexpected)
