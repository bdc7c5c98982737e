"""Vectors that no load has used for long, taken out of the file they are kept in."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

from indexer.settings import Settings
from indexer.vectors import VectorCache


def let_go(settings: Settings, say: Callable[[str], None]) -> None:
    """After a load, when all it needs is noted as used. A file that cannot be changed now is said, and tried next time.

    The room is filled by the next vectors.
    """
    try:
        with closing(VectorCache(settings.vectors)) as cache:
            cache.prune(settings.vector_days)
    except (sqlite3.Error, OSError) as error:
        say(f"unused vectors were not removed: {error}")


def remove(settings: Settings) -> int:
    """How many were removed; the disk has the room again. Raises sqlite3.Error when the file cannot be changed."""
    if not settings.vectors.is_file():
        return 0
    with closing(VectorCache(settings.vectors)) as cache:
        return cache.shrink(settings.vector_days)
