"""Versions: going back as often as they are kept, and the next load after that."""

import pytest

from indexer.history import history_rows
from indexer.load import Engine
from tests.indexer.conftest import CARE, WELDING, Catalogue
from tests.indexer.test_commands import Command, command, served_meta

__all__ = ["command"]


def loaded(catalogue: Catalogue, cost: int) -> str:
    catalogue.feed("maple.csv", [(*WELDING[:5], str(cost), *WELDING[6:]), CARE, ("B-1", "Books", "", "", "", "", "")])
    name = catalogue.load().index
    assert name
    return name


def cost(catalogue: Catalogue) -> float:
    return float(catalogue.documents()["maple.W-1"]["cost"])


def test_each_rollback_goes_one_further_back_until_there_is_none(command: Command, catalogue: Catalogue) -> None:
    names = [loaded(catalogue, price) for price in (100, 200, 300)]
    for price in (200, 100):
        assert command("rollback")[0] == 0
        assert cost(catalogue) == price
    code, _, err = command("rollback")
    assert (code, err) == (3, "error: there is nothing to roll back to\n")
    assert catalogue.served() == names[:1]


def test_a_rollback_after_a_rollback_and_a_load_does_not_serve_what_was_given_up(
    command: Command, catalogue: Catalogue
) -> None:
    first, given_up = loaded(catalogue, 100), loaded(catalogue, 200)
    command("rollback")
    newest = loaded(catalogue, 300)
    assert catalogue.indices() == {first, newest}
    assert served_meta(catalogue)["previous"] == first
    command("rollback")
    assert catalogue.served() == [first]
    assert given_up not in catalogue.indices()


def test_the_history_tells_served_kept_overruled_and_given_up(command: Command, catalogue: Catalogue) -> None:
    first = loaded(catalogue, 100)
    catalogue.feed("maple.csv", [WELDING])
    second = catalogue.load(forced="maple").index
    third = loaded(catalogue, 300)
    code, out, _ = command("history")
    assert code == 0
    lines = [line for line in out.splitlines() if catalogue.prefix in line]
    assert [line.split("│")[1].strip() for line in lines] == [third, second, first]
    assert [line.split("│")[5].strip() for line in lines] == ["served", "rollback 1", "rollback 2"]
    assert lines[1].split("│")[2].strip() == "3"
    assert "maple fell from 3 listings to 1" in out
    command("rollback")
    states = [line.split("│")[5].strip() for line in command("history")[1].splitlines() if catalogue.prefix in line]
    assert states[0].startswith("rolled back 20")
    assert states[1:] == ["served", "rollback 1"]


def test_the_history_of_nothing_says_so(command: Command) -> None:
    code, out, _ = command("history")
    assert (code, out.endswith("yet\n")) == (0, True)


def test_an_index_that_is_not_whole_is_named_so(catalogue: Catalogue) -> None:
    name = loaded(catalogue, 100)
    catalogue.engine.indices.put_mapping(index=name, body={"_meta": {**served_meta(catalogue), "complete": False}})
    (row,) = history_rows(Engine(catalogue.settings).stored(), None)
    assert row[5] == "not whole"


def test_pruning_leaves_the_served_index_and_those_that_are_kept(command: Command, catalogue: Catalogue) -> None:
    names = [loaded(catalogue, price) for price in (100, 200, 300)]
    code, out, _ = command("prune", KEEP="1")
    assert (code, out) == (0, f"removed {names[0]}\n")
    assert catalogue.indices() == set(names[1:])
    assert command("prune", KEEP="1")[1] == "nothing is there that need not be\n"


@pytest.mark.parametrize("keep", ["0", "51", "few"])
def test_how_many_are_kept_is_a_number_from_1_to_50(command: Command, keep: str) -> None:
    code, _, err = command("history", KEEP=keep)
    assert (code, err.startswith("error: the setting KEEP is wrong")) == (3, True)
