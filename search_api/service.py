"""Answers searches: understand, encode, ask every leg at once, fuse, fetch the page, present."""

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from mappings.contract import Contract, Language
from mappings.fingerprint import contract_fingerprint, fingerprint
from mappings.knowledge import Knowledge
from mappings.reference import ONTARIO
from search_api.course_counts import COURSE
from search_api.encoding import QueryEncoder
from search_api.engine import Deadline, Engine, EngineUnavailableError, IndexGoneError, NoIndexError, ServedIndex
from search_api.facets import total_of
from search_api.goals.goal_view import goal_view
from search_api.goals.reading import GoalReader
from search_api.held import Held
from search_api.hydration import listing_body
from search_api.interpreter import Interpreter
from search_api.labels import Labels, institution_names
from search_api.latest import Latest
from search_api.legs import title_query
from search_api.listing_view import View, listing_view
from search_api.narrowing import Narrowed, Narrower
from search_api.occupations.careers import listing_prospects
from search_api.occupations.figures import Asked
from search_api.offerings import offerings_body, offerings_of
from search_api.order import Order, nearest_subjects, order_of
from search_api.page import page_bodies, page_views, seen_meaning
from search_api.presentation import answer_view, facet_views, named_hits, query_view
from search_api.query_plan import (
    Context,
    Queries,
    bodies,
    queries,
    read_spelling,
)
from search_api.query_reader import QueryReader
from search_api.ranking import RANKING
from search_api.search_request import SearchRequest
from search_api.sense import Sense
from search_api.showing import KEPT, Showing
from search_api.titles.held import HeldTitles
from search_api.tracing import trace_view
from search_api.understanding import Understanding, with_institutions

T = TypeVar("T")
# Asks all there is to ask: words, meaning, links, facets, a page.
TRIAL = SearchRequest("welder", "en", per_page=1)
# Dates are those of the institutions: a start today is still offered this evening.
ZONE = ZoneInfo("America/Toronto")


class FingerprintError(NoIndexError):
    """The index was written with another contract or embedding recipe; its answers would be nonsense."""


class UnknownListingError(LookupError):
    """No listing has this id."""


@dataclass(frozen=True)
class Prepared:
    """A request made ready for one index."""

    request: SearchRequest
    meaning: Understanding
    legs: Queries
    context: Context
    served: ServedIndex
    labels: Labels
    deadline: Deadline


class SearchService:
    """The reader without the web. Safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        encoder: QueryEncoder,
        contract: Contract,
        knowledge: Knowledge,
        exact_up_to: int = 10_000,
        held: Held | None = None,
    ) -> None:
        held = held or Held()
        self.figures = held.figures
        self.engine, self.encoder = engine, encoder
        self.contract, self.knowledge, self.ranking = contract, knowledge, RANKING
        self.titles = HeldTitles(knowledge, self.figures)
        self.interpreter = Interpreter(knowledge, self.titles.current)
        self.reader = QueryReader(self.interpreter, encoder, held.vectors)
        # Hashing the whole contract is not for every request.
        self._narrower = Narrower(contract, self.interpreter)
        self._goals = GoalReader(knowledge)
        self._contract_fingerprint = contract_fingerprint(contract)
        self._fingerprint = cache(partial(fingerprint, contract))
        self._exact_up_to = exact_up_to
        self._kept: Latest[View] = Latest(KEPT)
        # Whether the last search was answered. An engine's first one, after a start, may take seconds.
        self.answers = False

    def search(self, request: SearchRequest) -> View:
        """The answer to one search. Raises EngineUnavailableError, NoIndexError, FingerprintError."""
        started = time.monotonic()
        try:
            answer = self.on_current_index(lambda served, deadline: self.answered(request, served, deadline))
        except EngineUnavailableError:
            self.answers = False
            raise
        self.answers = True
        return answer | {"took_ms": round((time.monotonic() - started) * 1000)}

    def listing(self, identifier: str, language: Language, region: str = ONTARIO) -> View:
        """One listing with outlook and wages in that region. Raises UnknownListingError and what `search` raises."""
        asked = self.asked(region, language)
        return self.on_current_index(lambda served, deadline: self._listing(identifier, asked, served, deadline))

    def usable(self, deadline: Deadline | None = None) -> ServedIndex:
        """The served index, when this reader can read it. Raises FingerprintError, NoIndexError."""
        served = self.engine.served(deadline)
        recipe = self.encoder.recipe
        if served.meta.contract != self._contract_fingerprint:
            raise FingerprintError(served.name)
        if recipe is not None and served.meta.fingerprint != self._fingerprint(recipe):
            raise FingerprintError(served.name)
        return served

    def labels(self, served: ServedIndex, language: Language) -> Labels:
        titles = self.figures.current().reference.titles
        return Labels(self.contract, self.knowledge, institution_names(served.meta, language), language, titles)

    def regions(self, language: Language) -> Mapping[str, str]:
        """Names by code of the regions whose outlook and wages may be asked for."""
        return self.figures.current().regions[language]

    def asked(self, region: str, language: Language) -> Asked:
        """What figures are wanted of, over what is held now."""
        held = self.figures.current()
        return Asked(held.reference, held.regions[language], region, language, self.today())

    def today(self) -> dt.date:
        return dt.datetime.now(ZONE).date()

    def on_current_index(self, ask: Callable[[ServedIndex, Deadline], T]) -> T:
        """Asks the index behind the alias; once more when it was pruned between two looks at the alias."""
        deadline = self.engine.deadline()
        try:
            return ask(self.usable(deadline), deadline)
        except IndexGoneError:
            self.engine.forget()
        try:
            return ask(self.usable(deadline), deadline)
        except IndexGoneError as error:
            raise NoIndexError("the index is replaced faster than it can be read") from error

    def _context(self, served: ServedIndex) -> Context:
        exact = served.meta.listings <= self._exact_up_to
        return Context(self.contract, self.ranking, self.today(), exact)

    def answered(self, asked: SearchRequest, served: ServedIndex, deadline: Deadline) -> View:
        """The answer of one index, by that time. Raises EngineUnavailableError, IndexGoneError."""
        narrowed = self._narrowed(asked, served, deadline)
        request = narrowed.request
        semantic = "semantic" in request.legs
        meaning, sense = self.reader.understood(
            request.text, request.language, served.meta, narrowed.names, semantic=semantic
        )
        meaning = with_institutions(meaning, narrowed.limits)
        request = replace(request, text=self.interpreter.reading(request.text, request.language))
        request = self._goals.pursuing(request, meaning, self.interpreter)
        context = self._context(served)
        legs = queries(request, meaning, sense, context)
        labels = self.labels(served, request.language)
        ready = Prepared(request, meaning, legs, context, served, labels, deadline)
        responses = self._ask(ready)
        spelling = read_spelling(responses)
        if spelling:
            ready = replace(ready, legs=queries(request, meaning, sense, context, spelling))
            responses = self._ask(ready)
        order = order_of(responses, request, meaning, ready.legs, context)
        hits = self._page(ready, order.page)
        left_out = semantic and bool(request.text) and sense is None
        return answer_view(
            request,
            total_of(responses["facets"]),
            hits,
            query=query_view(meaning, labels, spelling, narrowed, named_hits(hits, responses))
            | goal_view(request.pursuit, labels),
            facets=facet_views(responses["facets"], request.filters, labels),
            degraded=["semantic"] if left_out else [],
            suitable=order.suitable,
            nearest_subjects=[] if order.suitable else nearest_subjects(hits),
            **self._debug(ready, order, sense),
        )

    def _debug(self, ready: Prepared, order: Order, sense: Sense | None) -> View:
        """How the answer came about, for a request that asks for it."""
        if not ready.request.debug:
            return {}
        return {"debug": trace_view(order, ready.meaning, sense, self.ranking, ready.labels)}

    def _narrowed(self, asked: SearchRequest, served: ServedIndex, deadline: Deadline) -> Narrowed:
        """A listing's whole title is no limit, whatever its words say."""
        narrowed = self._narrower.narrowed(asked, served, self.today())
        if not narrowed.applied:
            return narrowed
        probe = {"size": 0, "track_total_hits": 1, "query": title_query(asked.text, self.contract)}
        (response,) = self.engine.multi_search(served.name, [probe], deadline)
        titled = response["hits"]["total"]["value"] > 0
        return Narrowed(asked, asked.text, narrowed.names) if titled else narrowed

    def _ask(self, ready: Prepared) -> dict[str, Any]:
        asked = bodies(ready.request, ready.legs, ready.context)
        items = self.engine.multi_search(ready.served.name, list(asked.values()), ready.deadline)
        return dict(zip(asked, items, strict=True))

    def _page(self, ready: Prepared, order: list[tuple[str, float | None]]) -> list[View]:
        if not order:
            return []
        request = ready.request
        asked = page_bodies(order, request, ready.legs, ready.context)
        responses = self.engine.multi_search(ready.served.name, asked, ready.deadline)
        meaning = seen_meaning(ready.meaning, ready.legs)
        asker = self.asked(request.region, request.language)
        showing = Showing(ready.served.name, ready.labels, asker, self._kept)
        return page_views(order, responses, request, meaning, showing)

    def _listing(self, identifier: str, asked: Asked, served: ServedIndex, deadline: Deadline) -> View:
        (response,) = self.engine.multi_search(served.name, [listing_body(identifier)], deadline)
        hits = response["hits"]["hits"]
        if not hits:
            raise UnknownListingError(identifier)
        source, labels = hits[0]["_source"], self.labels(served, asked.language)
        view = listing_view(source, labels, asked.today) | self._offerings(source.get(COURSE), labels, served, deadline)
        return view | listing_prospects(source.get("occupations", ()), labels, asked)

    def _offerings(self, course: str | None, labels: Labels, served: ServedIndex, deadline: Deadline) -> View:
        """All offerings of a course; nothing of a listing that stands alone."""
        if course is None:
            return {}
        (response,) = self.engine.multi_search(served.name, [offerings_body([course], [])], deadline)
        return {"offerings": offerings_of(response, labels, self.today())[course]}
