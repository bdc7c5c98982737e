"""How well a listing serves a goal, from its own skills, tools, occupations, level, length and starts."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from search_api.goals.goal import Aim, Goal
from search_api.goals.preferences import met_share
from search_api.legs import FOUND_IN_TEXT

Source = Mapping[str, Any]
FIELDS = ["level", "hours", "weeks", "starts", "pace"]
# Weights that add up to all a goal can ask of one listing: three skills that few other occupations use.
FULL = 2.0
# A listing that trains for an occupation one advances to is worth this, whatever it says it teaches.
TRAINS_FOR = 0.5
# How much of a goal is level, length and start; the rest is what is taught.
PREFERRED: Mapping[Goal, float] = {"grow": 0.25, "pivot": 0.0, "current": 0.4}


def taught(source: Source, wanted: Mapping[str, float]) -> dict[str, str]:
    """The terms wanted that the listing teaches, by id with their basis; stated where it stands so once."""
    found: dict[str, str] = {}
    for field in ("skills", "tools"):
        for term in source.get(field, ()):
            if term["id"] in wanted and found.get(term["id"]) != "feed":
                found[term["id"]] = term["basis"]
    return found


def links_of(source: Source) -> dict[str, Mapping[str, Any]]:
    """The listing's occupations by NOC code."""
    return {link["code"]: link for link in source.get("occupations", ())}


def fit(source: Source, aim: Aim) -> float:
    """How much of what is needed the listing teaches, 0 to 1."""
    weights, links = aim.weights, links_of(source)
    total = sum(
        weights[term] * (FOUND_IN_TEXT if basis == "inferred" else 1.0)
        for term, basis in taught(source, weights).items()
    )
    trains: list[float] = [TRAINS_FOR * links[code]["score"] for code in aim.steps_up if code in links]
    return max([min(total / FULL, 1.0), *trains])


def concerned(source: Source, aim: Aim) -> float:
    """How far the goal's preferences apply: wholly to a listing for one's occupation, else as far as it fits."""
    own = links_of(source).get(aim.own)
    return max(fit(source, aim), own["score"] if own else 0.0)


def served(source: Source, aim: Aim, today: dt.date) -> float:
    """How well the listing serves the goal, 0 to 1; 0 where nothing ties it to the goal's occupations."""
    # Where no step up is known there is nothing to be taught for it, and all that counts is the level.
    share = PREFERRED[aim.goal] if aim.needs else 1.0
    preferred = met_share(aim.goal, source, today) * concerned(source, aim)
    return (1 - share) * fit(source, aim) + share * preferred
