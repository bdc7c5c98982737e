"""Feeds in packed files on this machine are read where they are, within the limits of what is fetched."""

import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from indexer.reading import Reader, SourceRead
from indexer.sources import Source
from mappings.contract import listing_contract
from tests.indexer.conftest import source_entry
from tests.indexer.fetching.feed_server import FEED, OTHER_FEED
from tests.indexer.fetching.test_archives import HARMFUL, zipped

TODAY = dt.date(2026, 11, 24)
MAPPING = "join: {file: runs.json, key: code, as: runs}\nfields: {id: code, en.title: name, cost: 'runs[0].price'}\n"
COURSES = json.dumps([{"code": "A", "name": "Welding safety"}]).encode()
RUNS = json.dumps([{"code": "A", "price": 90}]).encode()


class Shelf:
    """A folder of files, and one in which packed ones are unpacked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.scratch = folder, folder / "scratch"
        self.put("m.yml", MAPPING.encode())

    def put(self, file: str, content: bytes) -> None:
        (self.folder / file).write_bytes(content)

    def read(self, file: str, *, megabytes: int = 10, **more: Any) -> SourceRead:
        source = Source.model_validate(source_entry("maple", file, **more)).placed(self.folder)
        found = Reader(listing_contract(), TODAY, megabytes, scratch=self.scratch).read(source)
        assert list(self.scratch.rglob("*.*")) == []
        return found

    def ids(self, file: str, **more: Any) -> list[str]:
        found = self.read(file, **more)
        assert found.failure is None, found.failure
        return [one.id for one in found.listings]

    def refused(self, file: str, **more: Any) -> str:
        failure = self.read(file, **more).failure
        assert failure
        return failure.kind


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "more"),
    [
        ("feed.csv.gz", gzip.compress(FEED, mtime=0), {}),
        ("feed.csv", gzip.compress(FEED, mtime=0), {}),
        ("Feed.CSV.zip", zipped({"a/feed.csv": FEED, "a/read.md": b"read"}), {}),
        ("all.zip", zipped({"one.csv": OTHER_FEED, "two.csv": FEED}), {"member": "two.csv"}),
        ("all.zip", zipped({"feed.dat": FEED}), {"format": "csv"}),
        ("feed.tsv.gz", gzip.compress(FEED.replace(b",", b"\t"), mtime=0), {}),
    ],
    ids=["gzip", "gzip by its bytes", "zip", "member", "format", "tabs"],
)
def test_a_packed_file_is_read_as_what_is_inside(shelf: Shelf, file: str, content: bytes, more: dict[str, str]) -> None:
    shelf.put(file, content)
    assert shelf.ids(file, **more) == ["maple.A-1", "maple.A-2"]


@pytest.mark.parametrize("how", HARMFUL)
def test_a_packed_file_that_could_harm_or_mislead_is_refused(shelf: Shelf, how: str) -> None:
    content, kind = HARMFUL[how]
    shelf.put("feed.csv.zip", content)
    assert shelf.refused("feed.csv.zip") == kind
    assert not list(shelf.folder.glob("**/feed.csv"))


def test_what_unpacks_to_more_than_the_limit_is_refused(shelf: Shelf) -> None:
    shelf.put("feed.csv.gz", gzip.compress(FEED + b"x" * 2_000_000, mtime=0))
    assert shelf.refused("feed.csv.gz", megabytes=1) == "file_too_large"


def test_a_packed_file_that_is_not_there_is_missing(shelf: Shelf) -> None:
    assert shelf.refused("feed.csv.gz") == "file_missing"


def test_the_second_file_may_stand_in_the_same_archive_or_beside_it(shelf: Shelf) -> None:
    shelf.put("all.zip", zipped({"courses.json": COURSES, "runs.json": RUNS}))
    told: dict[str, Any] = {"member": "courses.json", "mapping": "m.yml"}
    (inside,) = shelf.read("all.zip", join={"member": "runs.json"}, **told).listings
    assert inside.cost == 90
    assert shelf.refused("all.zip", **told) == "file_missing"
    shelf.put("runs.json", RUNS.replace(b"90", b"120"))
    (beside,) = shelf.read("all.zip", **told).listings
    assert beside.cost == 120


def test_a_second_file_cannot_be_a_member_of_what_is_no_archive(shelf: Shelf) -> None:
    shelf.put("courses.json", COURSES)
    assert shelf.refused("courses.json", mapping="m.yml", join={"member": "runs.json"}) == "archive_without"


def test_a_workbook_is_read_as_it_is(shelf: Shelf) -> None:
    shelf.put("feed.xlsx", b"PK\x03\x04 no workbook")
    assert shelf.refused("feed.xlsx") == "archive_broken"


def test_a_disk_that_cannot_be_written_fails_the_source_alone(shelf: Shelf) -> None:
    shelf.put("feed.csv.gz", gzip.compress(FEED, mtime=0))
    shelf.put("scratch", b"a file where a folder should be")
    assert shelf.refused("feed.csv.gz") == "file_unreadable"
