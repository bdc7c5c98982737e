"""The API's own description is valid, complete, and true of real answers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from mappings.contract import Contract
from search_api.app import create_app
from search_api.parameters import sort_names
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from tests.search_api.asking import SEARCH, Json

OCCUPATIONS, PLANS, SUGGEST = "/v1/occupations", "/v1/plans", "/v1/suggest"

STATIC = Path(__file__).resolve().parents[2] / "search_api" / "static"
ELSEWHERE = re.compile(r"""(?:src|href|url)\s*[=(:]\s*["']?(?:https?:)?//[^"')]+""", re.IGNORECASE)


@pytest.fixture(scope="session")
def document(town_settings: ReaderSettings, town_service: SearchService) -> Json:
    public = create_app(town_settings.model_copy(update={"experiments": False}), town_service).test_client()
    body: Json = public.get("/openapi.json").get_json()
    return body


def parameters_of(document: Json, path: str) -> dict[str, Json]:
    return {item["name"]: item for item in document["paths"][path]["get"]["parameters"]}


def documented_schema(document: Json, path: str, status: int, kind: str) -> Json:
    schema: Json = document["paths"][path]["get"]["responses"][str(status)]["content"][kind]["schema"]
    return {**schema, "components": document["components"]}


def test_the_document_is_valid(document: Json) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_parameter_of_a_search_is_described_in_both_languages_with_its_limits(
    document: Json, contract: Contract
) -> None:
    found = parameters_of(document, SEARCH)
    filters = {name for item in contract.fields for name in item.parameters}
    assert set(found) == {"q", "lang", "page", "per_page", "sort", "region", "without", "goal", "from", *filters}
    assert all(" / " in item["description"] and item["in"] == "query" for item in found.values())
    assert found["q"]["schema"]["maxLength"] == 200
    assert (found["per_page"]["schema"]["maximum"], found["page"]["schema"]["minimum"]) == (100, 1)
    assert found["sort"]["schema"]["enum"] == list(sort_names(contract))
    assert found["subject"]["schema"]["items"]["enum"] == [choice.id for choice in contract.choices["subjects"]]
    assert not any(item.get("required") for item in found.values())


def test_every_operation_has_a_name_a_summary_and_its_problems(document: Json) -> None:
    ours = {SEARCH, f"{SEARCH}/{{id}}", OCCUPATIONS, f"{OCCUPATIONS}/{{noc}}", PLANS, SUGGEST, "/out"}
    ours |= {"/healthz", "/readyz", "/metrics"}
    assert set(document["paths"]) == ours
    operations = [path["post" if name == PLANS else "get"] for name, path in document["paths"].items()]
    assert {each["operationId"] for each in operations} == {
        "searchCredentials", "getCredential", "findOccupations", "getOccupation", "planCredentials", "suggest",
        "followLink", "getHealth", "getReadiness", "getMetrics",
    }  # fmt: skip
    assert all(" / " in each["summary"] for each in operations)
    search = document["paths"][SEARCH]["get"]["responses"]
    assert set(search) == {"200", "400", "500", "503"}
    for path in (f"{SEARCH}/{{id}}", f"{OCCUPATIONS}/{{noc}}"):
        assert set(document["paths"][path]["get"]["responses"]) == {"200", "400", "404", "500", "503"}
    assert all("application/problem+json" in search[status]["content"] for status in ("400", "500", "503"))


REAL: tuple[tuple[str, str, int, str], ...] = (
    (SEARCH, SEARCH, 200, "application/json"),
    (SEARCH, f"{SEARCH}?q=welder", 200, "application/json"),
    (SEARCH, f"{SEARCH}?q=pastry&sort=cost&lang=fr&cost_max=5000", 200, "application/json"),
    (SEARCH, f"{SEARCH}?q=zzzzzz&institution=nobody", 200, "application/json"),
    (SEARCH, f"{SEARCH}?page=0&cots=1", 400, "application/problem+json"),
    (f"{SEARCH}/{{id}}", f"{SEARCH}/forge.WELD-1", 200, "application/json"),
    (SEARCH, f"{SEARCH}?q=welder&goal=grow", 200, "application/json"),
    (SEARCH, f"{SEARCH}?goal=pivot&from=welder&lang=fr", 200, "application/json"),
    (SEARCH, f"{SEARCH}?goal=other", 400, "application/problem+json"),
    (f"{SEARCH}/{{id}}", f"{SEARCH}/forge.NONE-11", 200, "application/json"),
    (f"{SEARCH}/{{id}}", f"{SEARCH}/atelier.SOUD-2?lang=fr", 200, "application/json"),
    (f"{SEARCH}/{{id}}", f"{SEARCH}/none", 404, "application/problem+json"),
    (OCCUPATIONS, OCCUPATIONS, 200, "application/json"),
    (OCCUPATIONS, f"{OCCUPATIONS}?q=welder&lang=fr&region=3530", 200, "application/json"),
    (OCCUPATIONS, f"{OCCUPATIONS}?region=1&titel=x", 400, "application/problem+json"),
    (f"{OCCUPATIONS}/{{noc}}", f"{OCCUPATIONS}/72106", 200, "application/json"),
    (f"{OCCUPATIONS}/{{noc}}", f"{OCCUPATIONS}/00013?lang=fr", 200, "application/json"),
    (f"{OCCUPATIONS}/{{noc}}", f"{OCCUPATIONS}/99999", 404, "application/problem+json"),
    ("/out", "/out?listing=forge.CAD-10", 400, "application/problem+json"),
    (f"{SEARCH}/{{id}}", f"{SEARCH}/forge.CAD-10", 200, "application/json"),
    ("/healthz", "/healthz", 200, "application/json"),
    ("/readyz", "/readyz", 200, "application/json"),
)


@pytest.mark.parametrize(("path", "address", "status", "kind"), REAL, ids=[each[1] for each in REAL])
def test_a_real_answer_is_as_described(
    town: FlaskClient, document: Json, path: str, address: str, status: int, kind: str
) -> None:
    response = town.get(address)
    assert (response.status_code, response.content_type) == (status, kind)
    validator = Draft202012Validator(documented_schema(document, path, status, kind))
    assert [error.message for error in validator.iter_errors(response.get_json())] == []


def test_the_description_would_notice_a_wrong_answer(town: FlaskClient, document: Json) -> None:
    validator = Draft202012Validator(documented_schema(document, SEARCH, 200, "application/json"))
    good = town.get(SEARCH).get_json()
    assert not validator.is_valid({**good, "total": "many"})
    assert not validator.is_valid({**good, "surprise": 1})
    assert not validator.is_valid({**good, "hits": [{**good["hits"][0], "costs": 1}]})


def test_answers_over_the_whole_sample_are_as_described(sample_api: FlaskClient, document: Json) -> None:
    validator = Draft202012Validator(documented_schema(document, SEARCH, 200, "application/json"))
    for lang in ("en", "fr"):
        for page in range(1, 5):
            body = sample_api.get(SEARCH, query_string={"per_page": 100, "page": page, "lang": lang}).get_json()
            assert [error.message for error in validator.iter_errors(body)] == []


def test_legs_are_described_only_where_they_can_be_chosen(town: FlaskClient, document: Json) -> None:
    assert "legs" in parameters_of(town.get("/openapi.json").get_json(), SEARCH)
    assert "legs" not in parameters_of(document, SEARCH)


def referred(html: str) -> Iterator[str]:
    yield from re.findall(r"""(?:src|href)=["']([^"']+)["']""", html)


def test_the_documentation_page_needs_no_other_site_and_all_it_needs_is_served(town: FlaskClient) -> None:
    for lang in ("en", "fr"):
        html = town.get(f"/docs?lang={lang}").text
        assert not ELSEWHERE.search(html)
        for address in referred(html):
            response = town.get(address, buffered=True)
            assert response.status_code == 200, address
            assert response.data
        assert f'lang="{lang}-CA"' in html
    assert "<script>" not in html
    assert "/openapi.json" in (STATIC / "docs.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["page.css", "docs.js", "icon.svg"])
def test_our_own_files_load_nothing_from_elsewhere(name: str) -> None:
    assert not ELSEWHERE.search((STATIC / name).read_text(encoding="utf-8"))


def test_the_documents_may_be_kept(town: FlaskClient) -> None:
    kept: dict[str, Any] = {path: town.get(path).headers["Cache-Control"] for path in ("/openapi.json",)}
    assert all("max-age=3600" in value for value in kept.values())
    assert "max-age=3600" in town.get("/docs/assets/css/swagger-ui.css", buffered=True).headers["Cache-Control"]
