import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.contract import Language
from mappings.knowledge import Knowledge
from mappings.phrases import PhraseIndex
from search_api.interpreter import Interpreter
from search_api.understanding import Understanding
from tests.search_api.catalogue import HYGIENIST, WELDER, small_knowledge

INTERPRETER = Interpreter(small_knowledge())


def understood(text: str, language: Language = "en") -> list[tuple[str, str, str]]:
    meaning = INTERPRETER.understand(text, language)
    return [(found.target.kind, found.target.id, found.basis) for found in meaning.meanings]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("dental hygienist", "exact"),
        ("Dental Hygienists", "normalised"),
        ("hygienist, dental", "normalised"),
        ("HYGIÉNISTE DENTAIRE", "exact"),
        ("l’hygiéniste dentaire", "normalised"),
    ],
)
def test_a_job_title_is_understood_in_either_language_whatever_its_case_number_order_or_article(
    text: str, basis: str
) -> None:
    assert understood(text) == [("occupation", HYGIENIST, basis)]


def test_a_name_within_a_longer_query_is_found_with_its_place() -> None:
    meaning = INTERPRETER.understand("evening course for welder in Sudbury", "en")
    (found,) = meaning.meanings
    assert (found.target.id, found.basis) == (WELDER, "phrase")
    assert meaning.text[found.start : found.end] == "welder"


def test_several_names_are_all_understood() -> None:
    assert {identifier for _, identifier, _ in understood("AutoCAD and bookkeeping")} == {"autocad", "bookkeeping"}


@pytest.mark.parametrize("text", ["dental hygenist", "hygeniste dentaire", "bookeeping"])
def test_a_slip_of_the_finger_is_forgiven(text: str) -> None:
    assert [basis for _, _, basis in understood(text)] == ["typo"]


@pytest.mark.parametrize("text", ["weldar shop noise", "cad", "wel", "zzzzz", "", "   ", "!!!", "pottery"])
def test_what_is_no_name_and_near_none_is_not_understood(text: str) -> None:
    assert understood(text) == []


def test_a_one_letter_name_counts_as_the_whole_query_in_any_case_and_within_one_only_as_written() -> None:
    assert understood("r") == [("tools", "r", "exact")]
    assert understood("statistics with R") == [("tools", "r", "phrase")]
    assert understood("r rated films") == []


def test_the_kind_of_query_is_the_most_telling_thing_it_names() -> None:
    kinds = {text: INTERPRETER.understand(text, "en").kind for text in ("welder AutoCAD", "AutoCAD", "choir")}
    assert kinds == {"welder AutoCAD": "occupation", "AutoCAD": "term", "choir": "text"}


def test_codes_of_occupations_and_ids_of_terms_are_told_apart() -> None:
    meaning = INTERPRETER.understand("welder AutoCAD", "en")
    assert (meaning.occupations, meaning.ids("tools"), meaning.ids("skills")) == ((WELDER,), ("autocad",), ())


def test_without_knowledge_nothing_is_understood() -> None:
    nothing = Interpreter(Knowledge({}, {}, PhraseIndex([])))
    assert nothing.understand("dental hygienist", "en") == Understanding("dental hygienist", "en")


@given(st.text(max_size=200))
def test_any_text_is_understood_without_a_fault_and_names_lie_within_it(text: str) -> None:
    meaning = INTERPRETER.understand(text, "fr")
    assert all(0 <= found.start <= found.end <= len(text) for found in meaning.meanings)
