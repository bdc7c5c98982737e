"""The occupations nearest to a query by vector."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from mappings.contract import Language
from search_api.titles.calibration import meant

Floats = npt.NDArray[np.float32]
# By language, NOC codes and unit vectors of them, centred, one row each; a code may have several rows.
Vectors = Mapping[Language, tuple[Sequence[str], Floats]]
MOST_MEANT = 5


def nearest_by_vector(codes: Sequence[str], matrix: Floats, query: Floats) -> list[tuple[str, float]]:
    """NOC codes with confidences, the nearest first. What the first leaves open is what the next can have at most."""
    best: dict[str, float] = {}
    cosines = matrix @ query
    for row in np.argsort(-cosines, kind="stable"):
        best.setdefault(codes[row], float(cosines[row]))
        if len(best) == MOST_MEANT:
            break
    found, left = [], 1.0
    for code, cosine in best.items():
        found.append((code, meant(cosine) * left))
        left -= found[-1][1]
    return found
