"""Fingerprints that keep a reader from serving an index written by another recipe."""

import hashlib
import json
from typing import Any

from mappings.contract import Contract
from mappings.embedding import Recipe
from mappings.index_body import (
    KNN_METHOD,
    LISTING_STEP,
    MOST_OF_LISTING,
    PROFILE,
    PROFILE_BODY,
    analysis,
    properties,
)

# The version of what a writer works out of a listing and a reader filters, sorts or counts by: whether it may be aided,
# what it costs in Canadian dollars, where it is. No property tells how those are filled. Raise it with each change of
# that, and an index written before is refused or replaced as one of another analysis is.
#   1: `cost_cad` for prices of other currencies alone. 2: for every price that is known in Canadian dollars.
WORKED_OUT = 2
LENGTH = 12  # hexadecimal digits; 48 bits tell apart more recipes than will ever be


def digest(body: Any) -> str:
    """A short hash of any JSON value, the same for the same content in any key order."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:LENGTH]


def contract_fingerprint(contract: Contract) -> str:
    """Hash of analysis, properties, what is worked out and how profiles are made: all search needs besides vectors."""
    profile = [PROFILE_BODY, LISTING_STEP, MOST_OF_LISTING]
    made = {"properties": properties(contract), "worked_out": WORKED_OUT}
    return digest({"analysis": analysis(), **made, "knn": KNN_METHOD, PROFILE: profile})


def fingerprint(contract: Contract, recipe: Recipe) -> str:
    """Hash of analysis, properties and embedding recipe: what names an index."""
    return digest({"contract": contract_fingerprint(contract), "recipe": recipe.as_meta()})
