"""The real thing, measured: the indexer loads a collection, the server answers over it, and both leave nothing."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml
from opensearchpy import OpenSearch
from opensearchpy.helpers import scan

from mappings.index_meta import IndexMeta, index_pattern, index_time
from mappings.reference_store import DATABASE
from mappings.vectors import Centring
from tests.relevance.collection import Collection

ROOT = Path(__file__).resolve().parents[2]
MAPPING = ROOT / "data" / "feed_mappings" / "beir.yml"
# Loading the model's libraries takes a minute from a cold disk.
SECONDS_TO_START = 180
SECONDS_TO_STOP = 20
LINES_SHOWN = 15
# A file that is not there: nothing is looked up.
NO_REFERENCE = "no-reference.sqlite"
# One thread a query, as in service; a slow moment of a shared machine is no missing answer; nobody is counted.
SERVER = {
    "EXPERIMENTS": "true", "OMP_NUM_THREADS": "1", "WEB_CONCURRENCY": "1", "ENGINE_SECONDS": "20", "USAGE": "off",
}  # fmt: skip


class ServiceError(RuntimeError):
    """The indexer or the server failed; the message is one sentence and its last words."""


@dataclass(frozen=True)
class Place:
    """Where the evaluation works: the engine, and a folder for vectors, logs and results.

    A place that `keeps` its indices spares the next evaluation there a load that would say nothing else. `reference` is
    the database of imported official figures whose job titles are looked up, if any.
    """

    engine_url: str
    folder: Path
    vectors: Path
    keeps: bool = False
    reference: Path | None = None

    @staticmethod
    def of_environment(environment: Mapping[str, str]) -> "Place":
        state = ROOT / (environment.get("STATE_DIR") or ".state")
        # A folder of its own, so that the operator's last report stays the last report.
        url = environment.get("OPENSEARCH_URL") or "http://127.0.0.1:9200"
        imported = ROOT / (environment.get("REFERENCE_DB") or state / DATABASE)
        vectors = ROOT / (environment.get("VECTOR_CACHE") or state / "vectors.sqlite")
        return Place(url, state / "relevance", vectors, reference=imported if imported.is_file() else None)

    @property
    def model(self) -> str:
        return os.environ.get("EMBEDDING_MODEL") or str(ROOT / ".state" / "encoder")

    @property
    def environment(self) -> dict[str, str]:
        told = {"OPENSEARCH_URL": self.engine_url, "STATE_DIR": str(self.folder), "EMBEDDING_MODEL": self.model}
        reference = self.reference or self.folder / NO_REFERENCE
        # What is measured here is not to stop at a gate.
        files = {"VECTOR_CACHE": str(self.vectors), "REFERENCE_DB": str(reference), "GOLDEN": "off"}
        return {**os.environ, **told, **files}


def sources(collection: Collection) -> dict[str, object]:
    """A list of sources with the collection as its only feed."""
    institution = {"id": collection.name, "name": {collection.language: collection.name}}
    feed = {"file": str(collection.corpus), "mapping": str(MAPPING), "format": "ndjson"}
    return {"sources": [{"id": collection.name, "institution": institution, "language": collection.language, **feed}]}


def _last_words(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-LINES_SHOWN:])


def load(place: Place, collection: Collection, prefix: str, centring: Centring) -> None:
    """Loads the collection under the prefix with the indexer's own command. Raises ServiceError."""
    with tempfile.TemporaryDirectory() as folder:
        path = collection.sources or Path(folder) / "sources.yml"
        if not collection.sources:
            path.write_text(yaml.safe_dump(sources(collection), allow_unicode=True), encoding="utf-8")
        told = {**place.environment, "SOURCES": str(path), "INDEX_PREFIX": prefix, "CENTRING": centring}
        needed = ["--if-needed"] if place.keeps else []
        command = [sys.executable, "-m", "indexer", "index", "--force", *needed]
        done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServiceError(f"{collection.name} could not be loaded:\n{_last_words(done.stdout + done.stderr)}")


def recipe(place: Place, prefix: str) -> dict[str, object]:
    """The embedding recipe of the index that is served under the prefix."""
    with OpenSearch(place.engine_url, timeout=30) as engine:
        (found,) = engine.indices.get_mapping(index=prefix).values()
    return IndexMeta.model_validate(found["mappings"]["_meta"]).recipe


def courses(place: Place, prefix: str) -> dict[str, str]:
    """The course of every listing that is an offering of one, by listing id."""
    query = {"query": {"exists": {"field": "course"}}, "_source": ["course"]}
    with OpenSearch(place.engine_url, timeout=30) as engine:
        return {hit["_id"]: hit["_source"]["course"] for hit in scan(engine, query=query, index=prefix)}


def remove(place: Place, prefix: str) -> None:
    """Deletes the indices of exactly this prefix."""
    with OpenSearch(place.engine_url, timeout=30) as engine:
        found = engine.indices.get(index=index_pattern(prefix), params={"ignore_unavailable": "true"})
        for name in (name for name in found if index_time(name, prefix)):
            engine.indices.delete(index=name)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    with httpx.Client(timeout=30) as client:
        while time.monotonic() < deadline and server.poll() is None:
            with suppress(httpx.TransportError):
                if client.get(f"{url}/readyz").status_code == httpx.codes.OK:
                    return
            time.sleep(0.2)
    raise ServiceError(f"The server did not get ready:\n{_last_words(log.read_text(errors='replace'))}")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def served(place: Place, prefix: str) -> Iterator[str]:
    """A server over the prefix and its address; ended afterwards. Raises ServiceError."""
    port, log = free_port(), place.folder / "server.log"
    told = {"INDEX_PREFIX": prefix, "HOST": "127.0.0.1", "PORT": str(port), **SERVER}
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "search_api.app:create_app()"]
    place.folder.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        environment = {**place.environment, **told}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        _wait(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        _stop(server)


@contextmanager
def loaded(place: Place, collection: Collection, prefix: str, centring: Centring) -> Iterator[None]:
    """The collection stands in the engine under the prefix; afterwards its indices are gone, unless the place keeps
    them. Raises ServiceError.
    """
    if not place.keeps:
        remove(place, prefix)
    try:
        load(place, collection, prefix, centring)
        yield
    finally:
        if not place.keeps:
            remove(place, prefix)
