"""What the adapter is learned from: judged queries with what answers them, and occupations with their names."""

import datetime as dt
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rich.console import Console

from indexer.embedding import Embedded, embed_listings
from indexer.enrich import enriched
from indexer.occupation_rows import name_texts, names
from indexer.official import Inferable, inferable_of, knowledge_of
from indexer.profiles import occupation_passage
from indexer.progress import Progress
from indexer.reading import Reader
from indexer.settings import Settings
from indexer.sources import Sources
from indexer.vectors import Embedder, VectorCache
from mappings.contract import LANGUAGES, Language, listing_contract
from mappings.embedding import query_text
from mappings.listing import Listing
from mappings.occupation import Lists, Occupation
from mappings.vectors import Vectors, centre, mean_of
from tests.relevance.collection import Collection, Query, QuerySet
from tests.relevance.service import Place, sources

Flags = npt.NDArray[np.bool_]
QUIET = Progress(Console(quiet=True))


@dataclass(frozen=True, eq=False)
class Examples:
    """Centred unit vectors of queries (n, d) and of what is searched (m, d), and which answers which (n, m).

    `groups` says which queries ask for the same thing: what is learned from one is no test on another of its group.
    """

    name: str
    queries: Vectors
    documents: Vectors
    grades: Vectors
    groups: tuple[str, ...]

    @property
    def relevant(self) -> Flags:
        return self.grades > 0

    def part(self, rows: Flags) -> "Examples":
        """Some of the queries, with all documents."""
        groups = tuple(group for group, kept in zip(self.groups, rows, strict=True) if kept)
        return replace(self, queries=self.queries[rows], grades=self.grades[rows], groups=groups)


class Workshop:
    """Encodes as loads do, with the settings of a place."""

    def __init__(self, place: Place) -> None:
        self._settings = Settings(
            opensearch_url=place.engine_url,
            embedding_model=place.model,
            state_dir=place.folder,
            vector_cache=place.vectors,
        )
        self._knowledge = knowledge_of(self._settings)
        self._known = inferable_of(self._settings, self._knowledge)

    def collection(self, collection: Collection) -> list[Examples]:
        """The examples of each of its sets."""
        listings = self._listings(collection)
        with closing(VectorCache(self._settings.vectors)) as cache:
            embedder = Embedder(self._settings.model, "per_language", cache)
            embedded = embed_listings(listings, self._knowledge, embedder, QUIET, self._known)
            return [_examples(collection, queries, embedded, embedder) for queries in collection.sets]

    def _listings(self, collection: Collection) -> list[Listing]:
        reader = Reader(listing_contract(), dt.datetime.now(dt.UTC).date(), self._settings.max_feed_megabytes)
        reads = reader.read_all(Sources.model_validate(sources(collection)).sources, lambda _: None)
        return [enriched(listing, self._knowledge) for read in reads for listing in read.listings]

    def named(self) -> list[Examples]:
        """What occupations are called, to find what they are among all of them, in the same language and the other."""
        with closing(VectorCache(self._settings.vectors)) as cache:
            embedder = Embedder(self._settings.model, "per_language", cache)
            called = {language: _called(self._known, language, embedder) for language in LANGUAGES}
            told = {language: _told(self._known, language, embedder) for language in LANGUAGES}
        return [
            _pairs(f"names-{asked}-{answered}", self._known, asked, called[asked], told[answered])
            for asked in LANGUAGES
            for answered in LANGUAGES
        ]


def _examples(collection: Collection, queries: QuerySet, embedded: Embedded, embedder: Embedder) -> Examples:
    row = {listing: number for number, listing in enumerate(embedded.listings)}
    documents = np.stack([vectors[collection.language] for vectors in embedded.listings.values()])
    grades = np.zeros((len(queries.queries), len(row)), np.float32)
    for number, query in enumerate(queries.queries):
        for listing, grade in queries.judged[query.id].items():
            if listing in row:
                grades[number, row[listing]] = grade
    groups = tuple(query.group or query.id for query in queries.queries)
    found = Examples(queries.name, _centred(queries.queries, embedded, embedder), documents, grades, groups)
    return found.part(np.any(found.relevant, axis=1))


def _centred(queries: Sequence[Query], embedded: Embedded, embedder: Embedder) -> Vectors:
    raw = embedder.embed([query_text(query.text, embedder.recipe) for query in queries], lambda _: None)
    means = embedded.means.query
    return np.stack([centre(raw[row : row + 1], means[query.language])[0] for row, query in enumerate(queries)])


def _called(known: Inferable, language: Language, embedder: Embedder) -> Vectors:
    raw = embedder.embed(name_texts(known, embedder.recipe)[language], lambda _: None)
    return centre(raw, mean_of(raw))


def _unnamed(occupation: Occupation) -> Occupation:
    return occupation.model_copy(update={"names": Lists()})


def _told(known: Inferable, language: Language, embedder: Embedder) -> Vectors:
    """Passages without the names: of these nothing could be learned."""
    occupations = [_unnamed(one) for one in (*known.occupations.values(), *known.others.values())]
    raw = embedder.embed([occupation_passage(one, language, embedder.recipe) for one in occupations], lambda _: None)
    return centre(raw, mean_of(raw))


def _pairs(name: str, known: Inferable, asked: Language, called: Vectors, told: Vectors) -> Examples:
    row = {code: number for number, code in enumerate((*known.occupations, *known.others))}
    groups = tuple(one.code for one in names(known, asked))
    grades = np.zeros((len(groups), len(row)), np.float32)
    grades[np.arange(len(groups)), [row[code] for code in groups]] = 1
    return Examples(name, called, told, grades, groups)
