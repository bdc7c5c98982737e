"""National Occupational Classification (NOC) 2021: unit groups, example titles, structure, elements."""

import re
from collections.abc import Iterable, Sequence

from indexer.reference.cells import TEXT_LIMIT, TITLE_LIMIT
from indexer.reference.layouts import STATISTICS_CANADA, Layout, Numbered, Period, Row
from indexer.reference.sheets import Sheet
from mappings.occupation import Both
from mappings.record import Record
from mappings.reference import Duty, ExampleTitle, Statement, UnitGroup

CODE = "Code - NOC 2021 V1.0"
ANY_CODE = "Code - NOC *"
VERSION = re.compile(r"Code - NOC ([0-9]{4}) V([0-9]+\.[0-9]+)", re.IGNORECASE)
UNIT_GROUP_LEVEL = "5"
MAIN_DUTIES = "main duties"
REQUIREMENTS = "employment requirements"
TITLES = ("all examples", "illustrative example(s)")


def _noc(part_en: str, part_fr: str) -> Both:
    return Both(
        en=f"National Occupational Classification (NOC): {part_en}",
        fr=f"Classification nationale des professions (CNP) : {part_fr}",
    )


def _version(sheet: Sheet, _rows: Sequence[Numbered]) -> Period:
    """The edition that the heading of the codes names."""
    found = next(filter(None, map(VERSION.fullmatch, sheet.names)), None)
    return Period(edition=f"{found[1]} v{found[2]}" if found else "")


def _code_column(sheet: Sheet) -> str:
    return next((name for name in sheet.names if VERSION.fullmatch(name)), CODE)


def _unit_group(row: Row) -> Iterable[Record]:
    cells = row.cells
    yield UnitGroup(code=cells.code("code"), title=Both(en=cells.words("title_en"), fr=cells.words("title_fr")))


def _example_title(row: Row) -> Iterable[Record]:
    language = row.cells.text("lang")
    if language not in ("en", "fr"):
        raise row.cells.refused("lang", "language")
    yield ExampleTitle(code=row.cells.code("code"), language=language, title=row.cells.words("title"))


def _definition(row: Row) -> Iterable[Record]:
    cells = row.cells
    if cells.words("Level") != UNIT_GROUP_LEVEL:
        return
    code, text = cells.code(_code_column(row.sheet)), cells.words("Class definition", TEXT_LIMIT)
    yield Statement(source=row.source, row=cells.row, code=code, language="en", kind="definition", text=text)


def _element(row: Row) -> Iterable[Record]:
    """Main duties, requirements and job titles; what is excluded and where people work is not asked for."""
    cells = row.cells
    if cells.words("Level") != UNIT_GROUP_LEVEL:
        return
    kind = cells.words("Element Type Label English").casefold()
    if kind not in (MAIN_DUTIES, REQUIREMENTS, *TITLES):
        return
    code = cells.code(_code_column(row.sheet))
    text = cells.words("Element Description English", TITLE_LIMIT if kind in TITLES else TEXT_LIMIT)
    said = {"source": row.source, "row": cells.row, "code": code, "language": "en", "text": text}
    if kind == MAIN_DUTIES:
        yield Duty.model_validate(said)
    elif kind == REQUIREMENTS:
        yield Statement.model_validate({**said, "kind": "requirement"})
    else:
        yield ExampleTitle(code=code, language="en", title=text)


UNIT_GROUPS = Layout(
    id="noc-unit-groups",
    title=_noc("unit groups", "groupes de base"),
    publisher=STATISTICS_CANADA,
    columns=("code", "title_en", "title_fr"),
    read=_unit_group,
)
EXAMPLE_TITLES = Layout(
    id="noc-example-titles",
    title=_noc("example titles", "exemples d'appellations d'emploi"),
    publisher=STATISTICS_CANADA,
    columns=("code", "lang", "title"),
    read=_example_title,
)
STRUCTURE = Layout(
    id="noc-structure",
    title=_noc("classification structure", "structure de la classification"),
    publisher=STATISTICS_CANADA,
    columns=("Level", ANY_CODE, "Class title", "Class definition"),
    read=_definition,
    period=_version,
)
ELEMENTS = Layout(
    id="noc-elements",
    title=_noc("elements", "éléments"),
    publisher=STATISTICS_CANADA,
    columns=("Level", ANY_CODE, "Class title", "Element Type Label English", "Element Description English"),
    read=_element,
    period=_version,
)
