"""A reader over the listings made for goals."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from opensearchpy import OpenSearch

from mappings.embedding import Encoder
from mappings.knowledge import Knowledge
from search_api.encoding import QueryEncoder
from tests.conftest import reader_settings
from tests.search_api.catalogue import loaded
from tests.search_api.conftest import reader
from tests.search_api.goals.making import LISTINGS, goal_knowledge


@pytest.fixture(scope="session")
def trades() -> Knowledge:
    return goal_knowledge()


@pytest.fixture(scope="session")
def trades_prefix(engine: OpenSearch, encoder: Encoder) -> Iterator[str]:
    with loaded(engine, "goals", LISTINGS, encoder) as name:
        yield name


@pytest.fixture(scope="session")
def yard(
    engine_url: str, encoder_folder: Path, trades_prefix: str, query_encoder: QueryEncoder, trades: Knowledge
) -> FlaskClient:
    """The API over them."""
    settings = reader_settings(engine_url, encoder_folder, trades_prefix, experiments=True)
    return reader(settings, query_encoder, trades)[0]
