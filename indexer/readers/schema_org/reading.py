"""A source of schema.org descriptions, read: a file of JSON-LD, a page, a folder of pages or a site map."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from indexer.cells import Row
from indexer.fetching.sites.kept import is_kept, pages_folder, read_site
from indexer.readers.feed import Feed
from indexer.readers.schema_org import pages, sitemaps
from indexer.readers.schema_org.documents import Found, read_json_ld
from indexer.readers.schema_org.graphs import Graph, is_listing
from indexer.readers.schema_org.listings import Rows, row
from indexer.readers.schema_org.nodes import every_node
from indexer.readers.spool import Spool, spooled
from indexer.rules import Issue, Problem, Severity, problem
from indexer.sizes import MEGABYTE
from mappings.contract import Contract

BROKEN = "broken"
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
    most = min(limit, pages.MOST_BYTES)
    if path.stat().st_size > most:
        return Found(place, problem=problem("page_too_large", limit=most // MEGABYTE))
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


def found_in(path: Path, encoding: str | None, limit: int, resolve: sitemaps.Resolve | None = None) -> Iterator[Found]:
    """What stands in a source, page by page; `resolve` finds the file of a page. Raises SourceError, also later."""
    ending = path.suffix.lower()
    if path.is_dir():
        return _of_folder(path, encoding, limit)
    if is_kept(path):
        return _of_site(path, encoding, limit)
    if ending in sitemaps.ENDINGS:
        return _of_map(path, encoding, limit, resolve or sitemaps.files_beside(path.parent))
    if ending in pages.ENDINGS:
        return iter([_page(path, path.name, "", encoding, limit)])
    return read_json_ld(path, encoding)


@dataclass
class _Pages:
    """Pages of which nothing else can be said: how many of each sort, and the first of them."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    besides: dict[str, Issue] = field(default_factory=dict)  # of each sort what the first page is told

    def meet(self, one: Found) -> None:
        kind = _said_of_page(one)
        if kind:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.first.setdefault(kind, one.place)
        for issue in one.notes:
            self.besides.setdefault(issue.problem.kind, issue)

    def notes(self) -> list[Issue]:
        """One warning for all pages of a sort."""
        met = (kind for kind in ("page_missing", "page_without_course") if kind in self.counts)
        counted = [Issue(1, self.first[kind], "", problem(kind, count=self.counts[kind])) for kind in met]
        return [*counted, *self.besides.values()]


def _site_notes(path: Path) -> list[Issue]:
    """What is to be said of how the pages of a map were fetched."""
    site = read_site(path)
    old = [
        Issue(1, page.url, "", problem("page_kept", day=page.day, **page.wrong.details))
        for page in site.pages
        if page.file and page.wrong
    ]
    return [*old, *(Issue(1, one.first, "", problem(one.kind, count=one.count)) for one in site.passed)]


def _said_of_page(one: Found) -> str | None:
    if one.problem:
        return "page_missing" if one.problem.kind == "page_missing" else None
    is_bare = one.place and not any(map(is_listing, every_node(one.nodes)))
    return "page_without_course" if is_bare else None


def _broken(one: Found) -> Problem | None:
    """Why it cannot be read. A page that is as such unreadable costs its own listings only."""
    if one.problem and one.problem.severity is Severity.FAILURE:
        return problem("page_unreadable", detail=one.problem.facts.get("detail", ""))
    return one.problem if one.problem and one.problem.severity is Severity.QUARANTINE else None


def _kept(found: Iterable[Found], spool: Spool, notes: list[Issue]) -> Graph:
    """The graph of all that was found, and of what is broken the shelf."""
    graph, met = Graph(spool), _Pages()
    for one in found:
        met.meet(one)
        graph.add(one.nodes)
        if wrong := _broken(one):
            spool.put(BROKEN, (one.place, wrong.kind, wrong.facts))
    graph.seal()
    notes.extend(met.notes())
    return graph


def _kind_notes(counts: Counter[str]) -> list[Issue]:
    """What kinds of things were met that are no listings, each once."""
    return [Issue(1, "@type", kind, problem("kind_no_listing", count=count)) for kind, count in counts.items()]


def _listing_rows(graph: Graph, contract: Contract, today: dt.date, others: Counter[str]) -> Iterator[Row]:
    """The rows of all courses, numbered later; the kinds of other things are counted."""
    maker = Rows(graph, contract, today)
    for node in graph.standing():
        if not is_listing(node):
            others.update(kind for kind in node.kinds[:1] if kind not in FURNITURE)
            continue
        for values, told in maker.of(node):
            yield row(0, values, told, contract, node.place)


def _broken_rows(spool: Spool) -> Iterator[Row]:
    for place, kind, facts in spool.shelf(BROKEN):
        yield Row(0, {}, ((place, "", problem(kind, **facts)),))


def read_schema_org(
    path: Path,
    encoding: str | None,
    contract: Contract,
    today: dt.date,
    megabytes: int,
    resolve: sitemaps.Resolve | None = None,
) -> Feed:
    """The rows of a source of schema.org descriptions; `resolve` finds the pages of a site map. Raises SourceError."""
    found, notes = found_in(path, encoding, megabytes * MEGABYTE, resolve), _site_notes(path)

    def rows() -> Iterator[Row]:
        with spooled(path) as spool:
            graph, others = _kept(found, spool, notes), Counter[str]()
            made = chain(_listing_rows(graph, contract, today, others), _broken_rows(spool))
            yield from (replace(one, number=number) for number, one in enumerate(made, start=1))
            notes.extend(_kind_notes(others))

    return Feed(rows(), notes)
