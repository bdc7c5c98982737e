"""The leg that finds what serves a goal."""

from search_api.goals.goal import Aim
from search_api.legs import Clause, teaches


def _worth(clause: Clause, weight: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": weight}}


def goal_query(aim: Aim) -> Clause:
    """All that may serve the goal. What it teaches is its score, so that the engine's cut leaves the most telling."""
    codes = _worth({"terms": {"occupations.code": sorted({aim.own, *aim.steps_up})}}, 1.0)
    terms = [_worth(teaches(term), weight) for term, weight in aim.weights.items()]
    return {"bool": {"should": [codes, *terms], "minimum_should_match": 1}}
