"""Packed feeds are unpacked, and what is made to harm is not."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from tests.indexer.fetching.conftest import Desk
from tests.indexer.fetching.feed_server import FEED, OTHER_FEED, Answer, FeedServer

LARGE = b"ID,Title\n" + b"\n" * 8_000_000
METHOD = zipfile.ZIP_DEFLATED


def zipped(members: dict[str, bytes], method: int = METHOD) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def locked() -> bytes:
    """An archive whose one member says that it needs a password."""
    packed = bytearray(zipped({"feed.csv": FEED}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


@pytest.mark.parametrize(
    ("path", "body", "more"),
    [
        ("/feed.csv.gz", gzip.compress(FEED, mtime=0), {}),
        ("/feed.csv.gz", gzip.compress(FEED[:20], mtime=0) + gzip.compress(FEED[20:], mtime=0), {}),
        ("/feed.csv", gzip.compress(FEED, mtime=0), {}),
        ("/feed.csv.gz", FEED, {}),
        ("/feed.csv.zip", zipped({"anything.dat": FEED}), {}),
        ("/feed.csv.zip", zipped({"a/readme.md": b"read", "a/feed.csv": FEED, "__MACOSX/._feed.csv": b"x"}), {}),
        ("/all.zip", zipped({"one.csv": OTHER_FEED, "two.csv": FEED}), {"member": "two.csv"}),
        ("/all.zip", zipped({"feed.csv": FEED}, zipfile.ZIP_STORED), {"format": "csv"}),
    ],
)
def test_a_packed_feed_is_unpacked(
    server: FeedServer, desk: Desk, path: str, body: bytes, more: dict[str, str]
) -> None:
    server.gives(path, Answer(body=body))
    assert desk.fetched(server.url(path), **more) == FEED


def test_a_workbook_is_an_archive_that_stays_whole(server: FeedServer, desk: Desk) -> None:
    book = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    server.gives("/feed.xlsx", Answer(body=book))
    assert desk.fetched(server.url("/feed.xlsx")) == book
    server.gives("/feed.xlsx", Answer(body=zipped({"feed.xlsx": book})))
    assert desk.fetched(server.url("/feed.xlsx")) == book


HARMFUL = {
    "gzip bomb": (gzip.compress(LARGE, mtime=0), "archive_bomb"),
    "zip bomb": (zipped({"feed.csv": LARGE}), "archive_bomb"),
    "zip in zip": (zipped({"feed.csv": zipped({"feed.csv": FEED})}), "archive_nested"),
    "gzip in zip": (zipped({"feed.csv": gzip.compress(FEED, mtime=0)}), "archive_nested"),
    "gzip in gzip": (gzip.compress(gzip.compress(FEED, mtime=0)), "archive_nested"),
    "zip in gzip": (gzip.compress(zipped({"feed.csv": FEED})), "archive_nested"),
    "slip": (zipped({"../../feed.csv": FEED}), "archive_unsafe"),
    "slip beside the feed": (zipped({"feed.csv": FEED, "a\\..\\..\\b": b""}), "archive_unsafe"),
    "absolute": (zipped({"/etc/feed.csv": FEED}), "archive_unsafe"),
    "drive": (zipped({"C:\\feed.csv": FEED}), "archive_unsafe"),
    "password": (locked(), "archive_locked"),
    "two feeds": (zipped({"a.csv": FEED, "b.csv": FEED}), "archive_crowded"),
    "no feed": (zipped({"a.txt.md": FEED, "b.md": FEED}), "archive_without"),
    "empty": (zipped({}), "archive_without"),
    "method": (zipped({"feed.csv": FEED}, zipfile.ZIP_LZMA), "archive_broken"),
    "cut zip": (zipped({"feed.csv": FEED})[:-5], "archive_broken"),
    "cut gzip": (gzip.compress(FEED, mtime=0)[:-5], "archive_broken"),
    "no gzip": (b"\x1f\x8b" + b"\0" * 40, "archive_broken"),
    "damaged": (zipped({"feed.csv": FEED}, zipfile.ZIP_STORED).replace(b"Welding", b"Wolding", 1), "archive_broken"),
    "web page": (zipped({"feed.csv": b"<html>"}), "content_other"),
    "nothing inside": (zipped({"feed.csv": b""}), "file_empty"),
}


@pytest.mark.parametrize("how", HARMFUL)
def test_an_archive_that_could_harm_or_mislead_is_refused(server: FeedServer, desk: Desk, how: str) -> None:
    body, kind = HARMFUL[how]
    server.gives("/feed.csv", Answer(body=body))
    assert desk.refused(server.url()).kind == kind


def test_a_member_that_is_not_there_is_named(server: FeedServer, desk: Desk) -> None:
    server.gives("/all.zip", Answer(body=zipped({"one.csv": FEED})))
    problem = desk.refused(server.url("/all.zip"), member="two.csv")
    assert (problem.kind, problem.facts["member"]) == ("archive_without", "two.csv")


def test_a_directory_made_to_fill_memory_is_not_read(server: FeedServer, desk: Desk) -> None:
    names = {f"{number:06}.csv": b"" for number in range(45_000)}
    server.gives("/feed.csv.zip", Answer(body=zipped(names, zipfile.ZIP_STORED)))
    assert desk.refused(server.url("/feed.csv.zip")).kind == "archive_broken"


def test_nothing_is_written_outside_the_sources_folder(server: FeedServer, desk: Desk, tmp_path: Path) -> None:
    server.gives("/feed.csv", Answer(body=zipped({"../../escaped.csv": FEED})))
    desk.refused(server.url())
    assert list(tmp_path.rglob("escaped*")) == []
