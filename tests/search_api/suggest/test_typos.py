"""Mistyped words, held against a plain reading of the rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search_api.suggest.typos import Speller, edits_between, most_edits
from tests.search_api.suggest.making import table

letters = st.text("abcd", min_size=1, max_size=11)


@pytest.mark.parametrize(("word", "most"), [("sql", 0), ("weld", 1), ("welders", 1), ("carpente", 2)])
def test_a_longer_word_may_have_more_slips(word: str, most: int) -> None:
    assert most_edits(word) == most


@pytest.mark.parametrize(
    ("typed", "known", "edits"),
    [
        ("nures", "nurse", 1),
        ("denal", "dentalcare", 1),
        ("accuontnt", "accountant", 2),
        ("elder", "welder", None),
        ("sqll", "sql", 1),
        ("sgl", "sql", None),
        ("carpet", "carpenter", 1),
    ],
)
def test_slips_are_counted_on_the_beginning_and_never_in_the_first_letter(
    typed: str, known: str, edits: int | None
) -> None:
    assert edits_between(known, typed) == edits


@given(st.lists(letters, min_size=1, max_size=12, unique=True), letters, st.booleans())
def test_exactly_the_words_within_reach_are_found(known: list[str], typed: str, whole: bool) -> None:
    words = table(*known)
    nearest: dict[str, int] = {}
    for first, end, edits in Speller(words).near(typed, whole=whole):
        nearest |= dict.fromkeys(words.words[first:end], edits)
    wanted = {}
    for word in known:
        forms = [word] if whole else [word[:size] for size in range(1, len(word) + 1)]
        fewest = min(OSA.distance(typed, form) for form in forms)
        if word[0] == typed[0] and 0 < most_edits(typed) >= fewest:
            wanted[word] = fewest
    assert nearest == wanted


def test_what_was_looked_up_before_is_found_again() -> None:
    speller = Speller(table("welder", "welding", "wiring"))
    assert speller.near("weldr", whole=False) == speller.near("weldr", whole=False) != []


def test_letters_no_word_begins_with_leave_nothing_behind() -> None:
    speller = Speller(table("welder"))
    assert speller.near("éàüöîñ", whole=False) == []
    assert speller._forms == {}
