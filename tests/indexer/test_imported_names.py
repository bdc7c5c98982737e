"""Imported titles name occupations in text in the forms that people write, and only where they say which."""

import pytest

from indexer.imported_names import MOST_WORDS, imported_names
from mappings.contract import Language
from mappings.knowledge import Knowledge, Target, read_knowledge
from mappings.phrases import PhraseIndex
from mappings.reference import ExampleTitle
from tests.indexer.conftest import write_knowledge

NURSE, OPTICIAN, MODEL, MAKER, WELDER = "31301", "32100", "64311", "72999", "72106"


def title(code: str, words: str, language: Language = "en") -> ExampleTitle:
    return ExampleTitle(code=code, language=language, title=words)


TITLES = (
    title(NURSE, "nurse, operating room"),
    title(NURSE, "Infirmier(ère), bloc opératoire", "fr"),
    title("32103", "Techniciens/techniciennes en appareils d'anesthésie", "fr"),
    title(OPTICIAN, "optician"),
    title(OPTICIAN, "dispensing optician"),
    title(MAKER, "optician's tool maker"),
    title(MODEL, "model"),
    title(MAKER, "model maker"),
    title(MAKER, "foundry model maker"),
    title(NURSE, "clinic coordinator"),
    title(MAKER, "clinic coordinator"),
    title(MAKER, "welder"),
    title(MAKER, "maker of " + "very " * MOST_WORDS + "long things"),
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return read_knowledge(write_knowledge(tmp_path_factory.mktemp("knowledge")))


@pytest.fixture(scope="module")
def names(known: Knowledge) -> PhraseIndex[Target]:
    return PhraseIndex(imported_names(TITLES, known))


def met(names: PhraseIndex[Target], text: str) -> list[str]:
    return [target.id for hit in names.find(text) for target in hit.targets]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("For operating room nurses", NURSE),
        ("Pour infirmières de bloc opératoire", NURSE),
        ("Technicienne en appareils d’anesthésie : formation", "32103"),
        ("Techniciens/techniciennes en appareils d'anesthésie", "32103"),
        ("Become an optician", OPTICIAN),
        ("Foundry model makers", MAKER),
    ],
)
def test_a_title_is_met_in_the_forms_people_write(names: PhraseIndex[Target], text: str, code: str) -> None:
    assert met(names, text) == [code]


@pytest.mark.parametrize("text", ["Train a data model", "Clinic coordinator", "A welder", "very long things"])
def test_words_that_do_not_say_which_group_is_meant_name_none(names: PhraseIndex[Target], text: str) -> None:
    assert met(names, text) == []


def test_names_come_from_titles_alone(known: Knowledge) -> None:
    assert list(imported_names((), known)) == []
