"""The adapter is learned from what it is given, judged on what it was not, and the same every time."""

import numpy as np
import pytest

from mappings.vectors import unit
from tests.relevance.examples import Examples
from tests.relevance.folds import folds
from tests.relevance.learning import Schooling, learned, left_out, ndcg

SIZE = 16


def a_set(name: str, seed: int, shift: int = 1) -> Examples:
    """Queries whose answers lie where a fixed turn takes them."""
    generator = np.random.default_rng(seed)
    documents = unit(generator.normal(size=(40, SIZE)).astype(np.float32))
    asked = unit(np.roll(documents, shift, axis=1) + 0.1 * generator.normal(size=(40, SIZE)).astype(np.float32))
    return Examples(name, asked, documents, np.eye(40, dtype=np.float32), tuple(map(str, range(40))))


QUICK = Schooling(penalty=0.001, steps=60, drawn=40, rate=0.02)


def test_what_is_learned_from_names_carries_over_to_other_queries() -> None:
    judged, named = a_set("judged", 1), [a_set("names", seed) for seed in (2, 3)]
    before = ndcg(judged, None, None).mean()
    query, document = learned([], named, QUICK)
    assert ndcg(judged, query, document).mean() > before + 0.3


def test_it_is_the_same_every_time() -> None:
    once, again = (learned([], [a_set("names", 2)], QUICK) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(once, again, strict=True))


def test_a_heavier_penalty_turns_less() -> None:
    light, heavy = (learned([], [a_set("n", 2)], Schooling(penalty=each, drawn=40))[0] for each in (0.01, 1.0))
    assert np.abs(heavy).sum() < np.abs(light).sum()


def test_queries_of_one_group_are_left_out_together() -> None:
    fold = folds([*"abcdefgh", *"abcdefgh"], 4)
    assert fold.keys() == set("abcdefgh")
    assert set(fold.values()) == {0, 1, 2, 3}


def test_each_query_is_asked_once_by_an_adapter_that_did_not_see_it() -> None:
    found = left_out([a_set("judged", 1)], [a_set("names", 2)], QUICK, 2)
    assert found.keys() == {"judged"}
    assert 0 <= found["judged"] <= 1


def test_a_perfect_order_has_one_and_grades_count() -> None:
    one = Examples(
        "s", np.eye(2, dtype=np.float32)[:1], np.eye(2, dtype=np.float32), np.array([[2, 1]], np.float32), ("g",)
    )
    assert ndcg(one, None, None) == pytest.approx([1])
    turned = np.array([[-1, 5], [0, 0]], np.float32)
    assert ndcg(one, turned, None)[0] < 1
