"""The daily file of queries that many typed, for an operator to read."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from search_api.usage.ledger import FREQUENT, Frequent

NAME = "queries-{day}.json"
# The files, and drafts that a process which was killed has left.
PATTERN = "queries-*.*"


def daily_file(folder: Path, day: dt.date) -> Path:
    return folder / NAME.format(day=day.isoformat())


def _entry(query: Frequent) -> dict[str, str | int]:
    return {"language": query.language, "query": query.text, **query.tally._asdict()}


def write_daily_file(folder: Path, day: dt.date, queries: Sequence[Frequent]) -> None:
    """Whole or not at all. Raises OSError."""
    said = {"day": day.isoformat(), "seen_in_minutes_at_least": FREQUENT, "queries": list(map(_entry, queries))}
    path = daily_file(folder, day)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def remove_old_files(folder: Path, first_kept: dt.date) -> None:
    """Days stand in names so that they compare as text. Raises OSError."""
    for path in folder.glob(PATTERN):
        if path.stem < daily_file(folder, first_kept).stem:
            path.unlink(missing_ok=True)
