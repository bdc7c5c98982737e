"""nDCG@10 is the one retrieval tools give."""

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import nDCG

from mappings.ndcg import ndcg_10

NAMES = [f"listing-{number:02}" for number in range(20)]
GRADES = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1)


@given(st.permutations(NAMES), st.integers(1, len(NAMES)), GRADES)
def test_it_is_what_ir_measures_gives(order: list[str], found: int, grades: dict[str, int]) -> None:
    ids = order[:found]
    scores = {one: 1.0 / rank for rank, one in enumerate(ids, 1)}
    (expected,) = ir_measures.iter_calc([nDCG @ 10], {"q": grades}, {"q": scores})
    assert ndcg_10(ids, grades) == pytest.approx(expected.value, abs=1e-9)


def test_the_best_order_is_one_and_nothing_found_is_nought() -> None:
    assert ndcg_10(["a", "b", "c"], {"a": 3, "b": 2}) == 1
    assert ndcg_10([], {"a": 3}) == 0
    assert ndcg_10(["a"], {}) == 0


def test_what_stands_after_the_tenth_counts_no_more() -> None:
    assert ndcg_10([*map(str, range(10)), "a"], {"a": 3}) == 0
