"""The table of real files says of each what comes out of it. Skipped where the development data is not there."""

import datetime as dt
import re
from pathlib import Path

import pytest

from indexer.reading import Reader, SourceRead, quarantine_of, warnings_of
from indexer.settings import ROOT
from indexer.sources import Source
from mappings.contract import Contract
from tests.conftest import shared_path
from tests.docs.pages import read as read_page

TODAY = dt.date(2026, 11, 24)
MAPPINGS = ROOT / "data" / "feed_mappings"
ROW = re.compile(r"^\| (`[^|]+\.(?:csv|json|jsonld|xml)`[^|]*) \| (\d+) \| (\d+) \| (\d+) \| ", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
# Files that are refused whole, and what the report says of them.
REFUSED = {"registry-organization-3_import.json": "nothing_to_learn", "materials.csv": "nothing_wanted"}
TABLES = {
    page: {tuple(CODE.findall(names)): tuple(map(int, figures)) for names, *figures in ROW.findall(read_page(page))}
    for page in ("docs/feeds.md", "docs/fr/flux.md")
}
TABLE = TABLES["docs/feeds.md"]


def said_of(file: str, mapping: str | None) -> dict[str, str]:
    """What an operator says of such a file beside its place."""
    if mapping:
        return {"mapping": str(MAPPINGS / mapping)}
    if file.startswith("xml/"):
        return {"mapping": str(MAPPINGS / "emg.yml")}
    return {"format": "ctdl" if file.startswith("ctdl/") else "schema-org"}


def read(names: tuple[str, ...], contract: Contract) -> SourceRead:
    file = names[0] if "/" in names[0] else f"schema-org/{names[0]}"
    mapping = next((name for name in names if name.endswith(".yml")), None)
    entry = {"id": "real", "institution": {"id": "real", "name": {"en": "Real"}}, **said_of(file, mapping)}
    path = shared_path(f"feeds/{file}")
    return Reader(contract, TODAY, 100).read(Source.model_validate({**entry, "file": str(path)}))


@pytest.mark.parametrize("names", TABLE, ids=lambda names: Path(names[0]).name)
def test_a_real_file_gives_the_listings_warnings_and_refusals_the_table_says(
    names: tuple[str, ...], contract: Contract
) -> None:
    found = read(names, contract)
    assert (len(found.listings), len(warnings_of(found)), found.quarantined) == TABLE[names]
    assert len(quarantine_of(found)) >= found.quarantined
    assert len({one.id for one in found.listings}) == len(found.listings)
    assert (found.failure.kind if found.failure else None) == REFUSED.get(Path(names[0]).name)


def test_both_languages_have_the_same_figures() -> None:
    assert TABLES["docs/fr/flux.md"] == TABLE


def test_every_real_file_stands_in_the_table() -> None:
    told = {Path(name).name for names in TABLE for name in names}
    there = {path.name for path in shared_path("feeds").rglob("*.*") if path.name != "README.md"}
    assert there - told == set()
