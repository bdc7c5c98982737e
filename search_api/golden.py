"""Asks indices golden queries as a learner would, and prints a line of JSON for each answer: see GoldenAnswer.

The indexer runs it before it serves an index, so an index is asked by its own name, finished or not.
"""

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import structlog
from pydantic import ValidationError

from mappings.contract import listing_contract
from mappings.golden import GoldenAnswer, GoldenError, GoldenQuery, read_golden
from mappings.knowledge import knowledge
from search_api.encoding import QueryEncoder
from search_api.engine import (
    Engine,
    EngineUnavailableError,
    IndexGoneError,
    NoIndexError,
    RefusedQueryError,
    ServedIndex,
)
from search_api.held import Held
from search_api.listing_view import course_of_view
from search_api.occupations.held import HeldFigures
from search_api.parameters import clean_text
from search_api.search_request import SearchRequest
from search_api.service import SearchService
from search_api.settings import ReaderSettings
from search_api.titles.held_vectors import HeldVectors

# Ten are judged; the others take the places of those that left the catalogue since.
DEPTH = 15
THREADS = 2
# A slow moment of the engine is no bad answer.
PATIENCE = 20
FAILURES = (GoldenError, NoIndexError, IndexGoneError, EngineUnavailableError, RefusedQueryError)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m search_api.golden", description=__doc__)
    top.add_argument("file", type=Path, help="the golden queries")
    top.add_argument(
        "--index", nargs=2, action="append", required=True, metavar=("NAME", "FILE"),
        help="an index, and the file of occupations' vectors it is answered with",
    )  # fmt: skip
    return top


class Reader:
    """One encoder and one set of figures for all the indices that are asked."""

    def __init__(self, settings: ReaderSettings) -> None:
        """Raises GoldenError when the model cannot be loaded: words alone would be no fair measure."""
        self._settings = settings
        self._engine = Engine(settings)
        self._figures = HeldFigures(settings.reference_file)
        self._encoder = QueryEncoder(settings.embedding_model, settings.centring)
        self._encoder.load()
        if self._encoder.recipe is None:
            raise GoldenError(f"the embedding model {settings.embedding_model} cannot be loaded")

    def answers(self, index: str, vectors: Path, queries: Sequence[GoldenQuery]) -> Iterator[GoldenAnswer]:
        """In the order of the queries. Raises GoldenError, and what the engine raises."""
        service, asked = self._service(vectors), self._engine.named(index)
        with ThreadPoolExecutor(THREADS) as pool:
            yield from pool.map(lambda query: _answer(service, asked, query), queries)

    def _service(self, vectors: Path) -> SearchService:
        return SearchService(
            self._engine,
            self._encoder,
            listing_contract(),
            knowledge(),
            exact_up_to=self._settings.exact_up_to,
            held=Held(self._figures, HeldVectors(vectors)),
        )


def _answer(service: SearchService, index: ServedIndex, query: GoldenQuery) -> GoldenAnswer:
    request = SearchRequest(clean_text(query.text), query.language, per_page=DEPTH)
    found = service.answered(request, index, service.engine.deadline())
    if found["degraded"]:
        raise GoldenError(f"the query {query.id} was answered without {' and '.join(found['degraded'])}")
    ids = tuple(map(course_of_view, found["hits"]))
    return GoldenAnswer(index=index.name, query=query.id, ids=ids, declined=not found["suitable"])


def _warnings_apart() -> None:
    """What the reader logs goes where it does not mix with the answers."""
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )


def _settings() -> ReaderSettings:
    """Raises GoldenError naming the first variable that is wrong."""
    try:
        return ReaderSettings(engine_seconds=PATIENCE)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise GoldenError(f"{name}: {first['msg']}") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0 all were answered, 1 with a sentence when not."""
    arguments = parser().parse_args(argv)
    _warnings_apart()
    try:
        queries = read_golden(arguments.file)
        reader = Reader(_settings())
        for name, vectors in arguments.index:
            for answer in reader.answers(name, Path(vectors), queries):
                print(answer.model_dump_json(), flush=True)
    except FAILURES as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
