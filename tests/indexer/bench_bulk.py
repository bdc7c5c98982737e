"""What sending listings costs beside sending their documents bare: `python -m tests.indexer.bench_bulk` prints both.

Made-up listings with vectors at random go into an index of OPENSEARCH_URL once as a load sends them, made into
documents on the way, and once as ready-made documents by the client's own `streaming_bulk`; at most one and a half
times as long is wanted. Nothing here is a test: times differ from machine to machine.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from statistics import median
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from opensearchpy import OpenSearch
from opensearchpy.helpers import streaming_bulk

from indexer.building import documents
from indexer.embedding import Embedded
from indexer.load import BULK, Document, Engine
from indexer.settings import Settings
from mappings.contract import listing_contract
from mappings.index_body import index_body, vector_field
from mappings.listing import Listing
from mappings.vectors import unit
from tests.indexer.made_rows import made_row

PREFIX, DIMENSION = "bench-bulk", 384


def made_listings(count: int) -> list[Listing]:
    institution = {"id": "made", "name": {"en": "Made College"}, "kind": "college"}
    return [
        Listing.model_validate(
            {
                "id": f"made.{row[0]}",
                "institution": institution,
                "en": {"title": row[1], "description": row[3], "outcomes": row[5].split("|")},
                "fr": {"title": row[2], "description": row[4]},
                "url": row[6],
            }
        )
        for row in map(made_row, range(count))
    ]


def made_fields(listings: list[Listing]) -> Embedded:
    """Unit vectors at random in both languages, as a load has them when none is to be encoded."""
    vectors = unit(np.random.default_rng(1).normal(size=(len(listings), 2, DIMENSION)).astype(np.float32))
    fields = {
        listing.id: {vector_field(language): row.tolist() for language, row in zip(("en", "fr"), pair, strict=True)}
        for listing, pair in zip(listings, vectors, strict=True)
    }
    return cast("Embedded", SimpleNamespace(fields=fields))


def bare(client: OpenSearch, name: str, sent: list[Document]) -> None:
    actions = ({"_op_type": "create", "_index": name, "_id": one["id"], "_source": one} for one in sent)
    for accepted, item in streaming_bulk(client, actions, chunk_size=BULK):
        assert accepted, item


def seconds(engine: OpenSearch, name: str, send: Callable[[], Any]) -> float:
    """How long sending into a new index takes; the index is gone afterwards."""
    engine.indices.create(index=name, body=index_body(listing_contract(), DIMENSION, {}, shards=1, replicas=0))
    try:
        begun = time.perf_counter()
        send()
        return time.perf_counter() - begun
    finally:
        engine.indices.delete(index=name)


def rounds(client: OpenSearch, writer: Engine, count: int, times: int) -> Iterator[tuple[float, float]]:
    """Seconds as a load sends and bare, by turns."""
    listings = made_listings(count)
    embedded = made_fields(listings)
    ready = list(documents(listings, embedded))
    for number in range(times):
        name = f"{PREFIX}-{number}"
        loaded = seconds(client, name, partial(_load, writer, name, listings, embedded))
        yield loaded, seconds(client, name, partial(bare, client, name, ready))


def _load(writer: Engine, name: str, listings: list[Listing], embedded: Embedded) -> None:
    assert not writer.load(name, documents(listings, embedded), lambda _: None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=5000)
    parser.add_argument("--times", type=int, default=3, help="how many rounds")
    asked = parser.parse_args()
    url = os.environ.get("OPENSEARCH_URL", "http://127.0.0.1:9200")
    with OpenSearch(url, timeout=60) as client, closing(Engine(Settings(opensearch_url=url))) as writer:
        found = list(rounds(client, writer, asked.listings, asked.times))
    loaded, plain = (median(each) for each in zip(*found, strict=True))
    print(f"{asked.listings} listings: {loaded:.1f} s as a load sends them, {plain:.1f} s bare: {loaded / plain:.2f}")


if __name__ == "__main__":
    main()
