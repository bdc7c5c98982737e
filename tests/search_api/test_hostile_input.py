"""Whatever is typed, the service answers or refuses: it never breaks."""

from urllib.parse import quote, quote_from_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opensearchpy import OpenSearch

from mappings.contract import Contract
from mappings.embedding import Encoder
from mappings.index_body import index_body
from search_api.legs import MOST_WORDS, keyword_query
from search_api.spelling import MOST_READINGS
from tests.search_api.asking import SEARCH, ask

PIECES = {
    "nothing but marks": "!!! ??? ...",
    "control characters": "dental\x00\x07\x1b[31m\x7f hygienist",
    "emoji": "👩‍🔧🔥 welder 🇨🇦",
    "right to left": "\u202ewelder\u202c עברית العربية",
    "combining marks": "we\u0301lde\u0301r " + "e" + "\u0301" * 60,
    "no-break and zero-width spaces": "a\u00a0b\u200b\u200dc\ufeff",
    "SQL": "'; DROP TABLE listings; --",
    "Lucene": 'title:"x" AND (foo OR [a TO b}) ~2 ^9 /re.*/ *:* NOT - + \\',
    "JSON": '{"query": {"match_all": {}}}',
    "script": "<script>alert(1)</script>",
    "template": "{{ 7 * 7 }} {% raw %} ${jndi:ldap://x} %s %(a)s {0}",
    "path": "../../etc/passwd",
    "newlines": "a\r\nSet-Cookie: x=1",
    "one letter": "c",
    "stop words only": "the of de la et à",
    "very long word": "w" * 200,
    "as many words as fit": "a " * 100,
    "as many hyphens as fit": "a-" * 100,
    "as many signs as fit": "漢" * 200,
    "as many emoji as fit": "😀" * 200,
    "many real words": "welding safety plans shop tools steel charts tests books sing bake wire " * 2,
    "surrogate": "\\ud800",
    "numbers": "1e999 NaN -0 00012 ١٢٣",
}


@pytest.mark.parametrize("text", PIECES.values(), ids=list(PIECES))
@pytest.mark.parametrize("order", ["relevance", "title"])
def test_any_query_up_to_two_hundred_characters_is_answered(town: FlaskClient, text: str, order: str) -> None:
    answer = ask(town, q=text[:200], sort=order)
    assert len(answer["hits"]) == min(answer["total"], 20)


@pytest.mark.parametrize("text", PIECES.values(), ids=list(PIECES))
def test_any_query_is_answered_on_the_page_too_and_never_gets_into_its_markup(town: FlaskClient, text: str) -> None:
    response = town.get("/", query_string={"q": text[:200]}, headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


RAW = ("q=%ff%fe", "q=%00", "q=%c3%28", "q=%ed%a0%80", "%ff=%ff", "q", "=", "&&&", "q=%", "q=%zz", "page=%00",
       "institution=%00", "city=%ff", "skill=%ed%a0%80", "lang=%00")  # fmt: skip


@pytest.mark.parametrize("raw", RAW)
def test_any_bytes_in_a_query_string_are_answered_or_refused(town: FlaskClient, raw: str) -> None:
    for path in (SEARCH, "/"):
        assert town.get(f"{path}?{raw}").status_code in (200, 400)


@pytest.mark.parametrize(
    "raw", ["%00", "%ff", "%ed%a0%80", "x" * 5000, "%F0%9F%98%80", "a%20b", "..", "%0d%0aX:%20y", "'\""]
)
def test_any_bytes_for_an_id_are_not_found(town: FlaskClient, raw: str) -> None:
    for path in (SEARCH, "/credentials"):
        assert town.get(f"{path}/{raw}").status_code == 404


def test_five_thousand_characters_are_refused(town: FlaskClient) -> None:
    assert town.get(f"{SEARCH}?q={'x' * 5000}").status_code == 400
    assert town.get(f"/?q={'%C3%A9' * 5000}", headers={"Accept": "text/html"}).status_code == 400


quickly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quickly
@given(text=st.text(max_size=200))
def test_any_text_is_answered(town: FlaskClient, text: str) -> None:
    assert town.get(f"{SEARCH}?q={quote(text, errors='surrogatepass')}").status_code == 200


@quickly
@given(raw=st.binary(max_size=120), name=st.sampled_from(["q", "institution", "skill", "lang", "sort", "cost_max"]))
def test_any_bytes_of_any_parameter_are_answered_or_refused(town: FlaskClient, raw: bytes, name: str) -> None:
    assert town.get(f"{SEARCH}?{name}={quote_from_bytes(raw)}").status_code in (200, 400)


@quickly
@given(raw=st.binary(max_size=80))
def test_any_query_string_whatever_is_answered_or_refused(town: FlaskClient, raw: bytes) -> None:
    response = town.get(SEARCH, environ_overrides={"QUERY_STRING": raw.decode("latin-1")})
    assert response.status_code in (200, 400)


def test_a_query_stays_within_the_engines_clauses_however_many_words_are_read_for_others(
    engine: OpenSearch, prefix: str, contract: Contract, encoder: Encoder
) -> None:
    words = ["welding", "safety", "project", "business", "health", "office", "service", "skills", "courses", "learning"]
    text = " ".join(words)
    prose = {"title": text, "description": text, "outcomes": [text]}
    named = [{"id": "x", "en": text, "fr": text}]
    body = {"id": "x", "institution": {"id": "x", "name": {"en": text, "fr": text}}, "en": prose, "fr": prose,
            "partner": text, "skills": named, "tools": named}  # fmt: skip
    name = f"{prefix}-000000000000-20260101000000"
    engine.indices.create(index=name, body=index_body(contract, encoder.recipe.dimension, {}))
    engine.index(index=name, id="x", body=body, params={"refresh": "true"})
    for count in range(1, MOST_WORDS + 6):
        text = " ".join((words * 3)[:count])
        query = keyword_query(text, contract, [text] * MOST_READINGS)
        assert "hits" in engine.search(index=name, body={"query": query}), count
