"""The weights of titles and meaning together, fitted on questions whose codes are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search_api.titles.calibration import Floats, Weights, together

# Never certain that something is wrong: one such question would decide everything.
LEAST = 1e-6
# Steps by which each weight is tried larger and smaller.
STEPS = (1.3, 1.1, 1.03)
MOST_ROUNDS = 30


@dataclass(frozen=True, eq=False)
class Case:
    """What speaks for each occupation, and which are right. All of shape (occupations,) but `nearest`.

    `share` is the case's part in the whole: those of all cases together are 1.
    """

    shares: Floats
    nearest: float
    cosines: Floats
    right: npt.NDArray[np.bool_]
    share: float


def loss(cases: Sequence[Case], weights: Weights) -> float:
    """The mean of minus the logarithm of how likely a right code was said to be."""
    told = (float(together(one.shares, one.nearest, one.cosines, weights)[one.right].sum()) for one in cases)
    return -sum(one.share * float(np.log(max(likely, LEAST))) for one, likely in zip(cases, told, strict=True))


def fitted(cases: Sequence[Case], start: Weights) -> Weights:
    """The weights of least loss, each moved in turn until no step helps."""
    best, least = start, loss(cases, start)
    for step in STEPS:
        for _ in range(MOST_ROUNDS):
            before = least
            for name in Weights._fields:
                for factor in (step, 1 / step):
                    tried = best._replace(**{name: getattr(best, name) * factor})
                    found = loss(cases, tried)
                    if found < least:
                        best, least = tried, found
            if least == before:
                break
    return best
