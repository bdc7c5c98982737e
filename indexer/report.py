"""The report of a run: per source and per institution what was read, held back and changed."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from indexer.changes import Change
from indexer.gaps import gaps_of
from indexer.golden.comparison import GoldenReport
from indexer.load import Stored
from indexer.reading import SourceRead
from mappings.contract import LANGUAGES
from mappings.record import Record

Status = Literal["read", "carried over", "failed", "untouched"]
Outcome = Literal["loaded", "checked", "refused", "failed"]


class Sample(Record):
    """One listing that comes, differs or goes, or one row held back, by its title where it has one."""

    id: str
    title: str


class SourceReport(Record):
    """One source. Of the rows read, each is good, good with warnings, or quarantined.

    `folded` of its listings are further offerings of `repeated` courses, so that rows read are hits, folded and
    quarantined ones together. `samples` are a few listings of each kind of change, and a few quarantined rows.
    """

    id: str
    institution: str
    status: Status
    read: int
    good: int
    with_warnings: int
    quarantined: int
    carried: int = 0
    folded: int = 0
    repeated: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    failure: dict[str, str] | None = None
    stale_since: dt.date | None = None
    read_at: dt.datetime | None = None
    seconds: float = 0
    gaps: dict[str, int] = Field(default_factory=dict)
    samples: dict[str, tuple[Sample, ...]] = Field(default_factory=dict)


class RunReport(Record):
    """One run. `dropped` are listings of sources that are no longer in the list, by source.

    `only` are the sources or institutions that were read where not all were, `overruled` what the gate would have
    stopped.
    """

    command: str
    outcome: Outcome
    reason: str | None = None
    prefix: str
    started: dt.datetime
    finished: dt.datetime
    index: str | None = None
    previous: str | None = None
    listings: int = 0
    texts: int = 0
    embedded: int = 0
    sources: tuple[SourceReport, ...] = ()
    dropped: dict[str, int] = Field(default_factory=dict)
    golden: GoldenReport | None = None
    only: tuple[str, ...] = ()
    overruled: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every source is served as its feed is now."""
        return all(source.failure is None and source.stale_since is None for source in self.sources)

    @property
    def folded(self) -> int:
        """Listings that are further offerings of a course."""
        return sum(source.folded for source in self.sources)

    @property
    def seconds(self) -> float:
        return (self.finished - self.started).total_seconds()


def _status(read: SourceRead) -> Status:
    if read.untouched:
        return "untouched"
    if read.failure is None:
        return "read"
    return "carried over" if read.carried else "failed"


def _name(read: SourceRead) -> str:
    name = read.source.institution.name
    return name.en or name.fr or read.source.id


def _gaps(read: SourceRead) -> dict[str, int]:
    if read.failure or read.untouched:
        return {}
    return dict(Counter(gap for listing in read.listings for gap in gaps_of(listing)))


def source_report(
    read: SourceRead, change: Change, folded: Mapping[str, int], samples: Mapping[str, tuple[Sample, ...]]
) -> SourceReport:
    """`folded` are further offerings by course."""
    failure = {code: read.failure.in_language(code) for code in LANGUAGES} if read.failure else None
    return SourceReport(
        id=read.source.id,
        institution=_name(read),
        status=_status(read),
        read=len(read.judged),
        good=len(read.judged) - read.quarantined - read.with_warnings,
        with_warnings=read.with_warnings,
        quarantined=read.quarantined,
        carried=len(read.carried),
        folded=sum(folded.values()),
        repeated=len(folded),
        added=len(change.added),
        changed=len(change.changed),
        removed=len(change.removed),
        failure=failure,
        stale_since=read.stale_since if read.stale else None,
        read_at=read.read_at,
        seconds=round(read.seconds, 3),
        gaps=_gaps(read),
        samples=dict(samples),
    )


def source_reports(
    reads: Sequence[SourceRead],
    found: Mapping[str, Change],
    folded: Mapping[str, Mapping[str, int]],
    samples: Mapping[str, Mapping[str, tuple[Sample, ...]]],
) -> tuple[SourceReport, ...]:
    named = ((read, read.source.id) for read in reads)
    return tuple(
        source_report(read, found.get(name, Change()), folded.get(name, {}), samples.get(name, {}))
        for read, name in named
    )


def dropped(reads: Sequence[SourceRead], served: Stored | None) -> dict[str, int]:
    """Served listings of sources that the list of sources no longer names."""
    named = {read.source.id for read in reads}
    before = served.meta.sources if served and served.meta else ()
    return {source.id: source.listings for source in before if source.id not in named and source.listings}
