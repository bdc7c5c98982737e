"""How near a query is in meaning to each occupation."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mappings.occupation_space import centred_passages
from mappings.occupation_vectors import Rows
from mappings.vectors import Centring

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Likeness:
    """NOC codes in ascending order, each once, with the cosine of each and the query."""

    codes: Codes
    cosines: Floats


class OccupationMeanings:
    """The passages of occupations, to hold queries against. May be shared by threads.

    `codes` are those of the occupations, in ascending order. 516 occupations in two languages take 1.6 MB.
    """

    def __init__(self, passages: Rows, centring: Centring = "per_language") -> None:
        codes = np.array(passages.codes, dtype=np.str_)
        order = np.argsort(codes, kind="stable")
        matrix = passages.vectors if centring == "none" else centred_passages(passages)
        self._matrix: Floats = matrix[order]
        # Where in the matrix each code's rows begin.
        self.codes, self._starts = np.unique(codes[order], return_index=True)

    def likeness(self, query: Floats) -> Likeness:
        """`query` is a centred unit vector, shape (dimension,). An occupation is as near as the nearer language."""
        cosines: Floats = self._matrix @ query
        return Likeness(self.codes, np.maximum.reduceat(cosines, self._starts) if len(cosines) else cosines)
