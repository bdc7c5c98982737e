"""The titles nearest to a text by the rare n-grams they share: cosine of binary vectors weighed by IDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from search_api.titles.ngrams import GramRows, Grams, Rows, grams_by_length, grams_of

Floats = npt.NDArray[np.float32]
# Shares of the highest cosine above which there may be as many titles as are wanted, tried one after the other.
NEARNESS = (0.5, 0.35, 0.2, 0.0)


@dataclass(frozen=True, eq=False)
class Near:
    """Rows of titles with their cosines (0 to 1), the nearest first."""

    rows: Rows
    cosines: Floats


def _rarity(frequencies: npt.NDArray[np.int64], texts: int) -> Floats:
    """Inverse document frequency, smoothed as if one more text held every n-gram."""
    return (np.log((1 + texts) / (1 + frequencies)) + 1).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Postings:
    """N-grams in ascending order, in how many texts each is, and the rows of those texts one after another."""

    grams: Grams
    counts: npt.NDArray[np.int64]
    rows: Rows


def _first_of_each(ascending: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    return np.concatenate([np.ones(len(ascending[:1]), dtype=bool), ascending[1:] != ascending[:-1]])


def _postings(found: GramRows, texts: int) -> Postings:
    """Sorting is three times faster here than `numpy.unique`, and leaves less memory behind."""
    grams = np.sort(found.grams)
    grams = grams[_first_of_each(grams)]
    pairs = np.searchsorted(grams, found.grams) * max(texts, 1) + found.rows
    pairs.sort()
    pairs = pairs[_first_of_each(pairs)]
    owners, rows = np.divmod(pairs, max(texts, 1))
    return Postings(grams, np.bincount(owners, minlength=len(grams)), rows.astype(np.int32))


def _foremost(cosines: Floats, most: int) -> npt.NDArray[np.int64]:
    """Rows of the highest cosines above 0. Few are a fraction as near as the nearest: only these are told apart."""
    highest = float(cosines.max(initial=0))
    above = (np.flatnonzero(cosines > share * highest) for share in NEARNESS)
    rows = next((rows for rows in above if len(rows) >= most), None)
    if rows is None:
        return np.flatnonzero(cosines > 0)
    return rows[np.argpartition(-cosines[rows], most - 1)[:most]]


class Neighbours:
    """An inverted index in four arrays, so that forked workers share it.

    `_grams` sorted; the titles holding `_grams[i]` are `_rows[_starts[i]:_starts[i + 1]]`.
    """

    def __init__(self, grams: Grams, starts: npt.NDArray[np.int64], rows: Rows, texts: int) -> None:
        self._grams, self._starts, self._rows, self._texts = grams, starts, rows, texts
        self._weights = _rarity(np.diff(starts), texts) ** 2
        lengths = np.bincount(rows, weights=np.repeat(self._weights, np.diff(starts)), minlength=texts)
        self._lengths = np.sqrt(np.maximum(lengths, 1e-6)).astype(np.float32)
        # What is counted up is of this width: widening a number for each posting takes longer than adding it up.
        self._added = self._weights.astype(np.float64)
        self._unknown = float(_rarity(np.zeros(1, dtype=np.int64), texts)[0]) ** 2

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """The index of folded texts; a row is a text's place among them."""
        parts = [_postings(found, len(texts)) for found in grams_by_length(texts)]
        counts = np.concatenate([part.counts for part in parts])
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
        # A longer n-gram is the greater number, so the parts are in order.
        grams, rows = (np.concatenate([getattr(part, name) for part in parts]) for name in ("grams", "rows"))
        return cls(grams, starts, rows, len(texts))

    def cosines(self, text: str) -> Floats:
        """How near each title is to a folded text. N-grams that no title holds make the text farther from all."""
        asked = grams_of(text)
        at = self._grams.searchsorted(asked)
        known = at[self._grams[np.minimum(at, len(self._grams) - 1)] == asked] if len(self._grams) else at[:0]
        if not len(known):
            return np.zeros(self._texts, dtype=np.float32)
        starts, ends = self._starts[known], self._starts[known + 1]
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        rows = np.concatenate([self._rows[start:end] for start, end in spans], dtype=np.intp)
        shared = np.bincount(rows, weights=self._added[known].repeat(ends - starts), minlength=self._texts)
        length = np.sqrt(self._weights[known].sum() + self._unknown * (len(asked) - len(known)))
        cosines: Floats = (shared / (self._lengths * length)).astype(np.float32)
        return cosines

    def nearest(self, text: str, most: int) -> Near:
        """The nearest titles, those that share nothing left out."""
        cosines = self.cosines(text)
        rows = _foremost(cosines, most)
        order = np.lexsort((rows, -cosines[rows]))
        return Near(rows[order].astype(np.int32), cosines[rows[order]])
