"""Workbooks are opened by another process first: a few bytes can ask for more memory than there is."""

import subprocess
import sys
from pathlib import Path

from indexer.failures import SourceError
from indexer.rules import problem

# A workbook of 100,000 rows of 23 columns takes 300 MB and three seconds.
MEMORY_MEGABYTES, SECONDS = 1_000, 60
OPENING = Path(__file__).parent / "readers" / "workbook_opening.py"


def _opens(path: Path) -> bool:
    command = [sys.executable, "-I", str(OPENING), str(path), str(MEMORY_MEGABYTES), str(SECONDS)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def check_workbook(path: Path) -> None:
    """Raises SourceError for a workbook that cannot be opened within the limits; what is none its reader tells."""
    if not _opens(path):
        raise SourceError(problem("workbook_unfolds", file=path.name, megabytes=MEMORY_MEGABYTES, seconds=SECONDS))
