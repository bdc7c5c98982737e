"""The workbooks institutions fill in."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from indexer.fields import header_label
from indexer.sources import Source
from indexer.template import EXPLAINED, template_slots, write_templates
from mappings.contract import LANGUAGES, Contract, Language
from mappings.listing import Listing
from tests.indexer.conftest import judge_all, read_whole

FILLED: dict[str, dict[str, Any]] = {
    "en": {
        "ID": "A-1", "Title (English)": "Weld", "Title (French)": "Souder", "Language of instruction": "English|French",
        "Delivery": "In person", "Subject": "Skilled trades", "Total hours": 30, "Cost": 0, "OSAP eligible": "Yes",
        "Start dates": "2027-01-18|2027-05-03", "Updated": dt.date(2026, 11, 1), "NOC codes": "72106",
        "CIP code": "48.0508", "Schedule": "Evening|Weekend", "City": "Elmira Falls", "Skills": "MIG|TIG",
    },
    "fr": {
        "Identifiant": "A-1", "Titre (anglais)": "Weld", "Titre (français)": "Souder",
        "Langue d'enseignement": "Anglais|Français", "Mode de prestation": "En présentiel",
        "Domaine": "Métiers spécialisés", "Heures totales": 30, "Coût": 0,
        "Admissible au RAFEO": "Oui", "Dates de début": "2027-01-18|2027-05-03", "Mis à jour": dt.date(2026, 11, 1),
        "Codes CNP": "72106", "Code CPE": "48.0508", "Horaire": "Soir|Fin de semaine", "Ville": "Elmira Falls",
        "Compétences": "MIG|TIG",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, contract: Contract) -> Path:
    out = tmp_path_factory.mktemp("templates") / "new"
    assert [path.name for path in write_templates(out, contract)] == [
        "listings-template-en.xlsx", "listings-template-fr.xlsx",
    ]  # fmt: skip
    return out


def filled(folder: Path, language: str, source: Callable[..., Source]) -> Source:
    book = load_workbook(folder / f"listings-template-{language}.xlsx")
    sheet = book.worksheets[0]
    headers = {cell.value: cell.column or 0 for cell in sheet[1]}
    for name, value in FILLED[language].items():
        sheet.cell(2, headers[name], value)
    made = source("filled.xlsx", b"")
    book.save(made.file)
    return made


def listing_of(made: Source, contract: Contract) -> Listing:
    (judged,) = judge_all(read_whole(made, contract, dt.date(2026, 11, 24), 5).rows, made)
    assert not judged.issues
    assert judged.listing
    return judged.listing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_is_read_without_a_warning(
    folder: Path, contract: Contract, source: Callable[..., Source], language: Language
) -> None:
    listing = listing_of(filled(folder, language, source), contract)
    assert listing.en is not None
    assert (listing.en.title, listing.delivery, listing.subject, listing.cost) == (
        "Weld",
        "in_person",
        "skilled-trades",
        0,
    )
    assert (listing.osap, listing.schedule, listing.updated) == (True, ("evening", "weekend"), dt.date(2026, 11, 1))


def test_both_languages_templates_say_the_same(folder: Path, contract: Contract, source: Callable[..., Source]) -> None:
    english, french = (listing_of(filled(folder, language, source), contract) for language in LANGUAGES)
    assert english == french


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_the_contract_has_a_header_and_an_explanation(
    folder: Path, contract: Contract, language: Language
) -> None:
    book = load_workbook(folder / f"listings-template-{language}.xlsx")
    headers = [header_label(slot, contract, language) for slot in template_slots(contract)]
    assert [cell.value for cell in book.worksheets[0][1]] == headers
    explained = list(book.worksheets[1].iter_rows(values_only=True))
    assert explained[0] == EXPLAINED
    assert [row[LANGUAGES.index(language)] for row in explained[1:]] == headers
    assert all(row[4] and row[5] for row in explained[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_closed_lists_are_drop_downs_of_their_labels(folder: Path, contract: Contract, language: Language) -> None:
    book = load_workbook(folder / f"listings-template-{language}.xlsx")
    rules = book.worksheets[0].data_validations.dataValidation
    lists = {column[0].value: [cell.value for cell in column if cell.value] for column in book.worksheets[2].columns}
    expected = [f for f in contract.columns() if f.choices or f.type == "flag"]
    assert len(rules) == len(expected)
    deliveries = [choice.label.in_language(language) for choice in contract.choices["deliveries"]]
    assert deliveries in lists.values()
    assert book.worksheets[2].sheet_state == "hidden"


def test_a_column_for_several_values_lets_other_text_through(folder: Path) -> None:
    rules = load_workbook(folder / "listings-template-en.xlsx").worksheets[0].data_validations.dataValidation
    assert {bool(rule.showErrorMessage) for rule in rules} == {True, False}
