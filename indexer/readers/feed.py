"""What a reader gives: rows, and what is to be said about the file as a whole."""

from dataclasses import dataclass

from indexer.cells import Row, Slot
from indexer.rules import Issue


@dataclass(frozen=True)
class Feed:
    """The rows of a file in its order, and warnings about the file itself.

    `columns` are a table's headers as written, `slots` what each of them holds.
    """

    rows: list[Row]
    notes: list[Issue]
    columns: tuple[str, ...] = ()
    slots: tuple[Slot | None, ...] = ()
