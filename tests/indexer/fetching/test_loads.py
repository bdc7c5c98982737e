"""Fetched feeds in a load: good ones are served, a server that fails costs its own listings' freshness only."""

import pytest

from indexer.failures import IndexerError
from tests.indexer.conftest import ENGLISH, HEADER, Catalogue, csv_text
from tests.indexer.fetching.feed_server import Answer, FeedServer
from tests.indexer.test_schema_org_pages import COURSE, page, script, urls

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


def test_a_site_is_served_and_one_that_lost_its_pages_is_carried_over(catalogue: Catalogue, server: FeedServer) -> None:
    names = ["Welding", "Brazing", "Soldering"]
    for name in names:
        body = page(script({**COURSE, "name": name, "courseCode": name})).encode()
        server.gives(f"/{name}", Answer(body=body), Answer(200 if name == "Welding" else 404, body))
    fetched_catalogue(catalogue, server)
    del catalogue.entries[0]["auth"]
    catalogue.entries[0].update(url=server.url("/sitemap.xml"), format="schema-org", pages={"seconds_between": 0})
    catalogue.write_sources()
    site_map = Answer(body=urls(*(server.url(f"/{name}") for name in names)).encode())
    server.gives("/sitemap.xml", site_map, Answer(body=site_map.body.replace(b"2026", b"2027")))
    for stale in (False, True):
        catalogue.load()
        served = {name: one.get("stale", False) for name, one in catalogue.documents().items() if "maple" in name}
        assert served == dict.fromkeys((f"maple.{name}" for name in names), stale)
    assert "the feed holds 1 listings where 3 are served" in catalogue.report_file("report.json")


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
