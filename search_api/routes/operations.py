"""`/healthz` and `/readyz`: is this process alive, and can it answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Literal

from flask import Response, jsonify
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from mappings.record import Record
from search_api.documented import Responses, documented
from search_api.engine import EngineUnavailableError, NoIndexError
from search_api.service import TRIAL, FingerprintError, SearchService
from search_api.web import service

TAG = Tag(name="operations", description="For operators / Pour les exploitants")
State = Literal["up", "down", "unknown"]


class Health(Record):
    status: Literal["up"]


class Readiness(Record):
    """`ready` is false when searches cannot be answered; without the encoder they are answered by words only."""

    ready: bool
    engine: State
    alias: State
    fingerprint: State
    search: State
    encoder: State
    degraded: tuple[str, ...] = ()
    index: str | None = None
    listings: int | None = None
    built: str | None = None


def _engine(found: SearchService) -> dict[str, object]:
    """How far the way from the engine to a usable index goes."""
    try:
        served = found.usable()
    except EngineUnavailableError:
        return {"engine": "down", "alias": "unknown", "fingerprint": "unknown"}
    except FingerprintError as error:
        return {"engine": "up", "alias": "up", "fingerprint": "down", "index": str(error)}
    except NoIndexError:
        return {"engine": "up", "alias": "down", "fingerprint": "unknown"}
    meta = served.meta
    known = {"index": served.name, "listings": meta.listings, "built": meta.built.isoformat()}
    return {"engine": "up", "alias": "up", "fingerprint": "up", **known}


def _search(found: SearchService) -> State:
    """Whether searches are answered: as the last one was or, where it was not, by one asked now."""
    try:
        return "up" if found.answers or found.search(TRIAL) else "down"
    except (EngineUnavailableError, NoIndexError):
        return "down"


def readiness(found: SearchService) -> Readiness:
    """What works now; looked up afresh, so that a probe never reads an old answer."""
    found.engine.forget()
    states = _engine(found)
    search: State = _search(found) if states["fingerprint"] == "up" else "unknown"
    encoder = "up" if found.encoder.vector("ready") is not None else "down"
    degraded = () if encoder == "up" else ("semantic",)
    return Readiness.model_validate(
        {**states, "search": search, "ready": search == "up", "encoder": encoder, "degraded": degraded}
    )


def _healthz() -> Response:
    """Whether this process answers / Ce processus répond"""
    return jsonify(Health(status="up").model_dump())


def _readyz() -> Response:
    """Searches can be answered / Les recherches peuvent être traitées"""
    found = readiness(service())
    response = jsonify(found.model_dump(exclude_none=True))
    response.status_code = HTTPStatus.OK if found.ready else HTTPStatus.SERVICE_UNAVAILABLE
    response.cache_control.no_store = True
    return response


ROUTES: dict[str, tuple[str, Callable[[], Response], Responses]] = {
    "/healthz": ("getHealth", _healthz, {200: Health}),
    "/readyz": ("getReadiness", _readyz, {200: Readiness, 503: Readiness}),
}


def operations_blueprint() -> APIBlueprint:
    """The routes."""
    blueprint = APIBlueprint("operations", __name__, abp_tags=[TAG])
    for path, (name, view, responses) in ROUTES.items():
        blueprint.get(path, operation_id=name, responses=responses)(documented(view))
    return blueprint
