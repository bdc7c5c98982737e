"""Small candidates, limits and problems for the tests of plans."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits
from search_api.plans.need import Need
from search_api.plans.planning import Planning

EARLIEST = dt.date(2027, 1, 4)
TODAY = dt.date(2026, 12, 1)


def on(day: int) -> dt.date:
    return EARLIEST + dt.timedelta(days=day)


def course(identifier: str, covers: str = "", *days: int, **more: Any) -> Candidate:
    """A listing that teaches the letters of `covers`, scheduled on these days, else self-paced."""
    given = {"cost": 100.0, "hours": 20.0, "weeks": 4.0 if days else None, **more}
    starts = tuple(on(day) for day in days)
    return Candidate(id=identifier, covers=frozenset(covers), starts=starts, **{"self_paced": not days, **given})


def after(*groups: str) -> frozenset[frozenset[str]]:
    """Prerequisites: of each group, names cut by a bar, one."""
    return frozenset(frozenset(group.split("|")) for group in groups)


def limits(**given: Any) -> Limits:
    return Limits(**{"earliest": EARLIEST, **given})


def need(letters: str = "abcd", weights: Iterable[int] = (400, 300, 200, 100)) -> Need:
    return Need("00000", dict(zip(letters, weights, strict=False)))


def planned(candidates: Iterable[Candidate], given: Limits | None = None, needed: Need | None = None) -> Planning:
    return Planning(needed or need(), given or limits(), tuple(candidates))


def chosen(planning: Planning) -> set[str]:
    return {step.placeable.id for step in planning.best.steps}
