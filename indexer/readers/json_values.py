"""JSON values as feeds hold them, by the standard library's reader."""

import json
from typing import Any, Final

# An exact whole number of more digits is no number of a feed, takes long to make, and fits into no other.
DIGITS: Final = 300


def _whole(text: str) -> int | float:
    return int(text) if len(text) <= DIGITS else float(text)


# NaN and infinity are not JSON, and count as missing.
DECODER: Final = json.JSONDecoder(parse_constant=lambda _name: None, parse_int=_whole)


def loads(text: str) -> Any:
    """A whole document. Raises ValueError, and RecursionError where it nests too deeply."""
    return DECODER.decode(text)
