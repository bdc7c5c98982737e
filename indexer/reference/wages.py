"""Job Bank's wages by occupation and region, in Canadian dollars an hour or a year."""

from collections.abc import Iterable

from indexer.reference.layouts import ESDC, Layout, Row
from indexer.reference.refusals import grouped
from indexer.reference.regions import region_of
from mappings.occupation import Both
from mappings.record import Record
from mappings.reference import Wage

CODE, PROVINCE, REGION = "NOC_CNP", "prov", "ER_Code_Code_RE"
LOW, MEDIAN, HIGH = "Low_Wage_Salaire_Minium", "Median_Wage_Salaire_Median", "High_Wage_Salaire_Maximal"
ANNUAL = "Annual_Wage_Flag_Salaire_annuel"
MOST = 10_000_000  # dollars
# No hourly wage is above this and no yearly one below it; nobody is paid less than a dollar an hour.
PARTING = 1_000
LEAST = 1
UNITS = {
    True: Both(en="dollars a year", fr="dollars par année"),
    False: Both(en="dollars an hour", fr="dollars l'heure"),
}
FLAGS = {"1": True, "0": False, "": False, "yes": True, "no": False, "true": True, "false": False}


def _flag(row: Row) -> bool:
    value = row.cells.cells.get(ANNUAL.casefold())
    return value if isinstance(value, bool) else row.cells.choice(ANNUAL, FLAGS)


def _ordered(figures: tuple[float | None, ...]) -> bool:
    said = [figure for figure in figures if figure is not None]
    return said == sorted(said)


def _check_unit(row: Row, annual: bool) -> None:
    """Raises RefusedError for a yearly wage marked as hourly, or the other way about."""
    least, most = (PARTING, MOST) if annual else (LEAST, PARTING)
    for name in (LOW, MEDIAN, HIGH):
        figure = row.cells.positive(name, MOST)
        if figure is not None and not least <= figure <= most:
            raise row.cells.refused(name, "wage_unit", amount=grouped(figure), unit=UNITS[annual])


def _read(row: Row) -> Iterable[Record]:
    cells = row.cells
    code = cells.code(CODE)
    region = region_of(cells, REGION, PROVINCE)
    if not region:
        raise cells.refused(REGION, "missing")
    low, median, high = figures = tuple(cells.positive(name, MOST) for name in (LOW, MEDIAN, HIGH))
    if not _ordered(figures):
        raise cells.refused(HIGH, "wages_reversed")
    if any(figure is not None for figure in figures):
        annual = _flag(row)
        _check_unit(row, annual)
        place = {"source": row.source, "row": cells.row, "code": code, "region": region}
        yield Wage(**place, low=low, median=median, high=high, annual=annual)


WAGES = Layout(
    id="job-bank-wages",
    title=Both(en="Job Bank: wages by occupation and region", fr="Guichet-Emplois : salaires par profession et région"),
    publisher=ESDC,
    columns=(CODE, PROVINCE, REGION, LOW, MEDIAN, HIGH, ANNUAL),
    read=_read,
    dated=True,
)
