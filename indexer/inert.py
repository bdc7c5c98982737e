"""Cells no spreadsheet runs, and their way back: what is written so is read as it was."""

import re
from typing import Any

MARK = "'"
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # plain, and as wide as East Asian letters
# A number with its sign is taken for what it is; a telephone number or a sum is not.
SIGNED = re.compile(r"[-+][0-9]+(?:[.,][0-9]+)*[\s$%]*")


def _runs(text: str) -> bool:
    """Whether a spreadsheet takes it for a formula; some look past blanks and quotes before it."""
    core = text.strip().lstrip(MARK + " \t\r\n\v\f\u00a0")
    return len(core) > 1 and core.startswith(FORMULA) and not SIGNED.fullmatch(core)


def inert(text: str) -> str:
    """The text as a cell no spreadsheet takes for a formula; `bare` gives the text back."""
    return f"{MARK}{text}" if _runs(text) else text


def bare(value: Any) -> Any:
    """A cell without the mark that kept it from being run."""
    return value[1:] if isinstance(value, str) and value[:1] == MARK and _runs(value) else value
