"""How an answer came about, for whoever tunes or doubts it: what each leg found, and how that made the order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from pydantic import Field as Described

from mappings.record import Record
from search_api.fusion import Evidence, Parts, Ranked, Scores, calibrated_cosine, calibrated_text, parts
from search_api.labels import Labels
from search_api.order import Order
from search_api.ranking import Ranking
from search_api.sense import Sense
from search_api.understanding import Understanding

MOST = 20
DIGITS = 4
TraceLeg = Literal["keyword", "words", "semantic", "profile", "links"]


class LegHit(Record):
    """A listing as a leg found it. `raw` is the leg's own score, `calibrated` that on the scale from 0 to 1."""

    id: str
    raw: float
    calibrated: float


class LegTrace(Record):
    """The best of what a leg found. `found` is how many it found, a thousand at most."""

    leg: TraceLeg
    found: int
    best: tuple[LegHit, ...]


class FusedHit(Record):
    """A listing in the fused order, with what each leg gave of its score."""

    id: str
    score: float
    named: bool = Described(description="The query is its whole title, or its institution's: it stands first.")
    keyword: float
    semantic: float
    profile: float
    links: float


class NearOccupation(Record):
    code: str
    label: str
    weight: float


class TraceView(Record):
    """How one answer came about; the twenty best of everything, and of the fused order as many as the page has."""

    kind: str = Described(description="What the query is taken for, which chooses the weights.")
    weights: dict[str, float]
    certainty: float = Described(description="0 to 1: how sure it is that the nearest occupation is meant.")
    occupations: tuple[NearOccupation, ...] = Described(description="Those the query is near to, by square weights.")
    legs: tuple[LegTrace, ...]
    fused: tuple[FusedHit, ...]


def _legs(found: Evidence, words: int, ranking: Ranking) -> Iterator[dict[str, Any]]:
    scales: dict[TraceLeg, tuple[Mapping[str, float], Callable[[float], float]]] = {
        "keyword": (found.keyword, lambda score: calibrated_text(score, words, ranking)),
        "words": (found.words, lambda score: calibrated_text(score, words, ranking)),
        "semantic": (found.cosine, lambda cosine: calibrated_cosine(cosine, ranking)),
        "profile": (found.profile, lambda likeness: likeness),
        "links": (found.links, lambda strength: strength),
    }
    for leg, (scores, scale) in scales.items():
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:MOST]
        hits = [{"id": x, "raw": round(raw, DIGITS), "calibrated": round(float(scale(raw)), DIGITS)} for x, raw in best]
        yield {"leg": leg, "found": len(scores), "best": hits}


def _fused(hits: Sequence[Ranked], given: Parts) -> Iterator[dict[str, Any]]:
    columns: dict[str, Scores] = given._asdict()
    rounded = {leg: np.round(column, DIGITS).tolist() for leg, column in columns.items()}
    for row, hit in enumerate(hits):
        of_legs = {leg: column[row] for leg, column in rounded.items()}
        yield {"id": hit.id, "score": round(hit.score, DIGITS), "named": hit.named, **of_legs}


def _shown(order: Order) -> Sequence[Ranked]:
    """The twenty best, or as many as the page has."""
    return order.ranked[: max(MOST, len(order.page))]


def trace_view(
    order: Order, meaning: Understanding, sense: Sense | None, ranking: Ranking, labels: Labels
) -> dict[str, Any]:
    """The trace of an order by scores; empty lists for one by a field."""
    found, weights = order.found or Evidence({}, {}, {}), ranking.weights[meaning.kind]
    words, near, shown = order.words, sense.profile if sense else {}, _shown(order)
    return {
        "kind": meaning.kind,
        "weights": {leg: getattr(weights, leg) for leg in ("keyword", "semantic", "profile", "links")},
        "certainty": round(sense.certainty if sense else 0.0, DIGITS),
        "occupations": [
            {"code": code, "label": labels.occupation(code), "weight": round(weight, DIGITS)}
            for code, weight in sorted(near.items(), key=lambda item: -item[1])
        ],
        "legs": list(_legs(found, words, ranking)),
        "fused": list(_fused(shown, parts([hit.id for hit in shown], words, found, weights, ranking))),
    }
