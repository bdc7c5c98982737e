"""`python -m indexer occupations`, as an operator runs it."""

from pathlib import Path

import pytest

from indexer.settings import Settings
from mappings.reference_store import read_reference
from tests.conftest import run_indexer
from tests.indexer.reference import files
from tests.indexer.reference.conftest import DATA, Run
from tests.indexer.reference.files import csv_file, xlsx_file


def test_a_folder_is_read_and_each_file_is_said_to_be_what_it_is(run: Run, settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "downloads" / "deep"
    folder.mkdir(parents=True)
    csv_file(folder / "a-2025.csv", files.WAGES, [files.WELDER_WAGE])
    xlsx_file(folder / "b.xlsx", files.OUTLOOK, [files.WELDER_OUTLOOK])
    csv_file(folder / "c.csv", ("Code", "Name"), [("1", "x")])
    (folder / "notes.pdf").write_bytes(b"%PDF")
    code, out, err = run(tmp_path / "downloads", "--released", "2025-12-03")
    assert (code, err) == (0, "")
    assert "a-2025.csv: Job Bank: wages by occupation and region, 2025; 1 of 1 rows taken, 0 left aside, 0 ref" in out
    assert "b.xlsx: Job Bank: employment outlooks by region, 2025-12-03; 1 of 1 rows taken" in out
    assert "c.csv: not read, it has the columns of no publication that is known here" in out
    assert "a-2025.csv does not say until when it holds: give --until, or it is never shown as stale" in out
    assert read_reference(DATA, settings.reference_file).wages("72106")


def test_what_is_held_is_listed_with_edition_release_and_whether_it_is_stale(run: Run, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "w.csv", files.WAGES, [files.WELDER_WAGE])
    run(path, "--edition", "2019", "--released", "2019-12-04", "--until", "2020-11-30")
    for arguments in (("--list",), ()):
        code, out, _ = run(*arguments)
        assert code == 0
        lines = {line.partition(":")[0]: line for line in out.splitlines()}
        assert set(lines) == {"noc-unit-groups", "cops", "job-bank-wages"}
        assert "edition 2019, released 2019-12-04, holds until 2020-11-30, STALE (w.csv, " in lines["job-bank-wages"]
        assert lines["cops"].endswith("Open Government Licence – Canada) – as shipped")
        assert "edition 2024–2033, holds until 2033-12-31" in lines["cops"]


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        (files.WAGES[:-1], [files.WELDER_WAGE[:-1]], "has no column Annual_Wage_Flag_Salaire_annuel"),
        (("a", "b"), [("1", "2")], "w.csv has the columns of no publication that is known here"),
        (files.WAGES, [files.WELDER_WAGE], "w.csv does not say when it was released: give --released"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence_and_changes_nothing(
    run: Run, settings: Settings, tmp_path: Path, header: tuple[str, ...], rows: files.Rows, words: str
) -> None:
    code, _, err = run(csv_file(tmp_path / "w.csv", header, rows))
    assert (code, err.count("\n")) == (3, 1)
    assert err.startswith("error: ")
    assert words in err
    assert not settings.reference_file.exists()


def test_a_place_where_nothing_is_is_one_sentence(run: Run, tmp_path: Path) -> None:
    code, _, err = run(tmp_path / "nowhere.csv")
    assert (code, err) == (3, f"error: there is no file or folder {tmp_path / 'nowhere.csv'}\n")
    code, _, err = run(tmp_path)
    assert (code, err) == (3, "error: there is no file to read\n")


def test_a_day_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "w.csv", files.WAGES, [files.WELDER_WAGE])
    code, _, err = run(path, "--until", "next year")
    assert code == 3
    assert "next year" in err


def test_a_damaged_database_is_one_sentence_when_listed(run: Run, settings: Settings) -> None:
    settings.state.mkdir(parents=True)
    settings.reference_file.write_bytes(b"not a database")
    code, _, err = run("--list")
    assert code == 3
    assert err.startswith("error: reference.sqlite cannot be read")


def test_shipping_needs_both_files(run: Run, tmp_path: Path) -> None:
    code, _, err = run("--ship", csv_file(tmp_path / "c.csv", files.COPS, [files.WELDER_COPS]))
    assert (code, err.startswith("error: to ship the tables this file is needed too: National Occ")) == (3, True)


def test_the_module_runs_as_a_command_without_an_engine(settings: Settings) -> None:
    done = run_indexer("occupations", "--list", STATE_DIR=str(settings.state), OPENSEARCH_URL="http://127.0.0.1:9")
    assert (done.returncode, done.stderr) == (0, "")
    assert "cops:" in done.stdout


def test_the_database_may_lie_elsewhere(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFERENCE_DB", str(tmp_path / "elsewhere" / "figures.sqlite"))
    path = csv_file(tmp_path / "w.csv", files.WAGES, [files.WELDER_WAGE])
    assert run(path, "--released", "2025-12-03")[0] == 0
    assert (tmp_path / "elsewhere" / "figures.sqlite").is_file()
