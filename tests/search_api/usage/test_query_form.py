"""Which queries are told alike, and which are not told of at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.contract import Contract
from mappings.private_text import may_tell_of_a_person
from search_api.search_request import Filter, SearchRequest, Sort
from search_api.usage.query_form import LONGEST, MOST_WORDS, begins_a_search, normal_form, tellable


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Dental Hygienist", "dental hygienist"), ("  dental   hygienist ", "dental hygienist"),
        ("“dental” hygienist!?", "dental hygienist"), ("Straße", "strasse"), ("ＷＥＬＤＥＲ", "welder"),
        ("Soudeuse, soudeur", "soudeuse soudeur"), ("e\u0301lectricien", "électricien"), ("C#", "c#"), ("C++", "c++"),
        (".NET", ".net"), ("...", ""), ("front-end", "front-end"), ("l'informatique", "l'informatique"),
        ("a\u200bb", "a\u200bb"), ("« tenue de livres »", "tenue de livres"), ("- & -", ""),
    ],
)  # fmt: skip
def test_what_is_typed_alike_is_one_query(text: str, form: str) -> None:
    assert normal_form(text) == form


@given(st.text(max_size=80))
def test_a_normal_form_is_its_own(text: str) -> None:
    form = normal_form(text)
    assert normal_form(form) == form
    assert form == unicodedata.normalize("NFKC", form)


@pytest.mark.parametrize(
    "text",
    ["", "!!!", "jo@maple.example", "０４１６５５５０１９９", "x" * (LONGEST + 1), "a " * (MOST_WORDS + 1),
     "my (name) is jo", "@jo_roy", "K1A 0B1", "１２ main street"],
)  # fmt: skip
def test_nothing_personal_long_or_empty_is_told(text: str) -> None:
    assert tellable(text) is None


@given(st.text(max_size=60))
def test_whatever_is_told_is_short_and_says_nothing_of_a_person(text: str) -> None:
    form = tellable(text)
    assert form is None or (0 < len(form) <= LONGEST and not may_tell_of_a_person(form))


def test_another_page_order_or_narrowing_does_not_begin_a_search(contract: Contract) -> None:
    item = contract.named("delivery")
    assert begins_a_search(SearchRequest("welder", "en"))
    assert not begins_a_search(SearchRequest("welder", "en", page=2))
    assert not begins_a_search(SearchRequest("welder", "en", sort=Sort(descending=True)))
    assert not begins_a_search(SearchRequest("welder", "en", filters=(Filter(item, ("online",)),)))
    assert not begins_a_search(SearchRequest("welder", "en", without=frozenset({"city"})))
    assert not begins_a_search(SearchRequest("welder", "en", goal="grow"))
    assert not begins_a_search(SearchRequest("welder", "en", origin="cook"))
