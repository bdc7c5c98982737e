"""How fast rows are read and judged: `python -m tests.indexer.bench_reading` prints rows a second and the memory taken.

A made-up feed goes through the indexer's reader, from the file to listings; the time is this process's own on the
processor. 3,000 rows a second and less than 500 MB for 100,000 rows are wanted of a table. `--format` makes a feed of
another kind; `--alone` reads the rows without judging or keeping them, to show that a reader's memory does not grow
with the file. Nothing here is a test: times differ from machine to machine.
"""

import argparse
import datetime as dt
import resource
import tempfile
import time
from pathlib import Path

from indexer.feeds import read_feed
from indexer.reading import Reader
from indexer.sources import Source
from mappings.contract import listing_contract
from tests.indexer.made_feeds import FEEDS

MEGABYTES = 1024  # what one of its kilobytes is counted in by `ru_maxrss`


def source_of(path: Path, form: str) -> Source:
    institution = {"id": "made", "name": {"en": "Made College"}, "kind": "college"}
    body = {"id": "made", "institution": institution, "file": path, "format": form}
    mapping = path.with_name("mapping.yml")
    return Source.model_validate({**body, "mapping": mapping} if mapping.exists() else body)


def measure(source: Source, *, alone: bool) -> tuple[int, float]:
    """Rows read and, unless reading is measured alone, judged; and seconds."""
    contract, today = listing_contract(), dt.datetime.now(dt.UTC).date()
    begun = time.process_time()
    feed = read_feed(source, contract, today, MEGABYTES)
    done = feed.rows if alone else Reader(contract, today, MEGABYTES).judged(feed, source)
    rows = sum(1 for _ in done)
    return rows, time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--format", choices=FEEDS, default="csv")
    parser.add_argument("--alone", action="store_true")
    asked = parser.parse_args()
    name, write = FEEDS[asked.format]
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / name, asked.rows)
        rows, seconds = measure(source_of(path, asked.format), alone=asked.alone)
        size = path.stat().st_size / MEGABYTES**2
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTES
    per_second = f"{rows / seconds:.0f} a second"
    print(f"{rows} rows of {size:.0f} MB in {seconds:.1f} s: {per_second}, {most:.0f} MB at most")


if __name__ == "__main__":
    main()
