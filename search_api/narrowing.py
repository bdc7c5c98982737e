"""Limits that were said in a query, as filters of the search and as what its answer says of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from mappings.contract import Contract, Language
from mappings.index_meta import IndexMeta
from mappings.knowledge import Knowledge
from search_api.engine import ServedIndex
from search_api.labels import Labels
from search_api.limits.places import gazetteer
from search_api.limits.reader import Limit, LimitReader, Said
from search_api.listing_view import View
from search_api.parameters import filters_model, filters_of
from search_api.search_request import Filter, SearchRequest
from search_api.words import say

# An index is served until the next night; the one before may still be asked for a moment.
READERS_KEPT = 2


@dataclass(frozen=True)
class Narrowed:
    """A search without the limits said in its words, which are filters now, and those limits."""

    request: SearchRequest
    typed: str
    limits: tuple[Limit, ...] = ()
    applied: frozenset[str] = frozenset()


def _institutions(meta: IndexMeta) -> tuple[tuple[str, str], ...]:
    owners = (source.institution for source in meta.sources)
    return tuple((name, one.id) for one in owners for name in one.name.model_dump().values() if name)


def _given(limits: Iterable[Limit]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for limit in limits:
        found[limit.parameter].append(limit.value)
    return found


class Narrower:
    """Reads limits by the contract, the knowledge and the institutions of the served index."""

    def __init__(self, contract: Contract, knowledge: Knowledge) -> None:
        self._contract, self._phrases = contract, knowledge.phrases
        self._model = filters_model(contract)
        self._reader = lru_cache(READERS_KEPT)(self._make)

    def _make(self, institutions: tuple[tuple[str, str], ...]) -> LimitReader:
        return LimitReader(self._contract, gazetteer(), institutions)

    def _said(self, request: SearchRequest, served: ServedIndex, today: dt.date) -> Said:
        known = [(hit.start, hit.end) for hit in self._phrases.find(request.text)]
        if self._phrases.exact(request.text):
            known = [(0, len(request.text))]
        return self._reader(_institutions(served.meta)).read(request.text, request.language, today, known)

    def narrowed(self, request: SearchRequest, served: ServedIndex, today: dt.date) -> Narrowed:
        """The search as meant. What the caller filters by, or wants none of (`without`), is left as it is."""
        if not request.text:
            return Narrowed(request, request.text)
        said = self._said(request, served, today)
        asked = {narrowed.parameter for narrowed in request.filters} | request.without
        applied = [limit for limit in said.limits if limit.certain and limit.parameter not in asked]
        filters: tuple[Filter, ...] = (*request.filters, *filters_of(_given(applied), self._model, self._contract))
        meant = replace(request, text=said.core, filters=filters)
        return Narrowed(meant, request.text, said.limits, frozenset(limit.parameter for limit in applied))


def _label(limit: Limit, labels: Labels, language: Language) -> str:
    """What a limit narrows to, for people."""
    for item in labels.contract.with_role("filter"):
        if item.param == limit.parameter:
            return f"{item.label.in_language(language)} : {labels.of(item, limit.value)}"
        for bound in item.bounds:
            if f"{item.param}_{bound}" == limit.parameter:
                said = say(f"bounds/{bound}", language, label=item.label.in_language(language))
                return f"{said} : {limit.value}"
    return limit.value


def limit_views(narrowed: Narrowed, labels: Labels) -> list[View]:
    """Every limit found in the words: applied, or only suggested."""
    return [
        {
            "parameter": limit.parameter,
            "value": limit.value,
            "label": _label(limit, labels, labels.language),
            "words": narrowed.typed[limit.start : limit.end],
            "applied": limit.certain and limit.parameter in narrowed.applied,
        }
        for limit in narrowed.limits
    ]
