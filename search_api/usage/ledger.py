"""The counts of all processes and days, in one SQLite file of the usage folder.

Until a query is frequent no text of it is here: only its mark, which nobody can read without a key that is in memory.
"""

import contextlib
import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from search_api.usage.counts import Count, Counts
from search_api.usage.pending import DayCounts, Tally

FILE = "usage.sqlite"
# So many different minutes of a day must have seen a query before its text is written anywhere.
FREQUENT = 5
# As many marks as a day may have. Beyond, those seen in the fewest minutes make room.
MOST_MARKS = 100_000
SECONDS_TO_WAIT = 5.0
# The day of counts of days that are too long ago to be told apart; the statements below say it too.
BEFORE = ""
TABLES = """
CREATE TABLE IF NOT EXISTS counts (
  day TEXT, name TEXT, surface TEXT, language TEXT, rank TEXT, number INTEGER,
  PRIMARY KEY (day, name, surface, language, rank)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (
  day TEXT, mark BLOB, minute INTEGER, searches INTEGER, without_result INTEGER, unsuitable INTEGER,
  PRIMARY KEY (day, mark, minute)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS queries (
  day TEXT, language TEXT, text TEXT, searches INTEGER, without_result INTEGER, unsuitable INTEGER,
  PRIMARY KEY (day, language, text)) WITHOUT ROWID;
"""
ADD_COUNT = """
INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET number = number + excluded.number
"""
ADD_MARK = """
INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET searches = searches + excluded.searches,
  without_result = without_result + excluded.without_result, unsuitable = unsuitable + excluded.unsuitable
"""
ADD_QUERY = """
UPDATE queries SET searches = searches + ?, without_result = without_result + ?, unsuitable = unsuitable + ?
WHERE day = ? AND language = ? AND text = ?
"""
OF_MARK = """
SELECT count(*), sum(searches), sum(without_result), sum(unsuitable) FROM marks WHERE day = ? AND mark = ?
"""
OF_DAYS = """
SELECT language, text, sum(searches) AS asked, sum(without_result), sum(unsuitable) FROM queries
WHERE day BETWEEN ? AND ? GROUP BY language, text ORDER BY asked DESC, text, language
"""
RAREST = """
DELETE FROM marks WHERE (day, mark) IN (
  SELECT day, mark FROM marks GROUP BY day, mark ORDER BY count(*), max(minute) LIMIT ?)
"""
FOLD = """
INSERT INTO counts SELECT '', name, surface, language, rank, sum(number) FROM counts
WHERE day < ? AND day <> '' GROUP BY name, surface, language, rank
ON CONFLICT DO UPDATE SET number = number + excluded.number
"""


class Marked(NamedTuple):
    """A query with its mark, to be counted in one minute of one day."""

    day: dt.date
    minute: int
    mark: bytes
    language: str
    text: str
    tally: Tally


class Frequent(NamedTuple):
    """A query that may be told of."""

    language: str
    text: str
    tally: Tally


class Page:
    """The open file within one change of it."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def add(self, counts: DayCounts) -> None:
        rows = ((day.isoformat(), *count, number) for (day, count), number in counts.items())
        self._file.executemany(ADD_COUNT, rows)

    def mark(self, queries: Iterable[Marked]) -> set[dt.date]:
        """Counts queries by their marks; the days that have a frequent one among them."""
        return {query.day for query in queries if self._marked(query)}

    def _marked(self, query: Marked) -> bool:
        """Counts it; whether it is frequent."""
        named = (query.day.isoformat(), query.language, query.text)
        if self._file.execute(ADD_QUERY, (*query.tally, *named)).rowcount:
            return True
        key = (query.day.isoformat(), query.mark)
        self._file.execute(ADD_MARK, (*key, query.minute, *query.tally))
        minutes, *numbers = self._file.execute(OF_MARK, key).fetchone()
        if minutes < FREQUENT:
            return False
        self._file.execute("INSERT INTO queries VALUES (?, ?, ?, ?, ?, ?)", (*named, *numbers))
        self._file.execute("DELETE FROM marks WHERE day = ? AND mark = ?", key)
        return True

    def make_room(self) -> None:
        (held,) = self._file.execute("SELECT count(*) FROM marks").fetchone()
        if held > MOST_MARKS:
            self._file.execute(RAREST, (held - MOST_MARKS * 3 // 4,))

    def forget(self, today: dt.date, first_kept: dt.date) -> None:
        """Marks end with their day; queries, and which day a count is of, with the time they are kept."""
        self._file.execute("DELETE FROM marks WHERE day < ?", (today.isoformat(),))
        self._file.execute("DELETE FROM queries WHERE day < ?", (first_kept.isoformat(),))
        self._file.execute(FOLD, (first_kept.isoformat(),))
        self._file.execute("DELETE FROM counts WHERE day < ? AND day <> ''", (first_kept.isoformat(),))

    def frequent(self, first: dt.date, last: dt.date) -> list[Frequent]:
        """Queries that were frequent on one of these days, the most asked first."""
        rows = self._file.execute(OF_DAYS, (first.isoformat(), last.isoformat()))
        return [Frequent(language, text, Tally(*numbers)) for language, text, *numbers in rows]

    def totals(self) -> Counts:
        """Every counter over all days."""
        return sum(self.by_day().values(), Counter())

    def by_day(self) -> dict[str, Counts]:
        """Counters by ISO day, in order; what is too long ago under `BEFORE`."""
        found: dict[str, Counts] = {}
        for day, *labels, number in self._file.execute("SELECT * FROM counts ORDER BY day"):
            found.setdefault(day, Counter())[Count(*labels)] = number
        return found


class Ledger:
    """Opened anew for each use, so that it may be shared by threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    @property
    def exists(self) -> bool:
        return self._path.is_file()

    @contextlib.contextmanager
    def changed(self) -> Iterator[Page]:
        """All that is done to the page, or nothing. Raises sqlite3.Error, OSError."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.closing(self._opened("rwc")) as file:
            file.executescript(TABLES)
            file.execute("BEGIN IMMEDIATE")
            with file:
                yield Page(file)

    @contextlib.contextmanager
    def read(self) -> Iterator[Page]:
        """Raises sqlite3.Error, where there is no file too."""
        with contextlib.closing(self._opened("ro")) as file:
            yield Page(file)

    def _opened(self, mode: str) -> sqlite3.Connection:
        address = f"{self._path.resolve().as_uri()}?mode={mode}"
        file = sqlite3.connect(address, timeout=SECONDS_TO_WAIT, isolation_level=None, uri=True)
        # What is deleted is overwritten. A count lost to a power cut is no loss.
        file.execute("PRAGMA secure_delete = ON")
        file.execute("PRAGMA synchronous = OFF")
        return file
