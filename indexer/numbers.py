"""Numbers as English and French feeds write them."""

import math
import re
from typing import Any

from indexer.cleaning import line
from indexer.rules import UnreadableError

# Canadian dollars in either language's place. Another currency's sign is refused: its column says the currency.
MONEY = re.compile(
    r"(?:CAD ?)?(?:(?:CA|C)?\$ ?)?(?P<amount>-?[0-9][0-9 .,]*?)(?: ?\$)?(?: ?CA(?:D|\$))?", re.IGNORECASE
)
# In order: a comma before exactly three digits groups thousands ("1,250"), since no cost or length has three decimals.
SHAPES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"), ",", "."),
    (re.compile(r"-?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?"), " ", ","),
    (re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+"), ".", ","),
    (re.compile(r"-?[0-9]+(?:[.,][0-9]+)?"), " ", ","),
)


def _bare(text: str) -> str:
    """The digits with their separators, without signs of Canadian dollars."""
    found = MONEY.fullmatch(line(text).replace("−", "-"))
    return found["amount"].strip() if found else ""


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def number(value: Any) -> float:
    """The number. Raises UnreadableError for anything but one plain number."""
    if isinstance(value, bool):
        raise UnreadableError("not_a_number")
    if isinstance(value, int | float):
        return _float(value)
    text = _bare(str(value))
    for shape, group, point in SHAPES:
        if shape.fullmatch(text):
            return float(text.replace(group, "").replace(point, "."))
    raise UnreadableError("not_a_number")


def within(amount: float, minimum: float | None, maximum: float | None) -> float:
    """The amount itself. Raises UnreadableError when it is outside the bounds, or is no finite number."""
    low, high = minimum if minimum is not None else float("-inf"), maximum if maximum is not None else float("inf")
    if not low <= amount <= high:
        raise UnreadableError("out_of_bounds", minimum=f"{low:g}", maximum=f"{high:g}")
    return amount
