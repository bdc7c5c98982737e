"""The cache of vectors, and who is encoded."""

import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer import vectors
from indexer.failures import IndexerError
from indexer.vectors import Embedder, VectorCache, text_key
from mappings.embedding import EncoderMissingError, Recipe
from mappings.vectors import Vectors

RECIPE = Recipe("fake", 3)


class Fake:
    """Stands in for the model: a text's vector is made of its length."""

    loads = 0

    def __init__(self, model: str, centring: Any) -> None:
        type(self).loads += 1
        self.recipe = Recipe(model, 3, centring=centring)
        self.texts: list[str] = []

    def encode(self, texts: list[str]) -> Vectors:
        self.texts += texts
        return np.array([[len(text), 1, 0] for text in texts], np.float32)


@pytest.fixture
def cache(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "v.sqlite")


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "Encoder", Fake)
    Fake.loads = 0


def embed(cache: VectorCache, *texts: str) -> tuple[Vectors, int]:
    embedder = Embedder("fake", "per_language", cache)
    seen: list[int] = []
    found = embedder.embed(texts, seen.append)
    assert sum(seen) == embedder.encoded
    return found, embedder.encoded


def test_a_text_is_encoded_once(cache: VectorCache) -> None:
    assert embed(cache, "a", "bb", "a")[1] == 2
    found, encoded = embed(cache, "bb", "ccc")
    assert encoded == 1
    assert found[:, 0].tolist() == [2, 3]


def test_rows_keep_the_order_of_the_texts(cache: VectorCache) -> None:
    texts = ["x" * length for length in (5, 1, 9, 1, 3)]
    assert embed(cache, *texts)[0][:, 0].tolist() == [5, 1, 9, 1, 3]


def test_the_model_is_not_loaded_when_every_text_is_known(cache: VectorCache) -> None:
    embed(cache, "a")
    embed(cache, "a")
    assert Fake.loads == 1


def test_no_text_gives_no_rows(cache: VectorCache) -> None:
    assert embed(cache)[0].shape == (0, 3)


def test_batches_are_kept_as_they_come(cache: VectorCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "ENCODED_AT_ONCE", 2)
    monkeypatch.setattr(vectors, "ASKED_AT_ONCE", 2)
    assert embed(cache, *"abcde")[0].shape == (5, 3)


def test_another_model_or_length_is_another_vector() -> None:
    keys = {text_key("a", recipe) for recipe in (RECIPE, Recipe("other", 3), Recipe("fake", 3, max_tokens=9))}
    assert len(keys) == 3


def test_a_damaged_cache_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"not a database, but long enough to be looked at" * 50)
    cache = VectorCache(path)
    assert embed(cache, "a")[1] == 1
    cache.close()
    assert (tmp_path / "v.damaged").exists()


def test_a_half_written_batch_leaves_no_trace(cache: VectorCache) -> None:
    with pytest.raises(ValueError, match="zip"):
        cache.put([b"1", b"2"], np.ones((1, 3), np.float32))
    assert cache.get([b"1", b"2"]) == {}
    cache.close()
    with pytest.raises(sqlite3.ProgrammingError):
        cache.get([b"1"])


def test_a_missing_model_is_said_in_one_line(cache: VectorCache, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: Any) -> None:
        raise EncoderMissingError("the embedding model 'x' cannot be loaded: no file\nwith more lines")

    monkeypatch.setattr(vectors, "Encoder", missing)
    with pytest.raises(IndexerError, match=r"cannot be loaded: no file$"):
        embed(cache, "a")
