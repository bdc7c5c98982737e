"""What a load was made of, and when it is made anew."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import digests
from indexer.digests import code_digest, knowledge_digest, source_digest
from indexer.sources import Source
from tests.indexer.conftest import write_knowledge

TODAY, TOMORROW = dt.date(2026, 11, 24), dt.date(2026, 11, 25)
MAPPING = "join: {file: runs.json, key: id, as: runs}\nfields: {id: id, title: title}\n"


@pytest.fixture
def mapped(source: Callable[..., Source], tmp_path: Path) -> Source:
    (tmp_path / "m.yml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "runs.json").write_text("[]", encoding="utf-8")
    return source("a.json", "[]", mapping="m.yml")


@pytest.mark.parametrize("name", ["a.json", "m.yml", "runs.json"])
def test_a_change_in_any_file_of_a_source_is_noticed(mapped: Source, tmp_path: Path, name: str) -> None:
    before = source_digest(mapped, "code", TODAY)
    assert source_digest(mapped, "code", TOMORROW) == before
    path = tmp_path / name
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert source_digest(mapped, "code", TODAY) != before


def test_other_code_or_another_entry_is_another_digest(mapped: Source) -> None:
    renamed = mapped.model_copy(update={"language": "fr"})
    found = {source_digest(mapped, "a", TODAY), source_digest(mapped, "b", TODAY), source_digest(renamed, "a", TODAY)}
    assert len(found) == 3


def test_starts_that_go_by_make_another_day_another_digest(mapped: Source, tmp_path: Path) -> None:
    (tmp_path / "m.yml").write_text(MAPPING + "# upcoming\n", encoding="utf-8")
    assert source_digest(mapped, "code", TODAY) != source_digest(mapped, "code", TOMORROW)


@pytest.mark.parametrize("text", ["[", "join: x", "fields: {}", ""])
def test_a_mapping_that_cannot_be_read_still_has_a_digest(mapped: Source, tmp_path: Path, text: str) -> None:
    (tmp_path / "m.yml").write_text(text, encoding="utf-8")
    assert source_digest(mapped, "code", TODAY)


def test_a_change_in_knowledge_is_noticed(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path)
    before = knowledge_digest(folder)
    (folder / "occupations" / "more.yml").write_text("[]", encoding="utf-8")
    assert knowledge_digest(folder) != before


def test_the_code_has_one_digest_which_a_change_in_either_room_makes_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert code_digest() == code_digest()
    for room in digests.CODE:
        shutil.copytree(room, tmp_path / room.name)
    monkeypatch.setattr(digests, "CODE", tuple(tmp_path / room.name for room in digests.CODE))
    found = {code_digest()}
    for shipped in ("indexer/enrich.py", "mappings/phrases.py", "indexer/shipped_vectors.npz", "mappings/adapter.npz"):
        with (tmp_path / shipped).open("a", encoding="utf-8") as file:
            file.write("# another rule\n")
        found.add(code_digest())
    assert len(found) == 5
