"""A reader over a small hand-made catalogue, and one that reaches the engine through a relay that fails on demand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from opensearchpy import OpenSearch

from mappings.contract import Contract, listing_contract
from mappings.embedding import Encoder
from mappings.knowledge import Knowledge, knowledge
from search_api.app import create_app
from search_api.encoding import QueryEncoder
from search_api.engine import Engine
from search_api.held import Held
from search_api.labels import Labels
from search_api.service import SearchService
from search_api.settings import ENGINE_SECONDS, ReaderSettings
from search_api.titles.held_vectors import HeldVectors
from tests.conftest import reader_settings
from tests.kept_vectors import names_of_occupations, remember
from tests.search_api.catalogue import LISTINGS, loaded, small_knowledge
from tests.search_api.fault_proxy import FaultProxy


@pytest.fixture(scope="session")
def contract() -> Contract:
    return listing_contract()


@pytest.fixture(scope="session")
def query_encoder(encoder_folder: Path) -> QueryEncoder:
    """The real encoder, loaded once for this room."""
    found = QueryEncoder(str(encoder_folder), "per_language")
    found.load()
    remember(found, names_of_occupations())
    return found


@pytest.fixture(scope="session")
def encoder(query_encoder: QueryEncoder) -> Encoder:
    assert query_encoder._encoder is not None, "the encoder folder cannot be loaded: build it with `make encoder`"
    return query_encoder._encoder


@pytest.fixture(scope="session")
def few_names() -> Knowledge:
    return small_knowledge()


@pytest.fixture
def labels(contract: Contract, few_names: Knowledge) -> Labels:
    return Labels(contract, few_names, {"forge": "Forge College"}, "en")


@pytest.fixture(scope="session")
def sample_service(
    engine_url: str, encoder_folder: Path, sample_prefix: str, query_encoder: QueryEncoder
) -> SearchService:
    """As the root's, with this room's encoder."""
    settings = reader_settings(engine_url, encoder_folder, sample_prefix)
    held = Held(vectors=HeldVectors(settings.occupation_vectors))
    return SearchService(Engine(settings), query_encoder, listing_contract(), knowledge(), held=held)


@pytest.fixture(scope="session")
def town_prefix(engine: OpenSearch, encoder: Encoder) -> Iterator[str]:
    """The hand-made catalogue, loaded once."""
    with loaded(engine, "town", LISTINGS, encoder) as name:
        yield name


def reader(
    settings: ReaderSettings, encoder: QueryEncoder, names: Knowledge, held: Held | None = None
) -> tuple[FlaskClient, SearchService]:
    """The API with these settings over the hand-made knowledge."""
    limit = settings.exact_up_to
    service = SearchService(Engine(settings), encoder, listing_contract(), names, exact_up_to=limit, held=held)
    return create_app(settings, service).test_client(), service


@pytest.fixture(scope="session")
def town_settings(
    engine_url: str, encoder_folder: Path, town_prefix: str, tmp_path_factory: pytest.TempPathFactory
) -> ReaderSettings:
    given = {"experiments": True, "cors_origins": (), "usage_dir": tmp_path_factory.mktemp("usage")}
    return reader_settings(engine_url, encoder_folder, town_prefix, **given)


@pytest.fixture(scope="session")
def town(town_settings: ReaderSettings, query_encoder: QueryEncoder, few_names: Knowledge) -> FlaskClient:
    """The API over the hand-made catalogue."""
    return reader(town_settings, query_encoder, few_names)[0]


@pytest.fixture(scope="session")
def town_service(town_settings: ReaderSettings, query_encoder: QueryEncoder, few_names: Knowledge) -> SearchService:
    return reader(town_settings, query_encoder, few_names)[1]


@pytest.fixture
def proxy(engine_url: str) -> Iterator[FaultProxy]:
    made = FaultProxy(engine_url)
    yield made
    made.refuse()


@pytest.fixture
def fragile(
    proxy: FaultProxy, town_settings: ReaderSettings, query_encoder: QueryEncoder, few_names: Knowledge
) -> FlaskClient:
    """The API over the hand-made catalogue, the engine behind the relay and given as little time as in service."""
    given = {"opensearch_url": proxy.url, "engine_seconds": ENGINE_SECONDS}
    return reader(town_settings.model_copy(update=given), query_encoder, few_names)[0]


@pytest.fixture
def sample_graph(engine_url: str, encoder_folder: Path, sample_prefix: str, query_encoder: QueryEncoder) -> FlaskClient:
    """The API over the sample catalogue as if it were too large for exact cosines."""
    settings = reader_settings(engine_url, encoder_folder, sample_prefix, exact_up_to=0)
    held = Held(vectors=HeldVectors(settings.occupation_vectors))
    return reader(settings, query_encoder, knowledge(), held)[0]
