"""A plan says what it assumes, and only what it does assume."""

from dataclasses import replace
from typing import Any

import pytest

from search_api.plans.notes import notes
from search_api.plans.planning import Planning
from search_api.plans.request import PlanRequest
from tests.search_api.plans.making import EARLIEST, course, limits, need, planned

ASKED = PlanRequest(target="00000")
PLAIN = course("p", "ab", 0)


def said(planning: Planning, asked: PlanRequest = ASKED, *, cut: bool = False) -> set[str]:
    return {key for key, _values in notes(planning, asked, EARLIEST, cut=cut)}


def test_a_plain_plan_says_how_it_weighs_and_that_prerequisites_are_to_be_read() -> None:
    assert said(planned([PLAIN])) == {"weights", "prerequisites", "class_times"}


@pytest.mark.parametrize(
    ("made", "given", "key"),
    [
        (course("q", "c", 0, cost=None), {"budget": 50_000}, "unpriced"),
        (course("q", "c", 60, cost=None), {}, "unpriced_in_plan"),
        (course("q", "c", 60, weeks=None), {}, "assumed_length"),
        (course("q", "c", 60, hours=None), {}, "hours_unknown"),
        (course("q", "c", 0, hours=None), {"load": 1000}, "hours_unknown"),
        (course("q", "c"), {"load": 1000}, "spread"),
        (course("q", "c", closed=True), {}, "closed"),
        (course("q", "c", self_paced=False), {"days": 90}, "start_unknown"),
        (course("q", "c", self_paced=False), {}, "start_unknown"),
    ],
)
def test_an_assumption_is_said_where_it_matters(made: Any, given: dict[str, Any], key: str) -> None:
    plain = said(planned([PLAIN], limits(**given)))
    assert key not in plain
    assert key in said(planned([PLAIN, made], limits(**given)))


def test_a_start_gone_by_unknown_skills_and_a_cut_list_are_said() -> None:
    asked = PlanRequest.model_validate_json('{"target": "00000", "start": "2026-12-01"}')
    planning = planned([PLAIN], needed=replace(need(), unknown=("knotting",)))
    assert {"start_past", "unknown_skills", "many"} <= said(planning, asked, cut=True)


def test_a_plan_that_is_not_proven_the_best_says_so() -> None:
    planning = planned([PLAIN])
    planning.__dict__["best"] = replace(planning.best, optimal=False, bound=1000)
    assert "not_proven" in said(planning)
    assert planning.best.gap == pytest.approx(0.3)


def test_nothing_needed_leaves_nothing_to_say() -> None:
    assert said(planned([], needed=need("", ()))) == set()
