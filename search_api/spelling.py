"""Words the catalogue does not have, and the nearest ones it has: the engine's term suggester."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mappings.index_body import WORDS
from search_api.legs import PLAIN_QUERY, first_words

NAME = "spelling"
# From four letters on: C# and IT have too many neighbours.
LEAST_LETTERS = 4
# Looking for neighbours takes the engine milliseconds a letter, and nobody's word is that long.
MOST_LETTERS = 40
# One slip in four letters, two from eight on: 1 - 1/4 and 1 - 2/8 pass, 1 - 2/7 does not.
LEAST_LIKENESS = 0.72
MOST_READINGS = 3


@dataclass(frozen=True)
class Respelt:
    """A word as it was written, folded, and what it may have been meant to be, the likeliest first."""

    word: str
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Spelling:
    """All words of a query, each with its readings; a word the catalogue has reads as itself."""

    words: tuple[Respelt, ...]

    @property
    def changed(self) -> tuple[Respelt, ...]:
        return tuple(found for found in self.words if found.readings != (found.word,))

    def texts(self) -> list[str]:
        """Whole queries: every word by its first reading, then by its second, and so on."""
        most = max((len(found.readings) for found in self.words), default=0)
        return [" ".join(x.readings[min(place, len(x.readings) - 1)] for x in self.words) for place in range(most)]


def spelling_body(text: str) -> dict[str, Any] | None:
    """A request for the readings of words that no listing holds; None for words too long to look up."""
    text = first_words(text)
    if any(len(word) > MOST_LETTERS for word in text.split()):
        return None
    term = {
        "field": WORDS,
        "analyzer": PLAIN_QUERY,
        "suggest_mode": "missing",
        "string_distance": "damerau_levenshtein",
        "prefix_length": 1,
        "min_word_length": LEAST_LETTERS,
        "accuracy": LEAST_LIKENESS,
        "size": MOST_READINGS,
    }
    return {"size": 0, "suggest": {NAME: {"text": text, "term": term}}}


def _respelt(entry: Mapping[str, Any]) -> Respelt:
    readings = tuple(option["text"] for option in entry["options"])
    return Respelt(entry["text"], readings or (entry["text"],))


def spelling_of(response: Mapping[str, Any]) -> Spelling | None:
    """What the engine read into the words; None when it knows all of them or has nothing better."""
    entries: Sequence[Mapping[str, Any]] = response.get("suggest", {}).get(NAME, ())
    found = Spelling(tuple(_respelt(entry) for entry in entries))
    return found if found.changed else None
