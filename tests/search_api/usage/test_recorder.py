"""What reaches the disk of what was searched, when, and how long it stays."""

import datetime as dt
import json
import logging
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from search_api.search_request import SearchRequest
from search_api.usage import ledger
from search_api.usage.counts import SEARCHES, Count
from search_api.usage.daily_file import daily_file
from search_api.usage.day_key import DayKey
from search_api.usage.ledger import Ledger
from search_api.usage.pending import Tally
from search_api.usage.recorder import Recorder, UnkeptError
from tests.conftest import ROOT
from tests.search_api.usage.making import DAY, NOON, Clock, answer_of, in_minutes, on_disk, recorder_in, search, told

QUERY = "underwater basket weaving"


def searches(recorder: Recorder) -> int:
    return sum(number for count, number in recorder.totals().items() if count.name == SEARCHES)


def marks(folder: Path) -> int:
    with sqlite3.connect(folder / ledger.FILE) as file:
        (count,) = file.execute("SELECT count(*) FROM marks").fetchone()
    file.close()
    return int(count)


def test_a_query_seen_four_times_is_nowhere_on_the_disk(recorder: Recorder, clock: Clock, tmp_path: Path) -> None:
    in_minutes(recorder, clock, QUERY, 4)
    recorder.write()
    assert b"basket" not in on_disk(tmp_path)
    assert told(tmp_path) == {}
    assert not daily_file(tmp_path, DAY).exists()
    assert marks(tmp_path) == 4


def test_at_the_fifth_time_it_stands_in_the_daily_file(recorder: Recorder, clock: Clock, tmp_path: Path) -> None:
    in_minutes(recorder, clock, QUERY, 2, hits=0)
    in_minutes(recorder, clock, f"“{QUERY.upper()}”", 1, suitable=False)
    in_minutes(recorder, clock, QUERY, 2)
    recorder.write()
    assert json.loads(daily_file(tmp_path, DAY).read_text(encoding="utf-8")) == {
        "day": "2027-03-14",
        "seen_in_minutes_at_least": 5,
        "queries": [{"language": "en", "query": QUERY, "searches": 5, "without_result": 2, "unsuitable": 1}],
    }
    assert marks(tmp_path) == 0


def test_each_writing_adds_to_the_ones_before(recorder: Recorder, clock: Clock, tmp_path: Path) -> None:
    for _ in range(7):
        in_minutes(recorder, clock, QUERY, 1)
        recorder.write()
    assert told(tmp_path) == {("en", QUERY): Tally(7)}


def test_repeating_within_a_minute_makes_no_query_frequent(recorder: Recorder, clock: Clock, tmp_path: Path) -> None:
    for _ in range(50):
        search(recorder, QUERY)
    recorder.write()
    for _ in range(50):
        search(recorder, QUERY)
    recorder.write()
    assert told(tmp_path) == {}
    assert searches(recorder) == 100


def test_queries_of_two_languages_are_two(recorder: Recorder, clock: Clock, tmp_path: Path) -> None:
    in_minutes(recorder, clock, "excel", 3)
    in_minutes(recorder, clock, "excel", 4, language="fr")
    recorder.write()
    assert told(tmp_path) == {}


@pytest.mark.parametrize("text", ["jo@maple.example", "416-555-0199", "046 454 286", "12 main street", "my name is jo"])
def test_what_may_tell_of_a_person_is_counted_as_a_search_and_never_kept(
    recorder: Recorder, clock: Clock, tmp_path: Path, text: str
) -> None:
    in_minutes(recorder, clock, text, 6, hits=0)
    recorder.write()
    assert marks(tmp_path) == 0
    assert text.encode() not in on_disk(tmp_path)
    assert searches(recorder) == 6


def test_other_pages_of_a_search_are_counted_but_do_not_make_its_query_frequent(
    recorder: Recorder, clock: Clock, tmp_path: Path
) -> None:
    for page in range(1, 8):
        recorder.search(SearchRequest(QUERY, "en", page=page), answer_of(page=page), "page")
        clock.pass_by(minutes=1)
    assert searches(recorder) == 7
    assert told(tmp_path) == {}
    assert marks(tmp_path) == 1


def test_measurements_are_not_counted(recorder: Recorder) -> None:
    recorder.search(SearchRequest(QUERY, "en", debug=True), answer_of(), "api")
    recorder.search(SearchRequest(QUERY, "en", legs=frozenset({"keyword"})), answer_of(), "api")
    assert searches(recorder) == 0


def test_days_are_counted_apart_and_marks_end_with_theirs(recorder: Recorder, clock: Clock, tmp_path: Path) -> None:
    clock.pass_by(hours=11, minutes=57)
    in_minutes(recorder, clock, QUERY, 6)
    recorder.write()
    assert clock.now.date() == DAY + dt.timedelta(days=1)
    assert told(tmp_path) == told(tmp_path, clock.now.date()) == {}
    assert marks(tmp_path) == 3
    clock.pass_by(days=1)
    recorder.write()
    assert marks(tmp_path) == 0


def test_a_days_key_cannot_be_had_back_and_no_two_days_have_the_same() -> None:
    key, next_day = DayKey(DAY), DAY + dt.timedelta(days=1)
    first = key.mark(DAY, "nurse")
    assert first == key.mark(DAY, "nurse") != key.mark(DAY, "nurses")
    assert key.mark(next_day, "nurse") not in (None, first)
    assert key.mark(DAY, "nurse") is None
    assert DayKey(DAY).mark(DAY, "nurse") != first


def test_after_a_restart_what_was_frequent_goes_on_being_counted(clock: Clock, tmp_path: Path) -> None:
    first = recorder_in(tmp_path, clock)
    in_minutes(first, clock, QUERY, 9)
    first.write()
    second = recorder_in(tmp_path, clock)
    in_minutes(second, clock, QUERY, 1)
    second.write()
    assert told(tmp_path) == {("en", QUERY): Tally(10)}


def test_queries_and_files_are_removed_after_their_time_and_counts_lose_their_day(clock: Clock, tmp_path: Path) -> None:
    recorder = recorder_in(tmp_path, clock, days=2)
    in_minutes(recorder, clock, QUERY, 5)
    recorder.write()
    clock.pass_by(days=1)
    recorder.write()
    assert daily_file(tmp_path, DAY).exists()
    clock.pass_by(days=1)
    recorder.write()
    assert not daily_file(tmp_path, DAY).exists()
    assert b"basket" not in on_disk(tmp_path)
    assert searches(recorder) == 5
    with Ledger(tmp_path).read() as page:
        assert list(page.by_day()) == [ledger.BEFORE]


def test_a_draft_that_a_killed_process_left_is_removed_after_the_same_time(clock: Clock, tmp_path: Path) -> None:
    recorder, draft = recorder_in(tmp_path, clock, days=2), daily_file(tmp_path, DAY).with_suffix(".draft")
    draft.write_text("half", encoding="utf-8")
    clock.pass_by(days=1)
    recorder.write()
    assert draft.exists()
    clock.pass_by(days=1)
    recorder.write()
    assert not draft.exists()


def test_two_old_days_become_one_sum(clock: Clock, tmp_path: Path) -> None:
    recorder = recorder_in(tmp_path, clock, days=1)
    for _ in range(3):
        search(recorder, "nurse")
        recorder.write()
        clock.pass_by(days=1)
    recorder.write()
    assert recorder.totals()[Count(SEARCHES, "page", "en")] == 3


def test_a_flood_of_different_queries_does_not_grow_the_file_without_end(
    recorder: Recorder, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MOST_MARKS", 40)
    in_minutes(recorder, clock, QUERY, 4)
    for number in range(300):
        search(recorder, f"flood {'abcdefghij'[number // 30]}{'x' * (number % 30)}")
    recorder.write()
    assert marks(tmp_path) <= 40
    in_minutes(recorder, clock, QUERY, 1)
    recorder.write()
    assert told(tmp_path) == {("en", QUERY): Tally(5)}


def test_a_flood_between_two_writings_is_held_to_a_limit(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_api.usage.pending.MOST_QUERIES", 10)
    for number in range(30):
        search(recorder, "x" * (number + 1))
    assert len(recorder._pending.take().queries) == 10


OF_TWO_WORKERS = """
import datetime as dt, os, sys
from pathlib import Path
from search_api.search_request import SearchRequest
from search_api.usage.recorder import Recorder
now = dt.datetime(2027, 3, 14, 12, tzinfo=dt.UTC)
recorder = Recorder(Path(sys.argv[1]), 90, lambda: now)
answer = {"total": 1, "page": 1, "per_page": 20, "hits": [{}], "degraded": [], "suitable": True}
children = []
for worker in range(2):
    child = os.fork()
    if not child:
        for minute in range(3):
            now = dt.datetime(2027, 3, 14, 12, worker * 3 + minute, tzinfo=dt.UTC)
            recorder.search(SearchRequest("nurse", "en"), answer, "page")
            recorder.write()
        os._exit(0)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
"""


def test_the_workers_of_one_server_count_together(tmp_path: Path, clock: Clock) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", OF_TWO_WORKERS, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert told(tmp_path) == {("en", "nurse"): Tally(6)}
    assert recorder_in(tmp_path, clock).totals()[Count(SEARCHES, "page", "en")] == 6


@pytest.fixture
def blocked(tmp_path: Path) -> Path:
    """A folder that cannot be made, whoever asks: a file stands where it should be."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    return tmp_path / "file" / "usage"


def test_what_cannot_be_written_is_warned_of_once_and_counts_wait(
    blocked: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = recorder_in(blocked, clock)
    for _ in range(3):
        in_minutes(recorder, clock, QUERY, 5)
        recorder.write()
    printed = capsys.readouterr().out
    assert printed.count("usage_not_kept") == 1
    assert "basket" not in printed
    blocked.parent.unlink()
    assert searches(recorder) == 15
    assert told(blocked) == {}


def test_counters_that_cannot_be_read_are_said_to_be(blocked: Path, clock: Clock) -> None:
    with pytest.raises(UnkeptError):
        recorder_in(blocked, clock).totals()


def test_a_damaged_file_breaks_nothing(recorder: Recorder, tmp_path: Path) -> None:
    (tmp_path / ledger.FILE).write_bytes(b"no database at all" * 100)
    search(recorder, QUERY)
    recorder.write()
    with pytest.raises(UnkeptError):
        recorder.totals()


def test_whatever_goes_wrong_is_warned_of_once_and_counting_goes_on(
    recorder: Recorder, clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        search(recorder, "broken\ud800letter")
        recorder.write()
    printed = capsys.readouterr().out
    assert printed.count("usage_not_kept") == 1
    assert "broken" not in printed
    in_minutes(recorder, clock, QUERY, 5)
    assert searches(recorder) == 7
    assert told(tmp_path) == {("en", QUERY): Tally(5)}


def test_any_text_has_a_mark() -> None:
    assert len(DayKey(DAY).mark(DAY, "broken\ud800letter") or b"") == 16


def test_a_disk_that_fills_up_leaves_the_file_whole(
    recorder: Recorder, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    search(recorder, "nurse")
    recorder.write()
    monkeypatch.setattr("search_api.usage.recorder.write_daily_file", full)
    in_minutes(recorder, clock, QUERY, 5)
    recorder.write()
    assert told(tmp_path) == {}
    monkeypatch.undo()
    assert searches(recorder) == 6


def test_the_day_is_that_of_utc(clock: Clock, recorder: Recorder, tmp_path: Path) -> None:
    assert NOON.tzinfo is dt.UTC
    assert recorder_in(tmp_path, clock).now() == NOON
    assert Recorder(tmp_path, 1).now().utcoffset() == dt.timedelta(0)


def test_nothing_is_logged_while_all_goes_well(
    recorder: Recorder, clock: Clock, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    in_minutes(recorder, clock, QUERY, 5)
    recorder.write()
    assert caplog.text + capsys.readouterr().out == ""
