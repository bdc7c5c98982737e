"""Which titles the index of what ships is made from."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from mappings.contract import LANGUAGES, Language
from mappings.knowledge import DATA_FOLDER, Knowledge, knowledge
from mappings.occupation import Both, Lists
from mappings.reference_store import Reference, read_reference
from mappings.unit_groups import UnitGroup
from search_api.titles import TitleIndex, all_titles, group_titles
from tests.search_api.titles.making import codes

CARDIOLOGY, LONGSHORE = "31100", "75100"
# Words of so many titles that they name none alone.
VAGUE = {"general", "général", "générale"}


@pytest.fixture(scope="module")
def reference() -> Reference:
    return read_reference(DATA_FOLDER, None)


@pytest.fixture(scope="module")
def shipped(reference: Reference) -> TitleIndex:
    return TitleIndex(all_titles(knowledge(), reference))


def said(known: Knowledge) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in group_titles(known):
        found.setdefault(row.code, set()).add(row.title)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_everyday_name_of_a_group_is_understood_as_a_title(shipped: TitleIndex, language: Language) -> None:
    rows = [row for row in group_titles(knowledge()) if row.language == language]
    assert len({row.code for row in rows}) == len(knowledge().groups)
    for row in rows:
        (met,) = (one for one in shipped.find(row.title, language, most=50) if one.code == row.code)
        assert (met.basis in {"exact", "alias"}) != (row.title in VAGUE), row.title


def test_what_is_a_tool_or_another_occupation_is_no_name_of_a_group() -> None:
    group = UnitGroup(
        code=LONGSHORE,
        names=Lists(en=("dockworker", "Docker", "welder", "welding")),
        summary=Both(en="Load ships.", fr="Chargent des navires."),
        duties=Lists(),
    )
    names = said(replace(knowledge(), groups={LONGSHORE: group}))
    assert names == {LONGSHORE: {"dockworker", "welding"}}


def test_a_group_is_called_by_its_official_title_first(shipped: TitleIndex, reference: Reference) -> None:
    for code in knowledge().groups:
        for language in LANGUAGES:
            assert shipped.title_of(code, language) == reference.titles[code].in_language(language)
    assert codes(shipped.find("cardiologist", "en"))[0] == CARDIOLOGY


def test_an_occupation_is_called_by_its_everyday_name_first(shipped: TitleIndex) -> None:
    for code, occupation in knowledge().occupations.items():
        assert shipped.title_of(code, "fr") == occupation.display_name("fr")
