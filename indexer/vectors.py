"""Vectors of texts, each text encoded once: kept in a file by the hash of model, length limit and text."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from indexer.failures import IndexerError
from indexer.shipped_vectors import ShippedVectors, shipped_vectors
from mappings.embedding import Encoder, EncoderMissingError, Recipe, model_name, recipe_of
from mappings.vectors import Centring, Vectors

SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS models (name TEXT PRIMARY KEY, dimension INTEGER NOT NULL);
"""
ASKED_AT_ONCE = 500  # below SQLite's limit on parameters in a statement
ENCODED_AT_ONCE = 128  # so many texts are lost at most when a run is killed

T = TypeVar("T")


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def text_key(text: str, recipe: Recipe) -> bytes:
    """What decides a raw vector, hashed."""
    return hashlib.sha256(f"{recipe.model}\0{recipe.max_tokens}\0{text}".encode()).digest()


class VectorCache:
    """Raw vectors on disk. One writer at a time; a file that is damaged is set aside and begun anew."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = self._opened(path)
        except sqlite3.DatabaseError:
            path.replace(path.with_suffix(".damaged"))
            self._connection = self._opened(path)

    @staticmethod
    def _opened(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=30)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(SCHEMA)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        self._connection.close()

    def dimension(self, model: str) -> int | None:
        """The dimension of a model used before: spares loading it when nothing is to be encoded."""
        row = self._connection.execute("SELECT dimension FROM models WHERE name = ?", (model,)).fetchone()
        return int(row[0]) if row else None

    def remember(self, recipe: Recipe) -> None:
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO models VALUES (?, ?)", (recipe.model, recipe.dimension))

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors that are there, by key."""
        found: dict[bytes, Vectors] = {}
        for part in chunks(keys, ASKED_AT_ONCE):
            marks = ",".join("?" * len(part))
            query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608 - question marks only
            found |= {key: np.frombuffer(blob, "<f4") for key, blob in self._connection.execute(query, part)}
        return found

    def put(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        rows = [(key, row.astype("<f4").tobytes()) for key, row in zip(keys, vectors, strict=True)]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)


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
        return len(self._missing(texts))

    def _missing(self, texts: Sequence[str]) -> dict[bytes, str]:
        recipe = self.recipe
        wanted = {text_key(text, recipe): text for text in texts}
        known = self._known(list(wanted)).keys()
        return {key: text for key, text in wanted.items() if key not in known}

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """What ships goes first: an index is then the same wherever it is made."""
        shipped = self._shipped.get(keys)
        return shipped | self._cache.get([key for key in keys if key not in shipped])

    def embed(self, texts: Sequence[str], advance: Callable[[int], None]) -> Vectors:
        """Raw unit vectors, shape (len(texts), dimension). `advance` is told of each batch encoded."""
        # Alike lengths share a batch; the longest first, so that the time left is not promised too short.
        missing = sorted(self._missing(texts).items(), key=lambda item: -len(item[1]))
        for part in chunks(missing, ENCODED_AT_ONCE):
            self._cache.put([key for key, _ in part], self.encoder.encode([text for _, text in part]))
            self.encoded += len(part)
            advance(len(part))
        recipe = self.recipe
        keys = [text_key(text, recipe) for text in texts]
        found = self._known(list(dict.fromkeys(keys)))
        rows = [found[key] for key in keys]
        return np.stack(rows).astype(np.float32) if rows else np.empty((0, recipe.dimension), np.float32)
