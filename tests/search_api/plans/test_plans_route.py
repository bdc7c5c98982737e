"""`POST /v1/plans` over the sample catalogue and over a few listings made for it."""

import datetime as dt
import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from opensearchpy import OpenSearch
from werkzeug.test import TestResponse

from mappings.embedding import Encoder
from mappings.knowledge import knowledge
from mappings.listing import Listing
from search_api.app import create_app
from search_api.encoding import QueryEncoder
from search_api.plans.request import MOST_BYTES
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from tests.conftest import reader_settings
from tests.search_api.catalogue import in_days, listing, load, loaded
from tests.search_api.conftest import reader
from tests.search_api.fault_proxy import FaultProxy

Json = dict[str, Any]
PLANS = "/v1/plans"
PSW, HYGIENIST = "33102", "32111"
TARGETS = (PSW, "33100", "72106", "21232", "14200", HYGIENIST)


@pytest.fixture(scope="module")
def sample(engine_url: str, encoder_folder: Path, sample_prefix: str, sample_service: SearchService) -> FlaskClient:
    settings = reader_settings(engine_url, encoder_folder, sample_prefix)
    return create_app(settings, sample_service).test_client()


def taught(code: str, title: str, skill: str, *days: int, prerequisites: str = "", **more: Any) -> Listing:
    """A scheduled listing of Forge College that teaches one skill, or none."""
    words = {"title": title, **({"prerequisites": prerequisites} if prerequisites else {})}
    skills = [{"id": skill, "basis": more.pop("basis", "feed")}] if skill else []
    starts = [in_days(day) for day in days]
    return listing(f"forge.{code}", title, en=words, skills=skills, starts=starts, pace="scheduled", **more)


LISTINGS = (
    taught("LIFT-1", "Safe Lifting: First Steps", "patient-transfers", 60, 200, cost=100, hours=20, weeks=4,
           delivery="online", language="en"),
    taught("LIFT-2", "Lifting for Leads", "palliative-care", 70, 100, cost=50, hours=20, weeks=4, delivery="hybrid",
           language=["en", "fr"], prerequisites="Safe Lifting. Steel toes."),
    taught("USD-1", "Vital Signs Abroad", "vital-signs", 30, cost=10, currency="USD", hours=5, weeks=1,
           schedule="evening"),
    taught("NOCOST-1", "Gentle Care", "dementia-care", 30, hours=5, weeks=1, basis="inferred", schedule="daytime"),
    taught("AID-1", "Aid at Sea", "first-aid", 20, cost=80, hours=8, weeks=1, prerequisites="Knot Tying for All"),
    taught("KNOT-1", "Knot Tying for All", "", 12, cost=3, hours=4, weeks=1, prerequisites="Ropes, and Where They End"),
    taught("ROPE-1", "Ropes, and Where They End", "", 3, cost=2, hours=4, weeks=1),
    taught("PAST-1", "Charting of Old", "gerontology", -30, -2, cost=1, hours=5, weeks=1),
    taught("FREE-1", "Calm Voices", "dental-radiography", 300, cost=0, hours=5, weeks=1, stale=True,
           stale_since="2026-11-12"),
)  # fmt: skip


@pytest.fixture(scope="module")
def few_prefix(engine: OpenSearch, encoder: Encoder) -> Iterator[str]:
    with loaded(engine, "plans", LISTINGS, encoder) as name:
        yield name


@pytest.fixture(scope="module")
def few_settings(engine_url: str, encoder_folder: Path, few_prefix: str) -> ReaderSettings:
    return reader_settings(engine_url, encoder_folder, few_prefix, cors_origins=())


@pytest.fixture(scope="module")
def few(few_settings: ReaderSettings, query_encoder: QueryEncoder) -> FlaskClient:
    return create_app(few_settings, reader(few_settings, query_encoder, knowledge())[1]).test_client()


def post(api: FlaskClient, lang: str = "en", **body: Any) -> Json:
    response = api.post(PLANS, query_string={"lang": lang}, json=body)
    assert response.status_code == 200, response.text
    found: Json = response.get_json()
    return found


def step_ids(answer: Json) -> list[str]:
    return [step["id"] for step in answer["plan"]["steps"]]


def reasons_of(answer: Json, identifier: str) -> list[str]:
    (found,) = (each for each in answer["uncovered"] if each["id"] == identifier)
    return [reason["code"] for reason in found["reasons"]]


def refusal(response: TestResponse, status: int) -> Json:
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert response.headers["Cache-Control"] == "no-store"
    body: Json = response.get_json()
    assert body["request_id"] == response.headers["X-Request-ID"]
    return body


@pytest.mark.parametrize("target", TARGETS)
def test_a_plan_over_the_sample_keeps_to_every_limit(sample: FlaskClient, target: str) -> None:
    start = dt.date.fromisoformat(in_days(14))
    found = post(
        sample, target=target, budget=700, weeks=45, hours_per_week=8, delivery=["online", "hybrid"], language=["en"],
        start=start.isoformat(), most=4,
    )  # fmt: skip
    for plan in (found["plan"], *(each["plan"] for each in found["alternatives"] if "plan" in each)):
        steps = plan["steps"]
        assert len(steps) <= 4
        assert sum(step["cost"] for step in steps) == pytest.approx(plan["totals"]["cost"])
        assert plan["totals"]["cost"] <= 700
        assert plan["totals"]["weeks"] <= 45
        assert all(step["delivery"] in ("online", "hybrid") and "en" in step["language"] for step in steps)
        dates = [(step["start"], step["end"]) for step in steps]
        assert all(start.isoformat() <= first <= last for first, last in dates)
        assert all(last < (start + dt.timedelta(weeks=45)).isoformat() for _first, last in dates)
        assert all(one[0] <= other[0] for one, other in pairwise(dates))
        for day, _end in dates:
            under_way = [x for x in steps if not x["spread"] and x["start"] <= day <= x["end"]]
            assert sum(step["hours_per_week"] for step in under_way) <= 8


@pytest.mark.parametrize("target", TARGETS)
def test_every_need_is_either_covered_or_uncovered_with_a_reason(sample: FlaskClient, target: str) -> None:
    found = post(sample, target=target, budget=900)
    needed = {term["id"]: term["weight"] for term in found["target"]["needed"]}
    covered = {term["id"] for step in found["plan"]["steps"] for term in step["covers"]}
    left = {term["id"] for term in found["uncovered"]}
    assert covered | left == set(needed)
    assert not covered & left
    assert all(each["reasons"] and all(reason["text"] for reason in each["reasons"]) for each in found["uncovered"])
    assert found["plan"]["coverage"] == pytest.approx(sum(needed[each] for each in covered), abs=0.002)
    assert found["solver"] | {"objective": 0, "bound": 0} == {
        "aim": "covered_weight", "status": "optimal", "objective": 0, "bound": 0, "gap": 0,
    }  # fmt: skip
    assert found["solver"]["objective"] == found["solver"]["bound"] > 0


def test_what_one_has_need_not_be_learned(sample: FlaskClient) -> None:
    whole = post(sample, target=PSW)
    less = post(sample, target=PSW, have_skills=["Dementia care", "nothing such"], have_occupations=["33100"])
    had = {term["id"] for term in less["target"]["had"]}
    assert "dementia-care" in had
    assert had | {term["id"] for term in less["target"]["needed"]} == {x["id"] for x in whole["target"]["needed"]}
    assert any("nothing such" in note for note in less["notes"])
    done = post(sample, target=PSW, have_occupations=[PSW])
    assert (done["outcome"]["code"], done["plan"]["coverage"], done["plan"]["steps"]) == ("nothing_needed", 1, [])


def test_a_bigger_budget_never_covers_less(sample: FlaskClient) -> None:
    shares = [post(sample, target=PSW, budget=budget)["plan"]["coverage"] for budget in (0, 100, 400, 1000, 5000)]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_the_same_request_has_the_same_answer(sample: FlaskClient) -> None:
    answers = [post(sample, target=HYGIENIST, budget=1500, weeks=50, hours_per_week=9) for _ask in range(3)]
    assert len({json.dumps(each | {"took_ms": 0}, sort_keys=True) for each in answers}) == 1


def test_the_answer_is_in_the_asked_language_the_bodys_above_all(sample: FlaskClient) -> None:
    french = sample.post(f"{PLANS}?lang=en", json={"target": PSW, "lang": "fr", "budget": 300})
    body = french.get_json()
    assert french.headers["Content-Language"] == body["language"] == "fr"
    assert body["target"]["label"] == knowledge().occupations[PSW].display_name("fr")
    assert any(note.startswith("Données d'exemple") for note in body["notes"])
    assert post(sample, "fr", target=PSW, budget=300) | {"took_ms": 0} == body | {"took_ms": 0}


def test_a_prerequisite_that_a_listing_names_comes_first(few: FlaskClient) -> None:
    found = post(few, target=PSW, weeks=52)
    steps = {step["id"]: step for step in found["plan"]["steps"]}
    assert steps["forge.LIFT-2"]["after"] == ["forge.LIFT-1"]
    assert steps["forge.LIFT-1"]["end"] < steps["forge.LIFT-2"]["start"] == in_days(100)
    assert steps["forge.LIFT-2"]["prerequisites"] == "Safe Lifting. Steel toes."


def test_a_prerequisite_that_teaches_nothing_needed_is_fetched_and_taken_too(few: FlaskClient) -> None:
    steps = {step["id"]: step for step in post(few, target=PSW)["plan"]["steps"]}
    assert steps["forge.AID-1"]["after"] == ["forge.KNOT-1"]
    assert steps["forge.KNOT-1"]["covers"] == []
    assert steps["forge.KNOT-1"]["after"] == ["forge.ROPE-1"]


def test_a_prerequisite_over_the_limits_keeps_its_followers_out(few: FlaskClient) -> None:
    found = post(few, target=PSW, budget=60)
    assert "forge.LIFT-2" not in step_ids(found)
    assert reasons_of(found, "palliative-care") == ["prerequisite"]
    assert reasons_of(found, "patient-transfers") == ["over_budget"]


def test_listings_without_a_canadian_price_are_left_out_of_a_budget_and_listed_apart(few: FlaskClient) -> None:
    found = post(few, target=PSW, budget=10_000)
    apart = {each["id"]: each for each in found["unpriced"]}
    assert set(apart) == {"forge.USD-1", "forge.NOCOST-1"}
    assert not set(apart) & set(step_ids(found))
    assert not any("cost" in each for each in apart.values())
    assert apart["forge.NOCOST-1"]["covers"][0]["basis"] == "inferred"
    assert reasons_of(found, "vital-signs") == reasons_of(found, "dementia-care") == ["no_price"]
    assert any("never counted as free" in note for note in found["notes"])


def test_without_a_budget_they_may_be_taken_and_the_total_says_that_it_lacks_them(few: FlaskClient) -> None:
    found = post(few, target=PSW)
    assert {"forge.USD-1", "forge.NOCOST-1"} <= set(step_ids(found))
    assert found["plan"]["totals"]["unpriced"] == 2
    assert found["plan"]["totals"]["cost"] == 235
    assert found["unpriced"] == []
    assert any("may cost more than the total" in note for note in found["notes"])


def test_where_nothing_fits_the_answer_says_what_to_loosen(few: FlaskClient) -> None:
    found = post(few, target=PSW, budget=50)
    assert (found["outcome"]["code"], step_ids(found), found["plan"]["coverage"]) == ("nothing_fits", [], 0)
    text = "A budget of at least $85 would let one listing in."
    assert found["loosen"] == [{"limit": "budget", "value": 85, "text": text, "together": False}]
    assert step_ids(post(few, target=PSW, budget=85)) == ["forge.ROPE-1", "forge.KNOT-1", "forge.AID-1"]
    assert step_ids(post(few, target=PSW, budget=84.99)) == []


def test_limits_to_loosen_together_are_true_together(few: FlaskClient) -> None:
    asked: Json = {"budget": 50, "delivery": ["in_person"], "language": ["fr"], "weeks": 7}
    found = post(few, target=PSW, **asked)
    assert found["outcome"]["code"] == "nothing_fits"
    assert {each["limit"] for each in found["loosen"]} == {"budget", "delivery", "language", "weeks"}
    assert all(each["together"] and str(each["text"]).startswith("With the other") for each in found["loosen"])
    said = {each["limit"]: each["value"] for each in found["loosen"]}
    looser = {**said, "delivery": ["in_person", said["delivery"]], "language": ["fr", said["language"]]}
    assert step_ids(post(few, target=PSW, **looser)) == ["forge.LIFT-1"]


def test_a_free_listing_fits_any_budget_and_one_of_an_old_feed_is_marked(few: FlaskClient) -> None:
    found = post(few, target=HYGIENIST, budget=0)
    (step,) = found["plan"]["steps"]
    assert (step["id"], step["cost"], step["stale"]) == ("forge.FREE-1", 0, True)
    assert step["stale_since"] == "2026-11-12"
    assert found["plan"]["totals"]["unpriced"] == 0
    assert any("could not be read of late" in note for note in found["notes"])


def test_a_listing_whose_starts_have_passed_is_not_planned(few: FlaskClient) -> None:
    asked: tuple[Json, ...] = ({}, {"weeks": 50}, {"budget": 5000})
    for limits in asked:
        found = post(few, target=PSW, **limits)
        assert "forge.PAST-1" not in step_ids(found)
        assert reasons_of(found, "gerontology") == ["closed"]
        assert any("have passed" in note for note in found["notes"])


def test_occupations_may_be_given_by_title_and_the_answer_says_how_they_were_understood(few: FlaskClient) -> None:
    found = post(few, "fr", target="préposée aux bénéficiaires", have_occupations=["dental hygienist"])
    assert {name: found["target"][name] for name in ("code", "said", "basis")} == {
        "code": PSW, "said": "préposée aux bénéficiaires", "basis": "exact",
    }  # fmt: skip
    assert [(each["code"], each["said"]) for each in found["have"]] == [(HYGIENIST, "dental hygienist")]
    assert "said" not in post(few, target=PSW)["target"]


def test_a_title_of_several_occupations_is_refused_with_the_codes_to_choose_from(few: FlaskClient) -> None:
    body = refusal(few.post(f"{PLANS}?lang=fr", json={"target": "soudeur ou cuisinier"}), 400)
    (error,) = body["errors"]
    assert error["pointer"] == "#/target"
    assert "72106 (" in error["reason"]
    assert "63200 (" in error["reason"]


def test_an_occupation_known_by_its_title_only_has_nothing_to_plan(few: FlaskClient) -> None:
    assert post(few, target="00010")["outcome"]["code"] == "nothing_known"


def test_alternatives_state_their_own_aim_and_gap(sample: FlaskClient) -> None:
    found = {each["kind"]: each for each in post(sample, target=PSW)["alternatives"]}
    assert set(found) == {"cheapest", "shortest"}
    cheap = found["cheapest"]
    assert cheap["solver"] | {"objective": 0, "bound": 0} == {
        "aim": "cents", "status": "optimal", "objective": 0, "bound": 0, "gap": 0,
    }  # fmt: skip
    assert cheap["solver"]["objective"] == cheap["plan"]["totals"]["cost"] * 100
    assert all("solver" in each if "plan" in each else "same" not in each for each in found.values())


def test_what_to_loosen_is_said_in_the_callers_language(few: FlaskClient) -> None:
    found = post(few, "fr", target=PSW, delivery=["in_person"], budget=500)
    assert [(each["limit"], each["value"]) for each in found["loosen"]] == [("delivery", "online")]
    assert "« En ligne »" in found["loosen"][0]["text"]


def test_an_occupation_nothing_teaches_anything_for_is_said_so(few: FlaskClient) -> None:
    found = post(few, target="72106")
    assert found["outcome"]["code"] == "nothing_taught"
    assert {reason["code"] for each in found["uncovered"] for reason in each["reasons"]} == {"no_listing"}


def test_a_wrong_body_is_a_problem_that_points_at_every_wrong_member(few: FlaskClient) -> None:
    response = few.post(PLANS, json={"target": "1", "budget": -5, "delivery": ["post"], "wekes": 3})
    body = refusal(response, 400)
    assert body["type"] == "urn:problem:micro-credentials:invalid-body"
    pointers = {error["pointer"] for error in body["errors"]}
    assert pointers == {"#/target", "#/budget", "#/delivery/0", "#/wekes"}
    french = refusal(few.post(f"{PLANS}?lang=fr", json={"budget": "x"}), 400)
    assert french["title"] == "Le corps de la demande est inutilisable"


def test_a_body_over_the_limit_is_refused_however_it_is_sent(few: FlaskClient) -> None:
    big = json.dumps({"target": PSW, "have_skills": ["x" * 99] * 700}).encode()
    assert len(big) > MOST_BYTES
    sent = {"data": big, "content_type": "application/json"}
    assert refusal(few.post(PLANS, **sent), 413)["type"].endswith("body-too-large")
    fits = json.dumps({"target": PSW}).encode().ljust(MOST_BYTES)
    assert few.post(PLANS, data=fits, content_type="application/json").status_code == 200


def test_a_body_that_is_not_json_is_refused(few: FlaskClient) -> None:
    assert refusal(few.post(PLANS, data="target=33102"), 415)["type"].endswith("not-json")
    assert refusal(few.post(PLANS), 415)["status"] == 415
    packed = {"data": gzip.compress(b'{"target": "33102"}'), "content_type": "application/json"}
    assert refusal(few.post(PLANS, headers={"Content-Encoding": "gzip"}, **packed), 415)["type"].endswith(
        "encoded-body"
    )
    assert "JSON" in refusal(few.post(f"{PLANS}?lang=fr", data="x"), 415)["title"]
    for raw in (b"", b"{", b"[]", b"\x00"):
        refusal(few.post(PLANS, data=raw, content_type="application/json"), 400)


def test_an_unknown_parameter_of_the_address_is_refused(few: FlaskClient) -> None:
    body = refusal(few.post(f"{PLANS}?budget=5", json={"target": PSW}), 400)
    assert body["errors"][0]["parameter"] == "budget"


def test_a_plan_is_kept_by_nobody(few: FlaskClient) -> None:
    response = few.post(PLANS, json={"target": PSW})
    assert response.headers["Cache-Control"] == "no-store"
    assert few.get(PLANS).status_code == 405


def test_an_engine_that_is_away_is_a_problem_with_a_time_to_come_back(
    proxy: FaultProxy, few_settings: ReaderSettings, query_encoder: QueryEncoder
) -> None:
    settings = few_settings.model_copy(update={"opensearch_url": proxy.url})
    api = create_app(settings, reader(settings, query_encoder, knowledge())[1]).test_client()
    assert api.post(PLANS, json={"target": PSW}).status_code == 200
    proxy.refuse()
    response = api.post(PLANS, json={"target": PSW})
    assert refusal(response, 503)["type"].endswith("engine-unavailable")
    assert response.headers["Retry-After"]


def test_an_index_replaced_between_two_plans_is_found_again(
    engine: OpenSearch, prefix: str, few_settings: ReaderSettings, encoder: Encoder, query_encoder: QueryEncoder
) -> None:
    settings = few_settings.model_copy(update={"index_prefix": prefix})
    service = reader(settings, query_encoder, knowledge())[1]
    api, first = create_app(settings, service).test_client(), load(engine, prefix, LISTINGS, encoder)
    assert post(api, target=PSW)["outcome"]["code"] == "planned"
    load(engine, prefix, LISTINGS[:1], encoder)
    engine.indices.delete(index=first)
    assert step_ids(post(api, target=PSW)) == ["forge.LIFT-1"]
    gone = service.engine.served().name
    engine.indices.delete(index=gone)
    assert refusal(api.post(PLANS, json={"target": PSW}), 503)["type"].endswith("index-not-ready")


def test_the_document_describes_real_answers_and_refusals(few: FlaskClient, sample: FlaskClient) -> None:
    document = few.get("/openapi.json").get_json()
    validate(document)
    operation = document["paths"][PLANS]["post"]
    members = document["components"]["schemas"]["PlanRequest"]["properties"]
    assert all(" / " in member["description"] for member in members.values())

    def errors(status: int, kind: str, body: Json) -> list[str]:
        schema = operation["responses"][str(status)]["content"][kind]["schema"]
        validator = Draft202012Validator({**schema, "components": document["components"]})
        return [error.message for error in validator.iter_errors(body)]

    for api, asked in ((few, {"target": PSW, "budget": 50}), (few, {"target": PSW}), (sample, {"target": HYGIENIST})):
        assert errors(200, "application/json", post(api, **asked)) == []
    assert errors(400, "application/problem+json", few.post(PLANS, json={"x": 1}).get_json()) == []
    assert errors(400, "application/problem+json", few.post(PLANS, json={"target": "welder, cook"}).get_json()) == []
    assert errors(415, "application/problem+json", few.post(PLANS, data="x").get_json()) == []
    assert errors(400, "application/problem+json", few.post(f"{PLANS}?x=1", json={}).get_json()) == []
    assert errors(200, "application/json", post(few, target=PSW) | {"surprise": 1})
