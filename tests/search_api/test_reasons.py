import dataclasses
from typing import Any

import pytest

from search_api.interpreter import Interpreter
from search_api.labels import Labels
from search_api.reasons import MOST_HIGHLIGHTS, reasons, snippets
from search_api.understanding import Understanding
from tests.search_api.catalogue import HYGIENIST, WELDER, small_knowledge

INTERPRETER = Interpreter(small_knowledge())
SOURCE = {
    "occupations": [
        {"code": WELDER, "basis": "feed", "score": 1.0},
        {"code": HYGIENIST, "basis": "inferred", "score": 0.4},
    ],
    "skills": [{"id": "bookkeeping", "basis": "inferred"}],
    "tools": [{"id": "autocad", "basis": "feed"}],
}


def meaning_of(text: str) -> Understanding:
    return INTERPRETER.understand(text, "en")


def said(text: str, labels: Labels, **hit: Any) -> list[str]:
    return [reason["text"] for reason in reasons({"_source": SOURCE, **hit}, meaning_of(text), labels)]


def test_a_link_the_institution_states_is_said_firmly_and_an_inferred_one_is_marked(labels: Labels) -> None:
    assert said("welder", labels) == ["Trains for: welder"]
    assert said("dental hygienist", labels) == ["Seems to train for: dental hygienist (inferred)"]


def test_a_skill_or_tool_is_named_in_the_asked_language(labels: Labels) -> None:
    assert said("AutoCAD", labels) == ["Teaches: AutoCAD"]
    french = dataclasses.replace(labels, language="fr")
    assert said("bookkeeping", french) == ["Mentionne : Tenue de livres (déduit)"]


def test_a_listing_that_is_not_linked_to_what_was_understood_has_no_such_reason(labels: Labels) -> None:
    assert reasons({"_source": {}}, meaning_of("welder AutoCAD"), labels) == []


def test_words_and_closeness_are_reasons_only_when_their_leg_says_it_found_the_listing(labels: Labels) -> None:
    highlight = {"en.title.en": ["<mark>Choir</mark>"]}
    assert said("choir", labels, highlight=highlight) == []
    assert said("choir", labels, highlight=highlight, matched_queries=["keyword"]) == ["Your words were found"]
    assert said("choir", labels, matched_queries=["semantic"]) == ["Close in meaning"]


def test_the_most_telling_reason_comes_first(labels: Labels) -> None:
    found = reasons(
        {"_source": SOURCE, "matched_queries": ["semantic", "keyword"]}, meaning_of("welder AutoCAD"), labels
    )
    assert [reason["type"] for reason in found] == ["occupation", "tool", "words", "semantic"]


@pytest.mark.parametrize(
    ("highlight", "shown"),
    [
        ({}, ()),
        ({"en.title": ["no mark"]}, ()),
        ({"en.title": ["<mark>a</mark> b"], "en.title.en": ["<mark>a</mark> <mark>b</mark>"]},
         ("<mark>a</mark> <mark>b</mark>",)),
        ({"partner": ["<mark>N</mark>"], "partner.en": ["<mark>N</mark>"], "partner.fr": ["<mark>N</mark>"]},
         ("<mark>N</mark>",)),
        ({"en.outcomes": ["<mark>x</mark>", "<mark>y</mark>"]}, ("<mark>x</mark>", "<mark>y</mark>")),
    ],
)  # fmt: skip
def test_each_text_is_shown_once_in_the_form_that_marks_the_most(
    highlight: dict[str, list[str]], shown: tuple[str, ...]
) -> None:
    assert snippets(highlight) == shown


def test_no_more_snippets_are_shown_than_a_person_reads() -> None:
    many = {f"en.field{number}": [f"<mark>{number}</mark>"] for number in range(9)}
    assert len(snippets(many)) == MOST_HIGHLIGHTS


def test_a_listing_near_an_occupation_says_which_of_its_skills_it_teaches(labels: Labels) -> None:
    meaning = Understanding("x", "en", meaning_of("welder").meanings, {"bookkeeping": 0.4, "autocad": 0.9})
    near = {"_source": {"skills": SOURCE["skills"], "tools": SOURCE["tools"]}}
    (reason,) = reasons(near, meaning, labels)
    assert (reason["type"], reason["text"]) == ("uses", "Teaches what the job uses: AutoCAD, Bookkeeping")
    assert reasons({"_source": {"tools": SOURCE["tools"]}}, meaning, labels) == []
    assert [found["type"] for found in reasons({"_source": SOURCE}, meaning, labels)] == ["occupation"]
