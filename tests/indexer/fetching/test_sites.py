"""A site map at a server: its pages are fetched gently, kept, and read as a folder of pages is."""

import datetime as dt
import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.digests import source_digest
from indexer.fetching.sites.kept import JOURNAL, known_pages, pages_folder
from indexer.reading import Reader, SourceRead
from indexer.sources import Source
from mappings.contract import listing_contract
from tests.indexer.fetching.conftest import Desk
from tests.indexer.fetching.feed_server import Answer, FeedServer, Raw
from tests.indexer.fetching.test_limits import START, dripping
from tests.indexer.test_schema_org_pages import COURSE, page, script, urls

DAY = dt.timedelta(days=1)
NAMES = ("Welding", "Brazing", "Soldering")


def course(name: str, **more: Any) -> Answer:
    body = page(script({**COURSE, "name": name, "courseCode": name, **more}))
    return Answer(body=body.encode(), headers={"ETag": f'"{name}"'})


class Site:
    """A server with a map of three course pages, and the source that names it."""

    def __init__(self, server: FeedServer, desk: Desk) -> None:
        self.server, self.desk = server, desk
        for name in NAMES:
            server.gives(f"/{name}", course(name))
        self.maps(*map(self.at, NAMES))

    def at(self, path: str) -> str:
        return self.server.url(f"/{path}")

    def maps(self, *addresses: str, path: str = "/sitemap.xml", of: str = "url") -> None:
        self.server.gives(path, Answer(body=urls(*addresses, of=of).encode()))

    def source(self, path: str = "/sitemap.xml", **more: Any) -> Source:
        return self.desk.source(self.server.url(path), **{"format": "schema-org", **more})

    def read(self, path: str = "/sitemap.xml", **more: Any) -> SourceRead:
        reader = Reader(listing_contract(), self.desk.today, 10, fetcher=self.desk.fetcher)
        (found,) = reader.read_all([self.source(path, **more)], lambda _: None)
        return found

    def titles(self, **more: Any) -> list[str]:
        return titles(self.read(**more))

    def asked(self) -> list[str]:
        """The pages asked for since the last time."""
        paths = [one.path[1:] for one in self.server.asked]
        self.server.asked.clear()
        return [path for path in paths if path not in {"sitemap.xml", "robots.txt"}]


def titles(found: SourceRead) -> list[str]:
    assert found.failure is None, found.failure
    return [one.en.title for one in found.listings if one.en]


def said(found: SourceRead) -> dict[str, Any]:
    """What the report says of the site, with its count or the page."""
    return {one.problem.kind: one.problem.facts.get("count", one.column) for one in found.issues if one.row}


@pytest.fixture
def site(server: FeedServer, desk: Desk) -> Site:
    return Site(server, desk)


def test_the_pages_of_a_site_map_are_fetched_and_read_in_its_order(site: Site) -> None:
    assert site.titles() == list(NAMES)
    assert site.asked() == list(NAMES)


def test_links_of_a_page_lead_from_where_it_was_fetched(site: Site) -> None:
    site.server.gives("/Welding", course("Welding", url="?apply"))
    assert site.read().listings[0].url == site.server.url("/Welding?apply")


def test_pages_are_asked_for_one_by_one_with_a_pause(site: Site) -> None:
    site.titles(pages={"seconds_between": 2})
    assert site.desk.pauses == [2, 2]


def test_a_page_that_did_not_change_is_not_sent_again(site: Site) -> None:
    site.titles()
    for name in NAMES:
        site.server.gives(f"/{name}", Answer(304, b""))
    site.maps(*map(site.at, NAMES))
    site.server.gives("/sitemap.xml", Answer(body=urls(*map(site.at, NAMES)).replace("2026-01-01", "").encode()))
    site.asked()
    assert site.titles() == list(NAMES)
    tags = [one.headers["If-None-Match"] for one in site.server.asked if one.path[1:] in NAMES]
    assert tags == [f'"{name}"' for name in NAMES]


def test_a_page_whose_day_of_change_is_the_same_is_not_asked_for_until_a_week_later(site: Site) -> None:
    site.titles()
    site.asked()
    site.desk.today += 6 * DAY
    assert site.titles() == list(NAMES)
    assert site.asked() == []
    site.desk.today += DAY
    site.titles()
    assert site.asked() == list(NAMES)


def test_a_page_whose_day_of_change_moved_is_asked_for(site: Site) -> None:
    site.titles()
    site.server.gives(
        "/sitemap.xml", Answer(body=urls(site.at("Welding")).replace("2026-01-01", "2026-11-01").encode())
    )
    site.server.gives("/Welding", course("Welding again"))
    assert site.titles() == ["Welding again"]


@pytest.mark.parametrize("damage", ["copy", "record", "absent"])
def test_a_copy_that_was_touched_is_fetched_anew(site: Site, damage: str) -> None:
    site.titles()
    site.asked()
    file = site.source().file
    for path in (file.parent / "pages").iterdir() if damage != "record" else [file.with_name("maple.xml.pages.json")]:
        if damage == "absent":
            path.unlink()
        else:
            path.write_bytes(b"half of")
    assert site.titles() == list(NAMES)
    assert site.asked() == list(NAMES)


def test_a_page_that_is_named_no_more_goes(site: Site) -> None:
    site.titles()
    before = source_digest(site.source(), "", site.desk.today)
    site.maps(site.at("Brazing"))
    assert site.titles() == ["Brazing"]
    assert len(list(pages_folder(site.source().file).iterdir())) == 1
    assert source_digest(site.source(), "", site.desk.today) != before


def test_a_page_that_fails_is_reported_and_its_copy_read_for_some_days(site: Site) -> None:
    site.titles()
    site.server.gives("/Brazing", Answer(500, b""))
    site.server.gives("/sitemap.xml", Answer(body=urls(*map(site.at, NAMES)).replace("2026", "2025").encode()))
    site.desk.today += 7 * DAY
    found = site.read()
    assert (titles(found), said(found)["page_kept"]) == (list(NAMES), site.at("Brazing"))
    (old,) = [one.problem for one in found.notes if one.problem.kind == "page_kept"]
    assert "its copy of 2026-11-24 was read: the server 127.0.0.1 answered with status 500" in old.in_language("en")
    assert "sa copie du 2026-11-24 a été lue : le serveur 127.0.0.1 a répondu par le code 500" in old.in_language("fr")
    site.desk.today += DAY
    found = site.read()
    assert titles(found) == ["Welding", "Soldering"]
    (held,) = [one for one in found.judged if one.listing is None]
    assert [(one.column, one.problem.kind) for one in held.issues] == [(site.at("Brazing"), "page_not_fetched")]


def test_a_page_that_is_gone_is_offered_no_more(site: Site) -> None:
    site.titles()
    site.server.gives("/Brazing", Answer(404, b""))
    site.server.gives("/sitemap.xml", Answer(body=urls(*map(site.at, NAMES)).replace("2026", "2025").encode()))
    found = site.read()
    assert titles(found) == ["Welding", "Soldering"]
    assert said(found)["page_not_fetched"] == site.at("Brazing")


WRONG_PAGES: dict[str, tuple[Answer | Raw, str]] = {
    "pdf": (Answer(body=b"%PDF-1.7"), "a PDF document"),
    "empty": (Answer(body=b""), "holds no listing"),
    "too large": (Answer(body=b"<html>", announced=10**12), "larger than 10 MB"),
    "bomb": (Answer(body=gzip.compress(b" " * 9_000_000, mtime=0), headers={"Content-Encoding": "gzip"}), "times its"),
    "broken off": (Answer(announced=10**6), "broke off"),
    "drip": (dripping(START + b"Content-Length: 168\r\n\r\n"), "longer than 0.4 seconds"),
    "loopback": (Answer(302, b"", {"Location": "http://localhost:9200/"}), "redirects to an address"),
    "elsewhere": (Answer(302, b"", {"Location": "https://other.example/"}), "redirects to an address"),
    "file": (Answer(302, b"", {"Location": "file:///etc/passwd"}), "only https:// and http://"),
    "disallowed": (Answer(302, b"", {"Location": "/private/a"}), "redirects to an address"),
}


@pytest.mark.parametrize("how", WRONG_PAGES)
def test_a_page_that_harms_or_misleads_costs_only_itself(site: Site, how: str) -> None:
    answer, words = WRONG_PAGES[how]
    site.server.gives("/Brazing", answer)
    site.server.gives("/private/a", course("Secret"))
    site.server.gives("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /private/"))
    found = site.read(timeout_seconds=4)
    assert titles(found) == ["Welding", "Soldering"]
    (held,) = [one for one in found.judged if one.listing is None]
    assert words in held.issues[0].problem.in_language("en")
    assert "private/a" not in site.asked()


def test_addresses_that_are_not_the_sites_own_are_passed_over_and_counted(site: Site, other_server: FeedServer) -> None:
    site.maps(
        site.at("Welding"), "javascript:alert(1)", "file:///etc/passwd", "https://other.example/a", "//[",
        other_server.url("/a"), f"http://localhost:{site.server.port}/a", "http://me:word@127.0.0.1/a", "x" * 5_000,
    )  # fmt: skip
    found = site.read()
    assert titles(found) == ["Welding"]
    assert (said(found)["page_elsewhere"], said(found)["page_no_address"]) == (3, 5)
    assert other_server.asked == []
    assert {one.column for one in found.notes} == {"other.example", "sitemap.xml"}
    assert "word@" not in "".join(path.read_text() for path in site.desk.folder.rglob("*.pages.json"))


def test_pages_of_a_server_that_was_named_belong_to_the_site_but_get_no_sign_in(site: Site) -> None:
    site.desk.secrets = {"TOKEN": "pa55"}
    site.desk.names = {"pages.example": ["10.0.0.7"]}
    site.maps(site.at("Welding"), "http://pages.example/a")
    found = site.read(pages={"hosts": ["pages.example"]}, auth={"bearer": "TOKEN"})
    assert found.failure
    assert found.failure.kind == "fetch_private"  # its robots.txt; the server of the map alone may be inside
    assert {one.headers["Authorization"] for one in site.server.asked} == {"Bearer pa55"}


def test_robots_are_heard(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /*ing$\nAllow: /Welding\nCrawl-delay: 3\n\nUser-agent: other\nDisallow: /"
    site.server.gives("/robots.txt", Answer(body=rules))
    site.server.gives("/open", course("Open"))
    site.maps(*map(site.at, NAMES), site.at("open"))
    found = site.read()
    assert titles(found) == ["Welding", "Open"]
    assert said(found)["page_disallowed"] == 2
    assert site.desk.pauses == [3]


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False)])
def test_without_robots_all_may_be_asked_unless_the_server_fails(site: Site, status: int, *, fetched: bool) -> None:
    site.server.gives("/robots.txt", Answer(status, b""))
    assert (site.read().failure is None) is fetched
    assert bool(site.asked()) is fetched


@pytest.mark.parametrize("delay", ["nan", "inf", "-3", "1e400", "soon", "", "600", "1" * 5_000])
def test_a_delay_that_makes_no_sense_holds_nobody_up(site: Site, delay: str) -> None:
    site.server.gives("/robots.txt", Answer(body=f"User-agent: *\nCrawl-delay: {delay}\nDisallow:".encode()))
    assert site.titles(timeout_seconds=200, pages={"seconds_between": 1}) == list(NAMES)
    assert all(1 <= seconds <= 60 for seconds in site.desk.pauses)


@pytest.mark.parametrize(
    "rules",
    [b"\0\xff\xfe" * 500, b"<html>" + b"Disallow: /" * 99, b"User-agent: *\nDisallow: /%zz%\nDisallow: [",
     b":\n::\n" * 9,
     b"User-agent: *\nDisallow: /" + b"*a" * 9_000, b"User-agent: *\nUser-agent: \nRequest-rate: 1/0\nVisit-time: x-y"],
    ids=["bytes", "page", "odd", "colons", "stars", "rates"],
)  # fmt: skip
def test_robots_that_make_no_sense_forbid_nothing(site: Site, rules: bytes) -> None:
    site.server.gives("/robots.txt", Answer(body=rules))
    assert site.titles() == list(NAMES)


def test_robots_without_end_are_not_read_to_their_end(site: Site) -> None:
    site.server.gives("/robots.txt", Answer(body=b"User-agent: *\n", announced=10**12))
    found = site.read()
    assert found.failure
    assert (found.failure.kind, found.failure.facts["file"]) == ("file_too_large", "robots.txt")


def test_only_pages_whose_paths_begin_as_said_are_fetched(site: Site) -> None:
    found = site.read(pages={"under": ["/Weld", "/Sold"]})
    assert titles(found) == ["Welding", "Soldering"]
    assert said(found) == {}


def test_maps_of_maps_are_followed_and_asked_for_only_if_they_changed(site: Site) -> None:
    inner = gzip.compress(urls(site.at("Brazing")).encode(), mtime=0)
    site.server.gives("/b.xml.gz", Answer(body=inner, headers={"ETag": '"b"'}), Answer(304, b""))
    site.maps(site.at("b.xml.gz"), site.at("index.xml"), "https://other.example/c.xml", path="/index.xml", of="sitemap")
    for _ in range(2):
        found = site.read("/index.xml")
        assert (titles(found), said(found)) == (["Brazing"], {"page_elsewhere": 1})
    assert [one.headers["If-None-Match"] for one in site.server.asked if one.path == "/b.xml.gz"] == [None, '"b"']


def test_an_inner_map_that_fails_leaves_the_site_as_it_was(site: Site) -> None:
    site.maps(site.at("gone.xml"), path="/index.xml", of="sitemap")
    found = site.read("/index.xml")
    assert found.failure
    assert found.failure.kind == "fetch_gone"


WRONG_MAPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "web page": (lambda: b"<html>", "content_other"),
    "empty": (lambda: b"", "file_empty"),
    "cut": (lambda: b"<urlset><url>", "file_unreadable"),
    "bomb": (lambda: gzip.compress(b"<urlset>" + b" " * 8_000_000, mtime=0), "archive_bomb"),
    "entities": (lambda: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
                 "file_empty"),
}  # fmt: skip


@pytest.mark.parametrize("how", WRONG_MAPS)
def test_a_map_that_harms_or_misleads_is_refused(site: Site, how: str) -> None:
    made, kind = WRONG_MAPS[how]
    site.server.gives("/sitemap.xml", Answer(body=made()))
    found = site.read()
    assert found.failure
    assert found.failure.kind == kind
    assert site.asked() == []


def test_a_site_of_more_pages_than_are_allowed_is_refused_before_one_is_asked_for(site: Site) -> None:
    site.maps(*(site.at(str(number)) for number in range(50_000)))
    found = site.read()
    assert found.failure
    assert (found.failure.kind, found.failure.facts["limit"]) == ("pages_too_many", 2_000)
    assert site.asked() == []


def test_what_time_does_not_allow_is_left_for_the_next_night(site: Site) -> None:
    found = site.read(timeout_seconds=20, pages={"seconds_between": 30})
    assert (titles(found), said(found)["page_unasked"]) == (["Welding"], 2)
    assert titles(site.read(timeout_seconds=20, pages={"seconds_between": 30})) == ["Welding", "Brazing"]


def test_maps_without_end_are_not_followed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.fetching.sites.crawl.MOST_MAPS", 3)
    for number in range(5):
        site.maps(site.at("Welding"), path=f"/{number}.xml")
    site.maps(*(site.at(f"{number}.xml") for number in range(5)), path="/index.xml", of="sitemap")
    found = site.read("/index.xml")
    assert found.failure
    assert (found.failure.kind, found.failure.facts["limit"]) == ("pages_too_many", 3)


def test_many_entries_of_other_sites_cost_little(site: Site) -> None:
    site.maps(site.at("Welding"), *(f"https://other.example/{number}" for number in range(10_000)))
    found = site.read()
    assert (titles(found), said(found)["page_elsewhere"]) == (["Welding"], 10_000)


def test_a_server_that_fails_page_after_page_is_let_alone(site: Site) -> None:
    pages = [f"p{number}" for number in range(9)]
    for name in pages:
        site.server.gives(f"/{name}", Answer(503, b""))
    site.maps(site.at("Welding"), *map(site.at, pages))
    found = site.read()
    assert titles(found) == ["Welding"]
    assert said(found)["page_unasked"] == 4
    assert len(site.asked()) == 1 + 2 * 5


def test_pages_together_are_no_larger_than_the_limit_and_the_next_night_goes_on(site: Site) -> None:
    for name in NAMES:
        site.server.gives(f"/{name}", replace(course(name), body=course(name).body + b" " * 600_000))
    found = site.read(max_megabytes=1)
    assert (titles(found), said(found)["page_unasked"]) == (["Welding", "Brazing"], 1)
    site.asked()
    site.desk.today += DAY
    assert titles(site.read(max_megabytes=1)) == list(NAMES)
    assert site.asked() == ["Soldering"]


def test_a_crawl_that_was_killed_goes_on_where_it_was(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    source = site.source()
    with monkeypatch.context() as patched:
        patched.setattr("indexer.fetching.sites.crawl.keep_site", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            site.desk.fetcher.fetch(source)
    journal = source.file.with_name(source.file.name + JOURNAL)
    journal.write_bytes(journal.read_bytes()[:-20])
    assert len(known_pages(source.file)) == 2
    site.asked()
    assert site.titles() == list(NAMES)
    assert site.asked() == ["Soldering"]
    assert not journal.exists()


def test_an_address_without_an_ending_is_a_site_map_where_pages_are_spoken_of(site: Site) -> None:
    site.maps(site.at("Welding"), path="/map")
    assert titles(site.read("/map", pages={})) == ["Welding"]


def test_pages_go_with_a_site_map_only(desk: Desk) -> None:
    with pytest.raises(ValueError, match="pages are those of a site map"):
        desk.source("https://maple.example/a.csv", pages={})
    with pytest.raises(ValueError, match="pattern"):
        desk.source("https://maple.example/sitemap.xml", format="schema-org", pages={"hosts": ["https://a.example"]})


def test_a_folder_beside_a_fetched_map_is_never_left(site: Site, tmp_path: Path) -> None:
    """What a record of pages says of files is not followed out of their folder."""
    site.titles()
    secret = tmp_path / "secret.html"
    secret.write_text(page(script({**COURSE, "name": "Secret"})))
    record = site.source().file.with_name("maple.xml.pages.json")
    kept = sorted(path.name for path in pages_folder(site.source().file).iterdir())
    record.write_text(record.read_text().replace(kept[0], "../../../secret.html"))
    found = Reader(listing_contract(), site.desk.today, 10).read(site.source())
    assert found.failure
    assert found.listings == []
