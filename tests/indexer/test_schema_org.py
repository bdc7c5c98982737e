"""schema.org as JSON-LD: what of it is a listing, and what each property becomes."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from indexer.sources import Source
from indexer.validation import Judged, judge
from mappings.contract import listing_contract
from mappings.listing import Listing
from tests.indexer.conftest import read_whole

TODAY = dt.date(2026, 11, 24)
Sources = Callable[..., Source]
WELDING: dict[str, Any] = {
    "@context": "https://schema.org", "@type": "Course", "@id": "https://maple.example/courses/wld-1",
    "name": "MIG welding", "description": "Lay flat beads.",
}  # fmt: skip


@pytest.fixture
def judged(source: Sources) -> Callable[..., list[Judged]]:
    def build(*bodies: Any, file: str = "a.jsonld", language: str = "en") -> list[Judged]:
        maple = source(file, json.dumps(bodies[0] if len(bodies) == 1 else list(bodies)), language)
        contract = listing_contract()
        return [judge(row, maple, contract) for row in read_whole(maple, contract, TODAY, 50).rows]

    return build


Judge = Callable[..., list[Judged]]


def kinds(one: Judged) -> list[str]:
    return [issue.problem.kind for issue in one.issues]


def only(found: list[Judged]) -> Listing:
    assert len(found) == 1
    assert found[0].listing is not None
    return found[0].listing


def with_run(**run: Any) -> dict[str, Any]:
    return {**WELDING, "hasCourseInstance": {"@type": "CourseInstance", **run}}


def with_offers(*offers: dict[str, Any]) -> dict[str, Any]:
    return {**WELDING, "offers": list(offers)}


def test_a_course_becomes_a_listing(judged: Judge) -> None:
    body = {
        **WELDING, "inLanguage": "en-CA", "timeRequired": "PT40H", "educationalLevel": "Beginner",
        "teaches": ["Choose protective gear", {"@type": "DefinedTerm", "name": "MIG welding"}],
        "coursePrerequisites": "Steel-toed boots", "dateModified": "2026-11-01T08:00:00Z",
        "occupationalCategory": "72106", "offers": {"@type": "Offer", "price": "450.00", "priceCurrency": "CAD"},
        "hasCourseInstance": [
            {"startDate": "2027-02-1", "courseMode": ["onsite", "evening"], "location": {"address": {
                "addressLocality": "Sudbury", "addressRegion": "ON"}, "geo": {"latitude": 46.49, "longitude": -81.01}}},
        ],
    }  # fmt: skip
    one = only(judged(body))
    assert (one.id, one.url) == ("maple.courses-wld-1", "https://maple.example/courses/wld-1")
    assert one.en is not None
    assert (one.en.title, one.en.outcomes, one.en.prerequisites) == (
        "MIG welding", ("Choose protective gear",), "Steel-toed boots",
    )  # fmt: skip
    assert (one.language, one.hours, one.cost, one.currency, one.level) == (("en",), 40, 450, "CAD", "introductory")
    assert (one.delivery, one.schedule, one.starts) == ("in_person", ("evening",), (dt.date(2027, 2, 1),))
    assert one.place is not None
    assert (one.place.city, one.place.region, one.place.location) == ("Sudbury", None, (-81.01, 46.49))
    assert [term.en for term in one.skills] == ["MIG welding"]
    assert [link.code for link in one.occupations] == ["72106"]
    assert one.updated == dt.date(2026, 11, 1)


@pytest.mark.parametrize(
    "body",
    [
        {"@context": "http://schema.org/", **{k: v for k, v in WELDING.items() if k != "@context"}},
        {"@context": "https://schema.org", "@graph": [{k: v for k, v in WELDING.items() if k != "@context"}]},
        {"@context": {"schema": "https://schema.org/"}, "@id": WELDING["@id"], "@type": "schema:Course",
         "schema:name": "MIG welding", "schema:description": "Lay flat beads."},
        {"@context": {"@vocab": "http://schema.org/", "id": "@id", "kind": "@type", "titre": "name"},
         "id": WELDING["@id"], "kind": ["Thing", "Course"], "titre": "MIG welding", "description": "Lay flat beads."},
        {"@context": ["https://schema.org", {"about_it": {"@id": "https://schema.org/description"}}],
         "@id": WELDING["@id"], "@type": "Course", "name": {"@value": "MIG welding"}, "about_it": "Lay flat beads."},
        {"@type": "http://schema.org/Course", "@id": WELDING["@id"], "https://schema.org/name": ["MIG welding"],
         "http://schema.org/description": {"@list": ["Lay flat beads."]}},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": WELDING}]},
    ],
)  # fmt: skip
def test_one_course_may_be_written_in_many_ways(judged: Judge, body: dict[str, Any]) -> None:
    assert only(judged(body)) == only(judged(WELDING))


def test_names_of_another_vocabulary_mean_nothing_here(judged: Judge) -> None:
    body = {**WELDING, "@context": ["https://schema.org", {"x": "https://other.example/"}], "x:description": "No."}
    assert only(judged(body)) == only(judged(WELDING))


def test_things_may_point_to_each_other_even_in_a_circle(judged: Judge) -> None:
    course = {**WELDING, "hasCourseInstance": {"@id": "#run"}, "hasPart": {"@id": WELDING["@id"]}}
    run = {"@id": "#run", "@type": "CourseInstance", "startDate": "2027-02-01", "superEvent": {"@id": WELDING["@id"]},
           "hasPart": {"@id": "#run"}}  # fmt: skip
    found = judged({"@context": "https://schema.org", "@graph": [run, course, {"@id": "#run", "@type": "Event"}]})
    assert only(found).starts == (dt.date(2027, 2, 1),)


def test_text_in_both_languages_is_told_apart(judged: Judge) -> None:
    by_value = [{"@language": "en", "@value": "Welding"}, {"@language": "fr-CA", "@value": "Soudage"}]
    one = only(judged({**WELDING, "name": by_value, "description": {"en": "Beads.", "fr": "Cordons."}}))
    assert one.en is not None
    assert one.fr is not None
    assert (one.en.title, one.fr.title, one.en.description, one.fr.description) == (
        "Welding", "Soudage", "Beads.", "Cordons.",
    )  # fmt: skip


def test_a_language_that_is_not_read_is_said(judged: Judge) -> None:
    found = judged({**WELDING, "abstract": "x", "name": ["MIG welding", {"@language": "de", "@value": "Schweißen"}]})
    assert "language_not_read" in kinds(found[0])


def test_the_language_of_the_context_holds_for_plain_texts(judged: Judge) -> None:
    body = {**WELDING, "@context": {"@vocab": "https://schema.org/", "@language": "fr"}, "name": "Soudage"}
    one = only(judged(body))
    assert one.en is None
    assert one.fr is not None
    assert one.fr.title == "Soudage"


@pytest.mark.parametrize("kind", ["CollegeOrUniversity", "Organization", "Person", "Event", "WebPage", "JobPosting"])
def test_what_is_no_course_is_no_listing(judged: Judge, kind: str) -> None:
    other = {"@type": kind, "name": "Maple", "hasCredential": {"@type": "EducationalOccupationalCredential",
             "name": "Accreditation"}}  # fmt: skip
    assert only(judged(WELDING, other)) == only(judged(WELDING))


def test_what_was_passed_over_is_said_once_for_each_kind(source: Sources) -> None:
    body = [WELDING, *({"@type": "CollegeOrUniversity", "name": str(n)} for n in range(3)), {"@type": "WebSite"}]
    notes = read_whole(source("a.jsonld", json.dumps(body)), listing_contract(), TODAY, 1).notes
    assert [(one.value, one.problem.kind, one.problem.facts) for one in notes] == [
        ("CollegeOrUniversity", "kind_no_listing", {"count": 3})
    ]


def test_a_credential_that_a_course_leads_to_is_no_second_listing(judged: Judge) -> None:
    badge = {"@id": "#badge", "@type": "EducationalOccupationalCredential", "name": "Welder", "credentialCategory":
             "Digital badge"}  # fmt: skip
    one = only(judged({**WELDING, "educationalCredentialAwarded": {"@id": "#badge"}}, badge))
    assert one.credential_type == "digital_badge"
    assert only(judged(badge)).credential_type == "digital_badge"


def test_a_run_without_a_course_is_read_and_reported(judged: Judge) -> None:
    run = {"@type": "CourseInstance", "name": "Welding, spring", "startDate": "2027-04-01"}
    found = judged(run)
    assert only(found).starts == (dt.date(2027, 4, 1),)
    assert kinds(found[0]) == ["run_as_course", "id_made"]
    assert kinds(judged({"name": "Welding", "startDate": "2027-04-01"})[0])[0] == "kind_missing"
    assert judged(WELDING, {"@type": "CourseInstance", "startDate": "2027-04-01"})[1].listing is None


def test_runs_that_have_begun_are_not_offered(judged: Judge) -> None:
    runs = [{"startDate": day, "courseMode": mode} for day, mode in
            (("2026-09-01", "online"), ("2027-01-11T00:00:00", "onsite"), ("2027-05-03", "onsite"))]  # fmt: skip
    found = judged({**WELDING, "hasCourseInstance": runs})
    assert (only(found).delivery, only(found).starts) == ("in_person", (dt.date(2027, 1, 11), dt.date(2027, 5, 3)))
    assert kinds(found[0]) == ["runs_past"]


def test_a_course_whose_runs_have_all_begun_stays_without_a_start_date(judged: Judge) -> None:
    found = judged({**WELDING, "hasCourseInstance": [
        {"startDate": "2025-01-01", "courseMode": "online"}, {"startDate": "2026-01-01", "courseMode": "onsite"},
    ]})  # fmt: skip
    assert (only(found).starts, only(found).delivery) == ((), "in_person")
    assert kinds(found[0]) == ["runs_all_past"]


def test_each_way_a_course_is_offered_is_a_listing_of_its_own(judged: Judge) -> None:
    found = judged({**WELDING, "hasCourseInstance": [
        {"startDate": "2027-01-11", "courseMode": "online", "offers": {"price": 300}},
        {"startDate": "2027-01-11", "courseMode": "onsite", "location": "Sudbury, ON", "offers": {"price": 450}},
        {"startDate": "2027-05-03", "courseMode": "online", "offers": {"price": 300}},
    ]})  # fmt: skip
    listings = [one.listing for one in found if one.listing]
    assert [(one.id, one.cost, len(one.starts)) for one in listings] == [
        ("maple.courses-wld-1-online", 300, 2), ("maple.courses-wld-1-in-person-sudbury", 450, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("offers", "cost", "said"),
    [
        ([{"price": "1,299.00", "priceCurrency": "CAD"}], 1299, []),
        ([{"price": "Free"}], 0, []),
        ([{"category": "Resident Tuition", "priceSpecification": {"price": 900}},
          {"category": "International Tuition", "priceSpecification": {"price": 2900}}], 900, ["price_chosen"]),
        ([{"price": 500}, {"category": "Room and Board", "price": 9000}], 500, ["price_no_tuition"]),
        ([{"price": 500}, {"category": "Frais de renouvellement", "price": 65}], 500, ["price_no_tuition"]),
        ([{"category": "Renewal fee", "price": 65}], None, ["price_no_tuition"]),
        ([{"name": "Academic", "price": 120}, {"name": "Industry", "price": 600}], 600, ["price_chosen"]),
        ([{"name": "Members", "price": 80}, {"price": 100}], 100, ["price_chosen"]),
        ([{"@type": "AggregateOffer", "lowPrice": 100, "highPrice": "150"}], 150, []),
        ([{"price": 90, "validThrough": "2026-10-01"}, {"price": 120}], 120, ["price_no_tuition"]),
        ([{"priceSpecification": {"price": 40, "billingDuration": "P1M"}}], None, ["price_no_tuition"]),
        ([{"category": "Tuition and materials", "price": 210}], 210, []),
        ([{"price": "-5"}], None, ["out_of_bounds"]),
        ([{"price": "call us"}], None, ["not_a_price"]),
    ],
)  # fmt: skip
def test_the_cost_is_what_the_public_pays(
    judged: Judge, offers: list[dict[str, Any]], cost: float | None, said: list[str]
) -> None:
    found = judged(with_offers(*offers))
    assert (found[0].listing.cost if found[0].listing else None) == cost
    assert kinds(found[0]) == said


def test_wages_are_no_price(judged: Judge) -> None:
    wage = {"@type": "MonetaryAmountDistribution", "currency": "CAD", "median": "31.00"}
    one = only(judged({**WELDING, "trainingSalary": wage, "salaryUponCompletion": wage}))
    assert (one.cost, one.currency) == (None, None)


def test_a_course_that_says_it_is_free_costs_nothing(judged: Judge) -> None:
    assert only(judged({**WELDING, "isAccessibleForFree": True})).cost == 0
    assert only(judged({**WELDING, "isAccessibleForFree": False})).cost is None


@pytest.mark.parametrize(
    ("text", "hours", "weeks", "said"),
    [
        ("P4W", None, 4, []), ("PT40H", 40, None, []), ("P3D", None, 0.4, []), ("P2M", None, 8.7, []),
        ("PT1H30M", 1.5, None, []), ("P1DT6H", None, None, ["duration_mixed"]), ("PT0S", None, None, []),
        ("40 hours", 40, None, []), ("6 semaines", None, 6, []), ("P", None, None, ["not_a_duration"]),
        ("varies", None, None, ["not_a_duration"]),
    ],
)  # fmt: skip
def test_lengths_are_hours_or_weeks(
    judged: Judge, text: str, hours: float | None, weeks: float | None, said: list[str]
) -> None:
    found = judged({**WELDING, "timeRequired": text})
    assert (only(found).hours, only(found).weeks, kinds(found[0])) == (hours, weeks, said)


def test_hours_a_week_are_no_length(judged: Judge) -> None:
    assert only(judged(with_run(courseWorkload="3-5 hours per week", duration="P8W"))).hours_per_week == 5


def test_weeks_are_counted_from_the_first_day_to_the_last_where_no_length_is_said(judged: Judge) -> None:
    assert only(judged(with_run(startDate="2027-01-11", endDate="2027-02-21"))).weeks == 6
    assert only(judged(with_run(startDate="2027-02-21", endDate="2027-01-11"))).weeks is None


@pytest.mark.parametrize(
    ("run", "delivery", "city", "said"),
    [
        ({"location": {"@type": "VirtualLocation"}}, "online", None, []),
        ({"location": "Sault Ste. Marie"}, "in_person", "Sault Ste. Marie", []),
        ({"location": "North campus, room 12"}, "in_person", None, ["place_unclear"]),
        ({"location": {"@type": "Place", "address": "Timmins, Ontario"}}, "in_person", "Timmins", []),
        ({"courseMode": "online", "location": {"streetAddress": "1 Main"}}, None, None, ["mode_disagrees"]),
        ({"courseMode": "“onsite”"}, "in_person", None, []),
        ({"courseMode": ["online", "onsite"]}, "hybrid", None, []),
        ({"courseMode": "https://schema.org/MixedEventAttendanceMode"}, "hybrid", None, []),
        ({"courseMode": ["Posted", "distance learning"]}, None, None, []),
        ({"location": {"name": None, "address": {"addressRegion": None}}}, None, None, []),
    ],
)  # fmt: skip
def test_delivery_and_city_are_told_by_mode_and_place(
    judged: Judge, run: dict[str, Any], delivery: str | None, city: str | None, said: list[str]
) -> None:
    found = judged(with_run(**run))
    one = only(found)
    assert (one.delivery, one.place.city if one.place else None, kinds(found[0])) == (delivery, city, said)


def test_a_schedule_says_when_classes_meet(judged: Judge) -> None:
    evening = {"@type": "Schedule", "byDay": ["https://schema.org/Tuesday"], "startTime": "18:30"}
    weekend = {"@type": "Schedule", "byDay": "Saturday", "startTime": "09:00:00"}
    assert only(judged(with_run(courseSchedule=[evening, weekend]))).schedule == ("evening", "weekend")


@pytest.mark.parametrize(
    ("category", "codes", "said"),
    [
        ("72106", ["72106"], []), ("NOC 2021: 72106 – Welders", ["72106"], []),
        ("47-2111.00", [], ["occupation_elsewhere"]),
        ({"@type": "CategoryCode", "codeValue": "72106", "inCodeSet": {"name": "NOC 2021"}}, ["72106"], []),
        ({"@type": "CategoryCode", "codeValue": "24422", "inCodeSet": "KldB 2010"}, [], ["occupation_elsewhere"]),
        ("Welder", [], ["occupation_elsewhere"]),
    ],
)  # fmt: skip
def test_an_occupation_counts_where_it_is_of_the_noc(
    judged: Judge, category: Any, codes: list[str], said: list[str]
) -> None:
    found = judged({**WELDING, "occupationalCategory": category})
    assert ([link.code for link in only(found).occupations], kinds(found[0])) == (codes, said)


def test_equal_names_without_a_code_keep_apart(judged: Judge) -> None:
    bare = {"@type": "Course", "name": "HNC"}
    assert [one.listing.id for one in judged(bare, bare) if one.listing] == ["maple.hnc", "maple.hnc-2"]


def test_long_addresses_make_short_ids_that_stay_apart(judged: Judge) -> None:
    address = f"https://maple.example/{'long-' * 40}"
    found = judged(*({**WELDING, "@id": f"{address}{n}", "name": str(n)} for n in range(2)))
    assert len({one.listing.id for one in found if one.listing}) == 2


def test_no_person_is_read(judged: Judge) -> None:
    person = {"@type": "Person", "name": "Robin Testperson", "email": "robin@maple.example"}
    body = with_run(instructor=person, organizer=person, performer=[person], contributor=person)
    found = judged({**body, "author": person, "provider": {"@type": "Organization", "contactPoint": person}})
    assert "Robin" not in only(found).model_dump_json()
    assert "robin" not in str(found[0].issues)
