"""How well answers fit the judgements: nDCG, recall, reciprocal rank, and how sure the figures are."""

import statistics
from collections.abc import Mapping, Sequence
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
    """What one query found: listing ids, best first, and how long it took."""

    query: str
    ids: tuple[str, ...]
    milliseconds: float


@dataclass(frozen=True)
class Row:
    """The figures of one way to search over one set. `low` and `high` bound nDCG@10 with 95 % confidence."""

    ndcg_10: float
    low: float
    high: float
    recall_10: float
    recall_100: float
    mrr: float
    zero_results: float
    milliseconds: float


def scored(answers: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """The answers as retrieval tools want them: a falling score for each id."""
    return {answer.query: {found: 1.0 / rank for rank, found in enumerate(answer.ids, 1)} for answer in answers}


def by_query(queries: QuerySet, answers: Sequence[Answer]) -> dict[str, dict[object, float]]:
    """Each measure by query; a query that found nothing has 0 of each."""
    asked = {query.id for query in queries.queries}
    judged = {query: grades for query, grades in queries.judged.items() if query in asked}
    found: dict[str, dict[object, float]] = {query: dict.fromkeys(MEASURES, 0.0) for query in asked}
    for metric in ir_measures.iter_calc(list(MEASURES), judged, scored([one for one in answers if one.ids])):
        found[metric.query_id][metric.measure] = float(metric.value)
    return found


def interval(values: Sequence[float], seed: int = SEED) -> tuple[float, float]:
    """Bounds of the mean by the percentile bootstrap over queries, the same for the same values."""
    drawn = np.random.default_rng(seed).choice(np.asarray(values), size=(RESAMPLES, len(values)))
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.percentile(drawn.mean(axis=1), [tail, 100 - tail])
    return float(low), float(high)


def mean(figures: Mapping[str, Mapping[object, float]], measure: object) -> float:
    return statistics.fmean(figures[query][measure] for query in figures)


def row(queries: QuerySet, answers: Sequence[Answer]) -> Row:
    """The figures of all answers to a set of queries."""
    figures = by_query(queries, answers)
    low, high = interval([figures[query.id][NDCG] for query in queries.queries])
    return Row(
        ndcg_10=mean(figures, NDCG),
        low=low,
        high=high,
        recall_10=mean(figures, RECALL_10),
        recall_100=mean(figures, RECALL_100),
        mrr=mean(figures, RR),
        zero_results=statistics.fmean(not answer.ids for answer in answers),
        milliseconds=statistics.median(answer.milliseconds for answer in answers),
    )
