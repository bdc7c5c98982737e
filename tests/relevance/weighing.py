"""How the weights of the legs are learned: moved in small steps, from those in use, as long as nDCG@10 grows.

Sets count by the root of how many of their queries are of the kind at hand: the largest must not drown the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt

from mappings.vectors import Vectors
from search_api.ranking import QueryKind, Weights
from tests.relevance.folds import folds
from tests.relevance.gains import gained, ideal
from tests.relevance.parts import LEGS, Candidates

STEPS = (0.08, 0.04, 0.02, 0.01)
# A smaller gain is chance.
LEAST_GAIN = 1e-4
DIGITS = 2
Flags = npt.NDArray[np.bool_]


def row_of(weights: Weights) -> Vectors:
    return np.array([getattr(weights, leg) for leg in LEGS], np.float32)


def weights_of(row: Vectors) -> Weights:
    return Weights(**{leg: round(float(part), DIGITS) for leg, part in zip(LEGS, row, strict=True)})


@dataclass(frozen=True, eq=False)
class Pool:
    """The candidates of one kind in one set, padded to the longest. `ideal` (n,) is the best gain there could be."""

    scores: Vectors
    first: Vectors
    grades: Vectors
    ideal: Vectors

    def ndcg(self, weights: Vectors) -> Vectors:
        """Of each query under these weights. Shape (n,)."""
        found: Vectors = gained(self.scores @ weights + self.first, self.grades) / self.ideal
        return found

    def mean(self, weights: Vectors) -> float:
        return float(self.ndcg(weights).mean())

    def part(self, rows: Flags) -> "Pool":
        return Pool(self.scores[rows], self.first[rows], self.grades[rows], self.ideal[rows])


def pool(found: Sequence[Candidates]) -> Pool:
    """Raises ValueError without a query."""
    size = max(len(one.grades) for one in found)

    def padded(rows: Iterable[Vectors], value: float) -> Vectors:
        each = [np.pad(row, [(0, size - len(row)), *[(0, 0)] * (row.ndim - 1)], constant_values=value) for row in rows]
        return np.stack(each)

    return Pool(
        scores=padded((one.scores for one in found), 0),
        first=padded((one.first for one in found), -1),
        grades=padded((one.grades for one in found), 0),
        ideal=np.concatenate([ideal(one.best[None, :]) for one in found]),
    )


def _shares(pools: Sequence[Pool]) -> Vectors:
    sizes = np.sqrt([len(one.ideal) for one in pools])
    shares: Vectors = (sizes / sizes.sum()).astype(np.float32)
    return shares


def worth(pools: Sequence[Pool], weights: Vectors) -> float:
    """Mean nDCG@10 over the sets, by their shares."""
    return float(sum(share * one.mean(weights) for one, share in zip(pools, _shares(pools), strict=True)))


def _moved(weights: Vectors, source: int, target: int, step: float) -> Vectors:
    step = min(step, float(weights[source]))
    moved = weights.copy()
    moved[source] -= step
    moved[target] += step
    return moved


def learned(pools: Sequence[Pool], weights: Vectors) -> Vectors:
    """The weights where no move of a step from one leg to another gains more."""
    legs = [leg for leg in range(len(LEGS)) if any(one.scores[..., leg].any() for one in pools)]
    best = worth(pools, weights)
    for step in STEPS:
        gains = True
        while gains:
            tried = [_moved(weights, source, target, step) for source, target in permutations(legs, 2)]
            value, row = max(((worth(pools, row), number) for number, row in enumerate(tried)), default=(best, 0))
            gains = value > best + LEAST_GAIN
            if gains:
                best, weights = value, tried[row]
    return weights


Sets = Mapping[str, Sequence[Candidates]]


def of_kind(sets: Sets, kind: QueryKind) -> dict[str, Sequence[Candidates]]:
    """The queries of a kind, by the sets that have any."""
    found = {name: [one for one in each if one.kind == kind] for name, each in sets.items()}
    return {name: each for name, each in found.items() if each}


@dataclass(frozen=True)
class Learned:
    """Of one kind: the weights all its queries teach, and by set, how many queries and their nDCG@10 with the weights
    in use, with those learned, and each query with weights learned without its group.
    """

    weights: Weights
    figures: dict[str, tuple[int, float, float, float]]


def learn(sets: Mapping[str, Sequence[Candidates]], used: Weights, count: int) -> Learned:
    """From the queries of one kind, by set; cut in `count` folds by what is asked for."""
    pools, start = {name: pool(each) for name, each in sets.items()}, row_of(used)
    weights = weights_of(learned(list(pools.values()), start))
    unseen = _left_out(sets, pools, start, count)
    return Learned(
        weights,
        {
            name: (len(one.ideal), one.mean(start), one.mean(row_of(weights)), unseen[name])
            for name, one in pools.items()
        },
    )


def _left_out(sets: Sets, pools: Mapping[str, Pool], start: Vectors, count: int) -> dict[str, float]:
    fold = folds((one.group for each in sets.values() for one in each), count)
    held = {name: np.array([fold[one.group] for one in each]) for name, each in sets.items()}
    found: dict[str, list[Vectors]] = {name: [] for name in sets}
    for number in range(count):
        taught = [one.part(held[name] != number) for name, one in pools.items() if (held[name] != number).any()]
        weights = learned(taught, start) if taught else start
        for name, one in pools.items():
            found[name].append(one.part(held[name] == number).ndcg(weights))
    return {name: float(np.concatenate(each).mean()) for name, each in found.items()}
