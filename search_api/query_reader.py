"""Queries as they are understood: by their words, and by their vector where it can be had."""

from mappings.adapter import turned_query
from mappings.contract import Language
from mappings.index_meta import IndexMeta
from mappings.knowledge import Target
from mappings.phrases import PhraseIndex
from mappings.vectors import Vectors, centre
from search_api.encoding import QueryEncoder
from search_api.interpreter import NO_NAMES, Interpreter
from search_api.latest import Latest
from search_api.ranking import RANKING
from search_api.sense import Sense, sense_of
from search_api.titles.held_vectors import HeldOccupations, HeldVectors
from search_api.titles.meaning import Likeness
from search_api.understanding import Understanding

# Some kilobytes each.
KEPT = 1024
Read = tuple[Understanding, Sense | None]


class QueryReader:
    """Safe to share between threads. What the latest texts mean is kept until titles, vectors or the index change."""

    def __init__(self, interpreter: Interpreter, encoder: QueryEncoder, occupations: HeldVectors | None) -> None:
        self._interpreter, self._encoder, self._occupations = interpreter, encoder, occupations
        self._latest: Latest[Read] = Latest(KEPT)

    def understood(
        self,
        text: str,
        language: Language,
        meta: IndexMeta,
        names: PhraseIndex[Target] = NO_NAMES,
        *,
        semantic: bool = True,
    ) -> Read:
        """What a text without limits means, by its words and as the listings of that index are held against it.

        There is no sense where it is not wanted, without text, and without the encoder.
        """
        read = self._interpreter.reading(text, language)
        raw = self._encoder.vector(read) if semantic and read else None
        held = self._occupations.current(meta) if self._occupations and raw is not None else None
        basis = (self._interpreter.titles(), held, meta.fingerprint, meta.knowledge, meta.built)

        def made() -> Read:
            vector = None if raw is None else _centred(raw, language, meta)
            meaning = self._interpreter.understand(text, language, names, self._likeness(read, vector, held))
            return meaning, None if vector is None else _sense(vector, meaning, meta, held)

        return self._latest.value(basis, (text, language, names, raw is None), made)

    def _likeness(self, text: str, vector: Vectors | None, held: HeldOccupations | None) -> Likeness | None:
        """None where the text has no vector that tells anything, and where no vectors of occupations are held."""
        if vector is None or held is None or not self._encoder.reads(text):
            return None
        return held.meanings.likeness(vector)


def _centred(raw: Vectors, language: Language, meta: IndexMeta) -> Vectors:
    """As the queries of that index, shape (dimension,)."""
    centred: Vectors = centre(raw[None, :], meta.mean_vectors().query.get(language))[0]
    return centred


def _sense(vector: Vectors, meaning: Understanding, meta: IndexMeta, held: HeldOccupations | None) -> Sense:
    query = turned_query(vector, meta.adapter)
    expansion = RANKING.expansions[meaning.kind]
    return sense_of(query, meaning.seen or meaning.language, held.space if held else None, expansion)
