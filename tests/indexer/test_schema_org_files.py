"""Real files of schema.org descriptions, and what comes out. Skipped where the development data is not there."""

import datetime as dt
from collections.abc import Callable

import pytest

from indexer.reading import Reader, SourceRead, quarantine_of
from indexer.sources import Source
from mappings.contract import Contract
from mappings.listing import Listing
from tests.conftest import shared_path

TODAY = dt.date(2026, 11, 24)
PEOPLE = ("Tom Hancocks", "Malwina Prater", "Valeria Di Cola", "Diana Marek", "Jeff Leek", "Aleena Mushtaq")
FILES = (
    "nbis-courses.json", "ebi-training-courses-tess-sample.json", "ebi-course-online.json", "sib_course.json",
    "sdo-course-examples.jsonld", "sdo-issue-2289-examples.jsonld",
)  # fmt: skip
ReadFile = Callable[..., SourceRead]


@pytest.fixture
def read(contract: Contract) -> ReadFile:
    def build(file: str, today: dt.date = TODAY) -> SourceRead:
        path = shared_path(f"feeds/schema-org/{file}")
        institution = {"id": "real", "name": {"en": "Real"}}
        entry = {"id": "real", "institution": institution, "file": str(path), "format": "schema-org"}
        return Reader(contract, today, 100).read(Source.model_validate(entry))

    return build


def kinds(found: SourceRead) -> list[str]:
    return [issue.problem.kind for issue in found.issues]


def named(found: SourceRead, title: str) -> list[Listing]:
    return [one for one in found.listings if one.en and one.en.title == title]


def test_runs_of_a_provider_without_courses_are_read_and_said(read: ReadFile) -> None:
    then = read("nbis-courses.json", dt.date(2022, 9, 1))
    assert kinds(then).count("run_as_course") == 32
    assert kinds(then).count("kind_missing") == 3
    assert kinds(then).count("runs_all_past") == 24
    assert [one.delivery for one in named(then, "Introduction to bioinformatics using NGS data")] == [
        "in_person",
        "online",
    ]
    assert len({one.id for one in named(then, "Introduction to Data Management Practices")}) == 2


def test_days_without_zeros_are_days(read: ReadFile) -> None:
    found = read("ebi-training-courses-tess-sample.json", dt.date(2020, 10, 1))
    (variant,) = named(found, "Variant submission and data access at the European Variation Archive")
    assert variant.starts == (dt.date(2020, 11, 4),)
    assert kinds(found).count("event_as_course") == 6


def test_the_price_of_a_course_for_two_kinds_of_customers_is_the_higher_and_said(read: ReadFile) -> None:
    found = read("sib_course.json", dt.date(2022, 5, 1))
    assert [(one.cost, one.currency, one.place.city if one.place else None) for one in found.listings] == [
        (600, "CHF", "Lausanne"), (600, "CHF", "Zürich"),
    ]  # fmt: skip
    assert kinds(found).count("price_chosen") == 2
    assert kinds(found).count("duration_mixed") == 2


def test_room_board_and_wages_are_no_price_and_a_college_is_no_listing(read: ReadFile) -> None:
    found = read("sdo-issue-2289-examples.jsonld")
    assert [(one.cost, one.currency) for one in found.listings] == [(16278, "USD"), (None, None)]
    assert {"price_no_tuition", "price_chosen", "kind_no_listing", "occupation_elsewhere"} <= set(kinds(found))


def test_a_course_without_a_name_is_held_back_alone(read: ReadFile) -> None:
    found = read("sdo-course-examples.jsonld")
    assert [(issue.row, issue.problem.kind) for issue in quarantine_of(found)] == [
        (1, "title_missing"),
        (1, "id_missing"),
    ]
    assert [one.cost for one in named(found, "Basic Proofreading")] == [395, 440, None]


@pytest.mark.parametrize("file", FILES)
def test_no_person_is_named_outside_the_providers_own_prose(read: ReadFile, file: str) -> None:
    for one in read(file).listings:
        assert one.en is not None
        bare = one.model_copy(update={"en": one.en.model_copy(update={"description": None})})
        assert not any(name in bare.model_dump_json() for name in PEOPLE)
