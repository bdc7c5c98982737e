"""One log line per request. Never the query: people type names and addresses into search boxes."""

import time

import structlog
from flask import Flask, Response, g, request

from search_api.web import language, parser, request_id

log = structlog.get_logger()
# Probes come every few seconds and say nothing.
SILENT = frozenset({"/healthz", "/readyz", "/metrics"})


def _start() -> None:
    g.started = time.monotonic()


def _finish(response: Response) -> Response:
    if request.path not in SILENT:
        log.info(
            "request",
            method=request.method,
            route=str(request.url_rule) if request.url_rule else None,
            status=response.status_code,
            language=language(),
            query_characters=len(request.args.get("q", "")),
            parameters=sorted(set(request.args) & _known()),
            ms=round((time.monotonic() - g.started) * 1000),
            request_id=request_id(),
        )
    return response


def _known() -> set[str]:
    """Names of parameters, ours only: an unknown name is text from outside."""
    return set(parser().model.model_fields)


def log_requests(app: Flask) -> None:
    app.before_request(_start)
    app.after_request(_finish)
