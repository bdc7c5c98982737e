"""What an operator sets, and leaves empty."""

from pathlib import Path

import pytest

from indexer.settings import ROOT, Settings, read_settings
from search_api.settings import ReaderSettings


@pytest.mark.parametrize("name", ["RATES", "VECTOR_CACHE", "REFERENCE_DB", "OPENSEARCH_CA", "LINK_DAYS", "CHECK_LINKS"])
def test_an_empty_variable_of_the_indexer_is_as_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name, raising=False)
    unset = read_settings()
    monkeypatch.setenv(name, "")
    assert read_settings() == unset


@pytest.mark.parametrize("name", ["REFERENCE_DB", "USAGE_DIR", "OPENSEARCH_CA", "EXACT_UP_TO", "CORS_ORIGINS", "USAGE"])
def test_an_empty_variable_of_the_reader_is_as_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name, raising=False)
    unset = ReaderSettings()
    monkeypatch.setenv(name, "")
    assert ReaderSettings() == unset


def test_vectors_lie_in_the_state_folder_unless_a_file_is_named() -> None:
    assert Settings(state_dir=Path("s"), vector_cache=None).vectors == ROOT / "s" / "vectors.sqlite"
    assert Settings(vector_cache=Path("v.sqlite")).vectors == ROOT / "v.sqlite"
