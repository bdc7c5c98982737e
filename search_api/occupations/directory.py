"""Occupations over the served index: the list of them, and one with all there is of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from search_api.codes import noc_code
from search_api.engine import Deadline, ServedIndex
from search_api.labels import Labels
from search_api.occupations.careers import neighbours
from search_api.occupations.counting import best_request, counts_body, counts_of, listings_view
from search_api.occupations.figures import Asked, View, brief_outlook
from search_api.occupations.matching import Match, likely_matches
from search_api.occupations.occupation_view import occupation_view, row_view
from search_api.presentation import CONFIDENCE_DIGITS
from search_api.search_request import SearchRequest
from search_api.service import SearchService

NO_LISTINGS: View = {"total": 0, "hits": ()}


class UnknownOccupationError(LookupError):
    """The classification has no unit group of this code."""


@dataclass(frozen=True)
class Page:
    """Which part of a list is wanted; `number` starts at 1."""

    number: int
    per_page: int

    def of(self, rows: Sequence[Match]) -> Sequence[Match]:
        start = (self.number - 1) * self.per_page
        return rows[start : start + self.per_page]

    def pages(self, total: int) -> int:
        return -(-total // self.per_page)


class OccupationDirectory:
    """Safe to share between threads."""

    def __init__(self, search: SearchService) -> None:
        self._search = search

    def find(self, title: str, asked: Asked, page: Page) -> View:
        """Occupations the title names, the likeliest first; without one, all that listings train for, by label.

        Raises EngineUnavailableError, NoIndexError, FingerprintError.
        """

        def ask(served: ServedIndex, deadline: Deadline) -> View:
            counts = self._counts(served, deadline)
            labels = self._search.labels(served, asked.language)
            rows, degraded = self._matched(title, labels, served) if title else (_all(counts, labels), [])
            return _list(rows, title, asked, page, labels, counts) | {"degraded": degraded}

        return self._search.on_current_index(ask)

    def one(self, code: str, asked: Asked) -> View:
        """All of one occupation. Raises UnknownOccupationError and what `find` raises."""

        def ask(served: ServedIndex, deadline: Deadline) -> View:
            labels, counts = self._counted(code, asked, served, deadline)
            search = partial(self._search.answered, served=served, deadline=deadline)
            listings, degraded = self._listings(code, labels, counts.get(code, 0), search)
            return occupation_view(code, labels, asked, counts, listings) | {"degraded": degraded}

        return self._search.on_current_index(ask)

    def _counts(self, served: ServedIndex, deadline: Deadline) -> dict[str, int]:
        (response,) = self._search.engine.multi_search(served.name, [counts_body()], deadline)
        return counts_of(response)

    def _matched(self, title: str, labels: Labels, served: ServedIndex) -> tuple[list[Match], list[str]]:
        """Occupations of a title, and what had to be left out."""
        code = noc_code(title)
        if code:
            return [Match(code, "exact")] if labels.knows(code) else [], []
        meaning, sense = self._search.reader.understood(title, labels.language, served.meta)
        found = [match for match in likely_matches(meaning) if labels.knows(match.code)]
        return found, [] if sense else ["semantic"]

    def _counted(
        self, code: str, asked: Asked, served: ServedIndex, deadline: Deadline
    ) -> tuple[Labels, dict[str, int]]:
        """The words of the served index, and how many listings train for it and for its neighbours."""
        labels = self._search.labels(served, asked.language)
        if not labels.knows(code):
            raise UnknownOccupationError(code)
        counted = counts_body((code, *neighbours([code], labels)))
        (response,) = self._search.engine.multi_search(served.name, [counted], deadline)
        return labels, counts_of(response)

    def _listings(
        self, code: str, labels: Labels, total: int, search: Callable[[SearchRequest], View]
    ) -> tuple[View, list[str]]:
        """As ranked for its title; without it where its words would leave out some of those that train for it.

        With what the search had to leave out.
        """
        named = best_request(code, labels.occupation(code), labels.language, self._search.contract)
        plain = replace(named, text="")
        if not total:
            return listings_view(plain, NO_LISTINGS), []
        found = search(named)
        if found["total"] == total:
            return listings_view(named, found), found["degraded"]
        return listings_view(plain, search(plain)), []


def _list(rows: Sequence[Match], title: str, asked: Asked, page: Page, labels: Labels, counts: dict[str, int]) -> View:
    views = [
        {**row_view(row.code, labels, counts.get(row.code, 0)), "outlook": brief_outlook(row.code, asked)}
        | ({"basis": row.basis, "confidence": round(row.confidence, CONFIDENCE_DIGITS)} if title else {})
        for row in page.of(rows)
    ]
    head = {"query": title, "language": asked.language, "region": asked.area(asked.region), "total": len(rows)}
    tail = {"page": page.number, "per_page": page.per_page, "pages": page.pages(len(rows))}
    return {**head, **tail, "occupations": views}


def _all(counts: dict[str, int], labels: Labels) -> list[Match]:
    known = filter(labels.knows, counts)
    return [Match(code, "") for code in sorted(known, key=lambda code: (labels.sorting(labels.occupation(code)), code))]
