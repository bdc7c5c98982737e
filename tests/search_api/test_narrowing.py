"""Limits said in a query narrow the search, are shown, and can be set aside."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from mappings.yaml_file import read_yaml
from tests.search_api.asking import Json, ask

SENTENCES: dict[str, Any] = read_yaml(Path(__file__).with_name("sentences.yml"))
LEAST_RIGHT = 0.9


def applied(answer: Json) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for limit in answer["query"]["limits"]:
        if limit["applied"]:
            found.setdefault(limit["parameter"], set()).add(limit["value"])
    return found


def test_what_is_said_is_a_filter_and_the_rest_is_what_is_sought(sample_api: FlaskClient) -> None:
    answer = ask(sample_api, q="bookkeeping courses online under $500")
    assert applied(answer) == {"delivery": {"online"}, "cost_max": {"500"}}
    assert answer["query"]["core"] == "bookkeeping"
    assert [found["id"] for found in answer["query"]["meanings"]] == ["bookkeeping"]
    assert answer["total"] == ask(sample_api, q="bookkeeping", delivery="online", cost_max=500)["total"] > 0
    assert all(hit["delivery"]["id"] == "online" and hit["cost"] <= 500 for hit in answer["hits"])


def test_words_of_a_limit_set_aside_are_words_again_but_an_amount_never_is(sample_api: FlaskClient) -> None:
    asked = "bookkeeping courses online under $500"
    assert ask(sample_api, q=asked, without="delivery")["query"]["core"] == "bookkeeping online"
    assert ask(sample_api, q=asked, without="cost_max")["query"]["core"] == "bookkeeping"


def test_a_limit_can_be_set_aside(sample_api: FlaskClient) -> None:
    answer = ask(sample_api, q="bookkeeping courses under $500", without=["cost_max"])
    assert applied(answer) == {}
    assert answer["total"] == ask(sample_api, q="bookkeeping")["total"]


def test_a_filter_of_the_callers_own_goes_above_what_is_said(sample_api: FlaskClient) -> None:
    answer = ask(sample_api, q="bookkeeping under $500", cost_max=50)
    assert applied(answer) == {}
    assert answer["total"] == ask(sample_api, q="bookkeeping", cost_max=50)["total"]


def test_nothing_but_limits_is_browsing(sample_api: FlaskClient) -> None:
    answer = ask(sample_api, q="cours en ligne gratuits", lang="fr")
    assert answer["query"]["core"] == ""
    assert answer["total"] == ask(sample_api, delivery="online", cost_max=0)["total"] > 0
    assert any("En ligne" in limit["label"] for limit in answer["query"]["limits"])


@pytest.mark.parametrize("name", ["q", "page", "nothing"])
def test_only_filters_can_be_set_aside(sample_api: FlaskClient, name: str) -> None:
    response = sample_api.get("/v1/credentials", query_string={"q": "welder", "without": name})
    assert response.status_code == 400


def test_the_page_offers_to_remove_what_was_applied_and_to_add_what_was_not(sample_api: FlaskClient) -> None:
    page = sample_api.get("/", query_string={"q": "welding evening courses near Sudbury"}).get_data(as_text=True)
    assert "without=schedule" in page
    assert "city=Sudbury" in page


def right(sentence: dict[str, Any], answer: Json) -> bool:
    named = {(found["type"], found["id"]) for found in answer["query"]["meanings"]}
    occupations = {identifier for kind, identifier in named if kind == "occupation"}
    terms = {identifier for kind, identifier in named if kind != "occupation"}
    return occupations >= set(sentence.get("occupation", ())) and terms >= set(sentence.get("terms", ()))


def test_nine_sentences_in_ten_are_understood(sample_api: FlaskClient) -> None:
    wrong = []
    for sentence in SENTENCES["sentences"]:
        answer = ask(sample_api, q=sentence["text"], lang=sentence["language"], per_page=1)
        if not right(sentence, answer):
            wrong.append((sentence["text"], answer["query"]["core"], [x["id"] for x in answer["query"]["meanings"]]))
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(SENTENCES["sentences"]), wrong
