"""What every test may ask for: a real OpenSearch, the real encoder, and an index prefix of its own."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from mappings.index_meta import index_pattern

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def shared_path(relative: str) -> Path:
    """A file of the development data beside the project; the test is skipped, saying so, where it is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"the development data {relative} is not beside this checkout")
    return path


@pytest.fixture(scope="session")
def engine_url() -> str:
    url = os.environ.get("OPENSEARCH_URL")
    if not url:
        pytest.exit("OPENSEARCH_URL is not set: run the tests with `make test`, which starts a node of their own.", 2)
    return url


@pytest.fixture(scope="session")
def engine(engine_url: str) -> Iterator[OpenSearch]:
    with OpenSearch(engine_url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def encoder_folder() -> Path:
    return Path(os.environ.get("EMBEDDING_MODEL") or ROOT / ".state" / "encoder")


def remove_indices(engine: OpenSearch, prefix: str) -> None:
    engine.indices.delete(index=index_pattern(prefix), params={"ignore_unavailable": "true"})


@pytest.fixture
def prefix(engine: OpenSearch) -> Iterator[str]:
    """An index prefix no other test uses; its indices are gone afterwards."""
    name = f"test-{uuid.uuid4().hex[:8]}"
    yield name
    remove_indices(engine, name)
