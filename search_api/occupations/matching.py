"""Occupations that a title names."""

from dataclasses import dataclass
from typing import Literal, Protocol

from mappings.contract import Language
from search_api.codes import noc_code
from search_api.understanding import Basis, Understanding


@dataclass(frozen=True)
class Match:
    """An occupation a title names, how it was recognised, and the share of such that are right (0 to 1)."""

    code: str
    basis: Basis | Literal[""]
    confidence: float = 1.0
    title: str = ""


class Understands(Protocol):
    def understand(self, text: str, language: Language) -> Understanding:
        """What a query means."""


def _named(meaning: Understanding) -> tuple[Match, ...]:
    found = [
        Match(x.target.id, x.basis, x.confidence, x.title) for x in meaning.meanings if x.target.kind == "occupation"
    ]
    return tuple({match.code: match for match in reversed(found)}.values())[::-1]


def matches(title: str, language: Language, interpreter: Understands) -> tuple[Match, ...]:
    """Best first, each once. A NOC code names its own occupation."""
    code = noc_code(title)
    if code:
        return (Match(code, "exact"),)
    return _named(interpreter.understand(title, language))


def likely_matches(meaning: Understanding) -> tuple[Match, ...]:
    """What a title names, then what it may name."""
    others = (Match(x.code, x.basis, x.confidence, x.title) for x in meaning.alternatives)
    return (*_named(meaning), *others)
