"""Who is the one `make run` of a state folder. Held by a lock, so that it ends with its process however that ends."""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

SECONDS_BETWEEN_LOOKS = 0.1
# Somebody who only asks whether it is held holds it for a moment.
LOOKS = 5


class Holder(NamedTuple):
    pid: int
    url: str


def _locked(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(path: Path) -> Holder | None:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return Holder(int(body["pid"]), str(body["url"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def claimed(path: Path, claimant: Holder) -> Iterator[Holder | None]:
    """Claims for the block and gives None; gives the holder when somebody else has it."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        for _ in range(LOOKS):
            if _locked(file):
                file.truncate(0)
                file.write(json.dumps(claimant._asdict()))
                file.flush()
                yield None
                return
            time.sleep(SECONDS_BETWEEN_LOOKS)
        yield _read(path) or Holder(0, "an address not known yet")


def holder(path: Path) -> Holder | None:
    """Who holds the claim now, if anybody."""
    if not path.exists():
        return None
    with path.open("a+", encoding="utf-8") as file:
        return None if _locked(file) else _read(path)


def wait_until_released(path: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while holder(path) is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return True
