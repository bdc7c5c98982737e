"""How long a search takes: `python -m tests.search_api.bench_search` prints p50 and p95 in milliseconds.

Over the 2,600 made-up listings of `bench_plans`, job titles in both languages are asked of the application as the
server asks it, each once before the others, when its vector and what it means are worked out. Beside the whole search
stand the engine's part of it and the same requests sent raw: their bytes, ready made, over one connection, the answers
left unread. The ratio says what the reader adds. Nothing here is a test: times differ from machine to machine.
"""

import argparse
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import orjson
import urllib3
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from mappings.yaml_file import read_yaml
from search_api.engine import Deadline, Engine
from tests.conftest import ROOT
from tests.search_api.asking import SEARCH
from tests.search_api.bench_plans import PREFIX, Stopwatch, collected_as_served, loaded, percentiles

TITLES = ROOT / "tests" / "relevance" / "titles.yml"
Body = dict[str, Any]


def queries() -> list[tuple[str, str]]:
    """Job titles with their languages."""
    return [(each["title"], language) for language, asked in read_yaml(TITLES).items() for each in asked]


@contextmanager
def heard(watch: Stopwatch) -> Iterator[list[tuple[str, list[Body]]]]:
    """Every request to the engine, timed."""
    sent: list[tuple[str, list[Body]]] = []
    ask = watch.timed("engine", Engine.multi_search)

    def asking(engine: Engine, name: str, bodies: list[Body], deadline: Deadline) -> Any:
        sent.append((name, bodies))
        return ask(engine, name, bodies, deadline)

    with patch.object(Engine, "multi_search", asking):
        yield sent


def raw(name: str, bodies: list[Body]) -> bytes:
    lines = (line for body in bodies for line in ({"index": name}, body))
    return b"\n".join([*map(orjson.dumps, lines), b""])


def send(pool: urllib3.PoolManager, url: str, payloads: list[bytes]) -> None:
    for payload in payloads:
        headers = {"Content-Type": "application/x-ndjson"}
        answer = pool.request("POST", f"{url}/_msearch", body=payload, headers=headers)
        assert answer.status == 200, answer.data[:300]


def page_of(api: FlaskClient, environ: Body) -> bytes:
    """The answer as the application gives it to the server."""
    body, _status, _headers = run_wsgi_app(api.application.wsgi_app, dict(environ), buffered=True)
    return b"".join(body)


def environment(text: str, language: str) -> Body:
    return dict(EnvironBuilder(SEARCH, query_string={"q": text, "lang": language}).get_environ())


def measure(api: FlaskClient, url: str, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every search by part: `first` when its words were new, then `search`, `engine` in it, and the
    same requests sent `raw`, which go before the search every other time: whoever is second finds the engine warm.
    """
    watch, pool = Stopwatch(), urllib3.PoolManager()
    search, resend = watch.timed("search", page_of), watch.timed("raw", send)
    found: dict[str, list[float]] = {"first": [], "search": [], "engine": [], "raw": []}
    payloads: dict[tuple[str, str], list[bytes]] = {}
    with heard(watch) as sent:
        for number, asked in product(range(rounds + 1), queries()):
            sent.clear()
            watch.spent.clear()
            if number % 2 == 0 and number:
                resend(pool, url, payloads[asked])
            search(api, environment(*asked))
            payloads[asked] = payloads.get(asked) or [raw(*request) for request in sent]
            if number % 2:
                resend(pool, url, payloads[asked])
            for part in ("search", "engine", "raw") if number else ():
                found[part].append(watch.spent[part])
            found["first"] += [] if number else [watch.spent["search"]]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each query is timed")
    rounds = parser.parse_args().rounds
    url = os.environ.get("OPENSEARCH_URL", "http://127.0.0.1:9200")
    encoder = Path(os.environ.get("EMBEDDING_MODEL") or ROOT / ".state" / "encoder")
    api = loaded(url, encoder, Path(os.environ.get("STATE_DIR") or ROOT / ".state") / PREFIX)
    collected_as_served()
    found = measure(api, url, rounds)
    gc.unfreeze()
    for part, times in found.items():
        print(f"{part:8} {percentiles(times)}  of {len(times)}")
    print(f"a search takes {median(found['search']) / median(found['raw']):.2f} times as long as its requests alone")


if __name__ == "__main__":
    main()
