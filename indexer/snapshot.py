"""A copy of an index as the engine tells of it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Snapshot:
    """A copy in the engine's folder: its name, the one index it is of, and what the engine says of it.

    `started`: milliseconds by the engine's clock.
    """

    name: str
    index: str
    state: str
    started: int = 0

    @property
    def is_whole(self) -> bool:
        return self.state == "SUCCESS" and bool(self.index)


def snapshot_of(body: dict[str, Any]) -> Snapshot:
    index = next(iter(body["indices"]), "")
    return Snapshot(body["snapshot"], index, body["state"], int(body.get("start_time_in_millis", 0)))
