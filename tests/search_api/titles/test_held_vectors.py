import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from mappings.contract import Language
from mappings.embedding import Recipe
from mappings.index_meta import IndexMeta
from mappings.occupation_vectors import (
    FILE,
    OccupationVectors,
    Rows,
    encoder_fingerprint,
    write_occupation_vectors,
)
from mappings.vectors import Centring
from search_api.titles.held_vectors import HeldVectors
from tests.search_api.titles.making import NURSE, WELDER

RECIPE = Recipe("e5", 2)
ENGLISH: Language = "en"
QUERY = np.array([1, 0], np.float32)


def meta(fingerprint: str = "f", centring: Centring = "per_language") -> IndexMeta:
    recipe = Recipe("e5", 2, centring=centring).as_meta()
    built = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    return IndexMeta(fingerprint=fingerprint, contract="c", recipe=recipe, means={}, built=built)


def write(path: Path, *codes: str, recipe: Recipe = RECIPE) -> None:
    vectors = np.tile(np.array([[0.6, 0.8]], np.float32), (len(codes), 1))
    encoder, rows = encoder_fingerprint(recipe.as_meta()), Rows(codes, tuple(ENGLISH for _ in codes), vectors)
    write_occupation_vectors(path, OccupationVectors(rows, rows, encoder, "k"))


def codes(held: HeldVectors) -> list[str] | None:
    found = held.current(meta())
    return found.meanings.likeness(QUERY).codes.tolist() if found else None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE


def test_the_file_is_read_once(path: Path) -> None:
    write(path, WELDER)
    held = HeldVectors(path)
    assert codes(held) == [WELDER]
    assert held.current(meta()) is held.current(meta())


def test_a_replaced_file_is_read_anew(path: Path) -> None:
    write(path, WELDER)
    held = HeldVectors(path)
    assert codes(held) == [WELDER]
    write(path, NURSE, WELDER)
    assert codes(held) == [NURSE, WELDER]


def test_a_file_that_comes_and_goes_is_noticed(path: Path) -> None:
    held = HeldVectors(path)
    assert codes(held) is None
    write(path, WELDER)
    assert codes(held) == [WELDER]
    path.unlink()
    assert codes(held) is None


def test_an_index_that_is_not_centred_has_its_vectors_as_they_are(path: Path) -> None:
    write(path, WELDER)
    held = HeldVectors(path)
    plain, centred = held.current(meta("plain", "none")), held.current(meta("centred"))
    assert plain is not None
    assert centred is not None
    assert plain is not centred
    assert (plain.space, centred.space is None) == (None, False)
    assert plain.meanings.likeness(QUERY).cosines[0] == pytest.approx(0.6, abs=0.001)


def test_vectors_of_another_encoder_are_left_alone(path: Path) -> None:
    write(path, WELDER, recipe=Recipe("e6", 2))
    with capture_logs() as logs:
        assert codes(HeldVectors(path)) is None
    assert [line["event"] for line in logs] == ["occupation_vectors_of_another_encoder"]


@pytest.mark.parametrize(("content", "event"), [(None, "missing"), (b"", "unreadable"), (b"PK\x03\x04", "unreadable")])
def test_what_is_wrong_with_the_file_is_logged_once(path: Path, content: bytes | None, event: str) -> None:
    if content is not None:
        path.write_bytes(content)
    held = HeldVectors(path)
    with capture_logs() as logs:
        assert [codes(held), codes(held)] == [None, None]
    assert [line["event"] for line in logs] == [f"occupation_vectors_{event}"]
