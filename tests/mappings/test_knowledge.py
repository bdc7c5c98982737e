"""What ships about occupations, skills and tools holds together, and nothing in it stands for two things."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from mappings.coded_rows import KnowledgeError
from mappings.contract import LANGUAGES
from mappings.knowledge import (
    DATA_FOLDER,
    VOCABULARY_FILES,
    Knowledge,
    Target,
    knowledge,
    read_knowledge,
)
from mappings.occupation import Occupation
from mappings.phrases import key_of
from tests.conftest import shared_path

UNIT_GROUPS = "reference/noc-2021/noc_2021_unit_groups.csv"
OCCUPATION = """
- code: '{code}'
  title: {{en: Welders, fr: Soudeurs}}
  names: {{en: [welder], fr: [soudeur, soudeuse]}}
  summary: {{en: Weld., fr: Souder.}}
"""
TERM = "- {{id: {id}, label: {{en: Welding, fr: Soudage}}, aliases: {{en: [weld]}}, cased: [MIG]}}\n"


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return knowledge()


def a_folder(root: Path, occupations: str, skills: str, tools: str = "") -> Path:
    (root / "occupations").mkdir()
    (root / "vocabulary").mkdir()
    (root / "occupations" / "trades.yml").write_text(occupations, encoding="utf-8")
    for name in VOCABULARY_FILES:
        content = {"skills.yml": skills, "tools.yml": tools}.get(name, "")
        (root / "vocabulary" / name).write_text(content, encoding="utf-8")
    return root


def forms(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, ...], set[str]]:
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for phrase, owner in pairs:
        found[key_of(phrase)].add(owner)
    return found


def ambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    return {" ".join(key): owners for key, owners in forms(pairs).items() if len(owners) > 1}


def titles_of(occupation: Occupation) -> Iterable[str]:
    for language in LANGUAGES:
        yield occupation.title.in_language(language)
        yield from occupation.names.in_language(language)


def test_at_least_thirty_occupations_and_two_hundred_terms_ship(shipped: Knowledge) -> None:
    assert len(shipped.occupations) >= 30
    assert len(shipped.terms) >= 200
    assert {term.type for term in shipped.terms.values()} == set(VOCABULARY_FILES.values())


def test_something_is_written_of_every_occupation_and_of_every_other_unit_group(shipped: Knowledge) -> None:
    assert shipped.written("72106") is shipped.occupations["72106"]
    assert shipped.written("00010") is shipped.groups["00010"]
    assert shipped.written("99999") is None


def test_only_names_people_use_for_two_occupations_belong_to_two(shipped: Knowledge) -> None:
    found = ambiguous((name, code) for code, found in shipped.occupations.items() for name in titles_of(found))
    assert found == {"psw": {"33102", "44101"}, "pssp": {"33102", "44101"}, "chef": {"62200", "63200"}}


def test_no_alias_belongs_to_two_terms(shipped: Knowledge) -> None:
    assert not ambiguous(
        (name, term.id)
        for term in shipped.terms.values()
        for language in LANGUAGES
        for name in (term.label.in_language(language), *term.aliases.in_language(language), *term.cased)
    )


def test_every_phrase_has_a_word_that_can_be_found(shipped: Knowledge) -> None:
    assert [phrase for phrase in shipped.spoken() if not key_of(phrase)] == []


def test_every_occupation_names_itself_in_both_languages(shipped: Knowledge) -> None:
    for code, found in shipped.occupations.items():
        for language in LANGUAGES:
            assert found.names.in_language(language), code
            assert found.summary.in_language(language).strip(), code


def test_french_names_give_both_gender_forms_for_most_occupations(shipped: Knowledge) -> None:
    many = [code for code, found in shipped.occupations.items() if len(found.names.fr) > 1]
    assert len(many) >= 0.8 * len(shipped.occupations)


def test_every_skill_and_tool_of_an_occupation_is_a_term_of_that_kind(shipped: Knowledge) -> None:
    for code, found in shipped.occupations.items():
        for field, ids in (("skills", found.skills), ("tools", found.tools)):
            unknown = [i for i in ids if i not in shipped.terms or shipped.terms[i].listing_field != field]
            assert not unknown, f"{code} {field}: {unknown}"


def test_every_related_occupation_ships_and_none_is_its_own_relation(shipped: Knowledge) -> None:
    for code, found in shipped.occupations.items():
        assert code not in found.related
        assert set(found.related) <= set(shipped.occupations), code


def test_official_titles_are_those_of_the_classification(shipped: Knowledge) -> None:
    with shared_path(UNIT_GROUPS).open(encoding="utf-8-sig", newline="") as file:
        official = {row["code"]: (row["title_en"], row["title_fr"]) for row in csv.DictReader(file)}
    stated = {code: (found.title.en, found.title.fr) for code, found in shipped.occupations.items()}
    assert stated == {code: official.get(code) for code in stated}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_everyday_title_is_recognised_when_typed(shipped: Knowledge, language: str) -> None:
    for code, found in shipped.occupations.items():
        for name in found.names.in_language(language):
            assert Target("occupation", code) in shipped.phrases.exact(name), name


def test_everyday_text_is_understood(shipped: Knowledge) -> None:
    hit = shipped.phrases.find("Je veux devenir l’hygiéniste dentaire du quartier")[0]
    assert hit.targets == (Target("occupation", "32111"),)
    assert shipped.label(hit.targets[0], "en") == shipped.occupations["32111"].display_name("en")


def test_job_titles_are_the_everyday_names_of_one_language(shipped: Knowledge) -> None:
    english = shipped.job_titles("en")
    assert len(english) == sum(min(len(found.names.en), 3) for found in shipped.occupations.values())
    assert set(english) != set(shipped.job_titles("fr"))


def test_no_knowledge_file_is_left_unread() -> None:
    assert {path.name for path in (DATA_FOLDER / "vocabulary").glob("*.yml")} == set(VOCABULARY_FILES)


def test_a_folder_is_read_into_occupations_terms_and_phrases(tmp_path: Path) -> None:
    found = read_knowledge(a_folder(tmp_path, OCCUPATION.format(code="72106"), TERM.format(id="welding")))
    assert found.phrases.exact("Soudeuses") == (Target("occupation", "72106"),)
    assert found.phrases.exact("welding") == (Target("skills", "welding"),)
    assert found.label(Target("skills", "welding"), "fr") == "Soudage"
    assert found.label(Target("occupation", "72106"), "fr") == "soudeur"


def test_a_cased_form_is_met_in_text_only_as_written(tmp_path: Path) -> None:
    found = read_knowledge(a_folder(tmp_path, OCCUPATION.format(code="72106"), TERM.format(id="welding")))
    assert [hit.targets for hit in found.phrases.find("learn MIG")] == [(Target("skills", "welding"),)]
    assert found.phrases.find("a mig jet") == []


def test_an_occupation_that_stands_twice_is_named(tmp_path: Path) -> None:
    twice = OCCUPATION.format(code="72106") * 2
    with pytest.raises(KnowledgeError, match=r"trades\.yml.*72106"):
        read_knowledge(a_folder(tmp_path, twice, TERM.format(id="welding")))


def test_a_term_that_stands_in_two_files_is_named(tmp_path: Path) -> None:
    term = TERM.format(id="welding")
    with pytest.raises(KnowledgeError, match=r"tools\.yml.*welding"):
        read_knowledge(a_folder(tmp_path, OCCUPATION.format(code="72106"), term, term))


def test_a_code_that_is_no_noc_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="code"):
        read_knowledge(a_folder(tmp_path, OCCUPATION.format(code="7210"), TERM.format(id="welding")))


def test_an_unknown_label_is_a_key_error(shipped: Knowledge) -> None:
    with pytest.raises(KeyError):
        shipped.label(Target("tools", "no-such-tool"), "en")
