"""Which searches are measured, and how one collection is taken through all of them."""

from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.relevance.asking import DEPTH, Ask, ask_all, portal
from tests.relevance.collection import Collection, QuerySet
from tests.relevance.measures import Row, row
from tests.relevance.plain import nearest
from tests.relevance.results import Result
from tests.relevance.service import Place, courses, loaded, recipe, served

# The legs of each row that the server answers; none means everything, as served. That one is asked first, so that its
# time holds the encoding of a query no one asked before.
LEGS: dict[str, tuple[str, ...]] = {"hybrid": (), "semantic": ("semantic",), "keyword": ("keyword",)}
PLAIN = "vector"
SHOWN = ("keyword", PLAIN, "semantic", "hybrid")

Rows = dict[str, dict[str, Row]]


@dataclass(frozen=True)
class Scope:
    """The ways to search that are measured, and how many listings are asked for."""

    ways: tuple[str, ...] = SHOWN
    depth: int = DEPTH


EVERYTHING = Scope()


def _measure(asker: Ask, queries: QuerySet, name: str, console: Console) -> Row:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(f"{queries.name}: {name}", total=len(queries.queries))
        return row(queries, ask_all(queries, asker, lambda: progress.advance(task)))


def _answered(url: str, queries: QuerySet, scope: Scope, console: Console) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for name in (name for name in LEGS if name in scope.ways):
        with portal(url, LEGS[name], scope.depth) as asker:
            rows[name] = _measure(asker, queries, name, console)
    return rows


def _sets(place: Place, collection: Collection, prefix: str) -> list[QuerySet]:
    """Judged by what hits of the index stand for."""
    found = courses(place, prefix)
    return [queries.by_course(found) for queries in collection.sets]


@dataclass(frozen=True)
class Served:
    """The rows a server answered, by set and name, and the recipe of its index."""

    rows: Rows
    recipe: dict[str, object]


def served_rows(place: Place, collection: Collection, scope: Scope, console: Console) -> Served:
    """The rows the server answers."""
    prefix = f"relevance-{collection.name}"
    console.print(f"{collection.name}: {collection.documents or 'its'} documents are loaded and a server is started …")
    with loaded(place, collection, prefix, "per_language"), served(place, prefix) as url:
        rows = {one.name: _answered(url, one, scope, console) for one in _sets(place, collection, prefix)}
        return Served(rows, recipe(place, prefix))


def plain_rows(place: Place, collection: Collection, console: Console) -> Rows:
    """The row of plain vectors, by set."""
    prefix = f"relevance-plain-{collection.name}"
    console.print(f"{collection.name}: loaded again with plain vectors …")
    with loaded(place, collection, prefix, "none"):
        return {one.name: {PLAIN: _nearest(place, prefix, one, console)} for one in _sets(place, collection, prefix)}


def _nearest(place: Place, prefix: str, queries: QuerySet, console: Console) -> Row:
    with nearest(place, prefix, queries.queries) as asker:
        return _measure(asker, queries, PLAIN, console)


def evaluate(place: Place, collection: Collection, console: Console, scope: Scope = EVERYTHING) -> list[Result]:
    """The rows of every set of queries, as far as the scope goes. Raises ServiceError and AnswerError."""
    answered = served_rows(place, collection, scope, console)
    plain = plain_rows(place, collection, console) if PLAIN in scope.ways else {name: {} for name in answered.rows}
    rows = {name: answered.rows[name] | plain[name] for name in answered.rows}
    return [
        Result(collection, queries, {way: rows[queries.name][way] for way in scope.ways}, answered.recipe)
        for queries in collection.sets
    ]
