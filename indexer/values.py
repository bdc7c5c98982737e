"""One value of a feed, read as its field's type says. Each reader raises UnreadableError."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from indexer import cleaning
from indexer.choices import choice_id
from indexer.class_times import class_times, tells_time
from indexer.dates import Order, date
from indexer.durations import length, longer_end
from indexer.further import LENGTHS
from indexer.markdown import as_html, looks_like_markdown
from indexer.money import money
from indexer.numbers import number, within
from indexer.rules import UnreadableError
from mappings.contract import Contract, Field, Language
from mappings.listing import OccupationLink, Term
from mappings.phrases import fold
from mappings.web_address import is_web_address

LINE_LIMIT, PROSE_LIMIT = 500, 20_000  # what mappings/listing.py accepts
NOC_CODE = re.compile(r"[0-9]{5}")
CIP_CODE = re.compile(r"[0-9]{2}(?:\.[0-9]{2}(?:[0-9]{2})?)?")
CURRENCY = re.compile(r"[A-Z]{3}")
YES = frozenset({"yes", "y", "true", "1", "oui", "o", "vrai"})
NO = frozenset({"no", "n", "false", "0", "non", "faux"})
SLUG = re.compile(r"[^a-z0-9+#]+")


@dataclass(frozen=True)
class Context:
    """What reading a value needs to know besides the value: the contract and the language of unlabelled words.

    `date_order` is how the source says it writes days in numbers, if it says so.
    """

    contract: Contract
    language: Language
    date_order: Order | None = None


def slug(text: str) -> str:
    """An id made of the words of a text."""
    return SLUG.sub("-", fold(text)).strip("-")


def _single(value: Any) -> Any:
    if isinstance(value, (dict, list, tuple)):
        raise UnreadableError("wrong_shape")
    return value


def _scalar(value: Any) -> str:
    return cleaning.written(_single(value))


def _checked(text: str, limit: int) -> str:
    if "\ufffd" in text:
        raise UnreadableError("text_damaged")
    if len(text) > limit:
        raise UnreadableError("too_long", limit=limit)
    return text


def _worth_cleaning(text: str, limit: int) -> str:
    """The text itself. A text that no markup explains the length of is refused before time is spent on it."""
    if len(text) > limit * cleaning.RAW:
        raise UnreadableError("too_long", limit=limit)
    return text


def line(value: Any) -> str:
    text = value if isinstance(value, str) else _scalar(value)
    return _checked(cleaning.line(_worth_cleaning(text, LINE_LIMIT)), LINE_LIMIT)


def prose(value: Any) -> str:
    """Words without markup, whichever of HTML and Markdown they came in."""
    text = _worth_cleaning(value if isinstance(value, str) else _scalar(value), PROSE_LIMIT)
    if looks_like_markdown(text) and not cleaning.TAG.search(text):
        text = as_html(text)
    return _checked(cleaning.prose(text), PROSE_LIMIT)


def flag(value: Any) -> bool:
    word = cleaning.key(_scalar(value))
    if word not in YES | NO:
        raise UnreadableError("not_a_flag")
    return word in YES


def web_address(value: Any) -> str:
    text = line(value)
    if not is_web_address(text):
        raise UnreadableError("not_a_web_address")
    return text


def _matching(pattern: re.Pattern[str], kind: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = line(value).upper()
        if not pattern.fullmatch(text):
            raise UnreadableError(kind)
        return text

    return read


def cip_code(value: Any) -> str:
    """A CIP code. A spreadsheet takes 51.0601 for a number and drops end zeros, so a number is padded."""
    if isinstance(value, float):
        value = f"{value:07.4f}"
    return _matching(CIP_CODE, "not_a_cip_code")(value)


def _plain_or(value: Any, worded: Callable[[str], float | None]) -> float | None:
    """A plain number as it is, which is cheap and the rule; other text by its own reader."""
    try:
        return number(value)
    except UnreadableError:
        if not isinstance(value, str):
            raise
        return worded(value)


def cost(value: Any, item: Field) -> float | None:
    """What a member of the public pays."""
    amount = _plain_or(value, lambda text: money(text).amount)
    return None if amount is None else within(amount, item.minimum, item.maximum)


def span(value: Any, item: Field) -> float | None:
    """Weeks, hours or hours a week; nothing when the text says another of them, which is read as that one."""

    def worded(text: str) -> float | None:
        longer = longer_end(text)
        said = length(text)._asdict() if longer is None else {item.name: longer}
        if not any(said.values()):
            raise UnreadableError("not_a_duration")
        return said[item.name]

    amount = _plain_or(value, worded)
    return None if amount is None else within(amount, item.minimum, item.maximum)


def position(value: Any) -> tuple[float, float]:
    """Longitude and latitude, from a pair in that order or from an object with `lon` and `lat`."""
    pair = (value.get("lon"), value.get("lat")) if isinstance(value, dict) else value
    if not isinstance(pair, (list, tuple)) or len(pair) != 2 or None in pair:
        raise UnreadableError("not_a_position")
    try:
        return within(number(pair[0]), -180, 180), within(number(pair[1]), -90, 90)
    except UnreadableError as error:
        raise UnreadableError("not_a_position") from error


def term(value: Any, context: Context) -> Term:
    """A skill or tool as the feed names it: a name, or a name per language. The id is made of the name."""
    named = value if isinstance(value, dict) else {context.language: value}
    labels = {code: line(named[code]) for code in ("en", "fr") if named.get(code)}
    written = next((slug(label) for label in labels.values() if slug(label)), "")
    if not written:
        raise UnreadableError("wrong_shape")
    return Term(id=written[:LINE_LIMIT], **labels)


def occupation(value: Any) -> OccupationLink:
    code = line(value.get("code", "") if isinstance(value, dict) else value)
    if not NOC_CODE.fullmatch(code):
        raise UnreadableError("not_a_noc_code")
    return OccupationLink(code=code)


def schedule(value: Any, item: Field, context: Context) -> Any:
    """A value of the list, or the values that days and times of classes stand for."""
    text = line(value)
    try:
        return choice_id(text, item, context.contract)
    except UnreadableError:
        if not tells_time(text):
            raise
    return class_times(text)


BY_NAME: dict[str, Callable[[Any, Field, Context], Any]] = {
    "url": lambda value, _item, _context: web_address(value),
    "cip": lambda value, _item, _context: cip_code(value),
    "currency": lambda value, _item, _context: _matching(CURRENCY, "not_a_currency")(value),
    "cost": lambda value, item, _context: cost(value, item),
    "schedule": schedule,
    **dict.fromkeys(LENGTHS, lambda value, item, _context: span(value, item)),
}
BY_TYPE: dict[str, Callable[[Any, Field, Context], Any]] = {
    "text": lambda value, _item, _context: prose(value),
    "texts": lambda value, _item, _context: prose(value),
    "name": lambda value, _item, _context: line(value),
    "code": lambda value, _item, _context: line(value),
    "choice": lambda value, item, context: choice_id(line(value), item, context.contract),
    "number": lambda value, item, _context: within(number(value), item.minimum, item.maximum),
    "flag": lambda value, _item, _context: flag(value),
    "date": lambda value, _item, context: date(_single(value), context.date_order),
    "point": lambda value, _item, _context: position(value),
    "term": lambda value, _item, context: term(value, context),
    "occupation": lambda value, _item, _context: occupation(value),
}


def read_value(value: Any, item: Field, context: Context) -> Any:
    """One value by its field's type. Raises UnreadableError."""
    return BY_NAME.get(item.name, BY_TYPE[item.type])(value, item, context)
