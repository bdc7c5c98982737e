"""The engine away in every way it can be: the reader answers quickly, says so, and is back as soon as the engine is."""

import time
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.search_api.asking import SEARCH, ask, problem_of
from tests.search_api.fault_proxy import FaultProxy

# A learner is not kept waiting longer, and the reader is back within this time.
QUICK, BACK = 2.0, 5.0
QUERY = "q=welding"
Fault = Callable[[FaultProxy], None]
FAULTS: dict[str, Fault] = {
    "nothing listens": FaultProxy.refuse,
    "accepts and never answers": FaultProxy.hang,
    "ends in the middle of the headers": lambda proxy: proxy.cut(after=30),
    "ends in the middle of the body": lambda proxy: proxy.cut(after=300),
    "is overloaded": lambda proxy: proxy.say("429 Too Many Requests", '{"error": "busy"}'),
    "is behind a gateway that fails": lambda proxy: proxy.say("502 Bad Gateway", "<html>no</html>", "text/html"),
    "starts up": lambda proxy: proxy.say("503 Service Unavailable", '{"error": {"type": "cluster_block_exception"}}'),
    "answers nonsense": lambda proxy: proxy.say("200 OK", "{not json"),
    "is another service": lambda proxy: proxy.say("200 OK", '{"status": "ok"}'),
    "is a web page": lambda proxy: proxy.say("200 OK", "<html>Please sign in</html>", "text/html"),
}
each_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))


def assert_quick_refusal(api: FlaskClient, path: str = SEARCH) -> None:
    started = time.monotonic()
    body = problem_of(api, 503, path, "" if path != SEARCH else QUERY)
    assert time.monotonic() - started < QUICK
    assert body["type"] == "urn:problem:micro-credentials:engine-unavailable"


@each_fault
def test_a_fault_before_the_first_answer_is_a_quick_503_and_gone_with_the_fault(
    fault: Fault, fragile: FlaskClient, proxy: FaultProxy
) -> None:
    fault(proxy)
    assert_quick_refusal(fragile)
    proxy.restore()
    started = time.monotonic()
    assert ask(fragile, q="welding")["total"] > 0
    assert time.monotonic() - started < BACK


@each_fault
def test_a_fault_between_two_answers_is_a_quick_503_and_gone_with_the_fault(
    fault: Fault, fragile: FlaskClient, proxy: FaultProxy
) -> None:
    before = ask(fragile, q="welding")
    fault(proxy)
    assert_quick_refusal(fragile)
    assert_quick_refusal(fragile, f"{SEARCH}/forge.WELD-1")
    proxy.restore()
    started = time.monotonic()
    assert ask(fragile, q="welding") | {"took_ms": 0} == before | {"took_ms": 0}
    assert time.monotonic() - started < BACK


def test_a_refusal_says_when_to_come_back_in_the_callers_language(fragile: FlaskClient, proxy: FaultProxy) -> None:
    proxy.refuse()
    response = fragile.get(SEARCH, query_string={"q": "soudage", "lang": "fr"})
    assert int(response.headers["Retry-After"]) > 0
    assert response.get_json()["title"] == "La recherche n'est pas disponible pour l'instant"
    assert response.headers["Content-Language"] == "fr"


def test_a_person_gets_a_page_that_says_so_with_the_same_status(fragile: FlaskClient, proxy: FaultProxy) -> None:
    proxy.refuse()
    response = fragile.get("/?q=welding", headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert response.mimetype == "text/html"
    assert "not available right now" in response.text
    assert response.headers["Retry-After"]


@pytest.mark.parametrize("fault", [FaultProxy.refuse, FaultProxy.hang])
def test_readiness_says_within_two_seconds_that_the_engine_is_down_and_then_that_it_is_back(
    fault: Fault, fragile: FlaskClient, proxy: FaultProxy
) -> None:
    assert fragile.get("/readyz").status_code == 200
    fault(proxy)
    started = time.monotonic()
    response = fragile.get("/readyz")
    assert time.monotonic() - started < QUICK
    assert response.status_code == 503
    assert response.get_json() == {
        "ready": False, "engine": "down", "alias": "unknown", "fingerprint": "unknown",
        "search": "unknown", "encoder": "up", "degraded": [],
    }  # fmt: skip
    assert fragile.get("/healthz").status_code == 200
    proxy.restore()
    assert fragile.get("/readyz").status_code == 200


def test_a_query_the_engine_cannot_read_is_a_fault_of_ours_without_a_word_of_the_query(
    fragile: FlaskClient, proxy: FaultProxy, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(fragile, q="welding")
    proxy.say("400 Bad Request", '{"error": {"type": "parsing_exception", "reason": "secretword"}}')
    body = problem_of(fragile, 500, query="q=secretword")
    assert body["type"] == "urn:problem:micro-credentials:internal-error"
    assert body["request_id"] in body["detail"]
    assert "secretword" not in body["detail"]
    log = capsys.readouterr().out
    assert "unexpected_error" in log
    assert "RequestError" in log
    assert "secretword" not in log


def test_an_engine_that_lets_us_in_no_more_counts_as_away(fragile: FlaskClient, proxy: FaultProxy) -> None:
    ask(fragile, q="welding")
    proxy.say("403 Forbidden", '{"error": {"type": "security_exception", "reason": "no"}}')
    assert problem_of(fragile, 503, query="q=plumbing")["type"] == "urn:problem:micro-credentials:engine-unavailable"
    assert fragile.get("/readyz").get_json()["engine"] == "down"
