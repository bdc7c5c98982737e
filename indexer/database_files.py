"""SQLite files that only spare work: opened with patience, and set aside and begun anew when they are damaged."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

DAMAGE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
LOCKED = 30  # seconds that another load of the same file is waited for
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file, and would put into another of its name

Prepare = Callable[[sqlite3.Connection], None]


def _opened(path: Path, prepare: Prepare) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=LOCKED)
    try:
        prepare(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _set_aside(path: Path) -> None:
    path.replace(path.with_suffix(".damaged"))
    for ending in BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def open_file(path: Path, prepare: Prepare) -> sqlite3.Connection:
    """A connection to a file that `prepare` has made ready; its folder is made.

    Raises OSError, and sqlite3.Error for whatever is wrong with a file that is not damaged, such as a lock that lasts.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(path, prepare)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) not in DAMAGE:
            raise
        _set_aside(path)
        return _opened(path, prepare)
