"""Has the reader answer golden queries over indices by their names, in a process of its own."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Timer
from typing import IO

from pydantic import ValidationError

from indexer.failures import IndexerError
from indexer.settings import ROOT, Settings
from mappings.golden import GoldenAnswer, GoldenQuery

READER = "search_api.golden"
# Loading the model takes a minute from a cold disk; a query takes 50 ms, on a busy machine ten times as long.
SECONDS_TO_START = 300
SECONDS_A_QUERY = 5
# By query id.
Answers = dict[str, GoldenAnswer]
Process = subprocess.Popen[str]


def asked(
    settings: Settings,
    file: Path,
    queries: Sequence[GoldenQuery],
    indices: Mapping[str, Path],
    advance: Callable[[int], None],
) -> dict[str, Answers]:
    """The answers of each index, which is answered with that file of occupations' vectors.

    Raises IndexerError when not every query was answered: that it took too long, or the reader's own last words.
    """
    found: dict[str, Answers] = {name: {} for name in indices}
    limit = SECONDS_TO_START + SECONDS_A_QUERY * len(queries) * len(indices)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as words:
        with _reader(settings, file, indices, words) as process, _no_longer_than(limit, process) as late:
            for answer in _answers(process, words):
                found[answer.index][answer.query] = answer
                advance(1)
        if late.is_set():
            raise _unasked(f"the reader took longer than {limit} s")
        if process.returncode or any(len(each) < len(queries) for each in found.values()):
            raise _failure(words)
    return found


@contextmanager
def _reader(settings: Settings, file: Path, indices: Mapping[str, Path], words: IO[str]) -> Iterator[Process]:
    """The reader's process; ended with what it is needed for."""
    asked_for = [word for name, vectors in indices.items() for word in ("--index", name, str(vectors))]
    command = [sys.executable, "-m", READER, str(file), *asked_for]
    told = settings.reader_environment
    with subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=words, text=True) as process:
        try:
            yield process
            process.wait()
        finally:
            process.kill()


@contextmanager
def _no_longer_than(seconds: float, process: Process) -> Iterator[Event]:
    """Ends the process after that time; the event is set when it was."""
    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, end)
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _answers(process: Process, words: IO[str]) -> Iterator[GoldenAnswer]:
    assert process.stdout is not None
    for line in process.stdout:
        try:
            yield GoldenAnswer.model_validate_json(line)
        except ValidationError as error:
            raise _failure(words) from error


def _failure(words: IO[str]) -> IndexerError:
    words.seek(0)
    said = [line for line in words.read().splitlines() if line.strip()]
    last = said[-1].removeprefix("error: ").strip() if said else "the reader ended before all were answered"
    return _unasked(last)


def _unasked(reason: str) -> IndexerError:
    return IndexerError(f"the golden queries could not be asked: {reason}; to load without them, set GOLDEN=off")
