"""The body of a request: every wrong member is named, nothing else gets in."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.knowledge import Knowledge, knowledge
from search_api.plans.refusals import BodyError, MemberProblem, body_problem, pointer
from search_api.plans.request import PlanRequest, parsed

TODAY = dt.date(2027, 1, 4)
TARGET = "32111"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


def refused(known: Knowledge, body: Any, language: Any = "en") -> dict[str, MemberProblem]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(BodyError) as error:
        parsed(raw, known, language)
    return {problem.pointer: problem for problem in error.value.problems}


def test_limits_are_read_in_whole_units_and_never_rounded_up(known: Knowledge) -> None:
    body = {"target": TARGET, "budget": 99.999, "weeks": 2.5, "hours_per_week": 7.126, "start": "2027-02-01"}
    found = parsed(json.dumps(body).encode(), known, "en").limits(TODAY)
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
        ("have_occupations", ["1234"], "#/have_occupations/0", "right form"),
        ("have_occupations", ["99999"], "#/have_occupations/0", "No occupation"),
        ("target", "99999", "#/target", "No occupation"),
        ("target", 32111, "#/target", "text"),
        ("lang", "de", "#/lang", "en, fr"),
        ("budgett", 5, "#/budgett", "Did you mean budget?"),
        ("a/b~c", 5, "#/a~1b~0c", "no member"),
    ],
)
def test_a_wrong_member_is_named_by_a_pointer_and_in_words(
    known: Knowledge, member: str, value: Any, place: str, words: str
) -> None:
    found = refused(known, {"target": TARGET, member: value})
    assert list(found) == [place]
    assert words in found[place].reason


def test_every_wrong_member_is_named_at_once(known: Knowledge) -> None:
    found = refused(known, {"budget": -1, "weeks": "x", "surprise": 1, "delivery": ["x", "y"]})
    assert set(found) == {"#/target", "#/budget", "#/weeks", "#/surprise", "#/delivery/0", "#/delivery/1"}
    problem = body_problem(found.values(), "en")
    assert all(place in problem.detail for place in found)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b"[" * 5000, b'{"target": NaN}'])
def test_a_body_that_is_no_object_is_refused_as_a_whole_or_at_its_member(known: Knowledge, raw: bytes) -> None:
    assert set(refused(known, raw)) <= {"#", "#/target"}


@pytest.mark.parametrize("raw", [b'{"target": "32111", "budget": NaN}', b'{"target": "32111", "budget": 1e999}'])
def test_a_number_that_is_none_is_refused(known: Knowledge, raw: bytes) -> None:
    assert list(refused(known, raw)) == ["#/budget"]


def test_reasons_are_in_the_callers_language(known: Knowledge) -> None:
    found = refused(known, {"target": "99999", "budget": -1}, "fr")
    assert found["#/budget"].reason == "Donnez 0 ou plus."
    assert refused(known, {"target": "99999"}, "fr")["#/target"].reason.startswith("Aucune profession")
    assert body_problem(found.values(), "fr").title == "Le corps de la demande est inutilisable"


def test_what_was_given_is_echoed_cut_short(known: Knowledge) -> None:
    assert refused(known, {"target": "x" * 500})["#/target"].value == "x" * 60


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_without_a_target_is_refused_by_name(body: Any) -> None:
    found = refused(knowledge(), body, "fr")  # none of these has a target
    assert found
    assert all(problem.reason and place.startswith("#") for place, problem in found.items())


def test_a_pointer_escapes_what_it_must() -> None:
    assert pointer(("a/b", 0, "c~d")) == "#/a~1b/0/c~0d"
    assert pointer(()) == "#"
