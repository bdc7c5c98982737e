"""Occupations in a request for a plan, given by NOC code or by job title."""

from dataclasses import dataclass

from mappings.contract import Language
from search_api.labels import Labels
from search_api.occupations.matching import matches
from search_api.service import SearchService


@dataclass(frozen=True)
class Named:
    """An occupation, the words it was given by, and how they were recognised."""

    code: str
    said: str
    basis: str


class Namer:
    """Looks titles up as a search does; codes are those of the whole classification."""

    def __init__(self, search: SearchService, language: Language) -> None:
        titles = search.figures.current().reference.titles
        self._labels = Labels(search.contract, search.knowledge, {}, language, titles)
        self._interpreter, self._language = search.interpreter, language

    def named(self, said: str) -> tuple[Named, ...]:
        """The occupations that a code or title may be, best first."""
        found = matches(said, self._language, self._interpreter)
        return tuple(Named(match.code, said, match.basis) for match in found if self._labels.knows(match.code))

    def label(self, code: str) -> str:
        return self._labels.occupation(code)
