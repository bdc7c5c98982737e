import dataclasses
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.fusion import Evidence, calibrated_cosine, calibrated_text, fuse, match_set, parts
from search_api.ranking import RANKING, Weights

IDS = st.text(alphabet="abc", min_size=1, max_size=3)
SCORES = st.floats(min_value=0, max_value=1e6)
COSINES = st.floats(min_value=-1.01, max_value=1.01)
STRENGTHS = st.floats(min_value=0, max_value=1)
EVIDENCE = st.builds(
    Evidence,
    keyword=st.dictionaries(IDS, SCORES),
    cosine=st.dictionaries(IDS, COSINES),
    links=st.dictionaries(IDS, STRENGTHS),
    words=st.dictionaries(IDS, SCORES),
    profile=st.dictionaries(IDS, STRENGTHS),
    loudness=STRENGTHS,
)
WEIGHTS = st.sampled_from(list(RANKING.weights.values()))
WORDS = st.integers(min_value=0, max_value=100)
PLAIN = Weights(keyword=0.4, semantic=0.3, profile=0.1, links=0.2)
LEGS = ("keyword", "cosine", "links", "words", "profile")


def reversed_evidence(evidence: Evidence) -> Evidence:
    legs: dict[str, Any] = {leg: dict(reversed(list(getattr(evidence, leg).items()))) for leg in LEGS}
    return dataclasses.replace(evidence, **legs)


@given(EVIDENCE, WORDS, WEIGHTS)
def test_the_order_does_not_depend_on_the_order_in_which_legs_report(
    evidence: Evidence, words: int, weights: Weights
) -> None:
    assert fuse(evidence, words, weights, RANKING) == fuse(reversed_evidence(evidence), words, weights, RANKING)


@given(EVIDENCE, WORDS, WEIGHTS)
def test_scores_lie_between_zero_and_one_and_never_rise_down_the_list(
    evidence: Evidence, words: int, weights: Weights
) -> None:
    scores = [hit.score for hit in fuse(evidence, words, weights, RANKING)]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


@given(EVIDENCE, WORDS, WEIGHTS)
def test_each_listing_that_matches_is_ranked_once_and_no_other(
    evidence: Evidence, words: int, weights: Weights
) -> None:
    found = [hit.id for hit in fuse(evidence, words, weights, RANKING)]
    assert len(found) == len(set(found))
    assert set(found) == match_set(evidence, RANKING)


@given(EVIDENCE, WORDS, WEIGHTS)
def test_equal_scores_are_ordered_by_id(evidence: Evidence, words: int, weights: Weights) -> None:
    ranked = fuse(evidence, words, weights, RANKING)
    assert all(a.id < b.id for a, b in itertools.pairwise(ranked) if a.score == b.score)


@given(EVIDENCE, IDS, SCORES, WORDS, WEIGHTS)
def test_more_evidence_for_a_listing_never_lowers_its_score(
    evidence: Evidence, listing: str, more: float, words: int, weights: Weights
) -> None:
    before = {hit.id: hit.score for hit in fuse(evidence, words, weights, RANKING)}.get(listing, 0.0)
    raised = {**evidence.keyword, listing: evidence.keyword.get(listing, 0.0) + more}
    after = {hit.id: hit.score for hit in fuse(dataclasses.replace(evidence, keyword=raised), words, weights, RANKING)}
    assert after[listing] >= before


@given(EVIDENCE, WORDS, WEIGHTS)
def test_a_listings_score_does_not_depend_on_what_else_was_found(
    evidence: Evidence, words: int, weights: Weights
) -> None:
    for hit in fuse(evidence, words, weights, RANKING):
        found = {leg: getattr(evidence, leg) for leg in LEGS}
        legs: dict[str, Any] = {leg: {x: one for x, one in each.items() if x == hit.id} for leg, each in found.items()}
        alone = dataclasses.replace(evidence, **legs)
        assert fuse(alone, words, weights, RANKING) == [hit]


def test_a_cosine_below_tau_ranks_what_another_leg_found_but_finds_nothing_itself() -> None:
    weak = (RANKING.tau + RANKING.floor) / 2
    found = fuse(Evidence({"a": 5.0, "b": 5.0}, {"b": weak, "c": weak}, {}), 1, PLAIN, RANKING)
    assert [hit.id for hit in found] == ["b", "a"]


def test_a_cosine_of_exactly_tau_matches() -> None:
    assert match_set(Evidence({}, {"a": RANKING.tau}, {}), RANKING) == {"a"}


def test_a_text_score_counts_half_at_the_pivot_which_grows_with_the_words_asked_for() -> None:
    assert calibrated_text(RANKING.pivot, 1, RANKING) == pytest.approx(0.5)
    assert calibrated_text(RANKING.pivot * 3, 3, RANKING) == pytest.approx(0.5)
    assert calibrated_text(0.0, 1, RANKING) == 0


def test_a_cosine_counts_nothing_at_the_floor_and_fully_from_the_ceiling_on() -> None:
    assert calibrated_cosine(RANKING.floor, RANKING) == 0
    assert calibrated_cosine(-1, RANKING) == 0
    assert calibrated_cosine(RANKING.ceiling, RANKING) == calibrated_cosine(1, RANKING) == 1


def test_the_better_of_both_text_scores_counts_and_what_a_leg_did_not_find_counts_nothing() -> None:
    found = Evidence({"a": 15.0}, {"b": RANKING.ceiling}, {"c": 0.5}, words={"a": 5.0, "b": 15.0}, profile={"c": 1.0})
    keyword, semantic, profile, links = parts(["a", "b", "c"], 1, found, PLAIN, RANKING)
    assert keyword.tolist() == pytest.approx([0.2, 0.2, 0])
    assert semantic.tolist() == pytest.approx([0, 0.3, 0])
    assert profile.tolist() == pytest.approx([0, 0, 0.1])
    assert links.tolist() == pytest.approx([0, 0, 0.1])


def test_a_lone_weak_hit_does_not_look_perfect() -> None:
    (hit,) = fuse(Evidence({"a": 0.5}, {}, {}), 1, PLAIN, RANKING)
    assert hit.score < 0.1


def test_the_table_is_in_order() -> None:
    ranking = RANKING
    assert ranking.floor <= ranking.tau < ranking.ceiling <= 1
    assert ranking.pivot > 0
    for weights in ranking.weights.values():
        assert sum(dataclasses.astuple(weights)) == pytest.approx(1)
        assert min(dataclasses.astuple(weights)) >= 0
