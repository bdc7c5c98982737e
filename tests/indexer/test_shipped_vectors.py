"""The vectors that ship: of every text a load encodes anyway, as the encoder makes them, for one model only."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from indexer.settings import read_settings
from indexer.shipment import shipped_texts
from indexer.shipped_vectors import NOTHING, read_shipped_vectors, shipped_vectors, write_shipped_vectors
from indexer.vectors import Embedder, VectorCache, text_key
from mappings.embedding import Encoder, Recipe
from mappings.vectors import Vectors, unit

KEYS = [bytes([number]) * 32 for number in range(3)]
ROWS = unit(np.array([[3, 4, 0], [0, -1, 0.001], [1, 1, 1]], np.float32))
MADE_ANEW = "run `python -m indexer.shipment`: the knowledge of occupations or the model was changed"


@pytest.fixture(scope="module")
def encoder(encoder_folder: Path) -> Encoder:
    return Encoder(str(encoder_folder))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "shipped.npz"
    write_shipped_vectors(path, "some model", KEYS, ROWS)
    return path


def texts(recipe: Recipe) -> list[str]:
    return [text for group in shipped_texts(recipe) for each in group.values() for text in each]


def test_every_text_of_ours_ships_with_its_vector(tmp_path: Path, encoder: Encoder) -> None:
    with closing(VectorCache(tmp_path / "empty.sqlite")) as cache:
        embedder = Embedder(read_settings().model, "per_language", cache)
        assert embedder.missing(texts(encoder.recipe)) == 0, MADE_ANEW


def test_no_vector_ships_that_nothing_asks_for(encoder: Encoder) -> None:
    asked = {text_key(text, encoder.recipe) for text in texts(encoder.recipe)}
    assert len(shipped_vectors().rows) == len(asked), MADE_ANEW


def test_they_are_what_the_encoder_makes(encoder: Encoder) -> None:
    some = texts(encoder.recipe)[::450]
    found = shipped_vectors().get([text_key(text, encoder.recipe) for text in some])
    cosines = (encoder.encode(some) * np.stack(list(found.values()))).sum(axis=1)
    assert len(cosines) > 25
    assert cosines.min() > 0.9999


def test_vectors_come_back_in_the_order_asked_for_and_only_those_there(written: Path) -> None:
    found = read_shipped_vectors(written).get([KEYS[2], b"another key" * 3, KEYS[0]])
    assert list(found) == [KEYS[2], KEYS[0]]
    assert np.allclose(np.stack(list(found.values())), ROWS[[2, 0]], atol=0.005)
    assert np.allclose(np.linalg.norm(found[KEYS[0]]), 1, atol=1e-6)


def test_another_model_has_none(written: Path) -> None:
    shipped = read_shipped_vectors(written)
    assert (shipped.dimension("some model"), shipped.dimension("another")) == (3, None)
    assert shipped.get([b"x" * 32]) == {}
    assert NOTHING.get(KEYS) == {}


def test_a_text_that_ships_is_not_encoded_and_takes_no_room_in_the_cache(tmp_path: Path, encoder: Encoder) -> None:
    with closing(VectorCache(tmp_path / "v.sqlite")) as cache:
        embedder = Embedder(read_settings().model, "per_language", cache)
        known = texts(encoder.recipe)[0]
        rows: Vectors = embedder.embed([known, "query: a text nobody wrote"], lambda _: None)
        assert embedder.encoded == 1
        assert cache.get([text_key(known, encoder.recipe)]) == {}
    assert rows.shape == (2, encoder.recipe.dimension)


@pytest.mark.parametrize("rows", [[[1, 2, 3]], [1, 2, 3]])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, rows: list[object]) -> None:
    path = tmp_path / "wrong.npz"
    keys = np.zeros((3, 16), np.uint8) + np.arange(3, dtype=np.uint8)[:, None]
    np.savez(path, allow_pickle=False, model=np.array("m"), keys=keys, steps=np.array(rows, np.int8))
    with pytest.raises(ValueError, match="one row for each key"):
        read_shipped_vectors(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_shipped_vectors(tmp_path / "none.npz")
