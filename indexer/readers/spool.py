"""Things that refer to each other, kept on disk while a feed is read: there may be more than memory holds."""

import marshal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, Generic, NamedTuple, TypeVar

from cachetools import LRUCache

from indexer.failures import SourceError
from indexer.rules import problem

# The file has no name and belongs to this process alone: nothing need be kept safe in it or brought back.
TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE kept (rank INTEGER PRIMARY KEY, shelf TEXT, address BLOB, body BLOB);
CREATE TABLE marks (kind TEXT, address BLOB, number INTEGER, PRIMARY KEY (kind, address)) WITHOUT ROWID;
"""
INDEX: Final = "CREATE INDEX by_address ON kept (address) WHERE address IS NOT NULL"
RECENT: Final = 2_000  # things found that stay in memory: people, places and prices come back from course to course
LARGE: Final = 8_192  # bytes; what is larger is counted by its size
LARGE_BYTES: Final = 32 << 20  # of large things that stay, or pointing at one would cost its size again

Thing = TypeVar("Thing")


def _bytes(address: str) -> bytes:
    """JSON may hold halves of characters, which are no text to SQLite."""
    return address.encode("utf-8", "surrogatepass")


class Spool:
    """Bodies on shelves in their order, some of them with an address; and addresses marked and counted.

    A body is made of what `marshal` writes: texts, numbers, truths, None, and lists, tuples and dictionaries of them.
    """

    def __init__(self) -> None:
        self.base = sqlite3.connect("")
        self.base.executescript(TABLES)

    def close(self) -> None:
        self.base.close()

    def put(self, shelf: str, body: Any, address: str | None = None) -> None:
        row = (shelf, _bytes(address) if address else None, marshal.dumps(body))
        self.base.execute("INSERT INTO kept (shelf, address, body) VALUES (?, ?, ?)", row)

    def seal(self) -> None:
        """Everything was put: from here on it may be looked up."""
        self.base.execute(INDEX)

    def shelf(self, name: str) -> Iterator[Any]:
        """The bodies of a shelf, in the order they were put."""
        found = self.base.execute("SELECT body FROM kept WHERE shelf = ? ORDER BY rank", (name,))
        return (_loaded(body) for (body,) in found)

    def found(self, address: str) -> tuple[list[Any], int]:
        """The bodies of an address in their order, and how many bytes they take."""
        asked = "SELECT body FROM kept WHERE address = ? ORDER BY rank"
        bodies = [body for (body,) in self.base.execute(asked, (_bytes(address),))]
        return [_loaded(body) for body in bodies], sum(map(len, bodies))

    def mark(self, kind: str, address: str) -> bool:
        """Whether the address had no such mark before."""
        return self.base.execute("INSERT OR IGNORE INTO marks VALUES (?, ?, 1)", (kind, _bytes(address))).rowcount > 0

    def is_marked(self, kind: str, address: str) -> bool:
        asked = "SELECT 1 FROM marks WHERE kind = ? AND address = ?"
        return self.base.execute(asked, (kind, _bytes(address))).fetchone() is not None

    def count(self, kind: str, address: str) -> int:
        """How often it was counted, this time included."""
        where = (kind, _bytes(address))
        self.base.execute("INSERT INTO marks VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1", where)
        asked = "SELECT number FROM marks WHERE kind = ? AND address = ?"
        number: int = self.base.execute(asked, where).fetchone()[0]
        return number


def _loaded(body: bytes) -> Any:
    return marshal.loads(body)  # noqa: S302 - written above, into a file that no one else can open


class _Weighed(NamedTuple, Generic[Thing]):
    """A large thing and the bytes of its bodies."""

    thing: Thing | None
    size: int


class Lookup(Generic[Thing]):
    """Finds things by their addresses; `make` makes one of its bodies. Those asked for lately need no reading."""

    def __init__(self, spool: Spool, make: Callable[[list[Any]], Thing]) -> None:
        self.spool, self.make = spool, make
        self.recent: LRUCache[str, Thing | None] = LRUCache(RECENT)
        self.large: LRUCache[str, _Weighed[Thing]] = LRUCache(LARGE_BYTES, getsizeof=lambda one: one.size)

    def fresh(self, address: str) -> Thing | None:
        """The thing, for one who will not ask again; None where there is none."""
        bodies, _ = self.spool.found(address)
        return self.make(bodies) if bodies else None

    def __call__(self, address: str) -> Thing | None:
        """The thing; None where there is none."""
        if address in self.recent:
            return self.recent[address]
        if address in self.large:
            return self.large[address].thing
        bodies, size = self.spool.found(address)
        thing = self.make(bodies) if bodies else None
        if size <= LARGE:
            self.recent[address] = thing
        elif size <= LARGE_BYTES:
            self.large[address] = _Weighed(thing, size)
        return thing


@contextmanager
def spooled(file: Path) -> Iterator[Spool]:
    """A spool for what a file holds, gone afterwards. Raises SourceError where the disk does not take it."""
    try:
        with closing(Spool()) as spool:
            yield spool
    except sqlite3.Error as error:
        raise SourceError(problem("file_unreadable", file=file.name, detail=str(error)[:200])) from error
