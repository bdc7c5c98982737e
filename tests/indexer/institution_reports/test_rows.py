"""An institution's rows go back as they came: what is read of them again is the same."""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from indexer.institution_reports.rows import has_rows, write_rows
from indexer.reading import Reader, SourceRead
from indexer.sources import Source
from indexer.validation import Judged
from mappings.contract import Language, listing_contract
from tests.indexer.conftest import csv_text, ndjson, source_entry

TODAY = dt.date(2026, 11, 24)
HEADER = ("ID", "Title", "Description", "Total hours", "Cost", "Start dates", "Delivery", "Our own note")
# What breaks tables: formulas, quotes, bars, breaks, marks of other scripts, things that look like numbers or days.
ODD = st.sampled_from(
    ["=1+1", "'=1", "''+A1", "-5", "- one", "@x", "a,b", 'say "x"', "two\nlines", "a\rb", "\t=1", "1 250,50 $", "|",
     "a|b", "01/02/2027", "2027-01-18", "Online", "Onlin", "\u202eevil", "\ufeff", "é", "<b>x</b>", "&amp;", " x "]
)  # fmt: skip
CELL = ODD | st.text(alphabet="=+-@'\",|\n\r\t ;a1é\u00a0", max_size=6)
ROW = st.tuples(*[CELL] * len(HEADER))


def read(folder: Path, name: str, content: str | bytes) -> SourceRead:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    source = Source.model_validate(source_entry("maple", name)).placed(folder)
    return Reader(listing_contract(), TODAY, 10, all_rows=True).read(source)


def sent_back(folder: Path, first: SourceRead, language: Language = "en") -> SourceRead:
    """The rows written, and read again from the file written."""
    path = folder / "back.csv"
    write_rows(path, first, listing_contract(), language)
    return read(folder, "again.csv", path.read_bytes())


def told(one: Judged) -> tuple[Any, list[tuple[str, str, str]]]:
    """What is read of a row, but for its number; rows that another row's number is told of are told without it."""
    faults = [(issue.column, issue.value, issue.problem.kind) for issue in one.issues]
    return one.listing, faults


def same(first: SourceRead, again: SourceRead) -> None:
    assert [told(one) for one in again.judged] == [told(one) for one in first.judged]


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=4), st.sampled_from([",", ";", "\t"]))
def test_a_tables_rows_are_read_as_they_were(rows: list[tuple[str, ...]], separator: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = read(folder, "maple.csv", csv_text(HEADER, [("A-1", "Weld", *[""] * 6), *rows], separator))
        same(first, sent_back(folder, first))


@settings(max_examples=100, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=3))
def test_no_cell_sent_back_begins_as_a_formula(rows: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = read(folder, "maple.csv", csv_text(HEADER, [("A-1", "=1+1", *[""] * 6), *rows]))
        write_rows(folder / "back.csv", first, listing_contract(), "fr")
        text = (folder / "back.csv").read_bytes().decode("utf-8-sig")
        for cell in (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row):
            assert not (cell.strip()[:1] in tuple("=@") and len(cell.strip()) > 1), cell


WORKBOOK = (
    ("ID", "Title", "Weeks", "Cost", "CIP code", "Start dates", "Application opens", "OSAP eligible", "NOC codes"),
    (101, "Weld", 0.1 + 0.2, 1e-7, 51.06, dt.datetime.fromisoformat("2027-01-18"), dt.date(2027, 1, 2), True, 72106),
    (
        "B-2",
        2027,
        12.5,
        1250.0,
        1.0601,
        "2027-01-18|2027-05-03",
        dt.datetime.fromisoformat("1899-12-30"),
        "maybe",
        "72106|1",
    ),
    ("C-3", dt.datetime.fromisoformat("2027-01-18T09:30"), -5, 99999999999999999, "x", 3, 4.5, 0, None),
)


def test_a_workbooks_dates_and_numbers_are_read_as_they_were(tmp_path: Path) -> None:
    book, file = Workbook(), io.BytesIO()
    for row in WORKBOOK:
        book.worksheets[0].append(row)
    book.save(file)
    first = read(tmp_path, "maple.xlsx", file.getvalue())
    again = sent_back(tmp_path, first)
    assert [one.listing for one in again.judged] == [one.listing for one in first.judged]
    assert [[issue.problem.kind for issue in one.issues] for one in again.judged] == [
        [issue.problem.kind for issue in one.issues] for one in first.judged
    ]


def test_a_row_with_too_many_cells_goes_back_whole(tmp_path: Path) -> None:
    first = read(tmp_path, "maple.csv", "ID,Title\nA-1,Weld, basics\nB-1,Care\n")
    again = sent_back(tmp_path, first)
    same(first, again)
    assert again.judged[0].issues[0].problem.kind == "cells_shifted"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_column_of_faults_is_not_read_and_not_complained_of(tmp_path: Path, language: Language) -> None:
    first = read(tmp_path, "maple.csv", "ID,Title,Our note\nA-1,Weld,x\n")
    again = sent_back(tmp_path, first, language)
    assert [issue.column for issue in again.notes] == ["Our note"]


RECORDS = (
    {"id": "A-1", "en": {"title": "Weld", "outcomes": ["Cut", "=Join"]}, "cost": 12.5, "language": ["en", "fr"],
     "osap": True, "starts": ["2027-02-01", "spring"], "place": {"city": "Sudbury"}, "occupations": ["72106"]},
    {"id": "'=A", "fr": {"title": "'=Soudure"}, "cost": "dès 99 $", "schedule": ["evening", "weekend"], "hours": 30},
    {"id": "C-1", "en": {"title": "Care"}, "occupations": [{"code": "33102"}], "tools": ["MIG welder"]},
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_records_are_read_as_they_were_out_of_the_templates_columns(tmp_path: Path, language: Language) -> None:
    first = read(tmp_path, "maple.ndjson", ndjson(*RECORDS))
    again = sent_back(tmp_path, first, language)
    assert [one.listing for one in again.judged] == [one.listing for one in first.judged]


def test_a_line_that_is_no_json_comes_back_as_a_reason(tmp_path: Path) -> None:
    first = read(tmp_path, "maple.ndjson", ndjson(RECORDS[0]) + '{"id": "B-1", "en": {"ti\n')
    write_rows(tmp_path / "back.csv", first, listing_contract(), "fr")
    last = list(csv.reader(io.StringIO((tmp_path / "back.csv").read_text(encoding="utf-8-sig"))))[-1]
    assert (last[0], set(last[1:])) == ("la ligne n'est pas lisible comme JSON", {""})


def test_half_a_character_does_not_stop_a_report(tmp_path: Path) -> None:
    first = read(
        tmp_path, "maple.ndjson", json.dumps({"id": "A-1", "en": {"title": "Weld"}, "cost": "a\ud800b"}) + "\n"
    )
    write_rows(tmp_path / "back.csv", first, listing_contract(), "en")
    assert "a?b" in (tmp_path / "back.csv").read_text(encoding="utf-8-sig")


def test_rows_without_fault_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "maple.csv").write_text("ID,Title,Cost\nA-1,Weld,5\nA-2,Care,a lot\n", encoding="utf-8")
    source = Source.model_validate(source_entry("maple", "maple.csv")).placed(tmp_path)
    found = Reader(listing_contract(), TODAY, 10).read(source)
    assert [bool(one.sent) for one in found.judged] == [False, True]
    assert has_rows(found)
