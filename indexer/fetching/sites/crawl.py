"""A site's pages, fetched after its map: one by one, those first that were not seen the longest."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.failures import SourceError
from indexer.fetching.address import Address
from indexer.fetching.caller import Caller
from indexer.fetching.deadline import Deadline
from indexer.fetching.failures import PassingError
from indexer.fetching.kept import keep
from indexer.fetching.parcels import MAP, Parcel, Part
from indexer.fetching.sites.bounds import Bounds, Over
from indexer.fetching.sites.kept import Page, Passed, Site, keep_site, known_pages, note_down, pages_folder
from indexer.fetching.sites.robots import Robots
from indexer.fetching.sites.visits import Visitor, Wanted, allowance
from indexer.page_rules import PageRules
from indexer.readers.schema_org.sitemaps import entries
from indexer.rules import problem
from indexer.sizes import MEGABYTE

MAPS = "maps"
MOST_MAPS = 200
# So many failures on end that may pass are the server's, and it is let alone.
MOST_FAILURES = 5


@dataclass
class _Reasons:
    """How many addresses were passed over, and the first, by kind of rule."""

    counts: Counter[str] = field(default_factory=Counter)
    firsts: dict[str, str] = field(default_factory=dict)

    def add(self, over: Over) -> None:
        self.counts[over.kind] += 1
        self.firsts.setdefault(over.kind, over.shown)

    @property
    def told(self) -> tuple[Passed, ...]:
        return tuple(Passed(kind=kind, count=count, first=self.firsts[kind]) for kind, count in self.counts.items())


@dataclass
class _Walk:
    """Goes through a map and the maps it names."""

    caller: Caller
    bounds: Bounds
    robots: Robots
    folder: Path
    deadline: Deadline
    reasons: _Reasons = field(default_factory=_Reasons)
    maps: set[Path] = field(default_factory=set)

    def _map(self, url: str) -> Path | None:
        """The file of an inner map, fetched. Raises SourceError: without it nobody knows which pages there are."""
        judged = self.bounds.judged(url)
        if isinstance(judged, Over):
            self.reasons.add(judged)
            return None
        if judged == self.bounds.home:  # it names itself
            return self.caller.source.file
        name = f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.xml"
        file = self.caller.source.file.parent / MAPS / name
        if file in self.maps:
            return file
        self.maps.add(file)
        self._check_count(len(self.maps), MOST_MAPS)
        file.parent.mkdir(exist_ok=True, mode=0o700)
        keep(self.caller.fetched(Parcel(url, (Part(file, MAP, None),)), self.folder, self.deadline))
        return file

    def _check_count(self, count: int, limit: int) -> None:
        if count > limit:
            raise SourceError(problem("pages_too_many", limit=limit))

    def _wanted(self, url: str, changed: str) -> Wanted | None:
        judged = self.bounds.judged(url)
        if isinstance(judged, Address):
            if not self.bounds.wants(judged):
                return None
            if self.robots.allows(judged):
                return Wanted(url, judged, changed)
            judged = Over("page_disallowed", url)
        self.reasons.add(judged)
        return None

    def pages(self) -> list[Wanted]:
        """All pages to be fetched, in the map's order. Raises SourceError."""
        found = list[Wanted]()
        for entry in entries(self.caller.source.file, self._map, self.caller.limit * MEGABYTE):
            self.deadline.check()
            if wanted := self._wanted(entry.url, entry.changed):
                found.append(wanted)
                self._check_count(len(found), self.bounds.rules.most)
        return found


@dataclass
class _Tour:
    """Visits pages until all are seen or it must end. `failures`: those on end that may pass."""

    visitor: Visitor
    deadline: Deadline
    asked: int = 0
    failures: int = 0

    def _may_go_on(self, wanted: Wanted) -> bool:
        """Whether another page may be asked for, after the pause that politeness asks for."""
        visitor = self.visitor
        if visitor.is_spent or self.failures >= MOST_FAILURES:
            return False
        seconds = max(visitor.bounds.rules.seconds_between, visitor.robots.delay(wanted.address))
        if self.asked and seconds:
            if seconds >= self.deadline.left:
                return False
            visitor.caller.pause(seconds)
        return self.deadline.left > 0

    def _seen(self, wanted: Wanted, known: Page) -> Page:
        self.asked += 1
        try:
            page = self.visitor.visit(wanted, known, self.deadline)
        except SourceError as error:
            self.failures = self.failures + 1 if isinstance(error, PassingError) else 0
            return self.visitor.failed(known, error)
        self.failures = 0
        return page

    def see(self, wanted: Wanted, known: Page) -> Page | None:
        """The page; None where it was not asked for because the tour is over."""
        if self.visitor.is_fresh(known, wanted):
            return known
        return self._seen(wanted, known) if self._may_go_on(wanted) else None


def _seen_longest_ago(wanted: Sequence[Wanted], known: dict[str, Page]) -> list[Wanted]:
    return sorted(wanted, key=lambda one: known.get(one.url, Page(url=one.url)).day or dt.date.min)


def _pages(tour: _Tour, wanted: Sequence[Wanted], map_file: Path, reasons: _Reasons) -> Iterator[Page]:
    known = known_pages(map_file)
    for one in _seen_longest_ago(wanted, known):
        before = known.get(one.url, Page(url=one.url))
        page = tour.see(one, before)
        if page is None:
            reasons.add(Over("page_unasked", one.url))
            page = before if tour.visitor.is_usable(before) else None
        elif page is not before:
            note_down(map_file, page)
        if page:
            yield page


def _clear_maps(walk: _Walk) -> None:
    """Inner maps that are named no more go."""
    named = {path.name for path in walk.maps}
    for path in walk.caller.source.file.parent.glob(f"{MAPS}/*"):
        if not any(path.name.startswith(name) for name in named):
            path.unlink()


def crawl(caller: Caller, folder: Path, deadline: Deadline, today: dt.date) -> None:
    """Fetches the pages a source's map names, beside the map. Raises SourceError where the map cannot be followed.

    A page that fails does not fail the site: what is kept says so.
    """
    map_file = caller.source.file
    bounds = Bounds(caller.home, caller.source.pages or PageRules())
    robots = Robots(caller, folder, deadline)
    walk = _Walk(caller, bounds, robots, folder, deadline)
    wanted = walk.pages()
    pages_folder(map_file).mkdir(exist_ok=True, mode=0o700)
    tour = _Tour(Visitor(caller, bounds, robots, folder, today, allowance(caller)), deadline)
    found = {page.url: page for page in _pages(tour, wanted, map_file, walk.reasons)}
    ordered = tuple(found[one.url] for one in wanted if one.url in found)
    keep_site(map_file, Site(pages=ordered, passed=walk.reasons.told), folder)
    _clear_maps(walk)
