"""What a fresh worker does before anybody asks: one search, and reading the suggestions."""

import threading
import time

import structlog

from search_api.engine import EngineUnavailableError, NoIndexError
from search_api.service import TRIAL, SearchService
from search_api.suggest.suggester import Suggester

log = structlog.get_logger()
# Where gunicorn's settings find it among the application's extensions.
WARM = "warm"
SECONDS_BETWEEN_TRIES = 1.0


def _tried(service: SearchService, suggester: Suggester) -> bool:
    try:
        service.search(TRIAL)
        suggester.edition()
    except (EngineUnavailableError, NoIndexError):
        return False
    return True


def _warm(service: SearchService, suggester: Suggester) -> None:
    """Until there is an index to answer from."""
    while not _tried(service, suggester):
        time.sleep(SECONDS_BETWEEN_TRIES)
    log.info("warm")


def warm(service: SearchService, suggester: Suggester) -> threading.Thread:
    """Begins in the background, in the process that is to answer: after the fork. What goes wrong is tried again."""
    thread = threading.Thread(target=_warm, args=(service, suggester), daemon=True)
    thread.start()
    return thread
