"""The occupations' vectors, kept in the state folder for the reader.

They are the passages that listings are held against, and the official titles of the groups that have none: an operator
who imports what these are called gives them one.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from indexer.digests import knowledge_digest
from indexer.embedding import Embedded
from indexer.failures import IndexerError
from indexer.lease import lease
from indexer.official import Inferable, inferable_of, knowledge_of
from indexer.profiles import passages
from indexer.progress import Progress
from indexer.settings import Settings
from indexer.vectors import Embedder, VectorCache
from mappings.contract import LANGUAGES, Language
from mappings.embedding import Recipe, Vectors
from mappings.index_meta import IndexMeta
from mappings.occupation_vectors import (
    FILE,
    OccupationVectors,
    OccupationVectorsError,
    encoder_fingerprint,
    read_occupation_vectors,
    write_occupation_vectors,
)

WITHOUT = "queries are understood by their words alone, or as by the last load"


def file_of(settings: Settings) -> Path:
    return settings.state / FILE


def _held(
    settings: Settings, recipe: Recipe, codes: Sequence[str], raw: Mapping[Language, Vectors]
) -> OccupationVectors:
    """One row an occupation and language. `raw` has the rows of each language in the order of the codes."""
    spoken = [language for language in LANGUAGES if language in raw]
    return OccupationVectors(
        codes=tuple(code for _ in spoken for code in codes),
        languages=tuple(language for language in spoken for _ in codes),
        vectors=np.concatenate([raw[language] for language in spoken]),
        encoder=encoder_fingerprint(recipe.as_meta()),
        knowledge=knowledge_digest(settings.knowledge_folder, settings.reference_file),
    )


def _codes(known: Inferable) -> tuple[str, ...]:
    """In the order of `profiles.passages`."""
    return (*known.occupations, *known.titled)


def keep(settings: Settings, embedded: Embedded, say: Callable[[str], None]) -> None:
    """Writes the vectors of a load. A file that cannot be written is said, and takes nothing from what is served."""
    _write(settings, _held(settings, embedded.recipe, _codes(embedded.profiles.inferable), embedded.passages), say)


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
    texts = {language: passages(known, language, embedder.recipe) for language in LANGUAGES}
    todo = embedder.missing([text for each in texts.values() for text in each])
    with progress.stage("occupations", f"{len(_codes(known))} of them, {todo} texts not seen before", todo) as advance:
        raw = {language: embedder.embed(each, advance) for language, each in texts.items()}
    return _held(settings, embedder.recipe, _codes(known), raw)
