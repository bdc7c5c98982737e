"""Queries understood with all that ships."""

import pytest

from mappings.contract import Language, listing_contract
from mappings.knowledge import knowledge
from search_api.catalogue_names import catalogue_names
from search_api.interpreter import Interpreter
from search_api.understanding import Understanding

INTERPRETER = Interpreter(knowledge())
NAMES = catalogue_names(listing_contract(), [("Maple Harbour College", "maple-harbour")])
PSW, HOME_SUPPORT, CHEF, COOK, WELDER, NURSE = "33102", "44101", "62200", "63200", "72106", "31301"


def understand(text: str, language: Language = "en") -> Understanding:
    return INTERPRETER.understand(text, language, NAMES)


def choices(meaning: Understanding) -> set[str]:
    return {*meaning.occupations, *(one.code for one in meaning.alternatives)}


@pytest.mark.parametrize(("text", "language"), [("PSW", "en"), ("psw", "en"), ("PSSP", "fr")])
def test_an_abbreviation_of_two_occupations_means_both_and_says_so(text: str, language: Language) -> None:
    meaning = understand(text, language)
    assert set(meaning.occupations) == {PSW, HOME_SUPPORT}
    assert meaning.ambiguous
    assert meaning.weights == {PSW: 1.0, HOME_SUPPORT: 1.0}


@pytest.mark.parametrize(
    ("text", "language"),
    [("analyst", "en"), ("technician", "en"), ("teacher", "en"), ("analyste", "fr"), ("technicien", "fr")],
)
def test_a_word_of_many_titles_offers_a_choice_and_decides_nothing(text: str, language: Language) -> None:
    meaning = understand(text, language)
    assert meaning.ambiguous
    assert meaning.kind == "text"
    assert len(meaning.alternatives) >= 3


def test_a_title_with_a_likeliest_occupation_offers_the_others() -> None:
    meaning = understand("chef")
    assert meaning.occupations == (CHEF,)
    assert COOK in choices(meaning)
    assert not meaning.ambiguous


@pytest.mark.parametrize(
    ("text", "kind", "identifier"),
    [
        ("Health care", "subject", "health-care"),
        ("soins de santé", "subject", "health-care"),
        ("Maple Harbour College", "institution", "maple-harbour"),
        ("Excel", "tools", "excel"),
    ],
)
def test_subjects_institutions_and_terms_are_meanings_of_their_own(text: str, kind: str, identifier: str) -> None:
    meaning = understand(text)
    assert (kind, identifier, "exact") in [(x.target.kind, x.target.id, x.basis) for x in meaning.meanings]
    assert meaning.occupations == ()
    assert not meaning.ambiguous


def test_the_name_of_an_institution_offers_no_job_for_a_word_in_it() -> None:
    assert understand("Maple Harbour College").alternatives == ()


def test_a_chance_likeness_of_letters_is_not_offered() -> None:
    assert understand("Excel").alternatives == ()


@pytest.mark.parametrize("text", ["something with animals", "boreal forest walk", "nurse in a hospital"])
def test_words_around_a_title_do_not_make_another_one(text: str) -> None:
    assert all(one.basis == "phrase" for one in understand(text).meanings)


@pytest.mark.parametrize(
    ("text", "seen"),
    [("préposée aux bénéficiaires", "fr"), ("how to become a welder in the north", "en"), ("PSW", None), ("", None)],
)
def test_the_language_of_the_words_is_told_apart_from_that_of_the_page(text: str, seen: Language | None) -> None:
    assert {understand(text, "en").seen, understand(text, "fr").seen} == {seen}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_title_in_the_other_language_than_the_pages_is_understood(language: Language) -> None:
    assert understand("welder", language).occupations == understand("soudeuse", language).occupations == (WELDER,)


def test_a_slip_in_a_title_is_less_sure_than_the_title() -> None:
    (right,), (wrong,) = understand("welder").meanings, understand("wlder").meanings
    assert (right.target, right.basis, wrong.basis) == (wrong.target, "exact", "typo")
    assert wrong.confidence < right.confidence


@pytest.mark.parametrize("text", ["wlr", "rpm", "psv", "cok"])
def test_a_short_word_is_never_read_as_another(text: str) -> None:
    assert understand(text).meanings == ()


def test_the_place_of_a_whole_name_is_all_of_it() -> None:
    assert INTERPRETER.name_spans("registered nurse", "en") == [(0, 16)]
    assert INTERPRETER.name_spans("nurses, registered", "en") == [(0, 18)]
    assert INTERPRETER.name_spans("evening nurse", "en") == [(8, 13)]
    assert NURSE in understand("registered nurse").occupations
