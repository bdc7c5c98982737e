"""A server, sources that name it, and a fetcher that never really waits."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from indexer.failures import SourceError
from indexer.fetching.fetcher import Fetcher
from indexer.rules import Problem
from indexer.sources import Source
from tests.indexer.fetching.feed_server import FeedServer, serving

HERE = ["127.0.0.1"]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as one:
        yield one


@pytest.fixture
def other_server() -> Iterator[FeedServer]:
    with serving() as one:
        yield one


@dataclass
class Desk:
    """Fetches sources; every name leads to this machine unless `names` says otherwise. `pauses`: seconds waited."""

    folder: Path
    secrets: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    pauses: list[float] = field(default_factory=list)
    megabytes: int = 10
    today: dt.date = dt.date(2026, 11, 24)

    @property
    def fetcher(self) -> Fetcher:
        return Fetcher(self._secret, self.megabytes, self._resolve, self.pauses.append, lambda: self.today)

    def _secret(self, name: str) -> SecretStr | None:
        return SecretStr(self.secrets[name]) if name in self.secrets else None

    def _resolve(self, host: str, _port: int) -> list[str]:
        return self.names.get(host, HERE)

    def source(self, url: str, source_id: str = "maple", **more: Any) -> Source:
        institution = {"id": source_id, "name": {"en": "Maple"}, "kind": "college"}
        told = {"allow_private": True, "timeout_seconds": 20, **more}
        entry = {"id": source_id, "institution": institution, "url": url, **told}
        return Source.model_validate(entry).placed(self.folder, self.folder / "kept")

    def fetched(self, url: str, **more: Any) -> bytes:
        """What the source's copy holds after a fetch."""
        source = self.source(url, **more)
        self.fetcher.fetch(source)
        return source.file.read_bytes()

    def refused(self, url: str, **more: Any) -> Problem:
        """Why a source cannot be fetched; nothing is left behind but what was there before."""
        source = self.source(url, **more)
        before = contents(source.file.parent)
        with pytest.raises(SourceError) as failed:
            self.fetcher.fetch(source)
        assert contents(source.file.parent) == before
        return failed.value.problem


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
