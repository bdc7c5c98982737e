"""Rows of one feed that say the same listing twice."""

import hashlib
from dataclasses import dataclass, field

from indexer.rules import Issue, problem
from indexer.validation import Judged
from mappings.listing import Listing

OWN = {"id", "updated"}  # what two entries of one offer may differ in
BYTES = 16  # of a digest: no two contents ever share one


def _content(listing: Listing) -> bytes:
    said = Listing.__pydantic_serializer__.to_json(listing, exclude=OWN)  # as bytes, which a model gives as text only
    return hashlib.blake2b(said, digest_size=BYTES).digest()


def _local(listing_id: str) -> str:
    return listing_id.partition(".")[2]


@dataclass
class Twins:
    """Row numbers by id and by content, of the rows of one feed seen so far."""

    ids: dict[str, int] = field(default_factory=dict)
    contents: dict[bytes, int] = field(default_factory=dict)

    def mark(self, one: Judged) -> None:
        """Quarantines a row with an id that stands already; warns where all but the id is the same."""
        if one.listing is None:
            return
        first = self.ids.setdefault(one.listing.id, one.row)
        if first != one.row:
            one.issues.append(Issue(one.row, one.id_column, _local(one.listing.id), problem("id_duplicate", row=first)))
            one.listing = None
            return
        twin = self.contents.setdefault(_content(one.listing), one.row)
        if twin != one.row:
            one.issues.append(Issue(one.row, "", "", problem("same_content", row=twin)))
