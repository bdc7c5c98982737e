"""Puts the legs' findings into one order: each score on a scale of its own, weighed by the kind of query, ties by id.

A score is calibrated against fixed marks, never against the page at hand: a lone weak hit must not look perfect.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from search_api.ranking import Ranking, Weights

Scores = npt.NDArray[np.float64]
T = TypeVar("T", float, Scores)


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


class Ranked(NamedTuple):
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


def calibrated_text(score: T, words: int, ranking: Ranking) -> T:
    """Text scores (0 and more) as 0 to 1: half at the pivot, which grows with the words asked for."""
    return score / (score + ranking.pivot * max(words, 1))


def calibrated_cosine(cosine: T, ranking: Ranking) -> T:
    """Cosines as 0 (the floor) to 1 (the ceiling)."""
    scaled: T = np.clip((cosine - ranking.floor) / (ranking.ceiling - ranking.floor), 0.0, 1.0)
    return scaled


def match_set(evidence: Evidence, ranking: Ranking) -> set[str]:
    """The listings that match: by words, by link, or by a cosine of tau and more."""
    close = {listing for listing, cosine in evidence.cosine.items() if cosine >= ranking.tau}
    return close | evidence.keyword.keys() | evidence.links.keys()


class Parts(NamedTuple):
    """What each leg gives of the scores of some listings, an array each; nothing where it did not find one."""

    keyword: Scores
    semantic: Scores
    profile: Scores
    links: Scores


def _column(found: Mapping[str, float], listings: Sequence[str], absent: float = 0.0) -> Scores:
    # Half the time of a comprehension.
    return np.fromiter(map(found.get, listings, repeat(absent)), np.float64, len(listings))


def parts(listings: Sequence[str], words: int, evidence: Evidence, weights: Weights, ranking: Ranking) -> Parts:
    """The weighted, calibrated evidence of listings; their sum is their score.

    What phrases and whole names add to a text score is known of matches only, so the better of both is taken.
    """
    text = np.maximum(_column(evidence.keyword, listings), _column(evidence.words, listings))
    return Parts(
        weights.keyword * calibrated_text(text, words, ranking),
        weights.semantic * calibrated_cosine(_column(evidence.cosine, listings, ranking.floor), ranking),
        weights.profile * evidence.loudness * _column(evidence.profile, listings),
        weights.links * _column(evidence.links, listings),
    )


def fuse(evidence: Evidence, words: int, weights: Weights, ranking: Ranking) -> list[Ranked]:
    """The match set, best first. `words` is how many words the query has."""
    matched = list(match_set(evidence, ranking))
    scores: Scores = sum(parts(matched, words, evidence, weights, ranking), np.zeros(len(matched)))
    ranked = [
        Ranked(listing, score, listing in evidence.named)
        for listing, score in zip(matched, scores.tolist(), strict=True)
    ]
    return sorted(ranked, key=lambda hit: hit.place)
