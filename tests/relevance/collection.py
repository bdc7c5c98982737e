"""A judged collection on disk: documents, sets of queries, and which documents answer which query."""

import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from mappings.contract import LANGUAGES, Language
from mappings.index_body import analysis
from mappings.ndcg import grades_by_course

CORPUS = "corpus.jsonl"
QUERIES = ".queries.jsonl"
JUDGEMENTS = ".qrels.tsv"
# What the indexer puts a hyphen for in an id.
NOT_IN_ID = re.compile(r"[^A-Za-z0-9_-]")
NOT_IN_NAME = re.compile(r"[^a-z0-9]+")
LONGEST_NAME = 50
DOCUMENTS_LOOKED_AT = 300
SEED = 2021


class CollectionError(ValueError):
    """A folder is not a judged collection; the message is one sentence that says what is wrong."""


@dataclass(frozen=True)
class Query:
    """One query as typed, in its language. Queries of one `group` ask for the same thing, where that is told."""

    id: str
    text: str
    language: Language
    group: str = ""


@dataclass(frozen=True)
class QuerySet:
    """Queries with their judgements: the grade of each judged document, by query id and listing id.

    `classes` are kinds of queries by query id, where they are told apart.
    """

    name: str
    queries: tuple[Query, ...]
    judged: dict[str, dict[str, int]]
    classes: dict[str, str] = field(default_factory=dict)

    def answerable(self, query: str) -> bool:
        """Whether anything answers it."""
        return max(self.judged.get(query, {}).values(), default=0) > 0

    def by_course(self, courses: Mapping[str, str]) -> "QuerySet":
        """Judged by what a hit stands for: a course, by the best grade of its listings. `courses` are by listing id."""
        return replace(self, judged={query: grades_by_course(each, courses) for query, each in self.judged.items()})

    def sampled(self, size: int | None) -> "QuerySet":
        """At most `size` of the queries, the same ones every time."""
        if size is None or size >= len(self.queries):
            return self
        chosen = random.Random(SEED).sample(self.queries, size)  # noqa: S311 - a sample, not a secret
        return replace(self, queries=tuple(chosen))


@dataclass(frozen=True)
class Collection:
    """Documents with sets of queries. `name` can stand in the name of an index.

    The documents are the corpus of the folder, or what the feeds of a list of `sources` hold.
    """

    folder: Path
    name: str
    language: Language
    documents: int | None
    sets: tuple[QuerySet, ...]
    sources: Path | None = None

    @property
    def corpus(self) -> Path:
        return self.folder / CORPUS


def listing_id(collection: str, identifier: str) -> str:
    """The id of a document as the index has it: the collection stands for the institution."""
    return f"{collection}.{NOT_IN_ID.sub('-', identifier)}"


def index_part(name: str) -> str:
    return NOT_IN_NAME.sub("-", name.lower()).strip("-")[:LONGEST_NAME] or "collection"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file. Raises CollectionError naming the line."""
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _object(line, path, number)


def _object(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise CollectionError(f"{path.name}, line {number}, is not JSON: {error}.") from error
    if not isinstance(found, dict) or not _id(found):
        raise CollectionError(f"{path.name}, line {number}, is not an object with an _id or id.")
    return found


def _id(row: dict[str, Any]) -> str:
    return str(row.get("_id") or row.get("id") or "")


def _query(row: dict[str, Any]) -> Query:
    language: Language = "fr" if row.get("lang") == "fr" else "en"
    return Query(_id(row), str(row.get("text") or ""), language, str(row.get("occupation") or ""))


def _judgements(path: Path, collection: str) -> dict[str, dict[str, int]]:
    """Rows of query id, document id and grade, with or without a header; the four columns of TREC are read too."""
    found: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, delimiter="\t"):
            if len(row) >= 3 and row[-1].strip().lstrip("-").isdigit():
                found.setdefault(row[0], {})[listing_id(collection, row[-2])] = int(row[-1])
    if not found:
        raise CollectionError(f"{path.name} holds no row of query id, document id and grade.")
    return found


def _answerable(queries: Iterator[Query], judged: dict[str, dict[str, int]]) -> tuple[Query, ...]:
    """Queries that have an answer: of the others nothing can be measured."""
    return tuple(query for query in queries if query.text.strip() and max(judged.get(query.id, {}).values(), default=0))


def _query_set(queries: Path, collection: str) -> QuerySet:
    name = queries.name.removesuffix(QUERIES)
    path = queries.with_name(name + JUDGEMENTS)
    if not path.is_file():
        raise CollectionError(f"{queries.name} has no {path.name} beside it.")
    judged = _judgements(path, collection)
    found = _answerable(map(_query, _lines(queries)), judged)
    if not found:
        raise CollectionError(f"No query of {queries.name} has an answer in {path.name}.")
    return QuerySet(name, found, judged)


@cache
def stop_words(language: Language) -> frozenset[str]:
    return frozenset(analysis()["filter"][f"stop_{language}"]["stopwords"])


def language_of(texts: Iterator[str]) -> Language:
    """The language whose little words are more frequent; English when there are none."""
    counts = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower()))
    return max(LANGUAGES, key=lambda language: sum(counts[word] for word in stop_words(language)))


def _documents(path: Path) -> tuple[int, Language]:
    texts = (f"{row.get('title') or ''} {row.get('text') or ''}" for row in islice(_lines(path), DOCUMENTS_LOOKED_AT))
    language = language_of(texts)
    return sum(1 for _ in _lines(path)), language


def read_collection(folder: Path, sets: tuple[str, ...] = ()) -> Collection:
    """The collection of a folder, with the named sets or all. Raises CollectionError."""
    if not (folder / CORPUS).is_file():
        raise CollectionError(f"{folder} holds no {CORPUS}: give a folder in the layout of a judged collection.")
    paths = sorted(path for path in folder.glob(f"*{QUERIES}") if not sets or path.name.removesuffix(QUERIES) in sets)
    if not paths:
        wanted = f"{' or '.join(sets)}{QUERIES}" if sets else f"*{QUERIES}"
        raise CollectionError(f"{folder} holds no {wanted}: give a folder with queries beside its documents.")
    documents, language = _documents(folder / CORPUS)
    name = index_part(folder.resolve().name)
    return Collection(folder.resolve(), name, language, documents, tuple(_query_set(path, name) for path in paths))
