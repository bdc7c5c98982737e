"""Real exports, read by the declared mappings. Skipped where the development data is not beside the project."""

import datetime as dt
from collections.abc import Callable

import pytest
import yaml

from indexer.reading import Reader, SourceRead
from indexer.settings import ROOT
from indexer.sources import Source, read_sources
from mappings.contract import Contract
from mappings.listing import Listing
from tests.conftest import shared_path

MAPPINGS = ROOT / "data" / "feed_mappings"
TODAY = dt.date(2026, 11, 24)
BEFORE = dt.date(2025, 4, 1)
INSTRUCTORS = ("Jerison", "Staffilani", "Niño", "Van Maanen", "Eppinger", "Keri Pearlson")

ReadFeed = Callable[..., SourceRead]


@pytest.fixture
def read(contract: Contract) -> ReadFeed:
    def build(feed: str, mapping: str, today: dt.date = TODAY, language: str = "en") -> SourceRead:
        path = shared_path(feed)
        source = Source.model_validate({
            "id": "real", "institution": {"id": "real", "name": {language: "Real"}},
            "file": str(path), "mapping": str(MAPPINGS / mapping),
        })  # fmt: skip
        return Reader(contract, today, 100).read(source)

    return build


def named(found: SourceRead, title: str) -> Listing:
    return next(one for one in found.listings if one.en and one.en.title == title)


def test_sloan_courses_are_joined_with_their_runs(read: ReadFeed) -> None:
    found = read("feeds/json/test_sloan_courses.json", "sloan.yml")
    assert len(found.listings) == 99
    assert sum(one.cost is not None for one in found.listings) == 91
    assert {one.currency for one in found.listings if one.cost is not None} == {"USD"}
    assert {one.currency for one in found.listings if one.cost is None} == {None}
    assert not any(one.starts for one in found.listings)


def test_the_sloan_runs_of_a_course_that_is_not_in_the_list_are_reported(read: ReadFeed) -> None:
    notes = read("feeds/json/test_sloan_courses.json", "sloan.yml").notes
    assert [(one.row, one.problem.kind) for one in notes] == [(row, "join_alone") for row in (1, 136, 137)]
    assert {(one.column, one.value) for one in notes} == {("Course_Id", "a056g00000URaa8AAD")}


def test_sloan_runs_that_differ_have_no_common_length_or_delivery(read: ReadFeed) -> None:
    found = read("feeds/json/test_sloan_courses.json", "sloan.yml")
    mixed = named(found, "Accelerating Digital Transformation with Algorithmic Business Thinking")
    sprint = named(found, "Generative AI Business Sprint")
    assert (mixed.delivery, mixed.weeks) == (None, None)
    assert (sprint.pace, sprint.cost, sprint.weeks) == ("self_paced", 1750, 4.3)


def test_runs_that_have_begun_are_no_starts_to_offer(read: ReadFeed) -> None:
    found = read("feeds/json/xpro_courses.json", "xpro.yml", BEFORE)
    assert named(found, "Discovering and Implementing Your Leadership Strengths").starts == (
        dt.date(2025, 5, 5), dt.date(2025, 7, 14),
    )  # fmt: skip
    assert not any(one.starts for one in read("feeds/json/xpro_courses.json", "xpro.yml").listings)


def test_xpro_durations_are_read_by_their_longer_end(read: ReadFeed) -> None:
    found = read("feeds/json/xpro_courses.json", "xpro.yml")
    culture = named(found, "Navigating and Leveraging Culture and Networks")
    assert (culture.weeks, culture.hours_per_week, culture.cost, culture.currency) == (4, 7, 999, "USD")
    assert culture.en is not None
    assert culture.en.description == "A three-week online course for technical professionals."
    assert not found.issues


def test_mitxonline_prices_are_those_of_products_on_sale(read: ReadFeed) -> None:
    found = read("feeds/json/mitxonline_courses.json", "mitxonline.yml")
    assert [one.cost for one in found.listings] == [100, 75, 75]
    assert found.listings[0].url == "https://mitxonline.mit.edu/courses/course-v1:MITxT+18.03.1x/"
    assert [one.pace for one in found.listings] == ["scheduled", "self_paced", "self_paced"]
    assert not found.issues


@pytest.mark.parametrize(
    ("feed", "mapping"),
    [
        ("feeds/json/test_sloan_courses.json", "sloan.yml"), ("feeds/json/xpro_courses.json", "xpro.yml"),
        ("feeds/json/mitxonline_courses.json", "mitxonline.yml"),
    ],
)  # fmt: skip
def test_no_instructor_is_named_outside_the_providers_own_prose(read: ReadFeed, feed: str, mapping: str) -> None:
    paths = yaml.safe_dump(yaml.safe_load((MAPPINGS / mapping).read_text(encoding="utf-8")))
    assert "instructor" not in paths.lower()
    assert "faculty" not in paths.lower()
    for one in read(feed, mapping).listings:
        assert one.en is not None
        bare = one.model_copy(update={"en": one.en.model_copy(update={"description": None})})
        assert not any(name in bare.model_dump_json() for name in INSTRUCTORS)


@pytest.mark.parametrize(
    ("corpus", "count", "language"),
    [("nj-programs", 783, "en"), ("onet-occupations", 1016, "en"), ("rncp-fr", 4774, "fr")],
)
def test_retrieval_collections_are_read_whole(read: ReadFeed, corpus: str, count: int, language: str) -> None:
    found = read(f"relevance/{corpus}/corpus.jsonl", "beir.yml", language=language)
    assert len(found.listings) == count
    assert all(one.text(language) for one in found.listings)


def test_the_sample_feeds_are_good_throughout(contract: Contract) -> None:
    reads = Reader(contract, TODAY, 100).read_all(read_sources(ROOT / "data" / "sources.yml"), lambda _: None)
    assert [read.source.id for read in reads if read.failure or read.quarantined] == []
    assert sum(len(read.listings) for read in reads) >= 300


def test_a_stated_price_of_zero_is_free_and_a_blank_is_unknown(contract: Contract) -> None:
    reads = Reader(contract, TODAY, 100).read_all(read_sources(ROOT / "data" / "sources.yml"), lambda _: None)
    costs = [listing.cost for read in reads for listing in read.listings]
    assert 0 in costs
    assert None in costs
