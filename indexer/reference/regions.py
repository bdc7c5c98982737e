"""Regions as the labour-market files write them: Job Bank's codes, those of the wages file, provinces' letters."""

import re

from indexer.reference.cells import Cells
from mappings.reference import ONTARIO
from mappings.reference_regions import CANADA

# Two digits are a province, four an economic region in it; the whole province ends in 00.
REGION = re.compile(r"(?:ER)?([0-9]{2})([0-9]{2})?", re.IGNORECASE)
PROVINCES = {
    "NL": "1000", "PE": "1100", "NS": "1200", "NB": "1300", "QC": "2400", "ON": ONTARIO, "MB": "4600", "SK": "4700",
    "AB": "4800", "BC": "5900", "YT": "6000", "NT": "6100", "NU": "6200", "NAT": CANADA,
}  # fmt: skip


def region_code(cells: Cells, column: str) -> str:
    """Four digits; empty where nothing stands. Raises RefusedError."""
    text = cells.text(column).upper()
    if not text or text in PROVINCES:
        return PROVINCES.get(text, "")
    found = REGION.fullmatch(text)
    if not found:
        raise cells.refused(column, "region")
    return f"{found[1]}{found[2] or '00'}"
