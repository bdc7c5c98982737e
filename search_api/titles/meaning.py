"""How near a query is in meaning to each occupation."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mappings.contract import LANGUAGES
from mappings.embedding import Centring, centre, means_by_language
from mappings.occupation_vectors import OccupationVectors

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Likeness:
    """NOC codes in ascending order, each once, with the cosine of each and the query."""

    codes: Codes
    cosines: Floats


def _centred(held: OccupationVectors) -> Floats:
    """Rows without what the passages of a language share.

    The mean of a catalogue's listings would do for the order; but cosines would then be higher with one catalogue than
    with another, and so would what they are taken for.
    """
    spoken = np.array(held.languages, dtype=np.str_)
    means = means_by_language({language: held.vectors[spoken == language] for language in LANGUAGES})
    rows = [centre(row, means[language]) for row, language in zip(held.vectors, held.languages, strict=True)]
    return np.array(rows, dtype=np.float32).reshape(held.vectors.shape)


class OccupationMeanings:
    """The passages of occupations, to hold queries against. May be shared by threads.

    `codes` are those of the occupations, in ascending order. 516 occupations in two languages take 1.6 MB.
    """

    def __init__(self, held: OccupationVectors, centring: Centring = "per_language") -> None:
        codes = np.array(held.codes, dtype=np.str_)
        order = np.argsort(codes, kind="stable")
        matrix = held.vectors if centring == "none" else _centred(held)
        self._matrix: Floats = matrix[order]
        # Where in the matrix each code's rows begin.
        self.codes, self._starts = np.unique(codes[order], return_index=True)

    def likeness(self, query: Floats) -> Likeness:
        """`query` is a centred unit vector, shape (dimension,). An occupation is as near as the nearer language."""
        cosines: Floats = self._matrix @ query
        return Likeness(self.codes, np.maximum.reduceat(cosines, self._starts) if len(cosines) else cosines)
