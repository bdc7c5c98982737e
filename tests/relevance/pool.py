"""Lists what is still to be judged for golden queries: the best listings of each way to search, in no telling order.

For each query the ten best of the words alone, of the plain vector and of everything together that have no grade yet,
as YAML to be filled in: what is left out has the grade 0. docs/judging.md is the guideline.
"""

import argparse
import os
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import httpx
import yaml

from mappings.golden import GoldenQuery
from tests.relevance.asking import AnswerError, Ask, ask_all, portal
from tests.relevance.collection import SEED, Collection, QuerySet
from tests.relevance.evaluation import LEGS
from tests.relevance.golden import golden_collection, golden_queries
from tests.relevance.measures import Answer
from tests.relevance.plain import nearest
from tests.relevance.service import Place, ServiceError, loaded, served

DEPTH = 10
WAYS = ("keyword", "hybrid")
PREFIX = "relevance-pool"

Pooled = dict[str, list[str]]


def pooled(answers: Sequence[Answer], judged: Mapping[str, Mapping[str, int]]) -> Pooled:
    """Unjudged ids by query, each once, shuffled alike every time."""
    found: Pooled = {}
    for answer in answers:
        found.setdefault(answer.query, []).extend(x for x in answer.ids[:DEPTH] if x not in judged[answer.query])
    generator = random.Random(SEED)  # noqa: S311 - an order, not a secret
    return {query: generator.sample(once, len(once)) for query, ids in found.items() for once in [sorted(set(ids))]}


def _asked(queries: QuerySet, asker: Ask) -> list[Answer]:
    return ask_all(queries, asker, lambda: None)


def _answers(url: str, collection: Collection) -> Iterator[Answer]:
    for queries in collection.sets:
        for way in WAYS:
            with portal(url, LEGS[way], DEPTH) as asker:
                yield from _asked(queries, asker)


def _nearest(place: Place, collection: Collection) -> Iterator[Answer]:
    for queries in collection.sets:
        with nearest(place, PREFIX, queries.queries) as asker:
            yield from _asked(queries, asker)


def titles(url: str, listings: Sequence[str]) -> dict[str, str]:
    """What each listing is called, by id."""
    with httpx.Client(base_url=url, timeout=60) as client:
        return {one: client.get(f"/v1/credentials/{one}").json()["title"] for one in listings}


def sheet(found: Pooled, named: Mapping[str, str], queries: Sequence[GoldenQuery]) -> str:
    """What a judge fills in: under each query the listings to be graded, with their titles."""
    rows = [
        {"id": one.id, "text": one.text, "to_judge": {listing: named[listing] for listing in found[one.id]}}
        for one in queries
        if found.get(one.id)
    ]
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=160)


def collect(place: Place, out: Path) -> None:
    """Raises ServiceError and AnswerError."""
    collection = golden_collection()
    judged = {one.id: one.judged for one in golden_queries()}
    with loaded(place, collection, PREFIX, "none"):
        answers = list(_nearest(place, collection))
    with loaded(place, collection, PREFIX, "per_language"), served(place, PREFIX) as url:
        answers += _answers(url, collection)
        found = pooled(answers, judged)
        named = titles(url, sorted({listing for ids in found.values() for listing in ids}))
    out.write_text(sheet(found, named, golden_queries()), encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 written, 1 failed with a sentence."""
    top = argparse.ArgumentParser(prog="python -m tests.relevance.pool", description=__doc__)
    top.add_argument("out", type=Path, metavar="FILE", help="the sheet to write")
    arguments = top.parse_args(argv)
    try:
        collect(Place.of_environment(os.environ), arguments.out)
    except (ServiceError, AnswerError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"written: {arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
