"""How a mapping writes the path to a value: JMESPath in JSON and tables, XPath in XML."""

import json
import re
from collections.abc import Sequence
from typing import Any, Protocol

LIST = "[]"
OWN_TEXT = "."  # the step to the text of an element that has attributes or elements besides
Steps = tuple[str, ...]
BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
XML_STEP = re.compile(r"@?(?:[\w.-]+:)?([\w.-]+)(?:\[(.*)\])?")
QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
PREFIX = re.compile(r"^[\w.-]+:(?=[\w.-]+$)")  # of a value that is a name: `x:code`
TAG = re.compile(r"([A-Za-z]{2})[-_][A-Za-z]{2}")  # of a language and a country


class Notation(Protocol):
    """A language of paths as a proposal writes it."""

    def path(self, steps: Steps) -> str:
        """The path of some steps."""

    def names(self, steps: Steps) -> tuple[str, ...]:
        """What the steps are called, for people: without lists, prefixes and signs."""

    def first(self, steps: Steps) -> str:
        """The first value of a path to several."""

    def one_of(self, steps: Steps, values: Sequence[Any]) -> str | None:
        """The condition that a path has one of the values; None where it cannot be written."""

    def flag(self, steps: Steps, *, hides: bool) -> str:
        """The condition that a path holds true, or does not where it hides."""


def _step(name: str) -> str:
    return name if BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def expression(steps: Steps) -> str:
    """The JMESPath of some steps: `runs[].price`, `"Course Title"`."""
    text = ""
    for step in steps:
        text += LIST if step == LIST else f".{_step(step)}" if text else _step(step)
    return text


def _literal(value: Any) -> str:
    """A value as JMESPath writes it."""
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{escaped}'"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


class JmesNotation:
    """`runs[].price`"""

    def path(self, steps: Steps) -> str:
        return expression(steps)

    def names(self, steps: Steps) -> tuple[str, ...]:
        return tuple(step for step in steps if step != LIST)

    def first(self, steps: Steps) -> str:
        return f"{expression(steps)} | [0]"

    def one_of(self, steps: Steps, values: Sequence[Any]) -> str | None:
        return " || ".join(f"{expression(steps)} == {_literal(value)}" for value in values) or None

    def flag(self, steps: Steps, *, hides: bool) -> str:
        return f"!{expression(steps)}" if hides else expression(steps)


def xml_literal(value: str) -> str | None:
    """A text as XPath 1.0 writes it; one with both marks of quotation has no spelling."""
    if "'" in value and '"' in value:
        return None
    return f'"{value}"' if "'" in value else f"'{value}'"


def _spoken(step: str) -> tuple[str, ...]:
    """A step's own name, and the words by which it is told from its like: `field`, `description`."""
    found = XML_STEP.fullmatch(step)
    if not found:
        return ()
    said = [PREFIX.sub("", one or other) for one, other in QUOTED.findall(found[2] or "")]
    return (found[1], *(tag[1] if (tag := TAG.fullmatch(text)) else text for text in said))


class XPathNotation:
    """`mlo:presentation/mlo:start/@dtf`"""

    def path(self, steps: Steps) -> str:
        return "/".join(step for step in steps if step not in (LIST, OWN_TEXT)) or OWN_TEXT

    def names(self, steps: Steps) -> tuple[str, ...]:
        return tuple(name for step in steps if step not in (LIST, OWN_TEXT) for name in _spoken(step)) or (OWN_TEXT,)

    def first(self, steps: Steps) -> str:
        return f"({self.path(steps)})[1]"

    def one_of(self, steps: Steps, values: Sequence[Any]) -> str | None:
        literals = [literal for value in values if (literal := xml_literal(str(value)))]
        return " or ".join(f"normalize-space({self.path(steps)}) = {literal}" for literal in literals) or None

    def flag(self, steps: Steps, *, hides: bool) -> str:
        said = f"normalize-space({self.path(steps)}) = 'true'"
        return f"not({said})" if hides else said


JMES, XPATH = JmesNotation(), XPathNotation()
