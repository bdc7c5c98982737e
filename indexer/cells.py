"""A cell of a feed: nothing, one value, or a list cut by vertical bars, with what could not be read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, NamedTuple

from indexer.contacts import without_contacts
from indexer.dates import Order
from indexer.misread import repaired
from indexer.rules import Problem, UnreadableError, problem
from indexer.tampering import tampering
from indexer.values import Context, read_value
from mappings.contract import Contract, Field, Language
from mappings.listing import Term

BAR = "|"
BLANKS = "\ufeff\u200b \t\r\n\u00a0\u202f"
MOST_PARTS = 500  # values of one cell; a list without end is a slip, or made to be slow
WORDED = frozenset({"text", "texts", "name", "term"})  # types that hold words of the institution's own


SHORT = 60  # characters of a value that is worth remembering
REMEMBERED = 1 << 14  # values


class Slot(NamedTuple):
    """Where a value belongs: a field, and for prose the language (None where the column does not say it)."""

    field: str
    language: Language | None = None


class Cell(NamedTuple):
    """A value as it came, under the column as the file names it."""

    column: str
    value: Any


@dataclass(frozen=True)
class Row:
    """One record of a feed. Numbers start at 1 and are the file's own: a table's header is row 1.

    `sent` are all cells of a table's row, known or not, in the order of its columns.
    """

    number: int
    cells: dict[Slot, Cell]
    problems: tuple[tuple[str, str, Problem], ...] = ()
    sent: Sequence[Any] | None = None


class Parsed(NamedTuple):
    """What a cell says (None or an empty tuple for nothing) and what of it could not be read."""

    value: Any
    problems: Sequence[tuple[str, Problem]] = ()


NOTHING = Parsed(None)

Reading = Callable[[Any, Field, Context], Parsed]


def is_blank(value: Any) -> bool:
    """Whether nothing is there. Zero and false are something."""
    if isinstance(value, str):
        return not value or (value[0] in BLANKS and not value.strip(BLANKS))
    return value is None or value in ([], (), {}) or value != value  # noqa: PLR0124 - NaN is the value unlike itself


def is_many(item: Field) -> bool:
    return item.many or item.type == "texts"


def parts_of(value: Any) -> list[Any]:
    """The values of a list: JSON's own, or text cut by vertical bars; one more than are read, if there are more."""
    listed = value if isinstance(value, (list, tuple)) else [value]
    cut = value.split(BAR, MOST_PARTS + 1)[: MOST_PARTS + 1] if isinstance(value, str) else listed[: MOST_PARTS + 1]
    return [part for part in cut if not is_blank(part)]


def _of_nobody(found: Any) -> Any:
    """A text without what leads to a person; nothing for a term of which a name does: half a name is none."""
    if not isinstance(found, Term):
        return without_contacts(found) if isinstance(found, str) else found
    names = [name for name in (found.en, found.fr) if name]
    return found if [without_contacts(name) for name in names] == names else ""


def read_words(value: Any, item: Field, context: Context) -> tuple[Any, list[Problem]]:
    """One value, without what leads to a person, and what was done to it. Raises UnreadableError."""
    found = read_value(value, item, context)
    if item.type not in WORDED and not item.name.startswith("place."):
        return found, []
    remarks = [problem(kind) for kind in tampering(value)] if isinstance(value, str) else []
    if isinstance(value, str) and repaired(value) != value:
        remarks.append(problem("text_repaired"))
    kept = _of_nobody(found)
    if kept != found:
        remarks.append(problem("contact_taken_out"))
    return kept, remarks


def _remembering(read: Reading) -> Reading:
    """The same reading, of short values once: kinds, places, days and skills come again from row to row."""

    @lru_cache(REMEMBERED)
    def known(value: str, name: str, contract: Contract, language: Language, order: Order | None) -> Parsed:
        return read(value, contract.named(name), Context(contract, language, order))

    @wraps(read)
    def found(value: Any, item: Field, context: Context) -> Parsed:
        if isinstance(value, str) and len(value) <= SHORT and not item.is_prose:
            return known(value, item.name, context.contract, context.language, context.date_order)
        return read(value, item, context)

    return found


@_remembering
def _part(value: Any, item: Field, context: Context) -> Parsed:
    """One value, or one of several."""
    if is_blank(value):
        return NOTHING
    try:
        found, remarks = read_words(value, item, context)
    except UnreadableError as error:
        return Parsed(None, ((str(value), error.problem),))
    return Parsed(None if found == "" else found, [("", remark) for remark in remarks])


@_remembering
def _many(value: Any, item: Field, context: Context) -> Parsed:
    """A list keeps what can be read of it, each value once."""
    parts = parts_of(value)
    found: dict[Any, None] = {}
    problems = [("", problem("too_many", limit=MOST_PARTS))] if len(parts) > MOST_PARTS else []
    for part in parts[:MOST_PARTS]:
        one = _part(part, item, context)
        problems.extend(one.problems)
        if one.value is not None:
            found.update(dict.fromkeys(one.value if isinstance(one.value, tuple) else (one.value,)))
    return Parsed(tuple(found), problems)


def parse(value: Any, item: Field, context: Context) -> Parsed:
    """A cell read by its field."""
    return _many(value, item, context) if is_many(item) else _part(value, item, context)
