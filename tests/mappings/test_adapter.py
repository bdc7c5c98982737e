from pathlib import Path

import numpy as np
import pytest

from mappings.adapter import (
    NONE,
    Adapter,
    adapter_name,
    adapter_named,
    read_adapter,
    shipped_adapter,
    turned,
    turned_document,
    turned_query,
    write_adapter,
)
from mappings.embedding import model_name, recipe_of
from mappings.vectors import unit

SHIFT = np.array([[0, 1], [0, 0]], np.float32)


def test_a_vector_is_turned_by_the_matrix_and_stays_a_unit_vector() -> None:
    found = turned(np.array([1, 0], np.float32), SHIFT)
    assert found == pytest.approx(unit(np.array([1, 1], np.float32)))
    assert turned(np.array([[0, 1]], np.float32), SHIFT).tolist() == [[0, 1]]


def test_without_a_matrix_vectors_are_as_they_are() -> None:
    vectors = np.eye(2, dtype=np.float32)
    assert turned(vectors, None) is vectors


def test_queries_and_what_is_searched_are_turned_by_their_own_side_and_left_alone_without_an_adapter() -> None:
    adapter, vector = Adapter("m", SHIFT, SHIFT.T.copy()), np.array([1, 0], np.float32)
    assert turned_query(vector, adapter) == pytest.approx(turned(vector, SHIFT))
    assert turned_document(vector, adapter) == pytest.approx(turned(vector, SHIFT.T))
    assert turned_query(vector, None) is turned_document(vector, None) is vector


def test_what_is_written_is_read_with_its_digest(tmp_path: Path) -> None:
    written = Adapter("m", SHIFT, SHIFT.T.copy())
    write_adapter(tmp_path / "a.npz", written)
    found = read_adapter(tmp_path / "a.npz")
    assert (found.model, found.digest) == ("m", written.digest)
    assert np.array_equal(found.query, SHIFT)
    assert np.array_equal(found.document, SHIFT.T)


def test_another_matrix_has_another_digest() -> None:
    assert Adapter("m", SHIFT, SHIFT).digest != Adapter("m", SHIFT, SHIFT.T.copy()).digest


@pytest.mark.parametrize("shapes", [((2, 3), (2, 3)), ((2, 2), (3, 3)), ((4,), (4,))])
def test_what_is_no_pair_of_square_matrices_is_refused(
    tmp_path: Path, shapes: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    query, document = (np.zeros(shape, np.float16) for shape in shapes)
    np.savez(tmp_path / "a.npz", model=np.array("m"), query=query, document=document)
    with pytest.raises(ValueError, match="square"):
        read_adapter(tmp_path / "a.npz")


def test_the_one_that_ships_fits_the_model_that_ships(encoder_folder: Path) -> None:
    adapter = shipped_adapter()
    assert adapter.model == model_name(str(encoder_folder))
    assert adapter.query.shape == adapter.document.shape == (384, 384)
    assert adapter_named(adapter.digest) is adapter


def test_another_model_and_plain_vectors_have_none(encoder_folder: Path) -> None:
    assert (adapter_name("another"), adapter_named(NONE), adapter_named("123")) == (NONE, None, None)
    assert recipe_of(str(encoder_folder), 384, "none").adapter == NONE
    assert recipe_of(str(encoder_folder), 384, "per_language").adapter == shipped_adapter().digest
