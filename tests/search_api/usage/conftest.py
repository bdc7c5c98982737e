"""An API that counts into a folder of its own."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search_api.app import create_app
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from search_api.usage.recorder import Recorder
from search_api.usage.usage import USAGE
from tests.search_api.usage.making import Clock, recorder_in


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def recorder(tmp_path: Path, clock: Clock) -> Recorder:
    return recorder_in(tmp_path, clock)


@pytest.fixture
def counting(town_settings: ReaderSettings, town_service: SearchService, tmp_path: Path) -> FlaskClient:
    """The API over the hand-made catalogue."""
    return create_app(town_settings.model_copy(update={"usage_dir": tmp_path}), town_service).test_client()


@pytest.fixture
def counting_at(counting: FlaskClient, clock: Clock) -> Clock:
    """The clock of that API."""
    counting.application.extensions[USAGE].recorder.now = clock
    return clock
