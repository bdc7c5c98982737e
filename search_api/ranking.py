"""The one table of numbers that decide matching and order. How each was found is in docs/relevance.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

QueryKind = Literal["occupation", "term", "text"]


@dataclass(frozen=True)
class Weights:
    """What each leg's calibrated score counts; the four add up to one."""

    keyword: float
    semantic: float
    profile: float
    links: float


@dataclass(frozen=True)
class Expansion:
    """How far a query is moved towards the occupations it is near to.

    `doubtful` and `certain` are cosines with the nearest of them: up to the one occupations count by `least`, from the
    other on by `most`, straight between. `quiet` is the part of the profile's weight that is left at `doubtful`.
    """

    doubtful: float
    certain: float
    least: float
    most: float
    quiet: float

    def strength(self, certainty: float) -> float:
        return self.least + (self.most - self.least) * certainty

    def loudness(self, certainty: float) -> float:
        """What of the profile's weight counts."""
        return self.quiet + (1 - self.quiet) * certainty


@dataclass(frozen=True)
class Ranking:
    """Thresholds and weights.

    `tau` is the centred cosine from which a listing matches by meaning; below `floor` a cosine counts as none.
    `ceiling` is the cosine that counts as full likeness. `pivot` is the text score, per word of the query, that counts
    as half of what text can give. An answer whose best listing scores less than `suitable` has nothing that suits.
    Scores that differ by no more than `tie` are taken as equal, and institutions are mixed among them.
    """

    tau: float
    floor: float
    ceiling: float
    pivot: float
    suitable: float
    tie: float
    weights: Mapping[QueryKind, Weights]
    expansions: Mapping[QueryKind, Expansion]


RANKING = Ranking(
    tau=0.13,
    floor=0.0,
    ceiling=0.9,
    pivot=15.0,
    suitable=0.22,
    tie=0.01,
    weights=MappingProxyType(
        {
            "occupation": Weights(keyword=0.12, semantic=0.38, profile=0.34, links=0.16),
            "term": Weights(keyword=0.06, semantic=0.30, profile=0.40, links=0.24),
            "text": Weights(keyword=0.30, semantic=0.40, profile=0.30, links=0.00),
        }
    ),
    expansions=MappingProxyType(
        {
            "occupation": Expansion(doubtful=0.3, certain=0.6, least=0.4, most=1.0, quiet=0.3),
            "term": Expansion(doubtful=0.3, certain=0.6, least=0.2, most=0.4, quiet=0.3),
            "text": Expansion(doubtful=0.3, certain=0.6, least=0.3, most=1.0, quiet=0.3),
        }
    ),
)
