"""What the tests of the contract room share."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from mappings.contract import Contract, listing_contract
from mappings.embedding import Encoder
from mappings.index_body import index_body
from tests.conftest import remove_indices

DIMENSION = 4


@pytest.fixture(scope="session")
def contract() -> Contract:
    return listing_contract()


@pytest.fixture(scope="session")
def encoder(encoder_folder: Path) -> Encoder:
    return Encoder(str(encoder_folder))


@pytest.fixture(scope="session")
def index(engine: OpenSearch, contract: Contract) -> Iterator[str]:
    """An empty index with the contract's mapping and vectors of four numbers."""
    prefix = f"test-{uuid.uuid4().hex[:8]}"
    name = f"{prefix}-{'0' * 12}-{'0' * 14}"
    engine.indices.create(index=name, body=index_body(contract, DIMENSION, {"complete": False}))
    yield name
    remove_indices(engine, prefix)
