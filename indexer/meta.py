"""What a finished index says of the load, and whether another load would say anything else."""

import datetime as dt
from collections.abc import Sequence

from indexer.courses import is_folded
from indexer.digests import code_digest, knowledge_digest, source_digest
from indexer.reading import SourceRead
from indexer.settings import Settings
from indexer.sources import Source
from mappings.contract import listing_contract
from mappings.embedding import recipe_of
from mappings.fingerprint import fingerprint
from mappings.index_meta import IndexMeta, SourceMeta
from mappings.listing import Listing


def source_meta(read: SourceRead, code: str, started: dt.datetime) -> SourceMeta:
    if read.untouched:
        return read.untouched.model_copy(update={"listings": len(read.listings), "read_at": read.read_at})
    return SourceMeta(
        id=read.source.id,
        listings=len(read.listings),
        institution=read.source.institution,
        sample=read.source.sample,
        stale=read.failure is not None,
        stale_since=read.stale_since,
        read_at=read.read_at if read.stale else started,
        digest=source_digest(read.source, code, started.date()),
    )


def finished_meta(
    meta: IndexMeta, reads: Sequence[SourceRead], listings: Sequence[Listing], settings: Settings
) -> IndexMeta:
    """The meta that makes an index fit to be served: complete, with what it was made of."""
    code = code_digest()
    sources = tuple(source_meta(read, code, meta.built) for read in reads)
    made = {
        "sources": sources,
        "listings": sum(source.listings for source in sources),
        "folded": sum(map(is_folded, listings)),
        "knowledge": knowledge_digest(settings.knowledge_folder, settings.reference_file, settings.rates_file),
        "complete": True,
    }
    return meta.model_copy(update=made)


def _same_recipe(meta: IndexMeta, settings: Settings) -> bool:
    dimension = int(meta.recipe.get("dimension", 0))
    recipe = recipe_of(settings.model, dimension, settings.centring)
    return meta.fingerprint == fingerprint(listing_contract(), recipe)


def is_current(meta: IndexMeta, sources: Sequence[Source], settings: Settings, today: dt.date) -> bool:
    """Whether the index was made by this contract, model and code, from the feeds and knowledge that are there now."""
    if not (meta.complete and _same_recipe(meta, settings)):
        return False
    code = code_digest()
    now = {source.id: source_digest(source, code, today) for source in sources}
    made = {source.id: source.digest for source in meta.sources}
    return made == now and meta.knowledge == knowledge_digest(
        settings.knowledge_folder, settings.reference_file, settings.rates_file
    )
