"""How much of what hand-written mappings map is proposed right, on real files.

Skipped where the development data is not beside the project. `pytest -s` prints what is missed and what is wrong.
"""

import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from indexer.cells import parse
from indexer.drafts.draft import draft, write_draft
from indexer.drafts.samples import read_sample
from indexer.mapping import Mapping, mapped_row, read_mapping
from indexer.mapping_checks.feeds import read_fed, source_of
from indexer.settings import ROOT
from indexer.values import Context
from mappings.contract import listing_contract
from tests.conftest import shared_path

TODAY = dt.date(2024, 1, 1)  # a day on which the files' runs were still to come
ALIKE = 0.9  # share of records that must get the same value
# Fields an operator would take from these tables, whose columns a hand-written mapping names.
ETPL = {
    "id": "programid", "en.title": "officialname", "en.description": "description", "en.prerequisites": "prerequisites",
    "hours": "totalclockhours", "cost": "totalcost", "place.city": "city", "place.region": "county",
    "currency": {"value": "USD"}, "language": {"value": "en"},
}  # fmt: skip
OLL = {
    "id": "readable_id", "en.title": "title", "en.description": "description", "url": "url", "language": "Language",
    "weeks": "Duration", "hours_per_week": '"Student Effort"',
}  # fmt: skip
MATERIALS = {
    "id": "URL",
    "en.title": "Title",
    "en.description": "Description",
    "url": "URL",
    "en.outcomes": "Objectives",
}
# Feed, hand-written mapping, second file, least number of fields proposed right.
FEEDS: tuple[tuple[str, str | dict[str, Any], str | None, int], ...] = (
    ("feeds/json/mitxonline_courses.json", "mitxonline.yml", None, 10),
    ("feeds/json/xpro_courses.json", "xpro.yml", None, 13),
    ("feeds/json/test_sloan_courses.json", "sloan.yml", "feeds/json/test_sloan_runs.json", 14),
    ("relevance/nj-programs/corpus.jsonl", "beir.yml", None, 3),
    ("relevance/rncp-fr/corpus.jsonl", "beir.yml", None, 3),
    ("feeds/csv/standardized_etpl_test.csv", ETPL, None, 9),
    ("feeds/csv/oll_metadata.csv", OLL, None, 5),
    ("feeds/csv/materials.csv", MATERIALS, None, 5),
)


class Score(NamedTuple):
    """Fields of the hand-written mapping by how they were proposed, and fields only proposed."""

    right: list[str]
    wrong: list[str]
    missed: list[str]
    more: list[str]


def hand_written(named: str | dict[str, Any], folder: Path) -> Path:
    if isinstance(named, str):
        return ROOT / "data" / "feed_mappings" / named
    (folder / "hand.yml").write_text(yaml.safe_dump({"fields": named}), encoding="utf-8")
    return folder / "hand.yml"


def values(path: Path, mapping: Mapping) -> list[dict[str, Any]]:
    """Per record the values by field, read as a load reads them; prose in all its languages."""
    contract = listing_contract()
    rows = [
        mapped_row(one, mapping, contract, TODAY) for one in read_fed(source_of(path, None, None), mapping, 99).records
    ]
    context = Context(contract, "en")
    found: list[dict[str, Any]] = []
    for row in rows[:2_000]:
        by_field: dict[str, set[Any]] = {}
        for slot, cell in row.cells.items():
            read = parse(cell.value, contract.named(slot.field), context).value
            by_field.setdefault(slot.field, set()).update(() if read in (None, ()) else (read,))
        found.append(by_field)
    return found


def is_right(field: str, hand: list[dict[str, Any]], ours: list[dict[str, Any]]) -> bool:
    told = [(one.get(field), other.get(field)) for one, other in zip(hand, ours, strict=True) if one.get(field)]
    alike = [one == other for one, other in told]
    return alike.count(True) >= ALIKE * len(told)


def bare(mapping: Mapping) -> list[str]:
    return list(dict.fromkeys(name.removeprefix("en.").removeprefix("fr.") for name in mapping.fields))


def score(path: Path, hand: Mapping, ours: Mapping) -> Score:
    expected, got = values(path, hand), values(path, ours)
    proposed, wanted = bare(ours), bare(hand)
    right = [name for name in wanted if name in proposed and is_right(name, expected, got)]
    return Score(
        right, [name for name in wanted if name in proposed and name not in right],
        [name for name in wanted if name not in proposed], [name for name in proposed if name not in wanted],
    )  # fmt: skip


def measured(feed: str, hand: str | dict[str, Any], join: str | None, folder: Path) -> Score:
    path, contract = shared_path(feed), listing_contract()
    other = read_sample(shared_path(join)) if join else None
    write_draft(draft(read_sample(path), contract, TODAY, other), folder / "ours.yml", contract)
    return score(path, read_mapping(hand_written(hand, folder), contract), read_mapping(folder / "ours.yml", contract))


@pytest.mark.parametrize(
    ("feed", "hand", "join", "least"),
    FEEDS,
    ids=[Path(feed[0]).parent.name + "-" + Path(feed[0]).name for feed in FEEDS],
)
def test_most_of_what_a_hand_written_mapping_maps_is_proposed_right(
    feed: str, hand: str | dict[str, Any], join: str | None, least: int, tmp_path: Path
) -> None:
    found = measured(feed, hand, join, tmp_path)
    print(f"{feed}: {len(found.right)} of {sum(map(len, found[:3]))} right", found._asdict())
    assert len(found.right) >= least
    assert not {"id", "title", "description", "cost", "starts"} & set(found.wrong)
