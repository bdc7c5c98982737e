"""Names in a form that finds those with a given word at once: sorted words, and for each the names it stands in."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from mappings.contract import LANGUAGES, Language
from search_api.suggest.folding import folded_words, joined_pieces
from search_api.suggest.names import Name, Target

Ints = NDArray[np.int64]
BITS: dict[Language, int] = {language: 1 << place for place, language in enumerate(LANGUAGES)}
# Greater than any letter: what begins with a prefix lies between the prefix and the prefix with this after it.
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Row:
    """One name as it is kept: its key (folded words), the bits of its languages, and whether it is primary."""

    key: str
    text: str
    target: Target
    bits: int
    primary: bool


def _rows(names: Iterable[Name]) -> list[Row]:
    """Each name once, by key then text; of a target's spellings with one key in one language the first is kept."""
    kept: dict[tuple[Target, str, Language], Name] = {}
    for name in names:
        key = " ".join(folded_words(name.text))
        if key:
            kept.setdefault((name.target, key, name.language), name)
    merged: dict[tuple[str, str, Target], tuple[int, bool]] = {}
    for (target, key, language), name in kept.items():
        place = (key, name.text.strip(), target)
        bits, primary = merged.get(place, (0, False))
        merged[place] = (bits | BITS[language], primary or name.primary)
    found = [Row(*place, *rest) for place, rest in merged.items()]
    return sorted(found, key=lambda row: (row.key, row.text, row.target.kind, row.target.id))


def _span(sorted_words: list[str], prefix: str) -> tuple[int, int]:
    return bisect_left(sorted_words, prefix), bisect_left(sorted_words, prefix + LAST)


class PhraseTable:
    """Names by row number, in the order of their keys. Never changes once made, so threads may share it.

    `target` numbers `targets`; `bits` are languages; `length` counts characters. Each has one entry a row.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        rows = _rows(names)
        self.keys, self.texts = [row.key for row in rows], [row.text for row in rows]
        numbers: dict[Target, int] = {}
        self.target = self._array(numbers.setdefault(row.target, len(numbers)) for row in rows)
        self.targets = tuple(numbers)
        self.bits = self._array(row.bits for row in rows)
        self.is_primary = self._array(row.primary for row in rows).astype(np.bool_)
        self.length = self._array(len(text) for text in self.texts)
        self._index([{*row.key.split(), *(piece.folded for piece in joined_pieces(row.text))} for row in rows])

    @staticmethod
    def _array(values: Iterable[int]) -> Ints:
        return np.fromiter(values, np.int64)

    def _index(self, words: list[set[str]]) -> None:
        """The vocabulary, sorted, and the rows of all its words one after the other."""
        self.words = sorted(set(chain.from_iterable(words)))
        number = {word: place for place, word in enumerate(self.words)}
        of = np.fromiter((number[word] for each in words for word in each), np.int64)
        rows = np.fromiter(chain.from_iterable(repeat(row, len(each)) for row, each in enumerate(words)), np.int32)
        order = np.argsort(of, kind="stable")
        self._rows = rows[order]
        self._starts = np.searchsorted(of[order], np.arange(len(self.words) + 1))

    def __len__(self) -> int:
        return len(self.keys)

    def words_from(self, prefix: str) -> tuple[int, int]:
        """Numbers of the words that begin with it: first, and one past the last."""
        return _span(self.words, prefix)

    def whole_from(self, prefix: str) -> tuple[int, int]:
        """Rows whose key begins with it: first, and one past the last."""
        return _span(self.keys, prefix)

    def whole(self, key: str) -> tuple[int, int]:
        """Rows of exactly that key."""
        return bisect_left(self.keys, key), bisect_left(self.keys, key + "\0")

    def rows_of(self, first: int, end: int) -> NDArray[np.int32]:
        """Rows that hold any of the words with these numbers."""
        return self._rows[self._starts[first] : self._starts[end]]
