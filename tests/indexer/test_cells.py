"""Cells: nothing, one value, or a list."""

from typing import Any

import pytest

from indexer.cells import MOST_PARTS, is_blank, parse
from indexer.values import Context
from mappings.contract import Contract


@pytest.mark.parametrize("value", [None, "", "  ", "\u00a0", "\ufeff", [], {}, float("nan")])
def test_nothing_is_blank(value: Any) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, False, "0", "-", 0.0, [0]])
def test_zero_and_no_are_something(value: Any) -> None:
    assert not is_blank(value)


def parsed(contract: Contract, field: str, value: Any) -> Any:
    return parse(value, contract.named(field), Context(contract, "en"))


def test_a_list_is_cut_by_bars_and_holds_each_value_once(contract: Contract) -> None:
    assert parsed(contract, "schedule", "evening | Soir || weekend ").value == ("evening", "weekend")


def test_a_list_keeps_what_can_be_read_of_it(contract: Contract) -> None:
    found = parsed(contract, "occupations", "33102|nurse|12200")
    assert [link.code for link in found.value] == ["33102", "12200"]
    assert [(value, wrong.kind) for value, wrong in found.problems] == [("nurse", "not_a_noc_code")]


def test_json_lists_and_single_numbers_are_lists_too(contract: Contract) -> None:
    assert len(parsed(contract, "occupations", [33102, "12200"]).value) == 2
    assert len(parsed(contract, "occupations", 33102.0).value) == 1


def test_a_blank_cell_says_nothing(contract: Contract) -> None:
    assert parsed(contract, "cost", " ").value is None
    assert parsed(contract, "schedule", "|").value == ()


def test_markup_without_words_says_nothing(contract: Contract) -> None:
    assert parsed(contract, "title", "<p></p>").value is None
    assert parsed(contract, "outcomes", "<b></b>|Weld").value == ("Weld",)


@pytest.mark.parametrize("value", ["|".join(map(str, range(1_000_000))), [str(at) for at in range(600)]])
def test_a_list_without_end_is_cut_and_reported_once(contract: Contract, value: Any) -> None:
    found = parsed(contract, "outcomes", value)
    assert found.value == tuple(map(str, range(MOST_PARTS)))
    assert [wrong.kind for _, wrong in found.problems] == ["too_many"]
