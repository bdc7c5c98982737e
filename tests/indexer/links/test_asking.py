"""What one question to a page shows, whatever its server does."""

import ssl
import threading
from typing import Any

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from urllib3.exceptions import LocationValueError

from indexer.links.asking import Asker
from indexer.links.turns import Turns
from tests.indexer.fetching.feed_server import Answer, FeedServer, Raw, serving
from tests.indexer.fetching.test_limits import MEGABYTE, START, dripping, endless, silent
from tests.indexer.links.conftest import Walker

SILENCE = Answer(200, b"")


def methods(server: FeedServer) -> list[str]:
    return [asked.method for asked in server.asked]


@pytest.mark.parametrize("status", [200, 204, 206])
def test_a_page_that_is_there_is_good_by_one_question(server: FeedServer, walker: Walker, status: int) -> None:
    server.gives("/page", Answer(status, b""))
    assert walker.verdict(server).outcome == "good"
    assert methods(server) == ["HEAD"]


def test_the_question_says_who_asks(server: FeedServer, walker: Walker) -> None:
    server.gives("/page", SILENCE)
    walker.verdict(server)
    agent = server.asked[0].headers["User-Agent"]
    assert agent.startswith("micro-credential-discovery")
    assert "checks" in agent
    assert server.asked[0].headers["Cookie"] is None


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_its_server_has_not_is_gone(server: FeedServer, walker: Walker, status: int) -> None:
    server.gives("/page", Answer(status))
    verdict = walker.verdict(server)
    assert (verdict.outcome, verdict.kind, verdict.facts) == ("gone", "link_gone", {"status": status})
    assert methods(server) == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 501])
def test_a_server_that_refuses_head_is_asked_by_get(server: FeedServer, walker: Walker, status: int) -> None:
    server.gives("/page", Answer(status), Answer())
    assert walker.verdict(server).outcome == "good"
    assert methods(server) == ["HEAD", "GET"]


def test_a_server_that_hangs_up_on_head_is_asked_by_get(server: FeedServer, walker: Walker) -> None:
    server.gives("/page", Raw(lambda _: None), Answer())
    assert walker.verdict(server).outcome == "good"


@pytest.mark.parametrize("status", [400, 401, 403, 429, 451, 500, 503, 504])
def test_a_refusal_is_no_proof_that_the_page_is_gone(server: FeedServer, walker: Walker, status: int) -> None:
    server.gives("/page", Answer(status))
    verdict = walker.verdict(server)
    assert (verdict.outcome, verdict.kind, verdict.facts["status"]) == ("unclear", "link_status", status)
    assert str(status) in verdict.problem.in_language("fr")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_is_not_asked_twice(server: FeedServer, walker: Walker, status: int) -> None:
    server.gives("/page", Answer(status))
    walker.verdict(server)
    assert methods(server) == ["HEAD"]


def test_of_a_page_without_end_nothing_is_read(server: FeedServer, walker: Walker) -> None:
    server.gives("/page", Answer(405), endless(START + b"\r\n", MEGABYTE))
    assert walker.verdict(server).outcome == "good"


@pytest.mark.parametrize(
    "answer",
    [
        dripping(START + b"X-Slow: ", after=b"\r\n\r\n"),
        dripping(b""),
        dripping(b"", drop=b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["header", "status", "continue"],
)
def test_a_server_that_drips_is_cut_and_proves_nothing(server: FeedServer, walker: Walker, answer: Raw) -> None:
    walker.seconds = 0.4
    server.gives("/page", answer)
    verdict = walker.verdict(server)
    assert (verdict.outcome, verdict.kind) == ("unclear", "link_slow")
    assert "0.4" in verdict.problem.in_language("en")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_cut(walker: Walker, scheme: str) -> None:
    with silent() as port:
        asker = Asker(walker.turns, walker._resolve, ("127.0.0.1", port), 0.3)
        assert asker.ask(f"{scheme}://127.0.0.1:{port}/page", 5).kind == "link_slow"


@pytest.mark.parametrize("start", [START + b"X-Long: ", b""], ids=["header", "status"])
def test_a_line_without_end_is_not_read_to_its_end(server: FeedServer, walker: Walker, start: bytes) -> None:
    server.gives("/page", endless(start, MEGABYTE))
    assert walker.verdict(server).outcome == "unclear"


def to(place: str) -> Answer:
    return Answer(302, b"", {"Location": place})


def test_a_page_that_moved_is_good(server: FeedServer, walker: Walker) -> None:
    server.gives("/page", to("/new"))
    server.gives("/new", SILENCE)
    assert walker.verdict(server).outcome == "good"


def test_a_page_that_moved_to_where_nothing_is_is_gone(server: FeedServer, walker: Walker) -> None:
    server.gives("/page", to("/new"))
    assert walker.verdict(server).outcome == "gone"


def test_a_circle_of_redirects_ends_and_proves_nothing(server: FeedServer, walker: Walker) -> None:
    server.gives("/page", to("/page"))
    verdict = walker.verdict(server)
    assert (verdict.outcome, verdict.kind) == ("unclear", "fetch_redirects")
    assert len(server.asked) == 6


@pytest.mark.parametrize("host", ["127.0.0.1", "other.example", "[::1]"])
def test_a_redirect_into_this_machine_is_not_followed(
    server: FeedServer, other_server: FeedServer, walker: Walker, host: str
) -> None:
    other_server.gives("/inner", SILENCE)
    server.gives("/page", to(other_server.url("/inner", host)))
    walker.names["::1"] = ["::1"]
    assert walker.verdict(server).kind == "fetch_private"
    assert other_server.asked == []


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "ftp://pages.example/", "javascript:alert(1)", "http://u:p@x/"]
)
def test_a_redirect_to_something_else_than_a_page_is_not_followed(
    server: FeedServer, walker: Walker, place: str
) -> None:
    server.gives("/page", to(place))
    assert walker.verdict(server).kind == "fetch_redirect_refused"


@pytest.mark.parametrize("numeric", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_a_load_asks_no_address_inside_the_network(server: FeedServer, walker: Walker, numeric: str) -> None:
    walker.names["inner.example"] = [numeric]
    verdict = walker.asker().ask(f"http://inner.example:{server.port}/page", 5)
    assert (verdict.outcome, verdict.kind, server.asked) == ("unclear", "fetch_private", [])


def test_a_name_that_changes_its_address_between_questions_is_checked_each_time(
    server: FeedServer, walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Public for HEAD, and this machine for GET."""
    looked_up = [["8.8.8.8"], ["127.0.0.1"]]
    monkeypatch.setattr(Walker, "_resolve", lambda *_: looked_up.pop(0))
    connect = __import__("socket").create_connection
    monkeypatch.setattr("socket.create_connection", lambda _, **more: connect(("127.0.0.1", server.port), **more))
    server.gives("/page", Answer(405), SILENCE)
    assert walker.asker().ask(f"http://pages.example:{server.port}/page", 5).kind == "fetch_private"
    assert methods(server) == ["HEAD"]


def test_a_certificate_nobody_vouches_for_proves_nothing(walker: Walker) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with serving(context) as server:
        verdict = walker.verdict(server)
    assert (verdict.outcome, verdict.kind, server.asked) == ("unclear", "fetch_certificate", [])


def test_a_name_that_leads_nowhere_fails(walker: Walker) -> None:
    verdict = walker.asker().ask("https://pages.invalid/page", 5)
    assert (verdict.outcome, verdict.kind) == ("failing", "fetch_name_unknown")


def test_a_server_that_takes_no_connection_fails(walker: Walker) -> None:
    with serving() as gone:
        pass
    assert walker.verdict(gone).kind == "fetch_unreached"


def test_what_the_library_says_of_a_page_is_no_end_of_a_load(
    server: FeedServer, walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Any) -> None:
        raise LocationValueError("nothing it knows")

    monkeypatch.setattr("indexer.links.asking.answer", failing)
    assert walker.verdict(server).outcome == "unclear"


@pytest.mark.parametrize("place", ["http://[fe80::1%25eth0]/3", "http://./"])
def test_a_redirect_to_what_no_server_can_be_proves_nothing(server: FeedServer, walker: Walker, place: str) -> None:
    server.gives("/page", to(place))
    assert walker.verdict(server).kind == "fetch_redirect_refused"


@pytest.mark.parametrize(
    "address",
    ["https://u:p@pages.example/", "https://" + "a" * 3000 + ".example/", "http://[fe80::1%25eth0]/3", "http://./"],
)
def test_an_address_that_is_never_asked_is_said_to_be(walker: Walker, address: str) -> None:
    verdict = walker.asker().ask(address, 5)
    assert (verdict.outcome, verdict.kind) == ("unclear", "link_unasked")
    assert "jamais" in verdict.problem.in_language("fr")


@given(st.text(max_size=60))
def test_any_text_as_an_address_has_a_verdict(text: str) -> None:
    asker = Asker(Turns(lambda _: None), lambda *_: ["127.0.0.1"])
    for address in (text, f"https://{text}", f"https://pages.example/{text}"):
        assert asker.ask(address, 5).outcome == "unclear"


def test_only_one_question_at_a_time_goes_to_a_host(walker: Walker) -> None:
    turns = walker.turns
    assert turns.take("pages.example", 5)
    assert turns.take("other.example", 5)
    assert not turns.take("pages.example", 0.1)
    turns.leave("pages.example")
    assert turns.take("pages.example", 5)
    assert [round(pause, 1) for pause in walker.pauses] == [1.0]


@pytest.mark.parametrize("redirected", [False, True])
def test_a_host_is_not_slow_for_others_that_are_asked_first(
    server: FeedServer, walker: Walker, *, redirected: bool
) -> None:
    """Its turn comes after the time a question has, and well within the run's."""
    walker.seconds = 0.3
    server.gives("/old", to(server.url("/page")))
    server.gives("/page", SILENCE)
    walker.turns.take("127.0.0.1", 1)
    leaving = threading.Timer(0.6, walker.turns.leave, ["127.0.0.1"])
    leaving.start()
    assert walker.asker(server).ask(server.url("/old" if redirected else "/page"), 10).outcome == "good"
    leaving.join()


def test_a_turn_that_never_comes_ends_with_the_run(server: FeedServer, walker: Walker) -> None:
    walker.turns.take("127.0.0.1", 1)
    assert walker.asker(server).ask(server.url("/page"), 0.2).kind == "link_slow"
    assert server.asked == []


def test_a_server_that_drips_after_its_turn_came_late_is_cut_all_the_same(server: FeedServer, walker: Walker) -> None:
    walker.seconds = 0.3
    server.gives("/page", dripping(b""))
    walker.turns.take("127.0.0.1", 1)
    leaving = threading.Timer(0.4, walker.turns.leave, ["127.0.0.1"])
    leaving.start()
    assert walker.asker(server).ask(server.url("/page"), 10).kind == "link_slow"
    leaving.join()
