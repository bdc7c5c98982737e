"""How fast rows are read and judged: `python -m tests.indexer.bench_reading` prints rows a second and the memory taken.

A made-up CSV file in the template's columns goes through the indexer's reader, from the file to listings; the time is
this process's own on the processor. 3,000 rows a second and less than 500 MB for 100,000 rows are wanted. Nothing here
is a test: times differ from machine to machine.
"""

import argparse
import datetime as dt
import resource
import tempfile
import time
from pathlib import Path

from indexer.reading import Reader
from indexer.sources import Source
from mappings.contract import listing_contract
from tests.indexer.made_rows import made_rows, write_csv

MEGABYTES = 1024  # what one of its kilobytes is counted in by `ru_maxrss`


def measure(path: Path) -> tuple[int, float]:
    """Rows judged, and seconds."""
    institution = {"id": "made", "name": {"en": "Made College"}, "kind": "college"}
    source = Source.model_validate({"id": "made", "institution": institution, "file": path})
    reader = Reader(listing_contract(), dt.datetime.now(dt.UTC).date(), MEGABYTES)
    begun = time.process_time()
    rows = len(reader.read(source).judged)
    return rows, time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "made.csv", made_rows(asked))
        rows, seconds = measure(path)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTES
    print(f"{rows} rows in {seconds:.1f} s: {rows / seconds:.0f} a second, {most:.0f} MB at most")


if __name__ == "__main__":
    main()
