"""How well answers fit the judgements: nDCG, recall, reciprocal rank, and how sure the figures are."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG

from tests.relevance.collection import SEED, QuerySet

RESAMPLES = 2000
CONFIDENCE = 0.95
NDCG, RECALL_10, RECALL_100 = nDCG @ 10, R @ 10, R @ 100
MEASURES = (NDCG, RECALL_10, RECALL_100, RR)


@dataclass(frozen=True)
class Answer:
    """What one query found: listing ids, best first, how long it took, and whether it said that nothing suits."""

    query: str
    ids: tuple[str, ...]
    milliseconds: float
    declined: bool = False


@dataclass(frozen=True)
class Figure:
    """A mean over queries with the bounds of its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Row:
    """The figures of one way to search over one set, the nDCG@10 of each query, and the median milliseconds.

    `zero_results` and `declined` (answered with "nothing suitable") are shares of queries that have an answer.
    """

    ndcg_10: Figure
    recall_10: Figure
    recall_100: Figure
    mrr: Figure
    zero_results: Figure
    declined: Figure
    milliseconds: float
    by_query: dict[str, float]


def scored(answers: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """The answers as retrieval tools want them: a falling score for each id."""
    return {answer.query: {found: 1.0 / rank for rank, found in enumerate(answer.ids, 1)} for answer in answers}


def by_query(queries: QuerySet, answers: Sequence[Answer]) -> dict[str, dict[object, float]]:
    """Each measure by query; a query that found nothing has 0 of each.

    A query that nothing answers is answered rightly, with 1 of each, by saying so.
    """
    judged = {query.id: queries.judged[query.id] for query in queries.queries if queries.answerable(query.id)}
    found: dict[str, dict[object, float]] = {query.id: dict.fromkeys(MEASURES, 0.0) for query in queries.queries}
    for metric in ir_measures.iter_calc(list(MEASURES), judged, scored([one for one in answers if one.ids])):
        found[metric.query_id][metric.measure] = float(metric.value)
    for answer in (one for one in answers if one.query not in judged):
        found[answer.query] = dict.fromkeys(MEASURES, float(answer.declined))
    return found


def interval(values: Sequence[float], seed: int = SEED) -> tuple[float, float]:
    """Bounds of the mean by the percentile bootstrap over queries, the same for the same values; 0 without any."""
    if not values:
        return 0.0, 0.0
    drawn = np.random.default_rng(seed).choice(np.asarray(values), size=(RESAMPLES, len(values)))
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.percentile(drawn.mean(axis=1), [tail, 100 - tail])
    return float(low), float(high)


def figure(values: Sequence[float]) -> Figure:
    return Figure(statistics.fmean(values) if values else 0.0, *interval(values))


def row(queries: QuerySet, answers: Sequence[Answer]) -> Row:
    """The figures of all answers to a set of queries."""
    found = by_query(queries, answers)
    answerable = [answer for answer in answers if queries.answerable(answer.query)]
    measured = {one: [found[query.id][one] for query in queries.queries] for one in MEASURES}
    return Row(
        ndcg_10=figure(measured[NDCG]),
        recall_10=figure(measured[RECALL_10]),
        recall_100=figure(measured[RECALL_100]),
        mrr=figure(measured[RR]),
        zero_results=figure([float(not answer.ids) for answer in answerable]),
        declined=figure([float(answer.declined) for answer in answerable]),
        milliseconds=statistics.median(answer.milliseconds for answer in answers),
        by_query={query.id: found[query.id][NDCG] for query in queries.queries},
    )
