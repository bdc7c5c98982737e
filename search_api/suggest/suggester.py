"""Suggestions from the index that is served: read when it changes, then answered from memory."""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator

from mappings.contract import Language
from mappings.reference import ExampleTitle
from search_api.engine import IndexGoneError, NoIndexError
from search_api.service import SearchService
from search_api.suggest.answer import SuggestAnswer
from search_api.suggest.edition import Edition
from search_api.suggest.inventory import PAGE, Source, inventory_of, page_body, sources_of
from search_api.suggest.request import SuggestQuery

TitleRows = Callable[[], Iterable[ExampleTitle]]


def no_titles() -> Iterable[ExampleTitle]:
    """Titles where none were imported."""
    return ()


def unchanging() -> Hashable:
    """The version of titles that stay as they are."""
    return None


class Suggester:
    """Suggestions over the served index. Safe to share between threads; may be forked before its first use.

    `titles` gives imported job titles anew at every call; `version` changes when they do.
    """

    def __init__(
        self, search: SearchService, titles: TitleRows = no_titles, version: Callable[[], Hashable] = unchanging
    ) -> None:
        self._search, self._titles, self._version = search, titles, version
        self._building = threading.Lock()
        self._held: tuple[Hashable, Edition] | None = None

    def suggest(self, asked: SuggestQuery, language: Language) -> SuggestAnswer:
        """Raises EngineUnavailableError, NoIndexError, FingerprintError."""
        found = self.edition().suggest(asked.text, language, asked.limit, asked.types)
        return SuggestAnswer(query=asked.text, language=language, suggestions=tuple(found))

    def edition(self) -> Edition:
        """The suggestions of the served index; once more when it was pruned between two looks at the alias."""
        try:
            return self._current()
        except IndexGoneError:
            self._search.engine.forget()
        try:
            return self._current()
        except IndexGoneError as error:
            raise NoIndexError("the index is replaced faster than it can be read") from error

    def _current(self) -> Edition:
        """One request reads a new index; the others meanwhile use the edition before it, if there is one."""
        name = self._search.usable().name
        key = (name, self._version())
        held = self._held
        if held and held[0] == key:
            return held[1]
        if not self._building.acquire(blocking=held is None):
            assert held is not None  # without one, the lock was waited for
            return held[1]
        try:
            return self._built(key, name)
        finally:
            self._building.release()

    def _built(self, key: Hashable, index: str) -> Edition:
        if self._held and self._held[0] == key:  # built by another request while this one waited
            return self._held[1]
        inventory = inventory_of(self._listings(index))
        made = Edition(inventory, self._search.contract, self._search.knowledge, self._titles())
        self._held = (key, made)
        return made

    def _listings(self, index: str) -> Iterator[Source]:
        """All listings of an index, a page at a time, each page with its own time limit."""
        after = None
        while True:
            engine = self._search.engine
            (response,) = engine.multi_search(index, [page_body(after)], engine.deadline())
            found = sources_of(response)
            yield from found
            if len(found) < PAGE:
                return
            after = found[-1]["id"]
