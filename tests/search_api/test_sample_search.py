"""Searches over the sample catalogue: one match set behind total, facets and pages."""

from itertools import combinations
from typing import Any

import pytest
from flask.testing import FlaskClient

from mappings.contract import Contract
from search_api.ranking import RANKING
from tests.search_api.asking import Json, ask, counts, ids, walk

# Scores have four digits in an answer.
ROUNDING = 1e-4
QUERIES: tuple[Json, ...] = (
    {"q": ""},
    {"q": "dental hygienist"},
    {"q": "gestion de projet", "lang": "fr"},
    {"q": "welding and metal fabrication for beginners"},
    {"q": "Excel", "delivery": "online"},
    {"q": "caring for older people", "cost_max": 500},
    {"q": "", "sort": "cost"},
    {"q": "management", "sort": "-starts"},
    {"q": "safety", "sort": "title", "lang": "fr"},
)
names = [" ".join(map(str, query.values())) for query in QUERIES]


@pytest.mark.parametrize("query", QUERIES, ids=names)
def test_all_pages_of_seven_are_one_big_page_without_a_listing_twice_or_missing(
    sample_api: FlaskClient, query: Json
) -> None:
    total = ask(sample_api, **query)["total"]
    assert total > 0
    small, big = walk(sample_api, 7, **query), walk(sample_api, 100, **query)
    assert small == big
    assert len(set(small)) == len(small) == total


@pytest.mark.parametrize("query", QUERIES[:4], ids=names[:4])
def test_the_same_search_gives_the_same_answer_again(sample_api: FlaskClient, query: Json) -> None:
    first, again = ask(sample_api, **query), ask(sample_api, **query)
    assert first | {"took_ms": 0} == again | {"took_ms": 0}


@pytest.mark.parametrize("other", [{}, {"delivery": "online"}, {"cost_max": 400, "language": "en"}], ids=str)
@pytest.mark.parametrize("query", ["dental hygienist", "project management", "soudage"])
def test_each_facet_count_is_the_total_that_choosing_the_value_gives(
    sample_api: FlaskClient, query: str, other: dict[str, Any]
) -> None:
    answer = ask(sample_api, q=query, **other)
    assert other or answer["total"] > 0
    for facet in answer["facets"]:
        rest = {name: value for name, value in other.items() if name != facet["parameter"]}
        for value in facet["values"]:
            chosen = ask(sample_api, q=query, per_page=1, **{**rest, facet["parameter"]: value["value"]})
            assert chosen["total"] == value["count"], (facet["name"], value["value"])


@pytest.mark.parametrize("name", ["delivery", "language", "level"])
def test_a_value_that_is_not_counted_would_find_nothing(sample_api: FlaskClient, contract: Contract, name: str) -> None:
    values = {choice.id for choice in contract.choices_of(contract.named(name))}
    for chosen in values:
        answer = ask(sample_api, q="project management", **{name: chosen})
        for value in values - set(counts(answer, name)):
            assert ask(sample_api, q="project management", **{name: value})["total"] == 0, (chosen, value)


def test_facet_counts_of_browsing_are_totals_too_and_values_of_a_field_with_one_value_add_up(
    sample_api: FlaskClient,
) -> None:
    answer = ask(sample_api)
    for name, parameter in (("delivery", "delivery"), ("institution.id", "institution"), ("osap", "osap")):
        for value, count in counts(answer, name).items():
            assert ask(sample_api, per_page=1, **{parameter: value})["total"] == count
    assert sum(counts(answer, "institution.id").values()) == answer["total"]


def test_a_second_value_of_a_facet_adds_its_count(sample_api: FlaskClient) -> None:
    before = ask(sample_api, q="management", delivery="online")
    with_second = ask(sample_api, q="management", delivery=["online", "hybrid"])
    assert with_second["total"] == before["total"] + counts(before, "delivery")["hybrid"]
    assert counts(with_second, "delivery") == counts(before, "delivery")


def scores(api: FlaskClient, **parameters: str) -> dict[str, float]:
    """By id, in the order of the whole answer."""
    total, found = ask(api, **parameters)["total"], dict[str, float]()
    for page in range(1, -(-total // 100) + 1):
        found |= {hit["id"]: hit["score"] for hit in ask(api, page=page, per_page=100, **parameters)["hits"]}
    assert len(found) == total
    return found


def test_a_filter_never_adds_a_listing_and_keeps_the_order_of_the_rest(sample_api: FlaskClient) -> None:
    whole = scores(sample_api, q="management")
    narrowed = scores(sample_api, q="management", delivery="online")
    assert narrowed.items() <= whole.items()
    assert len(narrowed) > 20
    # Where scores tie, institutions take turns, and who is there to take one depends on the filter.
    for found in (whole, narrowed):
        assert all(low <= high + RANKING.tie + ROUNDING for high, low in combinations(found.values(), 2))


def test_every_facet_value_has_a_label_of_its_own(sample_api: FlaskClient) -> None:
    for lang in ("en", "fr"):
        for facet in ask(sample_api, lang=lang)["facets"]:
            labels = [value["label"] for value in facet["values"]]
            assert all(labels), facet["name"]
            assert len(labels) == len(facet["values"])


def test_every_hit_of_a_search_has_a_reason(sample_api: FlaskClient) -> None:
    for query in QUERIES:
        if query["q"]:
            for hit in ask(sample_api, **query)["hits"]:
                assert hit["reasons"], (query, hit["id"])


def test_a_page_after_the_last_is_empty_and_says_the_same_total(sample_api: FlaskClient) -> None:
    first = ask(sample_api, q="welding")
    after = ask(sample_api, q="welding", page=first["pages"] + 1)
    assert (ids(after), after["total"], after["pages"]) == ([], first["total"], first["pages"])


def test_the_graph_of_a_large_index_keeps_total_and_pages_together(sample_api: FlaskClient, sample_graph: Any) -> None:
    for query in ("dental hygienist", "caring for older people", "gestion de projet"):
        answer = ask(sample_graph, q=query)
        assert len(set(walk(sample_graph, 7, q=query))) == answer["total"]
        assert answer["total"] == ask(sample_api, q=query)["total"]
