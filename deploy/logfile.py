"""The one line of a log that says why something did not start."""

import re
from collections.abc import Iterable
from pathlib import Path

TELLING = re.compile(r"error|exception|fatal|refused|denied|killed|cannot|could not|failed", re.IGNORECASE)
STACK_FRAME = re.compile(r"^\s+at |^\s*\.\.\. \d+ more|^Traceback|^\s+File |^\s*~*\^+~*\s*$|For complete error details")
LONGEST = 300
TAIL_BYTES = 100_000


def tail(path: Path) -> list[str]:
    """The last lines of a file; none when it cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL_BYTES))
            return file.read().decode(errors="replace").splitlines()
    except OSError:
        return []


def last_meaningful_line(paths: Iterable[Path]) -> str:
    """The last line that tells of a failure, stack frames aside, in the first log that has one; else the last line."""
    logs = [[line for line in tail(path) if line.strip() and not STACK_FRAME.search(line)] for path in paths]
    telling = [line for lines in logs for line in reversed(lines) if TELLING.search(line)]
    last = [line for lines in logs for line in lines[-1:]]
    return next(iter(telling or last), "the log is empty").strip()[:LONGEST]
