"""Vectors of queries that ask for all occupations, encoded together and kept between sessions.

A query by itself takes the encoder three times as long as one among many, and all official titles take half a minute.
What is kept is the real encoder's, made by the code and libraries that are there now.
"""

import hashlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from indexer.settings import read_settings
from indexer.shipped_vectors import NOTHING
from indexer.vectors import Embedder, VectorCache
from mappings import embedding
from mappings.contract import LANGUAGES
from mappings.embedding import query_text
from mappings.knowledge import DATA_FOLDER, knowledge
from mappings.reference_tables import shipped_titles
from mappings.vectors import Vectors
from search_api.encoding import QueryEncoder
from search_api.parameters import LONGEST_QUERY

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
NAME = "queries-{}.sqlite"


def _file(folder: Path) -> Path:
    """The file of what decides a vector besides model and text; those of other code and libraries are removed."""
    state = hashlib.sha256(Path(embedding.__file__).read_bytes() + LOCK.read_bytes()).hexdigest()[:12]
    path = folder / NAME.format(state)
    for old in folder.glob(NAME.format("*") + "*"):
        if not old.name.startswith(path.name):
            old.unlink(missing_ok=True)
    return path


def names_of_occupations() -> list[str]:
    """As the tests ask for them: every official title, and the everyday name of every occupation we wrote of."""
    ours = knowledge().occupations.values()
    titles = [
        one.in_language(lang)[:LONGEST_QUERY] for one in shipped_titles(DATA_FOLDER).values() for lang in LANGUAGES
    ]
    return [*titles, *(one.display_name(lang) for one in ours for lang in LANGUAGES)]


def kept(texts: Iterable[str], model: str) -> dict[str, Vectors]:
    """Raw vectors by the text that is encoded."""
    with closing(VectorCache(_file(read_settings().state))) as cache:
        embedder = Embedder(model, "per_language", cache, NOTHING)
        keys = list(dict.fromkeys(query_text(text, embedder.recipe) for text in texts))
        return dict(zip(keys, embedder.embed(keys, lambda _: None), strict=True))


def remember(encoder: QueryEncoder, texts: Iterable[str]) -> None:
    """From now on the encoder answers these as it answers what it was asked before."""
    encoder._cache.update(kept(texts, encoder._model))
