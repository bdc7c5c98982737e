"""One writer at a time for a prefix."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.engine_lease import EngineLease, engine_lease
from indexer.failures import IndexerError
from indexer.load import Engine
from indexer.settings import Settings


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


@contextmanager
def sole_writer(settings: Settings) -> Iterator[tuple[Engine, EngineLease]]:
    """The engine, while no other run of this machine or another writes the prefix.

    Raises IndexerError at once when one does, or when the engine is away.
    """
    with lease(settings.state, settings.index_prefix), closing(Engine(settings)) as engine:
        engine.check()
        with engine_lease(engine, settings.state, settings.lease_seconds) as held:
            yield engine, held
