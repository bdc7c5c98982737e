"""The one table of numbers that decide matching and order. How each was found is in docs/relevance.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

QueryKind = Literal["occupation", "term", "text"]


@dataclass(frozen=True)
class Weights:
    """What each leg's calibrated score counts; the three add up to one."""

    keyword: float
    semantic: float
    links: float


@dataclass(frozen=True)
class Ranking:
    """Thresholds and weights.

    `tau` is the centred cosine from which a listing matches by meaning; below `floor` a cosine counts as none.
    `ceiling` is the cosine that counts as full likeness. `pivot` is the text score, per word of the query, that counts
    as half of what text can give.
    """

    tau: float
    floor: float
    ceiling: float
    pivot: float
    weights: Mapping[QueryKind, Weights]


RANKING = Ranking(
    tau=0.18,
    floor=0.0,
    ceiling=0.75,
    pivot=10.0,
    weights=MappingProxyType(
        {
            "occupation": Weights(keyword=0.15, semantic=0.50, links=0.35),
            "term": Weights(keyword=0.20, semantic=0.50, links=0.30),
            "text": Weights(keyword=0.15, semantic=0.85, links=0.0),
        }
    ),
)
