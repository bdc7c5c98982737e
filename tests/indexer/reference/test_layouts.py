"""Each layout's rows become typed rows that name where they stand."""

import datetime as dt
from pathlib import Path

import pytest

from indexer.failures import IndexerError
from indexer.reference.imports import LAYOUTS, recognise
from indexer.reference.layouts import LICENCE, Told
from mappings.reference import (
    Duty,
    ExampleTitle,
    NationalOutlook,
    RatedSkill,
    RegionalOutlook,
    Statement,
    UnitGroup,
    Wage,
)
from tests.indexer.reference import files
from tests.indexer.reference.conftest import read_file, recognised, why
from tests.indexer.reference.files import csv_file, xlsx_file


def test_unit_groups_have_their_titles_in_both_languages(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", ("code", "title_en", "title_fr"), [("72106", "Welders", "Soudeurs/soudeuses")])
    one = read_file(path)
    (row,) = one.taken.rows
    assert row[0] == 2
    assert isinstance(row[1], UnitGroup)
    assert (row[1].code, row[1].title.en, row[1].title.fr) == ("72106", "Welders", "Soudeurs/soudeuses")


def test_the_same_title_in_another_case_is_left_aside(tmp_path: Path) -> None:
    rows = [("72106", "en", "Welder"), ("72106", "en", "welder"), ("72106", "fr", "Soudeuse")]
    one = read_file(csv_file(tmp_path / "x.csv", ("code", "lang", "title"), rows))
    titles = [row for _, row in one.taken.rows if isinstance(row, ExampleTitle)]
    assert [(row.language, row.title) for row in titles] == [("en", "Welder"), ("fr", "Soudeuse")]
    assert (one.taken.aside, one.taken.refusals) == (1, [])


def test_only_unit_groups_of_the_structure_are_taken(tmp_path: Path) -> None:
    header = ("Level", "Hierarchical structure", "Code - NOC 2021 V1.0", "Class title", "Class definition")
    rows = [("4", "Minor Group", "7210", "Machining", "Groups."), ("5", "Unit Group", "72106", "Welders", "They weld.")]
    one = read_file(csv_file(tmp_path / "x.csv", header, rows), Told())
    (statement,) = (row for _, row in one.taken.rows)
    assert isinstance(statement, Statement)
    assert (statement.row, statement.kind, statement.text) == (3, "definition", "They weld.")
    assert one.source.edition == "2021 v1.0"
    assert one.taken.aside == 1


def test_elements_give_main_duties_and_titles(tmp_path: Path) -> None:
    rows = [
        ("5", "72106", "Welders", "Main duties", "Join metal."),
        ("5", "72106", "Welders", "All examples", "Welder, fitter"),
        ("5", "72106", "Welders", "Exclusion(s)", "Machinists"),
        ("1", "7", "Trades", "Main duties", "Various."),
    ]
    one = read_file(csv_file(tmp_path / "x.csv", files.ELEMENTS, rows))
    duty, title = (row for _, row in one.taken.rows)
    assert isinstance(duty, Duty)
    assert (duty.row, duty.text, duty.language) == (2, "Join metal.", "en")
    assert isinstance(title, ExampleTitle)
    assert title.title == "Welder, fitter"
    assert one.taken.aside == 2


def test_profiles_are_folded_to_their_unit_group_and_ranked_by_their_mean_rating(tmp_path: Path) -> None:
    rows = [("72106.01", "Welders", "2", "3", "0", "4"), ("72106.02", "Brazers", "3", "3", "0", "1")]
    one = read_file(csv_file(tmp_path / "x.csv", files.SKILLS, rows))
    skills = [row for _, row in one.taken.rows if isinstance(row, RatedSkill)]
    assert [(row.rank, row.name, row.rating, row.row) for row in skills] == [
        (1, "Numeracy", 3.0, 2),
        (2, "Problem Solving", 2.5, 2),
        (3, "Reading Comprehension", 2.5, 2),
    ]
    assert {row.kind for row in skills} == {"skill"}


def test_knowledge_is_told_from_skills(tmp_path: Path) -> None:
    one = read_file(csv_file(tmp_path / "x.csv", files.KNOWLEDGES, [("72106.0", "Welders", "0", "1", "2", "3")]))
    assert [(row.name, row.kind) for _, row in one.taken.rows if isinstance(row, RatedSkill)] == [
        ("Mathematics", "knowledge"),
        ("Chemistry", "knowledge"),
        ("Clerical", "knowledge"),
    ]


@pytest.mark.parametrize(
    ("columns", "cells", "kind"),
    [
        (("OaSIS profile code", "Main duties"), ("72106.01", "Join metal."), Duty),
        (("OaSIS profile code", "Lead statement"), ("72106.01", "Welders join metal."), Statement),
        (("OaSIS profile code", "Label"), ("72106.01", "Welders"), ExampleTitle),
        (
            ("OaSIS profile code", "Concordance number", "Job title type", "Job title text"),
            ("72106.01", "1", "Index", "welder"),
            ExampleTitle,
        ),
    ],
)
def test_texts_of_profiles_belong_to_the_unit_group(
    tmp_path: Path, columns: tuple[str, ...], cells: tuple[str, ...], kind: type
) -> None:
    ((_, row),) = read_file(csv_file(tmp_path / "x.csv", columns, [cells])).taken.rows
    assert isinstance(row, kind)
    assert getattr(row, "code") == "72106"  # noqa: B009 - of each of several kinds


def test_projections_are_of_the_ten_years_after_the_one_in_the_heading(tmp_path: Path) -> None:
    header = [name.replace("2023", "2026") for name in files.COPS]
    rows = [("00000", "1", "1", "1", "N/A", "N/A"), ("TEER_1", *("1",) * 5), ("NOC1_7", *("1",) * 5), files.WELDER_COPS]
    one = read_file(csv_file(tmp_path / "x.csv", header, rows), Told())
    ((_, row),) = one.taken.rows
    assert isinstance(row, NationalOutlook)
    assert (row.row, row.first_year, row.last_year) == (5, 2027, 2036)
    assert (row.recent, row.future) == ("moderate_shortage", "strong_shortage")
    assert (one.source.edition, one.source.until) == ("2027–2036", dt.date(2036, 12, 31))
    assert one.taken.aside == 3


def test_figures_may_have_thousands_parted_be_below_zero_or_be_none(tmp_path: Path) -> None:
    rows = [
        ("72106", "8,238,800", "-300", "N/A", "N/A", "Balance"),
        ("33102", "N/A", "N/A", "N/A", "N/A", "N/A"),
    ]
    one = read_file(csv_file(tmp_path / "x.csv", files.COPS, rows))
    first, second = (row for _, row in one.taken.rows if isinstance(row, NationalOutlook))
    assert (first.employment, first.openings, first.job_seekers, first.recent) == (8238800, -300, None, None)
    assert first.has_figures
    assert not second.has_figures


@pytest.mark.parametrize("code", ["NOC_72106", "72106", 72106])
@pytest.mark.parametrize("released", ["2025-12-03", dt.date(2025, 12, 3), dt.datetime(2025, 12, 3, 8, 0)])  # noqa: DTZ001
@pytest.mark.parametrize("region", ["3500", 3500, "ER35", ""])
def test_outlooks_are_read_from_a_workbook_as_spreadsheets_write_it(
    tmp_path: Path, code: object, released: object, region: object
) -> None:
    province = "ON" if region == "" else "Ontario"
    row = (code, "Very limited", "Few <b>openings</b>.", released, province, region, "Ontario")
    above = [("Employment outlooks",), ()]
    one = read_file(xlsx_file(tmp_path / "x.xlsx", files.OUTLOOK, [row], above), Told())
    ((number, outlook),) = one.taken.rows
    assert isinstance(outlook, RegionalOutlook)
    assert (number, outlook.row) == (4, 4)
    assert (outlook.code, outlook.region, outlook.region_name) == ("72106", "3500", "Ontario")
    assert (outlook.rating, outlook.trend) == ("very_limited", "Few openings.")
    assert (one.source.edition, one.source.released) == ("2025-12-03", dt.date(2025, 12, 3))


def test_a_code_that_a_spreadsheet_took_for_a_number_has_its_zeros_back(tmp_path: Path) -> None:
    row = (10, *files.WELDER_OUTLOOK[1:])
    ((_, outlook),) = read_file(xlsx_file(tmp_path / "x.xlsx", files.OUTLOOK, [row])).taken.rows
    assert isinstance(outlook, RegionalOutlook)
    assert outlook.code == "00010"


@pytest.mark.parametrize(
    ("province", "region", "expected"),
    [
        ("ON", "ER35", "3500"), ("ON", "ER3530", "3530"), ("ON", "3500", "3500"), ("ON", "", "3500"),
        ("NAT", "ER00", "0000"), ("NAT", "", "0000"), ("QC", "", "2400"),
    ],
)  # fmt: skip
def test_wages_name_regions_in_several_ways(tmp_path: Path, province: str, region: str, expected: str) -> None:
    rows = [("NOC_72106", province, region, "20", "28.5", "40", "0")]
    ((_, wage),) = read_file(csv_file(tmp_path / "x.csv", files.WAGES, rows)).taken.rows
    assert isinstance(wage, Wage)
    assert (wage.region, wage.low, wage.median, wage.high, wage.annual) == (expected, 20, 28.5, 40, False)


def test_wages_may_be_a_year_s_and_may_be_missing(tmp_path: Path) -> None:
    rows = [("31102", "ON", "ER35", "", "210000", "", "1"), ("72106", "ON", "ER35", "", "N/A", "", "0")]
    one = read_file(csv_file(tmp_path / "x.csv", files.WAGES, rows))
    ((_, wage),) = one.taken.rows
    assert isinstance(wage, Wage)
    assert (wage.low, wage.median, wage.annual) == (None, 210000, True)
    assert one.taken.aside == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_and_separator_do_not_matter(tmp_path: Path, encoding: str, separator: str) -> None:
    french = [("72106", "Welders", "Soudeurs et opérateurs/opératrices de machines à souder, métiers liés")]
    path = csv_file(
        tmp_path / "x.csv", ("Code", "TITLE_EN", "title_fr"), french, encoding=encoding, separator=separator
    )
    ((_, row),) = read_file(path).taken.rows
    assert isinstance(row, UnitGroup)
    assert row.title.fr == french[0][2]


def test_every_source_carries_the_licence_and_its_file(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "wages-2025.csv", files.WAGES, [files.WELDER_WAGE])
    source = read_file(path, Told(released=dt.date(2025, 12, 3), until=dt.date(2026, 11, 30))).source
    assert source.licence == LICENCE
    assert (source.file, source.edition, source.publisher.fr) == (
        "wages-2025.csv", "2025", "Emploi et Développement social Canada",
    )  # fmt: skip
    assert not source.is_stale(dt.date(2026, 11, 30))
    assert source.is_stale(dt.date(2026, 12, 1))


def test_a_file_that_does_not_say_its_edition_needs_it_told(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", ("code", "lang", "title"), [("72106", "en", "Welder")])
    with pytest.raises(IndexerError, match=r"^x\.csv does not say of which edition it is: give --edition or"):
        read_file(path, Told())
    assert read_file(path, Told(released=dt.date(2025, 12, 3))).source.edition == "2025-12-03"


@pytest.mark.parametrize("name", files.WAGES)
def test_a_missing_column_is_named(tmp_path: Path, name: str) -> None:
    header = [one for one in files.WAGES if one != name]
    path = csv_file(tmp_path / "x.csv", header, [files.WELDER_WAGE[:-1]])
    with pytest.raises(IndexerError, match=f"has no column {name}$"):
        recognise(path, 10)


@pytest.mark.parametrize(
    "header",
    [
        ("Code", "Name", "Structure type", "Category", "Description"),
        ("OaSIS Code - Final", "OaSIS Label - Final", "Memorizing", "Depth Perception"),
        ("code",),
        ("",),
    ],
)
def test_another_file_is_not_taken_for_one_of_them(tmp_path: Path, header: tuple[str, ...]) -> None:
    assert recognise(csv_file(tmp_path / "x.csv", header, [("1",) * len(header)]), 10) is None


def test_no_two_layouts_are_mistaken_for_each_other(tmp_path: Path) -> None:
    for layout in LAYOUTS:
        header = [name.replace("emploi_*", "emploi_2023").replace("NOC *", "NOC 2021 V1.0") for name in layout.columns]
        path = csv_file(tmp_path / "x.csv", header, [("",) * len(header)])
        assert recognised(path).layout is layout


def test_what_is_left_out_of_a_row_is_reported_in_the_files_own_words(tmp_path: Path) -> None:
    header = [name.upper() for name in files.WAGES]
    one = read_file(csv_file(tmp_path / "x.csv", header, [("NOC_72106", "ON", "ER35", "-1", "2", "3", "0")]))
    assert why(one) == [(2, "LOW_WAGE_SALAIRE_MINIUM", "the number is below zero")]
