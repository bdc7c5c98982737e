"""Days in the notations of single formats. Each raises UnreadableError."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import Any

from indexer.cleaning import line, written
from indexer.rules import UnreadableError

COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
# LHEO writes a day that is not known, or has no end, like this.
UNKNOWN = frozenset({"00000000", "99999999"})


def _spread(value: Any) -> Any:
    text = line(written(value))
    found = COMPACT.fullmatch(text)
    return None if text in UNKNOWN else "-".join(found.groups()) if found else value


def compact_day(value: Any, _today: dt.date) -> Any:
    """Days like 20270118 with hyphens; what is none is left to the field's own reading, what is unknown is dropped."""
    if not isinstance(value, list):
        return _spread(value)
    return [spread for one in value if (spread := _spread(one)) is not None]


def mail_day(value: Any, _today: dt.date) -> str:
    """The day of a date as mail and RSS write it: "Mon, 18 Jan 2027 09:00:00 -0500"."""
    try:
        return parsedate_to_datetime(line(written(value))).date().isoformat()
    except (ValueError, IndexError, OverflowError) as error:
        raise UnreadableError("not_a_date") from error
