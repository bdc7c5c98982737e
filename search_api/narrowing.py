"""Limits that were said in a query, as filters of the search and as what its answer says of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from mappings.contract import Contract, Language
from mappings.knowledge import Target
from mappings.phrases import PhraseIndex
from search_api.catalogue_names import Institutions, catalogue_names, institutions_of
from search_api.engine import ServedIndex
from search_api.interpreter import NO_NAMES, Interpreter
from search_api.labels import Labels
from search_api.latest import Latest
from search_api.limits.places import gazetteer
from search_api.limits.reader import Limit, LimitReader, Said
from search_api.listing_view import View
from search_api.parameters import filters_model, filters_of
from search_api.search_request import Filter, SearchRequest
from search_api.words import say

# An index is served until the next night; the one before may still be asked for a moment.
READERS_KEPT = 2
KEPT = 1024


@dataclass(frozen=True)
class Narrowed:
    """A search without the limits said in its words, which are filters now, and those limits."""

    request: SearchRequest
    typed: str
    names: PhraseIndex[Target] = NO_NAMES
    limits: tuple[Limit, ...] = ()
    applied: frozenset[str] = frozenset()


def _given(limits: Iterable[Limit]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for limit in limits:
        found[limit.parameter].append(limit.value)
    return found


@dataclass(frozen=True, eq=False)
class Readers:
    """What reads queries against one set of institutions."""

    limits: LimitReader
    names: PhraseIndex[Target]


class Narrower:
    """Reads limits by the contract, the names the interpreter knows and the institutions of the served index."""

    def __init__(self, contract: Contract, interpreter: Interpreter) -> None:
        self._contract, self._interpreter = contract, interpreter
        self._model = filters_model(contract)
        self._amounts = {item.bounded(bound) for item in contract.fields for bound in item.bounds}
        self._readers = lru_cache(READERS_KEPT)(self._make)
        self._latest: Latest[Said] = Latest(KEPT)

    def _make(self, institutions: Institutions) -> Readers:
        limits = LimitReader(self._contract, gazetteer(), institutions)
        return Readers(limits, catalogue_names(self._contract, institutions))

    def _said(self, request: SearchRequest, readers: Readers, today: dt.date) -> Said:
        """As read before, where nothing it was read by has changed."""
        basis = (readers, self._interpreter.titles(), today)
        key = (request.text, request.language, request.without)
        return self._latest.value(basis, key, lambda: self._read(request, readers, today))

    def _read(self, request: SearchRequest, readers: Readers, today: dt.date) -> Said:
        """A limit set aside stands for its words again, which may be a part of the subject; an amount never is."""
        text, language = request.text, request.language
        known = self._interpreter.name_spans(text, language)
        said = readers.limits.read(text, language, today, known)
        aside = [x for x in said.limits if x.parameter in request.without - self._amounts]
        if not aside:
            return said
        return readers.limits.read(text, language, today, [*known, *((x.start, x.end) for x in aside)])

    def narrowed(self, request: SearchRequest, served: ServedIndex, today: dt.date) -> Narrowed:
        """The search as meant. What the caller filters by, or wants none of (`without`), is left as it is."""
        readers = self._readers(institutions_of(served.meta))
        if not request.text:
            return Narrowed(request, request.text, readers.names)
        said = self._said(request, readers, today)
        asked = {narrowed.parameter for narrowed in request.filters} | request.without
        applied = [limit for limit in said.limits if limit.certain and limit.parameter not in asked]
        if not applied:
            return Narrowed(replace(request, text=said.core), request.text, readers.names, said.limits)
        filters: tuple[Filter, ...] = (*request.filters, *filters_of(_given(applied), self._model, self._contract))
        meant = replace(request, text=said.core, filters=filters)
        parameters = frozenset(limit.parameter for limit in applied)
        return Narrowed(meant, request.text, readers.names, said.limits, parameters)


def _label(limit: Limit, labels: Labels, language: Language) -> str:
    """What a limit narrows to, for people."""
    for item in labels.contract.with_role("filter"):
        if item.param == limit.parameter:
            return f"{item.label.in_language(language)} : {labels.of(item, limit.value)}"
        for bound in item.bounds:
            if item.bounded(bound) == limit.parameter:
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
