"""Puts the legs' findings into one order: each score on a scale of its own, weighed by the kind of query, ties by id.

A score is calibrated against fixed marks, never against the page at hand: a lone weak hit must not look perfect.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from search_api.ranking import Ranking, Weights


@dataclass(frozen=True)
class Evidence:
    """What each leg found by listing id: raw text scores, cosines, link strengths and likeness of profiles (0 to 1).

    `keyword` has the listings that hold enough of the words to match, `words` also those that hold any. `loudness` is
    what of the weight of profiles counts. `named` are the listings whose own title, or whose institution's name, the
    whole query is.
    """

    keyword: Mapping[str, float]
    cosine: Mapping[str, float]
    links: Mapping[str, float]
    words: Mapping[str, float] = field(default_factory=dict)
    profile: Mapping[str, float] = field(default_factory=dict)
    loudness: float = 1.0
    named: frozenset[str] = frozenset()

    def text(self, listing: str) -> float:
        """Its raw text score; what phrases and whole names add is known of matches only."""
        return max(self.keyword.get(listing, 0.0), self.words.get(listing, 0.0))


@dataclass(frozen=True)
class Ranked:
    """A listing in the fused order. `score` is 0 to 1; one that the query names stands before all others."""

    id: str
    score: float
    named: bool = False

    @property
    def institution(self) -> str:
        """The first part of an id, as the indexer makes them."""
        return self.id.partition(".")[0]

    @property
    def place(self) -> tuple[bool, float, str]:
        """What listings are ordered by, the first the least."""
        return (not self.named, -self.score, self.id)


def calibrated_text(score: float, words: int, ranking: Ranking) -> float:
    """A text score as 0 to 1: half at the pivot, which grows with the words asked for."""
    return score / (score + ranking.pivot * max(words, 1)) if score > 0 else 0.0


def calibrated_cosine(cosine: float, ranking: Ranking) -> float:
    """A cosine as 0 (the floor) to 1 (the ceiling)."""
    return min(max((cosine - ranking.floor) / (ranking.ceiling - ranking.floor), 0.0), 1.0)


def match_set(evidence: Evidence, ranking: Ranking) -> set[str]:
    """The listings that match: by words, by link, or by a cosine of tau and more."""
    close = {listing for listing, cosine in evidence.cosine.items() if cosine >= ranking.tau}
    return close | evidence.keyword.keys() | evidence.links.keys()


class Parts(NamedTuple):
    """What each leg gives of one listing's score; nothing where it did not find it."""

    keyword: float
    semantic: float
    profile: float
    links: float


def parts(listing: str, words: int, evidence: Evidence, weights: Weights, ranking: Ranking) -> Parts:
    """The weighted, calibrated evidence of one listing; their sum is its score."""
    return Parts(
        weights.keyword * calibrated_text(evidence.text(listing), words, ranking),
        weights.semantic * calibrated_cosine(evidence.cosine.get(listing, ranking.floor), ranking),
        weights.profile * evidence.loudness * evidence.profile.get(listing, 0.0),
        weights.links * evidence.links.get(listing, 0.0),
    )


def fuse(evidence: Evidence, words: int, weights: Weights, ranking: Ranking) -> list[Ranked]:
    """The match set, best first. `words` is how many words the query has."""
    ranked = [
        Ranked(x, sum(parts(x, words, evidence, weights, ranking)), x in evidence.named)
        for x in match_set(evidence, ranking)
    ]
    return sorted(ranked, key=lambda hit: hit.place)
