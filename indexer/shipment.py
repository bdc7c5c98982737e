"""Encodes what ships with this project and writes it to the file loads look into: `python -m indexer.shipment`."""

import sys
from collections.abc import Sequence
from contextlib import closing

import numpy as np
from rich.console import Console

from indexer.embedding import ByLanguage, Texts, encoded, query_texts
from indexer.occupation_rows import name_texts, passage_texts
from indexer.official import Inferable, inferable
from indexer.progress import Progress
from indexer.settings import Settings, read_settings
from indexer.shipped_vectors import FILE, NOTHING, write_shipped_vectors
from indexer.vectors import Embedder, VectorCache, text_key
from mappings.embedding import Recipe
from mappings.knowledge import DATA_FOLDER, Knowledge, knowledge
from mappings.reference_store import read_reference
from mappings.vectors import Vectors


def _inferable(known: Knowledge) -> Inferable:
    """As a load has it where no official files were imported."""
    return inferable(known, read_reference(DATA_FOLDER))


def shipped_texts(recipe: Recipe) -> list[Texts]:
    """What a load encodes whatever its feeds hold."""
    known = knowledge()
    occupations = _inferable(known)
    return [query_texts(known, recipe), passage_texts(occupations, recipe), name_texts(occupations, recipe)]


def _keyed(texts: Sequence[Texts], vectors: Sequence[ByLanguage], recipe: Recipe) -> dict[bytes, Vectors]:
    """The vector of each text, once."""
    pairs = (
        pair
        for group, rows in zip(texts, vectors, strict=True)
        for language in group
        for pair in zip(group[language], rows[language], strict=True)
    )
    return {text_key(text, recipe): row for text, row in pairs}


def ship(settings: Settings, console: Console) -> int:
    """How many vectors were written. Raises IndexerError when the model cannot be loaded."""
    with closing(VectorCache(settings.vectors)) as cache:
        embedder = Embedder(settings.model, settings.centring, cache, NOTHING)
        recipe = embedder.recipe
        texts = shipped_texts(recipe)
        vectors = encoded(("shipping", "knowledge of occupations"), texts, embedder, Progress(console))
    keyed = _keyed(texts, vectors, recipe)
    write_shipped_vectors(FILE, recipe.model, list(keyed), np.stack(list(keyed.values())))
    return len(keyed)


def main() -> int:
    console = Console()
    console.print(f"{ship(read_settings(), console)} vectors written to {FILE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
