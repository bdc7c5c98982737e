"""Codes people type: of an occupation (NOC), of a field of study (CIP), of a listing at its institution."""

import re
from typing import Any

Clause = dict[str, Any]
# "72106", "NOC 72106", « code CNP 72106 ».
NOC = re.compile(r"(?:(?:noc|cnp|code)[\s:#-]*)*(\d{5})", re.IGNORECASE)
# "51.0602", "CIP 51.06", « CPE 51 0602 ».
CIP = re.compile(r"(?:(?:cip|cpe|code)[\s:#-]*)*(\d{2}\.\d{2}(?:\d{2})?)", re.IGNORECASE)
# "MH-104", "rbc1402": one word with a letter and a digit.
LISTING = re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{3,40}", re.ASCII)
FULL_CIP = 7


def noc_code(text: str) -> str | None:
    """The five digits of a text that is a code of the National Occupational Classification and nothing else."""
    found = NOC.fullmatch(text.strip())
    return found[1] if found else None


def code_query(text: str) -> Clause | None:
    """Listings that carry the code which the whole text is: their field of study's, or their own."""
    asked = text.strip()
    if cip := CIP.fullmatch(asked):
        return {"term" if len(cip[1]) == FULL_CIP else "prefix": {"cip": cip[1]}}
    if LISTING.fullmatch(asked):
        return {"wildcard": {"id": {"value": f"*.{asked}", "case_insensitive": True}}}
    return None
