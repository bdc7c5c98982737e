"""A run from feeds to a served index. A failure or a kill at any point leaves what is served as it was."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

from indexer import gate
from indexer.changes import Change, changes, contents, listing_contents
from indexer.courses import folded_by_source, with_courses
from indexer.embedding import Embedded, embed_listings
from indexer.enrich import enriched
from indexer.failures import GateError, IndexerError
from indexer.housekeeping import incomplete, outlived
from indexer.lease import lease
from indexer.load import Document, Engine, Stored
from indexer.meta import finished_meta
from indexer.occupation_vectors import keep
from indexer.occupations import with_occupations
from indexer.official import inferable_of, knowledge_of
from indexer.progress import Progress
from indexer.reading import Reader, SourceRead, carried_over
from indexer.report import Outcome, RunReport, dropped, source_reports
from indexer.report_files import write_report
from indexer.settings import Settings
from indexer.sources import read_sources
from indexer.vectors import Embedder, VectorCache
from mappings.contract import listing_contract
from mappings.fingerprint import fingerprint
from mappings.index_body import FOLD, index_body
from mappings.index_meta import IndexMeta, index_name, new_meta
from mappings.knowledge import Knowledge
from mappings.listing import Listing


@dataclass
class Run:
    """What a run needs, and what it comes to know for its report."""

    settings: Settings
    engine: Engine
    progress: Progress
    command: str
    started: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    served: Stored | None = None
    reads: list[SourceRead] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    changes: dict[str, Change] = field(default_factory=dict)
    embedded: Embedded | None = None
    index: str | None = None

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
            sources=source_reports(self.reads, self.changes, folded_by_source(self.listings)),
            dropped=dropped(self.reads, self.served),
        )


def read_feeds(run: Run) -> None:
    """Every feed read, failed ones carried over. Raises IndexerError when none can be read."""
    sources = read_sources(run.settings.sources_file)
    reader = Reader(listing_contract(), run.started.date(), run.settings.max_feed_megabytes)
    with run.progress.stage("reading", f"{len(sources)} feeds", len(sources)) as advance:
        reads = reader.read_all(sources, advance)
    if all(read.failure for read in reads):
        run.reads = reads
        raise IndexerError("none of the feeds can be read, so nothing was changed; the report says why")
    run.reads = [carried_over(read, run.engine, run.served) for read in reads]
    for read in run.reads:
        if read.failure:
            run.progress.say(f"  {read.source.id}: {read.failure.in_language('en')}; {_consequence(read)}")


def _consequence(read: SourceRead) -> str:
    return (
        f"{len(read.carried)} served listings are carried over, marked stale" if read.carried else "goes on without it"
    )


def enrich_listings(run: Run, knowledge: Knowledge) -> None:
    """Listings of all sources, enriched and told apart by course, and what they change against the served index."""
    listings = [listing for read in run.reads for listing in read.listings]
    with run.progress.stage("enriching", f"{len(listings)} listings", len(listings)) as advance:
        for listing in listings:
            run.listings.append(enriched(listing, knowledge))
            advance(1)
    run.listings = with_courses(run.listings, listing_contract())
    before = contents(run.engine.documents(run.served.name)) if run.served else {}
    run.changes = changes(before, listing_contents(run.listings))


def pass_first_gate(run: Run, *, force: bool) -> None:
    """What can be refused before anything is built. Raises GateError."""
    gate.check_something(len(run.listings))
    before = run.served.meta.sources if run.served and run.served.meta else ()
    if not force:
        counts = {read.source.id: len(read.listings) for read in run.reads}
        gate.check_shrink({source.id: source.listings for source in before}, counts)


def embed(run: Run, knowledge: Knowledge) -> Embedded:
    """Vectors of all listings; then the occupations that only vectors tell are added to the listings."""
    with closing(VectorCache(run.settings.vectors)) as cache:
        embedder = Embedder(run.settings.model, run.settings.centring, cache)
        occupations = inferable_of(run.settings, knowledge)
        run.embedded = embed_listings(run.listings, knowledge, embedder, run.progress, occupations)
    vectors, known = run.embedded.listings, run.embedded.profiles
    run.listings = [with_occupations(one, vectors[one.id], known) for one in run.listings]
    return run.embedded


def documents(listings: list[Listing], embedded: Embedded) -> Iterator[Document]:
    return ({**listing.document(), FOLD: listing.fold, **embedded.fields[listing.id]} for listing in listings)


def _free_time(run: Run) -> dt.datetime:
    """Now, or the first second for which the prefix has no index yet."""
    taken = {one.time for one in run.engine.stored()}
    built = dt.datetime.now(dt.UTC).replace(microsecond=0)
    while index_name("", "", built).rpartition("-")[2] in taken:
        built += dt.timedelta(seconds=1)
    return built


def load(run: Run, embedded: Embedded) -> str:
    """A new index with every listing in it, verified. Raises GateError and deletes the index when it is not right."""
    name, meta = _new_index(run, embedded)
    with (
        run.progress.stage("loading", f"{len(run.listings)} listings into {name}", len(run.listings)) as advance,
        _discarded_on_error(run.engine, name),
    ):
        refused = run.engine.load(name, documents(run.listings, embedded), advance)
        run.engine.settle(name)
        verify(run, embedded, name, refused)
        run.engine.put_meta(name, finished_meta(meta, run.reads, run.listings, run.settings))
    return name


def _new_index(run: Run, embedded: Embedded) -> tuple[str, IndexMeta]:
    """An empty index and what it says of itself."""
    contract, settings = listing_contract(), run.settings
    sizing = {"shards": settings.shards, "replicas": settings.replicas}
    while True:
        meta = new_meta(contract, embedded.recipe, embedded.means, _free_time(run))
        name = index_name(settings.index_prefix, fingerprint(contract, embedded.recipe), meta.built)
        body = index_body(contract, embedded.recipe.dimension, meta.model_dump(mode="json"), **sizing)
        # The request of a run killed this second may reach the engine after our look at what is there.
        if run.engine.create(name, body):
            return name, meta


@contextmanager
def _discarded_on_error(engine: Engine, name: str) -> Iterator[None]:
    try:
        yield
    except IndexerError:
        with suppress(IndexerError):  # the engine may be what failed; the next run clears up
            engine.delete([name])
        raise


def verify(run: Run, embedded: Embedded, name: str, refused: list[str]) -> None:
    """Counts, then a sample of documents field by field. Raises GateError."""
    chosen = gate.sampled(run.listings, name)
    with run.progress.stage("verifying", f"the count and {len(chosen)} documents"):
        gate.check_sent(len(run.listings), run.engine.count(name), refused)
        stored = run.engine.read_back(name, [listing.id for listing in chosen])
        gate.check_sample(list(documents(chosen, embedded)), stored)


def swap(run: Run, name: str) -> None:
    """Serves the new index; the one before stays for a rollback, older ones go."""
    with run.progress.stage("swapping", f"{run.settings.index_prefix} to {name}"):
        run.engine.swap(name)
        run.index = name
        before = run.served.name if run.served else None
        run.engine.delete(outlived(run.engine.stored(), name, before))


def _load_feeds(run: Run, *, force: bool) -> None:
    knowledge = knowledge_of(run.settings)
    read_feeds(run)
    enrich_listings(run, knowledge)
    pass_first_gate(run, force=force)
    embedded = embed(run, knowledge)
    swap(run, load(run, embedded))
    keep(run.settings, embedded, run.progress.say)


def _check_feeds(run: Run, *, force: bool) -> None:
    knowledge = knowledge_of(run.settings)
    read_feeds(run)
    enrich_listings(run, knowledge)
    pass_first_gate(run, force=force)


@contextmanager
def _reported(run: Run, outcome: Outcome) -> Iterator[None]:
    """Writes the run's report however it ends, as soon as a feed was read. Errors go on."""
    try:
        yield
    except IndexerError as error:
        if run.reads:
            write_report(run.settings.state, run.report(_ended(error), str(error)), run.reads, run.listings)
        raise
    write_report(run.settings.state, run.report(outcome), run.reads, run.listings)


def _ended(error: IndexerError) -> Outcome:
    return "refused" if isinstance(error, GateError) else "failed"


def index(settings: Settings, progress: Progress, *, force: bool = False) -> RunReport:
    """Loads all feeds and serves them. Raises IndexerError; what is served is then as before."""
    with lease(settings.state, settings.index_prefix), closing(Engine(settings)) as engine:
        engine.check()
        run = Run(settings, engine, progress, "index", served=engine.served())
        engine.delete(incomplete(engine.stored(), run.served))
        with _reported(run, "loaded"):
            _load_feeds(run, force=force)
        return run.report("loaded")


def dry_run(settings: Settings, progress: Progress) -> tuple[RunReport, list[SourceRead]]:
    """Reads and judges all feeds and compares them with what is served. Writes a report, and nothing to the engine."""
    with closing(Engine(settings)) as engine:
        engine.check()
        run = Run(settings, engine, progress, "dry-run", served=engine.served())
        with _reported(run, "checked"):
            _check_feeds(run, force=False)
        return run.report("checked"), run.reads
