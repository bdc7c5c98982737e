"""Lists of course systems: edX, Moodle, Destiny One. The files below are made up in their shapes."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.failures import SourceError
from indexer.reading import Reader, SourceRead
from indexer.rules import UnreadableError
from indexer.settings import ROOT
from indexer.sources import Source
from indexer.transforms import TRANSFORMS
from mappings.contract import Contract

TODAY = dt.date(2026, 11, 24)
MAPPINGS = ROOT / "data" / "feed_mappings"
EDX = {
    "course_id": "course-v1:Maple+WLD101+W27", "name": "Welding symbols", "number": "WLD101", "org": "Maple",
    "short_description": "Read drawings.", "effort": "05:30", "pacing": "instructor", "hidden": False,
    "start": "2027-01-18T05:00:00Z", "start_type": "timestamp", "end": "2027-03-01T05:00:00Z",
    "enrollment_start": None, "enrollment_end": "2027-01-10T05:00:00Z", "media": {"course_image": {"uri": "/a.png"}},
}  # fmt: skip
SITE = {"id": 1, "fullname": "Maple online", "summary": "", "format": "site", "visible": 1, "startdate": 0}
# 2027-01-18 00:00 in Ontario is 05:00 in UTC.
MOODLE = {
    "id": 42, "shortname": "SOU1", "fullname": "Soudage &amp; découpage", "format": "topics", "visible": 1,
    "summary": "<p>Souder <strong>à plat</strong>.</p><script>x()</script>", "summaryformat": 1, "lang": "fr_ca",
    "startdate": 1800248400, "enddate": 0, "timemodified": 1795000000,
}  # fmt: skip
OPEN = {"status": "Open", "startDate": "2027-01-18", "tuition": 450, "deliveryMethod": "Classroom",
        "campus": {"city": "Sudbury"}, "instructors": [{"name": "Jo Doe"}]}  # fmt: skip
DESTINY = {
    "objectId": 9001, "code": "WLD 101", "name": "Welding basics", "description": "<p>Beads.</p>", "status": "Active",
    "contactHours": 30, "sections": [OPEN, {**OPEN, "startDate": "2025-01-20"}],
}  # fmt: skip


@pytest.fixture
def read(source: Callable[..., Source], contract: Contract) -> Callable[..., SourceRead]:
    def build(mapping: str, body: Any, language: str = "en") -> SourceRead:
        maple = source("a.json", json.dumps(body), language, mapping=str(MAPPINGS / mapping))
        return Reader(contract, TODAY, 1).read(maple)

    return build


Read = Callable[..., SourceRead]


def test_a_page_of_an_edx_list_loads(read: Read) -> None:
    found = read("edx.yml", {"results": [EDX], "pagination": {"next": None, "count": 1}})
    listing = found.listings[0]
    assert listing.id == "maple.course-v1-Maple-WLD101-W27"
    assert (listing.hours_per_week, listing.pace, listing.delivery) == (5.5, "scheduled", "online")
    assert (listing.starts, listing.application_closes) == ((dt.date(2027, 1, 18),), dt.date(2027, 1, 10))
    assert found.issues == []


def test_pages_of_an_edx_list_saved_together_load(read: Read) -> None:
    pages = [{"results": [EDX]}, {"results": [{**EDX, "course_id": "course-v1:Maple+B+W27", "name": "Bending"}]}]
    assert len(read("edx.yml", pages).listings) == 2


@pytest.mark.parametrize(
    "more", [{"next": "https://a.example/?page=2"}, {"pagination": {"next": "https://a.example/2"}}]
)
def test_a_list_that_goes_on_at_another_page_is_warned_of(read: Read, more: dict[str, Any]) -> None:
    found = read("edx.yml", {"results": [EDX], **more})
    assert [(issue.row, issue.problem.kind) for issue in found.issues] == [(1, "more_pages")]
    assert len(found.listings) == 1


@pytest.mark.parametrize(
    "change", [{"hidden": True}, {"invitation_only": True}, {"end": "2026-11-23T05:00:00Z"}, {"end": "0001-01-01"}]
)
def test_an_edx_course_that_nobody_can_take_is_no_listing(read: Read, change: dict[str, Any]) -> None:
    found = read("edx.yml", {"results": [{**EDX, **change}]})
    assert found.failure
    assert found.failure.kind == "nothing_wanted"


def test_a_placeholder_is_no_start_of_an_edx_course(read: Read) -> None:
    body = {"results": [{**EDX, "start": "2030-01-01T00:00:00Z", "start_type": "empty", "end": None}]}
    assert read("edx.yml", body).listings[0].starts == ()


def test_effort_in_words_is_left_out_and_said(read: Read) -> None:
    found = read("edx.yml", {"results": [{**EDX, "effort": "a few evenings"}]})
    assert [issue.problem.kind for issue in found.issues] == ["not_a_duration"]
    assert len(found.listings) == 1


def test_a_moodle_course_loads_without_the_front_page(read: Read) -> None:
    found = read("moodle.yml", [SITE, MOODLE])
    listing = found.listings[0]
    assert (listing.id, listing.language, listing.starts) == ("maple.42", ("fr",), (dt.date(2027, 1, 18),))
    assert listing.fr
    assert (listing.fr.title, listing.fr.description) == ("Soudage & découpage", "Souder à plat.")
    assert [issue.problem.kind for issue in found.issues] == ["script_taken_out"]
    assert len(found.listings) == 1


def test_a_moodle_list_by_field_and_one_that_says_nothing_of_hidden_courses_load(read: Read) -> None:
    unsaid = {key: value for key, value in MOODLE.items() if key != "visible"}
    assert len(read("moodle.yml", {"courses": [unsaid], "warnings": []}).listings) == 1


@pytest.mark.parametrize("change", [{"visible": 0}, {"id": 1}, {"format": "site"}, {"enddate": 1700000000}])
def test_hidden_courses_and_those_that_ended_are_no_listings(read: Read, change: dict[str, Any]) -> None:
    assert [one.id for one in read("moodle.yml", [{**MOODLE, **change}, {**MOODLE, "id": 7}]).listings] == ["maple.7"]


def test_a_past_or_absent_start_of_a_moodle_course_is_none(read: Read) -> None:
    for start in (0, 1600000000, None):
        assert read("moodle.yml", [{**MOODLE, "startdate": start}]).listings[0].starts == ()


def test_what_moodle_says_instead_of_a_list_is_refused(read: Read) -> None:
    refusal = {"exception": "webservice_access_exception", "errorcode": "accessexception", "message": "Access denied"}
    found = read("moodle.yml", refusal)
    assert found.failure
    assert found.failure.kind == "records_missing"


def test_a_course_of_destiny_one_loads_with_its_open_sections(read: Read) -> None:
    found = read("destiny-one-json.yml", {"courses": [DESTINY]})
    listing = found.listings[0]
    assert (listing.id, listing.hours, listing.cost) == ("maple.WLD-101", 30, 450)
    assert (listing.delivery, listing.starts) == ("in_person", (dt.date(2027, 1, 18),))
    assert listing.place
    assert listing.place.city == "Sudbury"
    assert "Doe" not in listing.model_dump_json()
    assert found.issues == []


def test_closed_sections_and_those_that_disagree_say_nothing(read: Read) -> None:
    closed = {**OPEN, "status": "Cancelled", "startDate": "2027-05-03", "tuition": 1}
    online = {**OPEN, "deliveryMethod": "Online", "tuition": 400}
    listing = read(
        "destiny-one-json.yml", {"courses": {"course": [{**DESTINY, "sections": [OPEN, closed, online]}]}}
    ).listings[0]
    assert (listing.delivery, listing.cost, listing.starts) == (None, None, (dt.date(2027, 1, 18),))


def test_a_course_of_destiny_one_that_is_not_on_sale_is_no_listing(read: Read) -> None:
    found = read(
        "destiny-one-json.yml",
        {"course": [{**DESTINY, "status": "Inactive"}, {**DESTINY, "code": "B", "sections": []}]},
    )
    assert [one.id for one in found.listings] == ["maple.B"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1800248400, "2027-01-18"), (1800248399, "2027-01-17"), ("1800248400", "2027-01-18"),
        (1800248400000, "2027-01-18"), (0, None), ([0, 1800248400, None], ["2027-01-18"]),
    ],
)  # fmt: skip
def test_seconds_are_a_day_in_ontario(value: Any, day: Any) -> None:
    assert TRANSFORMS["epoch_day"](value, TODAY) == day


@pytest.mark.parametrize("value", ["soon", -1, True, {}, 10**30, "inf", float("inf"), -(10**400)])
def test_what_is_no_moment_is_refused(value: Any) -> None:
    with pytest.raises(UnreadableError):
        TRANSFORMS["epoch_day"](value, TODAY)


@given(st.integers() | st.floats() | st.text(max_size=12))
def test_any_moment_is_a_day_none_or_refused(value: Any) -> None:
    try:
        day = TRANSFORMS["epoch_day"](value, TODAY)
    except UnreadableError:
        return
    assert day is None or dt.date.fromisoformat(day) >= dt.date(1969, 12, 31)


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("06:00", 6), ("5:30", 5.5), ("01:00:00", 1), ("5-7 hours per week", 7), ("6", 6), (3.5, 3.5),
        ("10 hours/week", 10),
        ("4 à 6 heures par semaine", 6), ("3 h/semaine", 3), ("8 to 10 hrs per week", 10),
    ],
)  # fmt: skip
def test_effort_is_read_as_clock_words_or_number(value: Any, hours: float) -> None:
    assert TRANSFORMS["weekly_effort"](value, TODAY) == hours


@pytest.mark.parametrize("value", ["some", "5:75", "3 modules", "-", "2 hours per day"])
def test_effort_that_is_not_of_a_week_is_refused(value: str) -> None:
    with pytest.raises(UnreadableError):
        TRANSFORMS["weekly_effort"](value, TODAY)


@pytest.mark.parametrize(
    ("value", "languages"),
    [("en_us", ["en"]), (["fr", "Spanish", ""], ["fr", "other"]), ("Cree", ["other"]), ("gibberish", ["gibberish"])],
)
def test_languages_are_read_from_tags_and_names(value: Any, languages: list[str]) -> None:
    assert TRANSFORMS["spoken"](value, TODAY) == languages


def test_a_list_of_another_system_is_refused_in_words(read: Read) -> None:
    found = read("destiny-one-json.yml", {"results": []})
    assert found.failure
    assert "list" in str(SourceError(found.failure))
