"""Politeness: one question at a time to a host, wherever it came from, and a pause between two."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.fetching.address import Address
from indexer.fetching.connections import Network
from indexer.fetching.deadline import Deadline

BETWEEN_SECONDS = 1.0

Pause = Callable[[float], object]


class Turns:
    """Whose turn it is at each host."""

    def __init__(self, pause: Pause = time.sleep) -> None:
        self._pause = pause
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._left: dict[str, float] = {}

    def _lock(self, host: str) -> threading.Lock:
        with self._guard:
            return self._locks.setdefault(host, threading.Lock())

    def take(self, host: str, seconds: float) -> bool:
        """Waits until nobody asks the host and the pause is over. False when so many seconds are over first."""
        ends = time.monotonic() + seconds
        if not self._lock(host).acquire(timeout=seconds):
            return False
        rest = self._left.get(host, -BETWEEN_SECONDS) + BETWEEN_SECONDS - time.monotonic()
        if rest > 0:
            self._pause(max(0.0, min(rest, ends - time.monotonic())))
        return True

    def leave(self, host: str) -> None:
        self._left[host] = time.monotonic()
        self._lock(host).release()


@dataclass(frozen=True)
class PoliteNetwork(Network):
    """The network of one question. It holds one host's turn at most, so that two questions never wait for each other.

    A redirect's answer is read before the next server is connected to.
    """

    turns: Turns = field(default_factory=Turns)
    ends: float = 0.0  # of the run, as `time.monotonic` counts: so long a turn is waited for, and no server blamed
    held: list[str] = field(default_factory=list)

    def open(self, address: Address, deadline: Deadline) -> socket.socket:
        self.leave()
        begun = time.monotonic()
        if not self.turns.take(address.host, max(0.0, self.ends - begun)):
            raise deadline.error
        self.held.append(address.host)
        deadline.put_off(time.monotonic() - begun)
        return super().open(address, deadline)

    def leave(self) -> None:
        while self.held:
            self.turns.leave(self.held.pop())
