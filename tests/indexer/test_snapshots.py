"""Copies of the served index in a folder, and back."""

import time

import pytest
from opensearchpy import OpenSearch

from indexer.failures import IndexerError
from indexer.load import Engine
from indexer.settings import Settings
from indexer.snapshot import Snapshot
from indexer.snapshots import chosen, location_of, superseded
from tests.indexer.conftest import CARE, WELDING, Catalogue
from tests.indexer.test_commands import Command, command, served_meta

__all__ = ["command"]

CLOCK_STEP = 0.4  # seconds; the engine reads its clock anew every 200 ms (thread_pool.estimated_time_interval)
WHOLE = Snapshot("2", "listings-x-1", "SUCCESS")


@pytest.fixture
def kept(command: Command, catalogue: Catalogue, engine: OpenSearch) -> Command:
    """The command over a served catalogue, with an engine that has a folder for snapshots."""
    nodes = engine.nodes.info(metric="settings")["nodes"].values()
    if not all("repo" in node["settings"].get("path", {}) for node in nodes):
        pytest.skip("the engine these tests run on was started without a folder for snapshots")
    catalogue.load()
    return command


@pytest.fixture(autouse=True)
def _no_repository_left(catalogue: Catalogue, engine: OpenSearch) -> object:
    yield
    repositories = engine.snapshot.get_repository()
    if catalogue.prefix in repositories:
        for one in engine.snapshot.get(repository=catalogue.prefix, snapshot="_all")["snapshots"]:
            engine.snapshot.delete(repository=catalogue.prefix, snapshot=one["snapshot"])
        engine.snapshot.delete_repository(repository=catalogue.prefix)


def test_a_lost_catalogue_is_served_again_from_its_snapshot(kept: Command, catalogue: Catalogue) -> None:
    before = catalogue.documents()
    code, out, _ = kept("snapshot")
    assert (code, out.startswith(f"copied {catalogue.served()[0]} to {catalogue.prefix} as ")) == (0, True)
    catalogue.engine.indices.delete(index=catalogue.served()[0])
    code, out, err = kept("restore")
    assert (code, err) == (0, "")
    assert out.startswith(f"serving {catalogue.served()[0]}, restored from ")
    assert catalogue.documents() == before
    assert served_meta(catalogue)["complete"] is True


def test_what_was_served_stays_for_a_rollback_and_the_next_load_goes_on(kept: Command, catalogue: Catalogue) -> None:
    kept("snapshot")
    catalogue.feed("maple.csv", [(*WELDING[:5], "475", *WELDING[6:]), CARE, ("B-1", "Books", "", "", "", "", "")])
    newer = catalogue.load().index
    kept("restore")
    assert catalogue.documents()["maple.W-1"]["cost"] == 450
    assert kept("rollback")[0] == 0
    assert catalogue.served() == [newer]
    kept("restore")
    assert catalogue.load().outcome == "loaded"


def test_snapshots_are_listed_and_chosen_by_name(kept: Command, catalogue: Catalogue) -> None:
    name = kept("snapshot")[1].split()[-1]
    assert kept("restore", "--list")[1] == f"{name}  {catalogue.served()[0]}  SUCCESS\n"
    assert kept("restore", "--name", name)[0] == 0
    code, _, err = kept("restore", "--name", "another")
    assert (code, err) == (3, "error: there is no whole snapshot named another\n")


def test_a_snapshot_that_holds_less_than_it_says_is_not_served(kept: Command, catalogue: Catalogue) -> None:
    served = catalogue.served()
    meta = served_meta(catalogue)
    catalogue.engine.indices.put_mapping(index=served[0], body={"_meta": {**meta, "listings": 6}})
    kept("snapshot")
    code, _, err = kept("restore")
    assert (code, "6 listings were sent but the index holds 5" in err) == (2, True)
    assert (catalogue.served(), catalogue.indices()) == (served, set(served))


def test_without_anything_served_there_is_nothing_to_copy(command: Command) -> None:
    code, _, err = command("snapshot")
    assert (code, err) == (3, "error: nothing is served yet, so there is nothing to copy\n")


def test_an_engine_that_may_not_write_there_says_so(catalogue: Catalogue) -> None:
    with pytest.raises(IndexerError, match=r"refused: 500 .*path\.repo must name the folder of snapshots"):
        Engine(catalogue.settings).open_folder("/proc/nowhere")


def test_only_the_newest_snapshots_are_kept_and_each_can_be_restored(kept: Command, catalogue: Catalogue) -> None:
    names = []
    for at in range(3):
        names.append(f"2026120100000{at}-of-20261130000000")
        Engine(catalogue.settings).open_folder(catalogue.prefix)
        Engine(catalogue.settings).copy(names[-1], catalogue.served()[0])
    Engine(catalogue.settings).copy("before-the-move", catalogue.served()[0])
    before = catalogue.documents()
    time.sleep(CLOCK_STEP)  # else the next copy may begin at the same time as this one, by the engine's clock
    code, out, _ = kept("snapshot", KEEP_SNAPSHOTS="2")
    newest = out.splitlines()[0].split()[-1]
    assert (code, out.splitlines()[1:]) == (0, [f"removed {name}" for name in names[:2]])
    listed = [line.split()[0] for line in kept("restore", "--list")[1].splitlines()]
    assert listed == [names[2], "before-the-move", newest]
    assert kept("restore", "--name", names[2])[0] == 0
    assert catalogue.documents() == before


def snapshot_named(day: int, state: str = "SUCCESS", prefix: str = "listings", started: int = 0) -> Snapshot:
    name, index = f"202612{day:02}000000-of-20261130000000", f"{prefix}-0f3c9d1b7a52-20261130000000"
    return Snapshot(name, index, state, started or day)


def test_a_copy_that_is_not_whole_goes_only_when_a_newer_one_is() -> None:
    half, whole, last = snapshot_named(1, "PARTIAL"), snapshot_named(2), snapshot_named(3, "FAILED")
    assert superseded([half], "listings", 1) == []
    assert superseded([half, whole, last], "listings", 1) == [half]
    assert superseded([snapshot_named(1, "IN_PROGRESS"), whole], "listings", 1) == []


def test_copies_of_another_prefix_are_left_alone() -> None:
    found = [snapshot_named(1, prefix="listings-trial"), snapshot_named(2), snapshot_named(3)]
    assert superseded(found, "listings", 1) == [found[1]]
    assert superseded(found, "listings-trial", 1) == []


def test_the_one_just_made_stays_whatever_clocks_say() -> None:
    later = [snapshot_named(day, started=day) for day in (27, 28)]
    made = snapshot_named(3, started=3)
    assert superseded([made, *later], "listings", 1, made.name) == later
    assert superseded([made, *later], "listings", 2, made.name) == later[:1]


def test_the_oldest_is_told_by_the_engine_and_not_by_its_name() -> None:
    first, second = snapshot_named(28, started=1), snapshot_named(2, started=2)
    assert superseded([second, first], "listings", 1) == [first]


def test_a_snapshot_made_while_the_clock_is_behind_is_kept(kept: Command, catalogue: Catalogue) -> None:
    ahead = "20991231000000-of-20261130000000"
    Engine(catalogue.settings).open_folder(catalogue.prefix)
    Engine(catalogue.settings).copy(ahead, catalogue.served()[0])
    code, out, _ = kept("snapshot", KEEP_SNAPSHOTS="1")
    made = out.splitlines()[0].split()[-1]
    assert (code, out.splitlines()[1:]) == (0, [f"removed {ahead}"])
    assert kept("restore")[1].endswith(f"restored from {made}\n")


@pytest.mark.parametrize(("given", "folder"), [("", "maple"), ("copies", "copies/maple"), ("/srv/a/", "/srv/a/maple")])
def test_each_prefix_has_a_folder_of_its_own(given: str, folder: str) -> None:
    assert location_of(Settings(index_prefix="maple", snapshots=given)) == folder


def test_the_newest_whole_snapshot_is_taken() -> None:
    half = Snapshot("3", "listings-x-1", "PARTIAL")
    assert chosen([WHOLE, half], "") == WHOLE
    with pytest.raises(IndexerError, match="there is no whole snapshot named 3"):
        chosen([WHOLE, half], "3")
    with pytest.raises(IndexerError, match="there is no whole snapshot yet"):
        chosen([half], "")
