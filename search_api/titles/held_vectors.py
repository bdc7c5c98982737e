"""The vectors of occupations this reader holds, read anew once the writer made others."""

import threading
from dataclasses import dataclass
from pathlib import Path

import structlog

from mappings.index_meta import IndexMeta
from mappings.occupation_space import OccupationSpace
from mappings.occupation_vectors import (
    OccupationVectors,
    OccupationVectorsError,
    encoder_fingerprint,
    read_occupation_vectors,
)
from mappings.reference_store import version_of
from search_api.titles.meaning import OccupationMeanings

log = structlog.get_logger()


@dataclass(frozen=True, eq=False)
class HeldOccupations:
    """The occupations as queries to one index are held against them.

    `meanings` tell which is meant, by calibrated cosines; `space` is where listings are met, None for plain vectors.
    """

    meanings: OccupationMeanings
    space: OccupationSpace | None


def _space(held: OccupationVectors, meta: IndexMeta) -> OccupationSpace:
    return OccupationSpace(held.passages, held.names, meta.mean_vectors().query, meta.adapter)


def _read(path: Path, meta: IndexMeta) -> HeldOccupations | None:
    """None, and a line in the log, where queries to that index cannot be held against the file."""
    try:
        held = read_occupation_vectors(path)
    except FileNotFoundError:
        log.warning("occupation_vectors_missing", file=path.name)
        return None
    except OccupationVectorsError as error:
        log.warning("occupation_vectors_unreadable", error=str(error))
        return None
    if held.encoder != encoder_fingerprint(meta.recipe):
        log.warning("occupation_vectors_of_another_encoder", file=path.name)
        return None
    if meta.recipe.get("centring") == "none":
        return HeldOccupations(OccupationMeanings(held.passages, "none"), None)
    return HeldOccupations(OccupationMeanings(held.passages), _space(held, meta))


class HeldVectors:
    """Safe to share between threads and to fork. The file need not exist."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[str, str, tuple[int, int, int] | None] | None = None
        self._held: HeldOccupations | None = None

    def current(self, meta: IndexMeta) -> HeldOccupations | None:
        """What queries to the served index are held against; None where nothing fits its recipe.

        Looks at the file's time of change, and reads it only when that or the recipe is another.
        """
        # Taken before reading: a file replaced meanwhile is then read once more.
        found = (meta.fingerprint, meta.knowledge, version_of(self._path))
        with self._lock:
            if found != self._seen:
                self._held, self._seen = _read(self._path, meta), found
            return self._held
