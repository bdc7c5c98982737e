"""A judged collection: documents, queries that name an occupation, and which documents answer which query."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from indexer.failures import IndexerError
from indexer.sources import Source
from mappings.listing import Institution, Names

CORPUS, QUERIES, JUDGED = "corpus.jsonl", ".queries.jsonl", ".qrels.tsv"
MAPPING = Path("feed_mappings/beir.yml")
NAME = "judged"
NOC_DIGITS = 5


def judged_source(folder: Path, knowledge_folder: Path) -> Source:
    """The documents of a collection as a feed, in English where the mapping's rows do not say a language."""
    return Source(
        id=NAME,
        institution=Institution(id=NAME, name=Names(en=NAME)),
        file=folder / CORPUS,
        mapping=knowledge_folder / MAPPING,
        format="ndjson",
        language="en",
    )


def _codes(path: Path) -> dict[str, str]:
    """NOC codes by query id, of the queries that have one."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = {str(row["_id"]): str(row.get("occupation", "")) for row in rows}
    return {query: code for query, code in found.items() if len(code) == NOC_DIGITS and code.isdigit()}


def _pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """A document and a NOC code it is right for."""
    for queries in sorted(folder.glob(f"*{QUERIES}")):
        codes = _codes(queries)
        path = queries.with_name(queries.name.removesuffix(QUERIES) + JUDGED)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if row["query-id"] in codes and int(row["score"]) > 0:
                    yield row["corpus-id"], codes[row["query-id"]]


def judgements(folder: Path) -> dict[str, frozenset[str]]:
    """Right NOC codes by listing id; a document is right for a code when any query of that code has it.

    Raises IndexerError when the folder is no such collection.
    """
    found: dict[str, set[str]] = defaultdict(set)
    try:
        for document, code in _pairs(folder):
            found[f"{NAME}.{document}"].add(code)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexerError(f"the judgements in {folder.name} cannot be read: {error}") from error
    if not found:
        raise IndexerError(f"{folder.name} has no query that names a NOC code")
    return {listing: frozenset(codes) for listing, codes in found.items()}
