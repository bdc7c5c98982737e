"""Institutions in a query, by their whole name or by what sets it apart."""

from collections.abc import Iterable, Iterator

from mappings.phrases import PhraseIndex
from search_api.limits.candidate import Candidate, Standing
from search_api.limits.text import TOKEN, Folded, fold
from search_api.limits.words import words

PARAMETER = "institution"
# Words many institutions share: what is left without them is what people call one.
GENERIC = frozenset(words("framing")["institutions"])
# "Bay" or "Elm" alone is too little of a name.
LEAST_LETTERS = 4


def distinctive(name: str) -> str:
    """A name without the words that many share."""
    kept = [hit.group() for hit in TOKEN.finditer(fold(name)) if hit.group() not in GENERIC]
    return " ".join(kept)


class Institutions:
    """Finds institutions among (name, id) pairs: the whole name is certain, a part of it suggested."""

    def __init__(self, pairs: Iterable[tuple[str, str]], parameters: frozenset[str]) -> None:
        named = [(name, identifier) for name, identifier in pairs if PARAMETER in parameters]
        parts = ((distinctive(name), identifier) for name, identifier in named)
        self._whole: PhraseIndex[str] = PhraseIndex((fold(name), identifier) for name, identifier in named)
        self._parts: PhraseIndex[str] = PhraseIndex(part for part in parts if len(part[0]) >= LEAST_LETTERS)

    def find(self, text: Folded) -> Iterator[Candidate]:
        yield from self._found(self._whole, text, "always")
        yield from self._found(self._parts, text, "maybe")

    def _found(self, index: PhraseIndex[str], text: Folded, standing: Standing) -> Iterator[Candidate]:
        for hit in index.find(text.text):
            settings = tuple((PARAMETER, identifier) for identifier in hit.targets)
            # One name of two institutions leaves open which is meant.
            yield Candidate(settings, hit.start, hit.end, standing if len(settings) == 1 else "maybe")
