"""Words that no title holds, and those they may be slips of: a letter too many, missing, wrong or out of place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Shorter words have too many neighbours to guess at.
LEAST_LETTERS = 5
# From here on two slips still leave three quarters of the word.
TWO_SLIPS_FROM = 8
MOST_LETTERS = 30
MOST_READINGS = 3


class Respeller:
    """Readings of folded words by the words that titles hold, the more frequent of equally near ones first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._counts = Counter(word for word in words)
        # By first letter and length, and by all letters but the first.
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._tails: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._counts):
            if len(word) >= LEAST_LETTERS and word.isalpha():
                self._alike[word[0], len(word)].append(word)
                self._tails[word[1:]].append(word)

    def readings(self, word: str) -> tuple[str, ...]:
        """What a word may have been meant to be; itself alone where it is known, short, or near nothing."""
        if word in self._counts or not LEAST_LETTERS <= len(word) <= MOST_LETTERS or not word.isalpha():
            return (word,)
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        near = self._near(word, self._begun_alike(word, slips), slips) or self._near(word, self._begun_wrong(word), 1)
        return near or (word,)

    def _begun_alike(self, word: str, slips: int) -> list[str]:
        """Words of the same first letter that are not too long or short to be meant."""
        lengths = range(len(word) - slips, len(word) + slips + 1)
        return [known for length in lengths for known in self._alike.get((word[0], length), ())]

    def _begun_wrong(self, word: str) -> list[str]:
        """Words that one slip at the first letter makes this one of: wrong, missing, too many, or after the second."""
        tails = (word[1:], word, word[2:], word[0] + word[2:])
        return list(dict.fromkeys(known for tail in tails for known in self._tails.get(tail, ())))

    def _near(self, word: str, known: Sequence[str], slips: int) -> tuple[str, ...]:
        found = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=None)
        likeliest = sorted(found, key=lambda hit: (hit[1], -self._counts[hit[0]], hit[0]))
        return tuple(reading for reading, _slips, _place in likeliest[:MOST_READINGS])

    def texts(self, words: Sequence[str]) -> list[list[str]]:
        """Whole titles: every word by its first reading, then by its second, and so on. Empty where nothing changes."""
        readings = [self.readings(word) for word in words]
        most = max((len(found) for found in readings), default=0)
        said = [[found[min(place, len(found) - 1)] for found in readings] for place in range(most)]
        return [text for text in said if text != list(words)]
