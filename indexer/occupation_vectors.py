"""The occupations' vectors, kept in the state folder for the reader: what each is, and what it is called."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from indexer.digests import knowledge_digest
from indexer.embedding import Embedded, encoded
from indexer.failures import IndexerError
from indexer.lease import lease
from indexer.occupation_rows import name_rows, name_texts, passage_rows, passage_texts
from indexer.official import Inferable, inferable_of, knowledge_of
from indexer.progress import Progress
from indexer.settings import Settings
from indexer.vectors import Embedder, VectorCache
from mappings.embedding import Recipe
from mappings.index_meta import IndexMeta
from mappings.occupation_vectors import (
    FILE,
    OccupationVectors,
    OccupationVectorsError,
    Rows,
    encoder_fingerprint,
    read_occupation_vectors,
    write_occupation_vectors,
)

WITHOUT = "queries are understood by their words alone, or as by the last load"


def file_of(settings: Settings) -> Path:
    return settings.state / FILE


def _held(settings: Settings, recipe: Recipe, passages: Rows, names: Rows) -> OccupationVectors:
    return OccupationVectors(
        passages=passages,
        names=names,
        encoder=encoder_fingerprint(recipe.as_meta()),
        knowledge=knowledge_digest(settings.knowledge_folder, settings.reference_file, settings.rates_file),
    )


def keep(settings: Settings, embedded: Embedded, say: Callable[[str], None]) -> None:
    """Writes the vectors of a load. A file that cannot be written is said, and takes nothing from what is served."""
    _write(settings, _held(settings, embedded.recipe, embedded.passages, embedded.names), say)


def write_anew(settings: Settings, embedded: Embedded, path: Path) -> Path:
    """The vectors of a load in a file of their own, before they are kept. Raises IndexerError."""
    try:
        write_occupation_vectors(path, _held(settings, embedded.recipe, embedded.passages, embedded.names))
    except OSError as error:
        raise IndexerError(f"{path.name} cannot be written: {error}") from error
    return path


def _write(settings: Settings, held: OccupationVectors, say: Callable[[str], None]) -> None:
    try:
        write_occupation_vectors(file_of(settings), held)
    except OSError as error:
        say(f"{FILE} cannot be written: {error}; {WITHOUT}")


def are_kept(settings: Settings, meta: IndexMeta) -> bool:
    """Whether the file is there, by the encoder and the knowledge that the index was made with."""
    try:
        held = read_occupation_vectors(file_of(settings))
    except (FileNotFoundError, OccupationVectorsError):
        return False
    return (held.encoder, held.knowledge) == (encoder_fingerprint(meta.recipe), meta.knowledge)


def keep_anew(settings: Settings, progress: Progress) -> None:
    """Writes the vectors without a load, for one made before there was such a file or whose file is gone.

    What goes wrong is said, not raised.
    """
    try:
        with lease(settings.state, settings.index_prefix), closing(VectorCache(settings.vectors)) as cache:
            _write(
                settings,
                _embedded(settings, Embedder(settings.model, settings.centring, cache), progress),
                progress.say,
            )
    except (IndexerError, OSError, sqlite3.Error) as error:
        progress.say(f"{FILE} was not made: {error}; {WITHOUT}")


def _embedded(settings: Settings, embedder: Embedder, progress: Progress) -> OccupationVectors:
    """Raises IndexerError when a text is to be encoded and the model cannot be loaded."""
    known = inferable_of(settings, knowledge_of(settings))
    groups = (passage_texts(known, embedder.recipe), name_texts(known, embedder.recipe))
    passages, names = encoded(("occupations", f"{_count(known)} of them"), groups, embedder, progress)
    return _held(settings, embedder.recipe, passage_rows(known, passages), name_rows(known, names))


def _count(known: Inferable) -> int:
    return len(known.occupations) + len(known.others)
