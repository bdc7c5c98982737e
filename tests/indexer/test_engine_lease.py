"""Two writers of one prefix on two machines, and a writer that is dead."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.engine_lease import EngineLease, engine_lease, place_of
from indexer.failures import IndexerError
from indexer.load import Engine
from indexer.settings import ROOT
from tests.indexer.conftest import Catalogue

SECONDS = 3
HOLDS = """
import sys, time
from pathlib import Path
from indexer.lease import sole_writer
from indexer.settings import read_settings
with sole_writer(read_settings()):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def engine_of(catalogue: Catalogue) -> Engine:
    return Engine(catalogue.settings)


def until(passes: Callable[[], bool], seconds: float) -> float:
    """How long it took."""
    begun = time.monotonic()
    while not passes():
        assert time.monotonic() - begun < seconds
        time.sleep(0.1)
    return time.monotonic() - begun


def taken(lease: EngineLease) -> bool:
    try:
        lease.take()
    except IndexerError:
        return False
    return True


def test_of_two_writers_on_two_machines_the_second_ends_at_once(engine_of: Engine, tmp_path: Path) -> None:
    with engine_lease(engine_of, tmp_path, 60):
        other = EngineLease(engine_of, "another place", 60)
        with pytest.raises(IndexerError, match=r"from another machine or state folder; .* or 60 s when it was killed"):
            other.take()
    other.take()
    other.give_back()


def test_a_writer_that_lives_keeps_its_lease_beyond_its_time(engine_of: Engine, tmp_path: Path) -> None:
    with engine_lease(engine_of, tmp_path, 1) as held:
        other, begun = EngineLease(engine_of, "another place", 60), time.monotonic()
        while time.monotonic() - begun < 3:
            assert not taken(other)
        held.renew()


def test_a_writer_that_was_taken_for_dead_does_not_swap(engine_of: Engine) -> None:
    slow, other = EngineLease(engine_of, "one", 1), EngineLease(engine_of, "two", 60)
    slow.take()
    until(lambda: taken(other), 20)
    with pytest.raises(IndexerError, match="another run took over"):
        slow.renew()
    slow.give_back()
    other.renew()


def test_a_load_that_lost_its_lease_serves_nothing_new(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    first = catalogue.load().index
    monkeypatch.setattr("indexer.engine_lease.RENEW", "ctx.op = 'none'")
    with pytest.raises(IndexerError, match="another run took over"):
        catalogue.load()
    assert catalogue.served() == [first]


def test_a_lease_is_given_back_even_after_a_failure(engine_of: Engine, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), engine_lease(engine_of, tmp_path, 60):
        raise ZeroDivisionError
    assert taken(EngineLease(engine_of, "another place", 60))


def test_a_killed_writers_lease_runs_out_elsewhere_and_its_own_place_goes_on_at_once(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    environment = {**os.environ, **catalogue.environment, "LEASE_SECONDS": str(SECONDS)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        elsewhere = EngineLease(Engine(catalogue.settings), "another place", 60)
        assert not taken(elsewhere)
        process.send_signal(signal.SIGKILL)
        process.wait()
    here = EngineLease(Engine(catalogue.settings), place_of(catalogue.settings.state), SECONDS)
    here.take()
    assert not taken(elsewhere)
    until(lambda: taken(elsewhere), 20)


def test_a_place_is_the_same_for_one_state_folder_and_another_for_another(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert place_of(tmp_path / "one") == place_of(tmp_path / "one") != place_of(tmp_path / "two")
