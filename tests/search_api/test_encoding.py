from pathlib import Path

import numpy as np
import pytest

from mappings.embedding import Encoder
from search_api import encoding
from search_api.encoding import QueryEncoder


def test_a_query_has_one_unit_vector_in_any_case_and_spacing(query_encoder: QueryEncoder) -> None:
    one, same = query_encoder.vector("Dental Hygienist"), query_encoder.vector("  dental   hygienist ")
    assert one is not None
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    assert same is one


def test_a_query_is_encoded_once_and_the_oldest_is_forgotten_first(
    encoder: Encoder, encoder_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "CACHED_QUERIES", 2)
    found = QueryEncoder(str(encoder_folder), "per_language")
    found._encoder = encoder
    first = found.vector("one")
    found.vector("two")
    assert found.vector("one") is first
    found.vector("three")
    assert len(found._cache) == 2
    assert found.vector("one") is first


def test_a_missing_model_is_looked_for_again_after_a_while(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = QueryEncoder(str(tmp_path / "none" / "yet"), "per_language")
    assert found.vector("welder") is None
    assert found.recipe is None
    monkeypatch.setattr(encoding, "Encoder", lambda *_arguments: encoder)
    assert found.vector("welder") is None
    monkeypatch.setattr(encoding, "SECONDS_BETWEEN_TRIES", -1)
    assert found.vector("welder") is not None
    assert found.recipe == encoder.recipe


def test_a_model_that_fails_gives_no_vector_and_is_asked_again(
    encoder: Encoder, encoder_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = QueryEncoder(str(encoder_folder), "per_language")
    found._encoder = encoder

    def broken(_texts: list[str]) -> None:
        raise RuntimeError("out of memory while encoding secretword")

    with monkeypatch.context() as patched:
        patched.setattr(encoder, "encode", broken)
        assert found.vector("secretword") is None
    assert "secretword" not in capsys.readouterr().out
    assert found.vector("secretword") is not None
