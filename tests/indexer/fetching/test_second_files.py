"""The second file of a join is fetched with the feed: both arrive, or the pair that was there stays."""

import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from indexer.digests import source_digest
from indexer.fetching.address import parse_address
from indexer.fetching.caller import Caller
from indexer.fetching.deadline import Deadline
from indexer.fetching.kept import note_path
from indexer.reading import Reader, SourceRead
from indexer.sources import Source
from mappings.contract import listing_contract
from tests.indexer.fetching.conftest import HERE, Desk, contents
from tests.indexer.fetching.feed_server import Answer, FeedServer
from tests.indexer.fetching.test_archives import zipped

TODAY = dt.date(2026, 11, 24)
MAPPING = "join: {file: runs.json, key: code, as: runs}\nfields: {id: code, en.title: name, cost: 'runs[0].price'}\n"
COURSES = json.dumps([{"code": "A", "name": "Welding safety"}]).encode()
RUNS, DEARER = (json.dumps([{"code": "A", "price": price}]).encode() for price in (90, 120))
TAG = {"ETag": '"one"'}


def joining(desk: Desk, url: str, join: dict[str, Any] | None, **more: Any) -> Source:
    (desk.folder / "m.yml").write_text(MAPPING, encoding="utf-8")
    return desk.source(url, mapping="m.yml", join=join, **more)


def read(desk: Desk, source: Source) -> SourceRead:
    reader = Reader(listing_contract(), TODAY, 10, fetcher=desk.fetcher)
    (found,) = reader.read_all([source], lambda _: None)
    return found


def costs(found: SourceRead) -> list[float | None]:
    assert found.failure is None, found.failure
    return [one.cost for one in found.listings]


def kinds(found: SourceRead) -> str:
    return found.failure.kind if found.failure else ""


@pytest.fixture
def pair(server: FeedServer, desk: Desk) -> Source:
    server.gives("/courses.json", Answer(body=COURSES, headers=TAG))
    server.gives("/runs.json.gz", Answer(body=gzip.compress(RUNS, mtime=0), headers=TAG))
    return joining(desk, server.url("/courses.json"), {"url": server.url("/runs.json.gz")})


def test_a_feed_is_joined_with_a_second_file_from_its_server(pair: Source, desk: Desk) -> None:
    assert costs(read(desk, pair)) == [90]


def test_each_file_of_a_pair_is_asked_for_only_if_it_changed(pair: Source, server: FeedServer, desk: Desk) -> None:
    read(desk, pair)
    server.gives("/courses.json", Answer(304, b""))
    server.gives("/runs.json.gz", Answer(body=DEARER))
    assert costs(read(desk, pair)) == [120]
    assert [one.headers["If-None-Match"] for one in server.asked] == [None, None, '"one"', '"one"']


@pytest.mark.parametrize("failing", ["/courses.json", "/runs.json.gz"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [(Answer(404), "fetch_gone"), (Answer(body=b""), "file_empty"), (Answer(body=b"<html>"), "content_other")],
    ids=["gone", "empty", "web page"],
)
def test_when_either_file_fails_the_pair_stays_as_it_was(
    pair: Source, server: FeedServer, desk: Desk, failing: str, answer: Answer, kind: str
) -> None:
    read(desk, pair)
    before = contents(pair.file.parent)
    for path in ("/courses.json", "/runs.json.gz"):
        server.gives(path, answer if path == failing else Answer(body=DEARER))
    assert kinds(read(desk, pair)) == kind
    assert contents(pair.file.parent) == before


def test_a_pair_put_in_place_halfway_is_never_read_and_is_made_whole(
    pair: Source, server: FeedServer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the process is killed after the first of the two new files stands in its place."""
    read(desk, pair)
    replaced: list[Path] = []

    def replace(self: Path, target: Path) -> Path:
        if replaced:
            raise OSError("killed here")
        replaced.append(target)
        self.rename(target)
        return target

    server.gives("/courses.json", Answer(body=COURSES.replace(b"safety", b"basics")))
    server.gives("/runs.json.gz", Answer(body=DEARER))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        assert kinds(read(desk, pair)) == "fetch_not_kept"
    assert replaced == [pair.file]
    unfetched = Reader(listing_contract(), TODAY, 10).read(pair)
    assert kinds(unfetched) == "file_missing"
    assert costs(read(desk, pair)) == [120]


def test_sign_in_goes_to_the_feeds_own_server_only(server: FeedServer, other_server: FeedServer, desk: Desk) -> None:
    desk.secrets = {"TOKEN": "pa55"}
    server.gives("/courses.json", Answer(body=COURSES))
    server.gives("/runs.json", Answer(body=RUNS))
    source = joining(desk, server.url("/courses.json"), {"url": server.url("/runs.json")}, auth={"bearer": "TOKEN"})
    read(desk, source)
    assert [one.headers["Authorization"] for one in server.asked] == ["Bearer pa55"] * 2
    elsewhere = {"url": other_server.url("/runs.json")}
    found = read(desk, joining(desk, server.url("/courses.json"), elsewhere, auth={"bearer": "TOKEN"}))
    assert (kinds(found), other_server.asked) == ("fetch_private", [])  # allow_private is for the feed's server alone


@pytest.mark.parametrize(
    ("url", "signed"),
    [("https://maple.example/a", True), ("https://maple.example:8443/a", False), ("http://maple.example/a", False),
     ("https://www.maple.example/a", False)],
)  # fmt: skip
def test_secrets_are_for_one_scheme_name_and_port(desk: Desk, url: str, *, signed: bool) -> None:
    source = desk.source("https://maple.example/courses.json")
    caller = Caller(source, {"X-Key": "pa55"}, 10, lambda *_: HERE, desk.pauses.append)
    with Deadline(5) as deadline:
        assert bool(caller.question(parse_address(url), deadline, {}).secrets) is signed


def test_a_second_file_never_leads_inside(server: FeedServer, desk: Desk) -> None:
    server.gives("/courses.json", Answer(body=COURSES))
    desk.names = {"maple.example": HERE, "runs.example": ["10.0.0.7"]}
    source = joining(desk, server.url("/courses.json"), {"url": "https://runs.example/runs.json"})
    assert kinds(read(desk, source)) == "fetch_private"


def test_both_files_may_come_in_one_archive(server: FeedServer, desk: Desk) -> None:
    server.gives("/all.zip", Answer(body=zipped({"courses.json": COURSES, "runs.json": RUNS}), headers=TAG))
    source = joining(desk, server.url("/all.zip"), {"member": "runs.json"}, member="courses.json")
    assert costs(read(desk, source)) == [90]
    server.gives("/all.zip", Answer(304, b""))
    assert costs(read(desk, source)) == [90]
    assert [one.headers["If-None-Match"] for one in server.asked] == [None, '"one"']


@pytest.mark.parametrize("damage", ["courses", "runs"])
def test_an_archive_of_which_one_copy_was_touched_is_fetched_whole(server: FeedServer, desk: Desk, damage: str) -> None:
    server.gives("/all.zip", Answer(body=zipped({"courses.json": COURSES, "runs.json": RUNS}), headers=TAG))
    source = joining(desk, server.url("/all.zip"), {"member": "runs.json"}, member="courses.json")
    read(desk, source)
    copy = source.file if damage == "courses" else source.second_file
    assert copy
    note_path(copy).unlink()
    assert costs(read(desk, source)) == [90]
    assert server.asked[1].headers["If-None-Match"] is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [(zipped({"courses.json": COURSES}), "archive_without"), (COURSES, "archive_without"),
     (gzip.compress(COURSES, mtime=0), "archive_without"),
     (zipped({"courses.json": COURSES, "runs.json": b" " * 8_000_000}), "archive_bomb"),
     (zipped({"courses.json": COURSES, "runs.json": zipped({"a": RUNS})}), "archive_nested")],
    ids=["without", "no archive", "gzip", "bomb", "nested"],
)  # fmt: skip
def test_an_archive_that_does_not_hold_both_changes_nothing(
    server: FeedServer, desk: Desk, body: bytes, kind: str
) -> None:
    server.gives("/all.zip", Answer(body=body))
    source = joining(desk, server.url("/all.zip"), {"member": "runs.json"}, member="courses.json")
    assert kinds(read(desk, source)) == kind
    assert contents(source.file.parent) == {}


def test_a_fetched_feed_whose_second_file_comes_from_nowhere_is_refused_saying_so(
    server: FeedServer, desk: Desk
) -> None:
    server.gives("/courses.json", Answer(body=COURSES))
    found = read(desk, joining(desk, server.url("/courses.json"), None))
    assert found.failure
    assert found.failure.in_language("en").startswith("the mapping joins the file runs.json, but the source does not")
    assert found.failure.in_language("fr").startswith(
        "le mappage joint le fichier runs.json, mais la source ne dit pas"
    )


def test_a_digest_tells_another_second_file(pair: Source, server: FeedServer, desk: Desk) -> None:
    read(desk, pair)
    before = source_digest(pair, "", TODAY)
    server.gives("/runs.json.gz", Answer(body=DEARER))
    read(desk, pair)
    assert source_digest(pair, "", TODAY) != before


def test_a_second_file_that_is_not_fetched_yet_is_missing(pair: Source) -> None:
    pair.file.parent.mkdir(parents=True)
    pair.file.write_bytes(COURSES)
    found = Reader(listing_contract(), TODAY, 10).read(pair)
    assert kinds(found) == "file_missing"
