"""Learns the weights of the legs on judged collections and the golden queries, and says what they are worth.

Every query is asked of the real server; what each leg gave to its first hundred listings is weighed anew. `in use` and
`learned` are nDCG@10 with the weights of search_api/ranking.py and with those that all queries teach; `left out` asks
each query with weights that were learned without any query for the same thing. A leg without weight in use has none to
be learned of, for its part of a score is nothing. With --write the learned weights replace
those in use.
"""

import argparse
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import astuple, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from search_api import ranking
from search_api.ranking import RANKING, QueryKind, Weights
from tests.relevance.asking import AnswerError
from tests.relevance.collection import Collection, CollectionError, read_collection
from tests.relevance.golden import golden_collection
from tests.relevance.parts import LEGS, Candidates, asked
from tests.relevance.service import Place, ServiceError, courses, loaded, served
from tests.relevance.weighing import Learned, learn, of_kind

TABLE = Path(ranking.__file__)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tests.relevance.weigh", description=__doc__)
    top.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="a judged collection")
    top.add_argument("--folds", type=int, default=5, metavar="N", help="parts the queries are cut in (5)")
    top.add_argument("--write", action="store_true", help="use what was learned")
    return top


def gathered(place: Place, collections: list[Collection], console: Console) -> dict[str, list[Candidates]]:
    """The candidates of every set of queries. Raises ServiceError and AnswerError."""
    found: dict[str, list[Candidates]] = {}
    for collection in collections:
        console.print(f"{collection.name}: its documents are loaded and its queries asked …")
        prefix = f"weighing-{collection.name}"
        with loaded(place, collection, prefix, "per_language"), served(place, prefix) as url:
            known = courses(place, prefix)
            for queries in collection.sets:
                found[f"{collection.name} {queries.name}"] = asked(url, queries.by_course(known))
    return found


def table(kind: QueryKind, one: Learned) -> Table:
    title = f"{kind}: {_written(RANKING.weights[kind])} in use, {_written(one.weights)} learned"
    shown = Table("set", "queries", "in use", "learned", "left out", title=title, title_justify="left")
    for name, (count, *figures) in one.figures.items():
        shown.add_row(name, str(count), *(f"{figure:.3f}" for figure in figures))
    return shown


def _written(weights: Weights) -> str:
    return " / ".join(f"{part:.2f}" for part in astuple(weights))


def rewritten(text: str, weights: Mapping[QueryKind, Weights]) -> str:
    """The module's text with these weights. Raises ValueError when a kind does not stand in it once."""
    for kind, one in weights.items():
        given = ", ".join(f"{leg}={getattr(one, leg):.2f}" for leg in LEGS)
        text, count = re.subn(rf'("{kind}": Weights)\([^)]*\)', rf"\1({given})", text)
        if count != 1:
            raise ValueError(f"{kind} has {count} rows of weights")
    return text


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 learned, 1 failed with a sentence."""
    arguments = parser().parse_args(argv)
    place, console = replace(Place.of_environment(os.environ), reference=None), Console(width=120)
    try:
        collections = [golden_collection(), *map(read_collection, arguments.folders)]
        sets = gathered(place, collections, console)
    except (CollectionError, ServiceError, AnswerError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    found = {kind: learn(of_kind(sets, kind), used, arguments.folds) for kind, used in RANKING.weights.items()}
    for kind, one in found.items():
        console.print(table(kind, one))
    if arguments.write:
        weights = {kind: one.weights for kind, one in found.items()}
        TABLE.write_text(rewritten(TABLE.read_text(encoding="utf-8"), weights), encoding="utf-8")
        print(f"written: {TABLE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
