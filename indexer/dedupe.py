"""Rows of one feed that say the same listing twice."""

from typing import Any

from indexer.rules import Issue, problem
from indexer.validation import Judged
from mappings.fingerprint import digest

OWN = ("id", "updated")  # what two entries of one offer may differ in


def _content(document: dict[str, Any]) -> str:
    return digest({name: value for name, value in document.items() if name not in OWN})


def _local(listing_id: str) -> str:
    return listing_id.partition(".")[2]


def mark_duplicates(judged: list[Judged]) -> None:
    """Quarantines each later row with an id that stands already; warns where all but the id is the same."""
    ids: dict[str, int] = {}
    contents: dict[str, int] = {}
    for one in judged:
        if one.listing is None:
            continue
        first = ids.setdefault(one.listing.id, one.row)
        if first != one.row:
            one.issues.append(Issue(one.row, one.id_column, _local(one.listing.id), problem("id_duplicate", row=first)))
            one.listing = None
            continue
        twin = contents.setdefault(_content(one.listing.document()), one.row)
        if twin != one.row:
            one.issues.append(Issue(one.row, "", "", problem("same_content", row=twin)))
