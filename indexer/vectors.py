"""Vectors of texts, each text encoded once: kept in a file by the hash of model, length limit and text."""

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np

from indexer.database_files import open_file
from indexer.failures import IndexerError
from indexer.shipped_vectors import ShippedVectors, shipped_vectors
from mappings.embedding import Encoder, EncoderMissingError, Recipe, model_name, recipe_of
from mappings.vectors import Centring, Vectors

# When a vector was last used, and when a prefix last noted what it needs, stand in tables of their own, so that code
# from before there were any reads and writes the same file. Days are counted as `date.toordinal` does.
TABLES = {
    "vectors": "key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID",
    "models": "name TEXT PRIMARY KEY, dimension INTEGER NOT NULL)",
    "uses": "key BLOB PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID",
    "loads": "prefix TEXT PRIMARY KEY, day INTEGER NOT NULL)",
}
UNNOTED = "INSERT OR IGNORE INTO uses SELECT key, ? FROM vectors"
# A row is written once in so many days, not with each load.
NOTED_EVERY = 7
# So far the noted day moves at most from one load to the next, and never back; less than a row is written in, and it
# would stand still. A clock that is wrong for one load, far ahead or behind, then makes nothing look as if it had
# not been used for long: what another prefix needs stays.
MOST_AT_ONCE = 7
NOTED = f"""
INSERT INTO uses VALUES (?1, ?2)
ON CONFLICT (key) DO UPDATE SET day = ?2 WHERE day <= ?2 - {NOTED_EVERY}
"""  # noqa: S608 - a number of ours
# What a load needs was noted in the days before it; a few more are taken than it can be.
HELD = f"UPDATE uses SET day = ?1 WHERE day >= ?2 - {2 * NOTED_EVERY} AND day < ?1"  # noqa: S608 - a number of ours
UNUSED = "DELETE FROM vectors WHERE key IN (SELECT key FROM uses WHERE day < ?)"
ASKED_AT_ONCE = 500  # below SQLite's limit on parameters in a statement
ENCODED_AT_ONCE = 128  # so many texts are lost at most when a run is killed

T = TypeVar("T")


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def text_key(text: str, recipe: Recipe) -> bytes:
    """What decides a raw vector, hashed."""
    return hashlib.sha256(f"{recipe.model}\0{recipe.max_tokens}\0{text}".encode()).digest()


def _today() -> int:
    return dt.datetime.now(dt.UTC).date().toordinal()


def _bring_up(connection: sqlite3.Connection) -> None:
    """Makes the tables that are not there, in one step. What a file from before uses were noted holds is used today."""
    connection.execute("PRAGMA journal_mode=WAL")
    held = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if held >= TABLES.keys():
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for name, columns in TABLES.items():
            connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns}")
        connection.execute(UNNOTED, (_today(),))


class VectorCache:
    """Raw vectors on disk. Loads that share one write by turns; a file that is damaged is set aside and begun anew.

    Raises sqlite3.Error for whatever else is wrong with the file.
    """

    def __init__(self, path: Path) -> None:
        self._connection = open_file(path, _bring_up)

    def close(self) -> None:
        self._connection.close()

    def dimension(self, model: str) -> int | None:
        """The dimension of a model used before: spares loading it when nothing is to be encoded."""
        row = self._connection.execute("SELECT dimension FROM models WHERE name = ?", (model,)).fetchone()
        return int(row[0]) if row else None

    def remember(self, recipe: Recipe) -> None:
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO models VALUES (?, ?)", (recipe.model, recipe.dimension))

    def _asked(self, columns: str, keys: Sequence[bytes]) -> Iterator[tuple[bytes, ...]]:
        """Those columns of the rows that are there."""
        for part in chunks(keys, ASKED_AT_ONCE):
            marks = ",".join("?" * len(part))
            query = f"SELECT {columns} FROM vectors WHERE key IN ({marks})"  # noqa: S608 - question marks only
            yield from self._connection.execute(query, part)

    def known(self, keys: Sequence[bytes]) -> set[bytes]:
        """Those keys that have a vector; none is read."""
        return set(chain.from_iterable(self._asked("key", keys)))

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors that are there, by key."""
        return {key: np.frombuffer(blob, "<f4") for key, blob in self._asked("key, vector", keys)}

    def put(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        rows = [(key, row.astype("<f4").tobytes()) for key, row in zip(keys, vectors, strict=True)]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    @property
    def _newest(self) -> int | None:
        """The latest day that any use was noted on."""
        row = self._connection.execute("SELECT max(day) FROM uses").fetchone()
        return None if row[0] is None else int(row[0])

    @property
    def _day(self) -> int:
        """The day to note: today, unless the clock went back or far ahead since the last note."""
        today, newest = _today(), self._newest
        return today if newest is None else min(max(today, newest), newest + MOST_AT_ONCE)

    def use(self, keys: Iterable[bytes]) -> None:
        """Notes that these are needed today, whether there yet or not: whoever prunes next leaves them."""
        day = self._day
        with self._connection:
            self._connection.executemany(NOTED, ((key, day) for key in keys))

    def loaded(self, prefix: str) -> None:
        """Notes that all which the served index of that prefix needs was noted by now."""
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO loads VALUES (?, ?)", (prefix, self._newest or self._day))

    def hold(self, prefix: str) -> None:
        """Notes, once in so many days, that what the last load of the prefix needed still is; before any such, all."""
        row = self._connection.execute("SELECT day FROM loads WHERE prefix = ?", (prefix,)).fetchone()
        before, day = (int(row[0]) if row else 0), self._day
        if day - before < NOTED_EVERY:
            return
        with self._connection:
            self._connection.execute(HELD, (day, before))
            self._connection.execute("INSERT OR REPLACE INTO loads VALUES (?, ?)", (prefix, day))

    def prune(self, days: int) -> int:
        """Removes what was not used for so many days up to the last use of any, and says how many vectors that were."""
        before = ((self._newest or 0) - days,)
        with self._connection:
            gone = self._connection.execute(UNUSED, before).rowcount
            self._connection.execute("DELETE FROM uses WHERE day < ?", before)
        return gone

    def shrink(self, days: int) -> int:
        """The same, also of what older code put there and nobody used since; the disk gets its room back."""
        with self._connection:
            self._connection.execute(UNNOTED, (self._newest or _today(),))
        gone = self.prune(days)
        if gone:
            self._connection.execute("VACUUM")
        return gone


class Embedder:
    """Encodes what neither ships nor is in the cache. The model is loaded when first needed, which takes seconds."""

    def __init__(
        self, model: str, centring: Centring, cache: VectorCache, shipped: ShippedVectors | None = None
    ) -> None:
        """`shipped` may be given to do without those that ship."""
        self._model, self._centring, self._cache = model, centring, cache
        self._shipped = shipped or shipped_vectors()
        self._encoder: Encoder | None = None
        self.encoded = 0

    @property
    def encoder(self) -> Encoder:
        """The model. Raises IndexerError when it cannot be loaded."""
        if self._encoder is None:
            try:
                self._encoder = Encoder(self._model, self._centring)
            except EncoderMissingError as error:
                raise IndexerError(str(error).splitlines()[0]) from error
            self._cache.remember(self._encoder.recipe)
        return self._encoder

    @property
    def recipe(self) -> Recipe:
        name = model_name(self._model)
        dimension = self._shipped.dimension(name) or self._cache.dimension(name)
        if self._encoder is None and dimension:
            return recipe_of(self._model, dimension, self._centring)
        return self.encoder.recipe

    def missing(self, texts: Sequence[str]) -> int:
        """How many different texts would be encoded."""
        return len(self._missing(self._by_key(texts)))

    def _by_key(self, texts: Sequence[str]) -> dict[bytes, str]:
        recipe = self.recipe
        return {text_key(text, recipe): text for text in texts}

    def _missing(self, wanted: Mapping[bytes, str]) -> list[bytes]:
        unshipped = self._unshipped(wanted)
        known = self._cache.known(unshipped)
        return [key for key in unshipped if key not in known]

    def _unshipped(self, keys: Iterable[bytes]) -> list[bytes]:
        """What ships goes first: an index is then the same wherever it is made."""
        return [key for key in keys if key not in self._shipped]

    def _encode(self, wanted: Mapping[bytes, str], advance: Callable[[int], None]) -> None:
        """Encodes what is missing and keeps it batch by batch, so that a killed run's work is not lost."""
        # Alike lengths share a batch; the longest first, so that the time left is not promised too short.
        missing = sorted(self._missing(wanted), key=lambda key: -len(wanted[key]))
        for part in chunks(missing, ENCODED_AT_ONCE):
            self._cache.put(part, self.encoder.encode([wanted[key] for key in part]))
            self.encoded += len(part)
            advance(len(part))

    def embed(self, texts: Sequence[str], advance: Callable[[int], None]) -> Vectors:
        """Raw unit vectors, shape (len(texts), dimension). `advance` is told of each batch encoded."""
        keys = [text_key(text, self.recipe) for text in texts]
        wanted = dict(zip(keys, texts, strict=True))
        # Before any is looked for: else a load that shares the file might prune it in between.
        self._cache.use(self._unshipped(wanted))
        self._encode(wanted, advance)
        recipe = self.recipe
        found = np.empty((len(texts), recipe.dimension), np.float32)
        for at in range(0, len(keys), ASKED_AT_ONCE):
            part = keys[at : at + ASKED_AT_ONCE]
            rows = self._shipped.get(part) | self._cache.get(self._unshipped(part))
            found[at : at + len(part)] = [rows[key] for key in part]
        return found
