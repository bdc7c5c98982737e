import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deploy import progress
from deploy.progress import complain, step
from deploy.settings import ROOT


def test_a_step_says_what_it_does_and_how_long_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Fetching"):
        pass
    assert re.fullmatch(r"  Fetching \.\.\.\n  Fetching: done in \d+ s\n", capsys.readouterr().out)


def test_a_long_step_speaks_up_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.02)
    said, deadline = "", time.monotonic() + 60
    with step("Fetching"):
        while len(re.findall(r"  Fetching \.\.\. \d+ s\n", said)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.02)
            said += capsys.readouterr().out


def test_on_a_terminal_a_step_keeps_to_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_UPDATES", 0.02)
    with step("Fetching"):
        time.sleep(0.1)
    assert capsys.readouterr().out.count("\n") == 1


def test_a_step_that_fails_says_that_it_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OSError, match="gone"), step("Fetching"):
        raise OSError("gone")
    assert re.search(r"  Fetching: stopped in \d+ s\n$", capsys.readouterr().out)


def test_a_complaint_goes_to_the_error_output(capsys: pytest.CaptureFixture[str]) -> None:
    complain("Maven is needed.")
    assert capsys.readouterr().err == "error: Maven is needed.\n"


def test_a_closed_terminal_does_not_keep_from_cleaning_up(tmp_path: Path) -> None:
    done = tmp_path / "cleaned up"
    code = f"from deploy.progress import say, complain; say('a'); say('b'); complain('c'); open({str(done)!r}, 'w')"
    reading, writing = os.pipe()
    os.close(reading)
    status = subprocess.call([sys.executable, "-c", code], cwd=ROOT, stdout=writing, stderr=writing)
    os.close(writing)
    assert status == 0
    assert done.exists()
