"""What every test may ask for: a real OpenSearch, the real encoder, and an index prefix of its own."""

import functools
import gc
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import orjson
import pytest
from filelock import FileLock
from flask.testing import FlaskClient
from flask_openapi.utils import get_model_schema
from hypothesis import HealthCheck, settings
from opensearchpy import OpenSearch
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from mappings import embedding
from mappings.index_meta import index_pattern
from search_api.app import create_app, search_service
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from search_api.titles import TitleIndex

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def shared_path(relative: str) -> Path:
    """A file of the development data beside the project; the test is skipped, saying so, where it is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"the development data {relative} is not beside this checkout")
    return path


# Long ones that ask nothing of the engine, which takes a while to start.
FIRST = ("test_bars", "test_official_files", "test_solver", "test_fitting")
# Files of many quick tests that take long together, the longest first.
LONG = ("test_sample_search", "test_prospects", "test_kills", "test_commands", "test_loads", "test_run")


def _turn(item: pytest.Item) -> int:
    if item.path.stem in FIRST:
        return -2
    if item.get_closest_marker("slow"):
        return -1
    return LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no process waits for it at the end."""
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """All that was imported and collected stays to the end, so the collector need not look at it again."""
    gc.collect()
    gc.freeze()


# No test is about time: a busy machine makes none fail. What CI's own profile says stays.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
if settings.get_current_profile_name() == "default":
    settings.load_profile("untimed")

SECONDS_TO_START = 180


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/_cluster/health?wait_for_status=yellow&timeout=5s", timeout=10):
            return True
    except OSError:
        return False


@pytest.fixture(scope="session")
def engine_url() -> str:
    """The engine's address, once it answers: `make test` starts it at the same time as the tests."""
    url = os.environ.get("OPENSEARCH_URL")
    if not url:
        pytest.exit("OPENSEARCH_URL is not set: run the tests with `make test`, which starts a node of their own.", 2)
    until = time.monotonic() + SECONDS_TO_START
    while not _answers(url):
        if time.monotonic() > until:
            pytest.exit(f"OpenSearch does not answer at {url}.", 2)
        time.sleep(0.1)
    return url


@pytest.fixture(scope="session")
def engine(engine_url: str) -> Iterator[OpenSearch]:
    with OpenSearch(engine_url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def encoder_folder() -> Path:
    return Path(os.environ.get("EMBEDDING_MODEL") or ROOT / ".state" / "encoder")


@pytest.fixture(scope="session", autouse=True)
def _one_model() -> Iterator[None]:
    """Every encoder of this process is over one loaded model: loading it takes more than a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedding, "_load", functools.cache(embedding._load))
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_index_of_titles() -> Iterator[None]:
    """Readers that hold the same titles share their index, which is never changed and takes a while to make."""
    made = functools.lru_cache(maxsize=4)(TitleIndex)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search_api.titles.held.TitleIndex", lambda titles: made(tuple(titles)))
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_schema_a_model() -> Iterator[None]:
    """Every application of this process describes the same records, which takes a fifth of a second."""

    @functools.cache
    def described(model: type[BaseModel], mode: JsonSchemaMode) -> bytes:
        return orjson.dumps(get_model_schema(model, mode))

    def again(model: type[BaseModel], mode: JsonSchemaMode = "validation") -> Any:
        return orjson.loads(described(model, mode))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flask_openapi.utils.get_model_schema", again)
        yield


def remove_indices(engine: OpenSearch, prefix: str) -> None:
    for names in (index_pattern(prefix), f"{prefix}-lease"):
        engine.indices.delete(index=names, params={"ignore_unavailable": "true"})


@pytest.fixture
def prefix(engine: OpenSearch) -> Iterator[str]:
    """An index prefix no other test uses; its indices are gone afterwards."""
    name = f"test-{uuid.uuid4().hex[:8]}"
    yield name
    remove_indices(engine, name)


def run_indexer(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command of the indexer as an operator runs it, with these environment variables above the session's."""
    environment: Mapping[str, str] = {**os.environ, **settings}
    command = [sys.executable, "-m", "indexer", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=600)


SAMPLE_PREFIX = "test-sample"


@pytest.fixture(scope="session")
def sample_prefix(engine_url: str, encoder_folder: Path) -> str:
    """The sample catalogue, loaded by the real indexer; kept between sessions and reloaded when anything changed."""
    settings = {"OPENSEARCH_URL": engine_url, "EMBEDDING_MODEL": str(encoder_folder), "INDEX_PREFIX": SAMPLE_PREFIX}
    # A changed ranking is what the tests are to look at.
    settings |= {"OMP_NUM_THREADS": str(os.cpu_count() or 1), "GOLDEN": "off"}
    lock = Path(tempfile.gettempdir()) / f"sample-of-{urlsplit(engine_url).port}.lock"
    with FileLock(lock):  # processes that test side by side share one catalogue
        done = run_indexer("index", "--if-needed", **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return SAMPLE_PREFIX


# Seconds the engine is given: a slow moment of a shared machine says nothing about an answer.
PATIENCE = 20


def reader_settings(engine_url: str, encoder_folder: Path, prefix: str, **more: object) -> ReaderSettings:
    given: dict[str, object] = {"opensearch_url": engine_url, "embedding_model": str(encoder_folder)}
    return ReaderSettings.model_validate({**given, "engine_seconds": PATIENCE, **more, "index_prefix": prefix})


@pytest.fixture(scope="session")
def sample_service(engine_url: str, encoder_folder: Path, sample_prefix: str) -> SearchService:
    return search_service(reader_settings(engine_url, encoder_folder, sample_prefix))


@pytest.fixture(scope="session")
def sample_api(engine_url: str, encoder_folder: Path, sample_prefix: str, sample_service: SearchService) -> FlaskClient:
    """The API over the sample catalogue, which is only read: one serves the session."""
    settings = reader_settings(engine_url, encoder_folder, sample_prefix, experiments=True)
    return create_app(settings, sample_service).test_client()
