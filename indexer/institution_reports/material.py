"""What a run knows, as reports are made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.changes import Change
from indexer.links.loads import KnownLinks
from indexer.load import Document, Stored
from indexer.reading import SourceRead
from indexer.report import RunReport
from mappings.contract import Contract
from mappings.listing import Listing


@dataclass(frozen=True)
class Material:
    """`listings` are told apart by course; `samples` are documents served before, by id.
    `links` is what is known of pages by address, None where they are not checked.

    A run that failed before it had listings says of none that it was folded or changed.
    """

    report: RunReport
    reads: Sequence[SourceRead]
    contract: Contract
    listings: Sequence[Listing] = ()
    changes: Mapping[str, Change] = field(default_factory=dict)
    served: Stored | None = None
    samples: Mapping[str, Document] = field(default_factory=dict)
    links: KnownLinks | None = None
