"""`/openapi.json` and `/docs`: what this API offers, for programs and for people, without any other site."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import flask_openapi_swagger
from flask import Blueprint, Response, current_app, jsonify, render_template, send_from_directory

from search_api.web import language
from search_api.words import say

if TYPE_CHECKING:
    from flask_openapi.openapi import OpenAPI

SWAGGER = Path(flask_openapi_swagger.__file__).parent / "templates" / "swagger"
SECONDS_CACHED = 3600


def _openapi() -> Response:
    app = cast("OpenAPI", current_app)
    document: dict[str, Any] = app.api_doc
    response = jsonify(document)
    response.cache_control.max_age = SECONDS_CACHED
    return response


def _docs() -> str:
    return render_template("docs.html", lang=language(), title=say("page/docs_title", language()))


def _asset(name: str) -> Response:
    return send_from_directory(SWAGGER, name, max_age=SECONDS_CACHED)


def documents_blueprint() -> Blueprint:
    """The routes."""
    blueprint = Blueprint("documents", __name__)
    blueprint.add_url_rule("/openapi.json", "openapi", _openapi)
    blueprint.add_url_rule("/docs", "docs", _docs)
    blueprint.add_url_rule("/docs/assets/<path:name>", "asset", _asset)
    return blueprint
