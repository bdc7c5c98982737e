"""Suggestions over the sample catalogue, over the hand-made one, and with the engine behind a relay that fails."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mappings.knowledge import Knowledge
from search_api.encoding import QueryEncoder
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from tests.conftest import reader_settings
from tests.search_api.conftest import reader
from tests.search_api.fault_proxy import FaultProxy
from tests.search_api.suggest.asking import with_suggestions


@pytest.fixture(scope="session")
def sample(engine_url: str, encoder_folder: Path, sample_prefix: str, sample_service: SearchService) -> FlaskClient:
    return with_suggestions(reader_settings(engine_url, encoder_folder, sample_prefix), sample_service)


@pytest.fixture(scope="session")
def small_town(town_settings: ReaderSettings, town_service: SearchService) -> FlaskClient:
    return with_suggestions(town_settings, town_service)


@pytest.fixture
def shaky(
    proxy: FaultProxy, town_settings: ReaderSettings, query_encoder: QueryEncoder, few_names: Knowledge
) -> FlaskClient:
    settings = town_settings.model_copy(update={"opensearch_url": proxy.url})
    return with_suggestions(settings, reader(settings, query_encoder, few_names)[1])
