"""`/v1/suggest` as a caller meets it."""

import json
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from search_api.suggest.names import KINDS
from search_api.suggest.request import MOST
from tests.search_api.asking import SEARCH, Answers, Json, ask, problem_of
from tests.search_api.fault_proxy import FaultProxy
from tests.search_api.suggest.asking import SUGGEST, suggestions, texts

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TYPED = (
    "dental",
    "web d",
    "préposée",
    "soud",
    "first aid",
    "microsoft",
    "college",
    "gestion",
    "excel",
    "data",
    "collège",
)


@pytest.fixture(scope="module")
def answers(sample: FlaskClient) -> Answers:
    """Each asked for once: suggestions of both languages lead to the same searches."""
    return Answers(sample)


def clicked(answers: Answers, suggestion: Json) -> int:
    """How many listings it leads to."""
    if "parameters" in suggestion:
        assert suggestion["url"] == f"{SEARCH}?{urlencode(suggestion['parameters'])}"
        total: int = answers.ask(f"{suggestion['url']}&per_page=1")["total"]
        return total
    found = answers.ask(f"{suggestion['url']}?lang={suggestion['language']}")
    assert (found["id"], found["title"]) == (suggestion["id"], suggestion["text"])
    return 1


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_count_holds_when_clicked(sample: FlaskClient, answers: Answers, language: str) -> None:
    seen: dict[tuple[str, str], Json] = {}
    for query in (*LETTERS, *TYPED):
        for kind in KINDS:
            found = suggestions(sample, query, lang=language, types=kind, limit=MOST)
            seen |= {(one["type"], one["id"]): one for one in found}
    assert len(seen) > 500
    wrong = [one for one in seen.values() if clicked(answers, one) != one["count"]]
    assert wrong == []


def test_kinds_are_mixed(sample: FlaskClient) -> None:
    found = [one["type"] for one in suggestions(sample, "d", limit=10)]
    assert len(found) == 10
    assert max(found.count(kind) for kind in KINDS) <= 5


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("dental assis", "en", ("job_title", "33100", "dental assistant")),
        ("assistant dental", "en", ("job_title", "33100", "dental assistant")),
        ("PSW", "en", ("job_title", "33102", "PSW")),
        ("préposée aux bén", "fr", ("job_title", "33102", "préposée aux bénéficiaires")),
        ("preposee aux ben", "fr", ("job_title", "33102", "préposée aux bénéficiaires")),
        ("soins aux ainés", "fr", ("skill", "gerontology", "soins aux aînés")),
        ("weldr", "en", ("job_title", "72106", "welder")),
        ("soudeuse", "en", ("job_title", "72106", "soudeuse")),
        ("riverbend", "en", ("institution", "riverbend-college", "Riverbend College")),
        ("technologies de l'inf", "fr", ("subject", "information-technology", "Technologies de l'information")),
    ],
)  # fmt: skip
def test_what_is_meant_comes_first(sample: FlaskClient, query: str, language: str, first: tuple[str, str, str]) -> None:
    best = suggestions(sample, query, lang=language)[0]
    assert (best["type"], best["id"], best["text"]) == first


def test_one_target_is_suggested_once(sample: FlaskClient) -> None:
    found = [one["id"] for one in suggestions(sample, "soins aux", lang="fr", types="skill", limit=MOST)]
    assert found.count("gerontology") == 1


def test_only_the_wanted_types_come(sample: FlaskClient) -> None:
    found = suggestions(sample, "dental", types=["skill", "tool"])
    assert {one["type"] for one in found} == {"skill", "tool"}


def test_the_answer_says_its_query_and_language_and_may_be_kept(small_town: FlaskClient) -> None:
    response = small_town.get(SUGGEST, query_string={"q": " weld "}, headers={"Accept-Language": "fr-CA"})
    assert response.get_json() | {"suggestions": []} == {"query": "weld", "language": "fr", "suggestions": []}
    assert response.headers["Content-Language"] == "fr"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" in response.headers["Vary"]


def test_a_suggestion_has_all_that_is_needed_to_show_and_follow_it(small_town: FlaskClient) -> None:
    assert suggestions(small_town, "weldi", types="job_title") == [
        {
            "text": "welding fitter", "language": "en", "type": "job_title", "id": "72106", "detail": "welder",
            "count": 2, "parameters": {"occupation": "72106"}, "url": "/v1/credentials?occupation=72106",
            "highlights": [{"start": 0, "end": 5}],
        }
    ]  # fmt: skip


def test_a_hostile_title_is_given_as_it_is_written(small_town: FlaskClient) -> None:
    (found,) = suggestions(small_town, "pastry")
    assert found["text"] == '<script>alert("x")</script> Pastry & "Cakes"'


def test_what_says_nothing_finds_nothing(small_town: FlaskClient) -> None:
    assert suggestions(small_town, "…") == suggestions(small_town, "zzzz") == []


@pytest.mark.parametrize("query", ["", "q=", "q=a&q=b", "q=a&lang=de", "q=a&limit=21", "q=a&types=job", "q=a&page=2"])
def test_wrong_parameters_are_refused_by_name(small_town: FlaskClient, query: str) -> None:
    body = problem_of(small_town, 400, SUGGEST, query)
    assert body["type"] == "urn:problem:micro-credentials:invalid-parameters"
    assert len(body["errors"]) == 1


def test_an_engine_that_is_away_is_a_503_and_suggestions_are_back_with_it(
    shaky: FlaskClient, proxy: FaultProxy
) -> None:
    proxy.refuse()
    body = problem_of(shaky, 503, SUGGEST, "q=weld")
    assert body["type"] == "urn:problem:micro-credentials:engine-unavailable"
    proxy.restore()
    assert "welder" in texts(suggestions(shaky, "weld"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=100), st.sampled_from(["en", "fr"]))
def test_whatever_is_typed_is_answered(small_town: FlaskClient, text: str, language: str) -> None:
    response = small_town.get(f"{SUGGEST}?q={quote(text, errors='replace')}&lang={language}")
    assert response.status_code == 200, response.text


def test_the_document_describes_the_answer(small_town: FlaskClient) -> None:
    document = json.loads(small_town.get("/openapi.json").text)
    validate(document)
    operation = document["paths"][SUGGEST]["get"]
    names = {each["name"]: each for each in operation["parameters"]}
    assert set(names) == {"q", "lang", "limit", "types"}
    assert names["q"]["required"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    body = ask(small_town, SUGGEST, q="weld")
    Draft202012Validator({**schema, "components": document["components"]}).validate(body)
    assert body["suggestions"]
