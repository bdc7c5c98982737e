"""Headers of a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cells import Slot
from indexer.failures import SourceError
from indexer.fields import header_label
from indexer.headers import read_header
from indexer.template import template_slots
from mappings.contract import LANGUAGES, Contract, listing_contract

HEADERS = [
    header_label(slot, listing_contract(), code) for slot in template_slots(listing_contract()) for code in LANGUAGES
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_header_of_the_template_is_known(contract: Contract, language: str) -> None:
    slots = list(template_slots(contract))
    header = read_header([[header_label(slot, contract, language) for slot in slots]], contract)
    assert list(header.slots) == slots
    assert not header.issues


@given(st.permutations(HEADERS[::2]), st.sampled_from([str.upper, str.lower, str.title, lambda text: f"  {text} *"]))
def test_headers_are_known_in_any_order_and_case(order: list[str], change: object) -> None:
    header = read_header([[change(name) for name in order]], listing_contract())  # type: ignore[operator]
    assert None not in header.slots


def test_headers_without_accents_or_language_are_known(contract: Contract) -> None:
    header = read_header([["identifiant", "titre", "preALABLES", "Titre (français)", "en.title"]], contract)
    assert header.slots == (
        Slot("id"), Slot("title"), Slot("prerequisites"), Slot("title", "fr"), Slot("title", "en"),
    )  # fmt: skip


def test_an_unknown_column_is_named_with_the_nearest_known_one(contract: Contract) -> None:
    header = read_header([["ID", "Title", "Descripton", "Instructor mood"]], contract)
    near, far = header.issues
    assert (near.column, near.problem.in_language("en")) == (
        "Descripton", "this column is not known and was not read; did you mean “Description”?",
    )  # fmt: skip
    assert far.problem.kind == "column_unknown"


def test_a_column_that_stands_twice_is_read_once(contract: Contract) -> None:
    header = read_header([["ID", "Cost", "Title", "Coût"]], contract)
    assert header.slots == (Slot("id"), Slot("cost"), Slot("title"), None)
    assert [issue.problem.kind for issue in header.issues] == ["column_twice"]


@pytest.mark.parametrize(("names", "missing"), [(["Title", "Cost"], "ID"), (["ID", "Cost"], "Title")])
def test_a_table_without_id_or_title_column_cannot_be_read(contract: Contract, names: list[str], missing: str) -> None:
    with pytest.raises(SourceError) as refused:
        read_header([names], contract)
    assert f"no column “{missing}”" in str(refused.value)
    assert names[0] in str(refused.value)


def test_a_heading_above_the_header_is_passed_over(contract: Contract) -> None:
    rows: list[list[str]] = [["Our listings 2027"], [], ["ID", "Title"], ["1", "Welding"]]
    assert read_header(rows, contract).number == 3


def test_an_empty_table_has_no_header(contract: Contract) -> None:
    with pytest.raises(SourceError, match="—"):
        read_header([], contract)
