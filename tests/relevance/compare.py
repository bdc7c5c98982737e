"""Says which differences between two measurements are more than chance, and which queries moved most.

A and B are files that `make relevance` wrote. Each set of queries and way to search that both hold is compared query by
query: a paired randomisation test of nDCG@10, and Holm's correction over all of them.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.stats import permutation_test

from tests.relevance.collection import SEED

RESAMPLES = 9999
LEVEL = 0.05
MOVED = 10
WIDTH = 140  # of what is no terminal


class ResultsError(ValueError):
    """A file is no measurement, or two have nothing in common; the message is one sentence."""


@dataclass(frozen=True)
class Pair:
    """One set and way to search in both measurements: nDCG@10 of the queries both asked, in one order."""

    name: str
    way: str
    queries: tuple[str, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]

    @property
    def gain(self) -> float:
        return float(np.mean(self.after) - np.mean(self.before))


def read(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a file by set and way. Raises ResultsError."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return {
            (f"{one['collection']} {one['set']}", way): {"texts": one["queries"], "figures": row["by_query"]}
            for one in body["sets"]
            for way, row in one["rows"].items()
        }
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResultsError(f"{path} is no file of `make relevance`: {error!r}") from error


def compared(before: Path, after: Path) -> list[Pair]:
    """What two files have in common. Raises ResultsError."""
    found = list(pairs(read(before), read(after)))
    if not found:
        raise ResultsError("the two files have no set of queries and way to search in common")
    return found


def pairs(before: Mapping[tuple[str, str], Any], after: Mapping[tuple[str, str], Any]) -> Iterator[Pair]:
    """What both hold."""
    for (name, way), one in before.items():
        figures, others = one["figures"], after.get((name, way), {"figures": {}})["figures"]
        both = [query for query in figures if query in others]
        if both:
            texts = tuple(str(one["texts"].get(query, query)) for query in both)
            yield Pair(name, way, texts, tuple(figures[x] for x in both), tuple(others[x] for x in both))


def chance(pair: Pair) -> float:
    """How likely a difference of this size is when it makes no odds which of the two answered a query (two-sided)."""
    if pair.before == pair.after:
        return 1.0
    found = permutation_test(
        (np.array(pair.after), np.array(pair.before)),
        lambda after, before, axis: np.mean(after - before, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(SEED),
    )
    return float(found.pvalue)


def holm(chances: Sequence[float]) -> list[float]:
    """Chances corrected for being many (Holm, 1979), in the order given."""
    order, corrected, highest = np.argsort(chances, kind="stable"), [0.0] * len(chances), 0.0
    for place, at in enumerate(order.tolist()):
        highest = max(highest, min(1.0, (len(chances) - place) * chances[at]))
        corrected[at] = highest
    return corrected


def moved(pair: Pair) -> list[tuple[float, str]]:
    """The queries that changed most, the largest change first."""
    changes = zip((b - a for a, b in zip(pair.before, pair.after, strict=True)), pair.queries, strict=True)
    return sorted((one for one in changes if one[0]), key=lambda one: (-abs(one[0]), one[1]))[:MOVED]


def summary(found: Sequence[Pair]) -> Table:
    shown = Table("set", "search", "queries", "A", "B", "difference", "p (Holm)", "")
    for pair, likely in zip(found, holm([chance(pair) for pair in found]), strict=True):
        means = (np.mean(pair.before), np.mean(pair.after))
        figures = (*(f"{mean:.3f}" for mean in means), f"{pair.gain:+.3f}", f"{likely:.4f}")
        verdict = ("better" if pair.gain > 0 else "worse") if likely < LEVEL else ""
        shown.add_row(pair.name, pair.way, str(len(pair.queries)), *figures, verdict)
    return shown


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tests.relevance.compare", description=__doc__)
    top.add_argument("before", type=Path, metavar="A")
    top.add_argument("after", type=Path, metavar="B")
    top.add_argument("--way", default="hybrid", help="of which row moved queries are listed (hybrid)")
    return top


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 compared, 1 failed with a sentence."""
    arguments, console = parser().parse_args(argv), Console()
    console = console if console.is_terminal else Console(width=WIDTH)
    try:
        found = compared(arguments.before, arguments.after)
    except ResultsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    console.print(summary(found))
    for pair in (pair for pair in found if pair.way == arguments.way):
        console.print(f"\n{pair.name}, {pair.way}: moved most")
        for change, text in moved(pair):
            console.print(f"  {change:+.3f}  {text}", markup=False, highlight=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
