"""The versions of a prefix that are there: when each was made, what it holds, and what became of it."""

import datetime as dt
from collections.abc import Sequence

from rich.table import Table

from indexer.housekeeping import line_of
from indexer.load import Stored
from mappings.index_meta import IndexMeta

COLUMNS = ("built (UTC)", "index", "listings", "sources", "stale", "state", "overruled")
LEFT = ("built (UTC)", "index", "state", "overruled")


def _time(time: dt.datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S}"


def _state(one: Stored, served: Stored | None, line: Sequence[str]) -> str:
    if served and one.name == served.name:
        return "served"
    if one.meta is None or not one.meta.complete:
        return "not whole"
    if one.meta.rolled_back:
        return f"rolled back {_time(one.meta.rolled_back)}"
    return f"rollback {line.index(one.name) + 1}" if one.name in line else "kept"


def _facts(meta: IndexMeta) -> tuple[str, ...]:
    stale = sum(source.stale for source in meta.sources)
    return (str(meta.listings), str(len(meta.sources)), str(stale))


def history_rows(stored: Sequence[Stored], served: Stored | None) -> list[tuple[str, ...]]:
    """The newest first. `rollback 2` is what a second rollback from now would serve."""
    line = [one.name for one in line_of(stored, served)] if served else []
    return [
        (
            _time(one.meta.built) if one.meta else one.time,
            one.name,
            *(_facts(one.meta) if one.meta else ("", "", "")),
            _state(one, served, line),
            "; ".join(one.meta.forced) if one.meta else "",
        )
        for one in reversed(stored)
    ]


def history_table(rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, justify="left" if name in LEFT else "right", no_wrap=name != "overruled")
    for row in rows:
        table.add_row(*row)
    return table
