"""Values as sheets that went through several programs hold them: quotation marks doubled, zeros lost, hyphens gone."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from indexer.cleaning import line, written

DOUBLED = re.compile(r'"{2,}')
DIGITS = re.compile(r"[0-9]{1,6}")


def unquoted(value: Any, _today: dt.date) -> str:
    """Text without the quotation marks that exports wrap around it; those inside a sentence stay, once."""
    text = DOUBLED.sub('"', written(value).strip())
    wrapped = len(text) > 1 and text[0] == text[-1] == '"'
    return text.strip('" ') if wrapped or text.count('"') % 2 else text


def cip_digits(value: Any, _today: dt.date) -> str | None:
    """A CIP code written as a number: 510801 is 51.0801, 10101 lost its zero and is 01.0101, 0 stands for none."""
    text = line(written(value))
    if not DIGITS.fullmatch(text):
        return text
    padded = text.zfill(6)
    return f"{padded[:2]}.{padded[2:]}" if int(text) else None


def cut_by_semicolons(value: Any, _today: dt.date) -> list[str]:
    """The parts of a list cut by semicolons, which may also stand at its ends."""
    return [part.strip() for part in written(value).split(";") if part.strip()]


SHEET_VALUES: dict[str, Callable[[Any, dt.date], Any]] = {
    "unquoted": unquoted,
    "cip_digits": cip_digits,
    "cut_by_semicolons": cut_by_semicolons,
}
