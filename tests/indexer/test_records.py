"""JSON feeds: listing records line by line, in an array, or inside an object."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cells import Slot
from indexer.failures import SourceError
from indexer.readers.encoding import text_file
from indexer.readers.records import read_lines
from indexer.sources import Source
from indexer.validation import judge
from mappings.contract import Contract, listing_contract
from tests.indexer.conftest import WholeFeed, judge_all, ndjson, read_whole, reasons

TODAY = dt.date(2026, 11, 24)
Sources = Callable[..., Source]
RECORD = {
    "id": "PM-12",
    "en": {"title": "Risk registers that get used", "outcomes": ["Rate a risk", "Keep a register"]},
    "fr": {"title": "Des registres de risques utiles"},
    "language": ["en"],
    "subject": "project-management",
    "schedule": "evening",
    "hours": 42,
    "cost": 495,
    "starts": ["2027-01-18"],
    "place": {"city": "Elmira Falls", "location": [-79.4, 43.7]},
    "skills": [{"en": "risk register"}, "planning"],
    "tools": [{"en": "Microsoft Project", "fr": "Microsoft Project"}],
    "occupations": [{"code": "11201"}, "21232"],
}


def feed(source: Source) -> WholeFeed:
    return read_whole(source, listing_contract(), TODAY, 1)


def test_a_listing_record_becomes_a_listing(source: Sources, contract: Contract) -> None:
    maple = source("a.ndjson", ndjson(RECORD))
    listing = judge(feed(maple).rows[0], maple, contract).listing
    assert listing is not None
    assert listing.id == "maple.PM-12"
    assert listing.en is not None
    assert listing.en.outcomes == ("Rate a risk", "Keep a register")
    assert listing.place is not None
    assert listing.place.city == "Elmira Falls"
    assert [term.id for term in listing.skills] == ["risk-register", "planning"]
    assert [link.code for link in listing.occupations] == ["11201", "21232"]


def test_an_array_is_read_like_lines(source: Sources) -> None:
    assert feed(source("a.json", json.dumps([RECORD]))).rows == feed(source("a.ndjson", ndjson(RECORD))).rows


def test_a_declared_path_leads_to_the_list(source: Sources, tmp_path: Path) -> None:
    (tmp_path / "m.yml").write_text("records: data.listings", encoding="utf-8")
    body = json.dumps({"data": {"listings": [RECORD]}})
    assert len(feed(source("a.json", body, mapping="m.yml")).rows) == 1
    with pytest.raises(SourceError, match=r"no list of records at data\.listings"):
        feed(source("a.json", "{}", mapping="m.yml"))
    with pytest.raises(SourceError, match="no list of records at @"):
        feed(source("a.json", "{}"))


def test_a_broken_line_is_quarantined_alone(source: Sources) -> None:
    maple = source("a.ndjson", ndjson(RECORD) + "{broken\n\n[1]\n" + ndjson({**RECORD, "id": "PM-13"}))
    judged = judge_all(feed(maple).rows, maple)
    assert [one.row for one in judged] == [1, 2, 4, 5]
    assert [reasons(one) for one in judged] == [[], ["not_json"], ["not_an_object"], []]


def test_a_line_separator_inside_text_ends_no_record(source: Sources) -> None:
    line = json.dumps({**RECORD, "en": {"title": "one\u2028two"}}, ensure_ascii=False)
    assert len(feed(source("a.ndjson", line)).rows) == 1


def test_a_broken_document_cannot_be_read(source: Sources) -> None:
    with pytest.raises(SourceError, match=r"a\.json cannot be read"):
        feed(source("a.json", "[{"))


def test_nesting_without_end_is_refused(source: Sources) -> None:
    with pytest.raises(SourceError):
        feed(source("a.json", "[" * 100_000))
    assert feed(source("a.ndjson", "[" * 100_000)).rows[0].problems[0][2].kind == "not_json"


def test_an_unknown_key_is_said_once_at_its_first_record(source: Sources) -> None:
    records = [{**RECORD, "id": f"A{n}", "titel": "x", "en": {"title": "t", "mood": "good"}} for n in range(3)]
    notes = feed(source("a.ndjson", ndjson(*records))).notes
    assert [(note.row, note.column, note.problem.kind) for note in notes] == [
        (1, "en.mood", "column_unknown"), (1, "titel", "column_near"),
    ]  # fmt: skip


def test_not_a_number_counts_as_missing(source: Sources) -> None:
    row = feed(source("a.ndjson", '{"id": "A", "title": "Weld", "cost": NaN}')).rows[0]
    assert Slot("cost") not in row.cells


@pytest.mark.parametrize("digits", [400, 5_000])
@pytest.mark.parametrize("name", ["a.ndjson", "a.json"])
def test_a_number_of_very_many_digits_costs_its_row_only(source: Sources, name: str, digits: int) -> None:
    bad = json.dumps({"id": "B", "en": {"title": "Weld"}})[:-1] + f', "cost": {"9" * digits}}}'
    good = json.dumps({"id": "A", "en": {"title": "Weld"}})
    maple = source(name, f"{good}\n{bad}" if name == "a.ndjson" else f"[{good}, {bad}]")
    judged = judge_all(feed(maple).rows, maple)
    assert [reasons(one) for one in judged] == [[], ["out_of_bounds"]]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*RECORD, "x"]), inner, max_size=4),
    max_leaves=8,
)


@given(st.lists(JSON, min_size=1, max_size=4))
def test_any_record_is_judged_never_a_crash(tmp_path_factory: pytest.TempPathFactory, bodies: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("records")
    (folder / "a.ndjson").write_text("\n".join(map(json.dumps, bodies)), encoding="utf-8")
    entry = {"id": "maple", "institution": {"id": "maple", "name": {"en": "Maple"}}, "file": "a.ndjson"}
    maple = Source.model_validate(entry).placed(folder)
    for one in judge_all(feed(maple).rows, maple):
        assert (one.listing is None) == one.is_quarantined


def test_lines_of_any_encoding_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes('{"id": "É"}'.encode("utf-8-sig"))
    assert next(read_lines(text_file(tmp_path / "a.ndjson", None))).body == {"id": "É"}


def test_a_path_to_the_records_that_does_not_fit_the_file_is_this_feeds_failure(
    source: Sources, tmp_path: Path
) -> None:
    (tmp_path / "m.yml").write_text("records: keys(courses)\n", encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        feed(source("a.json", '{"courses": [{}]}', mapping="m.yml"))
    assert refused.value.problem.kind == "records_missing"
