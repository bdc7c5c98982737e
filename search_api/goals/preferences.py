"""What a goal prefers in listings besides what they teach: level, length, start."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Literal

from search_api.goals.goal import Goal

Source = Mapping[str, Any]
Preference = Literal["higher_level", "short", "soon", "any_time", "not_introductory"]
INTRODUCTORY = "introductory"
# A third of the sample's listings take no longer.
SHORT_HOURS = 24
SHORT_WEEKS = 4
# Days until a start that is soon: what can still be planned for, and what a third of scheduled listings offer.
SOON = 60


def _higher_level(source: Source, _today: dt.date) -> Preference | None:
    return "higher_level" if source.get("level", INTRODUCTORY) != INTRODUCTORY else None


def _not_introductory(source: Source, _today: dt.date) -> Preference | None:
    """A level that is not stated counts as met, but is no reason to give."""
    return None if source.get("level") == INTRODUCTORY else "not_introductory"


def _short(source: Source, _today: dt.date) -> Preference | None:
    """By its hours; by its weeks where none are stated."""
    hours, weeks = source.get("hours"), source.get("weeks")
    short = hours <= SHORT_HOURS if hours is not None else weeks is not None and weeks <= SHORT_WEEKS
    return "short" if short else None


def _soon(source: Source, today: dt.date) -> Preference | None:
    first, last = today.isoformat(), (today + dt.timedelta(days=SOON)).isoformat()
    if any(first <= start <= last for start in source.get("starts", ())):
        return "soon"
    return "any_time" if source.get("pace") == "self_paced" else None


Test = Callable[[Source, dt.date], Preference | None]
PREFERENCES: Mapping[Goal, tuple[Test, ...]] = {
    "grow": (_higher_level,),
    "pivot": (),
    "current": (_short, _soon, _not_introductory),
}


def met(goal: Goal, source: Source, today: dt.date) -> tuple[Preference, ...]:
    """What the goal prefers that the listing has. Dates in `source` are ISO."""
    found = (test(source, today) for test in PREFERENCES[goal])
    return tuple(preference for preference in found if preference)


def met_share(goal: Goal, source: Source, today: dt.date) -> float:
    """The part of the goal's preferences that the listing meets, 0 to 1."""
    wanted = len(PREFERENCES[goal])
    return len(met(goal, source, today)) / wanted if wanted else 0.0
