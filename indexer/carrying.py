"""What stands in for a feed's own listings: those served, marked stale where the feed should have been read."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from indexer import gate
from indexer.load import Document, Engine, Stored
from indexer.orders import Orders
from indexer.reading import SourceRead, feed_part
from indexer.rules import problem
from indexer.sources import Source
from mappings.index_meta import SourceMeta
from mappings.listing import Listing

STALENESS = ("stale", "stale_since")


def _revived(document: Document, staleness: dict[str, Any]) -> Listing | None:
    """A served document as a listing again; None when it is of another contract."""
    try:
        return Listing.model_validate({**feed_part(document), **staleness})
    except ValidationError:
        return None


@dataclass(frozen=True)
class Served:
    """What is served, by source; `overruled` gathers what an operator allowed to shrink."""

    engine: Engine
    index: Stored | None
    today: dt.date
    overruled: list[str] = field(default_factory=list)

    def meta(self, source: str) -> SourceMeta | None:
        meta = self.index.meta if self.index else None
        return next((one for one in meta.sources if one.id == source), None) if meta else None

    def _documents(self, source: str) -> Iterator[Document]:
        return self.engine.documents(self.index.name, source) if self.index else iter(())

    def unshrunken(self, read: SourceRead, orders: Orders) -> SourceRead:
        """The same, failed when more of the source is gone than its limit allows and nobody said that this is right."""
        meta, now, limit = self.meta(read.source.id), len(read.listings), read.source.shrink_limit
        if read.failure or meta is None or not gate.shrank(meta.listings, now, limit):
            return read
        if orders.allows(read.source.id):
            self.overruled.append(f"{read.source.id} fell from {meta.listings} listings to {now}")
            return read
        return replace(read, failure=problem("shrank", before=meta.listings, now=now, limit=round(limit * 100)))

    def carried_over(self, read: SourceRead) -> SourceRead:
        """A failed source with its served listings in place of the feed's, stale since the first day it failed."""
        if read.failure is None:
            return read
        meta = self.meta(read.source.id)
        since = (meta.stale_since if meta and meta.stale else None) or self.today
        staleness = {"stale": True, "stale_since": since}
        revived = (_revived(document, staleness) for document in self._documents(read.source.id))
        carried = tuple(listing for listing in revived if listing)
        return replace(read, carried=carried, stale_since=since, read_at=self._read_at(meta))

    def _read_at(self, meta: SourceMeta | None) -> dt.datetime | None:
        """When the source was last read well: an index that does not say so was made of what was read then."""
        if meta is None or meta.read_at or meta.stale or self.index is None or self.index.meta is None:
            return meta.read_at if meta else None
        return self.index.meta.built

    def untouched(self, source: Source) -> SourceRead:
        """A source this run does not read, with its listings just as they are served."""
        meta = self.meta(source.id) or SourceMeta(id=source.id, listings=0, institution=source.institution)
        documents = self._documents(source.id)
        revived = (_revived(one, {name: one.get(name) for name in STALENESS}) for one in documents)
        return SourceRead(
            source,
            carried=tuple(listing for listing in revived if listing),
            untouched=meta,
            stale_since=meta.stale_since,
            read_at=self._read_at(meta),
        )

    def unlisted(self, listed: set[str]) -> list[Source]:
        """Sources that are served though the list names them no more."""
        meta = self.index.meta if self.index else None
        return [_unlisted(one) for one in (meta.sources if meta else ()) if one.id not in listed]


def _unlisted(meta: SourceMeta) -> Source:
    return Source(id=meta.id, institution=meta.institution, file=Path("-"), sample=meta.sample)
