"""The body of a request: every wrong member is named, nothing else gets in."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.contract import listing_contract
from mappings.knowledge import knowledge
from search_api.encoding import QueryEncoder
from search_api.engine import Engine
from search_api.plans.naming import Named, Namer
from search_api.plans.refusals import BodyError, MemberProblem, body_problem, pointer
from search_api.plans.request import PlanRequest, parsed
from search_api.service import SearchService
from search_api.settings import ReaderSettings

TODAY = dt.date(2027, 1, 4)
TARGET = "32111"


@pytest.fixture(scope="module")
def namer() -> Namer:
    """Over the knowledge that ships; neither engine nor encoder is asked."""
    settings = ReaderSettings()
    encoder = QueryEncoder(settings.embedding_model, settings.centring)
    return Namer(SearchService(Engine(settings), encoder, listing_contract(), knowledge()), "en")


def refused(namer: Namer, body: Any, language: Any = "en") -> dict[str, MemberProblem]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(BodyError) as error:
        parsed(raw, namer, TODAY, language)
    return {problem.pointer: problem for problem in error.value.problems}


def test_limits_are_read_in_whole_units_and_never_rounded_up(namer: Namer) -> None:
    body = {"target": TARGET, "budget": 99.999, "weeks": 2.5, "hours_per_week": 7.126, "start": "2027-02-01"}
    found = parsed(json.dumps(body).encode(), namer, TODAY, "en").request.limits(TODAY)
    assert (found.budget, found.days, found.load) == (9999, 17, 712)
    assert (found.earliest, found.start_given, found.most) == (dt.date(2027, 2, 1), True, 8)


def test_a_start_gone_by_is_today() -> None:
    asked = PlanRequest.model_validate_json('{"target": "32111", "start": "2020-01-01"}')
    assert asked.limits(TODAY).earliest == TODAY


@pytest.mark.parametrize(
    ("member", "value", "place", "words"),
    [
        ("budget", -1, "#/budget", "0 or more"),
        ("budget", "500", "#/budget", "number"),
        ("budget", True, "#/budget", "number"),
        ("weeks", 0, "#/weeks", "1 or more"),
        ("hours_per_week", 113, "#/hours_per_week", "112 or less"),
        ("delivery", ["online", "by_post"], "#/delivery/1", "in_person"),
        ("delivery", "online", "#/delivery", "list"),
        ("language", ["de"], "#/language/0", "en, fr, other"),
        ("start", "tomorrow", "#/start", "year-month-day"),
        ("start", 1798761600, "#/start", "year-month-day"),
        ("start", "2027-02-30", "#/start", "year-month-day"),
        ("most", 0, "#/most", "1 or more"),
        ("most", 2.5, "#/most", "whole number"),
        ("most", 13, "#/most", "12 or less"),
        ("have_skills", ["ok", ""], "#/have_skills/1", "Give a value"),
        ("have_skills", ["x"] * 201, "#/have_skills", "200"),
        ("have_skills", ["x" * 101], "#/have_skills/0", "100 characters"),
        ("have_skills", [7], "#/have_skills/0", "text"),
        ("start", "2033-01-01", "#/start", "within 5 years"),
        ("start", "9999-12-31", "#/start", "within 5 years"),
        ("have_occupations", ["1234"], "#/have_occupations/0", "No occupation"),
        ("have_occupations", ["33102", "99999"], "#/have_occupations/1", "No occupation"),
        ("have_occupations", [""], "#/have_occupations/0", "Give a value"),
        ("target", "99999", "#/target", "No occupation"),
        ("target", "qwertz uiop", "#/target", "No occupation"),
        ("target", "x" * 101, "#/target", "100 characters"),
        ("target", "welder and cook", "#/target", "72106 (welder), 63200 (cook)"),
        ("target", 32111, "#/target", "text"),
        ("lang", "de", "#/lang", "en, fr"),
        ("budgett", 5, "#/budgett", "Did you mean budget?"),
        ("a/b~c", 5, "#/a~1b~0c", "no member"),
    ],
)
def test_a_wrong_member_is_named_by_a_pointer_and_in_words(
    namer: Namer, member: str, value: Any, place: str, words: str
) -> None:
    found = refused(namer, {"target": TARGET, member: value})
    assert list(found) == [place]
    assert words in found[place].reason


@pytest.mark.parametrize(
    ("said", "code", "basis"),
    [
        ("32111", "32111", "exact"),
        ("dental hygienist", "32111", "exact"),
        ("Hygiéniste dentaire", "32111", "exact"),
        ("dental hygenist", "32111", "typo"),
        ("how to become a dental hygienist", "32111", "phrase"),
        ("00010", "00010", "exact"),  # known by its official title only
    ],
)
def test_an_occupation_is_given_by_code_or_title_in_either_language(
    namer: Namer, said: str, code: str, basis: str
) -> None:
    body = json.dumps({"target": said, "have_occupations": [said, "33102"]}).encode()
    found = parsed(body, namer, TODAY, "en")
    assert found.target == Named(code, said, basis)
    assert [each.code for each in found.have] == [code, "33102"]


def test_every_wrong_member_is_named_at_once(namer: Namer) -> None:
    found = refused(
        namer, {"target": "qwertz", "have_occupations": ["33102", "?"], "start": "9999-01-01", "budget": -1,
                "weeks": "x", "surprise": 1, "delivery": ["x", "y"]},
    )  # fmt: skip
    wrong = ("target", "have_occupations/1", "start", "budget", "weeks", "surprise", "delivery/0", "delivery/1")
    assert set(found) == {f"#/{place}" for place in wrong}
    problem = body_problem(found.values(), "en")
    assert all(place in problem.detail for place in found)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b"[" * 5000, b'{"target": NaN}'])
def test_a_body_that_is_no_object_is_refused_as_a_whole_or_at_its_member(namer: Namer, raw: bytes) -> None:
    assert set(refused(namer, raw)) <= {"#", "#/target"}


@pytest.mark.parametrize("raw", [b'{"target": "32111", "budget": NaN}', b'{"target": "32111", "budget": 1e999}'])
def test_a_number_that_is_none_is_refused(namer: Namer, raw: bytes) -> None:
    assert list(refused(namer, raw)) == ["#/budget"]


def test_reasons_are_in_the_callers_language(namer: Namer) -> None:
    found = refused(namer, {"target": "99999", "budget": -1}, "fr")
    assert found["#/budget"].reason == "Donnez 0 ou plus."
    assert refused(namer, {"target": "99999"}, "fr")["#/target"].reason.startswith("Aucune profession")
    assert body_problem(found.values(), "fr").title == "Le corps de la demande est inutilisable"


def test_what_was_given_is_echoed_cut_short(namer: Namer) -> None:
    assert refused(namer, {"target": "x" * 100})["#/target"].value == "x" * 60


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_without_a_target_is_refused_by_name(namer: Namer, body: Any) -> None:
    found = refused(namer, body, "fr")  # none of these has a target
    assert found
    assert all(problem.reason and place.startswith("#") for place, problem in found.items())


def test_a_pointer_escapes_what_it_must() -> None:
    assert pointer(("a/b", 0, "c~d")) == "#/a~1b/0/c~0d"
    assert pointer(()) == "#"
