"""One writer at a time for a prefix."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.failures import IndexerError


@contextmanager
def lease(state: Path, prefix: str) -> Iterator[None]:
    """Holds the prefix. Raises IndexerError at once when another run has it; a killed run's lease ends with it."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / f"lease-{prefix}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexerError(f"another run is writing {prefix}; wait until it ends") from error
        yield
