"""Which names the typed words find, held against a plain reading of the rule."""

from hypothesis import given
from hypothesis import strategies as st

from search_api.suggest.folding import folded_words, without_plural
from search_api.suggest.matching import BEGINS, EXACT, MISSPELT, WORDS, matches
from search_api.suggest.typos import Speller
from tests.search_api.suggest.making import table

NAMES = (
    "Dental assistant",
    "Dental Assistant Basics",
    "soins aux aînés",
    "E-commerce basics",
    "Welder",
    "C programming",
)
few_words = st.lists(st.text("abs", min_size=1, max_size=4), min_size=1, max_size=3).map(" ".join)


def found(query: str, *, tolerant: bool = False) -> dict[str, int]:
    """Tiers by name."""
    words = table(*NAMES)
    hits = matches(words, query, Speller(words) if tolerant else None)
    return {words.texts[row]: tier for row, tier in zip(hits.rows.tolist(), hits.tiers.tolist(), strict=True)}


def test_a_whole_name_is_exact_and_a_longer_one_begins_with_it() -> None:
    assert found("DENTAL assistant") == {"Dental assistant": EXACT, "Dental Assistant Basics": BEGINS}


def test_words_are_found_by_their_beginnings_in_any_order() -> None:
    assert found("bas dent") == {"Dental Assistant Basics": WORDS}


def test_every_word_must_be_there() -> None:
    assert found("dental welder") == {}


def test_accents_and_hyphens_need_not_be_typed() -> None:
    assert found("soins aux aines") == {"soins aux aînés": EXACT}
    assert found("ecomm") == {"E-commerce basics": WORDS}
    assert found("e-comm") == {"E-commerce basics": BEGINS}


def test_hyphens_may_be_typed_where_the_name_has_none() -> None:
    assert found("wel-der") == {"Welder": EXACT}


def test_the_plural_of_a_word_finds_it() -> None:
    assert found("dental assistants") == {"Dental assistant": WORDS, "Dental Assistant Basics": WORDS}


def test_slips_are_forgiven_only_when_asked_for_and_rank_by_their_number() -> None:
    assert found("dentla asistant") == {}
    assert set(found("dentla asistant", tolerant=True).values()) == {MISSPELT + 1}
    assert found("weldr", tolerant=True) == {"Welder": MISSPELT}


def test_a_little_word_may_be_another_but_counts_as_a_slip() -> None:
    assert found("soins des aînés", tolerant=True) == {"soins aux aînés": MISSPELT}
    assert found("c programming", tolerant=True) == {"C programming": EXACT}


def test_nothing_typed_finds_nothing() -> None:
    assert found("–") == found("", tolerant=True) == {}


@given(st.lists(few_words, min_size=1, max_size=8, unique=True), few_words)
def test_rightly_spelt_words_find_exactly_the_names_that_hold_their_beginnings(known: list[str], query: str) -> None:
    words = table(*known)
    hits = {words.texts[row] for row in matches(words, query).rows.tolist()}

    def holds(name: str, typed: str) -> bool:
        return any(word.startswith(typed) or word == without_plural(typed) for word in folded_words(name))

    assert hits == {name for name in known if all(holds(name, typed) for typed in folded_words(query))}


@given(st.lists(st.text(max_size=12), max_size=6), st.text(max_size=40))
def test_any_text_finds_at_least_as_much_with_slips_forgiven(known: list[str], query: str) -> None:
    words = table(*known)
    right, near = matches(words, query), matches(words, query, Speller(words))
    assert set(right.rows.tolist()) <= set(near.rows.tolist())
    assert (right.tiers < MISSPELT).all()
