"""The parameters of inference, fitted on listings whose occupations are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.evidence import FEATURES, Matrix
from indexer.occupations import probabilities

RIDGE = 0.1  # next to some hundred right answers it only keeps a parameter finite that nothing speaks about
STEPS = 25
CLOSE_ENOUGH = 1e-8
SHARED, UNKNOWN = FEATURES.index("shared_terms"), FEATURES.index("terms_unknown")


@dataclass(frozen=True, eq=False)
class Case:
    """A listing whose occupations are known: what speaks for each, and which are right.

    `table` is of shape (occupations, features), `right` and `judged` of shape (occupations,); `stated` counts the right
    codes, whether or not they may be inferred.
    """

    table: Matrix
    right: npt.NDArray[np.bool_]
    judged: npt.NDArray[np.bool_]
    stated: int


def halves_hidden(table: Matrix) -> list[Matrix]:
    """The table twice, as if nothing were known of the terms of every other occupation: the even ones, the odd ones."""
    found = []
    for first in (0, 1):
        copy = table.copy()
        copy[first::2, SHARED], copy[first::2, UNKNOWN] = 0, 1
        found.append(copy)
    return found


def logistic(table: Matrix, right: npt.NDArray[np.bool_]) -> Matrix:
    """Parameters of a logistic regression with a ridge on all but the first, by Newton's method.

    `table` is of shape (rows, features), the answer of shape (1 + features,).
    """
    full = np.hstack([np.ones((len(table), 1)), table])
    ridge = np.diag([0.0, *[RIDGE] * table.shape[1]])
    weights = np.zeros(full.shape[1])
    for _ in range(STEPS):
        share = probabilities(table, weights)
        slope = full.T @ (right - share) - ridge @ weights
        curve = (full * (share * (1 - share))[:, None]).T @ full + ridge
        step = np.linalg.lstsq(curve, slope, rcond=None)[0]
        weights = weights + step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return weights


def fitted(cases: Sequence[Case]) -> Matrix:
    """The start and a weight for each feature. Shape (1 + features,); zeros where there are no cases."""
    if not cases:
        return np.zeros(1 + len(FEATURES))
    tables = [table for case in cases for table in halves_hidden(case.table)]
    right = [case.right for case in cases for _ in range(2)]
    return logistic(np.vstack(tables), np.concatenate(right))
