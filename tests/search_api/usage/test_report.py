"""What an operator reads of the last days."""

from pathlib import Path

import pytest

from search_api.usage import report
from search_api.usage.ledger import FILE
from search_api.usage.links import Visit
from search_api.usage.recorder import Recorder
from tests.search_api.usage.making import Clock, in_minutes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Path:
    monkeypatch.setenv("USAGE_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(report, "utc_now", clock)
    return tmp_path


def test_searches_visits_and_frequent_queries_are_shown(
    folder: Path, recorder: Recorder, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    in_minutes(recorder, clock, "nurse a[b]c", 6)
    in_minutes(recorder, clock, "dragon riding", 5, hits=0)
    in_minutes(recorder, clock, "rare words", 4)
    recorder.click(Visit(listing="x", rank=1, surface="page", lang="en", to="https://forge.example"))
    recorder.write()
    assert report.main([]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "2027-03-14 │ 15 │ 5 │ 0 │ 0 │ 30 │ 1" in lines
    assert "1 │ 10 │ 1 │ 10.0%" in lines
    assert "en │ nurse a[b]c │ 6 │ 0 │ 0" in lines
    assert lines.count("en │ dragon riding │ 5 │ 5 │ 0") == 2
    assert not [line for line in lines if "rare" in line]


def test_days_before_those_asked_for_are_left_out(
    folder: Path, recorder: Recorder, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    in_minutes(recorder, clock, "nurse", 5)
    recorder.write()
    clock.pass_by(days=2)
    assert report.main(["--days", "2"]) == 0
    assert "nurse" not in capsys.readouterr().out
    assert report.main(["--days", "3"]) == 0
    assert "nurse" in capsys.readouterr().out


def test_without_counts_it_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main([]) == 1
    assert "nothing was counted yet" in capsys.readouterr().err


def test_a_damaged_file_is_said_to_be(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / FILE).write_bytes(b"no database at all" * 100)
    assert report.main([]) == 1
    assert "cannot be read" in capsys.readouterr().err
