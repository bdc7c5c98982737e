"""CSV in any dialect and encoding, and spreadsheets."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from indexer.cells import Slot
from indexer.failures import SourceError
from indexer.headers import known_columns
from indexer.readers.encoding import decode
from indexer.readers.table import read_csv
from indexer.sources import Source
from mappings.contract import Contract, listing_contract
from tests.indexer.conftest import WholeFeed, csv_text, read_whole, whole

TODAY = dt.date(2026, 11, 24)
HEADED = ["ID", "Title"]
HEADER = ("Identifiant", "Titre", "Coût", "Ville")
ROWS = (("A-1", "Soudure à l'arc", "1 250,50 $", "Trois-Érables"), ("A-2", "Comptabilité; paie", "", "Île-Verte"))
Sources = Callable[..., Source]


def feed(source: Source) -> WholeFeed:
    return read_whole(source, listing_contract(), TODAY, 1)


def values(found: WholeFeed, field: str) -> list[Any]:
    return [row.cells[Slot(field)].value if Slot(field) in row.cells else None for row in found.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_separator_and_encoding_is_read(source: Sources, separator: str, encoding: str) -> None:
    found = feed(source("a.csv", csv_text(HEADER, ROWS, separator).encode(encoding)))
    assert values(found, "title") == ["Soudure à l'arc", "Comptabilité; paie"]
    assert values(found, "place.city") == ["Trois-Érables", "Île-Verte"]
    assert [issue.problem.kind for issue in found.notes] == (["encoding_guessed"] if encoding == "cp1252" else [])


def test_an_encoding_said_is_used(source: Sources) -> None:
    text = csv_text(HEADER, ROWS).encode("cp850")
    assert values(feed(source("a.csv", text, encoding="cp850")), "place.city")[1] == "Île-Verte"
    with pytest.raises(SourceError, match="cannot be read"):
        feed(source("a.csv", text, encoding="klingon"))


def test_a_damaged_utf8_file_is_not_taken_for_another_encoding() -> None:
    raw = "Préposé à l'été, où l'élève a été formé".encode() + b"\xff"
    assert decode(raw).guessed is None
    assert "Préposé" in decode(raw).text


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=30).filter(lambda t: not t.isascii()))
def test_text_in_any_known_encoding_is_never_lost(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text.lstrip("\ufeff") or text.startswith("\ufeff")


def test_rows_keep_the_numbers_a_spreadsheet_shows(source: Sources) -> None:
    found = feed(source("a.csv", 'ID,Title\n\nA,"two\nlines"\n,,\nB,b\n'))
    assert [row.number for row in found.rows] == [3, 5]


def test_cells_beyond_the_header_mean_a_shifted_row(source: Sources) -> None:
    found = feed(source("a.csv", "ID,Title,Cost\nA,Cook, bake and serve,20\nB,Weld,30,\n"))
    assert [kind for row in found.rows for _, _, problem in row.problems for kind in [problem.kind]] == [
        "cells_shifted"
    ]
    assert "4 cells but there are 3 columns" in found.rows[0].problems[0][2].in_language("en")


def test_a_short_row_leaves_the_rest_blank(source: Sources) -> None:
    assert values(feed(source("a.csv", "ID,Title,Cost\nA,Weld\n")), "cost") == [None]


def test_a_quotation_mark_that_never_closes_is_said(source: Sources) -> None:
    found = feed(source("a.csv", 'ID,Title\nA,Weld\nB,"Cook\nC,Sew\n'))
    assert [issue.problem.kind for issue in found.notes] == ["quotes_unbalanced"]


def test_null_bytes_are_passed_over(source: Sources) -> None:
    assert values(feed(source("a.csv", b"ID,Title\nA,We\x00ld\n")), "title") == ["Weld"]


def test_a_cell_without_end_stops_the_feed(source: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.readers.delimited.CELL_LIMIT", 10)
    with pytest.raises(SourceError, match="field larger"):
        feed(source("a.csv", "ID,Title\nA,much too long a title\n"))


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file.getvalue()


def test_a_spreadsheet_gives_real_dates_and_numbers(source: Sources) -> None:
    rows: list[list[Any]] = [
        ["ID", "Title", "Start dates", "Cost", "OSAP eligible"],
        [101, "Weld", dt.date(2027, 1, 18), 12.5, True],
    ]
    found = feed(source("a.xlsx", workbook(("Sheet1", rows))))
    assert values(found, "starts") == [dt.date(2027, 1, 18)]
    assert values(found, "cost") == [12.5]
    assert values(found, "osap") == [True]


def test_the_sheet_with_the_known_header_is_read(source: Sources) -> None:
    about: list[list[Any]] = [["How to fill in"], ["ID", "a code"]]
    listings: list[list[Any]] = [["ID", "Title", "Cost"], ["A", "Weld", 5]]
    found = feed(source("a.xlsx", workbook(("About", about), ("Listings", listings))))
    assert values(found, "id") == ["A"]


def test_rows_above_the_area_in_use_still_count(source: Sources) -> None:
    rows: list[list[Any]] = [[], [], ["ID", "Title"], [], ["A", "Weld"]]
    found = feed(source("a.xlsx", workbook(("Sheet1", rows))))
    assert [row.number for row in found.rows] == [5]


@pytest.mark.parametrize("content", [b"not a workbook", b""])
def test_a_file_that_is_no_workbook_cannot_be_read(source: Sources, content: bytes) -> None:
    with pytest.raises(SourceError, match=r"a\.xlsx cannot be read"):
        feed(source("a.xlsx", content))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "", "no column"), ("a.csv", "ID,Title\n", "holds no listing"), ("a.pdf", "x", "format of a.pdf"),
    ],
)  # fmt: skip
def test_a_feed_that_cannot_be_read_says_why_in_both_languages(
    source: Sources, name: str, content: str, words: str
) -> None:
    with pytest.raises(SourceError) as refused:
        feed(source(name, content))
    assert words in str(refused.value)
    assert refused.value.problem.in_language("fr") != str(refused.value)


def test_a_missing_and_an_oversized_file_are_told_apart(source: Sources, tmp_path: Path) -> None:
    there = source("a.csv", b"x" * 1_000_001)
    with pytest.raises(SourceError, match="larger than 1 MB"):
        feed(there)
    there.file.unlink()
    with pytest.raises(SourceError, match="is not there"):
        feed(there)


@given(st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_any_table_is_read_or_refused_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text(csv_text(HEADED, rows, separator), encoding="utf-8", errors="replace", newline="")
    contract = listing_contract()
    try:
        found = read_csv(path, None, contract)
    except SourceError:
        assert max(known_columns(row, contract) for row in rows) > len(HEADED)  # it looks more like the header
    else:
        assert all(row.number >= 2 for row in found.rows)


def test_a_line_without_end_is_refused_before_it_is_held(source: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.readers.encoding.LINE_LIMIT", 100)
    endless = source("a.csv", "ID,Title\nA,Weld\nB," + "x" * 1_000)
    with pytest.raises(SourceError, match="is longer than 100 characters"):
        feed(endless)


def test_a_guess_is_made_by_the_part_that_tells(tmp_path: Path) -> None:
    rows = [(f"A-{at}", "Welding, plain and simple") for at in range(60_000)]
    text = csv_text(HEADED, [*rows, ("B-1", "Soudure à l'arc, préposé à l'été, hôtellerie")])
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("cp1252"))
    found = whole(read_csv(path, None, listing_contract()))
    assert found.rows[-1].cells[Slot("title")].value == "Soudure à l'arc, préposé à l'été, hôtellerie"
    assert [issue.problem.kind for issue in found.notes] == ["encoding_guessed"]


def test_the_contract_is_the_one_that_ships(contract: Contract) -> None:
    assert contract is listing_contract()
