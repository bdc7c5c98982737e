"""Shows what was searched for and opened in the last days.

`make usage`, `make usage ARGS="--days 30"`
"""

import argparse
import datetime as dt
import sqlite3
import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from search_api.settings import ReaderSettings
from search_api.usage.counts import (
    BANDS,
    BEYOND,
    CLICKS,
    DEGRADED,
    IMPRESSIONS,
    SEARCHES,
    SINGLE_RANKS,
    UNRANKED,
    UNSUITABLE,
    WITHOUT_RESULT,
    Counts,
)
from search_api.usage.ledger import FREQUENT, Frequent, Ledger
from search_api.usage.recorder import utc_now

DAYS = 7
MOST_SHOWN = 20
WIDTH = 120  # of what is no terminal
COLUMNS = {
    SEARCHES: "searches",
    WITHOUT_RESULT: "no result",
    UNSUITABLE: "nothing suitable",
    DEGRADED: "by words only",
    IMPRESSIONS: "listings shown",
    CLICKS: "visits",
}
RANKS = (*map(str, range(1, SINGLE_RANKS + 1)), *(label for _, label in BANDS), BEYOND, UNRANKED)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m search_api.usage.report", description=__doc__)
    top.add_argument("--days", type=int, default=DAYS, help="how many days, today's included (UTC); %(default)s")
    return top


def _table(title: str, words: Sequence[str], numbers: Sequence[str]) -> Table:
    shown = Table(title=title, title_justify="left", show_edge=False)
    for name in words:
        shown.add_column(name)
    for name in numbers:
        shown.add_column(name, justify="right")
    return shown


def _sums(counts: Counts) -> Counter[str]:
    found: Counter[str] = Counter()
    for count, number in counts.items():
        found[count.name] += number
    return found


def days_table(days: Mapping[str, Counts]) -> Table:
    """Counters by day, languages and surfaces together."""
    shown = _table("by day (UTC)", ("day",), tuple(COLUMNS.values()))
    for day, counts in days.items():
        sums = _sums(counts)
        shown.add_row(day, *(str(sums[name]) for name in COLUMNS))
    return shown


def ranks_table(counts: Counts) -> Table:
    """How often a listing was shown and visited, by its rank; `none` is come to without a search."""
    shown = _table("visits by rank", ("rank",), ("shown", "visits", "share"))
    sums: Counter[tuple[str, str]] = Counter()
    for count, number in counts.items():
        sums[count.name, count.rank] += number
    for rank in RANKS:
        seen, visited = sums[IMPRESSIONS, rank], sums[CLICKS, rank]
        if seen or visited:
            shown.add_row(rank, str(seen), str(visited), f"{visited / seen:.1%}" if seen else "–")
    return shown


def queries_table(title: str, queries: Sequence[Frequent]) -> Table:
    shown = _table(title, ("", "query"), ("searches", "no result", "nothing suitable"))
    for query in queries[:MOST_SHOWN]:
        shown.add_row(query.language, escape(query.text), *map(str, query.tally))
    return shown


def show(days: Mapping[str, Counts], queries: Sequence[Frequent], console: Console) -> None:
    console.print(days_table(days))
    console.print(ranks_table(sum(days.values(), Counter())))
    console.print(queries_table(f"queries seen in at least {FREQUENT} minutes of a day", queries))
    unmet = [query for query in queries if query.tally.without_result or query.tally.unsuitable]
    unmet.sort(key=lambda query: -(query.tally.without_result + query.tally.unsuitable))
    console.print(queries_table("of these, without result or with nothing suitable", unmet))


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 shown, 1 nothing to show."""
    asked, settings = parser().parse_args(argv), ReaderSettings()
    ledger, today = Ledger(settings.usage_folder), utc_now().date()
    first = today - dt.timedelta(days=max(asked.days, 1) - 1)
    if not ledger.exists:
        print("error: nothing was counted yet, or USAGE is off", file=sys.stderr)
        return 1
    try:
        with ledger.read() as page:
            days = {day: counts for day, counts in page.by_day().items() if day >= first.isoformat()}
            queries = page.frequent(first, today)
    except sqlite3.Error as error:
        print(f"error: {settings.usage_folder} cannot be read ({error})", file=sys.stderr)
        return 1
    console = Console()
    show(days, queries, console if console.is_terminal else Console(width=WIDTH))
    print(f"daily files: {settings.usage_folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
