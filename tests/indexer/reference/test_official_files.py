"""The official files themselves, and the tables that ship out of them; skipped where the files are absent."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from indexer.reference.imports import read_all
from indexer.reference.layouts import Told
from indexer.reference.shipping import ship
from indexer.settings import Settings
from mappings.reference_tables import NATIONAL, TITLES
from tests.conftest import shared_path
from tests.indexer.reference.conftest import DATA, Desk, recognised

COPS = "reference/cops/summary_sommaire_2024_2033_noc2021.csv"
UNIT_GROUPS = "reference/noc-2021/noc_2021_unit_groups.csv"


@pytest.mark.parametrize("name", [f"{table}.{ending}" for table in (NATIONAL, TITLES) for ending in ("csv", "yml")])
def test_the_tables_that_ship_are_those_the_command_makes(tmp_path: Path, name: str) -> None:
    found = [recognised(shared_path(path)) for path in (COPS, UNIT_GROUPS)]
    ship(read_all(found, Told(), frozenset(), dt.date(2026, 11, 24)), tmp_path)
    assert (tmp_path / "outlook" / name).read_bytes() == (DATA / "outlook" / name).read_bytes()


def test_every_shipped_figure_stands_in_its_row_of_the_official_file() -> None:
    with shared_path(COPS).open(encoding="utf-8-sig", newline="") as file:
        official = list(csv.reader(file))
    with (DATA / "outlook" / f"{NATIONAL}.csv").open(encoding="utf-8", newline="") as file:
        shipped = list(csv.DictReader(file))
    assert len(shipped) == 516
    places = {"code": 0, "employment": 3, "openings": 7, "job_seekers": 11}
    for row in shipped:
        stated = official[int(row["row"]) - 1]
        assert {name: row[name] or "N/A" for name in places} == {name: stated[at] for name, at in places.items()}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = shared_path("reference")
    desk = Desk(Settings(state_dir=tmp_path_factory.mktemp("official"), knowledge_dir=DATA))
    return desk.load(folder)


def test_all_official_files_are_known_and_every_row_is_right(everything: Desk) -> None:
    outcomes = [line for line in everything.said if "rows taken" in line]
    assert len(outcomes) == 10
    assert all(line.endswith(" 0 refused") for line in outcomes)
    assert [line for line in everything.said if "not read" in line] == [
        "guide_oasis_2023_v1.0.csv: not read, it has the columns of no publication that is known here"
    ]


def test_every_unit_group_has_a_definition_duties_ranked_skills_and_titles(everything: Desk) -> None:
    reference = everything.reference
    titled = {title.code for title in reference.example_titles()}
    assert titled == set(reference.titles)
    for code in reference.titles:
        assert reference.statements(code, "en")
        assert reference.duties(code, "en")
        skills = reference.skills(code)
        ranks = [row.rank for row in skills if row.kind == "skill"]
        assert ranks == list(range(1, len(ranks) + 1))
        assert all(0 < row.rating <= 5 for row in skills)


def test_the_titles_of_noc_and_oasis_are_each_there_once(everything: Desk) -> None:
    titles = list(everything.reference.example_titles())
    assert 57_708 <= len(titles) < 60_000
    assert sum(title.language == "fr" for title in titles) == 29_767


def test_imported_projections_are_those_that_ship(everything: Desk, desk: Desk) -> None:
    assert everything.reference.national == desk.reference.national
    assert everything.reference.titles == desk.reference.titles
