"""Numbers as English and French feeds write them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.numbers import number, within
from indexer.rules import UnreadableError


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("495", 495), ("$1,250.50", 1250.5), ("1 250,50 $", 1250.5), ("1\u00a0250,50\u00a0$", 1250.5),
        ("1\u202f250", 1250), ("1.250,50", 1250.5), ("1,250", 1250), ("0,5", 0.5), ("0,500", 0.5), ("12,75", 12.75),
        ("12.5", 12.5), ("CAD 300", 300), ("300 CAD", 300), ("CA$300", 300), ("$ 300.00 CAD", 300), (42, 42),
        (7.25, 7.25), ("-5", -5), ("1,234,567.5", 1234567.5), ("007", 7),
    ],
)  # fmt: skip
def test_a_number_is_read_with_commas_points_spaces_and_dollars(raw: Any, read: float) -> None:
    assert number(raw) == read


@pytest.mark.parametrize(
    "raw",
    [
        "TBD",
        "30-40",
        "about 20",
        "1,2,3",
        "1.2.3",
        "",
        "$",
        "1 2",
        "12 weeks",
        "١٢",
        True,
        "nan",
        "1e3",
        "€50",
        "300 USD",
        "US$5",
    ],
)
def test_anything_but_one_plain_number_is_refused(raw: Any) -> None:
    with pytest.raises(UnreadableError) as refused:
        number(raw)
    assert refused.value.problem.kind == "not_a_number"


@pytest.mark.parametrize("amount", [0.4, 5001, float("nan"), float("inf")])
def test_a_number_out_of_bounds_is_refused_with_the_bounds(amount: float) -> None:
    with pytest.raises(UnreadableError) as refused:
        within(amount, 0.5, 5000)
    assert refused.value.problem.in_language("en") == "the number must be between 0.5 and 5000"


def test_a_number_larger_than_any_is_out_of_bounds() -> None:
    with pytest.raises(UnreadableError) as refused:
        within(number(10**400), 0, 100)
    assert refused.value.problem.kind == "out_of_bounds"


def test_a_number_without_bounds_may_be_any() -> None:
    assert within(1e9, None, None) == 1e9


@given(st.integers(min_value=0, max_value=99_999_999), st.integers(min_value=0, max_value=99))
def test_amounts_are_read_alike_in_both_languages(dollars: int, cents: int) -> None:
    english, french = f"${dollars:,}.{cents:02}", f"{dollars:,}".replace(",", "\u00a0") + f",{cents:02}\u00a0$"
    assert number(english) == number(french) == pytest.approx(dollars + cents / 100)
