"""Answers with a goal are as the API's own description says."""

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.search_api.asking import SEARCH, Json, ask


def validator(api: FlaskClient) -> Draft202012Validator:
    document = ask(api, "/openapi.json")
    schema = document["paths"][SEARCH]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": document["components"]})


@pytest.mark.parametrize(
    "asked",
    [
        {"goal": "grow", "q": "carpenter"},
        {"goal": "grow", "q": "librarian"},
        {"goal": "pivot", "q": "web developer", "from": "graphiste", "lang": "fr"},
        {"goal": "current", "from": "carpenter or librarian"},
        {"goal": "pivot"},
    ],
    ids=lambda asked: " ".join(asked.values()),
)
def test_an_answer_with_a_goal_is_as_described(yard: FlaskClient, asked: Json) -> None:
    answer, held = ask(yard, **asked), validator(yard)
    assert [error.message for error in held.iter_errors(answer)] == []
    wrong = {**answer, "query": {**answer["query"], "goal": {**answer["query"]["goal"], "id": "rest"}}}
    assert not held.is_valid(wrong)


@pytest.mark.parametrize("name", ["goal", "from"])
def test_both_parameters_are_described_in_both_languages(yard: FlaskClient, name: str) -> None:
    parameters = ask(yard, "/openapi.json")["paths"][SEARCH]["get"]["parameters"]
    (found,) = [item for item in parameters if item["name"] == name]
    assert " / " in found["description"]
