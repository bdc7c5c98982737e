"""The figures as tables to read and as a file to compare."""

import datetime as dt
import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from tests.relevance.collection import Collection, QuerySet
from tests.relevance.measures import Row
from tests.relevance.service import ROOT

COLUMNS = ("nDCG@10", "95 % interval", "recall@10", "recall@100", "MRR", "no result", "ms")


@dataclass(frozen=True)
class Result:
    """The rows of one set of queries, by the way they were searched."""

    collection: Collection
    queries: QuerySet
    rows: dict[str, Row]

    def as_json(self) -> dict[str, Any]:
        return {
            "collection": self.collection.name,
            "language": self.collection.language,
            "documents": self.collection.documents,
            "set": self.queries.name,
            "queries": len(self.queries.queries),
            "rows": {name: asdict(row) for name, row in self.rows.items()},
        }


def cells(row: Row) -> tuple[str, ...]:
    figures = (f"{row.ndcg_10:.3f}", f"{row.low:.3f} – {row.high:.3f}")
    rest = (row.recall_10, row.recall_100, row.mrr)
    return (*figures, *(f"{figure:.3f}" for figure in rest), f"{row.zero_results:.1%}", f"{row.milliseconds:.0f}")


def table(result: Result) -> Table:
    title = f"{result.collection.name} · {result.queries.name} · {len(result.queries.queries)} queries"
    found = Table("search", title=title, title_justify="left")
    for column in COLUMNS:
        found.add_column(column, justify="right", no_wrap=True)
    for name, row in result.rows.items():
        found.add_row(name, *cells(row))
    return found


def commit() -> str | None:
    """The commit that was measured; None outside a repository."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=40"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.strip() or None


def write(folder: Path, results: Sequence[Result], when: dt.datetime) -> Path:
    """Writes the results and gives the file."""
    body = {"commit": commit(), "date": when.isoformat(), "sets": [result.as_json() for result in results]}
    path = folder / f"{when:%Y%m%dT%H%M%SZ}.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
