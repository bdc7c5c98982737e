"""Finds known phrases in free text: job titles, skills and tools, in any case, accents, number or apostrophe.

One folding serves both sides, the phrases that are known and the text they are sought in, so a feed and a query are
understood alike.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from mappings.abridged import ABRIDGED_TAIL, MARKS
from mappings.twins import without_twins

T = TypeVar("T")
Key = tuple[str, ...]

APOSTROPHES = "'’‘ʼ´＇"
# Articles elided before a vowel (l'infirmière) and the English possessive (driver's) are never part of a word.
ELISION = re.compile(rf"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[{APOSTROPHES}](?=\w)", re.IGNORECASE)
POSSESSIVE = re.compile(rf"(?<=\w)[{APOSTROPHES}]s\b", re.IGNORECASE)
# C++, C#, .NET, ASP.NET and Node.js are one word each; everything else is letters (accents apart too) and digits.
# A degree sign takes its letter with it: 4 °C is a temperature, not a programming language.
WORD = re.compile(r"(?:asp)?\.net(?!\w)|(?<![°º])(?:[^\W_][\u0300-\u036f]*)+(?:\+\+|#)?(?:\.js(?!\w))?", re.IGNORECASE)
# Folding a word takes longer than all else that is done with it; texts are made of far fewer.
MOST_REMEMBERED = 1 << 15
# Text without any of these has nothing to leave out, which is sooner found than three expressions are tried.
PARTING = re.compile(rf"[{APOSTROPHES}{MARKS}]")
# One index after the other looks through the same text.
MOST_TEXTS = 64
# A letter after one of these numbers something; one with a point before a small letter is an initial: "C. difficile".
NUMBERED = re.compile(
    r"\b(?:annexe?|appendix|cat[ée]gor(?:y|ie)|classe?|grade|groupe?|h[ée]patit(?:is|e)|level|module|niveau|part(?:ie)?|"
    r"permis|phase|plan|schedule|section|type|unit[ée]?|vitamine?)[ ]$",
    re.IGNORECASE,
)
INITIAL = re.compile(r"[.][ \u00a0][a-z\u00df-\u00ff]")
LONGEST_SUFFIX_FREE = 3  # "as", "gas" and "bus" keep their s


@dataclass(frozen=True)
class Word:
    """One word of a text: as written, folded, and where it stands (character offsets)."""

    written: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Found(Generic[T]):
    """A known phrase in a text: what it stands for and where (character offsets)."""

    targets: tuple[T, ...]
    words: int
    start: int
    end: int


def fold(text: str) -> str:
    """Case, accents and ligatures away."""
    flat = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(mark for mark in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(mark))


def singular(word: str) -> str:
    """A folded word without the plural's s, and -ie as -y, so `technologies`, `technologie` and `technology` meet."""
    if not word.isalpha():
        return word
    if len(word) > LONGEST_SUFFIX_FREE and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return f"{word[:-2]}y" if len(word) > LONGEST_SUFFIX_FREE + 1 and word.endswith("ie") else word


@lru_cache(maxsize=MOST_REMEMBERED)
def folded(word: str) -> str:
    """A word as it is compared: case, accents and the plural away."""
    return singular(fold(word))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _bare(text: str) -> str:
    return (
        ABRIDGED_TAIL.sub(_blank, POSSESSIVE.sub(_blank, ELISION.sub(_blank, text))) if PARTING.search(text) else text
    )


def bare_words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text in order, without elided articles, the possessive and endings such as « ·ne » or « (e)s ».

    Offsets are those of `text` itself.
    """
    return WORD.finditer(_bare(text))


def single_words(text: str) -> Iterator[re.Match[str]]:
    """The same, of a title in both genders, « conseiller/conseillère », the masculine alone."""
    return WORD.finditer(without_twins(_bare(text)))


@lru_cache(maxsize=MOST_TEXTS)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order, twins apart. Offsets are those of `text` itself."""
    return tuple(Word(hit.group(), folded(hit.group()), hit.start(), hit.end()) for hit in single_words(text))


def key_of(phrase: str) -> Key:
    """A phrase as it is compared: its folded words."""
    return tuple(word.folded for word in words_of(phrase))


def _is_a_letter_of(text: str, start: int, end: int) -> bool:
    """Whether the letter there is no name of its own."""
    return bool(INITIAL.match(text, end) or NUMBERED.search(text[max(start - 20, 0) : start]))


def _lengths(keys: Iterable[Key]) -> dict[str, tuple[int, ...]]:
    """How many words the phrases have that begin with a word, the longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        found[key[0]].add(len(key))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


class PhraseIndex(Generic[T]):
    """Known phrases, as written or as keys, by their folded words.

    A phrase added as cased is met in running text only as written: `R` and `Go` are also ordinary letters and words.
    """

    def __init__(self, phrases: Iterable[tuple[str | Key, T]], cased: Iterable[tuple[str, T]] = ()) -> None:
        self._targets: dict[Key, list[T]] = defaultdict(list)
        self._cased: dict[Key, set[str]] = defaultdict(set)
        for phrase, target in phrases:
            self._add(key_of(phrase) if isinstance(phrase, str) else phrase, target)
        for phrase, target in cased:
            key = key_of(phrase)
            self._add(key, target)
            self._cased[key].add(phrase)
        self._lengths = _lengths(self._targets)

    def _add(self, key: Key, target: T) -> None:
        if key and target not in self._targets[key]:
            self._targets[key].append(target)

    def exact(self, text: str | Key) -> tuple[T, ...]:
        """What the whole text stands for, in any case."""
        return tuple(self._targets.get(key_of(text) if isinstance(text, str) else text, ()))

    def find(self, text: str) -> list[Found[T]]:
        """The longest known phrases, left to right, none overlapping."""
        words, found, at = words_of(text), [], 0
        while at < len(words):
            begins = words[at].folded in self._lengths
            hit = next(self._at(text, words, at), None) if begins else None
            if hit:
                found.append(hit)
            at += hit.words if hit else 1
        return found

    def _at(self, text: str, words: Sequence[Word], at: int) -> Iterator[Found[T]]:
        for length in self._lengths[words[at].folded]:
            span = words[at : at + length]
            key = tuple(word.folded for word in span)
            targets = self._targets.get(key) if len(key) == length else None
            if targets and self._written_so(text, span[0].start, span[-1].end, key):
                yield Found(tuple(targets), length, span[0].start, span[-1].end)

    def _written_so(self, text: str, start: int, end: int, key: Key) -> bool:
        forms, written = self._cased.get(key), text[start:end]
        if forms is None:
            return True
        return written in forms and not (len(written) == 1 and _is_a_letter_of(text, start, end))
