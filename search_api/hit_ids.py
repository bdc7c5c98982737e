"""Long lists of hits by nothing but their ids, read from the index's columns.

A hit's own `_id` is stored with the document, and the engine unpacks whole documents to read it.
"""

from collections.abc import Mapping
from typing import Any

IDS_ALONE: dict[str, Any] = {"stored_fields": "_none_", "docvalue_fields": ["id"]}


def id_of(hit: Mapping[str, Any]) -> str:
    """The listing's id, be it of such a list or of one that has documents."""
    found: str = hit["fields"]["id"][0] if "fields" in hit else hit["_id"]
    return found
