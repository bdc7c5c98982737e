"""What was made for the latest requests, kept for as long as what it was made of stays the same."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

V = TypeVar("V")


class Latest(Generic[V]):
    """Values by key, `most` of them: those asked for least lately make room. Safe to share between threads.

    Two that ask for the same new value at once may both make it.
    """

    def __init__(self, most: int) -> None:
        self._values: LRUCache[Hashable, V] = LRUCache(most)
        self._basis: object = None
        self._lock = threading.Lock()

    def value(self, basis: object, key: Hashable, make: Callable[[], V]) -> V:
        """The value of a key, made where it is not kept. With another `basis` all is made anew."""
        with self._lock:
            if basis != self._basis:
                self._values.clear()
                self._basis = basis
            if key in self._values:
                return self._values[key]
        made = make()
        with self._lock:
            if basis == self._basis:
                self._values[key] = made
        return made
