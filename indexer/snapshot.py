"""A copy of an index as the engine tells of it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Snapshot:
    """A copy in the engine's folder: its name, the one index it is of, and what the engine says of it."""

    name: str
    index: str
    state: str

    @property
    def is_whole(self) -> bool:
        return self.state == "SUCCESS" and bool(self.index)


def snapshot_of(body: dict[str, Any]) -> Snapshot:
    return Snapshot(body["snapshot"], next(iter(body["indices"]), ""), body["state"])
