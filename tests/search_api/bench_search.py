"""How long a search takes: `python -m tests.search_api.bench_search` prints p50 and p95 in milliseconds.

Over the 2,600 made-up listings of `bench_plans`, job titles in both languages are asked through Flask's test client,
each once before it is timed, so that its vector is known. Beside the whole search stand the engine's part of it and the
same requests sent raw: their bytes, ready made, over one connection, the answers left unread. The ratio says what the
reader adds. Nothing here is a test: times differ from machine to machine.
"""

import argparse
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import orjson
import urllib3
from flask.testing import FlaskClient

from mappings.yaml_file import read_yaml
from search_api.engine import Deadline, Engine
from tests.conftest import ROOT
from tests.search_api.asking import SEARCH
from tests.search_api.bench_plans import PREFIX, Stopwatch, loaded, percentiles

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


def measure(api: FlaskClient, url: str, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every search by part: `search`, `engine` in it, and the same requests sent `raw`."""
    watch, pool = Stopwatch(), urllib3.PoolManager()
    search, resend = watch.timed("search", api.get), watch.timed("raw", send)
    found: dict[str, list[float]] = {"search": [], "engine": [], "raw": []}
    with heard(watch) as sent:
        for number in range(rounds + 1):
            for text, language in queries():
                sent.clear()
                watch.spent.clear()
                search(SEARCH, query_string={"q": text, "lang": language})
                resend(pool, url, [raw(*request) for request in sent])
                for part in found if number else ():
                    found[part].append(watch.spent[part])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each query is timed")
    rounds = parser.parse_args().rounds
    url = os.environ.get("OPENSEARCH_URL", "http://127.0.0.1:9200")
    encoder = Path(os.environ.get("EMBEDDING_MODEL") or ROOT / ".state" / "encoder")
    api = loaded(url, encoder, Path(os.environ.get("STATE_DIR") or ROOT / ".state") / PREFIX)
    gc.collect()
    gc.freeze()
    found = measure(api, url, rounds)
    gc.unfreeze()
    for part, times in found.items():
        print(f"{part:8} {percentiles(times)}  of {len(times)}")
    print(f"a search takes {median(found['search']) / median(found['raw']):.2f} times as long as its requests alone")


if __name__ == "__main__":
    main()
