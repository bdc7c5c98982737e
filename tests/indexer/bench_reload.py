"""What a night costs in which little changed: `python -m tests.indexer.bench_reload` prints a first load and a second.

Made-up rows are loaded into the OpenSearch of OPENSEARCH_URL under a prefix, a state folder and a cache of vectors of
their own, each time by the command an operator runs; in between, the descriptions of one row in a hundred change. The
second load is to encode those texts alone and to take less than a fifth of the first one's time. A first load of
100,000 rows encodes 200,000 texts, which takes hours. With `--made-vectors` it finds vectors at random in their place:
the second load costs the same, and what encoding would have taken is worked out from a part of the texts. Nothing here
is a test: times differ from machine to machine.
"""

import argparse
import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import yaml
from opensearchpy import OpenSearch

from indexer.embedding import listing_passages
from indexer.enrich import enriched
from indexer.official import knowledge_of
from indexer.reading import Reader
from indexer.settings import ROOT, VECTORS, Settings
from indexer.sources import read_sources
from indexer.vectors import Embedder, VectorCache, chunks, text_key
from mappings.contract import LANGUAGES, listing_contract
from mappings.vectors import unit
from tests.conftest import remove_indices
from tests.indexer.bench_reading import MEGABYTES
from tests.indexer.made_rows import COLUMNS, made_row, write_csv

PREFIX = f"bench-reload-{os.getpid()}"
STAGE = re.compile(
    r"(reading|enriching|embedding|loading|verifying|swapping): "
)  # reports are written while it says the last
TIMED = 256  # texts encoded to tell how long all would take
CODES, STATED = COLUMNS.index("NOC codes"), 10  # one row in ten states its codes
CHANGED = " A sentence more since last night."


@dataclass
class Load:
    """Seconds by stage, the rest under `around`; texts there are and texts encoded; the most memory taken, in MB."""

    seconds: dict[str, float] = field(default_factory=dict)
    texts: int = 0
    encoded: int = 0
    megabytes: float = 0

    @property
    def whole(self) -> float:
        return sum(self.seconds.values())


def rows(count: int, every: int = 0) -> Iterator[tuple[str, ...]]:
    """Made-up rows; the description of one in `every` has a sentence more, and most leave codes to be inferred."""
    for number in range(count):
        row = list(made_row(number, CHANGED if every and number % every == 0 else ""))
        row[CODES] = row[CODES] if number % STATED == 0 else ""
        yield tuple(row)


def environment(folder: Path) -> dict[str, str]:
    own = {"INDEX_PREFIX": PREFIX, "STATE_DIR": str(folder / "state"), "VECTOR_CACHE": str(folder / VECTORS)}
    return {**os.environ, **own, "SOURCES": str(folder / "sources.yml"), "GOLDEN": "off", "PYTHONUNBUFFERED": "1"}


def write_sources(folder: Path) -> None:
    institution = {"id": "made", "name": {"en": "Made College"}, "kind": "college"}
    entry = {"id": "made", "institution": institution, "file": "made.csv"}
    (folder / "sources.yml").write_text(yaml.safe_dump({"sources": [entry]}), encoding="utf-8")


def load(folder: Path, *profiled: str) -> Load:
    """Runs the command, and reads off its own words when each stage begins. Raises SystemExit when it fails."""
    done, stage, begun = Load(), "around", time.perf_counter()
    words = [sys.executable, *profiled, "-m", "indexer", "index"]
    with subprocess.Popen(words, cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line)
            if found := STAGE.match(line):
                now = time.perf_counter()
                done.seconds[stage] = done.seconds.get(stage, 0) + now - begun
                stage, begun = found[1], now
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("".join(said))
    done.seconds[stage] = done.seconds.get(stage, 0) + time.perf_counter() - begun
    report = json.loads(max((folder / "state" / "reports").glob("*/report.json")).read_text(encoding="utf-8"))
    done.texts, done.encoded, done.megabytes = report["texts"], report["embedded"], used.ru_maxrss / MEGABYTES
    return done


def fill(folder: Path) -> float:
    """Keeps a vector at random for each text of the feed; seconds that encoding all of them would have taken."""
    settings = Settings(sources=folder / "sources.yml")
    (source,) = read_sources(settings.sources_file, folder)
    reader = Reader(listing_contract(), dt.datetime.now(dt.UTC).date(), settings.max_feed_megabytes)
    knowledge = knowledge_of(settings)
    listings = [enriched(one, knowledge) for one in reader.read(source).listings]
    chance = np.random.default_rng(1)
    with closing(VectorCache(folder / VECTORS)) as cache:
        embedder = Embedder(settings.model, settings.centring, cache)
        recipe = embedder.recipe
        texts = [text for language in LANGUAGES for text in listing_passages(listings, language, recipe)]
        taken = _seconds_to_encode(embedder, texts[:: max(1, len(texts) // TIMED)])
        cache.remember(recipe)
        for part in chunks([text_key(text, recipe) for text in texts], 10_000):
            cache.put(part, unit(chance.normal(size=(len(part), recipe.dimension)).astype(np.float32)))
    return taken * len(texts)


def _seconds_to_encode(embedder: Embedder, texts: Sequence[str]) -> float:
    """Of one text, on average."""
    embedder.encoder.encode(list(texts[:1]))
    begun = time.perf_counter()
    embedder.encoder.encode(list(texts))
    return (time.perf_counter() - begun) / len(texts)


def told(name: str, done: Load) -> str:
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in done.seconds.items())
    return (
        f"{name}: {done.whole:.1f} s ({stages}); {done.encoded} of {done.texts} texts encoded; "
        f"{done.megabytes:.0f} MB at most"
    )


def both(folder: Path, count: int, every: int, *, made: bool, profile: str) -> None:
    write_sources(folder)
    write_csv(folder / "made.csv", rows(count))
    spared = fill(folder) if made else 0.0
    first = load(folder)
    print(told("first load", first), f"and {spared:.0f} s of encoding spared" if made else "", flush=True)
    write_csv(folder / "made.csv", rows(count, every))
    second = load(folder, *(("-m", "cProfile", "-o", profile) if profile else ()))
    print(told("second load", second))
    print(f"{second.whole / (first.whole + spared):.3f} of the first load's time; less than 0.2 is wanted")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--every", type=int, default=100, help="one row in so many is changed")
    parser.add_argument("--made-vectors", action="store_true", help="spare the first load its encoding")
    parser.add_argument("--profile", default="", help="a file for the second load's profile")
    asked = parser.parse_args()
    url = os.environ.get("OPENSEARCH_URL", "http://127.0.0.1:9200")
    with OpenSearch(url, timeout=60) as engine, tempfile.TemporaryDirectory() as folder:
        try:
            both(Path(folder), asked.rows, asked.every, made=asked.made_vectors, profile=asked.profile)
        finally:
            remove_indices(engine, PREFIX)


if __name__ == "__main__":
    main()
