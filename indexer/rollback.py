"""Back to the index that was served before."""

import datetime as dt
from dataclasses import dataclass

from indexer.failures import IndexerError
from indexer.housekeeping import previous_of
from indexer.load import Engine, Stored
from mappings.contract import listing_contract
from mappings.fingerprint import contract_fingerprint


@dataclass(frozen=True)
class Rollback:
    """From which index to which; `foreign` when the older one is of another contract than this code's."""

    before: Stored
    after: Stored
    foreign: bool


def roll_back(engine: Engine) -> Rollback:
    """Serves the previous complete index and marks the one given up. Raises IndexerError when there is none."""
    engine.check()
    served = engine.served()
    previous = previous_of(engine.stored(), served) if served else None
    if served is None or previous is None or previous.meta is None:
        raise IndexerError("there is nothing to roll back to")
    engine.swap(previous.name)
    # Only then: a kill in between leaves no index marked that is served.
    if served.meta:
        engine.put_meta(served.name, served.meta.model_copy(update={"rolled_back": dt.datetime.now(dt.UTC)}))
    return Rollback(served, previous, previous.meta.contract != contract_fingerprint(listing_contract()))
