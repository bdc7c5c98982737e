"""What each leg gave to the first hundred listings of every query, asked of the server; so that other weights can be
tried without asking again.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np

from mappings.vectors import Vectors
from search_api.ranking import QueryKind
from tests.relevance.asking import DEPTH, THREADS, answered, parameters
from tests.relevance.collection import Query, QuerySet

LEGS = ("keyword", "semantic", "profile", "links")
# Weights add up to one, so no score reaches this: what a query names stays first whatever they are.
NAMED = 2.0


@dataclass(frozen=True, eq=False)
class Candidates:
    """One query's listings in the served order.

    `scores` are calibrated, shape (listings, legs); `first` is what is added to put a named one first, `grades` the
    judgements, both of shape (listings,). `best` has all grades of the query, also of listings that were not found.
    """

    kind: QueryKind
    group: str
    scores: Vectors
    first: Vectors
    grades: Vectors
    best: Vectors


def _calibrated(hit: Mapping[str, Any], weights: Mapping[str, float]) -> list[float]:
    return [hit[leg] / weights[leg] if weights[leg] else 0.0 for leg in LEGS]


def candidates(query: Query, judged: Mapping[str, int], debug: Mapping[str, Any]) -> Candidates:
    """From the trace of an answer."""
    hits = debug["fused"]
    scores = [_calibrated(hit, debug["weights"]) for hit in hits]
    return Candidates(
        kind=debug["kind"],
        group=query.group or query.id,
        scores=np.array(scores, np.float32).reshape(len(hits), len(LEGS)),
        first=np.array([NAMED * hit["named"] for hit in hits], np.float32),
        grades=np.array([judged.get(hit["id"], 0) for hit in hits], np.float32),
        best=np.array(sorted(judged.values(), reverse=True), np.float32),
    )


def asked(url: str, queries: QuerySet) -> list[Candidates]:
    """Of every query that something answers. Raises AnswerError."""

    def one(query: Query) -> Candidates:
        body = answered(client, parameters(query, (), DEPTH) | {"debug": "1"}).json()
        return candidates(query, queries.judged[query.id], body["debug"])

    answerable = [query for query in queries.queries if queries.answerable(query.id)]
    with httpx.Client(base_url=url, timeout=60) as client, ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, answerable))
