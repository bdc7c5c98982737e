"""Institutions in a query, by their whole name or by what sets it apart."""

from collections.abc import Iterable, Iterator

from mappings.phrases import PhraseIndex
from search_api.limits.candidate import Candidate, Standing
from search_api.limits.text import TOKEN, Folded, fold
from search_api.limits.words import words

PARAMETER = "institution"
# Words many institutions share: what is left without them is what people call one.
GENERIC = frozenset(words("framing")["institutions"])
SCHOOLS = frozenset(words("framing")["schools"])
# "Bay" or "Elm" alone is too little of a name.
LEAST_LETTERS = 4


def distinctive(name: str) -> str:
    """A name without the words that many share."""
    kept = [hit.group() for hit in TOKEN.finditer(fold(name)) if hit.group() not in GENERIC]
    return " ".join(kept)


class Institutions:
    """Finds institutions among (name, id) pairs.

    The whole name is certain. What sets it apart is certain where the query is nothing else, and so is a part of that
    beside a word such as "college"; beside other words it is suggested.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], parameters: frozenset[str]) -> None:
        named = [(name, identifier) for name, identifier in pairs if PARAMETER in parameters]
        parts = [(distinctive(name), identifier) for name, identifier in named]
        self._whole: PhraseIndex[str] = PhraseIndex((fold(name), identifier) for name, identifier in named)
        self._parts: PhraseIndex[str] = PhraseIndex(part for part in parts if len(part[0]) >= LEAST_LETTERS)
        self._own = tuple((frozenset(part.split()), identifier) for part, identifier in parts)

    def find(self, text: Folded) -> Iterator[Candidate]:
        yield from self._found(self._whole, text, "always")
        alone = self._alone(text)
        yield from alone or self._found(self._parts, text, "maybe")

    def _alone(self, text: Folded) -> list[Candidate]:
        """The one institution that the query is what people call it, and nothing else."""
        words = [hit.group() for hit in TOKEN.finditer(text.text)]
        asked = frozenset(words) - GENERIC
        if not asked or len("".join(asked)) < LEAST_LETTERS:
            return []
        named = bool(SCHOOLS & set(words))
        found = {identifier for own, identifier in self._own if asked == own or (named and asked < own)}
        return [Candidate(((PARAMETER, one),), 0, len(text.text), "always") for one in found if len(found) == 1]

    def _found(self, index: PhraseIndex[str], text: Folded, standing: Standing) -> Iterator[Candidate]:
        for hit in index.find(text.text):
            settings = tuple((PARAMETER, identifier) for identifier in hit.targets)
            # One name of two institutions leaves open which is meant.
            yield Candidate(settings, hit.start, hit.end, standing if len(settings) == 1 else "maybe")
