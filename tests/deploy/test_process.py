import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import process
from deploy.failure import Interrupted
from deploy.process import Foreground, command_line, end, foreground, marked, owned_pid, start_detached
from deploy.signals import ASKING, listen, uninterrupted

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("set", flush=True)
time.sleep(60)
"""
PATIENT = "import sys, time; time.sleep(60)"
# Asks us to stop once it runs.
ASKER = "import os, sys, time; time.sleep(0.5); os.kill(os.getppid(), int(sys.argv[2])); time.sleep(60)"
# Far more than any of these take: only a failure waits so long.
PATIENCE = 60


@pytest.fixture
def handlers() -> Iterator[None]:
    """Puts the signal handlers back."""
    before = {number: signal.getsignal(number) for number in ASKING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def start(tmp_path: Path, code: str, mark: str) -> int:
    return start_detached([sys.executable, "-c", code, mark], tmp_path / "log", os.environ, tmp_path)


def wait_for(log: Path, text: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while text not in log.read_text(encoding="ascii"):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_process_is_ended_and_reaped(tmp_path: Path) -> None:
    pid = start(tmp_path, PATIENT, "mark-1")
    assert "mark-1" in command_line(pid)
    end(pid, "mark-1", seconds=10)
    assert command_line(pid) == ""


def test_one_that_will_not_end_is_made_to(tmp_path: Path) -> None:
    pid = start(tmp_path, STUBBORN, "mark-2")
    wait_for(tmp_path / "log", "set")
    end(pid, "mark-2", seconds=0.2)
    assert command_line(pid) == ""


def test_a_stranger_under_a_remembered_number_is_neither_taken_for_ours_nor_ended(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PATIENT, "somebody-else"]) as stranger:
        (tmp_path / "pid").write_text(str(stranger.pid), encoding="ascii")
        assert owned_pid(tmp_path / "pid", "mark-3") is None
        end(stranger.pid, "mark-3", seconds=1)
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.parametrize("content", ["", "nonsense", "0", "1", "999999999"])
def test_a_pid_file_that_names_nobody_owns_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "pid").write_text(content, encoding="ascii")
    assert owned_pid(tmp_path / "pid", "/") is None
    assert owned_pid(tmp_path / "none", "/") is None


@pytest.mark.parametrize("has_proc", [True, False])
def test_processes_are_found_by_their_mark_with_and_without_proc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_proc: bool
) -> None:
    if has_proc and not process.HAS_PROC:
        pytest.skip("this system has no /proc")
    mark = f"--name mark-4-{has_proc} "
    with subprocess.Popen([sys.executable, "-c", PATIENT, *mark.split(), "end"]) as child:
        monkeypatch.setattr(process, "HAS_PROC", has_proc)
        deadline = time.monotonic() + PATIENCE
        while marked(mark) != [child.pid]:
            assert time.monotonic() < deadline
        assert mark in command_line(child.pid)
        child.kill()
    assert marked(mark) == []


def test_a_new_start_replaces_the_log(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("old", encoding="ascii")
    end(start(tmp_path, PATIENT, "mark-5"), "mark-5", seconds=10)
    assert "old" not in (tmp_path / "log").read_text(encoding="ascii")


def test_a_command_in_front_gives_its_status(tmp_path: Path) -> None:
    assert foreground([sys.executable, "-c", "raise SystemExit(3)"], os.environ, tmp_path) == 3


def test_a_command_begun_again_with_another_environment_runs_once(tmp_path: Path) -> None:
    script = "import os, time; time.sleep(float(os.environ['PATIENCE'])); raise SystemExit(int(os.environ['STATUS']))"
    running = Foreground([sys.executable, "-c", script, "mark-7"], tmp_path)
    running.end()
    running.begin({**os.environ, "PATIENCE": "600", "STATUS": "1"})
    running.begin({**os.environ, "PATIENCE": "0", "STATUS": "4"})
    assert running.status() == 4
    running.begin({**os.environ, "PATIENCE": "600", "STATUS": "1"})
    running.end()
    assert marked("mark-7") == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_being_asked_to_stop_ends_the_command_in_front(
    tmp_path: Path, handlers: None, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr(process, "SECONDS_TO_STOP", 0.2)
    listen()
    with pytest.raises(Interrupted) as caught:
        foreground([sys.executable, "-c", ASKER, "mark-6", str(int(number))], os.environ, tmp_path)
    assert caught.value.by == number
    assert marked("mark-6") == []


def test_a_clean_up_is_not_interrupted(handlers: None) -> None:
    listen()
    with uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(Interrupted):
        os.kill(os.getpid(), signal.SIGINT)


def test_a_hang_up_that_nohup_ruled_out_stays_ruled_out(handlers: None) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    listen()
    os.kill(os.getpid(), signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
