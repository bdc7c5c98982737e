import datetime as dt
from pathlib import Path

import pytest

from mappings.contract import LANGUAGES, Language, listing_contract
from mappings.knowledge import DATA_FOLDER, knowledge
from mappings.reference import ONTARIO, NationalOutlook
from mappings.reference_store import DATABASE, Reference, read_reference
from search_api.labels import Labels
from search_api.occupations.figures import Asked, brief_outlook, national_view, outlook_view, wages_view
from search_api.occupations.held import HeldFigures
from search_api.occupations.occupation_view import occupation_view
from tests.indexer.reference.files import SKILLS, WELDER_SKILLS, csv_file
from tests.search_api.occupations.conftest import imported_into, job_bank_files

TODAY = dt.date.fromisoformat("2026-11-24")
WELDER, DENTAL_ASSISTANT, ACCOUNTANT, NO_FIGURES = "72106", "33100", "11100", "00013"
MADE = "2400"


@pytest.fixture(scope="module")
def shipped() -> Reference:
    return read_reference(DATA_FOLDER)


@pytest.fixture(scope="module")
def imported(imported_database: Path) -> Reference:
    return read_reference(DATA_FOLDER, imported_database)


def asked(reference: Reference, region: str = ONTARIO, language: Language = "en", today: dt.date = TODAY) -> Asked:
    return Asked(reference, reference.regions(language), region, language, today)


def test_without_an_import_region_and_wages_are_null_and_a_note_says_how_to_load_them(shipped: Reference) -> None:
    english, french = (outlook_view(WELDER, asked(shipped, language=x)) for x in LANGUAGES)
    assert english["regional"] is None
    assert english["note"].startswith("Outlook for Ontario: not available.")
    assert "non disponibles" in french["note"]
    wages = wages_view(WELDER, asked(shipped, language="fr"))
    assert (wages["national"], wages["regional"]) == (None, None)
    assert "Ontario" in wages["note"]
    assert all("make occupations SOURCE=" in view["note"] for view in (english, french, wages))


def test_a_group_without_any_figure_has_no_national_outlook_and_a_note_for_it(shipped: Reference) -> None:
    view = outlook_view(NO_FIGURES, asked(shipped))
    assert view["national"] is None
    assert view["note"].startswith("National outlook: not available.")
    assert brief_outlook(NO_FIGURES, asked(shipped)) is None


def test_a_condition_is_said_in_plain_words_and_in_the_sources_own(shipped: Reference) -> None:
    codes = {row.future: row.code for row in shipped.national.values() if row.future}
    cases: tuple[tuple[Language, str, str], ...] = (
        ("en", "Many more jobs than people expected", "Strong risk of shortage"),
        ("fr", "Beaucoup plus d'emplois que de personnes à prévoir", "Risque important de pénurie"),
    )
    for language, plain, official in cases:
        view = outlook_view(codes["strong_shortage"], asked(shipped, language=language))["national"]["future"]
        assert view == {"id": "strong_shortage", "label": plain, "source_label": official}
    assert len(codes) == 5


def test_a_figure_the_source_does_not_give_is_left_out_and_a_zero_is_kept(shipped: Reference) -> None:
    row = NationalOutlook(source="cops", row=1, code=WELDER, base_year=2023, openings=0)
    view = national_view(row, asked(shipped))
    assert view is not None
    assert view["openings"] == 0
    assert not {"employment", "job_seekers", "recent", "future"} & set(view)


def test_figures_are_stale_from_the_day_after_their_period_and_say_until_when(shipped: Reference) -> None:
    last = dt.date.fromisoformat("2033-12-31")
    fresh = outlook_view(WELDER, asked(shipped, today=last))["national"]
    stale = outlook_view(WELDER, asked(shipped, today=last + dt.timedelta(days=1)))["national"]
    assert fresh["stale"] is False
    assert "stale_note" not in fresh
    assert stale["stale"] is True
    assert "2033-12-31" in stale["stale_note"]
    assert stale["employment"] == fresh["employment"]
    line = brief_outlook(WELDER, asked(shipped, today=last + dt.timedelta(days=1), language="fr"))
    assert line is not None
    assert line["stale_note"].startswith("Périmé")


def test_an_imported_region_is_shown_with_its_row_date_and_licence(imported: Reference) -> None:
    view = outlook_view(WELDER, asked(imported))["regional"]
    assert view["region"] == {"code": ONTARIO, "name": "Ontario"}
    assert view["rating"]["id"] == "good"
    assert (view["trend"], view["trend_language"], view["released"]) == ("Yards are hiring.", "en", "2025-12-03")
    source = view["source"]
    assert (source["id"], source["row"], source["file"]) == ("job-bank-outlooks", 2, "outlook.xlsx")
    assert source["released"] == "2025-12-03"
    assert "Open Government Licence" in source["licence"]


def test_the_region_asked_for_decides_and_no_other_stands_in_for_it(imported: Reference) -> None:
    northeast = outlook_view(WELDER, asked(imported, region="3590", language="fr"))["regional"]
    assert (northeast["rating"]["id"], northeast["region"]["name"]) == ("very_good", "Nord-est")
    assert outlook_view(WELDER, asked(imported, region="3530"))["regional"] is None
    assert outlook_view(DENTAL_ASSISTANT, asked(imported))["regional"] is None


def test_a_region_beyond_ontario_has_the_name_its_source_gives(imported: Reference) -> None:
    view = outlook_view(DENTAL_ASSISTANT, asked(imported, region=MADE))["regional"]
    assert view["region"] == {"code": MADE, "name": "Quebec"}
    french = outlook_view(DENTAL_ASSISTANT, asked(imported, region=MADE, language="fr"))["regional"]
    assert french["region"]["name"] == "Québec"
    assert "trend" not in view


def test_the_line_of_a_hit_is_the_regions_where_it_is_held_and_the_nations_elsewhere(imported: Reference) -> None:
    regional, national = (brief_outlook(WELDER, asked(imported, region=x)) for x in (ONTARIO, "3530"))
    assert regional is not None
    assert national is not None
    assert (regional["scope"], regional["source_label"], regional["period"]) == ("regional", "Good", "2025-12-03")
    assert (national["scope"], national["region"]["name"], national["period"]) == ("national", "Canada", "2024–2033")


def test_wages_are_shown_as_given_by_the_hour_or_year_in_canadian_dollars(imported: Reference) -> None:
    hourly = wages_view(WELDER, asked(imported))
    assert "note" not in hourly
    assert hourly["national"]["source"]["row"] == 5
    assert {x: hourly["regional"][x] for x in ("low", "median", "high", "unit", "currency")} == {
        "low": 20.0, "median": 28.5, "high": 40.0, "unit": "hour", "currency": "CAD"
    }  # fmt: skip
    assert hourly["regional"]["source"]["row"] == 2
    assert wages_view(ACCOUNTANT, asked(imported, language="fr"))["regional"]["unit_label"] == "par année"
    assert "high" not in wages_view(WELDER, asked(imported, region="3590"))["regional"]


def test_wages_of_canada_are_said_to_be_missing_only_beside_the_regions_own(
    imported: Reference, shipped: Reference
) -> None:
    assert "Canada" not in wages_view(WELDER, asked(shipped))["note"]
    assert wages_view(ACCOUNTANT, asked(imported))["note"].startswith("Wages for Canada: not available.")
    elsewhere = wages_view(WELDER, asked(imported, region="3530"))
    assert elsewhere["national"]["median"] == 27
    assert elsewhere["note"].startswith("Wages for Toronto: not available.")
    assert "Canada" not in elsewhere["note"]


def test_what_an_operator_imports_is_shown_without_a_restart(tmp_path: Path) -> None:
    held = HeldFigures(tmp_path / DATABASE)
    before = held.current()
    assert before.reference.outlooks(WELDER) == ()
    assert held.current() is before
    imported_into(tmp_path, *job_bank_files(tmp_path), until="2026-01-01")
    after = held.current()
    assert after.reference.outlooks(WELDER)
    assert outlook_view(WELDER, asked(after.reference))["regional"]["stale"] is True
    assert MADE in after.regions["en"]
    assert MADE not in before.regions["en"]
    assert "0000" not in after.regions["fr"]


def test_a_damaged_database_leaves_what_was_held_before(tmp_path: Path) -> None:
    damaged = tmp_path / DATABASE
    damaged.write_bytes(b"not a database at all" * 100)
    held = HeldFigures(damaged)
    assert held.current().reference.national[WELDER].has_figures
    assert held.current().reference.outlooks(WELDER) == ()


def test_imported_skills_are_ranked_apart_from_ours_each_with_its_source_and_row(tmp_path: Path) -> None:
    file = csv_file(tmp_path / "skills.csv", SKILLS, [WELDER_SKILLS])
    reference = read_reference(DATA_FOLDER, imported_into(tmp_path, file, until="2099-12-31"))
    labels = Labels(listing_contract(), knowledge(), {}, "en", reference.titles)
    view = occupation_view(WELDER, labels, asked(reference), {}, {})
    rated = view["rated_skills"]
    assert [skill["rank"] for skill in rated] == list(range(1, len(rated) + 1))
    assert (rated[0]["name"], rated[0]["rating"], rated[0]["basis"]) == ("Problem Solving", 4.0, "imported")
    assert all((skill["source"]["file"], skill["source"]["row"]) == ("skills.csv", 2) for skill in rated)
    assert "Problem Solving" not in {skill["label"] for skill in view["skills"]}
