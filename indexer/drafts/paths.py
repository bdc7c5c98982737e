"""The paths of a file's records: each place a value is found, how often, and what stands there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.cells import is_blank
from indexer.cleaning import line, written
from indexer.drafts.notations import JMES, LIST, Notation, Steps
from indexer.privacy import masked
from mappings.private_text import EMAIL, PHONE

DEEPEST = 8  # steps of a path; what lies deeper is no field of a course
MOST_PATHS, MOST_MEMBERS, MOST_DISTINCT = 1_000, 100, 2_000
KEPT = 500  # values of a path kept whole, to try readings on
HEAD = 200  # characters of a value by which it is told from others
SHOWN = 40  # characters of a sample
QUIET = frozenset(("description", "outcomes", "prerequisites", "assessment", "stackable_into"))  # prose may name people
REACHING = 0.2  # share of values with an address or number, from which a path is taken to be of people


@dataclass
class PathProfile:
    """One path over all records sampled. `found` holds a value a record, or a list where the path goes through one."""

    steps: Steps
    records: int = 0
    notation: Notation = JMES
    filled: int = 0
    length: int = 0
    found: list[Any] = field(default_factory=list)
    distinct: Counter[str] = field(default_factory=Counter)

    @property
    def path(self) -> str:
        return self.notation.path(self.steps)

    @property
    def names(self) -> tuple[str, ...]:
        return self.notation.names(self.steps)

    @property
    def is_listed(self) -> bool:
        return LIST in self.steps

    @property
    def share(self) -> float:
        """The share of records that have it, from 0 to 1."""
        return self.filled / self.records if self.records else 0.0

    @property
    def is_unique(self) -> bool:
        return not self.is_listed and self.filled == self.records == len(self.distinct)

    @property
    def mean_length(self) -> float:
        """Characters of a value."""
        return self.length / max(1, sum(self.distinct.values()))

    @property
    def are_words(self) -> bool:
        """Whether there are texts among the values, and not flags and numbers alone."""
        return any(isinstance(value, str) for value in self.values)

    @property
    def values(self) -> Iterator[Any]:
        for one in self.found:
            yield from one if isinstance(one, list) else (one,)

    @property
    def reaches_people(self) -> bool:
        """Whether values are addresses or numbers of people; web addresses hold long numbers of their own."""
        texts = [str(value) for value in self.values]
        short = [text for text in texts if len(text) < 100 and "://" not in text]
        reaching = sum(bool(EMAIL.search(text) or PHONE.search(text)) for text in short)
        return bool(texts) and reaching >= REACHING * len(texts)

    def add(self, values: list[Any]) -> None:
        self.filled += 1
        if len(self.found) < KEPT:
            self.found.append(values if self.is_listed else values[0])
        for value in values:
            text = written(value)
            self.length += len(text)
            if text[:HEAD] in self.distinct or len(self.distinct) < MOST_DISTINCT:
                self.distinct[text[:HEAD]] += 1


def _leaves(value: Any, steps: Steps) -> Iterator[tuple[Steps, Any]]:
    if len(steps) > DEEPEST:
        return
    if isinstance(value, dict):
        for name, part in _head(value.items()):
            if _is_sayable(name):
                yield from _leaves(part, (*steps, name))
    elif isinstance(value, list):
        for part in value[:MOST_MEMBERS]:
            yield from _leaves(part, (*steps, LIST))
    elif not is_blank(value):
        yield steps, value


def _head(members: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The first members of an object, as many as paths are kept."""
    return (one for _, one in zip(range(MOST_PATHS), members, strict=False))


def _is_sayable(name: str) -> bool:
    """Whether a name can stand in a file of text, on one line."""
    return bool(name.strip()) and name.isprintable() and len(name) <= 200


def profiles(records: Sequence[dict[str, Any]], notation: Notation = JMES) -> list[PathProfile]:
    """Every path with a value, in the order met."""
    found: dict[Steps, PathProfile] = {}
    for record in records:
        grouped: dict[Steps, list[Any]] = {}
        for steps, value in _leaves(record, ()):
            grouped.setdefault(steps, []).append(value)
        for steps, values in grouped.items():
            if steps in found or len(found) < MOST_PATHS:
                found.setdefault(steps, PathProfile(steps, len(records), notation)).add(values)
    return list(found.values())


def shown(value: Any) -> str:
    """A value as a comment may repeat it: one line, short, nothing by which a person is reached."""
    text = masked(line(written(value)))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
