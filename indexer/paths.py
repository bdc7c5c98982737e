"""How a mapping finds values in a record: JMESPath in JSON, XPath in XML, behind one door."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Names
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult
from lxml import etree

from indexer.readers.xml_text import text_of

LITERAL = re.compile(r"'[^']*'|`[^`]*`")
JMES_NAME = re.compile(r"[A-Za-z_][\w.]*")
# Of parts of an expression whose later members are looked up in what the earlier ones gave: how many are the earlier.
HEADS = {
    "subexpression": 1, "index_expression": 1, "projection": 1, "value_projection": 1, "filter_projection": 1,
    "pipe": 1, "expref": 0,
}  # fmt: skip
PREDICATE = re.compile(r"\[[^\[\]]*\]")
# Names of elements and attributes; not those of functions, axes and prefixes, which a bracket or colon follows.
XML_NAME = re.compile(r"[A-Za-z_][\w.-]*+(?!\s*[(:])")
NAMELESS = "value"


class PathError(ValueError):
    """An expression that is wrongly written, or does not fit the record it is asked of."""


class Paths(Protocol):
    """A language of paths. `check`, `find` and `holds` raise PathError."""

    def check(self, expression: str) -> None:
        """Nothing where the expression is rightly written."""

    def find(self, expression: str, body: Any) -> Any:
        """What it finds: text, a number, a truth, a list of several, or None."""

    def holds(self, condition: str, body: Any) -> bool:
        """Whether it finds something that is not false, zero or empty; an element without text is something."""

    def named(self, expression: str) -> str:
        """What a report calls it: the last name in it."""

    def heads(self, expression: str) -> frozenset[str]:
        """The members of a record that it reads, where records have members: of `a.b[0]` only `a`."""


def _last(names: list[str]) -> str:
    return names[-1] if names else NAMELESS


@cache
def _jmes(expression: str) -> ParsedResult:
    return jmespath.compile(expression)


@cache
def _jmes_name(expression: str) -> str:
    return _last(JMES_NAME.findall(LITERAL.sub("", expression)))


def _names_read(part: Any) -> Iterator[str]:
    if part["type"] == "field":
        yield part["value"]
    for child in part["children"][: HEADS.get(part["type"])]:
        yield from _names_read(child)


def _steps(part: Any) -> tuple[str, ...] | None:
    if part["type"] == "field":
        return (part["value"],)
    if part["type"] == "current":
        return ()
    steps = [_steps(child) for child in part["children"]] if part["type"] == "subexpression" else [None]
    return None if None in steps else tuple(name for inner in steps if inner for name in inner)


@cache
def _xml_name(expression: str) -> str:
    """The last name of each alternative, without what stands in brackets behind it."""
    bare = LITERAL.sub("", expression)
    while PREDICATE.search(bare):
        bare = PREDICATE.sub("", bare)
    names = [_last(XML_NAME.findall(part)) for part in bare.split("|")]
    return " | ".join(dict.fromkeys(names))


class JmesPaths:
    """https://jmespath.org"""

    def check(self, expression: str) -> None:
        try:
            _jmes(expression)
        except JMESPathError as error:
            raise PathError(f"{expression!r} is not a JMESPath expression") from error

    def find(self, expression: str, body: Any) -> Any:
        try:
            return _jmes(expression).search(body)
        except JMESPathError as error:
            raise PathError(str(error)) from error

    def holds(self, condition: str, body: Any) -> bool:
        return bool(self.find(condition, body))

    def named(self, expression: str) -> str:
        return _jmes_name(expression)

    def heads(self, expression: str) -> frozenset[str]:
        return frozenset(_names_read(_jmes(expression).parsed))

    def steps(self, expression: str) -> tuple[str, ...] | None:
        """The names of a path that is nothing but names: of `data.courses` two, of `@` none; None for any other."""
        try:
            return _steps(_jmes(expression).parsed)
        except JMESPathError:
            return None


def _told(found: Any) -> Any:
    """Nodes as texts without the empty ones, one alone as itself; NaN, which is no number found, as None."""
    if isinstance(found, list):
        texts = [text for text in map(text_of, found) if text]
        return texts[0] if len(texts) == 1 else texts or None
    if isinstance(found, float):
        return found if found == found else None  # noqa: PLR0124 - NaN is the value unlike itself
    return found if isinstance(found, bool) else str(found).strip()


@dataclass(frozen=True)
class XPaths:
    """XPath 1.0 from the record's element on; `$record` is that element, for conditions elsewhere in the file."""

    namespaces: Names[str, str] = field(default_factory=dict)
    compiled: dict[str, etree.XPath] = field(default_factory=dict, compare=False)

    def check(self, expression: str) -> None:
        try:
            self.find(expression, etree.Element("record"))
        except PathError as error:
            raise PathError(f"{expression!r} is not an XPath expression: {error}") from error

    def _compiled(self, expression: str) -> etree.XPath:
        if expression not in self.compiled:
            # Strings that know their element would hold the whole file in memory.
            self.compiled[expression] = etree.XPath(
                expression, namespaces=dict(self.namespaces) or None, smart_strings=False
            )
        return self.compiled[expression]

    def _found(self, expression: str, body: Any) -> Any:
        variables = {"record": body} if "$record" in expression else {}
        try:
            return self._compiled(expression)(body, **variables)
        except etree.XPathError as error:
            raise PathError(str(error)) from error

    def find(self, expression: str, body: Any) -> Any:
        return _told(self._found(expression, body))

    def holds(self, condition: str, body: Any) -> bool:
        found = self._found(condition, body)
        return bool(found) and found == found  # noqa: PLR0124 - NaN is the value unlike itself

    def named(self, expression: str) -> str:
        return _xml_name(expression)

    def heads(self, expression: str) -> frozenset[str]:  # noqa: ARG002 - elements have no members
        return frozenset()


JMESPATH = JmesPaths()
