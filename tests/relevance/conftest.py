"""What the relevance tests share."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mappings.contract import listing_contract
from search_api.app import create_app
from search_api.engine import Engine
from search_api.service import SearchService
from tests.conftest import reader_settings

# A slow moment of a shared machine says nothing about the order of results.
PATIENCE = 20


@pytest.fixture
def patient_api(
    engine_url: str, encoder_folder: Path, sample_prefix: str, sample_service: SearchService
) -> FlaskClient:
    """The API over the sample catalogue, as served but for the time the engine is given."""
    settings = reader_settings(engine_url, encoder_folder, sample_prefix, engine_seconds=PATIENCE)
    service = SearchService(Engine(settings), sample_service.encoder, listing_contract(), sample_service.knowledge)
    return create_app(settings, service).test_client()
