"""The occupations as a space in which listings and queries meet, also where they share neither words nor language.

A listing's profile says which occupations it is nearest to, and so does a query's: the nearer two profiles are, the
likelier the listing serves who asked. A query is moved towards its occupations too, for a job title says little of what
is learned for the job. What both gain is in docs/relevance.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mappings.adapter import Adapter, turned_document, turned_query
from mappings.contract import LANGUAGES, Language
from mappings.index_body import LISTING_STEP, MOST_OF_LISTING
from mappings.occupation_vectors import Rows
from mappings.vectors import Vectors, centre, means_by_language, unit

# As for listings (see `index_body`). A query says less, so it is less sure.
QUERY_STEP, MOST_OF_QUERY, MOST_EXPANDING = 0.05, 10, 10
# Of passage and nearest name, how much the name counts for a query.
NAME_SHARE = 0.5
# The engine keeps no value of zero, and less than this adds nothing.
LEAST = 0.001

Codes = npt.NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Landmarks:
    """Rows in the order of their occupations. `starts` says where those of each begin, `places` which one it is."""

    matrix: Vectors
    starts: npt.NDArray[np.intp]
    places: npt.NDArray[np.intp]

    def nearest(self, vector: Vectors, occupations: int) -> Vectors:
        """The best cosine of each occupation's rows; -1 for one that has none. Shape (occupations,)."""
        found = np.full(occupations, -1.0, np.float32)
        if len(self.places):
            found[self.places] = np.maximum.reduceat(self.matrix @ vector, self.starts)
        return found


def centred_passages(rows: Rows) -> Vectors:
    """Passages without what the passages of a language share.

    The mean of a catalogue's listings would do for the order; but cosines would then be higher with one catalogue than
    with another, and so would what they are taken for.
    """
    spoken = np.array(rows.languages, dtype=np.str_)
    means = means_by_language({language: rows.vectors[spoken == language] for language in LANGUAGES})
    found = [centre(row, means[language]) for row, language in zip(rows.vectors, rows.languages, strict=True)]
    return np.array(found, dtype=np.float32).reshape(rows.vectors.shape)


def landmarks(matrix: Vectors, codes: Codes, known: Codes) -> Landmarks:
    """`codes` has the occupation of each row, `known` all occupations in ascending order."""
    order = np.argsort(codes, kind="stable")
    spoken, starts = np.unique(codes[order], return_index=True)
    return Landmarks(matrix[order], starts, np.searchsorted(known, spoken))


def shares(cosines: Vectors, step: float, most: int) -> Vectors:
    """Cosines as shares that add up to one over all occupations, the smaller ones left out. Shape as given."""
    each = np.exp((cosines - cosines.max()) / step)
    each /= each.sum()
    if len(each) > most:
        each[each < np.partition(each, -most)[-most]] = 0
    found: Vectors = each.astype(np.float32)
    return found


class OccupationSpace:
    """May be shared by threads. `codes` are NOC codes in ascending order.

    Passages stand on the side of what is searched, names on that of queries. Without an adapter both are as centred.
    """

    def __init__(
        self, passages: Rows, names: Rows, query_means: Mapping[str, Vectors], adapter: Adapter | None
    ) -> None:
        codes = np.array(passages.codes, dtype=np.str_)
        self.codes: Codes = np.unique(codes)
        told = turned_document(centred_passages(passages), adapter)
        self._passages = self._means(told, codes)
        self._directions = unit(self._passages)
        self._names = {x: self._named(names, x, query_means.get(x), adapter) for x in LANGUAGES}

    def _means(self, passages: Vectors, codes: Codes) -> Vectors:
        """One row an occupation, the mean over its languages: by it a cosine is the mean of theirs."""
        places = np.searchsorted(self.codes, codes)
        summed = np.zeros((len(self.codes), passages.shape[1]), np.float32)
        np.add.at(summed, places, passages)
        means: Vectors = (summed / np.bincount(places, minlength=len(self.codes))[:, None]).astype(np.float32)
        return means

    def _named(self, names: Rows, language: Language, mean: Vectors | None, adapter: Adapter | None) -> Landmarks:
        rows = np.array([spoken == language for spoken in names.languages], dtype=bool)
        codes = np.array(names.codes, dtype=np.str_)[rows]
        known = np.isin(codes, self.codes)
        centred = centre(names.vectors[rows][known], mean)
        return landmarks(turned_query(centred, adapter), codes[known], self.codes)

    def listing_profile(self, vectors: Iterable[Vectors]) -> dict[str, float]:
        """The weight of a listing's nearest occupations, by code, from its vectors in any languages; their squares add
        up to no more than one. Empty without a vector.
        """
        near = [self._passages @ vector for vector in vectors]
        return self._profile(np.max(near, axis=0), LISTING_STEP, MOST_OF_LISTING) if near and len(self.codes) else {}

    def nearness(self, query: Vectors, language: Language) -> Vectors:
        """How near a query is to each occupation: to what it is and to what it is called. Shape (occupations,)."""
        passage = self._passages @ query
        name = self._names[language].nearest(query, len(self.codes))
        return np.where(name >= 0, (1 - NAME_SHARE) * passage + NAME_SHARE * name, passage).astype(np.float32)

    def query_profile(self, nearness: Vectors) -> dict[str, float]:
        return self._profile(nearness, QUERY_STEP, MOST_OF_QUERY)

    def expanded(self, query: Vectors, nearness: Vectors, strength: float) -> Vectors:
        """The query moved by `strength` towards its nearest occupations; a unit vector."""
        weights = shares(nearness, QUERY_STEP, MOST_EXPANDING)
        moved: Vectors = unit(query + strength * unit(weights @ self._directions))
        return moved

    def _profile(self, near: Vectors, step: float, most: int) -> dict[str, float]:
        weights = np.sqrt(shares(near, step, most))
        return {str(self.codes[row]): float(weights[row]) for row in np.flatnonzero(weights > LEAST)}
