"""A row that cannot be right is refused with its column, value and reason; the others are taken."""

import csv
import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.failures import IndexerError
from indexer.reference.imports import recognise
from indexer.reference.layouts import Told
from indexer.reference.refusals import REASONS
from mappings.reference import Wage
from tests.indexer.reference import files
from tests.indexer.reference.conftest import read_file, why
from tests.indexer.reference.files import csv_file, xlsx_file

OUTLOOK, WAGES, COPS, SKILLS = files.OUTLOOK, files.WAGES, files.COPS, files.SKILLS
LOW, MEDIAN, HIGH = WAGES[3:6]
RELEASED = dt.date(2025, 12, 3)


def replaced(row: tuple[str, ...], header: tuple[str, ...], column: str, value: object) -> tuple[object, ...]:
    return tuple(value if name == column else cell for name, cell in zip(header, row, strict=True))


@pytest.mark.parametrize(
    ("header", "good", "column", "value", "reason"),
    [
        (OUTLOOK, files.WELDER_OUTLOOK, "NOC_Code", "7210", "an NOC code has five digits"),
        (OUTLOOK, files.WELDER_OUTLOOK, "NOC_Code", "99999", "NOC 2021 has no unit group of this code"),
        (OUTLOOK, files.WELDER_OUTLOOK, "NOC_Code", "", "nothing stands here"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Outlook", "Excellent", "this is none of: Very good, Good, Moderate"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Release Date", "03/12/2025", "dates are written year-month-day"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Release Date", "", "nothing stands here"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Release Date", "2099-01-01", "this day is yet to come"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Employment Trends", "Les emplois ont augment\ufffd.", "letters were lost"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Employment Trends", "MontrÃ©al", "letters were lost or garbled"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Province", "Québec", "this region does not lie in Quebec"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Economic Region Code", "Toronto", "a region is written like 3500"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Employment Trends", "x" * 20_001, "the text is longer than 20000"),
        (OUTLOOK, files.WELDER_OUTLOOK, "Employment Trends", "a\0b", "the cell holds a NUL character"),
        (WAGES, files.WELDER_WAGE, LOW, "-0.01", "the number is below zero"),
        (WAGES, files.WELDER_WAGE, LOW, "41", "low, median and high wage are not in this order"),
        (WAGES, files.WELDER_WAGE, MEDIAN, "40.01", "low, median and high wage are not in this order"),
        (WAGES, files.WELDER_WAGE, HIGH, "forty", "this is not one plain number"),
        (WAGES, files.WELDER_WAGE, HIGH, "nan", "this is not one plain number"),
        (WAGES, files.WELDER_WAGE, HIGH, "9" * 400, "the number is above 10,000,000"),
        (WAGES, files.WELDER_WAGE, HIGH, "1e3", "this is not one plain number"),
        (WAGES, files.WELDER_WAGE, WAGES[6], "2", "this is none of: 1, 0"),
        (WAGES, files.WELDER_WAGE, WAGES[6], "1", "no wage is 20 dollars a year: is the mark of yearly wages right?"),
        (WAGES, files.WELDER_WAGE, LOW, "0", "no wage is 0 dollars an hour: is the mark"),
        (WAGES, files.WELDER_WAGE, HIGH, "76,000", "no wage is 76,000 dollars an hour: is the mark"),
        (WAGES, files.WELDER_WAGE, HIGH, "=1+40", "this is not one plain number"),
        (WAGES, files.WELDER_WAGE, WAGES[2], "ER59", "this region does not lie in Ontario"),
        (WAGES, files.WELDER_WAGE, WAGES[2], "ER99", "a region is written like 3500, ER35 or ON"),
        (WAGES, files.WELDER_WAGE, WAGES[2], "ER3", "a region is written like 3500, ER35 or ON"),
        (COPS, files.WELDER_COPS, "Code", "721O6", "an NOC code has five digits"),
        (COPS, files.WELDER_COPS, "Employment_emploi_2023", "-5", "the number is below zero"),
        (COPS, files.WELDER_COPS, "Employment_emploi_2023", "1.5", "this is not a whole number"),
        (COPS, files.WELDER_COPS, "Future_Labour_Market_Conditions", "Fine", "this is none of: Strong signs"),
        (SKILLS, files.WELDER_SKILLS, "Critical Thinking", "6", "the number is above 5"),
        (SKILLS, files.WELDER_SKILLS, "Critical Thinking", "2.5", "the rating must be a whole number from 0 to 5"),
        (SKILLS, files.WELDER_SKILLS, "Critical Thinking", "", "the rating must be a whole number from 0 to 5"),
        (SKILLS, files.WELDER_SKILLS, "OaSIS Code - Final", "72106.001", "an NOC code has five digits"),
    ],
)
def test_a_bad_cell_refuses_its_row_and_no_other(
    tmp_path: Path, header: tuple[str, ...], good: tuple[str, ...], column: str, value: str, reason: str
) -> None:
    other = replaced(good, header, header[0], "33102")
    path = csv_file(tmp_path / "x.csv", header, [replaced(good, header, column, value), other])
    one = read_file(path, Told(edition="test", released=None if column == "Release Date" else RELEASED))
    ((row, where, said),) = why(one)
    assert (row, said[: len(reason)]) == (2, reason)
    assert where == column or reason.startswith(("low, median", "no wage", "this region"))
    assert {getattr(record, "code") for _, record in one.taken.rows} == {"33102"}  # noqa: B009 - of several kinds
    assert len(one.taken.refusals[0].value) <= 201


@pytest.mark.parametrize("value", [True, 0.5, -3, 1e300])
def test_a_workbook_s_wrong_types_are_refused(tmp_path: Path, value: object) -> None:
    row = replaced(files.WELDER_OUTLOOK, OUTLOOK, "NOC_Code", value)
    one = read_file(xlsx_file(tmp_path / "x.xlsx", OUTLOOK, [row]))
    assert [(number, column) for number, column, _ in why(one)] == [(2, "NOC_Code")]


def test_a_second_figure_of_the_same_is_refused_and_names_the_first(tmp_path: Path) -> None:
    other = replaced(files.WELDER_WAGE, WAGES, LOW, "21")
    one = read_file(csv_file(tmp_path / "x.csv", WAGES, [files.WELDER_WAGE, other]))
    assert why(one) == [(3, "", "this already stands in row 2")]
    assert one.taken.refusals[0].value == "72106 3500"
    assert [row.low for _, row in one.taken.rows if isinstance(row, Wage)] == [20.0]


def test_a_row_with_more_cells_than_columns_is_refused(tmp_path: Path) -> None:
    one = read_file(csv_file(tmp_path / "x.csv", WAGES, [(*files.WELDER_WAGE, "", "more")]))
    assert why(one) == [(2, "", "the row has 9 cells but there are 7 columns")]


def test_every_reason_is_said_in_french_too(tmp_path: Path) -> None:
    one = read_file(csv_file(tmp_path / "x.csv", WAGES, [replaced(files.WELDER_WAGE, WAGES, LOW, "-1")]))
    assert one.taken.refusals[0].fr == "le nombre est inférieur à zéro"
    assert all(reason.en != reason.fr for reason in REASONS.values())


def outcome(path: Path) -> object:
    """The layout, or the first words of what is wrong."""
    try:
        return recognise(path, 10)
    except IndexerError as error:
        return str(error).partition(":")[0]


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_file_of_noise_is_one_sentence_or_no_layout(tmp_path: Path, name: str) -> None:
    noise = random.Random(7)  # noqa: S311 - no secret
    for length in (0, 1, 50, 5000):
        path = tmp_path / name
        path.write_bytes(noise.randbytes(length))
        assert outcome(path) in (None, f"{name} cannot be read", f"{name} is empty")


def test_a_file_that_is_too_large_or_has_a_boundless_cell_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('code,lang,title\n72106,en,"' + "x" * 10_000_001, encoding="utf-8")
    with pytest.raises(IndexerError, match=r"^x\.csv is larger than 10 MB$"):
        recognise(path, 10)
    with pytest.raises(IndexerError, match=r"^x\.csv cannot be read: field larger than field limit"):
        recognise(path, 100)


CELLS = st.one_of(
    st.text(max_size=30), st.integers().map(str), st.floats().map(str), st.sampled_from(["", "N/A", "72106", "ON"])
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, max_size=9), max_size=5), st.sampled_from([OUTLOOK, WAGES, COPS, SKILLS]))
def test_whatever_stands_in_a_row_it_is_taken_refused_or_left_aside(
    tmp_path: Path, rows: list[list[str]], header: tuple[str, ...]
) -> None:
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    taken = read_file(path).taken
    kept = {number for number, _ in taken.rows}
    assert len(taken.refusals) + taken.aside + len(kept) <= taken.read
