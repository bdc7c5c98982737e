"""What institutions are told of their links after a run, in both languages, on the page, in their rows and as JSON."""

import datetime as dt
import io
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest
from rich.console import Console

from indexer import run
from indexer.failures import IndexerError
from indexer.institution_reports.facts import InstitutionReport, Links
from indexer.links import loads
from indexer.links.asking import Asker
from indexer.links.known import Verdict, learnt
from indexer.links.ledger import FILE, Ledger
from indexer.progress import Progress
from tests.indexer.conftest import Catalogue, quiet
from tests.indexer.fetching.feed_server import Answer, FeedServer
from tests.indexer.institution_reports.conftest import Reports
from tests.indexer.links.conftest import Walker

HEADER = ("ID", "Title", "Web address", "Total hours")
Run = Callable[..., Links]


@pytest.fixture
def reports(catalogue: Catalogue) -> Reports:
    return Reports(catalogue)


@pytest.fixture
def checked(
    catalogue: Catalogue, reports: Reports, server: FeedServer, walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """The links of a trial run over an English college's rows. Its pages lie on this machine, and may be asked."""
    allowed = partial(Asker, resolve=walker._resolve, allowed=("127.0.0.1", server.port))
    monkeypatch.setattr(loads, "Asker", lambda _: allowed(walker.turns))

    def check(*paths: str, **more: object) -> Links:
        urls = [path if "://" in path else server.url(path) for path in paths]
        rows = [(f"A-{number}", f"Welding {number}", url, "30") for number, url in enumerate(urls, 1)]
        catalogue.feed("maple.csv", rows, HEADER)
        settings = catalogue.settings.model_copy(update={"check_links": True, **more})
        run.dry_run(settings, quiet(), golden=False)
        found = reports.facts().links
        assert isinstance(found, Links)
        return found

    return check


def test_a_dead_page_is_told_on_the_page_in_the_rows_and_as_facts(
    checked: Run, reports: Reports, server: FeedServer
) -> None:
    server.gives("/good", Answer())
    server.gives("/busy", Answer(503))
    links = checked("/good", "/gone", "/busy")
    assert (links.good_count, links.dead_count, links.unclear_count, links.waiting_count) == (1, 1, 1, 0)
    dead, unclear = links.dead[0], links.unclear[0]
    assert (dead.source, dead.row, dead.id, dead.address) == ("maple", 3, "maple.A-2", server.url("/gone"))
    assert dead.reason.en == "the page does not exist (status 404)"
    assert unclear.reason.fr.startswith("le serveur 127.0.0.1 a répondu par le code 503")
    assert dead.checked.date() == dt.datetime.now(dt.UTC).date()
    english, french = reports.page("en").words, reports.page("fr").words
    assert "1 listing leads to a page that is not there" in english
    assert "The page of 1 listing could not be checked" in english
    assert "1 offre mène à une page absente" in french
    assert "la page n'existe pas (code 404)" in french
    assert "Vérifiés entre le" in french
    assert reports.rows() == [
        ["ERRORS", *HEADER],
        ["Web address: the page does not exist (status 404)", "A-2", "Welding 2", server.url("/gone"), "30"],
    ]
    assert reports.rows("fr")[1][0] == "Web address: la page n'existe pas (code 404)"


def test_the_listing_with_a_dead_page_is_offered_all_the_same(checked: Run, reports: Reports) -> None:
    checked("/gone")
    facts = reports.facts()
    assert (facts.listed, facts.quarantined, facts.with_warnings) == (1, 0, 1)


def test_links_are_not_checked_unless_wanted(catalogue: Catalogue, reports: Reports, server: FeedServer) -> None:
    catalogue.feed("maple.csv", [("A-1", "Welding", server.url("/gone"), "30")], HEADER)
    run.dry_run(catalogue.settings, quiet(), golden=False)
    assert (reports.facts().links, server.asked) == ("not checked", [])
    assert "Not checked." in reports.page("en").words
    assert "Non vérifiés." in reports.page("fr").words


def test_a_report_of_before_links_were_checked_is_still_read(checked: Run, reports: Reports) -> None:
    checked("/gone")
    old = reports.facts().model_copy(update={"links": "not checked"})
    assert InstitutionReport.model_validate_json(old.model_dump_json()).links == "not checked"


def test_rows_without_fault_are_sent_back_only_where_all_are(
    checked: Run, reports: Reports, server: FeedServer
) -> None:
    server.gives("/good", Answer())
    checked("/good")
    assert not reports.path("en.csv").exists()
    checked("/good", report_rows="all")
    assert reports.rows()[1][0] == ""


def test_a_page_that_cannot_be_reached_is_dead_after_two_nights(
    checked: Run, catalogue: Catalogue, server: FeedServer
) -> None:
    """The night before is kept in the file; of tonight, one page answers, so that the network is there."""
    lost = "https://pages.invalid/welding"
    server.gives("/good", Answer())
    assert [one.reason.en for one in checked("/good", lost).unclear] == ["the name pages.invalid leads to no server"]
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    away = Verdict(outcome="failing", kind="fetch_name_unknown", facts={"host": "pages.invalid"})
    with closing(Ledger(catalogue.settings.state / FILE)) as ledger:
        ledger.keep({lost: learnt(None, away, yesterday)}, yesterday)
    server.gives("/other", Answer())
    links = checked("/good", "/other", lost)
    assert "hours apart" in links.dead[0].reason.en
    assert "à des heures d'intervalle" in links.dead[0].reason.fr


def test_two_listings_of_one_page_are_both_told(checked: Run, server: FeedServer) -> None:
    assert [one.row for one in checked("/gone", "/gone").dead] == [2, 3]
    assert [one.method for one in server.asked] == ["HEAD", "GET"]


def test_an_address_with_a_password_is_told_without_it(checked: Run, reports: Reports) -> None:
    links = checked("https://jo:word-kept-back@maple.example/welding", "https://jo@maple.example@b.example/x?a=1")
    assert [one.address for one in links.unclear] == ["https://maple.example/welding", "https://b.example/x?a=1"]
    assert "word-kept-back" not in reports.path("en.html").read_text(encoding="utf-8")


def test_script_and_people_in_an_address_are_only_text(checked: Run, reports: Reports) -> None:
    links = checked("/a?<script>alert(1)</script>", "/b?to=jo@maple.example")
    assert links.dead_count == 2
    page = reports.path("en.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "jo@maple.example" not in page
    assert "jo@maple.example" not in reports.path("report.json").read_text(encoding="utf-8")


def test_a_load_goes_on_when_nothing_can_be_kept(
    catalogue: Catalogue, reports: Reports, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (catalogue.settings.state / FILE).mkdir()
    (catalogue.settings.state / "links.damaged").mkdir()
    (catalogue.settings.state / "links.damaged" / "full").touch()
    catalogue.feed("maple.csv", [("A-1", "Welding", server.url("/gone"), "30")], HEADER)
    said = io.StringIO()
    settings = catalogue.settings.model_copy(update={"check_links": True})
    try:
        run.dry_run(settings, Progress(Console(file=said)), golden=False)
    except IndexerError:  # pragma: no cover - what must not be
        pytest.fail("the load failed for its links")
    assert reports.facts().links == "not checked"
    assert "links were not checked" in said.getvalue()


def test_a_run_says_counts_and_no_address(checked: Run, catalogue: Catalogue, server: FeedServer) -> None:
    checked("/gone")
    said = io.StringIO()
    settings = catalogue.settings.model_copy(update={"check_links": True})
    run.dry_run(settings, Progress(Console(file=said)), golden=False)
    assert "0 good, 1 dead, 0 unclear, 0 waiting" in said.getvalue()
    assert "/gone" not in said.getvalue()
