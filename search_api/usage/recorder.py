"""Counts what is asked and opened, and writes it down from time to time, away from any request."""

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from search_api.search_request import ALL_LEGS, SearchRequest
from search_api.usage.counts import Counts, Surface, count_of_click, counts_of_search, is_unsuitable
from search_api.usage.daily_file import remove_old_files, write_daily_file
from search_api.usage.day_key import DayKey
from search_api.usage.ledger import Ledger, Marked, Page
from search_api.usage.links import Visit
from search_api.usage.pending import Asked, Pending, Taken, Tally
from search_api.usage.query_form import begins_a_search, tellable

log = structlog.get_logger()
Clock = Callable[[], dt.datetime]
MINUTES = 60


class UnkeptError(RuntimeError):
    """The usage folder cannot be read or written."""


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def is_measurement(request: SearchRequest) -> bool:
    """Whether somebody examines the service instead of looking for a course."""
    return request.debug or request.legs != ALL_LEGS


class Recorder:
    """Of one process; all write into one folder. Safe to share between threads."""

    def __init__(self, folder: Path, days_kept: int, now: Clock = utc_now) -> None:
        self.now = now
        self._folder, self._days_kept = folder, days_kept
        self._ledger, self._pending = Ledger(folder), Pending()
        self._day_key = DayKey(now().date())
        self._writing = threading.Lock()
        self._is_kept = True
        self._tidied: dt.date | None = None

    def search(self, request: SearchRequest, answer: Mapping[str, Any], surface: Surface) -> None:
        if is_measurement(request):
            return
        now = self.now()
        self._pending.add(now.date(), counts_of_search(answer, surface, request.language))
        text = tellable(request.text) if begins_a_search(request) else None
        if text:
            minute = now.hour * MINUTES + now.minute
            tally = Tally(1, int(answer["total"] == 0), int(is_unsuitable(answer)))
            self._pending.note(Asked(now.date(), minute, request.language, text), tally)

    def click(self, visit: Visit) -> None:
        self._pending.add(self.now().date(), {count_of_click(visit.surface, visit.lang, visit.rank): 1})

    def write(self) -> None:
        """Writes what is pending and removes what is old. What cannot be written is warned of once, not raised."""
        with self._writing:
            taken, today = self._pending.take(), self.now().date()
            if not taken and self._tidied == today:
                return
            try:
                self._written(taken, today)
            except Exception as error:  # noqa: BLE001 - whatever is raised would end the thread that writes, silently
                self._pending.give_back(taken.counts)
                self._warn(error)
            else:
                self._is_kept, self._tidied = True, today

    def totals(self) -> Counts:
        """All processes' counters since counting began, what others hold back for seconds left out.

        Raises UnkeptError.
        """
        self.write()
        with self._read() as page:
            return page.totals()

    def _written(self, taken: Taken, today: dt.date) -> None:
        first_kept = today - dt.timedelta(days=self._days_kept - 1)
        with self._ledger.changed() as page:
            page.add(taken.counts)
            days = page.mark(self._marked(taken.queries))
            self._day_key.forget_before(today)
            page.make_room()
            page.forget(today, first_kept)
            # Within the change, so that of two processes the later one's file stands.
            for day in days:
                write_daily_file(self._folder, day, page.frequent(day, day))
            # Within it too: what fails after it would be counted, given back and counted again.
            remove_old_files(self._folder, first_kept)

    def _marked(self, queries: Mapping[Asked, Tally]) -> Iterator[Marked]:
        for asked, tally in sorted(queries.items()):
            mark = self._day_key.mark(asked.day, f"{asked.language} {asked.text}")
            if mark:
                yield Marked(asked.day, asked.minute, mark, asked.language, asked.text, tally)

    def _warn(self, error: Exception) -> None:
        if self._is_kept:
            log.warning("usage_not_kept", error=type(error).__name__)
        self._is_kept = False

    @contextmanager
    def _read(self) -> Iterator[Page]:
        try:
            with self._ledger.read() as page:
                yield page
        except sqlite3.Error as error:
            raise UnkeptError(type(error).__name__) from error
