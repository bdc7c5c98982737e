"""A feed of one very long line, read: `python -m tests.indexer.hostile.one_line --form csv --megabytes 1024`.

The line is the description of a row between two good ones. Printed are what came of it, the listings, most megabytes
the process had while it was read, and seconds of the processor. MAX_FEED_MEGABYTES counts as raised to what it takes.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import IO

from indexer.sources import Source
from tests.indexer.hostile.forms import FORMS, Form
from tests.indexer.hostile.reading import ALSO_GOOD, EVIL, GOOD, judged, kinds

MEGABYTE = 1_000_000
HERE = "stands-here"
FORM = {form.name: form for form in FORMS if not form.is_workbook}


def _fill(file: IO[bytes], form: Form, megabytes: int) -> None:
    before, after = form.write([GOOD, {**EVIL, "description": HERE}, ALSO_GOOD]).split(HERE.encode())
    file.write(before)
    for _ in range(megabytes):
        file.write(b"x" * MEGABYTE)
    file.write(after)


def placed(form: Form, folder: Path, megabytes: int) -> Source:
    """A source whose file has a line of that length."""
    source = form.placed(folder, b"")
    with source.file.open("wb") as file:
        _fill(file, form, megabytes)
    return source


def most_kilobytes() -> int:
    """The most this program had. `ru_maxrss` begins with what the one that started it had, where that is more."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--form", choices=sorted(FORM), required=True)
    parser.add_argument("--megabytes", type=int, default=64)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = judged(placed(FORM[asked.form], Path(folder), asked.megabytes), asked.megabytes + 1)
    peak = most_kilobytes() * 1_024 // MEGABYTE
    said = {"said": kinds(found), "listings": len(found.listings), "megabytes": peak}
    print(json.dumps({**said, "seconds": round(time.process_time(), 1)}))


if __name__ == "__main__":
    main()
