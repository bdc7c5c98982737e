"""What is known of addresses, kept between loads. Addresses stand in it as hashes: they may hold keys."""

import contextlib
import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from indexer.database_files import open_file
from indexer.links.known import Known

FILE = "links.sqlite"
SCHEMA = "CREATE TABLE IF NOT EXISTS links (key TEXT PRIMARY KEY, checked TEXT NOT NULL, known TEXT NOT NULL)"
KEPT = dt.timedelta(days=400)  # longer than LINK_DAYS may be, so that a page which is not due yet is not forgotten


def _key(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


def _bring_up(connection: sqlite3.Connection) -> None:
    connection.execute(SCHEMA)


class Ledger:
    """A file that may be removed: all is then asked anew. One that is damaged is set aside.

    Raises OSError and sqlite3.Error.
    """

    def __init__(self, path: Path) -> None:
        self._connection = open_file(path, _bring_up)

    def close(self) -> None:
        self._connection.close()

    def known(self, addresses: Iterable[str]) -> dict[str, Known]:
        """What is known of those addresses of which anything is. What another version wrote is not."""
        kept = dict(self._connection.execute("SELECT key, known FROM links"))
        found: dict[str, Known] = {}
        for address in addresses:
            with contextlib.suppress(ValidationError, KeyError):
                found[address] = Known.model_validate_json(kept[_key(address)])
        return found

    def keep(self, found: Mapping[str, Known], now: dt.datetime) -> None:
        """Keeps these beside the others, and forgets those that no load asked about for long."""
        rows = [(_key(address), one.checked.isoformat(), one.model_dump_json()) for address, one in found.items()]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO links VALUES (?, ?, ?)", rows)
            self._connection.execute("DELETE FROM links WHERE checked < ?", ((now - KEPT).isoformat(),))
