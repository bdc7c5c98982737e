"""Long lists of hits by nothing but their ids, read from the index's columns.

A hit's own `_id` is stored with the document, and the engine unpacks whole documents to read it.
"""

from collections.abc import Mapping
from typing import Any

from mappings.index_body import FOLD

NO_DOCUMENTS: dict[str, Any] = {"stored_fields": "_none_"}
IDS_ALONE: dict[str, Any] = {**NO_DOCUMENTS, "docvalue_fields": ["id"]}
# One listing of each course, the first by the list's own order, with the course. One that stands alone is its own.
FOLDED: dict[str, Any] = {"collapse": {"field": FOLD}}


def id_of(hit: Mapping[str, Any]) -> str:
    """The listing's id."""
    found: str = hit["fields"]["id"][0]
    return found


def course_of(hit: Mapping[str, Any]) -> str:
    """The course of a hit of a folded list."""
    found: str = hit["fields"][FOLD][0]
    return found
