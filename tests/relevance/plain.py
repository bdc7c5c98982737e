"""The plain embedding as a search of its own: the nearest vectors, not centred, without the reader and its threshold.

The reader's scale is made for centred cosines. Plain ones all lie near the top of it, where they could not be told
apart.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from opensearchpy import OpenSearch

from indexer.vectors import Embedder, VectorCache
from mappings.contract import LANGUAGES
from mappings.embedding import query_text
from mappings.index_body import vector_field
from mappings.vectors import Vectors
from search_api.hit_ids import FOLDED, course_of
from tests.relevance.asking import DEPTH, Ask
from tests.relevance.collection import Query
from tests.relevance.measures import Answer
from tests.relevance.service import Place


def _vectors(place: Place, queries: Sequence[Query]) -> dict[str, Vectors]:
    """By query id; encoded together, and kept for the next evaluation as those of documents are."""
    with closing(VectorCache(place.vectors)) as cache:
        embedder = Embedder(place.model, "none", cache)
        texts = [query_text(query.text, embedder.recipe) for query in queries]
        return dict(zip((query.id for query in queries), embedder.embed(texts, lambda _done: None), strict=True))


def _likeness(field: str, vector: Vectors) -> dict[str, Any]:
    parameters = {"field": field, "query_value": vector.tolist(), "space_type": "cosinesimil"}
    script = {"lang": "knn", "source": "knn_score", "params": parameters}
    return {"script_score": {"query": {"exists": {"field": field}}, "script": script}}


def nearest_body(vector: Vectors) -> dict[str, Any]:
    """The hundred nearest courses by exact cosine, each by the better of its languages; ties by id."""
    near = {"dis_max": {"queries": [_likeness(vector_field(language), vector) for language in LANGUAGES]}}
    return {"size": DEPTH, "_source": False, "query": near, "sort": ["_score", {"id": "asc"}], **FOLDED}


def _ask(engine: OpenSearch, vectors: Mapping[str, Vectors], index: str, query: Query) -> Answer:
    started = time.monotonic()
    found = engine.search(index=index, body=nearest_body(vectors[query.id]))
    took = (time.monotonic() - started) * 1000
    return Answer(query.id, tuple(map(course_of, found["hits"]["hits"])), took)


@contextmanager
def nearest(place: Place, index: str, queries: Sequence[Query]) -> Iterator[Ask]:
    """Asks an index of plain vectors for any of these queries, all encoded before the first is timed."""
    vectors = _vectors(place, queries)
    with OpenSearch(place.engine_url, timeout=30) as engine:
        yield lambda query: _ask(engine, vectors, index, query)
