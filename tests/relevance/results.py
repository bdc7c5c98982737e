"""The figures as tables to read and as a file to compare."""

import datetime as dt
import json
import statistics
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from search_api.ranking import RANKING
from tests.relevance.collection import Collection, QuerySet
from tests.relevance.measures import Figure, Row
from tests.relevance.service import ROOT

COLUMNS = ("nDCG@10", "recall@10", "recall@100", "MRR", "no result", "declined", "ms")


@dataclass(frozen=True)
class Result:
    """The rows of one set of queries, by the way they were searched."""

    collection: Collection
    queries: QuerySet
    rows: dict[str, Row]
    recipe: dict[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "collection": self.collection.name,
            "language": self.collection.language,
            "documents": self.collection.documents,
            "recipe": self.recipe,
            "set": self.queries.name,
            "classes": self.queries.classes,
            "queries": {query.id: query.text for query in self.queries.queries},
            "rows": {name: asdict(row) for name, row in self.rows.items()},
        }


def cell(figure: Figure) -> str:
    return f"{figure.mean:.3f}\n[dim]{figure.low:.3f}–{figure.high:.3f}[/dim]"


def share_cell(figure: Figure) -> str:
    return f"{figure.mean:.1%}\n[dim]{figure.low:.1%}–{figure.high:.1%}[/dim]"


def cells(row: Row) -> tuple[str, ...]:
    """Each figure with its 95 % interval below it."""
    figures = (row.ndcg_10, row.recall_10, row.recall_100, row.mrr)
    shares = (row.zero_results, row.declined)
    return (*map(cell, figures), *map(share_cell, shares), f"{row.milliseconds:.0f}")


def table(result: Result) -> Table:
    title = f"{result.collection.name} · {result.queries.name} · {len(result.queries.queries)} queries"
    found = Table("search", title=title, title_justify="left")
    for column in COLUMNS:
        found.add_column(column, justify="right", no_wrap=True)
    for name, row in result.rows.items():
        found.add_row(name, *cells(row))
    return found


def class_table(result: Result) -> Table:
    """nDCG@10 by class of query."""
    found = Table("class", "queries", title=f"{result.queries.name} by class, nDCG@10", title_justify="left")
    for name in result.rows:
        found.add_column(name, justify="right")
    means = [class_means(result.queries, row) for row in result.rows.values()]
    for kind, count in Counter(result.queries.classes.values()).items():
        found.add_row(kind, str(count), *(f"{each[kind]:.3f}" for each in means))
    return found


def class_means(queries: QuerySet, row: Row) -> dict[str, float]:
    """Mean nDCG@10 of each class of queries."""
    values: dict[str, list[float]] = {}
    for query in queries.queries:
        values.setdefault(queries.classes[query.id], []).append(row.by_query[query.id])
    return {kind: statistics.fmean(each) for kind, each in values.items()}


def commit() -> str | None:
    """The commit that was measured; None outside a repository."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=40"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.strip() or None


def plain(value: Any) -> Any:
    """Records and mappings as JSON has them."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return {key: plain(each) for key, each in value.items()} if isinstance(value, Mapping) else value


def write(folder: Path, results: Sequence[Result], when: dt.datetime, settings: Mapping[str, Any]) -> Path:
    """Writes the results with the commit, the numbers of the ranking and these settings; gives the file."""
    told = {"commit": commit(), "date": when.isoformat(), **settings, "ranking": plain(RANKING)}
    body = told | {"sets": [result.as_json() for result in results]}
    path = folder / f"{when:%Y%m%dT%H%M%SZ}.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
