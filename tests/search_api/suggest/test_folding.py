"""Words as completion compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.suggest.folding import folded_words, joined_pieces, pieces, without_plural


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Soins aux AÎNÉS", ("soins", "aux", "aines")),
        ("l’infirmière", ("infirmiere",)),
        ("driver's licence", ("driver", "licence")),
        ("Œuvre d'art", ("oeuvre", "art")),
        ("C++, C# and .NET", ("c++", "c#", "and", ".net")),
        ("Préposé/préposée", ("prepose", "preposee")),
        ("technologies", ("technologies",)),
        (" – ", ()),
    ],
)
def test_case_accents_apostrophes_and_hyphens_do_not_count_and_endings_stay(written: str, words: tuple[str]) -> None:
    assert folded_words(written) == words


@pytest.mark.parametrize(
    ("written", "joined"),
    [("e-commerce", "ecommerce"), ("driver’s", "drivers"), ("Node.js", "nodejs"), ("use .NET", "net"), ("plain", None)],
)
def test_divided_words_are_known_as_one_word_too(written: str, joined: str | None) -> None:
    assert [piece.folded for piece in joined_pieces(written)] == ([joined] if joined else [])


@pytest.mark.parametrize(("word", "single"), [("assistants", "assistant"), ("bus", "bus"), ("glass", "glass")])
def test_only_a_plurals_s_is_taken_off(word: str, single: str) -> None:
    assert without_plural(word) == single


@given(st.text(max_size=60))
def test_every_piece_of_any_text_stands_where_it_says(text: str) -> None:
    for piece in [*pieces(text), *joined_pieces(text)]:
        assert 0 <= piece.start < piece.end <= len(text)
    assert [piece.folded for piece in pieces(text)] == list(folded_words(text))
