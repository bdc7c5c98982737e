"""Suggestions from the index that is served: read when it changes, then answered from memory."""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass

import structlog

from mappings.contract import Language
from mappings.reference import ExampleTitle
from mappings.reference_store import ReferenceStoreError
from search_api.engine import EngineUnavailableError, IndexGoneError, NoIndexError
from search_api.service import SearchService
from search_api.suggest.answer import SuggestAnswer
from search_api.suggest.edition import Edition
from search_api.suggest.inventory import PAGE, Source, inventory_of, page_body, sources_of
from search_api.suggest.request import SuggestQuery

log = structlog.get_logger()

TitleRows = Callable[[], Iterable[ExampleTitle]]


def no_titles() -> Iterable[ExampleTitle]:
    """Titles where none were imported."""
    return ()


def unchanging() -> Hashable:
    """The version of titles that stay as they are."""
    return None


@dataclass(frozen=True)
class Key:
    """What an edition is made of."""

    index: str
    titles: Hashable


class Suggester:
    """Suggestions over the served index. Safe to share between threads; may be forked before its first use.

    `titles` gives imported job titles anew at every call; `version` changes when they do.
    """

    def __init__(
        self, search: SearchService, titles: TitleRows = no_titles, version: Callable[[], Hashable] = unchanging
    ) -> None:
        self._search, self._titles, self._version = search, titles, version
        self._building = threading.Lock()
        self._held: tuple[Key, Edition] | None = None

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
        """One request reads a new index; the others meanwhile use the edition before it, if there is one.

        Nobody waits for other titles of the same index: what is suggested without them leads somewhere too.
        """
        key = Key(self._search.usable().name, self._version())
        held = self._held
        if held and held[0] == key:
            return held[1]
        if not self._building.acquire(blocking=held is None):
            assert held is not None  # without one, the lock was waited for
            return held[1]
        if held and held[0].index == key.index:
            threading.Thread(target=self._renew, args=(key,), daemon=True).start()
            return held[1]
        return self._built(key)

    def _renew(self, key: Key) -> None:
        """What goes wrong is left to the next request to try again."""
        try:
            self._built(key)
        except (EngineUnavailableError, NoIndexError, IndexGoneError, ReferenceStoreError) as error:
            log.warning("suggestions_not_renewed", error=type(error).__name__)

    def _built(self, key: Key) -> Edition:
        """Made by whoever has the lock, and only once."""
        try:
            if self._held and self._held[0] == key:  # built by another request while this one waited
                return self._held[1]
            inventory = inventory_of(self._listings(key.index))
            made = Edition(inventory, self._search.contract, self._search.knowledge, self._titles())
            self._held = (key, made)
            return made
        finally:
            self._building.release()

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
