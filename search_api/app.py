"""The application: settings in, a WSGI app out. Makes no connection until the first request."""

import logging
from functools import partial

import structlog
from flask import Response
from flask_compress import Compress
from flask_cors import CORS
from flask_openapi.models.info import Info
from flask_openapi.openapi import OpenAPI

from mappings.contract import listing_contract
from mappings.knowledge import knowledge
from search_api.cors import resources
from search_api.encoding import QueryEncoder
from search_api.engine import Engine
from search_api.error_handlers import register_error_handlers
from search_api.held import Held
from search_api.occupations.held import HeldFigures
from search_api.problems import Problem
from search_api.request_log import log_requests
from search_api.request_parsing import RequestParser
from search_api.routes.credentials import credentials_blueprint
from search_api.routes.documents import documents_blueprint
from search_api.routes.occupations import occupations_blueprint
from search_api.routes.operations import operations_blueprint
from search_api.routes.pages import pages_blueprint
from search_api.routes.plans import plans_blueprint
from search_api.routes.suggest import SUGGESTER, suggest_blueprint
from search_api.routes.usage import usage_blueprint
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from search_api.suggest.suggester import Suggester
from search_api.titles import other_titles
from search_api.titles.held_vectors import HeldVectors
from search_api.usage.keeper import kept_by_the_server
from search_api.usage.usage import USAGE, usage_of
from search_api.warming import WARM, warm
from search_api.web import PARSER, REQUEST_ID, SERVICE, AnswerJson, RawRequest, request_id

VERSION = "1.0.0"
OPENAPI_VERSION = "3.1.0"
INFO = Info(
    title="Micro-credential discovery / Découverte de microcertifications",
    version=VERSION,
    description=(
        "Type a job title, a skill, a tool or any words, in English or French; get ranked micro-credentials, each with "
        "its reasons. / Tapez un titre d'emploi, une compétence, un outil ou des mots, en français ou en anglais; "
        "obtenez des microcertifications classées, chacune avec ses raisons."
    ),
)
# Nothing is loaded from elsewhere and no script stands in a page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAFETY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def _headers(response: Response) -> Response:
    response.headers[REQUEST_ID] = request_id()
    for name, value in SAFETY.items():
        response.headers.setdefault(name, value)
    return response


# The engine's client writes whole requests, queries included, to these loggers at its lower levels.
TALKATIVE = ("opensearch", "opensearchpy.trace")


def _logging(level: str) -> None:
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
    )


def search_service(settings: ReaderSettings) -> SearchService:
    """The service of these settings, its encoder loaded."""
    encoder = QueryEncoder(settings.embedding_model, settings.centring)
    encoder.load()
    return SearchService(
        Engine(settings),
        encoder,
        listing_contract(),
        knowledge(),
        exact_up_to=settings.exact_up_to,
        held=Held(HeldFigures(settings.reference_file), HeldVectors(settings.occupation_vectors)),
    )


def create_app(settings: ReaderSettings | None = None, service: SearchService | None = None) -> OpenAPI:
    """The application. `service` may be given to share a loaded encoder."""
    settings = settings or ReaderSettings()
    _logging(settings.log_level)
    app = OpenAPI("search_api", info=INFO, doc_ui=False, validation_error_model=Problem, validation_error_status=400)
    app.request_class = RawRequest
    app.openapi_version = OPENAPI_VERSION
    app.json = AnswerJson(app)
    service = service or search_service(settings)
    app.extensions[SERVICE] = service
    suggester = Suggester(
        service,
        lambda: other_titles(service.knowledge, service.figures.current().reference),
        lambda: service.figures.current().reference,
    )
    app.extensions |= {SUGGESTER: suggester, WARM: partial(warm, service, suggester)}
    usage = usage_of(settings)
    app.extensions |= {USAGE: usage, **kept_by_the_server(usage.recorder)}
    app.extensions[PARSER] = RequestParser(
        listing_contract(), experiments=settings.experiments, regions=service.regions
    )
    app.register_api(credentials_blueprint(listing_contract(), experiments=settings.experiments))
    app.register_api(occupations_blueprint())
    app.register_api(plans_blueprint())
    app.register_api(suggest_blueprint())
    app.register_api(operations_blueprint())
    app.register_api(usage_blueprint())
    app.register_blueprint(documents_blueprint())
    app.register_blueprint(pages_blueprint())
    register_error_handlers(app)
    app.after_request(_headers)
    log_requests(app)
    Compress(app)
    if settings.cors_origins:
        CORS(app, origins=list(settings.cors_origins), resources=resources(REQUEST_ID), expose_headers=[REQUEST_ID])
    return app
