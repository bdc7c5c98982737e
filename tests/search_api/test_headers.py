"""What goes with every answer: ids, languages, caches, safety, who may call from a browser, and one log line."""

import json
import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search_api.app import create_app
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from tests.search_api.asking import SEARCH

PORTAL = "https://portal.example"
PAGES = (SEARCH, f"{SEARCH}/forge.WELD-1", f"{SEARCH}?page=0", "/", "/?q=welder", "/docs", "/openapi.json", "/healthz",
         "/readyz", "/metrics", "/out", "/nowhere", "/static/page.css",
         "/docs/assets/js/swagger-ui-bundle.js")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_the_safety_headers_and_an_id(town: FlaskClient, path: str) -> None:
    headers = town.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert re.fullmatch(r"[0-9a-f]{32}", headers["X-Request-ID"])


def test_a_harmless_request_id_is_given_back(town: FlaskClient) -> None:
    assert town.get(SEARCH, headers={"X-Request-ID": "trace-1.A_b"}).headers["X-Request-ID"] == "trace-1.A_b"


@pytest.mark.parametrize("given", ["x" * 65, "a b", "a\nb", "abc\n", "<script>", '"', "é", "", "a;b", "\x00"])
def test_a_harmful_request_id_is_replaced(town: FlaskClient, given: str) -> None:
    response = town.get(SEARCH, environ_overrides={"HTTP_X_REQUEST_ID": given})
    assert response.status_code == 200
    assert re.fullmatch(r"[0-9a-f]{32}", response.headers["X-Request-ID"])


def test_the_answer_says_its_language_and_that_it_depends_on_the_callers(town: FlaskClient) -> None:
    for path in (SEARCH, "/", f"{SEARCH}?page=0"):
        response = town.get(path, headers={"Accept-Language": "fr-CA, en;q=0.3"})
        assert response.headers["Content-Language"] == "fr"
        assert "Accept-Language" in response.headers["Vary"]


def test_answers_may_be_kept_for_a_moment_and_problems_never(town: FlaskClient) -> None:
    assert "max-age=60" in town.get(SEARCH).headers["Cache-Control"]
    assert "max-age=60" in town.get(f"{SEARCH}/forge.WELD-1").headers["Cache-Control"]
    assert town.get(f"{SEARCH}?page=0").headers["Cache-Control"] == "no-store"


def test_long_answers_are_compressed_when_the_caller_can_read_that(town: FlaskClient) -> None:
    response = town.get(SEARCH, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]


def portal_app(settings: ReaderSettings, service: SearchService) -> Flask:
    return create_app(settings.model_copy(update={"cors_origins": (PORTAL, "https://two.example")}), service)


def test_only_portals_of_the_list_may_read_answers_in_a_browser(
    town_settings: ReaderSettings, town_service: SearchService
) -> None:
    api = portal_app(town_settings, town_service).test_client()
    allowed = api.get(SEARCH, headers={"Origin": PORTAL})
    assert allowed.headers["Access-Control-Allow-Origin"] == PORTAL
    assert "X-Request-ID" in allowed.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    for origin in ("https://evil.example", "https://portal.example.evil.example", "http://portal.example", "null"):
        assert "Access-Control-Allow-Origin" not in api.get(SEARCH, headers={"Origin": origin}).headers
    refused = api.get(f"{SEARCH}?page=0", headers={"Origin": PORTAL})
    assert refused.headers["Access-Control-Allow-Origin"] == PORTAL


def test_a_browsers_question_beforehand_is_answered_with_reading_only(
    town_settings: ReaderSettings, town_service: SearchService
) -> None:
    api = portal_app(town_settings, town_service).test_client()
    asked = {"Origin": PORTAL, "Access-Control-Request-Method": "GET"}
    allowed = api.options(SEARCH, headers=asked).headers["Access-Control-Allow-Methods"]
    assert {name.strip() for name in allowed.split(",")} == {"GET", "HEAD", "OPTIONS"}


def preflight(api: FlaskClient, path: str, method: str, *headers: str) -> dict[str, set[str]]:
    """What a browser of the portal is told beforehand: methods and headers it may use."""
    asked = {"Origin": PORTAL, "Access-Control-Request-Method": method}
    response = api.options(path, headers={**asked, "Access-Control-Request-Headers": ", ".join(headers)})
    told = {name: response.headers.get(f"Access-Control-Allow-{name}", "") for name in ("Methods", "Headers")}
    return {name: {each.strip().lower() for each in value.split(",")} - {""} for name, value in told.items()}


def test_a_browser_may_post_json_where_a_plan_is_asked_for_and_nowhere_else(
    town_settings: ReaderSettings, town_service: SearchService
) -> None:
    api = portal_app(town_settings, town_service).test_client()
    assert preflight(api, "/v1/plans", "POST", "Content-Type") == {
        "Methods": {"post", "options"}, "Headers": {"content-type"},
    }  # fmt: skip
    assert preflight(api, "/v1/plans", "POST", "Authorization")["Headers"] == set()
    for path in (SEARCH, f"{SEARCH}/x", "/v1/plans/x", "/v1/suggest", "/v1/occupations", "/"):
        assert "post" not in preflight(api, path, "POST", "Content-Type")["Methods"]


def test_an_answer_to_a_post_and_its_refusal_may_be_read_by_a_portal_of_the_list_only(
    town_settings: ReaderSettings, town_service: SearchService
) -> None:
    api = portal_app(town_settings, town_service).test_client()
    for status, sent in ((200, {"json": {"target": "72106"}}), (400, {"json": {}}), (415, {"data": "x"})):
        for origin, allowed in ((PORTAL, PORTAL), ("https://evil.example", None)):
            response = api.post("/v1/plans", headers={"Origin": origin}, **sent)
            assert response.status_code == status
            assert response.headers.get("Access-Control-Allow-Origin") == allowed


def test_without_a_list_no_portal_may_read(town: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in town.get(SEARCH, headers={"Origin": PORTAL}).headers


def test_origins_stand_in_their_variable_parted_by_spaces() -> None:
    assert ReaderSettings.model_validate({"cors_origins": f"{PORTAL}  https://two.example "}).cors_origins == (
        PORTAL, "https://two.example",
    )  # fmt: skip
    assert ReaderSettings.model_validate({"cors_origins": (PORTAL,)}).cors_origins == (PORTAL,)


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ORIGINS", f"{PORTAL} https://two.example")
    monkeypatch.setenv("INDEX_PREFIX", "mine")
    settings = ReaderSettings()
    assert (settings.cors_origins, settings.index_prefix) == ((PORTAL, "https://two.example"), "mine")


def test_one_line_is_logged_for_each_request_and_never_the_query(
    town: FlaskClient, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    capsys.readouterr()
    town.get(
        f"{SEARCH}?q=secretword+jane&institution=secretplace&secretname=1&lang=fr", headers={"X-Request-ID": "id-1"}
    )
    town.get(f"{SEARCH}?q=secretword+jane&institution=secretplace", headers={"X-Request-ID": "id-2"})
    town.get("/?q=secretword")
    town.get(f"{SEARCH}/secretlisting")
    town.get("/secretpath?secretname=secretword")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert "secret" not in "".join(lines) + caplog.text
    first, second, _page, listing, nowhere = map(json.loads, lines)
    assert (first["status"], second["status"], listing["status"], nowhere["status"]) == (400, 200, 404, 404)
    assert first["parameters"] == ["institution", "lang", "q"]
    assert (second["request_id"], second["query_characters"], second["language"]) == ("id-2", 15, "en")
    assert (second["route"], listing["route"], nowhere["route"]) == (SEARCH, f"{SEARCH}/<id>", None)
    assert second["ms"] >= 0


def test_probes_are_not_logged(town: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    town.get("/healthz")
    town.get("/readyz")
    town.get("/metrics")
    assert capsys.readouterr().out == ""


def test_the_level_of_logging_is_a_setting(
    town_settings: ReaderSettings, town_service: SearchService, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet = create_app(town_settings.model_copy(update={"log_level": "error"}), town_service).test_client()
    capsys.readouterr()
    quiet.get(SEARCH)
    assert capsys.readouterr().out == ""
    create_app(town_settings, town_service)
