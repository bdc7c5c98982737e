"""Official groups may be inferred once an operator imported what they are called and what is done in them."""

from pathlib import Path

import pytest

from indexer.failures import IndexerError
from indexer.official import Inferable, inferable, inferable_of
from indexer.reference import command
from indexer.reference.layouts import Told
from indexer.settings import ROOT, Settings
from mappings.knowledge import Knowledge, read_knowledge
from mappings.reference_store import read_reference
from tests.indexer.conftest import write_knowledge

OPTICIAN, WELDER = "32100", "72106"
TITLES = """code,lang,title
32100,en,dispensing optician
32100,en,Welder
32100,fr,opticien d'ordonnances
72106,en,arc welder
"""
STRUCTURE = """Level,Hierarchical structure,Code - NOC 2021 V1.0,Class title,Class definition
5,Unit Group,32100,Opticians,Opticians fit clients with eyeglasses.
"""


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return read_knowledge(write_knowledge(tmp_path_factory.mktemp("knowledge")))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path / "state", knowledge_dir=ROOT / "data", max_feed_megabytes=10)


@pytest.fixture
def imported(settings: Settings, tmp_path: Path) -> Settings:
    files = []
    for name, text in (("titles.csv", TITLES), ("structure.csv", STRUCTURE)):
        files.append(tmp_path / name)
        files[-1].write_text(text, encoding="utf-8")
    command.load(files, Told(edition="test"), settings, lambda _: None)
    return settings


def named(found: Inferable, words: str) -> list[str]:
    return [target.id for phrases in found.phrases for hit in phrases.find(words) for target in hit.targets]


def test_without_an_import_only_hand_written_groups_may_be_inferred(settings: Settings, known: Knowledge) -> None:
    assert list(inferable_of(settings, known).occupations) == list(known.occupations)
    assert inferable(known, read_reference(ROOT / "data")).occupations == known.occupations


def test_an_imported_group_is_told_in_its_sources_words(imported: Settings, known: Knowledge) -> None:
    found = inferable(known, read_reference(ROOT / "data", imported.reference_file)).occupations
    assert list(found) == [*known.occupations, OPTICIAN]
    assert found[OPTICIAN].title.en == "Opticians"
    assert found[OPTICIAN].names.fr == ("opticien d'ordonnances",)
    assert found[OPTICIAN].summary.en == "Opticians fit clients with eyeglasses."
    assert (found[OPTICIAN].skills, found[OPTICIAN].tools) == ((), ())


def test_an_imported_title_is_found_in_text(imported: Settings, known: Knowledge) -> None:
    found = inferable_of(imported, known)
    assert named(found, "Training for dispensing opticians") == [OPTICIAN]
    assert named(found, "Devenir opticien d’ordonnances") == [OPTICIAN]


def test_an_imported_title_names_a_hand_written_group_too(imported: Settings, known: Knowledge) -> None:
    hits = [hit for phrases in inferable_of(imported, known).phrases for hit in phrases.find("an arc welder")]
    assert [(hit.words, hit.targets[0].id) for hit in hits] == [(1, WELDER), (2, WELDER)]


def test_a_name_that_means_something_here_keeps_its_meaning(imported: Settings, known: Knowledge) -> None:
    assert named(inferable_of(imported, known), "a welder") == [WELDER]


def test_an_unreadable_database_is_one_sentence(settings: Settings, known: Knowledge) -> None:
    settings.reference_file.parent.mkdir(parents=True)
    settings.reference_file.write_text("no database", encoding="utf-8")
    with pytest.raises(IndexerError, match="remove it and import again"):
        inferable_of(settings, known)


def test_own_knowledge_needs_no_tables_of_its_own(imported: Settings, known: Knowledge, tmp_path: Path) -> None:
    bare = imported.model_copy(update={"knowledge_dir": write_knowledge(tmp_path / "bare")})
    assert OPTICIAN in inferable_of(bare, known).occupations


def test_hand_written_groups_come_first_and_as_they_are(imported: Settings, known: Knowledge) -> None:
    found = inferable(known, read_reference(ROOT / "data", imported.reference_file)).occupations
    assert list(found) == [*known.occupations, OPTICIAN]
    assert found[WELDER] is known.occupations[WELDER]
