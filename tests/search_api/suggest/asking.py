"""How the tests ask for suggestions."""

from typing import Any

from flask.testing import FlaskClient

from search_api.app import create_app
from search_api.routes.suggest import SUGGESTER, suggest_blueprint
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from search_api.suggest.suggester import Suggester
from tests.search_api.asking import Json, ask

SUGGEST = "/v1/suggest"


def with_suggestions(settings: ReaderSettings, service: SearchService) -> FlaskClient:
    """The API with the route of suggestions."""
    app = create_app(settings, service)
    if "suggest" not in app.blueprints:
        app.register_api(suggest_blueprint())
    app.extensions[SUGGESTER] = Suggester(service)
    return app.test_client()


def suggestions(api: FlaskClient, q: str, **parameters: Any) -> list[Json]:
    found: list[Json] = ask(api, SUGGEST, q=q, **parameters)["suggestions"]
    return found


def texts(found: list[Json]) -> list[str]:
    return [suggestion["text"] for suggestion in found]
