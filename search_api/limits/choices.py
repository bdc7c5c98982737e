"""Values of closed lists that people say in words: online, evenings, at my own pace, for beginners, free."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from mappings.contract import Contract
from search_api.limits.candidate import STANDINGS, Candidate
from search_api.limits.text import Folded, alternatives, plain, whole
from search_api.limits.words import words


def filter_parameters(contract: Contract) -> dict[str, frozenset[str]]:
    """The names of all filter parameters, each with its values where the list of them is closed."""
    found: dict[str, frozenset[str]] = {}
    for item in contract.with_role("filter"):
        found |= dict.fromkeys(item.parameters, frozenset(choice.id for choice in contract.choices_of(item)))
    return found


def _usable(row: dict[str, Any], parameters: dict[str, frozenset[str]]) -> bool:
    known = parameters.get(row["parameter"])
    return known is not None and (not known or known.issuperset(_values(row)))


def _values(row: dict[str, Any]) -> list[str]:
    return row["values"] if "values" in row else [row["value"]]


@dataclass(frozen=True)
class Choices:
    """One expression over all phrases, and what each phrase stands for (start and end are filled in when met)."""

    pattern: re.Pattern[str]
    meanings: dict[str, Candidate]

    def find(self, text: Folded) -> Iterator[Candidate]:
        for hit in self.pattern.finditer(text.text):
            yield replace(self.meanings[plain(hit.group())], start=hit.start(), end=hit.end())


def _meanings(row: dict[str, Any]) -> Iterator[tuple[str, Candidate]]:
    for standing in STANDINGS:
        for phrase in row.get(standing, ()):
            yield (
                plain(phrase),
                Candidate(
                    tuple((row["parameter"], value) for value in _values(row)),
                    0,
                    0,
                    standing,
                    not_after=frozenset(row.get("not_after", ())),
                    not_before=frozenset(row.get("not_before", ())),
                    known_before=row.get("known_before", False),
                ),
            )


def choices_of(contract: Contract) -> Choices:
    """The choices the contract has filters for."""
    parameters = filter_parameters(contract)
    rows = [row for row in words("choices") if _usable(row, parameters)]
    meanings = dict(pair for row in rows for pair in _meanings(row))
    return Choices(whole(alternatives(meanings)), meanings)
