"""The order of suggestions: each target once by its best name, the best first, no kind pushing out the others."""

import numpy as np

from mappings.contract import Language
from search_api.suggest.matching import MISSPELT, Matches
from search_api.suggest.phrase_table import BITS, Ints, PhraseTable

# Keys are whole numbers, the most telling part in the highest bits; these are the widths of the parts.
ROW_BITS, LENGTH_BITS, TIER_BITS, SIZE_BITS = 32, 10, 3, 5
LONGEST = (1 << LENGTH_BITS) - 1
NEVER = np.iinfo(np.int64).max


def _packed(*parts: tuple[Ints, int]) -> Ints:
    """One number a row out of several, each with its width in bits."""
    found: Ints = np.zeros_like(parts[0][0])
    for values, width in parts:
        found = (found << width) | values
    return found


def _rows_in(keys: Ints) -> Ints:
    rows: Ints = keys & ((1 << ROW_BITS) - 1)
    return rows


def _foreign(table: PhraseTable, rows: Ints, language: Language) -> Ints:
    found: Ints = ((table.bits[rows] & BITS[language]) == 0).astype(np.int64)
    return found


def best_names(table: PhraseTable, found: Matches, language: Language) -> Matches:
    """The best name of each target: rightly spelt, in the asked language, then by tier, the displayed one, shorter."""
    rows, tiers = found.rows, found.tiers
    keys = _packed(
        ((tiers >= MISSPELT).astype(np.int64), 1),
        (_foreign(table, rows, language), 1),
        (tiers, TIER_BITS),
        ((~table.is_primary[rows]).astype(np.int64), 1),
        (np.minimum(table.length[rows], LONGEST), LENGTH_BITS),
        (rows, ROW_BITS),
    )
    best = np.full(len(table.targets), NEVER, np.int64)
    np.minimum.at(best, table.target[rows], keys)
    kept = _rows_in(best[best < NEVER])
    of_row = np.zeros(len(table), np.int64)
    of_row[rows] = tiers
    return Matches(kept, of_row[kept])


def ranked(table: PhraseTable, found: Matches, counts: Ints, language: Language) -> Ints:
    """Rows by tier, the asked language, the magnitude of the count (`counts` are by target), shorter, the text."""
    rows = found.rows
    magnitude = np.frexp(counts[table.target[rows]].astype(np.float64))[1].astype(np.int64)
    smaller = ((1 << SIZE_BITS) - 1) - np.minimum(magnitude, (1 << SIZE_BITS) - 1)
    keys = _packed(
        (found.tiers, TIER_BITS),
        (_foreign(table, rows, language), 1),
        (smaller, SIZE_BITS),
        (np.minimum(table.length[rows], LONGEST), LENGTH_BITS),
        (rows, ROW_BITS),
    )
    return _rows_in(np.sort(keys))


def mixed(kinds: Ints, limit: int) -> list[int]:
    """Places of at most `limit` of a ranking's entries, by the kind of each; one kind fills half while others match.

    Of an odd limit the place left over goes to the better of them.
    """
    most = max(limit // 2, 1)
    by_kind = [np.flatnonzero(kinds == kind)[:limit].tolist() for kind in np.unique(kinds)]
    fair = sorted(place for places in by_kind for place in places[:most])[:limit]
    rest = sorted(place for places in by_kind for place in places[most:])
    return sorted(fair + rest[: limit - len(fair)])
