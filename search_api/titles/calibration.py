"""How often a candidate is right, by how it was met. All figures are shares of titles whose code it was.

`CERTAINTY` is of texts that are titles in some form, shared between the codes they stand under.

What a text is only like is told by two calibrations: of an index of `MANY` titles, as after an import, and of `FEW`, as
it ships, where the nearest title is more often one of another occupation. Each has a table of shares of the votes, an
isotonic fit read off at round places: thousands of the example titles of NOC 2021, held out with all their forms.
`python -m tests.titles` prints how well they hold.

And each has the weights of titles and meaning together: a choice among all occupations (multinomial logit), fitted on
held-out example titles and 160 everyday phrasings, either kind counting half, and rounded.
`python -m tests.titles.meaning --fit` fits them anew and prints how well they hold.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search_api.titles.candidate import Basis

Table = Sequence[tuple[float, float]]
Floats = npt.NDArray[np.float32]
CERTAINTY: dict[Basis, float] = {"exact": 0.97, "normalised": 0.94, "alias": 0.95, "typo": 0.85, "words": 0.9}
# Of titles met only with a qualifier added.
QUALIFIED_CERTAINTY = 0.75
# Below this cosine of the nearest title two in three are wrong whatever the votes, and nearly all at half of it.
LEAST_ALIKE = 0.35


class Weights(NamedTuple):
    """Of titles and meaning together, as log-odds, by how near the nearest title is (0 to 1).

    `titles` is what ln(1 + share of the votes / `seen`) adds where that title is the text itself, and in proportion
    below; `meaning` what one unit of cosine between query and occupation adds where no title has anything of the text,
    and less the nearer it is: where titles speak, vectors repeat them.
    """

    meaning: float
    titles: float
    seen: float


class Calibration(NamedTuple):
    """What the titles most alike are worth: by share of the votes alone, and beside meaning."""

    alike: Table
    weights: Weights


MANY = Calibration(
    (
        (0.0, 0.0), (0.05, 0.02), (0.1, 0.06), (0.15, 0.12), (0.2, 0.21), (0.25, 0.31), (0.3, 0.42), (0.35, 0.47),
        (0.4, 0.57), (0.5, 0.71), (0.6, 0.79), (0.7, 0.84), (0.8, 0.91), (1.0, 0.95),
    ),
    Weights(meaning=45.0, titles=1.6, seen=0.0025),
)  # fmt: skip
FEW = Calibration(
    (
        (0.0, 0.0), (0.05, 0.03), (0.1, 0.07), (0.15, 0.12), (0.2, 0.2), (0.25, 0.25), (0.3, 0.33), (0.35, 0.44),
        (0.4, 0.47), (0.5, 0.55), (0.6, 0.64), (0.7, 0.66), (1.0, 0.66),
    ),
    Weights(meaning=45.0, titles=1.25, seen=0.0045),
)  # fmt: skip
# Titles an occupation in both languages together: 28 as shipped, 139 after an import.
MANY_FROM = 70
# What an occupation counts as that neither a title nor a vector speaks for.
FARTHEST = -1.0
# What one without a vector counts as that titles speak for, imported since the last load. Higher, these are met more
# often and those with a vector less.
UNTOLD = 0.27
# None of the occupations is as likely as one of this cosine that no title speaks for.
NOBODY = 0.25


def certainty_of(basis: Basis, *, whole: bool, bearers: bool) -> float:
    """Of a text that is a whole title, or the one word of titles that bear it; else only qualified titles are met."""
    return CERTAINTY[basis] if whole or bearers else min(CERTAINTY[basis], QUALIFIED_CERTAINTY)


def _read_off(table: Table, place: float) -> float:
    """Linear between the rows of a table, level beyond its ends."""
    places, shares = zip(*table, strict=True)
    return float(np.interp(place, places, shares))


def calibration_of(titles: int, occupations: int) -> Calibration:
    """The one that fits an index of so many titles of so many occupations."""
    return MANY if titles >= MANY_FROM * occupations else FEW


def alike(share: float, nearest: float, table: Table) -> float:
    """Of a code with that share of the votes, where the nearest title of all is at that cosine."""
    return _read_off(table, share) * min(nearest / LEAST_ALIKE, 1)


def together(shares: Floats, nearest: float, cosines: Floats, weights: Weights) -> Floats:
    """Of every occupation, by its share of the votes and its cosine with the query; all together below 1.

    `nearest` is the cosine of the nearest title of all. Shape (occupations,), as both arrays are.
    """
    meaning = weights.meaning * max(1 - nearest, 0)
    odds = meaning * cosines + weights.titles * nearest * np.log1p(shares / weights.seen)
    nobody = meaning * NOBODY
    most = max(float(odds.max(initial=nobody)), nobody)
    likely = np.exp(odds - most)
    shared: Floats = likely / (likely.sum() + np.exp(nobody - most))
    return shared
