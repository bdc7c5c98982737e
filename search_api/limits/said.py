"""What was said around the subject of a query, as found."""

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True)
class Limit:
    """One filter that words of the query stand for: a query parameter, its value, and where (offsets in the query).

    Several limits may share one place ("in January" is two bounds). Only a certain one is to be applied.
    """

    parameter: str
    value: str
    start: int
    end: int
    certain: bool


@dataclass(frozen=True)
class Said:
    """A query taken apart: the subject that is left, the words around it (offsets), and the filters said."""

    core: str
    framing: tuple[Span, ...]
    limits: tuple[Limit, ...]

    @property
    def certain(self) -> tuple[Limit, ...]:
        return tuple(limit for limit in self.limits if limit.certain)
