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

LENGTH = 12  # hexadecimal digits; 48 bits tell apart more recipes than will ever be


def digest(body: Any) -> str:
    """A short hash of any JSON value, the same for the same content in any key order."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:LENGTH]


def contract_fingerprint(contract: Contract) -> str:
    """Hash of analysis, properties and how profiles are made: what search depends on besides vectors."""
    profile = [PROFILE_BODY, LISTING_STEP, MOST_OF_LISTING]
    return digest({"analysis": analysis(), "properties": properties(contract), "knn": KNN_METHOD, PROFILE: profile})


def fingerprint(contract: Contract, recipe: Recipe) -> str:
    """Hash of analysis, properties and embedding recipe: what names an index."""
    return digest({"contract": contract_fingerprint(contract), "recipe": recipe.as_meta()})
