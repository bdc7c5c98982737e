"""How often a candidate is right, by how it was met. All figures are shares of titles whose code it was.

`CERTAINTY` is of texts that are titles in some form, shared between the codes they stand under. `ALIKE` and `MEANT` are
isotonic fits, read off at round places. ALIKE: 5,000 of the example titles of NOC 2021 held out with all their forms,
as they are and misspelt, by a code's share of the votes. MEANT: 1,200 example titles against the everyday names of 181
occupations, by the cosine of centred vectors. `python -m tests.titles` prints how well they hold.
"""

from collections.abc import Sequence

import numpy as np

from search_api.titles.candidate import Basis

Table = Sequence[tuple[float, float]]
CERTAINTY: dict[Basis, float] = {"exact": 0.97, "normalised": 0.94, "alias": 0.95, "typo": 0.85, "words": 0.9}
# Of titles met only with a qualifier added.
QUALIFIED_CERTAINTY = 0.75
ALIKE: Table = (
    (0.0, 0.0), (0.05, 0.02), (0.1, 0.06), (0.15, 0.12), (0.2, 0.21), (0.25, 0.31), (0.3, 0.42), (0.35, 0.47),
    (0.4, 0.57), (0.5, 0.71), (0.6, 0.79), (0.7, 0.84), (0.8, 0.91), (1.0, 0.95),
)  # fmt: skip
# Below this cosine of the nearest title two in three are wrong whatever the votes, and nearly all at half of it.
LEAST_ALIKE = 0.35
MEANT: Table = ((0.2, 0.05), (0.35, 0.22), (0.45, 0.31), (0.55, 0.49), (0.65, 0.69), (0.75, 0.8), (0.85, 0.9))


def certainty_of(basis: Basis, *, whole: bool, bearers: bool) -> float:
    """Of a text that is a whole title, or the one word of titles that bear it; else only qualified titles are met."""
    return CERTAINTY[basis] if whole or bearers else min(CERTAINTY[basis], QUALIFIED_CERTAINTY)


def _read_off(table: Table, place: float) -> float:
    """Linear between the rows of a table, level beyond its ends."""
    places, shares = zip(*table, strict=True)
    return float(np.interp(place, places, shares))


def alike(share: float, nearest: float) -> float:
    """Of a code with that share of the votes, where the nearest title of all is at that cosine."""
    return _read_off(ALIKE, share) * min(nearest / LEAST_ALIKE, 1)


def meant(cosine: float) -> float:
    """Of the occupation nearest by vector."""
    return _read_off(MEANT, cosine)
