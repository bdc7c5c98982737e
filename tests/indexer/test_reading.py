"""Sources read one after the other: none costs another its listings."""

import datetime as dt
from collections.abc import Callable

import pytest

from indexer.reading import Reader
from indexer.sources import Source
from mappings.contract import Contract

TODAY = dt.date(2026, 11, 24)


def test_a_fault_of_ours_costs_the_feed_it_was_met_in_only(
    source: Callable[..., Source], contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(*_given: object) -> None:
        raise ZeroDivisionError("Jane Doe")

    maple = source("a.csv", "ID,Title\nA,Weld\n")
    monkeypatch.setattr("indexer.reading.judge", judge)
    failure = Reader(contract, TODAY, 1).read(maple).failure
    assert failure
    assert (failure.kind, failure.facts["file"]) == ("reader_failed", "a.csv")
    for language in ("en", "fr"):
        said = failure.in_language(language)
        assert "ZeroDivisionError, test_reading.py:" in said
        assert "Jane Doe" not in said
