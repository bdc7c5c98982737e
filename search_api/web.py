"""What the routes share: the language and id of a request, and JSON answers in that language."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import orjson
from flask import Request, Response, current_app, g, jsonify, request
from flask.json.provider import DefaultJSONProvider

from mappings.contract import Language
from search_api.problems import MEDIA_TYPE, Problem
from search_api.request_parsing import RequestParser, language_of
from search_api.service import SearchService
from search_api.usage.usage import USAGE, Usage

REQUEST_ID = "X-Request-ID"
# An id from a caller is logged and sent back, so it may hold nothing that breaks a log line or a header.
ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SERVICE = "search_service"
PARSER = "request_parser"
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class RawRequest(Request):
    """A request whose query string may hold bytes that ought to be percent-encoded and need not be UTF-8."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.query_string = BEYOND_ASCII.sub(lambda found: b"%%%02X" % ord(found.group()), self.query_string)


class AnswerJson(DefaultJSONProvider):
    """JSON in answers, members in the order they were given, by a faster library than the standard one."""

    def dumps(self, obj: Any, *, default: Callable[[Any], Any] | None = None, **_options: Any) -> str:
        return orjson.dumps(obj, default=default or self.default).decode()

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        return orjson.loads(s)


def service() -> SearchService:
    found: SearchService = current_app.extensions[SERVICE]
    return found


def parser() -> RequestParser:
    found: RequestParser = current_app.extensions[PARSER]
    return found


def usage() -> Usage:
    found: Usage = current_app.extensions[USAGE]
    return found


def language() -> Language:
    return language_of(request.args.get("lang"), request.accept_languages)


def request_id() -> str:
    """The caller's id if it is harmless, else one of ours; the same throughout a request."""
    if "request_id" not in g:
        given = request.headers.get(REQUEST_ID, "")
        g.request_id = given if ACCEPTABLE_ID.fullmatch(given) else uuid.uuid4().hex
    found: str = g.request_id
    return found


def in_language(response: Response) -> Response:
    """Says which language the answer is in, and that it depends on the request's."""
    response.content_language.add(language())
    response.vary.add("Accept-Language")
    return response


def answer(body: dict[str, Any]) -> Response:
    return in_language(jsonify(body))


def problem_response(found: Problem, headers: dict[str, str] | None = None) -> Response:
    """A problem with the request's path and id."""
    body = found.model_copy(update={"instance": request.path, "request_id": request_id()})
    response = jsonify(body.model_dump(exclude_none=True, exclude_defaults=True, mode="json") | {"type": body.type})
    response.status_code = found.status
    response.content_type = MEDIA_TYPE
    response.headers.update(headers or {})
    response.headers["Cache-Control"] = "no-store"
    return in_language(response)
