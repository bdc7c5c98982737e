"""Codes are read as what they stand for, alone or behind the name of their list."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search_api.codes import code_query, noc_code
from tests.search_api.asking import ask


@pytest.mark.parametrize("text", ["72106", "NOC 72106", "cnp: 72106", "code CNP 72106", "NOC code #72106", " 72106 "])
def test_a_noc_code_may_be_called_one(text: str) -> None:
    assert noc_code(text) == "72106"


@pytest.mark.parametrize("text", ["7210", "721066", "72106 welder", "NOC", "", "cost 72106"])
def test_another_text_is_none(text: str) -> None:
    assert noc_code(text) is None


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("51.0602", {"term": {"cip": "51.0602"}}),
        ("CIP 51.0602", {"term": {"cip": "51.0602"}}),
        ("CPE 51.06", {"prefix": {"cip": "51.06"}}),
        ("mh-104", {"wildcard": {"id": {"value": "*.mh-104", "case_insensitive": True}}}),
    ],
)
def test_codes_of_fields_and_listings_are_sought_where_they_stand(text: str, clause: dict[str, object]) -> None:
    assert code_query(text) == clause


@pytest.mark.parametrize("text", ["welding", "2027", "MH 104", "a*1", "c?1", "51.6", "", "x1"])
def test_words_numbers_and_wildcards_are_no_codes(text: str) -> None:
    assert code_query(text) is None


@given(st.text(max_size=60))
def test_no_text_smuggles_a_wildcard_in(text: str) -> None:
    found = code_query(text)
    if found and "wildcard" in found:
        assert found["wildcard"]["id"]["value"][1:].isascii()
        assert not set("*?\\") & set(found["wildcard"]["id"]["value"][1:])


def test_a_noc_code_finds_what_leads_to_the_occupation(sample_api: FlaskClient) -> None:
    answer = ask(sample_api, q="NOC 33102")
    (meaning,) = (one for one in answer["query"]["meanings"] if one["type"] == "occupation")
    assert (meaning["id"], meaning["basis"], answer["suitable"]) == ("33102", "exact", True)
    assert all("33102" in {one["code"] for one in hit["occupations"]} for hit in answer["hits"][:2])
    assert answer["query"]["text"] == "NOC 33102"


def test_a_code_nothing_is_known_of_is_searched_as_it_stands(sample_api: FlaskClient) -> None:
    answer = ask(sample_api, q="99999")
    assert answer["query"]["meanings"] == []
    assert not answer["suitable"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_listings_own_code_finds_it_first(sample_api: FlaskClient, language: str) -> None:
    answer = ask(sample_api, q="mh-104", lang=language)
    assert answer["hits"][0]["id"] == "maple-harbour-college.MH-104"
    assert answer["suitable"]


def test_a_code_of_a_field_of_study_finds_all_that_carry_it_first(sample_api: FlaskClient) -> None:
    hits = ask(sample_api, q="51.0602")["hits"]
    carried = [hit.get("cip") == "51.0602" for hit in hits]
    assert carried[0]
    assert carried == sorted(carried, reverse=True)
