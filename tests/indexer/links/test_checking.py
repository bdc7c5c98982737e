"""Many pages asked within a time, what is kept of it, and when an address counts as dead."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from annotated_types import Le

from indexer import database_files
from indexer.links.checking import Budget, Checker, due, newly_known, standing, trusted
from indexer.links.known import Known, Outcome, Verdict, learnt
from indexer.links.ledger import Ledger
from indexer.links.loads import asked
from indexer.settings import Settings
from tests.indexer.fetching.feed_server import Answer, FeedServer
from tests.indexer.fetching.test_limits import dripping
from tests.indexer.links.conftest import Walker

NIGHT = dt.datetime(2026, 12, 1, 3, 15, tzinfo=dt.UTC)
NEXT = NIGHT + dt.timedelta(days=1)
GOOD = Verdict(outcome="good")
GONE = Verdict(outcome="gone", kind="link_gone", facts={"status": 404})
AWAY = Verdict(outcome="failing", kind="fetch_name_unknown", facts={"host": "pages.invalid"})
UNCLEAR = Verdict(outcome="unclear", kind="link_status", facts={"host": "pages.example", "status": 503})

SLOW = Verdict(outcome="unclear", kind="link_slow", facts={"seconds": "15"})
UNASKED = Verdict(outcome="unclear", kind="link_unasked", facts={"detail_en": "it is too long", "detail_fr": "trop"})


def known_after(*nights: tuple[dt.datetime, Verdict]) -> Known:
    known = None
    for night, verdict in nights:
        known = learnt(known, verdict, night)
    assert known
    return known


def test_a_page_its_server_has_not_is_dead_at_once() -> None:
    assert known_after((NIGHT, GONE)).is_dead


def test_nothing_there_is_dead_after_two_nights_and_not_before() -> None:
    first, second = known_after((NIGHT, AWAY)), known_after((NIGHT, AWAY), (NEXT, AWAY))
    assert (first.is_dead, second.is_dead) == (False, True)
    assert "two loads" in second.told().in_language("en")
    assert "pages.invalid ne mène à aucun serveur" in second.told().in_language("fr")
    assert first.told().kind == "fetch_name_unknown"


def test_two_loads_of_the_same_hour_are_one_failure() -> None:
    again = NIGHT + dt.timedelta(hours=1)
    assert not known_after((NIGHT, AWAY), (again, AWAY)).is_dead
    assert known_after((NIGHT, AWAY), (again, AWAY), (NEXT, AWAY)).is_dead


def test_a_page_that_is_there_again_begins_anew() -> None:
    assert not known_after((NIGHT, AWAY), (NEXT, GOOD), (NEXT + dt.timedelta(days=1), AWAY)).is_dead


def test_what_is_unclear_is_never_dead_however_often() -> None:
    nights = [(NIGHT + dt.timedelta(days=day), UNCLEAR) for day in range(9)]
    assert standing(known_after(*nights)) == "unclear"


DOUBTED = AWAY.model_copy(update={"outcome": "unclear"})  # of a night without a network
HUNG_UP = Verdict(outcome="unclear", kind="fetch_broken_off", facts={"host": "pages.example"})
CERTIFICATE = Verdict(outcome="unclear", kind="fetch_certificate", facts={"host": "pages.example", "detail": "TLS"})
INSIDE = Verdict(outcome="unclear", kind="fetch_private", facts={"host": "pages.example"})


@pytest.mark.parametrize("between", [UNCLEAR, HUNG_UP, CERTIFICATE, INSIDE])
def test_failures_with_a_sign_of_life_between_are_not_in_a_row(between: Verdict) -> None:
    later = NIGHT + dt.timedelta(days=90)
    known = known_after((NIGHT, AWAY), (NEXT, between), (later, AWAY))
    assert (known.is_dead, known.failures, known.since) == (False, 1, later)


@pytest.mark.parametrize("between", [SLOW, DOUBTED])
def test_silence_between_two_failures_takes_nothing_back(between: Verdict) -> None:
    assert known_after((NIGHT, AWAY), (NIGHT + dt.timedelta(hours=3), between), (NEXT, AWAY)).is_dead


def test_a_good_page_is_left_alone_for_days_and_others_are_not() -> None:
    known = {
        f"https://{verdict.outcome}.example": known_after((NIGHT, verdict)) for verdict in (GOOD, GONE, UNCLEAR, AWAY)
    }
    listed = [*known, "https://new.example"]
    tomorrow = due(listed, known, NEXT, 7)
    assert "https://good.example" not in tomorrow
    assert (tomorrow[0], len(tomorrow)) == ("https://new.example", 4)
    assert due(listed, known, NIGHT + dt.timedelta(days=7), 7)[-1] == "https://good.example"


def test_each_page_is_asked_once_and_with_a_pause_between(server: FeedServer, walker: Walker) -> None:
    addresses = [server.url(f"/{number}") for number in (1, 2, 3, 1, 2)]
    for number in (1, 2, 3):
        server.gives(f"/{number}", Answer())
    found = walker.checker(server).ask_all(due(addresses, {}, NIGHT, 7))
    assert [asked.path for asked in server.asked] == ["/1", "/2", "/3"]
    assert {verdict.outcome for verdict in found.values()} == {"good"}
    assert (server.most_under_way, len(walker.pauses)) == (1, 2)
    assert all(0.5 < pause <= 1 for pause in walker.pauses)


def test_a_redirect_waits_for_its_turn_too_and_gives_it_back(server: FeedServer, walker: Walker) -> None:
    server.gives("/old", Answer(302, b"", {"Location": "/new"}))
    server.gives("/new", Answer())
    found = walker.checker(server).ask_all([server.url("/old"), server.url("/new")])
    assert [verdict.outcome for verdict in found.values()] == ["good", "good"]
    assert len(walker.pauses) == 2


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_has_enough_is_left_alone(server: FeedServer, walker: Walker, status: int) -> None:
    server.gives("/1", Answer(status, b"", {"Retry-After": "3600"}))
    found = walker.checker(server).ask_all([server.url("/1"), server.url("/2")])
    assert ([one.path for one in server.asked], len(found)) == (["/1"], 1)


def test_a_slow_server_costs_two_questions(server: FeedServer, walker: Walker) -> None:
    walker.seconds = 0.2
    for number in range(4):
        server.gives(f"/{number}", dripping(b""))
    found = walker.checker(server).ask_all([server.url(f"/{number}") for number in range(4)])
    assert [verdict.kind for verdict in found.values()] == ["link_slow", "link_slow"]


def test_when_the_time_is_over_the_rest_waits_for_the_next_load(server: FeedServer, walker: Walker) -> None:
    server.gives("/1", dripping(b""))
    server.gives("/2", Answer())
    found = walker.checker(server, seconds=0.3).ask_all([server.url("/1"), server.url("/2")])
    assert found == {}


def test_a_run_that_is_ended_asks_no_more(server: FeedServer, walker: Walker) -> None:
    def ended(_: int) -> None:
        raise KeyboardInterrupt

    for number in range(3):
        server.gives(f"/{number}", Answer())
    checker = Checker(walker.asker(server), Budget(20), ended)
    with pytest.raises(KeyboardInterrupt):
        checker.ask_all([server.url(f"/{number}") for number in range(3)])
    assert (len(server.asked), checker.budget.left) == (1, 0)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path / "state" / "links.sqlite")) as one:
        yield one


def by_night(pages: list[str], ledger: Ledger, checker: Checker, night: dt.datetime) -> dict[str, Known]:
    """What is known of the pages after those that are due in that night were asked."""
    known = ledger.known(pages)
    return asked(due(pages, known, night, 7), known, ledger, checker, night)


def test_without_a_network_nothing_is_held_against_anyone(server: FeedServer, walker: Walker, ledger: Ledger) -> None:
    """Nobody answers, not even the page that was good last; so no night without network makes a link dead."""
    lost, good = "https://lost.invalid/", "https://good.invalid/"
    ledger.keep({good: known_after((NIGHT, GOOD))}, NIGHT)
    for night in (NIGHT, NEXT):
        known = by_night([lost, good], ledger, walker.checker(server), night)
    assert (standing(known[lost]), known[lost].failures, known[good].is_good) == ("unclear", 0, True)


def test_where_only_one_page_is_due_a_good_one_bears_witness(
    server: FeedServer, walker: Walker, ledger: Ledger
) -> None:
    server.gives("/good", Answer())
    lost, good = "https://lost.invalid/", server.url("/good")
    for night in (NIGHT, NEXT):
        known = by_night([lost, good], ledger, walker.checker(server), night)
    assert (standing(known[lost]), standing(known[good])) == ("dead", "good")


def test_a_page_is_not_asked_again_by_the_next_load(server: FeedServer, walker: Walker, ledger: Ledger) -> None:
    server.gives("/good", Answer())
    pages = [server.url("/good"), server.url("/gone")]
    for night in (NIGHT, NEXT):
        known = by_night(pages, ledger, walker.checker(server), night)
    assert [one.path for one in server.asked] == ["/good", "/gone", "/gone", "/gone", "/gone"]
    assert [standing(known[page]) for page in pages] == ["good", "dead"]
    assert known[pages[0]].checked == NIGHT


def test_no_address_stands_in_the_file(ledger: Ledger, tmp_path: Path) -> None:
    ledger.keep({"https://pages.example/secret-course": known_after((NIGHT, GOOD))}, NIGHT)
    ledger.close()
    assert b"secret-course" not in (tmp_path / "state" / "links.sqlite").read_bytes()


def test_what_nobody_asks_about_is_forgotten(ledger: Ledger) -> None:
    ledger.keep({"https://old.example/": known_after((NIGHT, GOOD))}, NIGHT)
    longest = next(one.le for one in Settings.model_fields["link_days"].metadata if isinstance(one, Le))
    ledger.keep({}, NIGHT + dt.timedelta(days=float(str(longest))))
    assert set(ledger.known(["https://old.example/"])) == {"https://old.example/"}
    ledger.keep({}, NIGHT + dt.timedelta(days=500))
    assert ledger.known(["https://old.example/"]) == {}


@pytest.mark.parametrize(
    "kept", ["no JSON", "{}", GOOD.model_dump_json(), '{"verdict": {"outcome": "gone", "kind": "x"}}']
)
def test_what_another_version_kept_is_not_known(ledger: Ledger, tmp_path: Path, kept: str) -> None:
    ledger.keep({"https://a.example/": known_after((NIGHT, GOOD))}, NIGHT)
    with closing(sqlite3.connect(tmp_path / "state" / "links.sqlite")) as file, file:
        file.execute("UPDATE links SET known = ?", (kept,))
    assert ledger.known(["https://a.example/"]) == {}


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "links.sqlite").write_bytes(b"no database at all" * 100)
    with closing(Ledger(tmp_path / "links.sqlite")) as ledger:
        assert ledger.known(["https://a.example/"]) == {}
    assert (tmp_path / "links.damaged").exists()


def test_a_file_that_another_load_holds_is_not_taken_for_damaged(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state" / "links.sqlite"
    ledger.keep({"https://a.example/": known_after((NIGHT, GOOD))}, NIGHT)
    ledger.close()
    path.unlink()
    monkeypatch.setattr(database_files, "LOCKED", 0.1)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            Ledger(path)
    assert not path.with_suffix(".damaged").exists()


def test_a_good_verdict_dated_ahead_by_a_wrong_clock_is_asked_for_again() -> None:
    page = "https://good.example"
    assert due([page], {page: known_after((NIGHT + dt.timedelta(days=300), GOOD))}, NIGHT, 7) == [page]


@pytest.mark.parametrize("outcome", ["good", "gone", "unclear"])
def test_whoever_answers_vouches_for_the_network(server: FeedServer, walker: Walker, outcome: Outcome) -> None:
    answered = {"good": GOOD, "gone": GONE, "unclear": UNCLEAR}[outcome]
    found = {"https://a.example/": answered, "https://b.invalid/": AWAY}
    checked = trusted(found, {}, walker.checker(server))
    assert newly_known(checked, {}, NIGHT)["https://b.invalid/"].failures == 1


@pytest.mark.parametrize("other", [SLOW, UNASKED, INSIDE, HUNG_UP], ids=lambda verdict: verdict.kind)
def test_whatever_no_server_said_vouches_for_no_network(server: FeedServer, walker: Walker, other: Verdict) -> None:
    found = {"https://a.example/": other, "https://b.invalid/": AWAY}
    checked = trusted(found, {}, walker.checker(server))
    assert newly_known(checked, {}, NIGHT)["https://b.invalid/"].failures == 0
