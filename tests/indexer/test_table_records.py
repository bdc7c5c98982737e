"""Tables with headers of their own, read by a mapping."""

import datetime as dt
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from indexer.failures import SourceError
from indexer.mapping import read_mapping
from indexer.readers.records import Numbered
from indexer.readers.table_records import TABLES, column_names, csv_table
from indexer.reading import Reader, SourceRead
from indexer.settings import ROOT
from indexer.sources import Source
from indexer.transforms import TRANSFORMS
from mappings.contract import Contract
from tests.conftest import shared_path
from tests.indexer.conftest import WholeFeed, csv_text, judge_all, read_whole, reasons

TODAY = dt.date(2026, 11, 24)
MAPPINGS = ROOT / "data" / "feed_mappings"
MAPPING = """
where: Status == 'open'
fields:
  id: Code
  en.title: '"Course name"'
  cost: Fee
  starts: {path: From, transform: day}
"""
HEADER = ("Code", " Course name ", "Fee", "From", "Status")
WELD = ("W-1", "Welding", "450", "2027-01-18", "open")
Sources = Callable[..., Source]


class World:
    """A source whose mapping and table a test may change."""

    def __init__(self, folder: Path, source: Sources, contract: Contract) -> None:
        self.folder, self.source, self.contract = folder, source, contract
        self.mapping(MAPPING)

    def mapping(self, text: str) -> None:
        (self.folder / "m.yml").write_text(text, encoding="utf-8")

    def feed(self, content: str | bytes, file: str = "a.csv") -> WholeFeed:
        return read_whole(self.source(file, content, mapping="m.yml"), self.contract, TODAY, 1)

    def judged(self, content: str | bytes, file: str = "a.csv") -> list[Any]:
        return judge_all(self.feed(content, file).rows, self.source("unused", ""))


@pytest.fixture
def world(tmp_path: Path, source: Sources, contract: Contract) -> World:
    return World(tmp_path, source, contract)


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for at, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet{at}")
        for row in rows:
            sheet.append(list(row))
    book.save(file)
    return file.getvalue()


def records(path: Path, *wanted: str) -> list[Numbered]:
    return list(csv_table(path, None, frozenset(wanted)).records)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_of_any_separator_is_mapped_by_its_own_headers(world: World, separator: str) -> None:
    judged = world.judged(csv_text(HEADER, [WELD], separator))
    listing = judged[0].listing
    assert (listing.en.title, listing.cost, listing.starts) == ("Welding", 450, (dt.date(2027, 1, 18),))
    assert reasons(judged[0]) == []


def test_a_condition_leaves_rows_out_and_rows_keep_their_numbers(world: World) -> None:
    closed = ("W-2", "Old", "1", "", "closed")
    found = world.feed(csv_text(HEADER, [closed, (), WELD]))
    assert [row.number for row in found.rows] == [4]


def test_a_condition_that_leaves_every_row_out_is_said_in_both_languages(world: World) -> None:
    with pytest.raises(SourceError, match="by the mapping's condition") as refused:
        world.feed(csv_text(HEADER, [("W-2", "Old", "1", "", "closed")]))
    assert "condition du mappage" in refused.value.problem.in_language("fr")


def test_a_workbook_is_read_from_the_sheet_and_the_row_that_hold_the_columns(world: World) -> None:
    listings: list[list[Any]] = [
        ["Courses of winter"],
        [],
        list(HEADER),
        [7.0, "Welding", 450.5, dt.date(2027, 1, 18), "open"],
    ]
    judged = world.judged(workbook([["Notes"], ["Code"]], listings), "a.xlsx")
    listing = judged[0].listing
    assert (judged[0].row, listing.id, listing.cost) == (4, "maple.7", 450.5)
    assert listing.starts == (dt.date(2027, 1, 18),)


def test_a_heading_above_the_columns_of_a_csv_is_passed_over(world: World) -> None:
    assert world.judged("Our courses,,,,\n" + csv_text(HEADER, [WELD]))[0].row == 3


def test_a_second_column_of_a_name_and_one_without_have_names_of_their_own() -> None:
    assert column_names(["Fee", "", "Fee ", None, "Fee (2)", "column_2"]) == (
        "Fee", "column_2", "Fee (2)", "column_4", "Fee (2) (2)", "column_2 (2)",
    )  # fmt: skip


def test_names_that_come_again_are_numbered_without_counting_anew() -> None:
    names = column_names(["a"] * 100_000)
    assert (names[1], names[-1]) == ("a (2)", "a (100000)")


def test_every_column_of_a_record_can_be_read(world: World) -> None:
    world.mapping("fields: {id: Code, title: column_2, cost: '\"Fee (2)\"'}")
    listing = world.judged("Code,,Fee,Fee\nA,Weld,1,2\n")[0].listing
    assert (listing.en.title, listing.cost) == ("Weld", 2)


def test_a_column_the_mapping_reads_and_the_file_lacks_is_warned_of_once(world: World) -> None:
    found = world.feed(csv_text(HEADER[:2] + HEADER[3:], [WELD[:2] + WELD[3:]] * 2))
    assert [(note.row, note.column, note.problem.kind) for note in found.notes] == [(1, "Fee", "column_missing")]


def test_a_table_without_any_of_the_columns_is_refused(world: World) -> None:
    with pytest.raises(SourceError, match="the file has: Kode, Name") as refused:
        world.feed("Kode,Name\nA,b\n")
    assert "aucune des colonnes" in refused.value.problem.in_language("fr")


@pytest.mark.parametrize("content", ["", "\n\n", "\0\0", '"'])
def test_an_empty_table_is_refused(world: World, content: str) -> None:
    with pytest.raises(SourceError, match="no column"):
        world.feed(content)


def test_a_shifted_row_and_an_open_quotation_mark_are_reported_beside_the_good_rows(world: World) -> None:
    found = world.judged(csv_text(HEADER, [(*WELD, "x"), WELD]))
    assert [reasons(one) for one in found] == [["cells_shifted"], []]
    cut = world.feed(csv_text(HEADER, [WELD]) + 'W-2,"Cook,1,,open\n')
    assert [note.problem.kind for note in cut.notes] == ["quotes_unbalanced"]


def test_a_guessed_encoding_is_warned_of(world: World) -> None:
    found = world.feed(
        csv_text(HEADER, [("É-1", "Été à l'étranger, préparé à Orléans", "", "", "open")]).encode("cp1252")
    )
    assert [note.problem.kind for note in found.notes] == ["encoding_guessed"]


def test_a_cell_without_end_stops_the_feed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.readers.delimited.CELL_LIMIT", 20)
    with pytest.raises(SourceError, match="field larger"):
        world.feed(csv_text(HEADER, [("W-1", "much too long a title", "", "", "open")]))


def test_a_broken_workbook_and_a_place_of_records_are_refused(world: World) -> None:
    with pytest.raises(SourceError, match=r"a\.xlsx cannot be read"):
        world.feed(b"no workbook", "a.xlsx")
    world.mapping("records: items\n" + MAPPING)
    with pytest.raises(SourceError, match="a table is its own list"):
        world.feed(csv_text(HEADER, [WELD]))


def test_a_table_is_joined_with_a_second_one_and_what_stays_alone_is_reported(world: World) -> None:
    (world.folder / "runs.csv").write_text("Code,Start\nW-1,2027-02-01\nW-9,2027-02-01\n", encoding="utf-8")
    world.mapping(
        "join: {file: runs.csv, key: Code, as: runs}\nfields: {id: Code, title: Name, starts: 'runs[].Start'}"
    )
    found = world.feed("Code,Name\nW-1,Weld\n")
    listing = judge_all(found.rows, world.source("unused", ""))[0].listing
    assert listing
    assert listing.starts == (dt.date(2027, 2, 1),)
    assert [(note.row, note.value, note.problem.kind) for note in found.notes] == [(3, "W-9", "join_alone")]


def test_what_is_over_is_left_out(world: World) -> None:
    world.mapping("until: Last\nfields: {id: Code, title: Name}")
    table = "Code,Name,Last\nA,a,2026-11-23\nB,b,2026-11-24\nC,c,\nD,d,soon\n"
    assert [row.number for row in world.feed(table).rows] == [3, 4, 5]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        ("{id: code}", {"code"}), ("{id: 'a.b[0].c || d'}", {"a", "d"}),
        ("{id: \"runs[?x == 'y'].z | [0]\"}", {"runs"}),
        ("{id: \"join('', [a, b])\"}", {"a", "b"}), ("{id: {value: 1}}", set()),
        ("{id: 'sort_by(runs, &day)'}", {"runs"}),
        ("{id: '@'}", set()), ("{id: '{x: one, y: two}'}", {"one", "two"}), ("{id: 'a && !b'}", {"a", "b"}),
    ],
)  # fmt: skip
def test_a_mapping_knows_the_columns_it_reads(tmp_path: Path, contract: Contract, paths: str, names: set[str]) -> None:
    (tmp_path / "m.yml").write_text(f"fields: {paths}", encoding="utf-8")
    assert read_mapping(tmp_path / "m.yml", contract).names == names


CELLS = st.text(max_size=6) | st.sampled_from(["Code", "Fee", '"', "\0", "=1+1", "\u202e", ";", "\r\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=14), st.sampled_from([",", ";", "\t"]))
def test_any_table_is_read_or_refused_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text(csv_text([], rows, separator), encoding="utf-8", errors="replace", newline="")
    try:
        found = records(path, "Code", "Fee")
    except SourceError:
        return
    assert len({one.number for one in found}) == len(found)
    assert all(value not in (None, "") for one in found for value in one.body.values())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_never_a_crash(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    path.write_bytes(b"Code\n" + raw)
    for form in ("csv", "xlsx"):
        try:
            list(TABLES[form](path, None, frozenset({"Code"})).records)
        except SourceError as refused:
            assert refused.problem.in_language("fr") != str(refused)  # noqa: PT017 - either outcome is fine


@given(st.lists(st.none() | st.text(max_size=3), max_size=12))
def test_names_of_columns_are_never_twice_the_same(cells: list[str | None]) -> None:
    names = column_names(cells)
    assert len(set(names)) == len(names) == len(cells)


@pytest.mark.parametrize(
    ("transform", "value", "read"),
    [
        ("unquoted", '"""Various "" words"""', 'Various " words'), ("unquoted", '"cut', "cut"), ("unquoted", '"', ""),
        ("unquoted", 'a ""thinking"" class', 'a "thinking" class'), ("unquoted", '"A" and "B"', 'A" and "B'),
        ("unquoted", "plain", "plain"),
        ("cip_digits", "510801", "51.0801"), ("cip_digits", 10101, "01.0101"), ("cip_digits", "0", None),
        ("cip_digits", "51.0801", "51.0801"),
        ("cut_by_semicolons", ";book; first;;", ["book", "first"]), ("compact_day", "20210314", "2021-03-14"),
    ],
)  # fmt: skip
def test_values_of_worn_sheets_are_read(transform: str, value: Any, read: Any) -> None:
    assert TRANSFORMS[transform](value, TODAY) == read


def test_an_x_for_a_day_is_left_to_the_field_s_own_reading() -> None:
    assert TRANSFORMS["compact_day"]("X", TODAY) == "X"


def real(contract: Contract, file: str, mapping: str) -> SourceRead:
    source = Source.model_validate({
        "id": "real", "institution": {"id": "real", "name": {"en": "Real"}},
        "file": str(shared_path(file)), "mapping": str(MAPPINGS / mapping),
    })  # fmt: skip
    return Reader(contract, TODAY, 100).read(source)


def test_real_programmes_of_training_providers_load_without_the_suspended(contract: Contract) -> None:
    found = real(contract, "feeds/csv/standardized_etpl_test.csv", "etpl.yml")
    assert [one.id for one in found.listings] == ["real.1", "real.2", "real.5", "real.6"]
    assert found.issues == []
    assert {(one.cost, one.currency) for one in found.listings} == {(3035, "USD"), (100, "USD")}
    assert [one.cip for one in found.listings] == ["12.3456", "12.3456", None, None]
    assert not any(one.starts or one.updated or one.application_opens for one in found.listings)
    assert all('"' not in (one.en.prerequisites or "") for one in found.listings if one.en)
    assert "removed" not in str([one.model_dump() for one in found.listings])


def test_a_real_library_loads_whole_without_its_teachers(contract: Contract) -> None:
    found = real(contract, "feeds/csv/oll_metadata.csv", "open_learning_library.yml")
    assert (len(found.listings), found.issues) == (64, [])
    assert sum(one.language == ("other",) for one in found.listings) == 1
    assert not any(one.weeks or one.cost is not None or one.starts for one in found.listings)
    bare = [one.model_dump(exclude={"en": {"description"}}) for one in found.listings]
    assert "Reich" not in str(bare)


def test_real_training_materials_are_no_listings(contract: Contract) -> None:
    found = real(contract, "feeds/csv/materials.csv", "training_materials.yml")
    assert found.failure
    assert (found.listings, found.failure.kind) == ([], "nothing_wanted")


def test_runs_without_a_course_are_reported(contract: Contract) -> None:
    found = real(contract, "feeds/json/test_sloan_courses.json", "sloan.yml")
    assert [issue.problem.kind for issue in found.notes] == ["join_alone"] * 3
