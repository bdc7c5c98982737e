"""The assumptions a plan rests on, said only where they matter."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from search_api.plans.candidate import ASSUMED_PACE, Candidate
from search_api.plans.limits import Why
from search_api.plans.planning import Planning
from search_api.plans.request import PlanRequest
from search_api.plans.retrieval import MOST_CANDIDATES

Note = tuple[str, dict[str, Any]]


def _broken(planning: Planning, why: Why) -> bool:
    return any(why in broken for broken in planning.placed.broken.values())


def _chosen(planning: Planning) -> list[Candidate]:
    return [step.placeable.candidate for step in planning.best.steps]


def _of_listings(planning: Planning) -> Iterator[Note]:
    chosen = _chosen(planning)
    if chosen:
        yield "prerequisites", {}
    if _broken(planning, "closed"):
        yield "closed", {}
    if _broken(planning, "no_price"):
        yield "unpriced", {}
    if any(candidate.cents is None for candidate in chosen):
        yield "unpriced_in_plan", {}
    if any(candidate.length_assumed for candidate in chosen):
        yield "assumed_length", {"pace": round(ASSUMED_PACE)}
    if _broken(planning, "hours_unknown") or any(candidate.total_hours is None for candidate in chosen):
        yield "hours_unknown", {}


def _of_dates(planning: Planning) -> Iterator[Note]:
    options = [step.option for step in planning.best.steps]
    if any(step.placeable.candidate.class_times and step.option.start is not None for step in planning.best.steps):
        yield "class_times", {}
    if any(option.spread for option in options):
        yield "spread", {}
    if _broken(planning, "start_unknown") or any(x.start is None and not x.spread for x in options):
        yield "start_unknown", {}


def notes(planning: Planning, asked: PlanRequest, today: dt.date, *, cut: bool) -> Iterator[Note]:
    """Keys of words.yml with the values they need."""
    if planning.need.weights:
        yield "weights", {}
    if asked.start is not None and asked.start < today:
        yield "start_past", {}
    yield from _of_listings(planning)
    yield from _of_dates(planning)
    if planning.need.unknown:
        yield "unknown_skills", {"names": ", ".join(planning.need.unknown)}
    if not planning.best.optimal:
        yield "not_proven", {}
    if cut:
        yield "many", {"most": MOST_CANDIDATES}
