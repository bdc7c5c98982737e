"""Fetched feeds in a load: good ones are served, a server that fails costs its own listings' freshness only."""

import pytest

from indexer.failures import IndexerError
from tests.indexer.conftest import ENGLISH, HEADER, Catalogue, csv_text
from tests.indexer.fetching.feed_server import Answer, FeedServer

MAPLE = csv_text(HEADER, ENGLISH).encode()


def fetched_catalogue(catalogue: Catalogue, server: FeedServer) -> Catalogue:
    """The English college's feed comes from a server."""
    entry = catalogue.entries[0]
    del entry["file"]
    entry.update(url=server.url("/maple.csv"), allow_private=True, auth={"bearer": "MAPLE_TOKEN"}, timeout_seconds=20)
    catalogue.write_sources()
    return catalogue


def test_a_fetched_feed_is_served_and_carried_over_when_its_server_fails(
    catalogue: Catalogue, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPLE_TOKEN", "pa55-w0rd")
    server.gives("/maple.csv", Answer(body=MAPLE, headers={"ETag": '"one"'}), Answer(304, b""), Answer(403, b""))
    fetched_catalogue(catalogue, server)
    reports = [catalogue.load() for _ in range(3)]
    assert [len(catalogue.documents()), *(report.listings for report in reports)] == [5, 5, 5, 5]
    assert server.asked[1].headers["If-None-Match"] == '"one"'
    assert server.asked[0].headers["Authorization"] == "Bearer pa55-w0rd"
    stale = [one["institution"]["id"] for one in catalogue.documents().values() if one.get("stale")]
    assert stale == ["maple"] * 3
    state = b"".join(path.read_bytes() for path in catalogue.settings.state.rglob("*") if path.is_file())
    assert b"refused the sign-in (status 403)" in state
    assert b"pa55-w0rd" not in state


def test_the_environment_is_asked_for_nothing_but_what_the_source_names(
    catalogue: Catalogue, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAPLE_TOKEN", raising=False)
    server.gives("/maple.csv", Answer(body=MAPLE))
    assert fetched_catalogue(catalogue, server).load().listings == 2
    assert server.asked == []


def test_a_catalogue_of_which_no_feed_can_be_fetched_changes_nothing(
    empty_catalogue: Catalogue, server: FeedServer
) -> None:
    empty_catalogue.entries.append(
        {
            "id": "maple", "institution": {"id": "maple", "name": {"en": "Maple"}},
            "url": server.url("/gone.csv"), "allow_private": True,
        }
    )  # fmt: skip
    empty_catalogue.write_sources()
    with pytest.raises(IndexerError, match="none of the feeds can be read"):
        empty_catalogue.load()
