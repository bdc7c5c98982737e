"""Signing in: the secret goes to one server, and into no message."""

import base64
from typing import Any

import pytest

from indexer.failures import SourceError
from tests.indexer.fetching.conftest import Desk
from tests.indexer.fetching.feed_server import FEED, Answer, FeedServer

SECRET = "pa55:w0rd"
PACKED = base64.b64encode(SECRET.encode()).decode()
WAYS: list[tuple[dict[str, str], str, str]] = [
    ({"bearer": "MAPLE_TOKEN"}, "Authorization", f"Bearer {SECRET}"),
    ({"basic": "MAPLE_TOKEN"}, "Authorization", f"Basic {PACKED}"),
    ({"header": "X-Api-Key", "variable": "MAPLE_TOKEN"}, "X-Api-Key", SECRET),
]


@pytest.fixture
def keeper(desk: Desk) -> Desk:
    desk.secrets["MAPLE_TOKEN"] = SECRET
    return desk


@pytest.mark.parametrize(("auth", "header", "value"), WAYS)
def test_a_secret_is_sent_as_the_source_says(
    server: FeedServer, keeper: Desk, auth: dict[str, str], header: str, value: str
) -> None:
    server.gives("/feed.csv", Answer())
    assert keeper.fetched(server.url(), auth=auth) == FEED
    assert server.asked[0].headers[header] == value


@pytest.mark.parametrize(("auth", "header", "_value"), WAYS)
def test_a_secret_stays_with_its_server_through_redirects(
    server: FeedServer, other_server: FeedServer, keeper: Desk, auth: dict[str, str], header: str, _value: str
) -> None:
    """Other ports, other names of the same machine: each is another server. Refused or not, nothing is sent."""
    server.gives("/feed.csv", Answer(302, b"", {"Location": "/there.csv"}))
    server.gives("/there.csv", Answer(302, b"", {"Location": server.url("/last.csv", "mirror.example")}))
    keeper.refused(server.url(), auth=auth)
    assert [one.headers[header] is not None for one in server.asked] == [True, True]


def test_a_secret_is_not_sent_to_another_server(
    server: FeedServer, other_server: FeedServer, keeper: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.fetching.connections.may_be_asked", lambda *_, **__: True)
    server.gives("/feed.csv", Answer(302, b"", {"Location": other_server.url("/there.csv")}))
    other_server.gives("/there.csv", Answer(302, b"", {"Location": server.url("/back.csv")}))
    server.gives("/back.csv", Answer())
    assert keeper.fetched(server.url(), auth={"bearer": "MAPLE_TOKEN"}) == FEED
    assert other_server.asked[0].headers["Authorization"] is None
    assert server.asked[0].headers["Authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize("held", [None, "", "  "])
def test_a_variable_that_is_not_set_fails_before_anything_is_asked(
    server: FeedServer, desk: Desk, held: str | None
) -> None:
    if held is not None:
        desk.secrets["MAPLE_TOKEN"] = held
    problem = desk.refused(server.url(), auth={"bearer": "MAPLE_TOKEN"})
    assert (problem.kind, problem.facts) == ("fetch_secret_missing", {"variable": "MAPLE_TOKEN"})
    assert server.asked == []


@pytest.mark.parametrize(
    ("auth", "held"),
    [
        ({"bearer": "MAPLE_TOKEN"}, "one\r\nX-Other: two"),
        ({"header": "X-Api-Key", "variable": "MAPLE_TOKEN"}, "clé"),
        ({"basic": "MAPLE_TOKEN"}, "no password"),
    ],
)
def test_a_secret_that_cannot_be_sent_is_not_repeated(
    server: FeedServer, desk: Desk, auth: dict[str, str], held: str
) -> None:
    desk.secrets["MAPLE_TOKEN"] = held
    problem = desk.refused(server.url(), auth=auth)
    assert problem.kind == "fetch_secret_unusable"
    assert held not in problem.in_language("en") + problem.in_language("fr")
    assert server.asked == []


FAILING: list[tuple[Answer, str]] = [
    (Answer(401, b""), "fetch_sign_in"),
    (Answer(500, b""), "fetch_status"),
    (Answer(announced=500), "fetch_broken_off"),
    (Answer(302, b"", {"Location": "http://other.example/"}), "fetch_private"),
    (Answer(body=b"<html>"), "content_other"),
]


@pytest.mark.parametrize(("answer", "kind"), FAILING)
@pytest.mark.parametrize(("auth", "_header", "value"), WAYS)
def test_no_failure_tells_the_secret(
    server: FeedServer, keeper: Desk, auth: dict[str, str], _header: str, value: str, answer: Answer, kind: str
) -> None:
    server.gives("/feed.csv", answer)
    with pytest.raises(SourceError) as failed:
        keeper.fetcher.fetch(keeper.source(server.url("/feed.csv?key=in-the-address"), auth=auth))
    told: list[Any] = [failed.value]
    for error in told:
        told.extend({one for one in (error.__cause__, error.__context__) if one is not None} - {*told})
    words = "".join(f"{error!r} {error} {vars(error)}" for error in told)
    assert kind == failed.value.problem.kind
    assert SECRET not in words
    assert PACKED not in words
    assert "in-the-address" not in words


def test_a_copys_note_holds_no_key_of_its_address(server: FeedServer, keeper: Desk) -> None:
    server.gives("/feed.csv", Answer(headers={"ETag": '"one"'}))
    keeper.fetched(server.url("/feed.csv?key=in-the-address"), auth={"bearer": "MAPLE_TOKEN"})
    kept = b"".join(path.read_bytes() for path in (keeper.folder / "kept" / "maple").iterdir())
    assert b"in-the-address" not in kept
    assert SECRET.encode() not in kept
