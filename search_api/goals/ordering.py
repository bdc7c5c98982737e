"""Puts what serves a goal forward in an order that was found without it."""

from collections.abc import Iterable, Mapping

from search_api.fusion import Ranked

# A goal weighs as much as all that was typed: half the score.
WEIGHT = 0.5


def weighed(ranked: Iterable[Ranked], served: Mapping[str, float]) -> list[Ranked]:
    """The same listings, best first. `served` is how well each serves the goal (0 to 1), by id; scores stay 0 to 1."""
    scored = (hit._replace(score=(1 - WEIGHT) * hit.score + WEIGHT * served.get(hit.id, 0.0)) for hit in ranked)
    return sorted(scored, key=lambda hit: hit.place)


def put_forward(ids: Iterable[str], served: Mapping[str, float]) -> list[str]:
    """Listings in an order without scores: those that serve the goal first, the rest as they were."""
    return sorted(ids, key=lambda identifier: -served.get(identifier, 0.0))
