"""A query folded for comparison, letter by letter, so that every place in it is known in the query as typed."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from search_api.limits.said import Span

ALIKE = str.maketrans({"œ": "oe", "æ": "ae"} | dict.fromkeys("’‘ʼ´＇`", "'") | dict.fromkeys("‐‑‒–—−", "-"))
TOKEN = re.compile(r"[^\W_]+")
# Between words or parts of words in a phrase: "self-paced", "self paced", « l'examen ».
BETWEEN = r"[\s'-]{1,3}"
PARTS = re.compile(r"[\s'-]+")


@lru_cache(maxsize=4096)
def folded_letter(letter: str) -> str:
    """One character without case and accents, as none, one or several characters; any white space as a blank."""
    if letter.isspace():
        return " "
    flat = unicodedata.normalize("NFKD", letter.translate(ALIKE)).casefold()
    kept = "".join(mark for mark in flat if not unicodedata.combining(mark)).translate(ALIKE)
    return " " if kept.isspace() else kept


def fold(text: str) -> str:
    return "".join(map(folded_letter, text))


@dataclass(frozen=True)
class Token:
    """One word of the folded text, and where it stands in it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Folded:
    """A query: as typed, folded, and for each folded character the place of the typed one it comes from."""

    typed: str
    text: str
    places: tuple[int, ...]

    def typed_span(self, start: int, end: int) -> Span:
        """Where a stretch of the folded text stands in the query; marks that combine with its last letter included."""
        last = self.places[end] if end < len(self.places) else len(self.typed)
        stop = self.places[end - 1] + 1
        while stop < last and unicodedata.combining(self.typed[stop]):
            stop += 1
        return self.places[start], stop

    def typed_at(self, place: int) -> str:
        """The character as typed that a place in the folded text comes from."""
        return self.typed[self.places[place]]

    def folded_span(self, start: int, end: int) -> Span:
        """Where a stretch of the query stands in the folded text."""
        return bisect_left(self.places, start), bisect_right(self.places, end - 1)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(Token(hit.group(), hit.start(), hit.end()) for hit in TOKEN.finditer(self.text))


def folded(text: str) -> Folded:
    letters = [folded_letter(letter) for letter in text]
    places = tuple(place for place, flat in enumerate(letters) for _ in flat)
    return Folded(text, "".join(letters), places)


def alternatives(phrases: Iterable[str]) -> str:
    """A regular expression for any of some phrases, the longest first, blanks or hyphens between their parts."""
    spoken = sorted({fold(phrase).strip() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(BETWEEN.join(map(re.escape, filter(None, PARTS.split(phrase)))) for phrase in spoken)


def whole(pattern: str) -> re.Pattern[str]:
    """The pattern where it is no part of a longer word, hyphened ones included: "free" is not in "gluten-free"."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w|-\w)")


def plain(phrase: str) -> str:
    """A phrase in one form, whatever joined its parts."""
    return " ".join(filter(None, PARTS.split(fold(phrase))))


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
