"""Queries as vectors, and how near they are to occupations."""

from mappings.contract import Language
from mappings.embedding import Vectors, centre
from mappings.index_meta import IndexMeta
from search_api.encoding import QueryEncoder
from search_api.titles.held_vectors import HeldVectors
from search_api.titles.meaning import Likeness


class QueryVectors:
    """Safe to share between threads."""

    def __init__(self, encoder: QueryEncoder, occupations: HeldVectors | None) -> None:
        self._encoder, self._occupations = encoder, occupations

    def vector(self, text: str, language: Language, meta: IndexMeta) -> Vectors | None:
        """Centred as the queries of that index, shape (dimension,); None without text and without the encoder."""
        raw = self._encoder.vector(text) if text else None
        if raw is None:
            return None
        centred: Vectors = centre(raw[None, :], meta.mean_vectors().query.get(language))[0]
        return centred

    def likeness(self, text: str, vector: Vectors | None, meta: IndexMeta) -> Likeness | None:
        """Of the text's vector; None where it has none that tells anything, or no vectors of occupations are held."""
        if vector is None or self._occupations is None or not self._encoder.reads(text):
            return None
        meanings = self._occupations.current(meta)
        return meanings.likeness(vector) if meanings else None
