"""Learns the adapter from the names of occupations, and says what it gains on judged collections.

The adapter that ships is learned from what occupations are called and what they are, as data/ has them; it sees no
judged query. The last column says what judged queries would add: each is asked with an adapter that was learned from
these too, without any query of its occupation. Figures are nDCG@10 by cosines alone. With --write the adapter learned
from names replaces the one that ships (mappings/adapter.npz).
"""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from mappings.adapter import FILE, Adapter, write_adapter
from mappings.embedding import model_name
from tests.relevance.collection import CollectionError, read_collection
from tests.relevance.examples import Examples, Workshop
from tests.relevance.learning import Schooling, learned, left_out, ndcg
from tests.relevance.service import Place


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tests.relevance.learn", description=__doc__)
    top.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="a judged collection")
    top.add_argument("--folds", type=int, default=4, metavar="N", help="parts the occupations are cut in (4)")
    top.add_argument("--penalty", type=float, default=Schooling.penalty, help=f"on turning ({Schooling.penalty})")
    top.add_argument("--names", type=float, default=Schooling.names, help=f"what names count ({Schooling.names})")
    top.add_argument("--write", action="store_true", help="ship what was learned")
    return top


def examples(folders: list[Path], workshop: Workshop) -> list[Examples]:
    """Of every set of every collection, named by both. Raises CollectionError."""
    found = []
    for folder in folders:
        collection = read_collection(folder)
        found += [replace(one, name=f"{collection.name} {one.name}") for one in workshop.collection(collection)]
    return found


def table(judged: list[Examples], adapter: Adapter, more: dict[str, float]) -> Table:
    shown = Table("set", "queries", "centred", "adapted", "from judged queries too, left out")
    for one in judged:
        figures = (ndcg(one, None, None).mean(), ndcg(one, adapter.query, adapter.document).mean(), more[one.name])
        shown.add_row(one.name, str(len(one.queries)), *(f"{figure:.3f}" for figure in figures))
    return shown


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 learned, 1 failed with a sentence."""
    arguments = parser().parse_args(argv)
    place, how = Place.of_environment(os.environ), Schooling(penalty=arguments.penalty, names=arguments.names)
    workshop = Workshop(place)
    try:
        judged, named = examples(arguments.folders, workshop), workshop.named()
    except CollectionError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    adapter = Adapter(model_name(place.model), *learned([], named, how))
    Console(width=120).print(table(judged, adapter, left_out(judged, named, how, arguments.folds)))
    if arguments.write:
        write_adapter(FILE, adapter)
        print(f"written: {FILE.name}, {adapter.digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
