"""Occupations that a title names."""

import re
from dataclasses import dataclass
from typing import Protocol

from mappings.contract import Language
from search_api.understanding import Understanding

NOC_CODE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True)
class Match:
    """An occupation a title names, and how it was recognised."""

    code: str
    basis: str


class Understands(Protocol):
    def understand(self, text: str, language: Language) -> Understanding:
        """What a query means."""


def matches(title: str, language: Language, interpreter: Understands) -> tuple[Match, ...]:
    """Best first, each once. A NOC code names its own occupation."""
    if NOC_CODE.fullmatch(title):
        return (Match(title, "exact"),)
    meanings = interpreter.understand(title, language).meanings
    found = {one.target.id: one.basis for one in reversed(meanings) if one.target.kind == "occupation"}
    return tuple(Match(code, basis) for code, basis in reversed(found.items()))
