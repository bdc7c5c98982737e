"""Cells no spreadsheet runs, and their way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.inert import bare, inert

FORMULAS = ("=1+1", "=HYPERLINK(1)", "+SUM(A1)", "-2+3", "@SUM(1)", "\t=1", " =1", "'=1", "''@x", "- one", "＝1+1")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_marked_as_text(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "+5", "-1250.50", "-5 $", "-5%", "-", "=", "'twas", "a=b", "O'Neil", "", "2027-01-18"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text
    assert bare(text) == text


@given(st.text(alphabet="'=+-@ \t\n0a", max_size=8) | st.text())
def test_what_is_marked_is_read_as_it_was(text: str) -> None:
    assert bare(inert(text)) == text


def test_only_text_has_a_mark_taken_off() -> None:
    assert [bare(value) for value in (None, 5, 2.5, ["'=1"])] == [None, 5, 2.5, ["'=1"]]
