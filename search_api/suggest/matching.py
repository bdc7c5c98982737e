"""Which names hold the words that are being typed, and how well."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_api.suggest.folding import LITTLE_WORDS, readings, without_plural
from search_api.suggest.phrase_table import Ints, PhraseTable
from search_api.suggest.typos import Speller

Costs = NDArray[np.int16]
# More edits than any word may have.
FAR = 64
# A little word that a name lacks counts as a slip.
MISSING = 1
# How well a name matches, best first; each edit makes a misspelt one's tier worse by one.
EXACT, BEGINS, WORDS, MISSPELT = range(4)
WORST, NONE = 7, 8


@dataclass(frozen=True)
class Matches:
    """Rows of a table and the tier of each."""

    rows: Ints
    tiers: Ints


def _word_costs(table: PhraseTable, speller: Speller | None, word: str, *, last: bool) -> Costs:
    """Edits between a typed word and the nearest word of each name; FAR where there is none. Shape (names,)."""
    costs = np.full(len(table), FAR, np.int16)
    for first, end, edits in speller.near(word, whole=not last) if speller else ():
        costs[table.rows_of(first, end)] = edits
    first, end = table.words_from(word)
    costs[table.rows_of(first, end)] = 0
    single = without_plural(word)
    first, _end = table.words_from(single)
    if single != word and table.words[first : first + 1] == [single]:
        costs[table.rows_of(first, first + 1)] = 0
    return costs


def _costs(table: PhraseTable, speller: Speller | None, words: tuple[str, ...]) -> Costs:
    """Edits in all, each word said twice counted once. Shape (names,)."""
    total = np.zeros(len(table), np.int16)
    for word, last in (*((word, False) for word in dict.fromkeys(words[:-1])), (words[-1], True)):
        costs = _word_costs(table, speller, word, last=last)
        may_miss = speller is not None and not last and word in LITTLE_WORDS
        total += np.minimum(costs, MISSING) if may_miss else costs
        if total.min(initial=FAR) >= FAR:
            break
    return total


def _tiers(table: PhraseTable, words: tuple[str, ...], costs: Costs) -> Ints:
    tiers = np.where(costs > 0, np.minimum(MISSPELT - 1 + costs, WORST), WORDS).astype(np.int64)
    key = " ".join(words)
    for tier, (first, end) in ((BEGINS, table.whole_from(key)), (EXACT, table.whole(key))):
        tiers[first:end] = tier
    return tiers


def matches(table: PhraseTable, text: str, speller: Speller | None = None) -> Matches:
    """Names that hold every word of the text, in any order, each at least its beginning.

    With a speller words may be misspelt and little words such as "of" and « aux » missing.
    """
    tiers = np.full(len(table), NONE, np.int64)
    for words in readings(text):
        costs = _costs(table, speller, words)
        tiers = np.minimum(tiers, np.where(costs < FAR, _tiers(table, words, costs), NONE))
    rows = np.flatnonzero(tiers < NONE)
    return Matches(rows, tiers[rows])
