"""The doors of the house, held by reading the imports of every module."""

import ast
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("mappings", "indexer", "search_api", "deploy")
MAY_IMPORT = {
    "mappings": {"mappings"},
    "indexer": {"indexer", "mappings"},
    "search_api": {"search_api", "mappings"},
    "deploy": {"deploy"},
}
ENGINE_CLIENTS = {"indexer/load.py", "search_api/engine.py"}
# The edge of the reader: where requests come in and answers go out.
WEB_EDGE = {"app", "web", "error_handlers", "request_log", "documented", "pages"}
# Parses parameters out of a request without one at hand.
WEB_DATA = {"request_parsing": {"werkzeug.datastructures"}}
SETTINGS = {"deploy/settings.py", "indexer/settings.py", "search_api/settings.py"}
# Fills in pages that are written to disk.
WRITES_PAGES = {"indexer/institution_reports/pages.py": {"jinja2"}}
# These start processes or look for programs, and hand on the environment the machine gave; they read no setting.
HANDS_ENVIRONMENT_ON = {
    "deploy/__main__.py", "deploy/distribution.py", "deploy/environment.py", "deploy/node.py", "deploy/readiness.py",
}  # fmt: skip
MOST_LINES = 250
LONGEST_MEDIAN = 10


def modules(*rooms: str) -> list[str]:
    """Every module of the rooms, relative to the project; gunicorn's settings file is no module."""
    found = (path for room in rooms or ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return [path.relative_to(ROOT).as_posix() for path in found if path.name != "gunicorn.conf.py"]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), filename=module)


def imported(module: str) -> Iterator[str]:
    """Dotted names of all modules it imports, wherever in it."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def packages(module: str) -> set[str]:
    return {name.partition(".")[0] for name in imported(module)}


def broken_by(modules: Iterable[str], broken: Callable[[str], set[str]]) -> dict[str, set[str]]:
    """The modules that break a rule, each with what breaks it. There are some to look at."""
    found = {module: broken(module) for module in modules}
    assert found
    return {module: names for module, names in found.items() if names}


def room_of(module: str) -> str:
    return module.partition("/")[0]


def importers_of(*names: str) -> set[str]:
    return {module for module in modules() if packages(module) & set(names)}


def is_web(name: str) -> bool:
    package = name.partition(".")[0]
    return package in {"flask", "werkzeug", "jinja2"} or package.startswith("flask_")


def names_the_environment(module: str) -> bool:
    """Whether it says os.environ or os.getenv, by whatever import."""
    for node in ast.walk(tree(module)):
        said = {node.attr} if isinstance(node, ast.Attribute) else set()
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            said = {alias.name for alias in node.names}
        if said & {"environ", "environb", "getenv"}:
            return True
    return False


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last, without the docstring."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    said = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - said


def test_a_room_imports_only_itself_and_the_contract() -> None:
    ours = {*ROOMS, "tests"}
    assert broken_by(modules(), lambda module: packages(module) & ours - MAY_IMPORT[room_of(module)]) == {}


def test_imports_are_absolute() -> None:
    assert broken_by(modules(), lambda module: {name for name in imported(module) if name.startswith(".")}) == {}


def test_only_one_module_of_each_side_speaks_to_the_engine() -> None:
    assert importers_of("opensearchpy") <= ENGINE_CLIENTS


def web_of(module: str) -> set[str]:
    return {name for name in imported(module) if is_web(name)}


def beyond_the_edge(module: str) -> set[str]:
    path = Path(module)
    at_the_edge = path.stem in WEB_EDGE or path.parent.name == "routes"
    return set() if at_the_edge else web_of(module) - WEB_DATA.get(path.stem, set())


def test_the_web_framework_stays_in_the_reader() -> None:
    held = modules("mappings", "indexer", "deploy")
    assert broken_by(held, lambda module: web_of(module) - WRITES_PAGES.get(module, set())) == {}


def test_the_web_framework_stays_at_the_readers_edge() -> None:
    assert broken_by(modules("search_api"), beyond_the_edge) == {}


def test_the_environment_is_read_in_settings_only() -> None:
    assert {module for module in modules() if names_the_environment(module)} <= SETTINGS | HANDS_ENVIRONMENT_ON
    assert importers_of("pydantic_settings") <= SETTINGS


def test_set_up_needs_nothing_but_python() -> None:
    held = {"deploy", *sys.stdlib_module_names}
    assert broken_by(modules("deploy"), lambda module: packages(module) - held) == {}


def test_a_module_is_short_enough_to_read_at_once() -> None:
    lines = {module: len((ROOT / module).read_text(encoding="utf-8").splitlines()) for module in modules()}
    assert {module: count for module, count in lines.items() if count >= MOST_LINES} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_most_functions_fit_in_a_glance(room: str) -> None:
    lengths = [length(function) for module in modules(room) for function in functions(module)]
    assert statistics.median(lengths) < LONGEST_MEDIAN
