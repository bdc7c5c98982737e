"""What is still to be judged is listed without telling what found it."""

import yaml

from tests.relevance.golden import golden_queries
from tests.relevance.measures import Answer
from tests.relevance.pool import DEPTH, pooled, sheet


def test_each_unjudged_listing_is_there_once_however_many_ways_found_it() -> None:
    found = pooled([Answer("q", ("a", "b", "c"), 0), Answer("q", ("c", "d"), 0)], {"q": {"b": 2}})
    assert sorted(found["q"]) == ["a", "c", "d"]


def test_only_the_best_of_each_way_are_pooled() -> None:
    ids = tuple(f"x{number:02}" for number in range(DEPTH + 5))
    assert sorted(pooled([Answer("q", ids, 0)], {"q": {}})["q"]) == list(ids[:DEPTH])


def test_the_order_tells_nothing_and_is_the_same_every_time() -> None:
    ids = tuple(f"x{number}" for number in range(10))
    once, again = (pooled([Answer("q", way, 0)], {"q": {}}) for way in (ids, tuple(reversed(ids))))
    assert once == again
    assert once["q"] not in (list(ids), list(reversed(ids)))


def test_the_sheet_names_the_listings_of_queries_that_have_some() -> None:
    first, second, *_ = golden_queries()
    found = yaml.safe_load(sheet({first.id: ["a"], second.id: []}, {"a": "Title"}, golden_queries()))
    assert found == [{"id": first.id, "text": first.text, "to_judge": {"a": "Title"}}]
