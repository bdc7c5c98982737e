"""What refers to each other is kept on disk: in any order, in little memory, and gone afterwards."""

import datetime as dt
import json
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.failures import SourceError
from indexer.feeds import read_feed
from indexer.readers.schema_org.nodes import Node, Value, Words
from indexer.readers.schema_org.packing import merged, packed, unpacked
from indexer.readers.spool import LARGE, LARGE_BYTES, RECENT, Lookup, Spool, spooled
from indexer.sources import Source
from mappings.contract import Contract
from tests.indexer.conftest import read_whole

TODAY = dt.date(2026, 11, 24)
ADDRESSES = ["#a", "é", "\ud800", "a\0b", " ", "x" * 100_000]
Sources = Callable[..., Source]


@pytest.fixture
def spool() -> Iterator[Spool]:
    with closing(Spool()) as one:
        yield one


def test_a_shelf_keeps_its_order_and_an_address_its_bodies(spool: Spool) -> None:
    for number, address in enumerate(ADDRESSES * 2):
        spool.put("a" if number % 2 else "b", [number, address, None, 2.5, {"x": (True, 10**30)}], address)
    spool.seal()
    assert [body[0] for body in spool.shelf("a")] == [1, 3, 5, 7, 9, 11]
    assert [[body[0] for body in spool.found(one)[0]] for one in ADDRESSES] == [[n, n + 6] for n in range(6)]
    assert next(iter(spool.shelf("b"))) == [0, "#a", None, 2.5, {"x": (True, 10**30)}]
    assert spool.found("elsewhere") == ([], 0)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_marked_once_and_counted_each_time(spool: Spool, address: str) -> None:
    assert not spool.is_marked("seen", address)
    assert spool.mark("seen", address)
    assert not spool.mark("seen", address)
    assert spool.is_marked("seen", address)
    assert not spool.is_marked("part", address)
    assert [spool.count("code", address) for _ in range(3)] == [1, 2, 3]


def test_what_is_asked_for_again_is_the_same_and_is_not_read_again(spool: Spool) -> None:
    read: list[str] = []

    def make(bodies: list[str]) -> list[str]:
        read.append(bodies[0])
        return bodies

    for number in range(RECENT + 1):
        spool.put("a", f"body {number}", str(number))
    spool.put("a", "large" * LARGE, "large")
    spool.seal()
    find = Lookup(spool, make)
    assert find("large") is find("large")
    for number in range(RECENT + 1):
        assert find(str(number)) == [f"body {number}"]
    assert find("nothing") is None
    assert len(read) == RECENT + 2
    assert find("large") is not None  # what is large stays, however much was asked for since
    assert len(read) == RECENT + 2
    assert find("0") == ["body 0"]  # what is small was let go
    assert len(read) == RECENT + 3


def test_large_things_take_no_more_memory_however_many_there_are(spool: Spool) -> None:
    body = "x" * (LARGE_BYTES // 4)
    for number in range(9):
        spool.put("a", body, str(number))
    spool.put("a", "x" * (LARGE_BYTES + 1), "huge")
    spool.seal()
    find = Lookup(spool, list[str])
    assert all(find(str(number)) == [body] for number in range(9))
    assert find("huge")
    assert len(find.large) == 3  # with the few bytes each takes besides


def test_no_file_of_it_can_be_found_and_none_stays_when_the_process_is_killed(tmp_path: Path) -> None:
    script = (
        "import os, signal; from indexer.readers.spool import Spool; one = Spool()\n"
        "for n in range(300): one.put('a', 'x' * 100_000, str(n))\n"
        "one.seal(); print(len(os.listdir(os.environ['SQLITE_TMPDIR'])), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False,
        env={"SQLITE_TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    assert done.stdout.strip() == "0"
    assert not list(tmp_path.iterdir())


def test_a_disk_that_takes_no_more_is_the_sources_failure(tmp_path: Path) -> None:
    full = pytest.raises(SourceError, match=r"a\.json cannot be read: database or disk is full")
    with full, spooled(tmp_path / "a.json") as spool:
        spool.base.execute("PRAGMA max_page_count = 20")
        for number in range(100):
            spool.put("a", "x" * 10_000, str(number))


def test_a_spool_is_closed_also_where_reading_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), spooled(tmp_path / "a.json") as spool:
        raise ValueError("broken")
    with pytest.raises(sqlite3.ProgrammingError):
        spool.put("a", 1)


@pytest.mark.parametrize("form", ["schema-org", "ctdl"])
def test_a_graph_that_is_cut_off_is_refused_whole(source: Sources, contract: Contract, form: str) -> None:
    text = json.dumps([{"@type": "Course", "name": "Weld"}])
    with pytest.raises(SourceError, match="cannot be read"):
        read_whole(source("a.json", f"{text[:-1]}, {{", format=form), contract, TODAY, 1)


WORDS = st.builds(Words, st.text(max_size=4) | st.just("\ud800"), st.none() | st.sampled_from(["en", "fr"]))
NODES: st.SearchStrategy[Node] = st.recursive(
    st.builds(Node, st.tuples(st.text(max_size=3)), st.sampled_from(["", "", "#a", "#b"]), st.text(max_size=3)),
    lambda inner: st.builds(
        Node, st.just(("Course",)), st.sampled_from(["", "", "#a", "#b"]), st.just("page"),
        st.dictionaries(st.text(max_size=3), st.lists(inner | WORDS | st.booleans() | st.integers(), min_size=1)),
    ),
    max_leaves=8,
)  # fmt: skip


def told(value: Value) -> object:
    """A thing as plain values; one described by itself as its address alone."""
    if not isinstance(value, Node):
        return value
    values = {name: [pointed(one) for one in listed] for name, listed in value.values.items()}
    return value.kinds, value.address, value.place, values


def pointed(value: Value) -> object:
    return value.address if isinstance(value, Node) and value.address and value.values else told(value)


@given(NODES)
def test_a_thing_comes_back_as_it_was_but_for_what_stands_by_itself(node: Node) -> None:
    again = unpacked(packed(node))
    assert repr(told_again(again)) == repr(told(node))


def told_again(node: Value) -> object:
    """The same of a thing that was packed: what it points to has neither kind nor value."""
    if not isinstance(node, Node):
        return node
    values = {
        name: [one.address if isinstance(one, Node) and is_pointer(one) else told_again(one) for one in listed]
        for name, listed in node.values.items()
    }
    return node.kinds, node.address, node.place, values


def is_pointer(node: Node) -> bool:
    return bool(node.address) and not (node.kinds or node.values or node.place)


def test_things_nested_thousands_deep_come_back(spool: Spool) -> None:
    deepest = node = Node(values={"name": [Words("bottom")]})
    for _ in range(5_000):
        node = Node(values={"item": [node]})
    spool.put("a", packed(node))
    again = unpacked(next(iter(spool.shelf("a"))))
    while "item" in again.values:
        (inner,) = again.values["item"]
        assert isinstance(inner, Node)
        again = inner
    assert again.values == deepest.values


def test_of_two_descriptions_the_first_wins_where_they_differ() -> None:
    first = Node(("Course",), "#a", "one", {"name": [Words("A")]})
    second = Node(("Thing", "Course"), "#a", "two", {"name": [Words("B")], "url": [Words("u")]})
    both = merged([packed(first), packed(second)])
    assert (both.kinds, both.place) == (("Course", "Thing"), "one")
    assert both.values == {"name": [Words("A")], "url": [Words("u")]}


@pytest.mark.parametrize(("form", "course"), [
    ("schema-org", {"@type": "Course", "name": "Weld", "coursePrerequisites": "x" * 190_000}),
    ("ctdl", {"@type": "ceterms:Course", "ceterms:name": "Weld", "ceterms:requires": "x" * 190_000}),
])  # fmt: skip
def test_a_graph_much_larger_than_memory_need_be_is_read(
    source: Sources, contract: Contract, form: str, course: dict[str, str]
) -> None:
    courses = [{**course, "@id": f"https://college.example/{number}"} for number in range(100)]
    graph = source("a.json", json.dumps({"@graph": courses}), format=form)
    tracemalloc.start()
    assert sum(1 for _ in read_feed(graph, contract, TODAY, 50).rows) == 100
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 7_000_000 < graph.file.stat().st_size / 2
