"""Asks every query of a set over HTTP, as a portal would."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx

from search_api.listing_view import course_of_view
from tests.relevance.collection import Query, QuerySet
from tests.relevance.measures import Answer

THREADS = 2
DEPTH = 100
LONGEST_QUERY = 200  # longer ones are cut, as a search box does
Ask = Callable[[Query], Answer]
BUSY = {httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE}
TRIES = 5


class AnswerError(RuntimeError):
    """The server did not answer a query."""


def parameters(query: Query, legs: Sequence[str], depth: int = DEPTH) -> dict[str, str | int | list[str]]:
    """Without legs the search is as served."""
    asked: dict[str, str | int | list[str]] = {
        "q": query.text[:LONGEST_QUERY], "lang": query.language, "per_page": depth,
    }  # fmt: skip
    return asked | ({"legs": list(legs)} if legs else {})


def answered(client: httpx.Client, asked: dict[str, str | int | list[str]]) -> httpx.Response:
    """The answer, asked for again while the server is busy. Raises AnswerError."""
    for _ in range(TRIES):
        response = client.get("/v1/credentials", params=asked)
        if response.status_code not in BUSY:
            break
        time.sleep(min(float(response.headers.get("Retry-After", 1)), 5))
    if response.status_code != httpx.codes.OK:
        raise AnswerError(f"{response.request.url} was answered with {response.status_code}: {response.text[:300]}")
    return response


def ask(client: httpx.Client, query: Query, legs: Sequence[str], depth: int = DEPTH) -> Answer:
    """One query's answer and its time on the wire. Raises AnswerError."""
    started = time.monotonic()
    response = answered(client, parameters(query, legs, depth))
    took = (time.monotonic() - started) * 1000
    body = response.json()
    return Answer(query.id, tuple(map(course_of_view, body["hits"])), took, declined=not body["suitable"])


@contextmanager
def portal(url: str, legs: Sequence[str], depth: int = DEPTH) -> Iterator[Ask]:
    """Asks a server for these legs, and for so many listings."""
    with httpx.Client(base_url=url, timeout=60) as client:
        yield lambda query: ask(client, query, legs, depth)


def ask_all(queries: QuerySet, asker: Ask, advance: Callable[[], None]) -> list[Answer]:
    """Answers in the order of the queries, two asked at a time. Raises what the asker raises."""

    def one(query: Query) -> Answer:
        answer = asker(query)
        advance()
        return answer

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, queries.queries))
