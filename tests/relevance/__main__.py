"""Measures the ranking on judged queries, through the real indexer and the real server.

Without a FOLDER the golden queries are asked of the sample catalogue. Each FOLDER holds corpus.jsonl (_id or id, title,
text) and, for every set of queries, NAME.queries.jsonl (_id or id, text, lang) with NAME.qrels.tsv (query id, document
id, grade). Rows: `keyword` is the words alone, `vector` the nearest plain embeddings, `semantic` meaning as it is used,
`hybrid` everything as served.
"""

import argparse
import datetime as dt
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from tests.relevance.asking import AnswerError
from tests.relevance.collection import Collection, CollectionError, read_collection
from tests.relevance.evaluation import evaluate
from tests.relevance.golden import golden_collection
from tests.relevance.results import Result, class_table, table, write
from tests.relevance.service import Place, ServiceError

EPILOG = """Figures are of the search as served: `semantic` gives only what reaches the threshold of likeness
(tau), which may be fewer than 100 listings or none. `vector` asks the engine itself, without the server and without a
threshold. ms is the median time for 100 listings with two asking at once; `semantic` and `vector` find their queries
encoded already. Settings come from the environment: OPENSEARCH_URL, EMBEDDING_MODEL, STATE_DIR. Results are written to
relevance/ in STATE_DIR, where vectors are kept for the next run."""


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__, epilog=EPILOG)
    top.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="a judged collection")
    top.add_argument("--set", action="append", default=[], dest="sets", metavar="NAME", help="only this set of queries")
    top.add_argument("--no-titles", action="store_true", help="leave out the job titles an operator imported")
    top.add_argument("--sample", type=_count, metavar="N", help="only N queries of a set, the same ones every time")
    return top


def read(arguments: argparse.Namespace) -> list[Collection]:
    """The collections to measure, read before anything is loaded. Raises CollectionError."""
    found = [read_collection(folder, tuple(arguments.sets)) for folder in arguments.folders] or [golden_collection()]
    return [replace(one, sets=tuple(queries.sampled(arguments.sample) for queries in one.sets)) for one in found]


def measure(collections: list[Collection], place: Place, console: Console) -> Path:
    """Prints a table for each set and gives the file with all figures."""
    started, results = dt.datetime.now(dt.UTC), list[Result]()
    for collection in collections:
        for result in evaluate(place, collection, console):
            console.print(table(result))
            if result.queries.classes:
                console.print(class_table(result))
            results.append(result)
    titles = str(place.reference.name) if place.reference else None
    return write(place.folder, results, started, {"imported_titles": titles})


def _leave(_number: int, _frame: object) -> NoReturn:
    """A request to end is an exception, so that servers and indices are cleared away."""
    raise SystemExit(143)


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 measured, 1 failed with a sentence."""
    arguments = parser().parse_args(argv)
    console = Console()
    wide = console if console.is_terminal else Console(width=120)
    signal.signal(signal.SIGTERM, _leave)
    try:
        place = Place.of_environment(os.environ)
        written = measure(read(arguments), replace(place, reference=None) if arguments.no_titles else place, wide)
    except (CollectionError, ServiceError, AnswerError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"written: {written}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
