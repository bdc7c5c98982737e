import pytest

from search_api.titles.abbreviations import (
    abbreviation_of,
    bracketed_abbreviation,
    is_abbreviation,
    stands_for,
)


@pytest.mark.parametrize("text", ["PSW", "psw", "P.S.W.", "p. s. w.", " psw "])
def test_case_and_dots_make_no_difference(text: str) -> None:
    assert abbreviation_of(text) == "psw"


@pytest.mark.parametrize("text", ["", "A", "personal support", "welding", "C#", "P S W", "24"])
def test_other_texts_are_no_abbreviation(text: str) -> None:
    assert abbreviation_of(text) is None


def test_a_title_in_capitals_is_one_and_a_word_is_not() -> None:
    assert is_abbreviation("RPN")
    assert is_abbreviation("R.N.")
    assert not is_abbreviation("Chef")
    assert not is_abbreviation("CNC operator")


def test_initials_may_leave_particles_out() -> None:
    assert stands_for("PSW", "personal support worker")
    assert stands_for("EPE", "éducatrice de la petite enfance")
    assert not stands_for("PSW", "personal shopper")


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("Occupational therapist (OT)", "ot"),
        ("Chief executive officer (CEO) - trade", "ceo"),
        ("Registered nurse (R.N.)", "rn"),
    ],
)
def test_a_title_gives_its_own_abbreviation_in_brackets(title: str, letters: str) -> None:
    assert bracketed_abbreviation(title) == letters


@pytest.mark.parametrize(
    "title",
    ["Information technology (IT) manager", "Delivery manager - information technology (IT)", "Notary (QUEBEC)"],
)
def test_brackets_that_abbreviate_something_else_are_no_name(title: str) -> None:
    assert bracketed_abbreviation(title) is None
