"""Regions as the labour-market files write them: Job Bank's codes, those of the wages file, provinces' letters."""

import re

from indexer.reference.cells import Cells
from indexer.reference.sheets import heading
from mappings.reference import ONTARIO
from mappings.reference_regions import CANADA, PROVINCES

# Two digits are a province, four an economic region in it; the whole province ends in 00.
REGION = re.compile(r"(?:ER)?([0-9]{2})([0-9]{2})?", re.IGNORECASE)
LETTERS = {
    "NL": "1000", "PE": "1100", "NS": "1200", "NB": "1300", "QC": "2400", "ON": ONTARIO, "MB": "4600", "SK": "4700",
    "AB": "4800", "BC": "5900", "YT": "6000", "NT": "6100", "NU": "6200", "NAT": CANADA,
}  # fmt: skip
BY_NAME = {
    **{heading(letters): code for letters, code in LETTERS.items()},
    **{heading(name): code for code, both in PROVINCES.items() for name in (both.en, both.fr)},
}
KNOWN = frozenset(code[:2] for code in BY_NAME.values())


def region_code(cells: Cells, column: str) -> str:
    """Four digits; empty where nothing stands. Raises RefusedError."""
    text = cells.text(column)
    named = BY_NAME.get(heading(text), "")
    if not text or named:
        return named
    found = REGION.fullmatch(text)
    if not found or found[1] not in KNOWN:
        raise cells.refused(column, "region")
    return f"{found[1]}{found[2] or '00'}"


def region_of(cells: Cells, region: str, province: str) -> str:
    """The region, else the province; empty where neither is said. Raises RefusedError when one is not in the other."""
    code = region_code(cells, region)
    if not code:
        return region_code(cells, province)
    within = BY_NAME.get(heading(cells.text(province)), "")
    if within and within[:2] != code[:2]:
        raise cells.refused(region, "elsewhere", province=PROVINCES.get(within, within))
    return code
