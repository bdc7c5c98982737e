"""How much of what the shipped mappings of XML map is proposed right, and that each proposal passes its own check."""

import datetime as dt
from pathlib import Path

import pytest

from indexer.drafts.draft import draft, write_draft
from indexer.drafts.known_formats import XML_FORMATS
from indexer.drafts.samples import read_sample
from indexer.mapping import read_mapping
from indexer.mapping_checks.check import check
from indexer.mapping_checks.feeds import read_fed, source_of
from indexer.settings import ROOT
from mappings.contract import listing_contract
from tests.conftest import shared_path
from tests.indexer.test_mapping_measure import Score, score
from tests.indexer.xml_courses import FORMATS, courses

TODAY = dt.date(2026, 11, 24)
REAL_DAY = dt.date(2018, 11, 1)  # before the starts of the samples
# Least number of fields proposed right, of those the shipped mapping has.
LEAST = {
    "xcri-cap.yml": 15, "cdm-fr.yml": 7, "lheo.yml": 13, "emg.yml": 10, "rss.yml": 5, "atom.yml": 5,
    "destiny-one-xml.yml": 8,
}  # fmt: skip
NEVER_WRONG = {"id", "title", "description", "cost", "starts"}


def measured(path: Path, mapping: str, folder: Path, today: dt.date) -> Score:
    """The proposal beside the shipped mapping; it must also pass its own check with every record a listing."""
    contract, ours = listing_contract(), folder / "ours.yml"
    write_draft(draft(read_sample(path), contract, today), ours, contract)
    proposed, source = read_mapping(ours, contract), source_of(path, None, None)
    found = check(read_fed(source, proposed, 10), proposed, source, contract, today)
    assert (found.faults, found.quarantined) == ([], 0)
    return score(path, read_mapping(ROOT / "data" / "feed_mappings" / mapping, contract), proposed)


@pytest.mark.parametrize("mapping", FORMATS)
def test_most_of_what_a_shipped_mapping_of_xml_maps_is_proposed_right(mapping: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(courses(mapping), encoding="utf-8")
    found = measured(path, mapping, tmp_path, TODAY)
    print(f"{mapping}: {len(found.right)} of {sum(map(len, found[:3]))} right", found._asdict())
    assert len(found.right) >= LEAST[mapping]
    assert not NEVER_WRONG & set(found.wrong)


@pytest.mark.parametrize(("name", "least"), [("3.0-course-sample.xml", 3), ("3.0-event-sample.xml", 8)])
def test_real_files_are_proposed_and_load(name: str, least: int, tmp_path: Path) -> None:
    found = measured(shared_path(f"feeds/xml/{name}"), "emg.yml", tmp_path, REAL_DAY)
    print(f"{name}: {len(found.right)} of {sum(map(len, found[:3]))} right", found._asdict())
    assert len(found.right) >= least
    assert not {"id", "title", "description"} & set(found.wrong)


def test_every_shipped_mapping_of_xml_is_named_to_those_whose_file_it_reads() -> None:
    shipped = {
        path.name
        for path in (ROOT / "data" / "feed_mappings").glob("*.yml")
        if "paths: xpath" in path.read_text("utf-8")
    }
    assert {one.mapping for one in XML_FORMATS} == shipped == set(FORMATS)
