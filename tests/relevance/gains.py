"""nDCG@10 of many queries at once, as `mappings.ndcg` has it of one: for learning, which tries orders by thousands."""

import numpy as np

from mappings.vectors import Vectors

DEPTH = 10


def _discounts(size: int) -> Vectors:
    return (1 / np.log2(np.arange(2, size + 2))).astype(np.float32)


def gained(scores: Vectors, grades: Vectors) -> Vectors:
    """Discounted gain of the ten listings with the best scores. Both of shape (queries, listings)."""
    first = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
    gains: Vectors = np.take_along_axis(grades, first, axis=1) @ _discounts(first.shape[1])
    return gains


def ideal(grades: Vectors) -> Vectors:
    """The gain of the best order there is. `grades` of shape (queries, listings)."""
    return gained(grades, grades)
