"""Building an index from listings: filled, verified, and gone again unless it is kept."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from indexer import gate
from indexer.embedding import Embedded
from indexer.failures import IndexerError
from indexer.load import Document, Engine
from indexer.meta import finished_meta
from indexer.run_state import Run
from mappings.contract import listing_contract
from mappings.fingerprint import fingerprint
from mappings.index_body import FOLD, index_body
from mappings.index_meta import IndexMeta, index_name, new_meta
from mappings.listing import Listing


def documents(listings: list[Listing], embedded: Embedded) -> Iterator[Document]:
    return ({**listing.document(), FOLD: listing.fold, **embedded.fields[listing.id]} for listing in listings)


def _free_time(run: Run) -> dt.datetime:
    """Now, or the first second for which the prefix has no index yet."""
    taken = {one.time for one in run.engine.stored()}
    built = dt.datetime.now(dt.UTC).replace(microsecond=0)
    while index_name("", "", built).rpartition("-")[2] in taken:
        built += dt.timedelta(seconds=1)
    return built


@contextmanager
def trial(run: Run, embedded: Embedded) -> Iterator[tuple[str, IndexMeta, ExitStack]]:
    """A new index with every listing in it, verified, with all it says of itself but that it is complete.

    However this ends the index is gone afterwards, unless what would remove it is taken off the stack.
    """
    name, meta = _new_index(run, embedded)
    with ExitStack() as undo:
        undo.callback(_discard, run.engine, name)
        what = f"{len(run.listings)} listings into {name}"
        with run.progress.stage("loading", what, len(run.listings)) as advance:
            refused = run.engine.load(name, documents(run.listings, embedded), advance)
            run.engine.settle(name)
        verify(run, embedded, name, refused)
        meta = finished_meta(meta, run.reads, run.listings, run.settings)
        run.engine.put_meta(name, meta.model_copy(update={"complete": False}))
        yield name, meta, undo


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


def _discard(engine: Engine, name: str) -> None:
    with suppress(IndexerError):  # the engine may be what failed; the next run clears up
        engine.delete([name])


def verify(run: Run, embedded: Embedded, name: str, refused: list[str]) -> None:
    """Counts, then a sample of documents field by field. Raises GateError."""
    chosen = gate.sampled(run.listings, name)
    with run.progress.stage("verifying", f"the count and {len(chosen)} documents"):
        gate.check_sent(len(run.listings), run.engine.count(name), refused)
        stored = run.engine.read_back(name, [listing.id for listing in chosen])
        gate.check_sample(list(documents(chosen, embedded)), stored)
