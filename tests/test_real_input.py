"""Real exports loaded through declared mappings and searched through the API; skipped where they are absent."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient
from opensearchpy import OpenSearch

from search_api.app import create_app, search_service
from tests.conftest import ROOT, reader_settings, remove_indices, run_indexer, shared_path

MAPPINGS = ROOT / "data" / "feed_mappings"
FEEDS = {
    "sloan": ("feeds/json/test_sloan_courses.json", "sloan.yml"),
    "xpro": ("feeds/json/xpro_courses.json", "xpro.yml"),
    "mitxonline": ("feeds/json/mitxonline_courses.json", "mitxonline.yml"),
}


def source(name: str, feed: str, mapping: str) -> dict[str, object]:
    return {
        "id": name,
        "institution": {"id": name, "name": {"en": name.title()}, "kind": "other"},
        "file": str(shared_path(feed)),
        "mapping": str(MAPPINGS / mapping),
        "language": "en",
    }


@pytest.fixture(scope="module")
def real_api(
    engine: OpenSearch, engine_url: str, encoder_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FlaskClient]:
    prefix = f"test-{uuid.uuid4().hex[:8]}"
    sources = tmp_path_factory.mktemp("real") / "sources.yml"
    sources.write_text(yaml.safe_dump({"sources": [source(name, *feed) for name, feed in FEEDS.items()]}))
    done = run_indexer(
        "index",
        OPENSEARCH_URL=engine_url,
        EMBEDDING_MODEL=str(encoder_folder),
        INDEX_PREFIX=prefix,
        SOURCES=str(sources),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    settings = reader_settings(engine_url, encoder_folder, prefix)
    yield create_app(settings, search_service(settings)).test_client()
    remove_indices(engine, prefix)


def test_real_exports_are_found_with_their_prices_in_their_own_currency(real_api: FlaskClient) -> None:
    found = real_api.get("/v1/credentials?q=differential+equations").get_json()
    assert all("Differential Equations" in hit["title"] for hit in found["hits"][:2])
    assert real_api.get("/v1/credentials").get_json()["total"] == 104
    leaders = real_api.get("/v1/credentials?q=leadership+strengths").get_json()["hits"]
    assert leaders[0]["institution"]["id"] == "xpro"
    assert (leaders[0]["cost"], leaders[0]["currency"]) == (999, "USD")
    assert real_api.get("/v1/credentials?cost_max=100000").get_json()["total"] == 0


def test_a_french_job_title_finds_real_english_courses(real_api: FlaskClient) -> None:
    found = real_api.get("/v1/credentials?q=spécialiste+de+la+cybersécurité&lang=fr").get_json()
    assert any("cyber" in hit["title"].lower() for hit in found["hits"][:3])
