"""How well an order fits its judgements: normalised discounted cumulative gain (Järvelin and Kekäläinen 2002).

With the grade itself as gain, discounted by log2(1 + rank), as trec_eval has it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

CUT = 10


def grades_by_course(grades: Mapping[str, int], courses: Mapping[str, str]) -> dict[str, int]:
    """A grade for each course, the best of its listings; `courses` by listing id, one that is not in it is its own."""
    best: dict[str, int] = {}
    for listing, grade in grades.items():
        course = courses.get(listing, listing)
        best[course] = max(grade, best.get(course, grade))
    return best


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(1 + rank) for rank, grade in enumerate(islice(grades, CUT), 1))


def ndcg_10(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """From 0 to 1 for ids in their order, best first; an id without a grade has 0. Without any grade it is 0."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain(grades.get(one, 0) for one in ids) / best if best else 0.0
