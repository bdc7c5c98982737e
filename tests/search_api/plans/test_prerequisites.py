"""Prerequisites that name another listing."""

from typing import Any

import pytest

from search_api.plans.candidate import candidate_of
from search_api.plans.prerequisites import parts, with_prerequisites
from tests.search_api.plans.making import TODAY


def document(
    code: str, title: str, prerequisites: str = "", institution: str = "forge", fr: str = ""
) -> dict[str, Any]:
    words = {"title": title, "prerequisites": prerequisites}
    french = {"fr": {"title": title, "prerequisites": fr}} if fr else {}
    return {"id": f"{institution}.{code}", "institution": {"id": institution}, "en": words, **french}


BASICS = document("WELD-1", "Welding Basics: Steel and Sparks")
INTRO = document("ICS-100", "Incident Command")


def read(prerequisites: str, *others: dict[str, Any], fr: str = "") -> tuple[list[set[str]], set[str]]:
    """What a listing of Forge with this prerequisite asks for, and what it advises."""
    made = document("X", "Welding Basics Advanced", prerequisites, fr=fr)
    sources = {each["id"]: each for each in (made, BASICS, INTRO, *others)}
    (found,) = with_prerequisites([candidate_of(made, (), TODAY)], sources)
    return sorted((set(group) for group in found.requires), key=sorted), set(found.follows)


@pytest.mark.parametrize(
    "said", ["Welding Basics", "welding basics: steel and sparks.", "Completed Welding Basics; boots", "WELD-1"]
)
def test_a_title_its_beginning_or_a_code_names_a_listing(said: str) -> None:
    assert read(said) == ([{"forge.WELD-1"}], set())


@pytest.mark.parametrize(
    "said",
    [
        "Welding Basics or a year in a shop",
        "Welding Basics recommended",
        "Welding Basics ou l'équivalent",
        "No ICS-100",
    ],
)
def test_a_way_around_makes_it_advice(said: str) -> None:
    requires, follows = read(said)
    assert requires == []
    assert len(follows) == 1


def test_each_sentence_is_read_by_itself() -> None:
    assert read("Welding Basics. Safety boots or shoes.") == ([{"forge.WELD-1"}], set())
    assert read("Welding Basics; ICS-100") == ([{"forge.ICS-100"}, {"forge.WELD-1"}], set())


def test_listings_of_one_name_stand_for_one_another() -> None:
    twin = document("WELD-2", "Welding Basics")
    assert read("Welding Basics", twin) == ([{"forge.WELD-1", "forge.WELD-2"}], set())


def offering(code: str, title: str, prerequisites: str = "") -> dict[str, Any]:
    return {**document(code, title, prerequisites), "course": "forge.PIPE-1"}


@pytest.mark.parametrize("said", ["PIPE-1", "PIPE-2", "Pipe Fitting – Fall 2026"])
def test_any_offering_of_a_course_does_for_the_one_that_is_named(said: str) -> None:
    terms = (offering("PIPE-1", "Pipe Fitting – Fall 2026"), offering("PIPE-2", "Pipe Fitting – Winter 2027"))
    assert read(said, *terms) == ([{"forge.PIPE-1", "forge.PIPE-2"}], set())
    assert read(f"{said} recommended", *terms) == ([], {"forge.PIPE-1", "forge.PIPE-2"})


@pytest.mark.parametrize("said", ["Pipe Fitting: Fall", "Pipe Fitting: Fall recommended"])
def test_no_offering_waits_for_another_of_its_course(said: str) -> None:
    terms = (offering("PIPE-1", "Pipe Fitting: Fall", said), offering("PIPE-2", "Pipe Fitting Winter", said))
    sources = {each["id"]: each for each in terms}
    found = with_prerequisites([candidate_of(each, (), TODAY) for each in terms], sources)
    assert [(one.requires, one.follows) for one in found] == [(frozenset(), frozenset())] * 2


def test_another_institutions_listing_is_not_meant() -> None:
    elsewhere = document("PIPE-1", "Pipe Fitting", institution="other")
    assert read("Pipe Fitting", elsewhere) == ([], set())


def test_one_word_alone_names_no_listing() -> None:
    assert read("Excel", document("EX", "Excel")) == ([], set())


def test_a_listing_does_not_wait_for_itself_and_the_longest_name_counts() -> None:
    assert read("Welding Basics Advanced") == ([], set())


def test_both_languages_are_read() -> None:
    assert read("", fr="Avoir réussi Welding Basics.") == ([{"forge.WELD-1"}], set())


def test_binding_prerequisites_can_be_looked_up_by_title_or_code() -> None:
    made = [document("A", "A b", "Grade 12, Pipe Fitting and HS-20"), document("B", "B c", "Tea Making or the like")]
    assert {"Pipe Fitting", "HS-20", "forge.HS-20"} <= set(parts(made))
    assert not any("Tea" in part for part in parts(made))


@pytest.mark.parametrize(
    "said",
    [
        "Health and Safety, Level 1",
        "Completed Health and Safety, Level 1.",
        "Grade 12 (boots); successful completion of Health and Safety, Level 1",
    ],
)
def test_a_title_that_holds_commas_and_ands_is_looked_up_whole(said: str) -> None:
    assert "Health and Safety, Level 1" in parts([document("A", "A b", said)])
