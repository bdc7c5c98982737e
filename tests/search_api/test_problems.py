"""Errors as callers see them: RFC 9457 problem details for programs, pages for people."""

import flask
import pytest
from flask.testing import FlaskClient

from search_api.app import create_app
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from tests.search_api.asking import SEARCH, problem_of


def test_every_wrong_parameter_is_named_in_one_problem(town: FlaskClient) -> None:
    body = problem_of(town, 400, query="q=a&q=b&page=0&cost_max=nan&instituton=x&subject=nonsense&per_page=101")
    named = {error["parameter"] for error in body["errors"]}
    assert named == {"q", "page", "cost_max", "instituton", "subject", "per_page"}
    assert body["type"] == "urn:problem:micro-credentials:invalid-parameters"
    assert body["instance"] == SEARCH
    assert all(name in body["detail"] for name in named)


@pytest.mark.parametrize(
    ("query", "headers", "title"),
    [
        ("page=0", {}, "Some parameters cannot be used"),
        ("page=0&lang=fr", {}, "Certains paramètres sont inutilisables"),
        ("page=0", {"Accept_Language": "fr-CA,en;q=0.5"}, "Certains paramètres sont inutilisables"),
        ("page=0&lang=en", {"Accept_Language": "fr"}, "Some parameters cannot be used"),
        ("lang=de", {"Accept_Language": "fr"}, "Certains paramètres sont inutilisables"),
    ],
)
def test_a_problem_speaks_the_callers_language(
    town: FlaskClient, query: str, headers: dict[str, str], title: str
) -> None:
    assert problem_of(town, 400, query=query, **headers)["title"] == title


@pytest.mark.parametrize("query", ["page=11&per_page=100", "page=51", "page=1000&per_page=100"])
def test_a_page_beyond_the_first_thousand_results_is_refused(town: FlaskClient, query: str) -> None:
    (error,) = problem_of(town, 400, query=query)["errors"]
    assert error["parameter"] == "page"
    assert "1000" in error["reason"]


def test_the_last_page_of_the_first_thousand_can_be_opened(town: FlaskClient) -> None:
    assert town.get(f"{SEARCH}?page=143&per_page=7").status_code == 200
    problem_of(town, 400, query="page=144&per_page=7")


def test_a_parameter_with_another_case_is_refused_with_the_right_one(town: FlaskClient) -> None:
    (error,) = problem_of(town, 400, query="Cost_Max=5")["errors"]
    assert error["suggestion"] == "cost_max"
    assert "Did you mean cost_max?" in error["reason"]


@pytest.mark.parametrize(
    "path", ["/v2", "/v1/credentials/", "/v1/credentials/a/b", "/docs/assets/none.js", "/static/x"]
)
def test_an_address_that_is_not_there_is_a_404_problem(town: FlaskClient, path: str) -> None:
    assert problem_of(town, 404, path)["type"] == "urn:problem:micro-credentials:not-found"


def test_no_file_outside_the_documentation_can_be_fetched(town: FlaskClient) -> None:
    for path in ("../__init__.py", "..%2f..%2f__init__.py", "%2e%2e/__init__.py", "/etc/passwd"):
        assert town.get(f"/docs/assets/{path}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_service_is_read_only(town: FlaskClient, method: str) -> None:
    response = town.open(SEARCH, method=method)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.content_type == "application/problem+json"
    assert "Allow" in response.get_json()["detail"]
    assert "GET" in response.headers["Allow"]


def test_a_head_request_has_the_headers_only(town: FlaskClient) -> None:
    response = town.head(f"{SEARCH}?q=welder")
    assert (response.status_code, response.data) == (200, b"")


def test_any_other_refusal_of_the_protocol_is_a_problem_too(
    town_settings: ReaderSettings, town_service: SearchService
) -> None:
    app = create_app(town_settings, town_service)
    app.add_url_rule("/teapot", "teapot", lambda: flask.abort(418))
    body = problem_of(app.test_client(), 418, "/teapot")
    assert (body["type"], body["detail"]) == ("about:blank", "I'm a Teapot")


def test_an_answer_that_stands_in_for_an_error_goes_through(
    town_settings: ReaderSettings, town_service: SearchService
) -> None:
    app = create_app(town_settings, town_service)
    app.add_url_rule("/ready", "ready", lambda: flask.abort(flask.Response("made", 202)))
    response = app.test_client().get("/ready")
    assert (response.status_code, response.text) == (202, "made")


def test_a_redirect_goes_through(town_settings: ReaderSettings, town_service: SearchService) -> None:
    app = create_app(town_settings, town_service)
    app.add_url_rule("/folder/", "folder", lambda: "here")
    response = app.test_client().get("/folder")
    assert response.status_code == 308
    assert response.headers["Location"].endswith("/folder/")


def test_a_fault_of_ours_is_told_by_its_request_id_only_and_logged_without_the_query(
    town_settings: ReaderSettings,
    town_service: SearchService,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    word = "drowterces"[::-1]  # a trace quotes lines of code, which are no query

    nothing: dict[str, str] = {}

    def broken(_request: object) -> None:
        try:
            nothing[word]
        except KeyError as cause:
            raise ValueError(word) from cause

    api = create_app(town_settings, town_service).test_client()
    monkeypatch.setattr(town_service, "search", broken)
    body = problem_of(api, 500, query="q=" + word)
    assert body["request_id"] in body["detail"]
    log = capsys.readouterr().out
    assert word not in log + str(body)
    assert "KeyError" in log
    assert "ValueError" in log
    assert "test_problems.py" in log
    page = api.get("/?q=" + word, headers={"Accept": "text/html"})
    assert page.status_code == 500
    assert page.mimetype == "text/html"


def test_a_browser_gets_a_page_and_a_program_a_problem_for_the_same_mistake(town: FlaskClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = town.get("/nowhere", headers={"Accept": browser})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    for accept in ("application/json", "*/*", ""):
        assert town.get("/nowhere", headers={"Accept": accept}).mimetype == "application/problem+json"
    assert town.get("/v1/nowhere", headers={"Accept": browser}).mimetype == "application/problem+json"
