"""Institutions take turns among scores that are as good as equal."""

from collections import Counter
from itertools import pairwise

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search_api.fusion import Ranked
from search_api.mixing import mixed
from search_api.ranking import RANKING
from tests.search_api.asking import ask

TIE = 0.01
HIT = st.builds(
    Ranked,
    st.builds("{}.{}".format, st.sampled_from(["algoma", "mohawk", "york"]), st.integers(0, 10_000)),
    st.floats(0, 1),
    st.booleans(),
)
RANKINGS = st.lists(HIT, max_size=40, unique_by=lambda hit: hit.id).map(
    lambda hits: sorted(hits, key=lambda x: x.place)
)


def order(*hits: tuple[str, float], tie: float = TIE) -> list[str]:
    return [hit.id for hit in mixed([Ranked(*hit) for hit in hits], tie)]


def test_institutions_take_turns_where_scores_tie() -> None:
    assert order(("a.1", 0.5), ("a.2", 0.5), ("b.1", 0.5), ("a.3", 0.5), ("b.2", 0.5)) == [
        "a.1", "b.1", "a.2", "b.2", "a.3",
    ]  # fmt: skip


def test_a_better_score_stays_before() -> None:
    assert order(("a.1", 0.5), ("a.2", 0.495), ("b.1", 0.48)) == ["a.1", "a.2", "b.1"]


def test_what_is_near_to_the_last_of_a_tie_need_not_be_near_to_its_first() -> None:
    assert order(("a.1", 0.5), ("a.2", 0.492), ("b.1", 0.486)) == ["a.1", "a.2", "b.1"]


def test_what_the_query_names_stays_first() -> None:
    hits = [Ranked("a.1", 0.2, named=True), Ranked("a.2", 0.9), Ranked("b.1", 0.9)]
    assert list(mixed(hits, 1.0)) == hits[:1] + hits[1:]


@given(RANKINGS)
def test_nothing_is_lost_and_no_one_falls_by_more_than_a_tie(ranked: list[Ranked]) -> None:
    found = list(mixed(ranked, TIE))
    assert Counter(found) == Counter(ranked)
    assert found[:1] == ranked[:1]
    named = [hit.named for hit in found]
    assert named == sorted(named, reverse=True)
    for before, after in pairwise(found):
        assert before.named > after.named or after.score <= before.score + TIE


@given(RANKINGS)
def test_without_a_tie_the_order_is_that_of_the_scores(ranked: list[Ranked]) -> None:
    assert [hit.score for hit in mixed(ranked, 0.0)] == [hit.score for hit in ranked]


def test_an_answer_mixes_them(sample_api: FlaskClient) -> None:
    hits = ask(sample_api, q="bookkeeper", per_page="50")["hits"]
    turns = [(before, after) for before, after in pairwise(hits) if after["score"] > before["score"]]
    assert turns
    for before, after in turns:
        assert after["score"] - before["score"] <= RANKING.tie + 0.0001
