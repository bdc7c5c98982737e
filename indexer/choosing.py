"""Which sources a run reads, and what stands in for the others."""

from indexer.carrying import Served
from indexer.failures import IndexerError
from indexer.fetching.fetcher import Fetcher
from indexer.orders import check_names
from indexer.reading import Reader, SourceRead
from indexer.run_state import Run
from indexer.settings import secret_variable
from indexer.sources import Source, read_sources
from mappings.contract import listing_contract


def _chosen(source: Source, only: frozenset[str]) -> bool:
    return not only or source.id in only or source.institution.id in only


def _check(run: Run, sources: tuple[Source, ...]) -> None:
    """Raises IndexerError when the run names what there is not."""
    ids = [source.id for source in sources]
    check_names(run.orders.only, [*ids, *(source.institution.id for source in sources)], "ONLY")
    check_names(run.orders.sources, ids, "FORCE")
    if run.orders.only and run.served is None:
        raise IndexerError("nothing is served yet, so ONLY has nothing to carry over: load everything first")


def read_feeds(run: Run) -> None:
    """Every chosen feed read; failed and shrunken ones carried over, the others left untouched.

    Raises IndexerError when none can be read.
    """
    sources = read_sources(run.settings.sources_file, run.settings.fetched)
    _check(run, sources)
    chosen = [source for source in sources if _chosen(source, run.orders.only)]
    limit, scratch = run.settings.max_feed_megabytes, run.settings.fetched
    all_rows = run.settings.report_rows == "all" or run.settings.check_links  # any row's page may be gone
    reader = Reader(listing_contract(), run.started.date(), limit, all_rows, Fetcher(secret_variable, limit), scratch)
    with run.progress.stage("reading", f"{len(chosen)} feeds", len(chosen)) as advance:
        reads = reader.read_all(chosen, advance)
    if all(read.failure for read in reads):
        run.reads = reads
        raise IndexerError("none of the feeds can be read, so nothing was changed; the report says why")
    run.reads = _stood_in(run, sources, reads)
    _tell(run)


def _stood_in(run: Run, sources: tuple[Source, ...], reads: list[SourceRead]) -> list[SourceRead]:
    """In the order of the list, then what only a run of one institution keeps."""
    served = Served(run.engine, run.served, run.started.date(), run.overruled)
    sound = (served.unshrunken(read, run.orders) for read in reads)
    ready = {read.source.id: served.carried_over(read) for read in sound}
    gone = served.unlisted({source.id for source in sources}) if run.orders.only else []
    return [ready.get(source.id) or served.untouched(source) for source in (*sources, *gone)]


def _tell(run: Run) -> None:
    for read in run.reads:
        if read.failure:
            run.progress.say(f"  {read.source.id}: {read.failure.in_language('en')}; {_consequence(read)}")
    for text in run.overruled:
        run.progress.say(f"  overruled: {text}")


def _consequence(read: SourceRead) -> str:
    if not read.carried:
        return "goes on without it"
    return f"{len(read.carried)} served listings are carried over, marked stale since {read.stale_since}"
