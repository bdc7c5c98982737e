"""All feeds, read: per source the rows judged, or why the feed cannot be read and what stands in for it."""

import datetime as dt
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.cells import Slot
from indexer.dedupe import Twins
from indexer.failures import SourceError
from indexer.feeds import read_feed
from indexer.fetching.fetcher import Fetcher
from indexer.load import Document
from indexer.progress import Advance
from indexer.readers.feed import Feed
from indexer.rules import Issue, Problem, Severity, problem
from indexer.sent import packed
from indexer.sources import Source
from indexer.unpacking import opened
from indexer.validation import Judged, judge
from mappings.contract import Contract
from mappings.index_meta import SourceMeta
from mappings.listing import Listing

INFERRED_IN = ("skills", "tools", "occupations")
OURS = ("stale", "stale_since", "course", "osap", "osap_basis", "cost_cad", "rate")


@dataclass(frozen=True)
class SourceRead:
    """A source's rows, or its failure and the listings carried over from the served index.

    `columns` are a table's headers as written, `slots` what each of them holds. `untouched` is what the served index
    says of a source that this run does not read. `read_at` is when the feed was last read well, None for now;
    `seconds` is how long reading took.
    """

    source: Source
    judged: list[Judged] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)
    failure: Problem | None = None
    carried: tuple[Listing, ...] = ()
    columns: tuple[str, ...] = ()
    slots: tuple[Slot | None, ...] = ()
    untouched: SourceMeta | None = None
    stale_since: dt.date | None = None
    read_at: dt.datetime | None = None
    seconds: float = 0

    @property
    def listings(self) -> list[Listing]:
        if self.failure or self.untouched:
            return list(self.carried)
        return [one.listing for one in self.judged if one.listing]

    @property
    def stale(self) -> bool:
        """Whether what is served of it is not what its feed says now."""
        return self.failure is not None or (self.untouched is not None and self.untouched.stale)

    @property
    def issues(self) -> list[Issue]:
        return [*self.notes, *(issue for one in self.judged for issue in one.issues)]

    @property
    def quarantined(self) -> int:
        return sum(one.listing is None for one in self.judged)

    @property
    def with_warnings(self) -> int:
        """Listings offered although something of them was left out or is doubtful."""
        return sum(one.listing is not None and bool(one.issues) for one in self.judged)


@dataclass(frozen=True)
class Reader:
    """What reading a feed needs besides the source. `all_rows`: rows without fault are kept to be sent back too.

    Without a fetcher, feeds of servers are read as last fetched. `scratch` is where packed files are unpacked.
    """

    contract: Contract
    today: dt.date
    max_feed_megabytes: int
    all_rows: bool = False
    fetcher: Fetcher | None = None
    scratch: Path | None = None

    def judged(self, feed: Feed, source: Source) -> Iterator[Judged]:
        """Each row judged; how it came is kept only where something is to be said about it, for that is half a load.

        Raises SourceError where the file turns out to be broken.
        """
        twins = Twins()
        for row in feed.rows:
            one = judge(row, source, self.contract)
            twins.mark(one)
            if one.issues or self.all_rows:
                one.sent = packed(row, feed.slots, self.contract)
            yield one

    def read(self, source: Source) -> SourceRead:
        """The source's rows judged; a feed that cannot be read, or of which nothing is good, is a failure."""
        try:
            with opened(source, self.max_feed_megabytes, self.scratch) as ready:
                return self._read(ready, source)
        except SourceError as error:
            return SourceRead(source, failure=error.problem)
        except Exception as error:  # noqa: BLE001 - whatever one institution sends, the others' listings load
            return SourceRead(source, failure=_fault(error, source))

    def _read(self, ready: Source, source: Source) -> SourceRead:
        """Raises SourceError. The source `ready` is the same, unpacked."""
        feed = read_feed(ready, self.contract, self.today, self.max_feed_megabytes)
        judged = list(self.judged(feed, source))
        nothing = problem("nothing_good", rows=len(judged), file=source.file.name)
        good = any(one.listing for one in judged)
        return SourceRead(source, judged, feed.notes, None if good else nothing, columns=feed.columns, slots=feed.slots)

    def read_all(self, sources: Iterable[Source], advance: Advance) -> list[SourceRead]:
        """All sources in their order; what servers hold is fetched first."""
        listed = list(sources)
        unfetched = self.fetcher.fetch_all(listed) if self.fetcher else {}
        found = []
        for source in listed:
            begun, failure = time.monotonic(), unfetched.get(source.id)
            read = SourceRead(source, failure=failure) if failure else self.read(source)
            found.append(replace(read, seconds=time.monotonic() - begun))
            advance(1)
        return found


def _fault(error: Exception, source: Source) -> Problem:
    """A fault of ours, told by its kind and place: its words may repeat what the feed holds."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    detail = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"
    return problem("reader_failed", file=source.file.name, detail=detail)


def feed_part(document: Document) -> Document:
    """What of a document its feed said: without what was inferred or worked out, and without marks of ours."""
    said = {name: value for name, value in document.items() if name not in OURS}
    for name in INFERRED_IN:
        said[name] = [one for one in document.get(name, ()) if one.get("basis", "feed") == "feed"]
    if document.get("osap_basis") == "feed":
        said["osap"] = document.get("osap")
    return said


def quarantine_of(read: SourceRead) -> list[Issue]:
    return [issue for issue in read.issues if issue.problem.severity is Severity.QUARANTINE]


def warnings_of(read: SourceRead) -> list[Issue]:
    return [issue for issue in read.issues if issue.problem.severity is Severity.WARNING]
