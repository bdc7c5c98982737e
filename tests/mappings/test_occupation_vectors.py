import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mappings.contract import LANGUAGES, Language
from mappings.embedding import Recipe
from mappings.occupation_vectors import (
    FILE,
    OccupationVectors,
    OccupationVectorsError,
    Rows,
    encoder_fingerprint,
    read_occupation_vectors,
    write_occupation_vectors,
)
from mappings.vectors import unit

RECIPE = Recipe("e5", 4)


def held(*codes: str, seed: int = 1) -> OccupationVectors:
    rows = np.random.default_rng(seed).normal(size=(2 * len(codes), 4)).astype(np.float32)
    spoken: tuple[Language, ...] = tuple(language for language in LANGUAGES for _ in codes)
    passages = Rows((*codes, *codes), spoken, unit(rows))
    names = Rows(codes, spoken[: len(codes)], unit(rows[: len(codes)]))
    return OccupationVectors(passages, names, encoder_fingerprint(RECIPE.as_meta()), "k1")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    written = held("31301", "00010")
    write_occupation_vectors(tmp_path / FILE, written)
    found = read_occupation_vectors(tmp_path / FILE)
    for kind in ("passages", "names"):
        read, kept = getattr(found, kind), getattr(written, kind)
        assert (read.codes, read.languages) == (kept.codes, kept.languages)
        assert read.vectors.dtype == np.float32
        assert np.abs(read.vectors - kept.vectors).max() < 0.001
    assert (found.encoder, found.knowledge) == (written.encoder, "k1")


def test_no_occupations_are_a_file_too(tmp_path: Path) -> None:
    none = Rows((), (), np.empty((0, 4), np.float32))
    empty = OccupationVectors(none, none, "e", "k")
    write_occupation_vectors(tmp_path / FILE, empty)
    assert read_occupation_vectors(tmp_path / FILE).passages.codes == ()


def test_the_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_occupation_vectors(tmp_path / FILE, held("31301"))
    before = (tmp_path / FILE).stat().st_ino
    write_occupation_vectors(tmp_path / FILE, held("72106"))
    assert (tmp_path / FILE).stat().st_ino != before
    assert read_occupation_vectors(tmp_path / FILE).passages.codes == ("72106", "72106")
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(OSError, match=FILE):
        write_occupation_vectors(tmp_path / FILE, held("31301"))
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_an_absent_file_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_occupation_vectors(tmp_path / FILE)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_file_cut_short_cannot_be_read(tmp_path: Path, share: float) -> None:
    path = tmp_path / FILE
    write_occupation_vectors(path, held("31301", "72106"))
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(OccupationVectorsError, match=FILE):
        read_occupation_vectors(path)


def test_another_file_of_that_name_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with path.open("wb") as file:
        np.savez(file, vectors=np.ones((1, 4)))
    with pytest.raises(OccupationVectorsError, match="passages"):
        read_occupation_vectors(path)


@pytest.mark.parametrize("wrong", ["rows", "language", "length", "number"])
def test_columns_that_make_no_sense_are_refused(tmp_path: Path, wrong: str) -> None:
    vectors, languages = np.eye(4, dtype=np.float32)[:2], ["en", "fr"]
    if wrong == "rows":
        vectors = vectors[:1]
    elif wrong == "language":
        languages = ["en", "de"]
    else:
        vectors[0] = np.nan if wrong == "number" else 2
    with (tmp_path / FILE).open("wb") as file:
        rows: dict[str, Any] = {"vectors": vectors, "codes": ["1", "2"], "languages": languages}
        columns: dict[str, Any] = {
            f"{kind}_{name}": column for kind in ("passages", "names") for name, column in rows.items()
        }
        np.savez(file, allow_pickle=False, encoder=np.array("e"), knowledge=np.array("k"), **columns)
    with pytest.raises(OccupationVectorsError):
        read_occupation_vectors(tmp_path / FILE)


def test_the_fingerprint_is_of_what_decides_a_passage() -> None:
    same = Recipe("e5", 4, centring="none", text="title", adapter="abc")
    changes = ({"passage_prefix": "p: "}, {"query_prefix": "q: "}, {"max_tokens": 9}, {"lower_case_queries": False})
    others = (Recipe("e6", 4), Recipe("e5", 5), *(dataclasses.replace(RECIPE, **change) for change in changes))
    known = {encoder_fingerprint(one.as_meta()) for one in (RECIPE, *others)}
    assert encoder_fingerprint(same.as_meta()) == encoder_fingerprint(RECIPE.as_meta())
    assert len(known) == 7
