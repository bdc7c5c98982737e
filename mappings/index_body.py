"""The OpenSearch index derived from the contract: strict mapping, analysis, settings."""

import json
from pathlib import Path
from typing import Any

from mappings.abridged import CHAR_FILTER
from mappings.contract import LANGUAGES, Contract, Field

ANALYSIS_FILE = Path(__file__).with_name("analysis.json")
IGNORE_ABOVE = 512  # Lucene refuses terms over 32,766 bytes; a longer name is no name

# k-NN's default engine needs native libraries; Lucene's needs none and filters efficiently.
KNN_METHOD = {
    "name": "hnsw",
    "engine": "lucene",
    "space_type": "cosinesimil",
    "parameters": {"m": 16, "ef_construction": 128},
}

# Every word of every searched field, as written: what a query's spelling is held against.
WORDS = "words"
WORDS_BODY: dict[str, Any] = {"type": "text", "analyzer": "plain", "norms": False, "index_options": "docs"}

KEYWORD: dict[str, Any] = {"type": "keyword", "ignore_above": IGNORE_ABOVE}
EXACT: dict[str, Any] = {**KEYWORD, "normalizer": "facet"}
# Told to whoever asks why; never searched.
UNSEARCHED: dict[str, Any] = {"type": "object", "enabled": False}


# Which occupations a listing is nearest to, by NOC code, and how near (0 to 1): see `occupation_space`.
PROFILE = "profile"
PROFILE_BODY: dict[str, Any] = {"type": "rank_features"}
# The share of an occupation falls by two thirds for each such step of its cosine, and so many are kept; more changed no
# figure.
LISTING_STEP, MOST_OF_LISTING = 0.04, 10


def vector_field(language: str) -> str:
    """The top-level field that holds a listing's vector for one of its languages."""
    return f"vector_{language}"


VECTORS = [vector_field(language) for language in LANGUAGES]
# Offerings of one course are one hit: what answers keep one of. The course, or the listing that stands alone.
FOLD = "fold"
# What loads make of a listing, and no feed says; for searching only, never for reading.
MADE = [*VECTORS, PROFILE, FOLD]


def _marked(analyzer: str) -> dict[str, Any]:
    """Text whose words are marked in a hit. Where each stands is kept, for which the index grows by a twentieth: to
    find them in the texts of a page took the engine two thirds of the page's time.
    """
    return {"type": "text", "analyzer": analyzer, "index_options": "offsets"}


def _prose(item: Field, language: str) -> dict[str, Any]:
    """Plain words at the root, the language's stems beside them; exact and edge forms where the roles ask."""
    if not item.has("match"):
        return {"type": "text", "index": False}
    forms: dict[str, Any] = {language: _marked(language)}
    if item.has("sort") or item.has("suggest"):
        forms["exact"] = EXACT
    if item.has("suggest"):
        forms["edge"] = {"type": "text", "analyzer": "edge", "search_analyzer": "type"}
    return {**_marked("plain"), "copy_to": WORDS, "fields": forms}


def _name() -> dict[str, Any]:
    forms = {language: _marked(language) for language in LANGUAGES}
    return {**_marked("plain"), "copy_to": WORDS, "fields": {"exact": EXACT, **forms}}


def _term(item: Field) -> dict[str, Any]:
    """A skill or tool: its vocabulary id, its labels, and whether the feed said it or it was inferred from what."""
    labels = {language: _prose(item, language) for language in LANGUAGES}
    return {"properties": {"id": KEYWORD, "basis": KEYWORD, "found": UNSEARCHED, **labels}}


def _occupation() -> dict[str, Any]:
    return {"properties": {"code": KEYWORD, "basis": KEYWORD, "score": {"type": "float"}, "evidence": UNSEARCHED}}


SCALARS: dict[str, dict[str, Any]] = {
    "code": KEYWORD,
    "choice": KEYWORD,
    "number": {"type": "double"},
    "flag": {"type": "boolean"},
    "date": {"type": "date", "format": "strict_date"},
    "point": {"type": "geo_point"},
}


def _property(item: Field) -> dict[str, Any]:
    if item.type == "term":
        return _term(item)
    if item.type == "rate":
        return UNSEARCHED
    if item.type == "occupation":
        return _occupation()
    if item.type == "name" and item.per_language:
        return {"properties": {language: _name() for language in LANGUAGES}}
    return _name() if item.type == "name" else SCALARS[item.type]


def _place(tree: dict[str, Any], name: str, body: dict[str, Any]) -> None:
    head, _, rest = name.partition(".")
    if not rest:
        tree[head] = body
        return
    _place(tree.setdefault(head, {"properties": {}})["properties"], rest, body)


def properties(contract: Contract) -> dict[str, Any]:
    """The mapping's properties without the vectors, which the recipe decides."""
    tree: dict[str, Any] = {}
    for item in contract.fields:
        if not item.is_prose:
            _place(tree, item.name, _property(item))
            continue
        for language in LANGUAGES:
            _place(tree, f"{language}.{item.name}", _prose(item, language))
    return tree


def analysis() -> dict[str, Any]:
    """The analyzers; see docs/decisions for what each filter is there for."""
    body: dict[str, Any] = json.loads(ANALYSIS_FILE.read_text(encoding="utf-8"))
    body["char_filter"]["abridged"] = CHAR_FILTER
    return body


def settings(shards: int = 1, replicas: int = 0) -> dict[str, Any]:
    """Index settings. An index is never changed once it is loaded, so it refreshes only when the loader asks."""
    return {
        "index.number_of_shards": shards,
        "index.number_of_replicas": replicas,
        "index.refresh_interval": "-1",
        "index.knn": True,
        # Vectors are kept once: else their digits are four fifths of a stored document, and every fetch unpacks them.
        "index.knn.derived_source.enabled": True,
        "analysis": analysis(),
    }


def index_body(contract: Contract, dimension: int, meta: dict[str, Any], **sizing: int) -> dict[str, Any]:
    """The body of an index creation request for vectors of `dimension` floats."""
    vector = {"type": "knn_vector", "dimension": dimension, "method": KNN_METHOD}
    vectors = {vector_field(language): vector for language in LANGUAGES}
    fields = {**properties(contract), WORDS: WORDS_BODY, PROFILE: PROFILE_BODY, FOLD: KEYWORD, **vectors}
    mapping = {"dynamic": "strict", "_meta": meta, "properties": fields}
    return {"settings": settings(**sizing), "mappings": mapping}
