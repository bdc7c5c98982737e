"""One run on its way from feeds to a served index."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.changes import Change
from indexer.courses import folded_by_source
from indexer.embedding import Embedded
from indexer.golden.asking import Answers
from indexer.golden.comparison import GoldenReport
from indexer.institution_reports.material import Material
from indexer.institution_reports.samples import served_samples
from indexer.links.loads import KnownLinks
from indexer.load import Engine, Stored
from indexer.orders import ORDINARY, Orders
from indexer.progress import Progress
from indexer.reading import SourceRead
from indexer.report import Outcome, RunReport, Sample, dropped, source_reports
from indexer.settings import Settings
from mappings.contract import listing_contract
from mappings.golden import GoldenQuery
from mappings.listing import Listing


@dataclass
class Run:
    """What a run needs, and what it comes to know for its report.

    `overruled` is what the gate would have stopped. `served_courses`: served listings' courses, by id.
    """

    settings: Settings
    engine: Engine
    progress: Progress
    command: str
    queries: tuple[GoldenQuery, ...] = ()
    orders: Orders = ORDINARY
    overruled: list[str] = field(default_factory=list)
    started: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    served: Stored | None = None
    still_sole: Callable[[], None] = lambda: None
    reads: list[SourceRead] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    served_courses: dict[str, str] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    samples: dict[str, dict[str, tuple[Sample, ...]]] = field(default_factory=dict)
    embedded: Embedded | None = None
    index: str | None = None
    golden: GoldenReport | None = None
    answers: Answers = field(default_factory=dict)
    links: KnownLinks | None = None

    def material(self, outcome: Outcome, reason: str | None = None) -> Material:
        """What reports are made of. Asks the engine for the listings that differ or went, a few of each source."""
        samples = served_samples(self.engine, self.served, self.changes)
        facts = (self.report(outcome, reason), self.reads, listing_contract(), self.listings)
        return Material(*facts, changes=self.changes, served=self.served, samples=samples, links=self.links)

    def report(self, outcome: Outcome, reason: str | None = None) -> RunReport:
        return RunReport(
            command=self.command,
            outcome=outcome,
            reason=reason,
            prefix=self.settings.index_prefix,
            started=self.started,
            finished=dt.datetime.now(dt.UTC),
            index=self.index,
            previous=self.served.name if self.served else None,
            listings=len(self.listings),
            texts=self.embedded.texts if self.embedded else 0,
            embedded=self.embedded.encoded if self.embedded else 0,
            sources=source_reports(self.reads, self.changes, folded_by_source(self.listings), self.samples),
            dropped=dropped(self.reads, self.served),
            golden=self.golden,
            only=tuple(sorted(self.orders.only)),
            overruled=tuple(self.overruled),
        )
