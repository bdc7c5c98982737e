from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mappings.contract import LANGUAGES
from mappings.knowledge import DATA_FOLDER, knowledge
from mappings.occupation import Both
from mappings.reference_tables import shipped_titles
from mappings.unit_groups import UnitGroup, read_unit_groups, unit_group_files

GROUP = {
    "code": "31110",
    "names": {"en": ["dentist"], "fr": ["dentiste"]},
    "summary": {"en": "Treat teeth.", "fr": "Soignent les dents."},
    "duties": {"en": ["Fill teeth"], "fr": ["Obturer des dents"]},
}


def write(folder: Path, name: str, *groups: Mapping[str, Any]) -> None:
    path = folder / "unit_groups" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(list(groups), allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, UnitGroup]:
    return read_unit_groups(DATA_FOLDER)


def test_every_group_of_the_classification_is_written_of_once(shipped: Mapping[str, UnitGroup]) -> None:
    assert not shipped.keys() & knowledge().occupations.keys()
    assert shipped.keys() | knowledge().occupations.keys() == shipped_titles(DATA_FOLDER).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_told_in_both_languages(shipped: Mapping[str, UnitGroup], language: str) -> None:
    for group in shipped.values():
        names = group.names.in_language(language)
        assert len(set(names)) == len(names) >= 8, group.code
        assert len(group.duties.in_language(language)) >= 4, group.code
        assert 12 <= len(group.summary.in_language(language).split()) <= 45, group.code


def test_both_languages_do_not_say_it_in_the_same_words(shipped: Mapping[str, UnitGroup]) -> None:
    for group in shipped.values():
        assert group.summary.en != group.summary.fr
        assert not set(group.duties.en) & set(group.duties.fr), group.code


def test_a_file_lies_where_its_codes_begin(shipped: Mapping[str, UnitGroup]) -> None:
    for path in unit_group_files(DATA_FOLDER):
        codes = [row["code"] for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
        assert codes == sorted(codes)
        assert {code[0] for code in codes} == {path.name[0]}
        assert set(codes) <= shipped.keys()


def test_a_group_is_an_occupation_under_its_title(tmp_path: Path) -> None:
    write(tmp_path, "3.yml", GROUP)
    found = read_unit_groups(tmp_path)["31110"].occupation(Both(en="Dentists", fr="Dentistes"))
    assert (found.title.fr, found.names.en, found.duties.fr) == ("Dentistes", ("dentist",), ("Obturer des dents",))
    assert (found.skills, found.tools) == ((), ())


def test_a_folder_without_groups_has_none(tmp_path: Path) -> None:
    assert read_unit_groups(tmp_path) == {}


def test_a_code_that_stands_twice_and_a_wrong_shape_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "3.yml", GROUP)
    write(tmp_path, "4.yml", GROUP)
    with pytest.raises(ValueError, match=r"4\.yml: NOC code 31110 stands twice"):
        read_unit_groups(tmp_path)
    write(tmp_path, "4.yml", {**GROUP, "code": "3111"})
    with pytest.raises(ValueError, match="code"):
        read_unit_groups(tmp_path)
