"""Occupations a listing prepares for, where its feed gives no code: inferred, each with a score and its evidence."""

from collections.abc import Iterator, Mapping

import numpy as np

from indexer.evidence import FEATURES, Matrix, Signs, features, signs
from indexer.profiles import Profiles
from mappings.contract import Language
from mappings.listing import Listing, OccupationLink
from mappings.vectors import Vectors

MOST = 3
# Below it there is no guess: the lowest step of the curve that `python -m indexer inference-check` prints at which four
# in five guesses are right when each tenth of the listings is left out of its own fit.
LEAST = 0.4
# Log-odds of "the feed states this occupation": a start, and what one unit of each feature adds.
#
# A logistic regression over the sample listings whose feeds give codes, every occupation but the stated ones being
# wrong, rounded. Each listing stands in it twice, with the skills and tools of every other occupation hidden in turn,
# so that it also learns what to make of a group whose terms are unknown. The judged programmes had no part in the fit,
# but were looked at when the features and the threshold were chosen. `inference-check` fits them anew and prints them
# beside these.
PARAMETERS = {
    "start": -3.5,
    "likeness": 5.8,
    "behind_the_nearest": 17.7,  # a text near everything is near nothing in particular
    "named_in_title": 3.0,
    "named_in_text": 2.7,
    "shared_terms": 1.7,
    "terms_unknown": 1.1,
}
WEIGHTS: Matrix = np.array([PARAMETERS[name] for name in ("start", *FEATURES)])


def probabilities(table: Matrix, weights: Matrix = WEIGHTS) -> Matrix:
    """How likely each row's occupation is stated, 0 to 1. `table` is of shape (..., features)."""
    found: Matrix = 1 / (1 + np.exp(-(weights[0] + table @ weights[1:])))
    return found


def scores(found: Signs, known: Profiles) -> list[tuple[str, float]]:
    """Every occupation with how likely the feed would state it, the likeliest first; ties by code."""
    each = zip(known.codes, map(float, probabilities(features(found, known))), strict=True)
    return sorted(each, key=lambda one: (-one[1], one[0]))


def _links(found: Signs, known: Profiles) -> Iterator[OccupationLink]:
    for code, score in scores(found, known)[:MOST]:
        if score >= LEAST:
            evidence = found.evidence(known.row[code])
            yield OccupationLink(code=code, basis="inferred", score=round(score, 2), evidence=evidence)


def with_occupations(listing: Listing, vectors: Mapping[Language, Vectors], known: Profiles) -> Listing:
    """The listing as it is when its feed gives codes; else with up to three inferred."""
    stated = tuple(link for link in listing.occupations if link.basis == "feed")
    links = stated or tuple(_links(signs(listing, vectors, known), known))
    return listing.model_copy(update={"occupations": links})
