"""Queries as they are understood: by their words, and by their vector where it can be had."""

from mappings.contract import Language
from mappings.embedding import Vectors, centre
from mappings.index_meta import IndexMeta
from mappings.knowledge import Target
from mappings.phrases import PhraseIndex
from search_api.encoding import QueryEncoder
from search_api.interpreter import NO_NAMES, Interpreter
from search_api.titles.held_vectors import HeldVectors
from search_api.titles.meaning import Likeness
from search_api.understanding import Understanding


class QueryReader:
    """Safe to share between threads."""

    def __init__(self, interpreter: Interpreter, encoder: QueryEncoder, occupations: HeldVectors | None) -> None:
        self._interpreter, self._encoder, self._occupations = interpreter, encoder, occupations

    def understood(
        self,
        text: str,
        language: Language,
        meta: IndexMeta,
        names: PhraseIndex[Target] = NO_NAMES,
        *,
        semantic: bool = True,
    ) -> tuple[Understanding, Vectors | None]:
        """What a text without limits means, and its vector, centred as the queries of that index, shape (dimension,).

        The vector is None where it is not wanted, without text, and without the encoder.
        """
        vector = self._vector(text, language, meta) if semantic else None
        return self._interpreter.understand(text, language, names, self._likeness(text, vector, meta)), vector

    def _vector(self, text: str, language: Language, meta: IndexMeta) -> Vectors | None:
        raw = self._encoder.vector(text) if text else None
        if raw is None:
            return None
        centred: Vectors = centre(raw[None, :], meta.mean_vectors().query.get(language))[0]
        return centred

    def _likeness(self, text: str, vector: Vectors | None, meta: IndexMeta) -> Likeness | None:
        """None where the text has no vector that tells anything, and where no vectors of occupations are held."""
        if vector is None or self._occupations is None or not self._encoder.reads(text):
            return None
        meanings = self._occupations.current(meta)
        return meanings.likeness(vector) if meanings else None
