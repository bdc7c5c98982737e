"""A run killed at any stage leaves what is served as it was, and the next run clears up."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from opensearchpy import OpenSearch, OpenSearchException

from indexer.settings import ROOT
from search_api.app import create_app
from search_api.settings import ReaderSettings
from tests.conftest import reader_settings
from tests.indexer.conftest import BOOKS, CARE, WELDING, Catalogue

KILLS = 20
NEW_TEXTS = 40
ENCODES_BY_TWOS = """
from indexer import cli, vectors
vectors.ENCODED_AT_ONCE = 2
cli.main()
"""
STAGES = ("reading", "enriching", "embedding", "loading", "verifying", "swapping")


class Asker(threading.Thread):
    """Asks the alias over and over; keeps every answer's count and every failure."""

    def __init__(self, url: str, prefix: str) -> None:
        super().__init__(daemon=True)
        self._url, self._prefix, self._done = url, prefix, threading.Event()
        self.counts: list[int] = []
        self.failures: list[str] = []

    def run(self) -> None:
        with OpenSearch(self._url, timeout=30) as client:
            while not self._done.is_set():
                try:
                    answer = client.search(index=self._prefix, body={"size": 0, "track_total_hits": True})
                    self.counts.append(answer["hits"]["total"]["value"])
                except OpenSearchException as error:
                    self.failures.append(str(error))

    def stop(self) -> None:
        self._done.set()
        self.join()


@contextmanager
def asked_all_along(catalogue: Catalogue) -> Iterator[Asker]:
    asker = Asker(catalogue.settings.opensearch_url, catalogue.prefix)
    asker.start()
    try:
        yield asker
    finally:
        asker.stop()


def killed_at(catalogue: Catalogue, stage: str, command: str = "index") -> bool:
    """Starts a load and kills it without warning as soon as it says the stage's name; whether it came that far."""
    words = [sys.executable, "-u", "-m", "indexer", command]
    environment = {**os.environ, **catalogue.environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if line.startswith(f"{stage}:"):
                process.send_signal(signal.SIGKILL)
                process.wait()
                return True
    return False


class Learner(threading.Thread):
    """Searches through the API over and over; keeps every answer's status and what it found."""

    def __init__(self, settings: ReaderSettings) -> None:
        super().__init__(daemon=True)
        self._api, self._done = create_app(settings).test_client(), threading.Event()
        self.answers: Counter[tuple[int, frozenset[tuple[str, float | None]]]] = Counter()

    def run(self) -> None:
        while not self._done.is_set():
            response = self._api.get("/v1/credentials", query_string={"per_page": "50", "q": "welding"})
            hits = response.get_json().get("hits", ())
            self.answers[response.status_code, frozenset((hit["id"], hit.get("cost")) for hit in hits)] += 1

    def stop(self) -> None:
        self._done.set()
        self.join()


@contextmanager
def searched_all_along(catalogue: Catalogue) -> Iterator[Learner]:
    own, given = catalogue.settings, {"state_dir": catalogue.settings.state, "usage": False}
    learner = Learner(reader_settings(own.opensearch_url, Path(own.embedding_model), catalogue.prefix, **given))
    learner.start()
    try:
        yield learner
    finally:
        learner.stop()


def started(catalogue: Catalogue) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **catalogue.environment}
    words = [sys.executable, "-m", "indexer", "index"]
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def priced(catalogue: Catalogue, cost: int) -> None:
    """Only a cost changes, so no run need load the model."""
    catalogue.feed("maple.csv", [(*WELDING[:5], str(cost), *WELDING[6:]), CARE, BOOKS])


def test_kills_at_twenty_random_moments_are_never_seen_by_a_learner(catalogue: Catalogue) -> None:
    priced(catalogue, 450)
    catalogue.load()
    begun = time.monotonic()
    assert started(catalogue).wait() == 0
    whole = time.monotonic() - begun
    chance = random.Random(20_261_130)  # noqa: S311 - moments, no secrets
    priced(catalogue, 475)
    with searched_all_along(catalogue) as learner:
        for moment in [chance.uniform(0, whole) for _ in range(KILLS)]:
            with started(catalogue) as load:
                time.sleep(moment)
                load.kill()
        catalogue.load()
    assert learner.answers.total() > KILLS
    statuses = {status for status, _found in learner.answers}
    costs = {dict(found).get("maple.W-1") for _status, found in learner.answers}
    listed = {frozenset(name for name, _cost in found) for _status, found in learner.answers}
    assert statuses == {200}
    assert costs <= {450, 475}
    assert len(listed) == 1
    assert catalogue.documents()["maple.W-1"]["cost"] == 475


@pytest.mark.parametrize("stage", STAGES)
def test_a_kill_at_any_stage_is_never_seen_by_a_learner(catalogue: Catalogue, stage: str) -> None:
    catalogue.load()
    first = catalogue.served()
    # Only a cost changes, so the killed process need not load the model.
    catalogue.feed("maple.csv", [(*WELDING[:5], "475", *WELDING[6:]), CARE, BOOKS])
    with asked_all_along(catalogue) as asker:
        assert killed_at(catalogue, stage)
        # A kill may come just before or just after the one step that swaps; nothing is in between.
        served = catalogue.served()
        assert served == first or stage == "swapping"
        catalogue.load()
    assert asker.failures == []
    assert set(asker.counts) == {5}
    assert catalogue.documents()["maple.W-1"]["cost"] == 475
    assert catalogue.indices() == {*first, *served, *catalogue.served()}


def kept_vectors(catalogue: Catalogue) -> int:
    with closing(sqlite3.connect(catalogue.settings.vectors, timeout=30)) as connection:
        return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])


def test_a_load_killed_while_it_encodes_keeps_what_it_encoded(catalogue: Catalogue) -> None:
    catalogue.load()
    before, served = kept_vectors(catalogue), catalogue.served()
    rows = [(f"N-{at}", f"Night class {at}", f"Glaze {uuid.uuid4()} pots.", *WELDING[3:]) for at in range(NEW_TEXTS)]
    catalogue.feed("maple.csv", [WELDING, CARE, BOOKS, *rows])
    environment = {**os.environ, **catalogue.environment}
    with subprocess.Popen([sys.executable, "-c", ENCODES_BY_TWOS, "index"], cwd=ROOT, env=environment) as load:
        while kept_vectors(catalogue) == before:
            assert load.poll() is None
        load.kill()
    kept = kept_vectors(catalogue) - before
    assert 0 < kept < NEW_TEXTS
    assert catalogue.served() == served
    assert catalogue.load().embedded == NEW_TEXTS - kept


def test_a_killed_run_leaves_an_index_the_next_run_removes(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.load()
    assert killed_at(catalogue, "verifying")
    assert len(catalogue.indices()) == 2
    catalogue.load()
    assert len(catalogue.indices()) == 2
    assert len(catalogue.served()) == 1


def test_a_killed_first_run_serves_nothing_and_blocks_nothing(catalogue: Catalogue) -> None:
    catalogue.load()
    catalogue.engine.indices.delete_alias(index=catalogue.served()[0], name=catalogue.prefix)
    assert killed_at(catalogue, "loading")
    catalogue.load()
    assert len(catalogue.documents()) == 5
