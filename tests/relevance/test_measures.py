"""The figures are those of the definitions."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.relevance.collection import Query, QuerySet
from tests.relevance.measures import Answer, Row, interval, row


def a_set(judged: dict[str, dict[str, int]]) -> QuerySet:
    return QuerySet("titles", tuple(Query(name, name, "en") for name in judged), judged)


def answer(query: str, *ids: str, milliseconds: float = 10) -> Answer:
    return Answer(query, ids, milliseconds)


def means(found: Row) -> tuple[float, ...]:
    figures = (found.ndcg_10, found.recall_10, found.recall_100, found.mrr, found.zero_results)
    return tuple(figure.mean for figure in figures)


def test_the_perfect_answer_has_one_of_everything() -> None:
    found = row(a_set({"q": {"a": 1, "b": 1}}), [answer("q", "a", "b", "x")])
    assert means(found) == (1, 1, 1, 1, 0)


def test_an_answer_in_second_place_is_worth_what_the_definition_says() -> None:
    found = row(a_set({"q": {"a": 1}}), [answer("q", "x", "a")])
    assert found.ndcg_10.mean == pytest.approx(1 / math.log2(3))
    assert found.mrr.mean == 0.5


def test_what_stands_after_the_tenth_place_counts_for_recall_at_100_only() -> None:
    found = row(a_set({"q": {"a": 1}}), [answer("q", *(f"x{number}" for number in range(10)), "a")])
    assert means(found)[:3] == (0, 0, 1)
    assert found.mrr.mean == pytest.approx(1 / 11)


def test_the_order_of_the_answer_decides_and_not_the_alphabet() -> None:
    judged = {"q": {"a": 1}}
    first, last = (row(a_set(judged), [answer("q", *ids)]) for ids in (("a", "b", "c"), ("b", "c", "a")))
    assert first.ndcg_10.mean > last.ndcg_10.mean


def test_a_query_that_finds_nothing_counts_as_nothing_found() -> None:
    found = row(a_set({"q": {"a": 1}, "r": {"a": 1}}), [answer("q", "a"), answer("r")])
    assert (found.ndcg_10.mean, found.mrr.mean, found.zero_results.mean) == (0.5, 0.5, 0.5)


def test_judgements_of_queries_that_were_not_asked_do_not_count() -> None:
    queries = QuerySet("titles", (Query("q", "q", "en"),), {"q": {"a": 1}, "other": {"a": 1}})
    assert row(queries, [answer("q", "a")]).ndcg_10.mean == 1


def test_a_document_judged_zero_is_no_answer() -> None:
    assert row(a_set({"q": {"a": 1, "b": 0}}), [answer("q", "b")]).recall_10.mean == 0


def test_the_time_is_the_median() -> None:
    judged = {name: {"a": 1} for name in "pqr"}
    answers = [answer(name, "a", milliseconds=took) for name, took in zip("pqr", (1, 5, 900), strict=True)]
    assert row(a_set(judged), answers).milliseconds == 5


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_interval_is_ordered_and_within_the_values(values: list[float]) -> None:
    low, high = interval(values)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


def test_the_interval_is_the_same_every_time_and_narrower_with_more_queries() -> None:
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 200
    assert interval(few) == interval(few)
    widths = [high - low for low, high in (interval(few), interval(many))]
    assert widths[0] > widths[1]


def test_a_query_that_nothing_answers_is_right_when_the_answer_says_so() -> None:
    asked = a_set({"q": {"a": 1}, "r": {}, "s": {}})
    declined = Answer("r", ("x",), 10, declined=True)
    found = row(asked, [answer("q", "a"), declined, answer("s", "x")])
    assert found.by_query == {"q": 1, "r": 1, "s": 0}
    assert found.declined.mean == 0


def test_a_false_alarm_is_told_of_queries_with_an_answer_only() -> None:
    asked = a_set({"q": {"a": 1}, "p": {"a": 1}, "r": {}})
    declined = [Answer(name, (), 10, declined=True) for name in "qr"]
    assert row(asked, [*declined, answer("p", "a")]).declined.mean == 0.5


def test_every_figure_has_an_interval() -> None:
    found = row(a_set({"q": {"a": 1}, "r": {"a": 1}}), [answer("q", "a"), answer("r", "x")])
    for figure in (found.ndcg_10, found.recall_10, found.recall_100, found.mrr, found.zero_results):
        assert figure.low <= figure.mean <= figure.high
    assert (found.ndcg_10.low, found.ndcg_10.high) == (0, 1)
