"""A file that is not what it should be is refused whole, in one sentence that says what to do, and nothing changes."""

import datetime as dt
from pathlib import Path

import pytest

from indexer.failures import IndexerError
from indexer.reference.layouts import Told
from mappings.reference import RatedSkill
from tests.indexer.reference import files
from tests.indexer.reference.conftest import Desk, read_file, recognised, why
from tests.indexer.reference.files import csv_file, xlsx_file

DAY = dt.date(2025, 12, 3)
UNTIL = dt.date(2099, 12, 31)


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows_of(path: Path, *, encoding: str = "utf-8") -> str:
    return csv_file(path, files.WAGES, [files.WELDER_WAGE], encoding=encoding).read_text(encoding=encoding)


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_an_empty_file_is_said_to_be_empty(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(IndexerError, match=rf"^{name} is empty$"):
        desk.load(written(tmp_path / name, b""), released=DAY)


def test_a_header_without_rows_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.load(csv_file(tmp_path / "w.csv", files.WAGES, [files.WELDER_WAGE]), released=DAY)
    with pytest.raises(IndexerError, match=r"^no row of w\.csv can be taken, so nothing was changed$"):
        desk.load(csv_file(tmp_path / "w.csv", files.WAGES, []), released=DAY)
    assert desk.reference.wages("72106")


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(desk: Desk, tmp_path: Path) -> None:
    header, good = ",".join(files.OUTLOOK), ",".join(files.WELDER_OUTLOOK)
    text = f'{header}\n{good}\nNOC_33102,Good,"Homes are,2025-12-03,Ontario,3500,Ontario\n{good}\n'
    with pytest.raises(IndexerError, match=r"^o\.csv cannot be read: a quotation mark is out of place \(line 4"):
        desk.load(written(tmp_path / "o.csv", text))
    assert not desk.settings.reference_file.exists()


def test_text_that_holds_nothing_between_letters_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    with pytest.raises(IndexerError, match=r"^w\.csv cannot be read: it holds NUL characters"):
        desk.load(written(path, rows_of(path).encode("utf-32-le")), released=DAY)


def test_text_in_utf_16_without_its_mark_is_read(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    desk.load(written(path, rows_of(path).encode("utf-16-le")), released=DAY)


def test_a_workbook_and_a_table_are_known_by_their_content_not_their_name(tmp_path: Path) -> None:
    xlsx_file(tmp_path / "o.xlsx", files.OUTLOOK, [files.WELDER_OUTLOOK])
    book = (tmp_path / "o.xlsx").rename(tmp_path / "o.csv")
    table = csv_file(tmp_path / "w.xlsx", files.WAGES, [files.WELDER_WAGE])
    assert [recognised(path).layout.id for path in (book, table)] == ["job-bank-outlooks", "job-bank-wages"]


def test_a_table_may_say_above_its_header_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    ((row, _),) = read_file(written(path, f"Wages in Canada\n\n{rows_of(path)}")).taken.rows
    assert row == 4


def test_a_formula_without_a_value_is_no_value(tmp_path: Path) -> None:
    code, *rest = files.WELDER_OUTLOOK
    rows = [("=A3", *rest), (code, "=B2", *rest[1:]), (code, rest[0], '=HYPERLINK("http://a.example")', *rest[2:])]
    one = read_file(xlsx_file(tmp_path / "o.xlsx", files.OUTLOOK, rows))
    assert [(row, column) for row, column, _ in why(one)] == [(2, "NOC_Code"), (3, "Outlook")]
    assert [getattr(row, "trend") for _, row in one.taken.rows] == [""]  # noqa: B009 - of one kind among several


def test_a_profile_counts_once_in_the_mean_of_its_group(tmp_path: Path) -> None:
    rows = [("72106.01", "Welders", "2", "3", "0", "4"), ("72106.01", "Welders", "5", "3", "0", "4")]
    one = read_file(csv_file(tmp_path / "x.csv", files.SKILLS, rows))
    assert why(one) == [(3, "OaSIS Code - Final", "this already stands in row 2")]
    ratings = {row.name: row.rating for _, row in one.taken.rows if isinstance(row, RatedSkill)}
    assert ratings["Reading Comprehension"] == 2


def test_figures_without_a_day_of_release_are_refused(desk: Desk, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "w.csv", files.WAGES, [files.WELDER_WAGE])
    with pytest.raises(IndexerError, match=r"^w\.csv does not say when it was released: give --released$"):
        desk.load(path, edition="2025")
    with pytest.raises(IndexerError, match=r"^w\.csv does not say when it was released: give --released$"):
        desk.load(path)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Told(released=dt.date(2099, 1, 1)), r"cannot have been released on 2099-01-01, which is yet to come"),
        (Told(released=DAY, until=dt.date(2020, 1, 1)), r"cannot hold until 2020-01-01: it was released on 2025-12-03"),
    ],
)
def test_days_that_cannot_be_are_refused(tmp_path: Path, told: Told, words: str) -> None:
    with pytest.raises(IndexerError, match=words):
        read_file(csv_file(tmp_path / "w.csv", files.WAGES, [files.WELDER_WAGE]), told)


def cops(path: Path, base: int) -> Path:
    return csv_file(path, [name.replace("2023", str(base)) for name in files.COPS], [files.WELDER_COPS])


def test_an_older_edition_is_taken_and_said_to_be_older(desk: Desk, tmp_path: Path) -> None:
    desk.load(cops(tmp_path / "older.csv", 2020))
    assert any(line.startswith("older.csv: edition 2021–2030 took the place of 2024–2033,") for line in desk.said)
    desk.load(cops(tmp_path / "newer.csv", 2024))
    desk.load(cops(tmp_path / "newer.csv", 2024))
    assert sum("took the place of" in line for line in desk.said) == 1


def test_figures_whose_time_is_over_are_said_to_be_shown_as_out_of_date(desk: Desk, tmp_path: Path) -> None:
    desk.load(cops(tmp_path / "old.csv", 2010))
    assert "old.csv: its figures speak of the time up to 2020-12-31, so they are shown as out of date" in desk.said
    said = len(desk.said)
    desk.load(csv_file(tmp_path / "w.csv", files.WAGES, [files.WELDER_WAGE]), released=DAY, until=UNTIL)
    assert not any("out of date" in line for line in desk.said[said:])


def test_numbers_in_reasons_are_written_as_each_language_writes_them(tmp_path: Path) -> None:
    rows = [("72106", "ON", "ER35", "20", "30", "1250.5", "0"), ("72106", "ON", "ER35", "1", "2", "10000001", "0")]
    one = read_file(csv_file(tmp_path / "w.csv", files.WAGES, rows))
    assert [found.en.partition(":")[0] for found in one.taken.refusals] == [
        "no wage is 1,250.50 dollars an hour", "the number is above 10,000,000"
    ]  # fmt: skip
    assert [found.fr.partition(" :")[0] for found in one.taken.refusals] == [
        "aucun salaire n'est de 1\u00a0250,50 dollars l'heure", "le nombre dépasse 10\u00a0000\u00a0000"
    ]  # fmt: skip
