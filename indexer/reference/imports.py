"""From files to what is to be stored: each recognised by its columns, checked, read, with its source."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.failures import IndexerError
from indexer.reference import cops, noc, oasis, outlook, wages
from indexer.reference.layouts import LICENCE, Layout, Period, Taken, Told, take
from indexer.reference.sheets import KINDS, Sheet, read_sheets
from mappings.reference import Source, UnitGroup
from mappings.reference_schema import VERSION

# Unit groups first: they say which codes the others may name.
LAYOUTS: tuple[Layout, ...] = (
    noc.UNIT_GROUPS, noc.STRUCTURE, noc.ELEMENTS, noc.EXAMPLE_TITLES, oasis.SKILLS, oasis.KNOWLEDGES, oasis.DUTIES,
    oasis.LEAD_STATEMENTS, oasis.TITLES, oasis.LABELS, cops.COPS, outlook.OUTLOOKS, wages.WAGES,
)  # fmt: skip
RECOGNISED = 0.5  # of a layout's columns; more than these say what the file was meant to be
EDITION = re.compile(r"(20[0-9]{2})(?:[_ -]v(?:ersion)?[_ ]?([0-9]+\.[0-9]+))?", re.IGNORECASE)


@dataclass(frozen=True)
class Recognised:
    """A file with the layout it has all columns of."""

    path: Path
    sheet: Sheet
    layout: Layout


@dataclass(frozen=True)
class Import:
    """A file read: its source, its rows, and a hash of all that decides them."""

    source: Source
    taken: Taken
    digest: str


def files_of(places: Iterable[Path]) -> list[tuple[Path, bool]]:
    """Every file, and whether it was named itself rather than found in a folder. Raises IndexerError."""
    found = []
    for place in places:
        if place.is_dir():
            inside = sorted(path for path in place.rglob("*") if path.suffix.lower() in KINDS and path.is_file())
            found += [(path, False) for path in inside]
        elif place.is_file():
            found.append((place, True))
        else:
            raise IndexerError(f"there is no file or folder {place}")
    return found


def recognise(path: Path, most_megabytes: int) -> Recognised | None:
    """The layout most of whose columns some sheet has; None where none has more than half. Raises IndexerError."""
    sheets = read_sheets(path, most_megabytes)
    known = ((layout.share(sheet), sheet, layout) for sheet in sheets for layout in LAYOUTS)
    share, sheet, layout = max(known, key=lambda one: one[0], default=(0.0, None, None))
    if share <= RECOGNISED or sheet is None or layout is None:
        return None
    if missing := layout.missing(sheet):
        raise IndexerError(f"{path.name} looks like “{layout.title.en}” but has no column {', '.join(missing)}")
    if sheet.broken:
        raise IndexerError(f"{path.name} cannot be read: a quotation mark is out of place ({sheet.broken})")
    return Recognised(path, sheet, layout)


def _named_edition(path: Path) -> str:
    found = EDITION.search(path.stem)
    return " v".join(part for part in found.groups() if part) if found else ""


def _source(one: Recognised, period: Period, told: Told, today: dt.date) -> Source:
    """Where the rows come from. What the operator says wins over the file, the file over its name."""
    released = told.released or period.released
    dated = released.isoformat() if released else ""
    edition = told.edition or period.edition or _named_edition(one.path) or dated
    if not edition and not one.layout.dated:
        raise IndexerError(f"{one.path.name} does not say of which edition it is: give --edition or --released")
    return Source(
        id=one.layout.id,
        title=one.layout.title,
        publisher=one.layout.publisher,
        edition=edition,
        released=released,
        until=told.until or period.until,
        licence=LICENCE,
        file=one.path.name,
        imported=today,
    )


def _check_days(source: Source, layout: Layout) -> None:
    """A figure without a day, or with an impossible one, could not be traced. Raises IndexerError."""
    released, until, imported = source.released, source.until, source.imported
    if layout.dated and not released:
        raise IndexerError(f"{source.file} does not say when it was released: give --released")
    if released and imported and released > imported:
        raise IndexerError(f"{source.file} cannot have been released on {released}, which is yet to come")
    if released and until and until < released:
        raise IndexerError(f"{source.file} cannot hold until {until}: it was released on {released}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return f"{VERSION}-{hashlib.file_digest(file, 'sha256').hexdigest()}"


def read_import(one: Recognised, told: Told, known: frozenset[str], today: dt.date) -> Import:
    """A recognised file's rows and source. Raises IndexerError."""
    taken = take(one.sheet, one.layout, replace(told, today=today), known)
    period = one.layout.period(one.sheet, taken.rows)
    source = _source(one, period, told, today)
    if taken.rows:  # else its refused rows say more
        _check_days(source, one.layout)
    return Import(source, taken, _digest(one.path))


def _check_distinct(found: Sequence[Recognised]) -> None:
    first: dict[str, Path] = {}
    for one in found:
        other = first.setdefault(one.layout.id, one.path)
        if other != one.path:
            raise IndexerError(f"{other.name} and {one.path.name} are both “{one.layout.title.en}”: give one of them")


def in_order(found: Iterable[Recognised]) -> list[Recognised]:
    """In the order of LAYOUTS. Raises IndexerError when two files would replace each other."""
    ordered = sorted(found, key=lambda one: LAYOUTS.index(one.layout))
    _check_distinct(ordered)
    return ordered


def read_all(found: Iterable[Recognised], told: Told, known: frozenset[str], today: dt.date) -> list[Import]:
    """All files read; codes of unit groups among them are known to the others. Raises IndexerError."""
    imports = []
    for one in in_order(found):
        is_first = one.layout is noc.UNIT_GROUPS
        imports.append(read_import(one, told, frozenset() if is_first else known, today))
        known |= {row.code for _, row in imports[-1].taken.rows if is_first and isinstance(row, UnitGroup)}
    return imports
