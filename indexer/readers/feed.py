"""What a reader gives: rows, and what is to be said about the file as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.cells import Row, Slot
from indexer.rules import Issue


@dataclass(frozen=True)
class Feed:
    """The rows of a file in its order, and warnings about the file itself, all told once the rows were read.

    A feed may be larger than memory: its rows are read as they are asked for, once, and raise SourceError where the
    file turns out to be broken. `columns` are a table's headers as written, `slots` what each of them holds.
    """

    rows: Iterable[Row]
    notes: list[Issue]
    columns: tuple[str, ...] = ()
    slots: tuple[Slot | None, ...] = ()
