import datetime as dt

from mappings.contract import Contract
from search_api.filters import clauses
from search_api.search_request import Bound, Filter, Value

TODAY = "2026-11-24"


def narrowed(contract: Contract, name: str, *values: Value, bound: Bound | None = None) -> Filter:
    return Filter(contract.named(name), values, bound)


def test_several_values_of_one_filter_are_alternatives(contract: Contract) -> None:
    item = narrowed(contract, "subject", "languages", "data-ai")
    assert clauses([item], TODAY) == [{"terms": {"subject": ["languages", "data-ai"]}}]


def test_links_are_filtered_by_their_code_or_id(contract: Contract) -> None:
    items = [narrowed(contract, "occupations", "32111"), narrowed(contract, "tools", "autocad")]
    assert clauses(items, TODAY) == [{"terms": {"occupations.code": ["32111"]}}, {"terms": {"tools.id": ["autocad"]}}]


def test_both_bounds_of_a_number_are_one_range(contract: Contract) -> None:
    items = [narrowed(contract, "weeks", 2.0, bound="min"), narrowed(contract, "weeks", 8.0, bound="max")]
    assert clauses(items, TODAY) == [{"range": {"weeks": {"gte": 2.0, "lte": 8.0}}}]


def test_both_bounds_on_start_dates_are_one_range_so_that_one_start_lies_within_both(contract: Contract) -> None:
    items = [
        narrowed(contract, "starts", dt.date(2027, 6, 30), bound="before"),
        narrowed(contract, "starts", dt.date(2027, 6, 1), bound="after"),
    ]
    assert clauses(items, TODAY) == [{"range": {"starts": {"gte": "2027-06-01", "lte": "2027-06-30"}}}]


def test_a_bound_on_dates_never_reaches_back_before_today(contract: Contract) -> None:
    for bound in ("before", "after"):
        item = narrowed(contract, "starts", dt.date(2020, 1, 1), bound=bound)
        (clause,) = clauses([item], TODAY)
        assert clause["range"]["starts"]["gte"] == TODAY


def test_a_price_is_compared_in_canadian_dollars_only(contract: Contract) -> None:
    (clause,) = clauses([narrowed(contract, "cost", 500.0, bound="max")], TODAY)
    assert clause == {"range": {"cost_cad": {"lte": 500.0}}}


def test_without_filters_there_are_no_clauses() -> None:
    assert clauses([], TODAY) == []
