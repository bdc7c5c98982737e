"""What operators are told in both languages: every target, setting, exit code, metric and failure the code has."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from indexer.exit_codes import FAILED, LOADED, LOADED_IN_PART, REFUSED
from indexer.metrics import GAUGES
from indexer.settings import Settings as WriterSettings
from search_api.settings import ReaderSettings
from search_api.usage.counts import METRICS
from search_api.usage.exposition import PREFIX
from tests.docs.pages import ROOT, read

ENGLISH, FRENCH = "docs/operations.md", "docs/fr/exploitation.md"
PAIRS = ((ENGLISH, FRENCH), ("docs/privacy.md", "docs/fr/confidentialite.md"))
TARGET = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
ROW = re.compile(r"^\| (.+?) \| ", re.MULTILINE)
FAILURES = {ENGLISH: "What a failure sentence means", FRENCH: "Ce que veut dire une phrase d'erreur"}
SUBJECT = re.compile(r"‹[^›]+›|^(?:The server|OpenSearch|FORCE|ONLY|\S+\.(?:npz|sqlite|yml)(?=[ ,]))")
each_page = pytest.mark.parametrize("page", [ENGLISH, FRENCH])
each_pair = pytest.mark.parametrize(("english", "french"), PAIRS)


def set_up_variables() -> set[str]:
    """Names in capitals that stand as text in set-up's settings; Python's own are no settings of ours."""
    return {name for name in re.findall(r'"([A-Z][A-Z_]+)"', read("deploy/settings.py")) if name[:6] != "PYTHON"}


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    _before, found, after = read(page).partition(f"# {heading}\n")
    assert found, heading
    return re.split(r"^#", after, maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(text: str) -> list[str]:
    return [cell for cell in ROW.findall(text) if not cell.startswith("--")]


def named_first(text: str) -> list[tuple[str, ...]]:
    """The code in the first cell of each row of all tables, in their order."""
    return [tuple(CODE.findall(cell)) for cell in first_cells(text)]


@each_page
def test_every_target_is_explained(page: str) -> None:
    assert set(TARGET.findall(read("Makefile"))) <= set(re.findall(r"`make ([a-z-]+)", read(page)))


@each_page
@pytest.mark.parametrize(
    "names",
    [set_up_variables(), *({name.upper() for name in x.model_fields} for x in (WriterSettings, ReaderSettings))],
    ids=["deploy", "indexer", "search_api"],
)
def test_every_setting_is_named(page: str, names: set[str]) -> None:
    rows = {name for line in read(page).splitlines() if line.startswith("| `") for name in re.findall(r"`(\w+)`", line)}
    assert names - rows == set()


@each_page
def test_every_default_is_the_one_in_use(page: str) -> None:
    told = {tuple(CODE.findall(line.split(" | ")[0])): line for line in read(page).splitlines() if line[:3] == "| `"}
    fields = {**WriterSettings.model_fields, **ReaderSettings.model_fields}
    for name in ("KEEP", "GOLDEN_LOSS", "LEASE_SECONDS", "MAX_FEED_MEGABYTES", "ENGINE_SECONDS", "EXACT_UP_TO",
                 "USAGE_DAYS", "LOG_LEVEL", "REPORT_ROWS"):  # fmt: skip
        assert f" | `{fields[name.lower()].default}` | " in told[name,], name


@each_page
def test_every_exit_code_and_every_metric_is_told_and_no_other(page: str) -> None:
    cells = first_cells(read(page))
    assert {int(cell) for cell in cells if cell.isdecimal()} == {LOADED, LOADED_IN_PART, REFUSED, FAILED, 130}
    names = {name for cell in cells for name in CODE.findall(cell)}
    assert set(GAUGES) <= names
    counters = {f"{PREFIX}_{name}_total" for name in METRICS}
    assert counters == {name for name in names if name.startswith(PREFIX) and name.endswith("_total")}


@each_pair
def test_both_pages_have_the_same_tables_in_the_same_order(english: str, french: str) -> None:
    own, other = named_first(read(english)), named_first(read(french))
    assert [_alike(names) for names in own] == [_alike(names) for names in other]


def _alike(names: tuple[str, ...]) -> tuple[str, ...]:
    """What is to be put in one's own words is written in angle quotes."""
    return tuple(re.sub("‹[^›]+›", "‹›", name) for name in names)


@each_pair
def test_both_pages_have_the_same_headings_examples_and_points(english: str, french: str) -> None:
    for shape in (r"^#+ ", r"^```\w+$", r"^ *(?:-|\d\.) "):
        found = [re.findall(shape, read(page), re.MULTILINE) for page in (english, french)]
        assert found[0] == found[1], shape


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return "…"


@cache
def sentences() -> str:
    """In small letters every text of the programmes, what is filled in as an ellipsis, and what the server says."""
    files = [file for room in ("deploy", "indexer", "search_api", "mappings") for file in (ROOT / room).rglob("*.py")]
    return "\n".join([*(text for file in files for text in _texts(file)), read("search_api/words.yml")]).lower()


def _texts(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            yield _text(node)


def is_said(sentence: str) -> bool:
    """Whether each part between what is filled in stands in some text; a subject or a reason may be filled in too."""
    parts = [part.strip(" :;,()") for part in re.split(r"…|: |\(", SUBJECT.sub("…", sentence))]
    return all(part.lower() in sentences() for part in parts)


@each_page
def test_every_failure_sentence_is_one_that_the_programmes_say(page: str) -> None:
    quoted = {name for names in named_first(section(page, FAILURES[page])) for name in names}
    assert len(quoted) > 50
    assert {sentence for sentence in quoted if not is_said(sentence)} == set()
