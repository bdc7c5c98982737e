"""The occupations' vectors, kept by loads for the reader."""

import sys
from pathlib import Path

import numpy as np
import pytest

from indexer import cli, gate
from indexer.failures import GateError
from indexer.lease import lease
from indexer.occupation_vectors import are_kept, file_of
from indexer.vectors import Embedder, VectorCache
from mappings.embedding import Recipe, query_text
from mappings.index_meta import IndexMeta
from mappings.knowledge import DATA_FOLDER
from mappings.occupation_vectors import OccupationVectors, encoder_fingerprint, read_occupation_vectors
from mappings.reference_tables import shipped_titles
from mappings.vectors import Vectors, unit
from tests.indexer.conftest import WELDING, Catalogue

WRITTEN_BY_HAND = ("33102", "72106", "12200")
GROUPS = 516
# Nothing but its official title is known to these tests: real estate agents and salespersons.
TITLED = "63101"


def kept(catalogue: Catalogue) -> OccupationVectors:
    return read_occupation_vectors(file_of(catalogue.settings))


def meta_of(catalogue: Catalogue) -> IndexMeta:
    (name,) = catalogue.served()
    body = catalogue.engine.indices.get_mapping(index=name)[name]["mappings"]["_meta"]
    return IndexMeta.model_validate(body)


@pytest.fixture
def if_needed(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "IfNeeded":
    for name, value in catalogue.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["indexer", "index", "--if-needed"])
    return IfNeeded(capsys)


class IfNeeded:
    """Runs `index --if-needed` in this process; gives what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self) -> str:
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = self._capsys.readouterr()
        assert (ended.value.code, shown.err) == (0, "")
        return shown.out


def query(catalogue: Catalogue, text: str) -> Vectors:
    cache = VectorCache(catalogue.settings.vectors)
    embedder = Embedder(catalogue.settings.model, "per_language", cache)
    (found,) = embedder.embed([query_text(text, embedder.recipe)], lambda _: None)
    cache.close()
    return np.asarray(found, np.float32)


def test_a_load_keeps_every_occupation_in_both_languages(catalogue: Catalogue) -> None:
    catalogue.load()
    found, meta = kept(catalogue), meta_of(catalogue)
    passages, names = found.passages, found.names
    assert sorted(zip(passages.codes, passages.languages, strict=True)) == sorted(
        (code, language) for code in shipped_titles(DATA_FOLDER) for language in ("en", "fr")
    )
    assert (found.encoder, found.knowledge) == (encoder_fingerprint(meta.recipe), meta.knowledge)
    for rows in (passages, names):
        assert np.abs(rows.vectors - unit(rows.vectors)).max() < 0.001
    assert set(names.codes) == set(WRITTEN_BY_HAND)


def test_what_is_kept_is_near_what_people_say_of_it(catalogue: Catalogue) -> None:
    catalogue.load()
    found = kept(catalogue).passages
    said = (("joining metal with a torch", "72106"), ("laver des personnes âgées", "33102"), ("selling houses", TITLED))
    for text, code in said:
        assert found.codes[int(np.argmax(found.vectors @ query(catalogue, text)))] == code


def test_vectors_are_kept_whatever_way_the_index_is_centred(catalogue: Catalogue) -> None:
    catalogue.load()
    before = kept(catalogue)
    catalogue.settings = catalogue.settings.model_copy(update={"centring": "none"})
    catalogue.load()
    assert np.array_equal(kept(catalogue).passages.vectors, before.passages.vectors)
    assert are_kept(catalogue.settings, meta_of(catalogue))


def test_a_load_that_is_refused_keeps_what_was_there(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue.load()
    before = file_of(catalogue.settings).stat()
    catalogue.feed("maple.csv", [WELDING])
    monkeypatch.setattr(gate, "difference", lambda *_: "cost")
    with pytest.raises(GateError):
        catalogue.load()
    assert file_of(catalogue.settings).stat() == before


def test_a_load_is_served_even_where_the_file_cannot_be_written(catalogue: Catalogue) -> None:
    file_of(catalogue.settings).mkdir(parents=True)
    report = catalogue.load()
    assert catalogue.served() == [report.index]


def test_a_fresh_index_has_the_file_made_where_it_is_gone(catalogue: Catalogue, if_needed: IfNeeded) -> None:
    catalogue.load()
    served, before = catalogue.served(), kept(catalogue)
    file_of(catalogue.settings).unlink()
    assert f"occupations: {GROUPS} of them, 0 texts not seen before" in if_needed()
    assert catalogue.served() == served
    assert np.array_equal(kept(catalogue).passages.vectors, before.passages.vectors)


def test_a_file_that_fits_is_left_alone(catalogue: Catalogue, if_needed: IfNeeded) -> None:
    catalogue.load()
    before = file_of(catalogue.settings).stat()
    assert "occupations:" not in if_needed()
    assert file_of(catalogue.settings).stat().st_ino == before.st_ino


def test_a_damaged_file_is_made_anew(catalogue: Catalogue, if_needed: IfNeeded) -> None:
    catalogue.load()
    file_of(catalogue.settings).write_bytes(b"PK")
    if_needed()
    assert set(WRITTEN_BY_HAND) < set(kept(catalogue).passages.codes)
    assert len(set(kept(catalogue).passages.codes)) == GROUPS


def test_what_cannot_be_made_is_said_and_the_index_stays_up_to_date(catalogue: Catalogue, if_needed: IfNeeded) -> None:
    catalogue.load()
    file_of(catalogue.settings).unlink()
    with lease(catalogue.settings.state, catalogue.prefix):
        out = if_needed()
    assert "occupation_vectors.npz was not made" in out
    assert "is up to date" in out


@pytest.mark.parametrize("other", ["encoder", "knowledge"])
def test_a_file_of_another_encoder_or_knowledge_does_not_fit(catalogue: Catalogue, other: str) -> None:
    catalogue.load()
    meta = meta_of(catalogue)
    assert are_kept(catalogue.settings, meta)
    update = {"recipe": Recipe("another", 384).as_meta()} if other == "encoder" else {"knowledge": "another"}
    assert not are_kept(catalogue.settings, meta.model_copy(update=update))


def test_no_file_fits_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.load()
    assert not are_kept(catalogue.settings.model_copy(update={"state_dir": tmp_path / "no"}), meta_of(catalogue))
