"""How well an order fits its judgements: normalised discounted cumulative gain (Järvelin and Kekäläinen 2002).

With the grade itself as gain, discounted by log2(1 + rank), as trec_eval has it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

CUT = 10


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(1 + rank) for rank, grade in enumerate(islice(grades, CUT), 1))


def ndcg_10(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """From 0 to 1 for ids in their order, best first; an id without a grade has 0. Without any grade it is 0."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain(grades.get(one, 0) for one in ids) / best if best else 0.0
