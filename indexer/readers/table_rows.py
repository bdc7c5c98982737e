"""Rows of a table, whichever file they come from and whoever named its columns."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from indexer.cells import is_blank
from indexer.rules import Problem, problem

Cells = Sequence[Any]


def rows_below(rows: Iterable[Cells], header: int) -> Iterator[tuple[int, Cells]]:
    """The rows that hold anything below that one, with the numbers the file gives them, from 1."""
    for number, cells in enumerate(rows, start=1):
        if number > header and not all(map(is_blank, cells)):
            yield number, cells


def shift(cells: Cells, columns: int) -> Problem | None:
    """What is wrong with a row that goes on beyond its header."""
    if all(map(is_blank, cells[columns:])):
        return None
    return problem("cells_shifted", cells=len(cells), columns=columns)
