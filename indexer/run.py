"""A run from feeds to a served index. A failure or a kill at any point leaves what is served as it was."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from indexer import gate
from indexer.building import trial
from indexer.changes import changes, contents, listing_contents
from indexer.choosing import read_feeds
from indexer.courses import with_courses
from indexer.embedding import Embedded, embed_listings
from indexer.enrich import enriched
from indexer.failures import GateError, IndexerError
from indexer.golden.judging import judge, keep_answers, must_be_asked, queries_of
from indexer.housekeeping import incomplete, outlived
from indexer.lease import sole_writer
from indexer.links.loads import check_links, forget_rows, mark_dead
from indexer.load import Document, Engine
from indexer.occupation_vectors import keep
from indexer.occupations import with_occupations
from indexer.official import inferable_of, knowledge_of
from indexer.orders import ORDINARY, Orders
from indexer.progress import Progress
from indexer.rates import Rates, read_rates
from indexer.reading import SourceRead
from indexer.report import Outcome, RunReport
from indexer.report_files import write_report
from indexer.run_state import Run
from indexer.samples import all_samples
from indexer.settings import OFF, Settings
from indexer.unused_vectors import let_go
from indexer.vectors import Embedder, VectorCache
from mappings.contract import listing_contract
from mappings.knowledge import Knowledge


def enrich_listings(run: Run, knowledge: Knowledge, rates: Rates) -> None:
    """Listings of all sources, enriched and told apart by course, and what they change against the served index."""
    listings = [listing for read in run.reads for listing in read.listings]
    with run.progress.stage("enriching", f"{len(listings)} listings", len(listings)) as advance:
        for listing in listings:
            run.listings.append(enriched(listing, knowledge, rates))
            advance(1)
    run.listings = with_courses(run.listings, listing_contract())
    run.changes = changes(contents(_served_documents(run)), listing_contents(run.listings))
    run.samples = all_samples(run.reads, run.changes, run.listings, run.engine, run.served)


def _served_documents(run: Run) -> Iterator[Document]:
    """What is served; the course of each is noted on the way, so that all is read but once."""
    for document in run.engine.documents(run.served.name) if run.served else ():
        run.served_courses[document["id"]] = document.get("course") or document["id"]
        yield document


def pass_first_gate(run: Run) -> None:
    """What can be refused before anything is built. Raises GateError."""
    gate.check_something(len(run.listings))
    before = run.served.meta.sources if run.served and run.served.meta else ()
    served = {source.id: source.listings for source in before if not run.orders.allows(source.id)}
    # Nothing may be lost of what a run leaves untouched.
    gate.check_shrink(
        (name, served[name], len(read.listings), 0 if read.untouched else read.source.shrink_limit)
        for read in run.reads
        if (name := read.source.id) in served
    )


def look_at_links(run: Run) -> None:
    """Asks for listings' pages where that is wanted: before anything is changed, so that it may be ended."""
    if not run.settings.check_links:
        return
    run.links = check_links(run.settings, run.listings, run.progress, run.started)
    mark_dead(run.reads, run.links or {}, listing_contract())
    if run.settings.report_rows != "all":
        forget_rows(run.reads)


def embed(run: Run, knowledge: Knowledge) -> Embedded:
    """Vectors of all listings; then the occupations that only vectors tell are added to the listings."""
    with closing(VectorCache(run.settings.vectors)) as cache:
        embedder = Embedder(run.settings.model, run.settings.centring, cache)
        occupations = inferable_of(run.settings, knowledge)
        run.embedded = embed_listings(run.listings, knowledge, embedder, run.progress, occupations)
    vectors, known = run.embedded.listings, run.embedded.profiles
    run.listings = [with_occupations(one, vectors[one.id], known) for one in run.listings]
    return run.embedded


def load(run: Run, embedded: Embedded) -> str:
    """A new index that passed the gate. Raises GateError and deletes the index when it is not right."""
    with trial(run, embedded) as (name, meta, undo):
        judge(run, embedded, name, meta)
        pass_last_gate(run)
        before = run.served.name if run.served else None
        run.engine.put_meta(name, meta.model_copy(update={"forced": tuple(run.overruled), "previous": before}))
        undo.pop_all()
    return name


def try_out(run: Run, knowledge: Knowledge) -> None:
    """Says what golden queries find in a new index, which is deleted again. Raises GateError as a load would."""
    if not must_be_asked(run):
        return
    embedded = embed(run, knowledge)
    with trial(run, embedded) as (name, meta, _):
        judge(run, embedded, name, meta)
    pass_last_gate(run)


def pass_last_gate(run: Run) -> None:
    """What only answers can tell. Raises GateError."""
    if run.golden is None:
        return
    if not run.orders.everything:
        gate.check_golden(run.golden, run.settings.golden_loss)
    elif losses := gate.golden_losses(run.golden, run.settings.golden_loss):
        run.overruled.append(f"golden queries lost nDCG@10: {losses}")


def swap(run: Run, name: str) -> None:
    """Serves the new index; as many before it as are to be kept stay for rollbacks, the others go."""
    with run.progress.stage("swapping", f"{run.settings.index_prefix} to {name}"):
        run.still_sole()
        run.engine.swap(name)
        run.index = name
        if served := run.engine.served():
            run.engine.delete(outlived(run.engine.stored(), served, run.settings.keep))


def _check_feeds(run: Run) -> Knowledge:
    knowledge = knowledge_of(run.settings)
    rates = read_rates(run.settings.rates_file, run.started.date())
    read_feeds(run)
    enrich_listings(run, knowledge, rates)
    pass_first_gate(run)
    look_at_links(run)
    return knowledge


def _load_feeds(run: Run) -> None:
    knowledge = _check_feeds(run)
    embedded = embed(run, knowledge)
    swap(run, load(run, embedded))
    keep(run.settings, embedded, run.progress.say)
    let_go(run.settings, run.progress.say)
    keep_answers(run)


@contextmanager
def _reported(run: Run, outcome: Outcome) -> Iterator[None]:
    """Writes the run's report however it ends, as soon as a feed was read. Errors go on."""
    try:
        yield
    except IndexerError as error:
        if run.reads:
            write_report(run.settings.state, run.material(_ended(error), str(error)))
        raise
    write_report(run.settings.state, run.material(outcome))


def _ended(error: IndexerError) -> Outcome:
    return "refused" if isinstance(error, GateError) else "failed"


def _started(settings: Settings, engine: Engine, progress: Progress, command: str, orders: Orders) -> Run:
    """Raises IndexerError when the engine is away or the golden queries are wrong."""
    queries = queries_of(settings)
    engine.check()
    return Run(settings, engine, progress, command, queries, orders, served=engine.served())


def index(settings: Settings, progress: Progress, orders: Orders = ORDINARY) -> RunReport:
    """Loads the feeds and serves them. Raises IndexerError; what is served is then as before."""
    with sole_writer(settings) as (engine, held):
        run = _started(settings, engine, progress, "index", orders)
        run.still_sole = held.renew
        engine.delete(incomplete(engine.stored(), run.served))
        with _reported(run, "loaded"):
            _load_feeds(run)
        return run.report("loaded")


@contextmanager
def _engine(settings: Settings, *, writes: bool) -> Iterator[Engine]:
    if not writes:
        with closing(Engine(settings)) as engine:
            yield engine
        return
    with sole_writer(settings) as (engine, _):
        yield engine


def dry_run(
    settings: Settings, progress: Progress, orders: Orders = ORDINARY, *, golden: bool = True
) -> tuple[RunReport, list[SourceRead]]:
    """Reads and judges the feeds and compares them with what is served, by golden queries too unless told not to.

    Writes a report. For the golden queries an index is built, asked and deleted; without them nothing is written to the
    engine.
    """
    settings = settings if golden else settings.model_copy(update={"golden": OFF})
    writes = settings.golden_file is not None
    with _engine(settings, writes=writes) as engine:
        run = _started(settings, engine, progress, "dry-run", orders)
        if writes:
            engine.delete(incomplete(engine.stored(), run.served))
        with _reported(run, "checked"):
            knowledge = _check_feeds(run)
            try_out(run, knowledge)
        return run.report("checked"), run.reads
