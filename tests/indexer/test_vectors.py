"""The cache of vectors, and who is encoded."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer import database_files, vectors
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


def test_what_lay_beside_a_damaged_file_is_not_read_into_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"not a database, but long enough to be looked at" * 50)
    (tmp_path / "v.sqlite-wal").write_bytes(b"of the damaged one")
    with closing(VectorCache(path)) as cache:
        assert embed(cache, "a")[1] == 1
        assert b"of the damaged one" not in (tmp_path / "v.sqlite-wal").read_bytes()


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


def on_day(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setattr(vectors, "_today", lambda: day)


def nights(cache: VectorCache, monkeypatch: pytest.MonkeyPatch, first: int, last: int, *texts: str) -> None:
    """Loads of other texts, one a night, as those of another prefix that shares the file."""
    for day in range(first, last + 1):
        on_day(monkeypatch, day)
        cache.use([text_key(text, RECIPE) for text in texts or ("other",)])


def test_what_no_load_used_for_long_is_removed_and_what_one_uses_stays(
    cache: VectorCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, 1000)
    embed(cache, "a", "bb")
    nights(cache, monkeypatch, 1001, 1060)
    assert embed(cache, "bb", "ccc")[1] == 1
    nights(cache, monkeypatch, 1061, 1090)
    assert cache.prune(90) == 0
    nights(cache, monkeypatch, 1091, 1098)
    assert cache.prune(90) == 1
    assert embed(cache, "a", "bb", "ccc")[1] == 1


def test_a_load_that_shares_the_file_is_told_of_before_it_looks(cache: VectorCache, tmp_path: Path) -> None:
    key = text_key("a", RECIPE)
    on_another = VectorCache(tmp_path / "v.sqlite")
    cache.use([key])
    cache.put([key], np.ones((1, 3), np.float32))
    assert on_another.prune(14) == 0
    assert on_another.known([key, b"none"]) == {key}


def test_a_use_is_written_once_a_week(cache: VectorCache, monkeypatch: pytest.MonkeyPatch) -> None:
    on_day(monkeypatch, 1000)
    embed(cache, "a")
    for day, written in ((1003, 0), (1006, 0), (1007, 1), (1008, 0)):
        on_day(monkeypatch, day)
        before = cache._connection.total_changes
        cache.use([text_key("a", RECIPE)])
        assert cache._connection.total_changes - before == written


@pytest.mark.parametrize("wrong", [10, 900, 1100, 9000, 700_000])
def test_a_clock_that_is_wrong_for_one_load_loses_nothing_that_others_need(
    cache: VectorCache, monkeypatch: pytest.MonkeyPatch, wrong: int
) -> None:
    on_day(monkeypatch, 1000)
    embed(cache, "a", "shared")
    on_day(monkeypatch, wrong)
    embed(cache, "mine", "shared")
    assert cache.prune(14) == 0
    nights(cache, monkeypatch, 1001, 1007)
    assert cache.prune(14) == 0
    assert embed(cache, "a", "shared", "mine")[1] == 0


def test_after_a_wrong_clock_what_nobody_needs_is_removed_as_ever(
    cache: VectorCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, 1000)
    embed(cache, "a")
    on_day(monkeypatch, 9000)
    embed(cache, "c")
    nights(cache, monkeypatch, 1001, 1096)
    assert cache.prune(90) == 1


def test_a_break_of_years_costs_no_vector(cache: VectorCache, monkeypatch: pytest.MonkeyPatch) -> None:
    on_day(monkeypatch, 1000)
    embed(cache, "a")
    nights(cache, monkeypatch, 3000, 3000)
    assert (cache.prune(14), cache.shrink(14)) == (0, 0)


def test_what_is_served_without_a_load_is_held_and_what_it_left_before_is_not(
    cache: VectorCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, 980)
    embed(cache, "left before")
    nights(cache, monkeypatch, 981, 999)
    embed(cache, "served")
    cache.loaded("maple")
    for day in range(1000, 1200):
        nights(cache, monkeypatch, day, day)
        cache.hold("maple")
    assert cache.prune(90) == 1
    assert embed(cache, "served")[1] == 0


def test_a_hold_is_written_once_a_week(cache: VectorCache, monkeypatch: pytest.MonkeyPatch) -> None:
    on_day(monkeypatch, 1000)
    embed(cache, "served")
    cache.loaded("maple")
    written = []
    for day in range(1001, 1016):
        on_day(monkeypatch, day)
        before = cache._connection.total_changes
        cache.hold("maple")
        written += [day] if cache._connection.total_changes > before else []
    assert written == [1007, 1014]


def test_of_a_prefix_that_never_said_what_it_needs_all_is_held(
    cache: VectorCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, 1000)
    embed(cache, "served")
    nights(cache, monkeypatch, 1001, 1080)
    cache.hold("maple")
    nights(cache, monkeypatch, 1081, 1120)
    assert cache.prune(90) == 0


def older(path: Path, key: bytes) -> None:
    """A file as it was before uses were noted, with one vector."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")
        connection.execute("CREATE TABLE models (name TEXT PRIMARY KEY, dimension INTEGER NOT NULL)")
        connection.execute("INSERT INTO models VALUES ('fake', 3)")
        connection.execute("INSERT INTO vectors VALUES (?, ?)", (key, np.ones(3, "<f4").tobytes()))


def test_a_file_from_before_uses_were_noted_keeps_its_vectors_as_if_used_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.sqlite"
    older(path, text_key("a", RECIPE))
    on_day(monkeypatch, 1000)
    with closing(VectorCache(path)) as cache:
        assert embed(cache, "a")[1] == 0
    assert Fake.loads == 0
    with closing(VectorCache(path)) as cache:
        nights(cache, monkeypatch, 1001, 1098)
        assert cache.prune(90) == 1


def test_what_older_code_put_there_later_is_removed_too_but_not_at_once(
    cache: VectorCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(monkeypatch, 1000)
    cache.put([b"unnoted"], np.ones((1, 3), np.float32))
    assert cache.shrink(90) == 0
    nights(cache, monkeypatch, 1001, 1098)
    assert cache.shrink(90) == 1


def test_a_file_gets_smaller_when_it_is_shrunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "v.sqlite"
    on_day(monkeypatch, 1000)
    with closing(VectorCache(path)) as cache:
        keys = [bytes([number]) * 32 for number in range(250)]
        cache.use(keys)
        cache.put(keys, np.ones((250, 384), np.float32))
    full = path.stat().st_size
    with closing(VectorCache(path)) as cache:
        nights(cache, monkeypatch, 1001, 1100)
        assert cache.shrink(90) == 250
    assert path.stat().st_size < full / 10


def test_a_file_that_another_load_holds_is_not_taken_for_damaged(
    cache: VectorCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_files, "LOCKED", 0.1)
    path = tmp_path / "old.sqlite"
    older(path, b"1")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            VectorCache(path)
    assert not path.with_suffix(".damaged").exists()
    assert VectorCache(path).known([b"1"]) == {b"1"}
