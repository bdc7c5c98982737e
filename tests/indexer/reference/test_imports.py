"""An import replaces its source whole, can be repeated, and leaves everything as it was when it fails."""

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.digests import knowledge_digest
from indexer.failures import IndexerError
from indexer.lease import lease
from indexer.load_command import current_meta
from indexer.reference import store
from indexer.settings import ROOT
from mappings.reference_store import held_sources
from tests.indexer.conftest import Catalogue, write_knowledge
from tests.indexer.reference import files
from tests.indexer.reference.conftest import Desk
from tests.indexer.reference.files import csv_file, xlsx_file

TOLD = {"edition": "2025", "released": dt.date(2025, 12, 3), "until": dt.date(2026, 12, 31)}


@pytest.fixture
def wages(tmp_path: Path) -> Path:
    return csv_file(tmp_path / "wages.csv", files.WAGES, [files.WELDER_WAGE])


@pytest.fixture
def outlooks(tmp_path: Path) -> Path:
    return xlsx_file(tmp_path / "outlook.xlsx", files.OUTLOOK, [files.WELDER_OUTLOOK])


def test_what_is_imported_is_held_with_its_source_and_row(desk: Desk, wages: Path, outlooks: Path) -> None:
    reference = desk.load(wages, outlooks, **TOLD).reference
    (wage,), (outlook,) = reference.wages("72106"), reference.outlooks("72106")
    assert (wage.row, wage.median, wage.region) == (2, 28.5, "3500")
    assert (outlook.rating, outlook.released) == ("good", dt.date(2025, 12, 3))
    assert reference.sources[wage.source].file == "wages.csv"
    assert reference.sources[outlook.source].until == dt.date(2026, 12, 31)


def test_a_new_edition_takes_the_place_of_the_old_and_of_nothing_else(
    desk: Desk, wages: Path, outlooks: Path, tmp_path: Path
) -> None:
    desk.load(wages, outlooks, **TOLD)
    newer = csv_file(tmp_path / "newer.csv", files.WAGES, [("33102", "ON", "ER35", "19", "24", "30", "0")])
    reference = desk.load(newer, edition="2026", released=dt.date(2026, 3, 1)).reference
    assert reference.wages("72106") == ()
    assert reference.wages("33102")[0].median == 24
    assert reference.sources["job-bank-wages"].edition == "2026"
    assert reference.outlooks("72106")


def rows_of(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return [line for line in connection.iterdump() if line.startswith("INSERT")]
    finally:
        connection.close()


def test_the_same_import_repeated_is_the_same(desk: Desk, wages: Path, outlooks: Path) -> None:
    database = desk.load(wages, outlooks, **TOLD).settings.reference_file
    before, digests = rows_of(database), [one.digest for one in held_sources(database)]
    desk.load(wages, outlooks, **TOLD)
    assert rows_of(database) == before
    assert [one.digest for one in held_sources(database)] == digests


def test_when_one_file_of_several_cannot_be_used_nothing_is_changed(desk: Desk, wages: Path, tmp_path: Path) -> None:
    other = csv_file(tmp_path / "other.csv", files.OUTLOOK[:-1], [files.WELDER_OUTLOOK[:-1]])
    with pytest.raises(IndexerError, match=r"^other\.csv looks like “Job Bank: employment outlooks by region” but has"):
        desk.load(wages, other, **TOLD)
    assert not desk.settings.reference_file.exists()


def test_a_file_of_which_every_row_is_refused_leaves_the_held_rows(desk: Desk, wages: Path) -> None:
    desk.load(wages, **TOLD)
    csv_file(wages, files.WAGES, [("72106", "ON", "ER35", "-1", "", "", "0")])
    with pytest.raises(
        IndexerError, match=r"^no row of wages\.csv can be taken, so nothing was changed; see .*refused"
    ):
        desk.load(wages, **TOLD)
    assert desk.reference.wages("72106")[0].low == 20


def test_two_files_of_one_publication_are_refused(desk: Desk, wages: Path, tmp_path: Path) -> None:
    second = csv_file(tmp_path / "second.csv", files.WAGES, [files.WELDER_WAGE])
    with pytest.raises(IndexerError, match=r"are both “Job Bank: wages by occupation and region”: give one of them"):
        desk.load(wages, second, **TOLD)


def test_a_failure_while_writing_leaves_what_was_held(
    desk: Desk, wages: Path, outlooks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = desk.load(wages, **TOLD).settings.reference_file
    before = database.read_bytes()

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "_replace_source", full)
    with pytest.raises(sqlite3.OperationalError):
        desk.load(outlooks, **TOLD)
    assert database.read_bytes() == before
    assert list(database.parent.glob("*.part*")) == []


KILLED = """
import os, sys
from pathlib import Path
from indexer.reference import command, store
from indexer.reference.layouts import Told
from indexer.settings import read_settings
write = store._replace_source
store._replace_source = lambda *given: (write(*given), os.kill(os.getpid(), 9))
command.load([Path(sys.argv[1])], Told("2026"), read_settings(), print)
"""


def test_an_import_that_is_killed_leaves_what_was_held_and_the_next_succeeds(
    desk: Desk, wages: Path, outlooks: Path
) -> None:
    database = desk.load(wages, **TOLD).settings.reference_file
    before = database.read_bytes()
    environment = {**os.environ, "STATE_DIR": str(desk.settings.state)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(outlooks)], cwd=ROOT, env=environment, check=False)
    assert done.returncode == -9
    assert database.read_bytes() == before
    assert desk.load(outlooks, **TOLD).reference.outlooks("72106")
    assert desk.reference.wages("72106")


def test_one_import_waits_for_no_other(desk: Desk, wages: Path) -> None:
    database = desk.settings.reference_file
    with (
        lease(database.parent, database.name),
        pytest.raises(IndexerError, match=r"^another run is writing reference\.sqlite; wait until it ends$"),
    ):
        desk.load(wages, **TOLD)


@pytest.mark.parametrize(
    "content", [b"no database at all, whatever its name may say", b"SQLite format 3\0" + b"x" * 99]
)
def test_a_damaged_database_is_named_and_kept(desk: Desk, wages: Path, content: bytes) -> None:
    database = desk.settings.reference_file
    database.parent.mkdir(parents=True)
    database.write_bytes(content)
    with pytest.raises(IndexerError, match=r"^reference\.sqlite cannot be read"):
        desk.load(wages, **TOLD)
    assert database.read_bytes() == content


def test_refused_rows_are_written_where_the_command_says(desk: Desk, tmp_path: Path) -> None:
    rows = [files.WELDER_WAGE, ("=HYPERLINK(1)", "ON", "ER35", "1", "2", "3", "0")]
    desk.load(csv_file(tmp_path / "wages.csv", files.WAGES, rows), **TOLD)
    (place,) = (line.removeprefix("refused rows, with reasons: ") for line in desk.said if "with reasons" in line)
    text = Path(place).read_text(encoding="utf-8-sig")
    assert text.splitlines() == [
        "source,row,column,value,reason,raison",
        "wages.csv,3,NOC_CNP,'=HYPERLINK(1),an NOC code has five digits,un code de la CNP compte cinq chiffres",
    ]
    assert any("1 of 2 rows taken, 0 left aside, 1 refused" in line for line in desk.said)


def test_an_import_is_noticed_and_its_repetition_is_not(
    desk: Desk, wages: Path, outlooks: Path, tmp_path: Path
) -> None:
    folder, database = write_knowledge(tmp_path / "knowledge"), desk.settings.reference_file
    seen = [knowledge_digest(folder, database)]
    for paths in ([wages], [outlooks], [outlooks]):
        desk.load(*paths, **TOLD)
        seen.append(knowledge_digest(folder, database))
    assert len(set(seen)) == 3
    assert seen[2] == seen[3]
    database.write_bytes(b"damaged")
    assert knowledge_digest(folder, database) not in seen


def test_a_load_if_needed_follows_an_import(catalogue: Catalogue, tmp_path: Path, wages: Path) -> None:
    catalogue.load()
    assert current_meta(catalogue.settings)
    Desk(catalogue.settings).load(wages, **TOLD)
    assert not current_meta(catalogue.settings)
    catalogue.load()
    assert current_meta(catalogue.settings)


def test_a_change_in_the_tables_that_ship_is_noticed(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path)
    before = knowledge_digest(folder)
    (folder / "outlook").mkdir()
    (folder / "outlook" / "cops-2024-2033.csv").write_text("code\n", encoding="utf-8")
    assert knowledge_digest(folder) != before
