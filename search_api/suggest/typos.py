"""Words of the vocabulary that a mistyped one may have been meant to be."""

from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from search_api.suggest.phrase_table import PhraseTable

# In shorter words a single letter makes another word.
LEAST_FOR_ONE, LEAST_FOR_TWO = 4, 8


def most_edits(word: str) -> int:
    """How many letters may be wrong, left out, too many or swapped with the next."""
    return (len(word) >= LEAST_FOR_ONE) + (len(word) >= LEAST_FOR_TWO)


def edits_between(known: str, typed: str) -> int | None:
    """The fewest edits that turn the typed word into the beginning of the known one; None when too many."""
    most = most_edits(typed)
    if not most or known[:1] != typed[:1]:
        return None
    forms = {known[:size] for size in range(len(typed) - most, len(typed) + most + 1)}
    fewest = min(OSA.distance(typed, form, score_cutoff=most) for form in forms)
    return fewest if fewest <= most else None


class Speller:
    """Finds the words of a table near a mistyped one. Safe to share between threads."""

    def __init__(self, table: PhraseTable) -> None:
        self._table = table
        self._forms: dict[tuple[str, int, bool], list[str]] = {}

    def near(self, typed: str, *, whole: bool) -> list[tuple[int, int, int]]:
        """Numbers of the words within reach, as first and one past the last, with the edits; the farthest first.

        A word is compared whole, or by each of its beginnings of about the typed length. The first letter is never
        wrong: people see that one, and it keeps the search to one letter's words.
        """
        most = most_edits(typed)
        sizes = range(len(typed) - most, len(typed) + most + 1) if most else ()
        found = [hit for size in sizes for hit in self._hits(typed, size, whole=whole)]
        return sorted(found, key=lambda hit: (-hit[2], hit[0]))

    def _hits(self, typed: str, size: int, *, whole: bool) -> Iterator[tuple[int, int, int]]:
        most, forms = most_edits(typed), self._of_size(typed[0], size, whole=whole)
        if not forms:
            return
        (distances,) = cdist([typed], forms, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)
        for hit in np.flatnonzero(distances <= most):
            first, end = self._table.words_from(forms[hit])
            yield first, first + 1 if whole else end, int(distances[hit])

    def _of_size(self, letter: str, size: int, *, whole: bool) -> list[str]:
        """Distinct words of that many letters, or beginnings of longer ones too.

        Kept for the next time, except where there are none: of letters nobody's words begin with there is no end.
        """
        key = (letter, size, whole)
        found = self._forms.get(key) or self._beginnings(*key)
        if found:
            self._forms[key] = found
        return found

    def _beginnings(self, letter: str, size: int, whole: bool) -> list[str]:
        first, end = self._table.words_from(letter)
        words = self._table.words[first:end]
        fitting = (word[:size] for word in words if len(word) == size or (len(word) > size and not whole))
        return list(dict.fromkeys(fitting))
