"""Servers of pages, and what asks them."""

from dataclasses import dataclass, field

import pytest

from indexer.links.asking import Asker
from indexer.links.checking import Budget, Checker
from indexer.links.known import Verdict
from indexer.links.turns import Turns
from tests.indexer.fetching.conftest import other_server, server
from tests.indexer.fetching.feed_server import FeedServer

__all__ = ["other_server", "server"]

HERE = ["127.0.0.1"]


@dataclass
class Walker:
    """Asks pages of servers on this machine without waiting. `names` lead where they say, all others here."""

    names: dict[str, list[str]] = field(default_factory=dict)
    pauses: list[float] = field(default_factory=list)
    seconds: float = 5.0
    turns: Turns = field(init=False)

    def __post_init__(self) -> None:
        self.turns = Turns(self.pauses.append)

    def _resolve(self, host: str, _port: int) -> list[str]:
        if host.endswith(".invalid"):
            raise OSError("no such name")
        return self.names.get(host, HERE)

    def asker(self, allowed: FeedServer | None = None, host: str = "127.0.0.1") -> Asker:
        place = (host, allowed.port) if allowed else None
        return Asker(self.turns, self._resolve, place, self.seconds)

    def checker(self, allowed: FeedServer, seconds: float = 20.0) -> Checker:
        return Checker(self.asker(allowed), Budget(seconds))

    def verdict(self, allowed: FeedServer, path: str = "/page") -> Verdict:
        return self.asker(allowed).ask(allowed.url(path), self.seconds)


@pytest.fixture
def walker() -> Walker:
    return Walker()
