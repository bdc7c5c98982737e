"""No server holds a run up, or fills its disk, beyond the limits."""

import contextlib
import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from tests.indexer.fetching.conftest import Desk
from tests.indexer.fetching.feed_server import FEED, Answer, FeedServer, Raw

START = b"HTTP/1.1 200 OK\r\n"
MEGABYTE = b"a" * 1_000_000
SENT_TO_THE_END: list[bytes] = []  # by servers that drip


def dripping(before: bytes, drop: bytes = b"x", after: bytes = b"") -> Raw:
    """Sends a byte now and then for longer than any test has patience, and would end well after all."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        pause = threading.Event()
        handler.wfile.write(before)
        for _ in range(120):
            handler.wfile.write(drop)
            pause.wait(0.1)
        handler.wfile.write(after)
        SENT_TO_THE_END.append(before)

    return Raw(write)


@pytest.mark.parametrize(
    "answer",
    [
        dripping(START + b"Content-Length: 168\r\n\r\n" + FEED),
        dripping(START + b"\r\n" + FEED),
        dripping(START + b"X-Slow: ", after=b"\r\n\r\n" + FEED),
        dripping(START + b"Transfer-Encoding: chunked\r\n\r\n", drop=b"1\r\na\r\n", after=b"0\r\n\r\n"),
        dripping(b"", drop=b"HTTP/1.1 100 Continue\r\n\r\n", after=START + b"\r\n" + FEED),
    ],
    ids=["body", "body without a length", "header", "chunks", "continue"],
)
def test_a_server_that_drips_is_cut(server: FeedServer, desk: Desk, answer: Raw) -> None:
    server.gives("/feed.csv", answer)
    problem = desk.refused(server.url(), timeout_seconds=0.8)
    assert (problem.kind, problem.facts["seconds"]) == ("fetch_slow", "0.8")
    assert SENT_TO_THE_END == []


@contextlib.contextmanager
def silent() -> Iterator[int]:
    """The port of a listener that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_cut(desk: Desk, scheme: str) -> None:
    with silent() as port:
        assert desk.refused(f"{scheme}://127.0.0.1:{port}/feed.csv", timeout_seconds=0.5).kind == "fetch_slow"


def test_a_look_up_that_never_ends_is_not_waited_for(desk: Desk) -> None:
    ended = threading.Event()

    def never(_host: str, _port: int) -> list[str]:
        ended.wait(30)
        return []

    object.__setattr__(desk, "_resolve", never)
    assert desk.refused("https://slow.example/feed.csv", timeout_seconds=0.3).kind == "fetch_slow"
    ended.set()


def endless(start: bytes, portion: bytes) -> Raw:
    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        for _ in range(100):
            handler.wfile.write(portion)

    return Raw(write)


TOO_LARGE: dict[str, Callable[[], Answer | Raw]] = {
    "announced": lambda: Answer(body=b"ID,Title", announced=10**15),
    "sent": lambda: Answer(body=b"ID,Title\n" + 2 * MEGABYTE),
    "no length": lambda: endless(START + b"\r\n", MEGABYTE),
    "chunks": lambda: endless(START + b"Transfer-Encoding: chunked\r\n\r\n", b"f4240\r\n" + MEGABYTE + b"\r\n"),
    "packed": lambda: Answer(body=gzip.compress(2 * MEGABYTE, mtime=0), headers={"Content-Encoding": "gzip"}),
    "packed file": lambda: Answer(body=gzip.compress(2 * MEGABYTE, mtime=0)),
}


@pytest.mark.parametrize("how", TOO_LARGE)
def test_more_than_the_limit_is_never_kept(server: FeedServer, desk: Desk, how: str) -> None:
    server.gives("/feed.csv", TOO_LARGE[how]())
    problem = desk.refused(server.url(), max_megabytes=1)
    assert (problem.kind, problem.facts["limit"]) == ("file_too_large", 1)


def test_without_a_limit_of_its_own_a_source_has_the_common_one(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer(body=b"ID,Title\n" + 2 * MEGABYTE))
    desk.megabytes = 1
    assert desk.refused(server.url()).facts["limit"] == 1


@pytest.mark.parametrize(
    "start",
    [START + b"X-Long: ", START + b"Transfer-Encoding: chunked\r\n\r\n", b""],
    ids=["header", "length of a chunk", "status"],
)
def test_a_line_without_end_is_not_read_to_its_end(server: FeedServer, desk: Desk, start: bytes) -> None:
    server.gives("/feed.csv", endless(start, MEGABYTE))
    assert desk.refused(server.url()).kind == "fetch_broken_off"
