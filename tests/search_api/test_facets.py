from typing import Any

from mappings.contract import Contract
from search_api.facets import counts_of, facets_body, total_of
from search_api.search_request import Filter

TODAY = "2026-11-24"
ALL: dict[str, Any] = {"match_all": {}}


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
    frequent, chosen = {"key": "often", "doc_count": 9}, {"key": "rare", "doc_count": 1}
    answer = {"aggregations": {"skills": {"values": {"buckets": [frequent]}, "chosen": {"buckets": [chosen]}}}}
    assert counts_of(answer, item) == [("often", 9), ("rare", 1)]


def test_a_value_that_is_frequent_and_chosen_is_listed_once(contract: Contract) -> None:
    bucket = {"key": "often", "doc_count": 9}
    answer = {"aggregations": {"skills": {"values": {"buckets": [bucket]}, "chosen": {"buckets": [bucket]}}}}
    assert counts_of(answer, contract.named("skills")) == [("often", 9)]


def test_a_flag_is_counted_by_its_name(contract: Contract) -> None:
    buckets = [{"key": 1, "key_as_string": "true", "doc_count": 3}]
    answer = {"aggregations": {"osap": {"values": {"buckets": buckets}}, "total": {"doc_count": 5}}}
    assert counts_of(answer, contract.named("osap")) == [("true", 3)]
    assert total_of(answer) == 5
