import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.fusion import Ranked
from search_api.goals.goal import Aim, Goal, Need
from search_api.goals.ordering import WEIGHT, put_forward, weighed
from search_api.goals.preferences import SHORT_HOURS, SHORT_WEEKS, SOON, met
from search_api.goals.serving import TRAINS_FOR, fit, served, taught
from tests.search_api.goals.making import CARPENTER, LIBRARIAN, MANAGER

TODAY = dt.date(2026, 11, 25)
NEED = Need(MANAGER, {"scheduling": 1.0, "procore": 0.8, "budgeting": 0.4})
GROW = Aim("grow", CARPENTER, (NEED,))
MOVE = Aim("pivot", CARPENTER, (NEED,))
CURRENT = Aim("current", CARPENTER, (Need(CARPENTER, {"saw": 1.0, "framing": 0.5}),))


def source(*terms: str, found: tuple[str, ...] = (), jobs: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    skills = [{"id": term, "basis": "feed"} for term in terms] + [{"id": term, "basis": "inferred"} for term in found]
    return {"skills": skills, "occupations": [{"code": code, "basis": "feed", "score": 1.0} for code in jobs], **more}


def in_days(days: int) -> str:
    return (TODAY + dt.timedelta(days=days)).isoformat()


@pytest.mark.parametrize("aim", [GROW, MOVE], ids=["grow", "pivot"])
def test_the_more_telling_needs_a_listing_teaches_the_better_it_serves(aim: Aim) -> None:
    taught_sets = [(), ("budgeting",), ("procore",), ("scheduling",), ("scheduling", "procore")]
    scores = [served(source(*terms), aim, TODAY) for terms in taught_sets]
    assert scores == sorted(set(scores))
    assert scores[0] == 0


def test_what_is_only_found_in_the_text_counts_less_than_what_is_stated() -> None:
    assert 0 < fit(source(found=("procore",)), GROW) < fit(source("procore"), GROW)
    assert taught(source("procore", found=("procore",)), NEED.terms) == {"procore": "feed"}
    assert taught(source(found=("procore",)) | {"tools": [{"id": "procore", "basis": "feed"}]}, NEED.terms) == {
        "procore": "feed"
    }


def test_growing_prefers_a_level_above_introductory_of_what_has_to_do_with_it() -> None:
    levels = [served(source("procore", level=level), GROW, TODAY) for level in ("introductory", "advanced")]
    assert levels[0] == served(source("procore"), GROW, TODAY) < levels[1]
    assert served(source("cataloguing", level="advanced"), GROW, TODAY) == 0
    own = [served(source(jobs=(CARPENTER,), level=level), GROW, TODAY) for level in ("introductory", "advanced")]
    assert 0 == own[0] < own[1]


def test_training_for_an_occupation_one_advances_to_counts_and_for_the_one_moved_to_is_left_to_the_links() -> None:
    assert fit(source(jobs=(MANAGER,)), GROW) == TRAINS_FOR
    assert fit(source(jobs=(MANAGER,)), MOVE) == fit(source(jobs=(CARPENTER,)), GROW) == 0


def test_without_a_step_up_the_level_is_all_that_counts() -> None:
    alone = Aim("grow", LIBRARIAN)
    assert served(source(jobs=(LIBRARIAN,), level="advanced"), alone, TODAY) == 1
    assert served(source("scheduling", jobs=(LIBRARIAN,)), alone, TODAY) == 0


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"hours": SHORT_HOURS}, {"hours": SHORT_HOURS + 1}),
        ({"weeks": SHORT_WEEKS}, {"weeks": SHORT_WEEKS + 1}),
        ({"hours": SHORT_HOURS}, {"hours": SHORT_HOURS + 1, "weeks": 1}),
        ({"starts": [in_days(SOON)]}, {"starts": [in_days(SOON + 1)]}),
        ({"starts": [in_days(0)]}, {"starts": [in_days(-1)]}),
        ({"pace": "self_paced"}, {"pace": "scheduled"}),
        ({"level": "advanced"}, {"level": "introductory"}),
        ({}, {"level": "introductory"}),
    ],
)
def test_staying_current_prefers_short_soon_and_not_introductory(better: dict[str, Any], worse: dict[str, Any]) -> None:
    assert served(source("saw", **better), CURRENT, TODAY) > served(source("saw", **worse), CURRENT, TODAY)


@pytest.mark.parametrize("goal", ["grow", "pivot", "current"])
def test_a_listing_that_states_nothing_meets_no_preference_that_has_to_be_stated(goal: Goal) -> None:
    assert set(met(goal, {}, TODAY)) <= {"not_introductory"}


everything = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["introductory", "intermediate", "advanced"]),
        "hours": st.floats(0.5, 5000),
        "pace": st.sampled_from(["scheduled", "self_paced"]),
        "starts": st.lists(st.integers(-100, 400).map(in_days), max_size=3),
    },
)
terms = st.lists(st.sampled_from(["scheduling", "procore", "budgeting", "saw", "framing", "cataloguing"]), max_size=6)
jobs = st.lists(st.sampled_from([CARPENTER, MANAGER, LIBRARIAN]), unique=True)


@given(terms, jobs, everything, st.sampled_from([GROW, MOVE, CURRENT, Aim("grow", CARPENTER)]))
def test_service_is_between_nothing_and_all(
    stated: list[str], codes: list[str], more: dict[str, Any], aim: Aim
) -> None:
    assert 0 <= served(source(*stated, jobs=tuple(codes), **more), aim, TODAY) <= 1


ranks = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.floats(0, 1), max_size=8)


@given(ranks, ranks)
def test_weighing_keeps_every_listing_once_best_first_and_scores_from_0_to_1(
    scores: dict[str, float], goals: dict[str, float]
) -> None:
    found = weighed([Ranked(*pair) for pair in scores.items()], goals)
    assert sorted(hit.id for hit in found) == sorted(scores)
    assert [(-hit.score, hit.id) for hit in found] == sorted((-hit.score, hit.id) for hit in found)
    assert all(0 <= hit.score <= 1 for hit in found)
    for hit in found:
        assert hit.score == pytest.approx((1 - WEIGHT) * scores[hit.id] + WEIGHT * goals.get(hit.id, 0))


def test_a_list_without_scores_keeps_its_order_behind_what_serves_the_goal() -> None:
    assert put_forward(["d", "a", "c", "b"], {"c": 0.2, "b": 0.9, "z": 1.0}) == ["b", "c", "d", "a"]
