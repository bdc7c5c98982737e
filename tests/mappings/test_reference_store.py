"""What is held of official sources: the tables that ship, and over them what was imported."""

import datetime as dt
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.reference.imports import Import
from indexer.reference.layouts import Taken
from indexer.reference.store import replace_sources
from mappings.occupation import Both
from mappings.record import Record
from mappings.reference import (
    Duty,
    ExampleTitle,
    NationalOutlook,
    RatedSkill,
    RegionalOutlook,
    Source,
    Statement,
    UnitGroup,
    Wage,
)
from mappings.reference_store import ReferenceStoreError, read_reference
from tests.conftest import ROOT

DATA = ROOT / "data"
WELDER = "72106"
WORDS = Both(en="words", fr="mots")
RELEASED = dt.date(2025, 12, 3)


def source(source_id: str) -> Source:
    return Source(id=source_id, title=WORDS, publisher=WORDS, edition="1", licence=WORDS, file=f"{source_id}.csv")


def write(database: Path, source_id: str, records: Sequence[Record]) -> None:
    rows = [(getattr(record, "row", number), record) for number, record in enumerate(records, start=2)]
    replace_sources(database, [Import(source(source_id), Taken(rows), "digest")])


def outlook(region: str, name: str, row: int = 2) -> RegionalOutlook:
    return RegionalOutlook(
        source="outlooks", row=row, code=WELDER, region=region, region_name=name, rating="good", released=RELEASED
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "reference.sqlite"


def test_what_ships_is_read_without_a_database(database: Path) -> None:
    for where in (None, database):
        reference = read_reference(DATA, where)
        assert len(reference.titles) == len(reference.national) == 516
        assert reference.titles[WELDER].fr.startswith("Soudeurs")
        assert (reference.outlooks(WELDER), reference.wages(WELDER), reference.skills(WELDER)) == ((), (), ())
        assert (reference.duties(WELDER, "en"), reference.statements(WELDER, "en")) == ((), ())
        assert list(reference.example_titles()) == []


def test_every_shipped_figure_names_a_source_that_is_there_with_its_licence() -> None:
    reference = read_reference(DATA, None)
    for code, row in reference.national.items():
        assert row.code == code
        assert row.source in reference.sources
        assert row.row > 1
    assert all("Open Government Licence – Canada" in one.licence.en for one in reference.sources.values())
    assert all("Licence du gouvernement ouvert – Canada" in one.licence.fr for one in reference.sources.values())


def test_the_shipped_projections_are_stale_after_their_last_year() -> None:
    reference = read_reference(DATA, None)
    row = reference.national[WELDER]
    assert (row.base_year, row.first_year, row.last_year) == (2023, 2024, 2033)
    told = reference.sources[row.source]
    assert not told.is_stale(dt.date(2033, 12, 31))
    assert told.is_stale(dt.date(2034, 1, 1))


def test_a_group_may_be_held_without_a_figure() -> None:
    national = read_reference(DATA, None).national
    assert not national["00013"].has_figures
    assert national[WELDER].has_figures


def test_imported_projections_hide_all_that_ship(database: Path) -> None:
    write(database, "cops", [NationalOutlook(source="cops", row=7, code=WELDER, base_year=2026, employment=5)])
    reference = read_reference(DATA, database)
    assert list(reference.national) == [WELDER]
    assert (reference.national[WELDER].row, reference.national[WELDER].openings) == (7, None)
    assert reference.sources["cops"].file == "cops.csv"


def test_imported_titles_stand_over_those_that_ship(database: Path) -> None:
    write(database, "noc-unit-groups", [UnitGroup(code=WELDER, title=WORDS)])
    titles = read_reference(DATA, database).titles
    assert titles[WELDER] == WORDS
    assert len(titles) == 516


def test_rows_come_back_as_they_were_given(database: Path) -> None:
    wage = Wage(source="wages", row=9, code=WELDER, region="3500", low=20, median=28.55, annual=True)
    write(database, "wages", [wage])
    write(database, "outlooks", [outlook("3530", "Toronto"), outlook("3500", "Ontario", row=3)])
    reference = read_reference(DATA, database)
    assert reference.wages(WELDER) == (wage,)
    assert reference.outlooks(WELDER) == (outlook("3500", "Ontario", row=3), outlook("3530", "Toronto"))
    assert reference.outlooks("00010") == ()


def test_skills_come_by_kind_and_rank(database: Path) -> None:
    def rated(name: str, rank: int, kind: str = "skill") -> RatedSkill:
        body = {"source": "s", "row": 2, "code": WELDER, "name": name, "kind": kind, "rating": 1.5, "rank": rank}
        return RatedSkill.model_validate(body)

    write(database, "s", [rated("Law", 1, "knowledge"), rated("Writing", 2), rated("Numeracy", 1)])
    assert [row.name for row in read_reference(DATA, database).skills(WELDER)] == ["Numeracy", "Writing", "Law"]


def test_duties_are_of_one_source_the_classification_first(database: Path) -> None:
    def duty(source_id: str, row: int, text: str) -> Duty:
        return Duty(source=source_id, row=row, code=WELDER, language="en", text=text)

    write(database, "oasis-main-duties", [duty("oasis-main-duties", 2, "Weld")])
    assert [row.text for row in read_reference(DATA, database).duties(WELDER, "en")] == ["Weld"]
    write(database, "noc-elements", [duty("noc-elements", 5, "Fit"), duty("noc-elements", 4, "Join")])
    assert [row.text for row in read_reference(DATA, database).duties(WELDER, "en")] == ["Join", "Fit"]
    assert read_reference(DATA, database).duties(WELDER, "fr") == ()


def test_statements_say_what_they_are(database: Path) -> None:
    lead = Statement(source="s", row=3, code=WELDER, language="en", kind="lead_statement", text="They weld.")
    write(database, "s", [lead])
    assert read_reference(DATA, database).statements(WELDER, "en") == (lead,)


def test_a_title_held_by_two_sources_comes_once(database: Path) -> None:
    write(database, "a", [ExampleTitle(code=WELDER, language="en", title=title) for title in ("Welder", "Brazer")])
    write(database, "b", [ExampleTitle(code=WELDER, language="en", title="welder")])
    titles = [row.title for row in read_reference(DATA, database).example_titles()]
    assert titles == ["Welder", "Brazer"]


def test_regions_are_ontario_s_and_every_other_that_is_held(database: Path) -> None:
    assert len(read_reference(DATA, None).regions()) == 12
    assert read_reference(DATA, None).regions("fr")["3550"] == "Hamilton–Péninsule du Niagara"
    write(database, "outlooks", [outlook("2440", "Montréal"), outlook("3530", "TORONTO REGION", row=3)])
    write(database, "wages", [Wage(source="wages", row=2, code=WELDER, region=region) for region in ("2440", "5920")])
    regions = read_reference(DATA, database).regions()
    assert (regions["2440"], regions["3530"], regions["5920"]) == ("Montréal", "Toronto", "British Columbia (5920)")
    assert list(regions) == sorted(regions)


def test_a_province_has_its_name_in_both_languages_whatever_its_source_says(database: Path) -> None:
    write(database, "outlooks", [outlook("2400", "Quebec")])
    write(database, "wages", [Wage(source="wages", row=2, code=WELDER, region="1300")])
    reference = read_reference(DATA, database)
    assert (reference.regions("fr")["2400"], reference.regions("en")["2400"]) == ("Québec", "Quebec")
    assert (reference.regions("fr")["1300"], reference.regions("en")["1300"]) == ("Nouveau-Brunswick", "New Brunswick")


def test_a_reader_keeps_what_it_opened_and_can_tell_that_there_is_newer(database: Path) -> None:
    write(database, "outlooks", [outlook("3500", "Ontario")])
    reference = read_reference(DATA, database)
    assert reference.is_current()
    write(database, "outlooks", [outlook("3530", "Toronto")])
    assert [row.region for row in reference.outlooks(WELDER)] == ["3500"]
    assert not reference.is_current()
    assert [row.region for row in read_reference(DATA, database).outlooks(WELDER)] == ["3530"]


def test_a_first_import_is_noticed(database: Path) -> None:
    reference = read_reference(DATA, database)
    assert reference.is_current()
    write(database, "outlooks", [outlook("3500", "Ontario")])
    assert not reference.is_current()


def test_many_threads_read_at_once(database: Path) -> None:
    write(database, "outlooks", [outlook(f"35{number:02}", "x", row=number) for number in range(2, 60)])
    reference = read_reference(DATA, database)

    def read(_number: int) -> set[int]:
        return {len(reference.outlooks(WELDER)) for _ in range(50)}

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, range(8))) == [{58}] * 8


FORKED = """
import os, sys
from pathlib import Path
from mappings.reference_store import read_reference
reference = read_reference(Path("data"), Path(sys.argv[1]))
children = []
for _ in range(2):
    child = os.fork()
    if child == 0:
        os._exit(0 if all(reference.outlooks("72106") for _ in range(200)) else 1)
    children.append(child)
assert all(reference.outlooks("72106") for _ in range(200))
assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
"""


def test_a_reference_may_be_carried_into_forked_workers(database: Path) -> None:
    write(database, "outlooks", [outlook("3500", "Ontario")])
    done = subprocess.run([sys.executable, "-c", FORKED, str(database)], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("content", [b"this is no database", b"SQLite format 3\0" + b"\1" * 4096])
def test_a_damaged_database_is_said_to_be_so(database: Path, content: bytes) -> None:
    database.write_bytes(content)
    with pytest.raises(ReferenceStoreError, match=r"^reference\.sqlite cannot be read .*: remove it and import again$"):
        read_reference(DATA, database)


def test_a_database_of_another_version_is_refused(database: Path) -> None:
    database.write_bytes(b"")
    with pytest.raises(ReferenceStoreError, match="another version made it"):
        read_reference(DATA, database)
