"""Answers, requests and moments for the tests of counting."""

import datetime as dt
from pathlib import Path
from typing import Any

from mappings.contract import Language
from search_api.search_request import SearchRequest
from search_api.usage.ledger import Ledger
from search_api.usage.pending import Tally
from search_api.usage.recorder import Recorder

DAY = dt.date(2027, 3, 14)
NOON = dt.datetime(2027, 3, 14, 12, tzinfo=dt.UTC)


class Clock:
    """A time that passes when it is told to."""

    def __init__(self, now: dt.datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, **span: int) -> None:
        self.now += dt.timedelta(**span)


def answer_of(hits: int = 3, **more: Any) -> dict[str, Any]:
    made = {"total": hits, "page": 1, "per_page": 20, "hits": [{}] * hits, "degraded": [], "suitable": True}
    return {**made, **more}


def recorder_in(folder: Path, clock: Clock, days: int = 90) -> Recorder:
    return Recorder(folder, days, clock)


def search(recorder: Recorder, text: str, language: Language = "en", hits: int = 3, **more: Any) -> None:
    recorder.search(SearchRequest(text, language), answer_of(hits, **more), "page")


def in_minutes(recorder: Recorder, clock: Clock, text: str, minutes: int, **more: Any) -> None:
    """The query, once in each of so many minutes."""
    for _ in range(minutes):
        search(recorder, text, **more)
        clock.pass_by(minutes=1)


def told(folder: Path, day: dt.date = DAY) -> dict[tuple[str, str], Tally]:
    """What may be told of a day's queries, by language and text."""
    with Ledger(folder).read() as page:
        return {(query.language, query.text): query.tally for query in page.frequent(day, day)}


def on_disk(folder: Path) -> bytes:
    """All bytes of all files."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
