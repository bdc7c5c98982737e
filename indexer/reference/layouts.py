"""A layout: which publication a file is of, by its columns, and how its rows become typed rows."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from indexer.reference.cells import Cells
from indexer.reference.refusals import Reason, Refusal, RefusedError, refusal
from indexer.reference.sheets import Sheet, heading
from mappings.occupation import Both
from mappings.record import Record
from mappings.reference import Duty, ExampleTitle, NationalOutlook, RegionalOutlook, Statement, UnitGroup, Wage

LICENCE = Both(
    en="Contains information licensed under the Open Government Licence – Canada",
    fr="Contient des informations visées par la Licence du gouvernement ouvert – Canada",
)
STATISTICS_CANADA = Both(en="Statistics Canada", fr="Statistique Canada")
ESDC = Both(en="Employment and Social Development Canada", fr="Emploi et Développement social Canada")

# What may be said once; a second row of the same is refused.
ONCE: dict[type[Record], tuple[str, ...]] = {
    UnitGroup: ("code",),
    NationalOutlook: ("code",),
    RegionalOutlook: ("code", "region"),
    Wage: ("code", "region"),
}
# What is no harm when said again; a second row of the same is left aside.
AGAIN: dict[type[Record], tuple[str, ...]] = {
    ExampleTitle: ("code", "language", "title"),
    Duty: ("code", "language", "text"),
    Statement: ("code", "language", "text"),
}


@dataclass(frozen=True)
class Told:
    """What an operator says of a file where the file does not; no row can have been released after `today`."""

    edition: str = ""
    released: dt.date | None = None
    until: dt.date | None = None
    today: dt.date = dt.date.max


@dataclass(frozen=True)
class Row:
    """A row of a file as cells, with what reading it needs besides: the source's id, the sheet, what was told.

    `width` counts its cells up to the last that holds anything.
    """

    cells: Cells
    width: int
    source: str
    sheet: Sheet
    told: Told


Numbered = tuple[int, Record]


@dataclass(frozen=True)
class Period:
    """What the file says of itself; None or empty for what it does not say."""

    edition: str = ""
    released: dt.date | None = None
    until: dt.date | None = None


def _as_they_are(rows: list[Numbered], _source: str) -> list[Numbered]:
    return rows


def _unsaid(_sheet: Sheet, _rows: Sequence[Numbered]) -> Period:
    return Period()


@dataclass(frozen=True)
class Layout:
    """`columns` must all be there; a name that ends in * stands for every name that begins so.

    What stands in the column `once` may stand in no second row. Figures of a `dated` layout need a day of release.
    """

    id: str
    title: Both
    publisher: Both
    columns: tuple[str, ...]
    read: Callable[[Row], Iterable[Record]]
    fold: Callable[[list[Numbered], str], list[Numbered]] = _as_they_are
    period: Callable[[Sheet, Sequence[Numbered]], Period] = _unsaid
    once: str = ""
    dated: bool = False

    def missing(self, sheet: Sheet) -> list[str]:
        return [name for name in self.columns if not has_column(sheet, name)]

    def share(self, sheet: Sheet) -> float:
        """How much of the layout the header has, 0 to 1."""
        return 1 - len(self.missing(sheet)) / len(self.columns)


def has_column(sheet: Sheet, name: str) -> bool:
    if name.endswith("*"):
        return any(one.startswith(heading(name[:-1])) for one in sheet.headings)
    return heading(name) in sheet.headings


@dataclass
class Taken:
    """What became of a file's rows. `aside` counts rows that say nothing of a unit group, or nothing new."""

    rows: list[Numbered] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    read: int = 0
    aside: int = 0


class _Seen:
    """The row in which each thing was said first."""

    def __init__(self) -> None:
        self._first: dict[tuple[object, ...], int] = {}

    def before(self, row: int, record: Record) -> int | None:
        """The earlier row that says the same; None, and remembered, when there is none."""
        kind = type(record)
        names = ONCE.get(kind) or AGAIN.get(kind)
        return self._earlier(row, kind, *(getattr(record, name) for name in names)) if names else None

    def check_once(self, row: Row, column: str) -> None:
        """Raises RefusedError where an earlier row has the same in that column."""
        text = row.cells.text(column)
        first = self._earlier(row.cells.row, column, text)
        if first is not None:
            raise row.cells.refused(column, "duplicate", row=first)

    def _earlier(self, row: int, kind: object, *said: object) -> int | None:
        first = self._first.setdefault((kind, *(str(part).casefold() for part in said)), row)
        return None if first == row else first


def _new(row: Row, records: Iterable[Record], seen: _Seen) -> Iterator[Record]:
    for record in records:
        first = seen.before(row.cells.row, record)
        if first is None:
            yield record
        elif type(record) in ONCE:
            said = " ".join(str(getattr(record, name)) for name in ONCE[type(record)])
            raise RefusedError("", said, Reason("duplicate", {"row": first}))


def _width(cells: Sequence[object]) -> int:
    return max((at for at, cell in enumerate(cells, start=1) if cell not in (None, "")), default=0)


def _rows(sheet: Sheet, layout: Layout, told: Told, known: frozenset[str]) -> Iterator[Row]:
    names = {heading(name): name for name in sheet.names if name}
    headings = [heading(name) for name in sheet.names]
    for number, cells in sheet.numbered():
        by_heading = dict(zip(headings, cells, strict=False))
        yield Row(Cells(number, by_heading, names, known), _width(cells), layout.id, sheet, told)


def _check_width(row: Row) -> None:
    columns = len(row.sheet.names)
    if row.width > columns:
        raise RefusedError("", "", Reason("shifted", {"cells": row.width, "columns": columns}))


def take(sheet: Sheet, layout: Layout, told: Told, known: frozenset[str]) -> Taken:
    """The file's rows as typed rows, and what was refused of them. `known` are the codes there are; empty for any."""
    taken, seen = Taken(), _Seen()
    for row in _rows(sheet, layout, told, known):
        taken.read += 1
        try:
            _check_width(row)
            if layout.once:
                seen.check_once(row, layout.once)
            new = list(_new(row, layout.read(row), seen))
        except RefusedError as error:
            taken.refusals.append(refusal(row.cells.row, error))
            continue
        taken.aside += not new
        taken.rows += [(row.cells.row, record) for record in new]
    taken.rows = layout.fold(taken.rows, layout.id)
    return taken
