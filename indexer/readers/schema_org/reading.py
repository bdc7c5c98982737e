"""A source of schema.org descriptions, read: a file of JSON-LD, a page, a folder of pages or a site map."""

import datetime as dt
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from indexer.cells import Row
from indexer.fetching.sites.kept import is_kept, pages_folder, read_site
from indexer.readers.feed import Feed
from indexer.readers.schema_org import pages, sitemaps
from indexer.readers.schema_org.documents import Found, read_json_ld
from indexer.readers.schema_org.graphs import Graph, is_listing, kinds_of
from indexer.readers.schema_org.listings import Rows, row
from indexer.readers.schema_org.nodes import Node, every_node
from indexer.rules import Issue, Problem, Severity, problem
from indexer.sizes import MEGABYTE
from mappings.contract import Contract

# Kinds found on every page, of which nothing need be said.
FURNITURE = frozenset({
    "WebPage", "WebSite", "BreadcrumbList", "SearchAction", "ImageObject", "ItemList", "ListItem", "CollectionPage",
    "SiteNavigationElement", "WPHeader", "WPFooter", "DataFeed", "OfferCatalog", "Offer", "DataCatalog", "FAQPage",
})  # fmt: skip


def _within(folder: Path, endings: frozenset[str]) -> list[Path]:
    """The files of a folder and of those in it, by name."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file())


def files_of(path: Path) -> list[Path]:
    """Every file a source may be read from: pages and maps of a folder or beside a map; else itself."""
    if path.is_dir() or path.suffix.lower() in sitemaps.ENDINGS:
        return _within(path if path.is_dir() else path.parent, pages.ENDINGS | sitemaps.ENDINGS)
    return [path]


def _page(path: Path, place: str, address: str, encoding: str | None, limit: int) -> Found:
    if path.stat().st_size > limit:
        return Found(place, problem=problem("file_too_large", file=path.name, limit=limit // MEGABYTE))
    return pages.read_page(path, place, address, encoding)


def _of_folder(folder: Path, encoding: str | None, limit: int) -> Iterator[Found]:
    return (
        _page(path, path.relative_to(folder).as_posix(), "", encoding, limit) for path in _within(folder, pages.ENDINGS)
    )


def _of_map(path: Path, encoding: str | None, limit: int, resolve: sitemaps.Resolve) -> Iterator[Found]:
    for url in sitemaps.addresses(path, resolve, limit):
        file = resolve(url)
        yield _page(file, url, url, encoding, limit) if file else Found(url, problem=problem("page_missing", count=1))


def _of_site(path: Path, encoding: str | None, limit: int) -> Iterator[Found]:
    """The pages that were fetched for a map, and those that could not be."""
    for page in read_site(path).pages:
        if page.file:
            yield _page(pages_folder(path) / page.file, page.url, page.url, encoding, limit)
        elif page.wrong:
            yield Found(page.url, problem=problem("page_not_fetched", **page.wrong.details))


def found_in(path: Path, encoding: str | None, limit: int, resolve: sitemaps.Resolve | None = None) -> list[Found]:
    """What stands in a source, page by page. `resolve` finds the file of a page. Raises SourceError."""
    ending = path.suffix.lower()
    if path.is_dir():
        return list(_of_folder(path, encoding, limit))
    if is_kept(path):
        return list(_of_site(path, encoding, limit))
    if ending in sitemaps.ENDINGS:
        return list(_of_map(path, encoding, limit, resolve or sitemaps.files_beside(path.parent)))
    if ending in pages.ENDINGS:
        return [_page(path, path.name, "", encoding, limit)]
    return read_json_ld(path, encoding)


def _first_of_each(found: list[Found], kind: str) -> list[Issue]:
    """One warning for all pages of which nothing else can be said, at the first of them."""
    return [Issue(1, found[0].place, "", problem(kind, count=len(found)))] if found else []


def _site_notes(path: Path) -> list[Issue]:
    """What is to be said of how the pages of a map were fetched."""
    site = read_site(path)
    old = [
        Issue(1, page.url, "", problem("page_kept", day=page.day, **page.wrong.details))
        for page in site.pages
        if page.file and page.wrong
    ]
    return [*old, *(Issue(1, one.first, "", problem(one.kind, count=one.count)) for one in site.passed)]


def _kind_notes(graph: Graph) -> list[Issue]:
    """What kinds of things were met that are no listings, each once."""
    others = [node for node in graph.standing() if not is_listing(node)]
    counts = {kind: count for kind, count in kinds_of(others).items() if kind not in FURNITURE}
    return [Issue(1, "@type", kind, problem("kind_no_listing", count=count)) for kind, count in counts.items()]


def _page_notes(found: list[Found]) -> list[Issue]:
    absent = [one for one in found if one.problem and one.problem.kind == "page_missing"]
    bare = [one for one in found if one.place and not one.problem and not any(map(_leads_to_listing, one.nodes))]
    return [*_first_of_each(absent, "page_missing"), *_first_of_each(bare, "page_without_course")]


def _leads_to_listing(node: Node) -> bool:
    return any(map(is_listing, every_node([node])))


def _broken(found: list[Found]) -> Iterator[tuple[str, Problem]]:
    """What cannot be read, each by its place. A page that is as such unreadable costs its own listings only."""
    for one in found:
        if one.problem and one.problem.severity is Severity.FAILURE:
            yield one.place, problem("page_unreadable", detail=one.problem.facts.get("detail", ""))
        elif one.problem and one.problem.severity is Severity.QUARANTINE:
            yield one.place, one.problem


def _rows(found: list[Found], graph: Graph, contract: Contract, today: dt.date) -> Iterator[Row]:
    maker, numbers = Rows(graph, contract, today), count(1)
    for node in filter(is_listing, graph.standing()):
        for values, notes in maker.of(node):
            yield row(next(numbers), values, notes, contract, node.place)
    for place, wrong in _broken(found):
        yield Row(next(numbers), {}, ((place, "", wrong),))


def read_schema_org(
    path: Path,
    encoding: str | None,
    contract: Contract,
    today: dt.date,
    megabytes: int,
    resolve: sitemaps.Resolve | None = None,
) -> Feed:
    """The rows of a source of schema.org descriptions; `resolve` finds the pages of a site map. Raises SourceError."""
    found = found_in(path, encoding, megabytes * MEGABYTE, resolve)
    graph = Graph([node for one in found for node in one.nodes])
    return Feed(
        list(_rows(found, graph, contract, today)), [*_site_notes(path), *_page_notes(found), *_kind_notes(graph)]
    )
