"""Where the typed words stand in a suggestion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.suggest.highlighting import highlights, written_length


@pytest.mark.parametrize(
    ("text", "query", "parts"),
    [
        ("Dental assistant", "dent", ["Dent"]),
        ("Dental Assistant Basics", "bas dent", ["Dent", "Bas"]),
        ("Préposée aux bénéficiaires", "preposee benef", ["Préposée", "bénéf"]),
        ("Pre\u0301pose\u0301", "prepose", ["Pre\u0301pose\u0301"]),
        ("Chef-d'œuvre", "oeu", ["œu"]),
        ("E-commerce", "ecomm", ["E-commerce"]),
        ("Bookkeeping", "book-keep", ["Bookkeep"]),
        ("Welder", "weldr", ["Welder"]),
        ("Welder or wilder", "welder", ["Welder"]),
        ("Dental assistant", "assistants", ["assistant"]),
        ("Dental assistant", "zebra", []),
    ],
)
def test_what_was_typed_is_marked(text: str, query: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in highlights(text, query)] == parts


def test_a_ligature_counts_as_its_letters_and_a_lone_accent_as_none() -> None:
    assert written_length("œuvre", 2) == 1
    assert written_length("e\u0301te\u0301", 1) == 2


@given(st.text(max_size=40), st.text(max_size=40))
def test_marks_of_any_text_are_in_order_apart_and_within_it(text: str, query: str) -> None:
    spans = highlights(text, query)
    flat = [at for span in spans for at in span]
    assert flat == sorted(set(flat))
    assert all(0 <= at <= len(text) for at in flat)
