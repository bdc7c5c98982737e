"""The held tables as they stand on disk, and what of an answer must be found in them."""

import csv
from collections.abc import Iterator
from typing import Any

from mappings.knowledge import DATA_FOLDER

Json = dict[str, Any]
PROJECTIONS = DATA_FOLDER / "outlook" / "cops-2024-2033.csv"
# What an answer says in numbers or choices on the labour market; nothing else may.
NATIONAL = ("employment", "openings", "job_seekers", "recent", "future")


def projections() -> dict[int, dict[str, str]]:
    """Rows of the shipped table by the row of the official file they come from."""
    with PROJECTIONS.open(encoding="utf-8", newline="") as file:
        return {int(row["row"]): row for row in csv.DictReader(file)}


def within(answer: Any) -> Iterator[Json]:
    """Every object of an answer, itself and all below."""
    if isinstance(answer, dict):
        yield answer
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from within(part)


def said(view: Json, name: str) -> str:
    """A figure of a national view as the table writes it; empty for none."""
    value = view.get(name, "")
    return str(value["id"] if isinstance(value, dict) else value)
