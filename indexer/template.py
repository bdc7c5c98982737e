"""The workbook an institution fills in, one per language: a sheet for listings and one that explains each column."""

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indexer.cells import Slot, is_many
from indexer.fields import header_label
from mappings.contract import LANGUAGES, Contract, Field, Language

LAST_ROW = 2000  # rows prepared for typing; more can be filled in all the same
TEXT, DAY = "@", "yyyy-mm-dd"
WIDE, NARROW = 40, 18  # characters
SHEETS = {"en": ("Listings", "Explanations", "Lists"), "fr": ("Offres", "Explications", "Listes")}
YES_NO = {"en": ("Yes", "No"), "fr": ("Oui", "Non")}
EXPLAINED = (
    "Column / Colonne (English)", "Colonne / Column (français)", "Required", "Obligatoire", "What to write",
    "Quoi écrire", "Allowed values", "Valeurs admises",
)  # fmt: skip


def template_slots(contract: Contract) -> Iterator[Slot]:
    """The template's columns in order; prose has one for each language."""
    for item in contract.columns():
        if item.is_prose:
            yield from (Slot(item.name, language) for language in LANGUAGES)
        else:
            yield Slot(item.name)


def allowed(item: Field, contract: Contract, language: Language) -> tuple[str, ...]:
    """The values a cell may hold; none for an open field."""
    if item.type == "flag":
        return YES_NO[language]
    return tuple(choice.label.in_language(language) for choice in contract.choices_of(item))


def _format(item: Field) -> str:
    if item.type == "number":
        return "General"
    return DAY if item.type == "date" and not item.many else TEXT


def _write_lists(sheet: Worksheet, contract: Contract, language: Language) -> dict[str, str]:
    """Writes each closed list in a column of its own and gives the range of each field's.

    A list inside a rule may not exceed 255 characters; a range may.
    """
    ranges = {}
    fields = [item for item in contract.columns() if allowed(item, contract, language)]
    for column, item in enumerate(fields, start=1):
        values = allowed(item, contract, language)
        for row, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
        letter = get_column_letter(column)
        ranges[item.name] = f"'{sheet.title}'!${letter}$1:${letter}${len(values)}"
    sheet.sheet_state = "hidden"
    return ranges


def _validation(item: Field, place: str) -> DataValidation:
    """A drop-down. Where several values may stand, others than those listed are let through."""
    rule = DataValidation(type="list", formula1=f"={place}", allow_blank=True)
    rule.showErrorMessage = not is_many(item)
    return rule


def _write_column(sheet: Worksheet, at: int, slot: Slot, contract: Contract, language: Language) -> None:
    item = contract.named(slot.field)
    head = sheet.cell(1, at, header_label(slot, contract, language))
    head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    letter = get_column_letter(at)
    sheet.column_dimensions[letter].width = WIDE if item.is_prose else NARROW
    for row in range(2, 202):  # formats beyond these rows would make the file slow to open
        sheet.cell(row, at).number_format = _format(item)


def _write_listings(sheet: Worksheet, contract: Contract, language: Language, ranges: dict[str, str]) -> None:
    for at, slot in enumerate(template_slots(contract), start=1):
        _write_column(sheet, at, slot, contract, language)
        if slot.field in ranges:
            rule = _validation(contract.named(slot.field), ranges[slot.field])
            rule.add(f"{get_column_letter(at)}2:{get_column_letter(at)}{LAST_ROW}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "C2"


def _explanation(slot: Slot, contract: Contract) -> tuple[str, ...]:
    """One column explained in both languages, in the order of EXPLAINED."""
    item = contract.named(slot.field)
    labels = tuple(header_label(slot, contract, language) for language in LANGUAGES)
    required = ("yes", "oui") if item.required else ("no", "non")
    helps = tuple(item.help.in_language(language) if item.help else "" for language in LANGUAGES)
    values = tuple(", ".join(allowed(item, contract, language)) for language in LANGUAGES)
    return (*labels, *required, *helps, *values)


def _write_explanations(sheet: Worksheet, contract: Contract) -> None:
    sheet.append(EXPLAINED)
    for slot in template_slots(contract):
        sheet.append(_explanation(slot, contract))
    for at in range(1, len(EXPLAINED) + 1):
        sheet.cell(1, at).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = WIDE
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def template(contract: Contract, language: Language) -> Workbook:
    """The workbook in a language. Prose has a column for each language in both."""
    book = Workbook()
    listings, explanations, lists = SHEETS[language]
    first = book.worksheets[0]
    first.title = listings
    _write_explanations(book.create_sheet(explanations), contract)
    ranges = _write_lists(book.create_sheet(lists), contract, language)
    _write_listings(first, contract, language, ranges)
    return book


def write_templates(folder: Path, contract: Contract) -> list[Path]:
    """A workbook for each language in a folder. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"listings-template-{language}.xlsx" for language in LANGUAGES]
    for path, language in zip(paths, LANGUAGES, strict=True):
        template(contract, language).save(path)
    return paths
