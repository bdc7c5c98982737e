"""Occupations that a title names."""

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from mappings.contract import Language
from search_api.understanding import Basis, Understanding

NOC_CODE = re.compile(r"[0-9]{5}")


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


def coded(title: str) -> bool:
    """Whether it has the form of a NOC code, which names its own occupation."""
    return bool(NOC_CODE.fullmatch(title))


def _named(meaning: Understanding) -> tuple[Match, ...]:
    found = [
        Match(x.target.id, x.basis, x.confidence, x.title) for x in meaning.meanings if x.target.kind == "occupation"
    ]
    return tuple({match.code: match for match in reversed(found)}.values())[::-1]


def matches(title: str, language: Language, interpreter: Understands) -> tuple[Match, ...]:
    """Best first, each once. A NOC code names its own occupation."""
    if coded(title):
        return (Match(title, "exact"),)
    return _named(interpreter.understand(title, language))


def likely_matches(meaning: Understanding) -> tuple[Match, ...]:
    """What a title names, then what it may name."""
    others = (Match(x.code, x.basis, x.confidence, x.title) for x in meaning.alternatives)
    return (*_named(meaning), *others)
