"""A night on which every feed but one is hostile, over a served index."""

import csv
import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from indexer.exit_codes import LOADED_IN_PART
from tests.indexer.conftest import Catalogue
from tests.indexer.hostile.forms import FORMS, Form
from tests.indexer.hostile.reading import ALSO_GOOD, EVIL, GOOD, UNWANTED
from tests.indexer.hostile.test_files import HARMS
from tests.indexer.hostile.test_values import INPUTS
from tests.indexer.test_commands import Command, command

__all__ = ["command"]

ENDING = [harmed for harmed in HARMS if harmed.ends]


def _rows(form: Form) -> list[dict[str, str]]:
    """A good row, one for each hostile value the form can hold, and another good one."""
    fitting = [one for one in INPUTS if one.change.keys() <= form.holds and one.name != "ten megabytes"]
    return [GOOD, *({**EVIL, "id": f"E-{at}", **one.change} for at, one in enumerate(fitting)), ALSO_GOOD]


def _add(catalogue: Catalogue, form: Form, name: str, content: bytes) -> None:
    path = catalogue.folder / name / form.file
    path.parent.mkdir()
    path.write_bytes(content)
    catalogue.entries.append({**form.entry(catalogue.folder, name), "file": f"{name}/{form.file}"})


def _add_hostile(catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """Of every form one feed of hostile values and one that cannot be read, each by the name of its source."""
    for at, form in enumerate(FORMS):
        _add(catalogue, form, f"value-{form.name}", form.write(_rows(form)))
        harmed = ENDING[at % len(ENDING)].harm(form.write([GOOD]), form)
        _add(catalogue, form, f"file-{form.name}", harmed)
    catalogue.write_sources()
    return [f"value-{form.name}" for form in FORMS], [f"file-{form.name}" for form in FORMS]


class _Acting(HTMLParser):
    """What of a page acts: scripts, handlers, links that run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        acts = [
            name for name, value in attrs if name[:2] == "on" or (value or "").strip().lower()[:11] == "javascript:"
        ]
        self.found += [tag] * (tag in {"script", "iframe", "object", "embed"}) + acts


def _running(path: Path) -> Iterator[str]:
    """Cells that a spreadsheet would run."""
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
        yield from (cell for cell in row if cell.strip()[:1] in set("=@+-") and not cell.strip("+-=@ ").isdigit())


def _served(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    answer = catalogue.engine.search(index=catalogue.prefix, body={"size": 2_000})
    return {hit["_id"]: hit["_source"] for hit in answer["hits"]["hits"]}


@pytest.mark.slow
def test_on_a_night_of_hostile_feeds_the_good_is_served_and_all_else_is_said(
    command: Command, catalogue: Catalogue
) -> None:
    command("index")
    before = catalogue.documents()
    of_values, of_files = _add_hostile(catalogue)
    code, _, _ = command("index")
    assert code == LOADED_IN_PART

    served = _served(catalogue)
    assert before.keys() <= served.keys()
    assert {name for name in of_values for row in (GOOD, ALSO_GOOD) if f"{name}.{row['id']}" not in served} == set()
    assert not any(one["source"] in of_files for one in served.values())
    assert UNWANTED.findall(json.dumps(list(served.values()), ensure_ascii=False)) == []

    told = {one["id"]: one for one in json.loads(catalogue.report_file("report.json"))["sources"]}
    assert {name for name in of_files if told[name]["status"] != "failed"} == set()
    assert {name for name in of_files if not (told[name]["failure"]["en"] and told[name]["failure"]["fr"])} == set()
    assert {name for name in of_values if told[name]["status"] != "read" or not told[name]["with_warnings"]} == set()

    reports = catalogue.settings.state / "reports"
    pages, tables = list(reports.rglob("*.html")), list(reports.rglob("*.csv"))
    assert {page.name: acting for page in pages if (acting := _Acting(page.read_text(encoding="utf-8")).found)} == {}
    assert {table.parent.name: cells for table in tables if (cells := list(_running(table)))} == {}
    assert len(tables) >= 2 * len(of_values)
