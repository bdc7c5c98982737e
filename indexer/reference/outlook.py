"""Job Bank's outlooks by region: prospects in words, with the sentence they rest on."""

from collections.abc import Iterable, Sequence

from indexer.reference.cells import TEXT_LIMIT
from indexer.reference.layouts import ESDC, Layout, Numbered, Period, Row
from indexer.reference.regions import region_of
from indexer.reference.sheets import Sheet
from mappings.occupation import Both
from mappings.record import Record
from mappings.reference import Rating, RegionalOutlook

RELEASE = "Release Date"
RATINGS: dict[str, Rating] = {
    "Very good": "very_good",
    "Good": "good",
    "Moderate": "moderate",
    "Limited": "limited",
    "Very limited": "very_limited",
    "Undetermined": "undetermined",
}


def _read(row: Row) -> Iterable[Record]:
    cells = row.cells
    released = cells.date(RELEASE) or row.told.released
    region = region_of(cells, "Economic Region Code", "Province")
    if not released or not region:
        raise cells.refused("Economic Region Code" if released else RELEASE, "missing")
    if released > row.told.today:
        raise cells.refused(RELEASE, "future")
    yield RegionalOutlook(
        source=row.source,
        row=cells.row,
        code=cells.code("NOC_Code"),
        region=region,
        region_name=cells.text("Economic Region Name") or cells.words("Province"),
        rating=cells.choice("Outlook", RATINGS),
        trend=cells.text("Employment Trends", TEXT_LIMIT),
        released=released,
    )


def _period(_sheet: Sheet, rows: Sequence[Numbered]) -> Period:
    """The latest day any row was released."""
    released = max((row.released for _, row in rows if isinstance(row, RegionalOutlook)), default=None)
    return Period(edition=released.isoformat() if released else "", released=released)


OUTLOOKS = Layout(
    id="job-bank-outlooks",
    title=Both(en="Job Bank: employment outlooks by region", fr="Guichet-Emplois : perspectives d'emploi par région"),
    publisher=ESDC,
    columns=(
        "NOC_Code", "Outlook", "Employment Trends", RELEASE, "Province", "Economic Region Code", "Economic Region Name",
    ),
    read=_read,
    period=_period,
    dated=True,
)  # fmt: skip
