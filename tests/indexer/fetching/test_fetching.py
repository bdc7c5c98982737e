"""A feed at a web address becomes a file, and is asked for again only when it changed."""

import gzip
import socket
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from indexer.fetching.kept import note_path
from tests.indexer.fetching.conftest import Desk
from tests.indexer.fetching.feed_server import FEED, OTHER_FEED, Answer, FeedServer, Raw

TAGGED = Answer(headers={"ETag": '"one"', "Last-Modified": "Mon, 30 Nov 2026 08:00:00 GMT"})


def test_a_feed_is_kept_as_it_was_sent(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer())
    assert desk.fetched(server.url()) == FEED
    assert server.asked[0].headers["Host"] == f"127.0.0.1:{server.port}"


def test_a_copy_lies_in_its_sources_own_folder_and_ends_as_its_format_does(desk: Desk) -> None:
    kept = desk.folder / "kept"
    at = "https://feeds.example"
    assert desk.source(f"{at}/Listings.TSV.gz").file == kept / "maple" / "maple.tsv"
    assert desk.source(f"{at}/export?year=2027", format="ndjson").file == kept / "maple" / "maple.ndjson"
    assert desk.source(f"{at}/all.zip", member="deep/listings.xls").file == kept / "maple" / "maple.xls"
    assert desk.source(f"{at}/odd.csv", format="json").file == kept / "maple" / "maple.json"


def test_only_a_feed_that_changed_is_sent_again(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", TAGGED, Answer(304, b""), Answer(body=OTHER_FEED, headers={"ETag": '"two"'}), TAGGED)
    assert [desk.fetched(server.url()) for _ in range(4)] == [FEED, FEED, OTHER_FEED, FEED]
    asked = [one.headers["If-None-Match"] for one in server.asked]
    assert asked == [None, '"one"', '"one"', '"two"']
    assert server.asked[1].headers["If-Modified-Since"] == "Mon, 30 Nov 2026 08:00:00 GMT"


def test_a_feed_without_marks_is_asked_for_whole_each_time(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer())
    assert [desk.fetched(server.url()) for _ in range(2)] == [FEED, FEED]
    assert server.asked[1].headers["If-None-Match"] is None


@pytest.mark.parametrize("damage", ["copy", "note", "no copy"])
def test_a_copy_that_was_touched_is_fetched_anew(server: FeedServer, desk: Desk, damage: str) -> None:
    server.gives("/feed.csv", TAGGED)
    desk.fetched(server.url())
    copy = desk.source(server.url()).file
    if damage == "no copy":
        copy.unlink()
    else:
        (copy if damage == "copy" else note_path(copy)).write_bytes(b"half of")
    assert desk.fetched(server.url()) == FEED
    assert server.asked[1].headers["If-None-Match"] is None


def test_the_marks_of_one_address_are_not_sent_to_another(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", TAGGED)
    desk.fetched(server.url("/feed.csv?year=2026"))
    desk.fetched(server.url("/feed.csv?year=2027"))
    assert server.asked[1].headers["If-None-Match"] is None


def test_unchanged_is_no_answer_to_who_has_no_copy(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer(304, b""))
    assert desk.refused(server.url()).kind == "fetch_status"


def test_a_failure_leaves_the_copy_and_its_marks(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", TAGGED, Answer(404), Answer(304, b""))
    desk.fetched(server.url())
    assert desk.refused(server.url()).kind == "fetch_gone"
    assert desk.fetched(server.url()) == FEED
    assert server.asked[2].headers["If-None-Match"] == '"one"'


def test_an_answer_packed_on_the_way_is_unpacked(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer(body=gzip.compress(FEED, mtime=0), headers={"Content-Encoding": "gzip"}))
    assert desk.fetched(server.url()) == FEED
    assert server.asked[0].headers["Accept-Encoding"] == "gzip"


def test_a_packing_nobody_asked_for_is_refused(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer(headers={"Content-Encoding": "br"}))
    assert desk.refused(server.url()).kind == "fetch_coding"


def in_chunks(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> Raw:
    def write(handler: BaseHTTPRequestHandler) -> None:
        sent = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + sent + end)

    return Raw(write)


def test_an_answer_in_chunks_is_read(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", in_chunks(FEED[:10], FEED[10:]))
    assert desk.fetched(server.url()) == FEED


@pytest.mark.parametrize(
    "answer",
    [
        Answer(announced=len(FEED) + 1),
        in_chunks(FEED, end=b""),
        in_chunks(FEED, end=b"ff\r\nshort"),
        in_chunks(FEED, end=b"nonsense\r\n"),
        Raw(lambda handler: handler.wfile.write(b"")),
        Raw(lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200)),
        Raw(lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9\r\n")),
        Raw(lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)),
    ],
    ids=["length", "no last chunk", "short chunk", "bad chunk", "nothing", "headers", "no http", "reset"],
)
def test_an_answer_that_breaks_off_is_no_feed(server: FeedServer, desk: Desk, answer: Answer | Raw) -> None:
    server.gives("/feed.csv", answer)
    assert desk.refused(server.url()).kind == "fetch_broken_off"
    assert len(server.asked) == 5


def test_a_packed_answer_cut_short_is_no_feed(server: FeedServer, desk: Desk) -> None:
    packed = gzip.compress(FEED, mtime=0)[:-9]
    server.gives("/feed.csv", Answer(body=packed, headers={"Content-Encoding": "gzip"}))
    assert desk.refused(server.url()).kind == "archive_broken"


def test_an_answer_that_broke_off_once_is_asked_for_again(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer(announced=len(FEED) + 1), Answer())
    assert desk.fetched(server.url()) == FEED


def test_a_folder_that_cannot_be_written_fails_the_source_alone(server: FeedServer, desk: Desk, tmp_path: Path) -> None:
    server.gives("/feed.csv", Answer())
    (tmp_path / "kept").write_text("a file where a folder should be")
    problem = desk.fetcher.fetch_all([desk.source(server.url())])["maple"]
    assert problem.kind == "fetch_not_kept"


def test_servers_are_asked_side_by_side_but_each_for_one_feed_at_a_time(
    server: FeedServer, other_server: FeedServer, desk: Desk
) -> None:
    for one in (server, other_server):
        for letter in "abc":
            one.gives(f"/{letter}.csv", Answer())
    sources = [desk.source(server.url(f"/{letter}.csv"), letter) for letter in "abc"]
    assert desk.fetcher.fetch_all([*sources, desk.source(server.url("/d.csv"), "d")]) == {
        "d": desk.refused(server.url("/d.csv"), source_id="d")
    }
    assert server.most_under_way == 1
    assert all(source.file.read_bytes() == FEED for source in sources)


@pytest.mark.parametrize(
    ("body", "more", "found"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", {}, "a web page"),
        (b"\n <html lang=fr>", {"format": "json"}, "a web page"),
        (b"<?xml version='1.0'?><html xmlns='x'>", {"format": "ndjson"}, "a web page"),
        (b"<!DOCTYPE html>", {"format": "xlsx"}, "a web page"),
        (b'{"error": "try later"}', {}, "JSON"),
        (b"<error/>", {"format": "json"}, "XML"),
        (b"ID,Title\n", {"format": "json"}, "text of another kind"),
        (b"%PDF-1.7", {}, "a PDF document"),
        ("\ufeff<!doctype HTML>".encode("utf-16"), {}, "a web page"),
    ],
)
def test_what_is_not_what_was_declared_is_refused(
    server: FeedServer, desk: Desk, body: bytes, more: dict[str, str], found: str
) -> None:
    server.gives("/feed.csv", Answer(body=body, headers={"Content-Type": "text/csv"}))
    problem = desk.refused(server.url(), **more)
    assert (problem.kind, problem.facts["found_en"]) == ("content_other", found)


@pytest.mark.parametrize("body", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_answer_does_not_take_the_place_of_a_feed(server: FeedServer, desk: Desk, body: bytes) -> None:
    server.gives("/feed.csv", TAGGED, Answer(body=body))
    desk.fetched(server.url())
    assert desk.refused(server.url()).kind == "file_empty"


@pytest.mark.parametrize("declared", ["text/html", "application/octet-stream", "nonsense"])
def test_the_servers_word_for_the_content_is_only_a_hint(server: FeedServer, desk: Desk, declared: str) -> None:
    server.gives("/feed.csv", Answer(headers={"Content-Type": declared}))
    assert desk.fetched(server.url()) == FEED
