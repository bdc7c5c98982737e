"""Documents of listings that plans were made of before, kept in memory: reading them takes longer than finding them."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from search_api.engine import Deadline, Engine, ServedIndex
from search_api.plans.retrieval import MOST_CANDIDATES, documents_body, sources_of

Sources = Mapping[str, Mapping[str, Any]]
# Two to three kilobytes each. More than a plan may look at, so that none drives out its own.
MOST_HELD = 4 * MOST_CANDIDATES


class Documents:
    """Those of one index, which never change; of another index all are read anew. Safe to share between threads."""

    def __init__(self, most: int = MOST_HELD) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._index = ""
        self._held: OrderedDict[str, Mapping[str, Any]] = OrderedDict()

    def of(self, identifiers: Sequence[str], engine: Engine, served: ServedIndex, deadline: Deadline) -> Sources:
        """By id. Raises EngineUnavailableError, IndexGoneError."""
        held = self._known(identifiers, served.name)
        missing = [identifier for identifier in identifiers if identifier not in held]
        if not missing:
            return held
        (response,) = engine.multi_search(served.name, [documents_body(missing)], deadline)
        read = sources_of(response)
        self._keep(read, served.name)
        return {**held, **read}

    def _known(self, identifiers: Sequence[str], index: str) -> dict[str, Mapping[str, Any]]:
        with self._lock:
            if index != self._index:
                self._index, self._held = index, OrderedDict()
            found = {identifier: self._held[identifier] for identifier in identifiers if identifier in self._held}
            for identifier in found:
                self._held.move_to_end(identifier)
            return found

    def _keep(self, read: Sources, index: str) -> None:
        """Unless another request has meanwhile gone on to another index."""
        with self._lock:
            if index == self._index:
                self._held.update(read)
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
