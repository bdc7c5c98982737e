"""Institutions are met by what people call them."""

import pytest
from flask.testing import FlaskClient

from tests.search_api.asking import ask


@pytest.mark.parametrize(
    ("query", "institution"),
    [
        ("maple harbour", "maple-harbour-college"),
        ("two rivers", "two-rivers-institute"),
        ("Harfang University", "harfang-university"),
        ("collège bonnechère", "bonnechere-valley-college"),
        ("l'institut cedar shore", "cedar-shore-institute"),
        ("grands-pins", "college-des-grands-pins"),
    ],
)
def test_a_query_that_is_what_people_call_one_narrows_to_it(
    sample_api: FlaskClient, query: str, institution: str
) -> None:
    answer = ask(sample_api, q=query)
    assert {hit["institution"]["id"] for hit in answer["hits"]} == {institution}
    (limit,) = answer["query"]["limits"]
    assert (limit["parameter"], limit["value"], limit["applied"]) == ("institution", institution, True)


@pytest.mark.parametrize(
    ("query", "institution", "word"),
    [
        ("northgate forklift", "northgate-training-coop", "orklift"),
        ("riverbend bookkeeping", "riverbend-college", "ookk"),
    ],
)
def test_beside_other_words_it_puts_its_own_first_and_narrows_nothing(
    sample_api: FlaskClient, query: str, institution: str, word: str
) -> None:
    answer = ask(sample_api, q=query)
    first = answer["hits"][0]
    assert first["institution"]["id"] == institution
    assert word in first["title"]
    assert not any(limit["applied"] for limit in answer["query"]["limits"])
    assert {meaning["id"] for meaning in answer["query"]["meanings"]} >= {institution}


def test_a_part_of_a_name_alone_is_no_institution(sample_api: FlaskClient) -> None:
    assert ask(sample_api, q="maple")["query"]["limits"] == []


def test_the_limit_can_be_lifted(sample_api: FlaskClient) -> None:
    answer = ask(sample_api, q="two rivers", without="institution")
    assert len({hit["institution"]["id"] for hit in answer["hits"]}) > 1
