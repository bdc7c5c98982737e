"""How queries are parted to be left out in turn: those that ask for the same thing together."""

from collections.abc import Iterable

import numpy as np

from tests.relevance.collection import SEED


def folds(given: Iterable[str], count: int) -> dict[str, int]:
    """Which fold each group is left out in; the same for the same groups."""
    groups = sorted(set(given))
    order = np.random.default_rng(SEED).permutation(len(groups))
    return {groups[place]: number % count for number, place in enumerate(order)}
