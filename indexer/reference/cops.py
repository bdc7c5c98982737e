"""National ten-year projections of the Canadian Occupational Projection System (COPS)."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from indexer.reference.layouts import ESDC, Layout, Numbered, Period, Row
from indexer.reference.sheets import Sheet
from mappings.occupation import Both
from mappings.record import Record
from mappings.reference import Condition, NationalOutlook

EMPLOYMENT = re.compile(r"employment_emploi_([0-9]{4})", re.IGNORECASE)
MOST = 100_000_000  # persons
# Totals over occupations by education (TEER_1) and by broad category (NOC1_7).
TOTAL = re.compile(r"(?:TEER|NOC1)_[0-9]|00000", re.IGNORECASE)
OPENINGS = "Total_Job_Openings_Perspective_d'emploi"
SEEKERS = "Job_Seekers_Chercheurs_emploi"
RECENT, FUTURE = "Recent_Labour_Market_Conditions", "Future_Labour_Market_Conditions"
STEPS: tuple[tuple[str, Condition], ...] = (
    ("Strong {} of Surplus", "strong_surplus"),
    ("Moderate {} of Surplus", "moderate_surplus"),
    ("Balance", "balance"),
    ("Moderate {} of Shortage", "moderate_shortage"),
    ("Strong {} of Shortage", "strong_shortage"),
)
# The same five of the past, as signs, and of the years to come, as a risk.
CONDITIONS: dict[str, Condition | bool] = {
    **{words.format(kind): condition for kind in ("signs", "risk") for words, condition in STEPS},
    "N/A": False,
    "": False,
}


def _employment(sheet: Sheet) -> re.Match[str]:
    found = next(filter(None, map(EMPLOYMENT.fullmatch, sheet.names)), None)
    assert found is not None, "the layout was checked"
    return found


def _condition(row: Row, column: str) -> Condition | None:
    found = row.cells.choice(column, CONDITIONS)
    return found if isinstance(found, str) else None


def _read(row: Row) -> Iterable[Record]:
    cells, employment = row.cells, _employment(row.sheet)
    if TOTAL.fullmatch(cells.text("Code")):
        return
    yield NationalOutlook(
        source=row.source,
        row=cells.row,
        code=cells.code("Code"),
        base_year=int(employment[1]),
        employment=_persons(row, employment[0]),
        openings=cells.whole(OPENINGS, MOST),
        job_seekers=cells.whole(SEEKERS, MOST),
        recent=_condition(row, RECENT),
        future=_condition(row, FUTURE),
    )


def _persons(row: Row, column: str) -> int | None:
    row.cells.positive(column, MOST)
    return row.cells.whole(column, MOST)


def _period(sheet: Sheet, _rows: Sequence[Numbered]) -> Period:
    """The ten years after the one that employment is of."""
    base = int(_employment(sheet)[1])
    return Period(edition=f"{base + 1}–{base + 10}", until=dt.date(base + 10, 12, 31))


COPS = Layout(
    id="cops",
    title=Both(
        en="Canadian Occupational Projection System (COPS): summary of national projections by occupation",
        fr="Système de projection des professions au Canada (SPPC) : projections nationales par profession, sommaire",
    ),
    publisher=ESDC,
    columns=("Code", "Employment_emploi_*", OPENINGS, SEEKERS, RECENT, FUTURE),
    read=_read,
    period=_period,
)
