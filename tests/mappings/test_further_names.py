"""Further titles: every unit group has some in both languages, each once, and none that another group goes by first."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from mappings.contract import LANGUAGES, Language
from mappings.further_names import further_name_files, read_further_names
from mappings.knowledge import DATA_FOLDER, knowledge
from mappings.occupation import Lists
from mappings.reference_tables import shipped_titles

LEAST, LONGEST = 11, 60


@pytest.fixture(scope="module")
def further() -> Mapping[str, Lists]:
    return read_further_names(DATA_FOLDER)


def first_names(language: Language) -> dict[str, set[str]]:
    """Codes by the names that stand first, in lower case."""
    known = knowledge()
    found: dict[str, set[str]] = {}
    for code in (*known.occupations, *known.groups):
        written = known.written(code)
        assert written
        for name in written.names.in_language(language):
            found.setdefault(name.lower(), set()).add(code)
    return found


def test_every_unit_group_has_some_in_both_languages(further: Mapping[str, Lists]) -> None:
    assert further.keys() == shipped_titles(DATA_FOLDER).keys()
    for code, names in further.items():
        for language in LANGUAGES:
            assert len(names.in_language(language)) >= LEAST, (code, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_stands_twice_in_a_group_or_first_in_any(further: Mapping[str, Lists], language: Language) -> None:
    first = first_names(language)
    for code, names in further.items():
        said = Counter(name.lower() for name in names.in_language(language))
        assert max(said.values()) == 1, code
        assert not said.keys() & first.keys(), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_are_said_of_two_groups(further: Mapping[str, Lists], language: Language) -> None:
    said = Counter(name.lower() for names in further.values() for name in names.in_language(language))
    assert max(said.values()) == 2
    assert sum(count > 1 for count in said.values()) < 0.01 * len(said)


def test_they_are_titles_as_people_type_them(further: Mapping[str, Lists]) -> None:
    for names in further.values():
        for name in (*names.en, *names.fr):
            assert len(name) <= LONGEST, name
            assert name == " ".join(name.split()), name
            assert not set(name) & set("()[]/;:’"), name


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "further_names"
    folder.mkdir()
    for name in ("a.yml", "b.yml"):
        (folder / name).write_text('- code: "31110"\n  en: [dental surgeon]\n  fr: [stomatologue]\n', encoding="utf-8")
    assert [path.name for path in further_name_files(tmp_path)] == ["a.yml", "b.yml"]
    with pytest.raises(ValueError, match=r"b\.yml: NOC code 31110 stands twice"):
        read_further_names(tmp_path)


def test_a_group_without_one_of_the_languages_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "further_names"
    folder.mkdir()
    (folder / "a.yml").write_text('- code: "31110"\n  en: [dental surgeon]\n', encoding="utf-8")
    with pytest.raises(ValueError, match="fr"):
        read_further_names(tmp_path)


def test_a_folder_without_them_has_none(tmp_path: Path) -> None:
    assert read_further_names(tmp_path) == {}
