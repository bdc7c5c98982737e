"""One at a time: set-up steps of two commands started together must not meet."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.progress import say


@contextmanager
def held(path: Path, waiting_for: str) -> Iterator[None]:
    """Waits its turn, saying for what, and holds the lock until the block ends, also when this process is killed."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    with path.open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  waiting for {waiting_for} ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
