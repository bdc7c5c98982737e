"""Values made to harm, in every form a feed may have: each is said in the report, and the good rows beside it load."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.indexer.hostile.forms import FORMS, Form
from tests.indexer.hostile.reading import ALSO_GOOD, EVIL, GOOD, GOOD_IDS, ids, kinds, read_rows, unwanted

SCRIPT = "Weld<script>alert(1)</script><img src=x onerror=alert(2)> <a href='javascript:alert(3)'>now</a>"
TURNED = "Welding \u202egnidlew\u202c \u2066a\u2069\u200b\ufeff\u200f b"
CONTROLS = "Welding\x07 and\x1b \x7fmore"
FORMULA = '=HYPERLINK("https://evil.example";"Welding")'
LONG = "words and " * 1_000_000
LONGER = "words and " * 20_000  # above every limit of a field; one form shows what fifty times as much does

# One form of each reader: what a whole text of ten megabytes costs is the cleaning, which all of them share.
WHOLE = frozenset({"csv", "ndjson", "page-script", "rss"})


@dataclass(frozen=True)
class Input:
    """What one row holds instead of what the good ones hold, what is said of it, and whether the row is offered."""

    name: str
    change: dict[str, str]
    said: tuple[str, ...]
    is_offered: bool = True


INPUTS = (
    Input("script in a title", {"title": SCRIPT}, ("script_taken_out",)),
    Input("script in a description", {"description": SCRIPT}, ("script_taken_out",)),
    Input("javascript: as address", {"url": "javascript:alert(1)"}, ("not_a_web_address",)),
    Input("data: as address", {"url": "data:text/html,<script>alert(1)</script>"}, ("not_a_web_address",)),
    Input("javascript: behind a blank", {"url": " java\tscript:alert(1)"}, ("not_a_web_address",)),
    Input("formula", {"title": FORMULA}, ("formula_as_text",)),
    Input("command", {"description": "@SUM(1+9)*cmd|' /C calc'!A0"}, ("formula_as_text",)),
    Input("id of another row", {"id": "W-1"}, ("id_duplicate",), is_offered=False),
    Input("ten megabytes", {"description": LONG}, ("too_long",)),
    Input("a long text", {"description": LONGER}, ("too_long",)),
    Input("negative price", {"cost": "-450"}, ("out_of_bounds",), is_offered=False),
    Input("negative price in words", {"cost": "−450 $"}, ("out_of_bounds",), is_offered=False),
    Input("year 1", {"starts": "0001-01-01"}, ("date_impossible", "runs_all_past")),
    Input("year 9999", {"starts": "9999-12-31"}, ("date_impossible",)),
    Input("right-to-left override", {"title": TURNED, "description": TURNED}, ("hidden_taken_out",)),
    Input("control characters", {"title": CONTROLS}, ("hidden_taken_out", "controls_removed")),
)  # fmt: skip


def _pairs() -> Iterator[Any]:
    for form in FORMS:
        for one in INPUTS:
            if not one.change.keys() <= form.holds or (one.name == "ten megabytes" and form.name not in WHOLE):
                continue
            yield pytest.param(form, one, id=f"{form.name}: {one.name}")


@pytest.mark.parametrize(("form", "hostile"), list(_pairs()))
def test_a_hostile_value_is_said_and_the_rows_beside_it_load(form: Form, hostile: Input, tmp_path: Path) -> None:
    found = read_rows(form, tmp_path, [GOOD, {**EVIL, **hostile.change}, ALSO_GOOD])
    assert found.failure is None
    assert [one for one in ids(found) if one in GOOD_IDS] == GOOD_IDS
    assert len(found.listings) == (3 if hostile.is_offered else 2)
    assert set(kinds(found)) & set(hostile.said), kinds(found)
    assert unwanted(found) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_good_rows_of_every_form_load_whole_and_without_a_word(form: Form, tmp_path: Path) -> None:
    found = read_rows(form, tmp_path, [GOOD, ALSO_GOOD])
    assert (ids(found), kinds(found)) == (GOOD_IDS, [])
    first = found.listings[0]
    told = first.en or first.fr
    assert told
    assert (told.title, told.description) == (GOOD["title"], GOOD["description"])
    said = {"url": first.url, "cost": first.cost, "starts": [*map(str, first.starts)]}
    wanted: dict[str, Callable[[str], Any]] = {"url": str, "cost": float, "starts": lambda day: [day]}
    assert {key: said[key] for key in said if key in form.holds} == {
        key: wanted[key](GOOD[key]) for key in said if key in form.holds
    }
