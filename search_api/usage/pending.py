"""What a process has counted since it last wrote: numbers, and for some seconds the queries of that time."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mappings.contract import Language
from search_api.usage.counts import Count

# Between two writings no honest traffic asks more; what is beyond is not kept.
MOST_QUERIES = 5000


class Asked(NamedTuple):
    """A query as it is told alike, and the minute of its day (UTC) it was typed in, from 0."""

    day: dt.date
    minute: int
    language: Language
    text: str


class Tally(NamedTuple):
    searches: int = 0
    without_result: int = 0
    unsuitable: int = 0

    def plus(self, other: "Tally") -> "Tally":
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


DayCounts = Counter[tuple[dt.date, Count]]


@dataclass(frozen=True)
class Taken:
    """What is to be written at once."""

    counts: DayCounts = field(default_factory=Counter)
    queries: dict[Asked, Tally] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.counts or self.queries)


class Pending:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = Taken()

    def add(self, day: dt.date, counts: Mapping[Count, int]) -> None:
        with self._lock:
            self._held.counts.update({(day, count): number for count, number in counts.items()})

    def note(self, asked: Asked, tally: Tally) -> None:
        with self._lock:
            queries = self._held.queries
            if asked in queries or len(queries) < MOST_QUERIES:
                queries[asked] = queries.get(asked, Tally()).plus(tally)

    def take(self) -> Taken:
        with self._lock:
            taken, self._held = self._held, Taken()
        return taken

    def give_back(self, counts: DayCounts) -> None:
        """Numbers that could not be written; there are only so many counters. Queries are never held on to."""
        with self._lock:
            self._held.counts.update(counts)
