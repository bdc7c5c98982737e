"""Certificates are verified, always, for the name that was asked for."""

import datetime as dt
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.indexer.fetching.conftest import Desk
from tests.indexer.fetching.feed_server import FEED, Answer, FeedServer, serving

NAME = "feeds.example"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    return "authority.pem"


def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(made)
    return made


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[FeedServer]:
    with serving(context(authority.issue_cert(NAME))) as one:
        one.gives("/feed.csv", Answer())
        yield one


def test_a_certificate_of_a_trusted_authority_is_good(server: FeedServer, desk: Desk, ca: str) -> None:
    assert desk.fetched(server.url(host=NAME), ca=ca) == FEED
    assert server.asked[0].headers["Host"] == f"{NAME}:{server.port}"


def test_a_certificate_of_an_unknown_authority_is_refused(server: FeedServer, desk: Desk) -> None:
    problem = desk.refused(server.url(host=NAME))
    assert problem.kind == "fetch_certificate"
    assert desk.pauses == []
    assert server.asked == []


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
def test_a_certificate_of_another_name_is_refused(server: FeedServer, desk: Desk, ca: str, host: str) -> None:
    problem = desk.refused(server.url(host=host), ca=ca)
    assert (problem.kind, server.asked) == ("fetch_certificate", [])
    assert host in problem.in_language("en")


def test_a_certificate_that_ran_out_is_refused(authority: trustme.CA, desk: Desk, ca: str) -> None:
    gone = authority.issue_cert(NAME, not_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    with serving(context(gone)) as server:
        problem = desk.refused(server.url(host=NAME), ca=ca)
    assert problem.kind == "fetch_certificate"
    assert "expired" in problem.in_language("fr")


def test_a_server_without_tls_is_no_server_of_https(desk: Desk) -> None:
    with serving() as plain:
        url = plain.url(host=NAME).replace("http:", "https:")
        assert desk.refused(url).kind == "fetch_certificate"


def test_an_encrypted_server_never_leads_to_a_plain_one(server: FeedServer, desk: Desk, ca: str) -> None:
    with serving() as plain:
        server.gives("/feed.csv", Answer(302, b"", {"Location": plain.url(host=NAME)}))
        desk.secrets["TOKEN"] = "word"
        problem = desk.refused(server.url(host=NAME), ca=ca, auth={"bearer": "TOKEN"})
        assert problem.kind == "fetch_redirect_refused"
        assert "not encrypted" in problem.in_language("en")
        assert plain.asked == []


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_of_authorities_that_cannot_be_read_is_named(
    server: FeedServer, desk: Desk, tmp_path: Path, content: str | None
) -> None:
    if content:
        (tmp_path / "wrong.pem").write_text(content)
    problem = desk.refused(server.url(host=NAME), ca="wrong.pem")
    assert (problem.kind, problem.facts["file"]) == ("file_unreadable", "wrong.pem")
