"""What a description says, whichever way it was written: things with kinds, an address and named values."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """A text and its language tag, in lower case, where one is said."""

    text: str
    language: str | None = None


@dataclass(eq=False)
class Node:
    """A thing. Kinds and names are schema.org's short ones; others keep their whole address and so mean nothing here.

    `address` is empty where the thing has none. `place` says where it stands: the page, or nothing in a file of data.
    What has one address is one thing; without an address it is like nothing but itself.
    """

    kinds: tuple[str, ...] = ()
    address: str = ""
    place: str = ""
    values: "dict[str, list[Value]]" = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Node) and bool(self.address) and self.address == other.address)

    def __hash__(self) -> int:
        return hash(self.address) if self.address else id(self)

    @property
    def is_described(self) -> bool:
        """Whether others can point to it and learn something."""
        return bool(self.address) and bool(self.values)

    def add(self, name: str, value: "Value") -> None:
        self.values.setdefault(name, []).append(value)

    def parts(self) -> "Iterator[Node]":
        """The things among its values."""
        return (one for listed in self.values.values() for one in listed if isinstance(one, Node))


Value = Words | Node | float | bool


def every_node(nodes: list[Node]) -> Iterator[Node]:
    """All of them and all within them, each once, in order. Written things cannot hold themselves, only point."""
    waiting = nodes[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(list(node.parts())))
