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
            cache.loaded(settings.index_prefix)
            cache.prune(settings.vector_days)
    except (sqlite3.Error, OSError) as error:
        say(f"unused vectors were not removed: {error}")


def hold_on(settings: Settings, say: Callable[[str], None]) -> None:
    """In a night that loads nothing: what is served still needs its vectors. What cannot be noted is said."""
    if not settings.vectors.is_file():
        return
    try:
        with closing(VectorCache(settings.vectors)) as cache:
            cache.hold(settings.index_prefix)
    except (sqlite3.Error, OSError) as error:
        say(f"it could not be noted that vectors are in use: {error}")


def remove(settings: Settings, *, serves: bool) -> int:
    """How many were removed, none that a served index needs; the disk has the room again.

    Raises sqlite3.Error when the file cannot be changed.
    """
    if not settings.vectors.is_file():
        return 0
    with closing(VectorCache(settings.vectors)) as cache:
        if serves:
            cache.hold(settings.index_prefix)
        return cache.shrink(settings.vector_days)
