"""What may pass is tried again, further and further apart; what will not is not."""

import email.utils
import socket
import time

import pytest

from tests.indexer.fetching.conftest import Desk
from tests.indexer.fetching.feed_server import FEED, Answer, FeedServer


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_bad_moment_passes(server: FeedServer, desk: Desk, status: int) -> None:
    server.gives("/feed.csv", Answer(status), Answer())
    assert desk.fetched(server.url()) == FEED


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 501, 204, 206, 300])
def test_a_refusal_is_not_asked_about_again(server: FeedServer, desk: Desk, status: int) -> None:
    server.gives("/feed.csv", Answer(status, b""), Answer())
    problem = desk.refused(server.url())
    assert problem.facts["status"] == status
    assert len(server.asked) == 1


def test_the_reason_names_what_the_server_said(server: FeedServer, desk: Desk) -> None:
    kinds = {401: "fetch_sign_in", 403: "fetch_sign_in", 404: "fetch_gone", 410: "fetch_gone", 400: "fetch_status"}
    for status, kind in kinds.items():
        server.gives("/feed.csv", Answer(status, b""))
        assert desk.refused(server.url()).kind == kind


def test_five_tries_lie_further_and_further_apart(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer(503))
    assert desk.refused(server.url(), timeout_seconds=60).facts["status"] == 503
    assert len(server.asked) == 5
    for pause, (least, most) in zip(desk.pauses, [(0, 0), (2, 3), (4, 5), (8, 9)], strict=True):
        assert least <= pause <= most


def test_servers_that_restart_do_not_meet_all_their_callers_at_once(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer(503))
    for _ in range(2):
        desk.refused(server.url(), timeout_seconds=60)
    assert desk.pauses[1] != desk.pauses[5]


def test_a_server_is_given_the_time_it_asks_for(server: FeedServer, desk: Desk) -> None:
    later = email.utils.formatdate(time.time() + 12, usegmt=True)
    server.gives(
        "/feed.csv", Answer(429, headers={"Retry-After": "7"}), Answer(503, headers={"Retry-After": later}), Answer()
    )
    assert desk.fetched(server.url()) == FEED
    assert desk.pauses[0] == 7
    assert 9 < desk.pauses[1] <= 12


@pytest.mark.parametrize("told", ["3600", "99999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_server_that_asks_for_more_time_than_there_is_fails_now(server: FeedServer, desk: Desk, told: str) -> None:
    server.gives("/feed.csv", Answer(503, headers={"Retry-After": told}), Answer())
    assert desk.refused(server.url()).kind == "fetch_status"
    assert desk.pauses == []


@pytest.mark.parametrize("told", ["soon", "-5", "9" * 5_000, "1.5", ""])
def test_a_time_that_cannot_be_read_is_not_waited_for(server: FeedServer, desk: Desk, told: str) -> None:
    server.gives("/feed.csv", Answer(503, headers={"Retry-After": told}), Answer())
    assert desk.fetched(server.url()) == FEED
    assert desk.pauses == [0]


def test_a_server_that_is_away_is_tried_again(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    problem = desk.refused(f"http://127.0.0.1:{port}/feed.csv")
    assert (problem.kind, len(desk.pauses)) == ("fetch_unreached", 4)


def test_a_name_that_leads_nowhere_is_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(desk, "_resolve", nowhere)
    problem = desk.refused("https://nowhere.example/feed.csv")
    assert (problem.kind, len(desk.pauses)) == ("fetch_name_unknown", 4)


def test_the_next_address_of_a_name_is_asked_when_the_first_is_silent(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer())
    desk.names["two.example"] = ["127.0.0.2", "127.0.0.1"]
    assert desk.fetched(server.url(host="two.example")) == FEED
