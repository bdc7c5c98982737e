"""The resources of a CTDL file, one by one; all of them are kept on disk, for they link to each other in any order."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.readers.ctdl_graph import Graph, Names, Resource, identifier
from indexer.readers.encoding import TextFile
from indexer.readers.json_lists import elements_of, first_mark, outline_of
from indexer.readers.records import Numbered, read_document, read_lines
from indexer.readers.spool import Lookup, Spool
from indexer.rules import Problem, problem

GRAPH, ENVELOPED = "@graph", "decoded_resource"
RESOURCES = "resources"  # a shelf of the spool
LINE_BY_LINE = (".ndjson", ".jsonl")


def _resources(body: Any) -> Iterator[Any]:
    """The resources of a document: those of its graph, or itself. An envelope of the registry is opened."""
    inner = body.get(ENVELOPED, body) if isinstance(body, dict) else body
    graph = inner.get(GRAPH) if isinstance(inner, dict) else None
    yield from graph if isinstance(graph, list) else [inner]


def _document(file: TextFile) -> Iterator[Any]:
    """The documents of a list one by one; a graph as documents of one resource each; any other document whole."""
    is_list = first_mark(file) == "["
    outline = outline_of(file, () if is_list else (GRAPH,), None)
    if outline.begins is None or ENVELOPED in outline.beside:
        yield read_document(file)
        return
    if not is_list:
        yield {**outline.beside, GRAPH: []}
    yield from (one if is_list else {GRAPH: [one]} for one in elements_of(file, outline))


def _documents(file: TextFile) -> Iterator[tuple[int | None, Any, Problem | None]]:
    """Documents with their line, where the file is one of lines."""
    if file.path.suffix.lower() in LINE_BY_LINE:
        return ((one.number, one.body, one.problem) for one in read_lines(file))
    return ((None, one, None) for one in _document(file))


def _numbered(file: TextFile, names: Names) -> Iterator[Numbered]:
    """Every resource with its line or its rank; what the documents' contexts declare is noted."""
    rank = 0
    for line, body, wrong in _documents(file):
        names.meet_context(body.get("@context") if isinstance(body, dict) else None)
        for one in _resources(body):
            rank += 1
            is_object = isinstance(one, dict)
            broken = wrong or (None if is_object else problem("not_an_object"))
            yield Numbered(line or rank, one if is_object else {}, broken)


def _keep(numbered: Iterable[Numbered], spool: Spool, names: Names) -> None:
    for one in numbered:
        names.worn.update(one.body)
        body = (one.number, one.body, one.problem.kind if one.problem else None)
        spool.put(RESOURCES, body, identifier(one.body) if one.body else None)
    spool.seal()


def _first(bodies: list[Any]) -> Resource:
    """Of two resources with one identifier the first is the one that links mean."""
    resource: Resource = bodies[0][1]
    return resource


def kept(spool: Spool) -> Iterator[Numbered]:
    """Every resource of the file, in its order."""
    for number, body, kind in spool.shelf(RESOURCES):
        yield Numbered(number, body, problem(kind) if kind else None)


def graph_of(file: TextFile, spool: Spool, today: dt.date) -> Graph:
    """The graph of a file, whose resources are kept from here on. Raises SourceError."""
    names = Names()
    _keep(_numbered(file, names), spool, names)
    return Graph(Lookup(spool, _first), today, names.prefixes)
