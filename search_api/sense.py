"""A query as it is held against listings in meaning: its vector, and the occupations it is near to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mappings.contract import Language
from mappings.occupation_space import OccupationSpace
from mappings.vectors import Vectors
from search_api.ranking import Expansion


@dataclass(frozen=True, eq=False)
class Sense:
    """`vector` is a unit vector, shape (dimension,), on the side of queries, moved towards occupations.

    `profile` weighs the nearest of them by NOC code; `certainty` (0 to 1) is how sure it is that they are meant.
    """

    vector: Vectors
    profile: Mapping[str, float] = field(default_factory=dict)
    certainty: float = 0.0


def certainty(cosine: float, expansion: Expansion) -> float:
    """0 where the nearest occupation is as near as chance has it, 1 where hardly another can be meant."""
    return min(max((cosine - expansion.doubtful) / (expansion.certain - expansion.doubtful), 0.0), 1.0)


def sense_of(query: Vectors, language: Language, space: OccupationSpace | None, expansion: Expansion) -> Sense:
    """The sense of a centred and turned query vector; the vector as it is where no occupations are held."""
    if space is None or not len(space.codes):
        return Sense(query)
    near = space.nearness(query, language)
    sure = certainty(float(near.max()), expansion)
    return Sense(space.expanded(query, near, expansion.strength(sure)), space.query_profile(near), sure)
