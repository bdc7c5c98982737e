from typing import Any

from mappings.contract import Contract
from search_api.facets import counts_of, facets_body, total_of
from search_api.search_request import Filter

TODAY = "2026-11-24"
ALL: dict[str, Any] = {"match_all": {}}


def bucket(key: str, listings: int, offerings: int = 0, courses: int = 0) -> dict[str, Any]:
    """As the engine counts: listings, those of them that are offerings of repeated courses, and these courses."""
    return {"key": key, "doc_count": listings, "offerings": {"value": offerings}, "courses": {"value": courses}}


def test_a_facet_leaves_out_its_own_filter_and_keeps_the_others(contract: Contract) -> None:
    items = [Filter(contract.named("subject"), ("languages",)), Filter(contract.named("delivery"), ("online",))]
    found = facets_body(ALL, items, contract, TODAY)["aggs"]
    assert found["subject"]["filter"]["bool"]["filter"] == [{"terms": {"delivery": ["online"]}}]
    assert found["delivery"]["filter"]["bool"]["filter"] == [{"terms": {"subject": ["languages"]}}]
    assert len(found["level"]["filter"]["bool"]["filter"]) == len(found["total"]["filter"]["bool"]["filter"]) == 2


def test_every_facet_of_the_contract_is_counted_over_the_match_set_and_no_hit_is_fetched(contract: Contract) -> None:
    body = facets_body(ALL, [], contract, TODAY)
    assert (body["size"], body["query"]) == (0, ALL)
    assert set(body["aggs"]) == {"total", *(item.name for item in contract.with_role("facet"))}


def test_a_chosen_value_is_counted_even_where_it_is_not_among_the_most_frequent(contract: Contract) -> None:
    item = contract.named("skills")
    body = facets_body(ALL, [Filter(item, ("rare",))], contract, TODAY)
    assert body["aggs"]["skills"]["aggs"]["chosen"]["terms"]["include"] == ["rare"]
    frequent, chosen = bucket("often", 9), bucket("rare", 1)
    answer = {"aggregations": {"skills": {"values": {"buckets": [frequent]}, "chosen": {"buckets": [chosen]}}}}
    assert counts_of(answer, item) == [("often", 9), ("rare", 1)]


def test_a_value_that_is_frequent_and_chosen_is_listed_once(contract: Contract) -> None:
    often = {"buckets": [bucket("often", 9)]}
    answer = {"aggregations": {"skills": {"values": often, "chosen": often}}}
    assert counts_of(answer, contract.named("skills")) == [("often", 9)]


def test_a_flag_is_counted_by_its_name(contract: Contract) -> None:
    buckets = [{**bucket("1", 3), "key": 1, "key_as_string": "true"}]
    answer = {"aggregations": {"osap": {"values": {"buckets": buckets}}, "total": bucket("", 5)}}
    assert counts_of(answer, contract.named("osap")) == [("true", 3)]
    assert total_of(answer) == 5


def test_a_course_counts_once_and_the_order_is_by_courses(contract: Contract) -> None:
    buckets = [bucket("repeated", 9, offerings=8, courses=2), bucket("single", 4), bucket("also-single", 4)]
    answer = {"aggregations": {"subject": {"values": {"buckets": buckets}}, "total": bucket("", 13, 8, 2)}}
    assert counts_of(answer, contract.named("subject")) == [("also-single", 4), ("single", 4), ("repeated", 3)]
    assert total_of(answer) == 7
