"""Feeds written, read and judged; and what of a listing may never reach anyone."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from indexer.reading import Reader, SourceRead
from indexer.sources import Source
from mappings.contract import listing_contract
from tests.indexer.hostile.forms import Form, Row

TODAY = dt.date(2026, 11, 24)
GOOD = {
    "id": "W-1", "title": "Welding basics", "description": "Lay flat beads.", "url": "https://maple.example/w",
    "cost": "450", "starts": "2027-01-18",
}  # fmt: skip
ALSO_GOOD = {**GOOD, "id": "W-2", "title": "Welding pipe"}
GOOD_IDS = ["maple.W-1", "maple.W-2"]
EVIL = {**GOOD, "id": "E-1", "title": "Bending sheet metal", "starts": "2027-02-01"}
# Markup that acts, links that act, controls, and marks that turn text about.
UNWANTED = re.compile(
    "<script|<img|onerror|javascript:|alert\\(|[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def read(form: Form, folder: Path, content: bytes, megabytes: int = 60) -> SourceRead:
    return judged(form.placed(folder, content), megabytes)


def judged(source: Source, megabytes: int = 60) -> SourceRead:
    """Whatever a reader does not foresee would end as a failure of the feed; here it ends the test."""
    found = Reader(listing_contract(), TODAY, megabytes, all_rows=True).read(source)
    assert found.failure is None or found.failure.kind != "reader_failed", found.failure.facts
    return found


def read_rows(form: Form, folder: Path, rows: Sequence[Row]) -> SourceRead:
    return read(form, folder, form.write(rows))


def ids(found: SourceRead) -> list[str]:
    return [one.id for one in found.listings]


def kinds(found: SourceRead) -> list[str]:
    """Everything that is said of the feed: its failure, its notes, its rows."""
    failed = [found.failure.kind] if found.failure else []
    return [*failed, *(issue.problem.kind for issue in found.issues)]


def unwanted(found: SourceRead) -> list[str]:
    """What of its listings should have been taken out."""
    return [mark for one in found.listings for mark in UNWANTED.findall(one.model_dump_json())]
