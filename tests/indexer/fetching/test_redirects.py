"""Where an answer may lead, and what goes along."""

import socket
from typing import Any

import pytest
from urllib3.exceptions import LocationParseError

from tests.indexer.fetching.conftest import Desk
from tests.indexer.fetching.feed_server import FEED, Answer, FeedServer


def to(place: str, status: int = 302) -> Answer:
    return Answer(status, b"elsewhere", {"Location": place})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(server: FeedServer, desk: Desk, status: int) -> None:
    server.gives("/feed.csv", to("../new/feed.csv?year=2027#top", status))
    server.gives("/new/feed.csv", Answer())
    assert desk.fetched(server.url()) == FEED
    assert server.asked[1].path == "/new/feed.csv?year=2027"


def test_five_redirects_are_followed_and_no_more(server: FeedServer, desk: Desk) -> None:
    for step in range(6):
        server.gives(f"/{step}.csv", to(f"/{step + 1}.csv"))
    server.gives("/6.csv", Answer())
    assert desk.fetched(server.url("/1.csv")) == FEED
    problem = desk.refused(server.url("/0.csv"))
    assert (problem.kind, problem.facts["limit"]) == ("fetch_redirects", 5)


def test_a_circle_of_redirects_ends(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", to("/feed.csv"))
    assert desk.refused(server.url()).kind == "fetch_redirects"
    assert len(server.asked) == 6


@pytest.mark.parametrize("host", ["127.0.0.1", "other.example", "[::ffff:127.0.0.1]"])
def test_what_is_allowed_of_one_server_is_not_of_the_one_it_redirects_to(
    server: FeedServer, other_server: FeedServer, desk: Desk, host: str
) -> None:
    other_server.gives("/secret.csv", Answer())
    server.gives("/feed.csv", to(other_server.url("/secret.csv", host)))
    if ":" in host:
        desk.names["::ffff:127.0.0.1"] = ["::ffff:127.0.0.1"]
    assert desk.refused(server.url()).kind == "fetch_private"
    assert other_server.asked == []


@pytest.mark.parametrize("numeric", ["169.254.169.254", "224.0.0.1", "fe80::1", "0.0.0.1"])
def test_some_addresses_are_never_asked_even_of_an_allowed_server(desk: Desk, numeric: str) -> None:
    desk.names["feeds.example"] = [numeric]
    assert desk.refused("http://feeds.example/feed.csv").kind == "fetch_private"


@pytest.mark.parametrize("place", ["http://[fe80::1%25eth0]/feed.csv", "http://./feed.csv", "http://[::1%25]/"])
def test_a_redirect_to_what_no_server_can_be_is_refused(server: FeedServer, desk: Desk, place: str) -> None:
    server.gives("/feed.csv", to(place))
    assert desk.refused(server.url()).kind == "fetch_redirect_refused"


def test_what_the_library_says_while_it_opens_a_pool_is_told_in_our_words(
    server: FeedServer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_: Any) -> None:
        raise LocationParseError("a host it will not take")

    monkeypatch.setattr("indexer.fetching.asking.pool", refusing)
    assert desk.refused(server.url()).kind == "fetch_broken_off"


def test_a_private_address_is_refused_unless_allowed(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer())
    assert desk.refused(server.url(), allow_private=False).kind == "fetch_private"
    assert server.asked == []


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.0.0.1", "localhost"])
def test_a_private_address_in_disguise_is_refused(server: FeedServer, desk: Desk, host: str) -> None:
    desk.names[host] = [str(one[4][0]) for one in socket.getaddrinfo(host, None, family=socket.AF_INET)]
    assert desk.refused(server.url(host=host), allow_private=False).kind == "fetch_private"
    assert server.asked == []


def test_a_name_with_one_private_address_among_others_is_refused(desk: Desk) -> None:
    desk.names["mixed.example"] = ["8.8.8.8", "10.0.0.1"]
    assert desk.refused("https://mixed.example/feed.csv", allow_private=False).kind == "fetch_private"


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    server: FeedServer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads to a public address when it is checked and to this machine a moment later."""
    server.gives("/feed.csv", Answer(503), Answer())
    looked_up = [["8.8.8.8"], ["127.0.0.1"]]
    connected: list[str] = []
    connect = socket.create_connection

    def connecting(place: tuple[str, int], **more: Any) -> socket.socket:
        connected.append(place[0])
        return connect(("127.0.0.1", server.port), **more)

    monkeypatch.setattr(socket, "create_connection", connecting)
    monkeypatch.setattr(desk, "_resolve", lambda *_: looked_up.pop(0))
    problem = desk.refused(server.url(host="rebinding.example"), allow_private=False)
    assert problem.kind == "fetch_private"
    assert connected == ["8.8.8.8"]
    assert server.asked[0].headers["Host"] == f"rebinding.example:{server.port}"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("ftp://feeds.example/a.csv", "only https"), ("file:///etc/passwd", "only https"),
        ("https://user:word@feeds.example/", "user name"), ("http://[::1", "cannot be read"),
        ("https:///", "no server"),
    ],
)  # fmt: skip
def test_a_redirect_to_what_is_never_asked_is_refused(server: FeedServer, desk: Desk, place: str, words: str) -> None:
    server.gives("/feed.csv", to(place))
    problem = desk.refused(server.url())
    assert problem.kind == "fetch_redirect_refused"
    assert words in problem.in_language("en")
    assert place not in problem.in_language("en")


def test_a_redirect_without_a_place_ends(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer(302, b""))
    assert desk.refused(server.url()).kind == "fetch_redirects"
