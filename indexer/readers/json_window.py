"""A JSON document larger than memory: walked from value to value, each read by the standard library's own reader."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from indexer.readers.json_values import DECODER

SPACE: Final = re.compile(r"[ \t\n\r]*")
# What is cut off by the end of the window is found wrong this near to it: `-Infinity` and `\ud83d\ude00` are shorter.
NEAR: Final = 16
VALUE_LIMIT: Final = 50_000_000  # characters of one value: more than two lines of the longest
LEVELS: Final = 3  # objects in objects that are passed over member by member


class EndlessError(ValueError):
    """A single value is longer than any record of a feed."""


class Window:
    """The part of a document that is being read: never less than one value, and seldom more than two.

    Every method raises ValueError where the document is no JSON, in the words of `json`, EndlessError where one
    of its values is longer than the limit; RecursionError where a value
    nests deeper than that follows.
    """

    def __init__(self, pieces: Iterator[str]) -> None:
        self.pieces, self.text, self.at = pieces, "", 0
        self.dropped = self.lines = self.line_begins = 0  # characters and line feeds that were let go

    @property
    def position(self) -> int:
        """Characters of the document before the next one."""
        return self.dropped + self.at

    def _drop(self) -> None:
        """Lets go of what was read."""
        if (feeds := self.text.count("\n", 0, self.at)) > 0:
            self.lines += feeds
            self.line_begins = self.dropped + self.text.rindex("\n", 0, self.at) + 1
        self.dropped += self.at
        self.text, self.at = self.text[self.at :], 0

    def _grow(self) -> bool:
        """Reads on, as much again as is waiting, so that a long value is not begun too often. False at the end."""
        self._drop()
        if len(self.text) > VALUE_LIMIT:
            raise EndlessError
        parts, size = [self.text], 0
        for piece in self.pieces:
            parts.append(piece)
            size += len(piece)
            if size > len(self.text):
                break
        self.text = "".join(parts)
        return size > 0

    def wrong(self, message: str, at: int | None = None) -> ValueError:
        """The error as `json` would tell it of the whole document; `at` is a place in the window."""
        here = self.at if at is None else at
        feeds, position = self.text.count("\n", 0, here), self.dropped + here
        begins = self.dropped + self.text.rindex("\n", 0, here) + 1 if feeds else self.line_begins
        where = f"line {self.lines + feeds + 1} column {position - begins + 1} (char {position})"
        return ValueError(f"{message}: {where}")

    def peek(self) -> str:
        """The next character that is no space; nothing at the end."""
        while True:
            space = SPACE.match(self.text, self.at)
            self.at = space.end() if space else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._grow():
                return ""

    def take(self, mark: str) -> bool:
        """Whether that is the next character, which is then read."""
        found = self.peek() == mark
        self.at += found
        return found

    def forward(self, position: int) -> None:
        """Goes on to a place that was met before."""
        while position > self.dropped + len(self.text):
            self.at = len(self.text)
            if not self._grow():
                break
        self.at = position - self.dropped

    def value(self) -> Any:
        """The next value, as `json` reads it but for NaN and infinity, which are not JSON and count as missing."""
        self.peek()
        while True:
            begun = self.at
            try:
                found, end = DECODER.raw_decode(self.text, begun)
            except json.JSONDecodeError as error:
                if not self._is_cut_off(error):
                    raise self.wrong(error.msg, error.pos) from error
                if not self._grow():
                    raise self.wrong(error.msg, error.pos - begun) from error
                continue
            # A number at the end of the window may go on: `1.5`, `1e+5`.
            if end < len(self.text) - 2 or self.text[end - 1] in '"]}':
                self.at = end
                return found
            if not self._grow():
                self.at = end - begun
                return found

    def _is_cut_off(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated string") or error.pos > len(self.text) - NEAR

    def elements(self) -> Iterator[None]:
        """Stands before each element of the list that comes next; whoever asks reads or skips it."""
        self.take("[")
        closed = self.take("]")
        while not closed:
            yield
            closed = self._goes_on("]")

    def members(self) -> Iterator[str]:
        """The names in the object that comes next, each when its value comes next; whoever asks reads or skips it."""
        self.take("{")
        closed = self.take("}")
        while not closed:
            if self.peek() != '"':
                raise self.wrong("Expecting property name enclosed in double quotes")
            name: str = self.value()
            if not self.take(":"):
                raise self.wrong("Expecting ':' delimiter")
            yield name
            closed = self._goes_on("}")

    def _goes_on(self, closing: str) -> bool:
        if self.take(closing):
            return True
        if not self.take(","):
            raise self.wrong("Expecting ',' delimiter")
        return False

    def skip(self, levels: int = LEVELS) -> None:
        """Passes over the next value, holding no more of it than one element of its lists."""
        mark = self.peek()
        if mark == "[":
            for _ in self.elements():
                self.value()
        elif mark == "{" and levels:
            for _ in self.members():
                self.skip(levels - 1)
        else:
            self.value()
