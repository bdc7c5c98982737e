"""The official figures this reader holds, read anew once an operator has imported others."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from mappings.contract import LANGUAGES, Language
from mappings.knowledge import DATA_FOLDER
from mappings.reference_regions import CANADA
from mappings.reference_store import Reference, ReferenceStoreError, read_reference, version_of

log = structlog.get_logger()
Regions = Mapping[Language, Mapping[str, str]]


@dataclass(frozen=True)
class Figures:
    """One state of what is held. `regions` are names by code, by language: those a caller may ask for."""

    reference: Reference
    regions: Regions


def _figures(reference: Reference) -> Figures:
    named = {language: reference.regions(language) for language in LANGUAGES}
    return Figures(reference, {x: {code: name for code, name in named[x].items() if code != CANADA} for x in LANGUAGES})


def _read(folder: Path, database: Path | None, before: Figures | None) -> Figures:
    """A database that cannot be read leaves what was held before, at first the tables that ship."""
    try:
        return _figures(read_reference(folder, database))
    except ReferenceStoreError as error:
        log.warning("reference_unreadable", error=str(error))
        return before or _figures(read_reference(folder, None))


class HeldFigures:
    """Safe to share between threads. `database` need not exist."""

    def __init__(self, database: Path | None = None, folder: Path = DATA_FOLDER) -> None:
        self._database, self._folder = database, folder
        self._lock = threading.Lock()
        # Taken before reading: a file replaced meanwhile is then read once more.
        self._seen = version_of(database)
        self._figures = _read(folder, database, None)

    def current(self) -> Figures:
        """What is held now; looks at the database's time of change, and reads it only when that is another."""
        found = version_of(self._database)
        with self._lock:
            if found != self._seen:
                self._figures, self._seen = _read(self._folder, self._database, self._figures), found
            return self._figures
