"""All that can be suggested from one index, ready to be searched."""

from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import quote, urlencode

import numpy as np

from mappings.contract import Contract, Language, preferred
from mappings.knowledge import Knowledge
from mappings.reference import ExampleTitle
from search_api.suggest.answer import Highlight, Suggestion
from search_api.suggest.highlighting import highlights
from search_api.suggest.inventory import Inventory, unnamed
from search_api.suggest.matching import Matches, matches
from search_api.suggest.names import (
    FIELDS,
    KINDS,
    Kind,
    Name,
    Target,
    occupation_names,
    subject_names,
    term_names,
    title_names,
)
from search_api.suggest.phrase_table import BITS, Ints, PhraseTable
from search_api.suggest.ranking import best_names, mixed, ranked
from search_api.suggest.typos import Speller

CREDENTIALS = "/v1/credentials"


def names_of(
    inventory: Inventory, contract: Contract, knowledge: Knowledge, titles: Iterable[ExampleTitle]
) -> Iterator[Name]:
    """Every name of what leads to a listing; of several spellings the first is kept, so ours stand before imported."""
    named = chain(
        occupation_names(knowledge),
        title_names(titles, knowledge),
        term_names(knowledge, list(inventory.counts)),
        subject_names(contract),
        unnamed(inventory, knowledge),
    )
    return (name for name in named if name.target in inventory.counts)


class Edition:
    """The suggestions of one index. Never changes once made, so threads may share it."""

    def __init__(
        self, inventory: Inventory, contract: Contract, knowledge: Knowledge, titles: Iterable[ExampleTitle] = ()
    ) -> None:
        names = list(names_of(inventory, contract, knowledge, titles))
        self._contract, self._offered_by = contract, inventory.offered_by
        self._displayed = {(name.target, name.language): name.text for name in reversed(names) if name.primary}
        self.table = PhraseTable(names)
        self._speller = Speller(self.table)
        self._counts = np.fromiter((inventory.counts[target] for target in self.table.targets), np.int64)
        self._kinds = np.fromiter((KINDS.index(target.kind) for target in self.table.targets), np.int64)
        # The first comparison of words loads what comparing takes, which is better done before anybody types.
        self._speller.near("words", whole=True)

    def __len__(self) -> int:
        return len(self.table)

    def suggest(self, text: str, language: Language, limit: int, kinds: Iterable[Kind] = ()) -> list[Suggestion]:
        """At most `limit` suggestions, of these kinds only if any are given. Misspellings count if little else does."""
        wanted = [KINDS.index(kind) for kind in kinds] or list(range(len(KINDS)))
        rows = self._ranked(text, language, wanted)
        if len(rows) < limit:
            rows = self._ranked(text, language, wanted, self._speller)
        places = mixed(self._kinds[self.table.target[rows]], limit)
        return [self._suggestion(int(rows[place]), text, language) for place in places]

    def _ranked(self, text: str, language: Language, kinds: list[int], speller: Speller | None = None) -> Ints:
        found = matches(self.table, text, speller)
        fits = np.isin(self._kinds[self.table.target[found.rows]], kinds)
        best = best_names(self.table, Matches(found.rows[fits], found.tiers[fits]), language)
        return ranked(self.table, best, self._counts, language)

    def _suggestion(self, row: int, query: str, language: Language) -> Suggestion:
        text, number = self.table.texts[row], int(self.table.target[row])
        target = self.table.targets[number]
        own = bool(self.table.bits[row] & BITS[language])
        return Suggestion(
            text=text,
            language=language if own else preferred(language)[1],
            type=target.kind,
            id=target.id,
            detail=self._detail(target, text, language),
            count=int(self._counts[number]),
            parameters=self._parameters(target),
            url=self._url(target),
            highlights=tuple(Highlight(start=start, end=end) for start, end in highlights(text, query)),
        )

    def _parameters(self, target: Target) -> dict[str, str] | None:
        """The filter that finds exactly what is counted; None where the contract has none, as for a listing's id."""
        item = self._contract.named(FIELDS[target.kind])
        return {item.param: target.id} if item.has("filter") else None

    def _url(self, target: Target) -> str:
        """The search that finds all it leads to; of a credential, itself."""
        if target.kind == "credential":
            return f"{CREDENTIALS}/{quote(target.id, safe='')}"
        return f"{CREDENTIALS}?{urlencode(self._parameters(target) or {})}"

    def _detail(self, target: Target, text: str, language: Language) -> str | None:
        """What the target is displayed as in the asked language, else in the other; None where `text` says it."""
        shown = self._offered_by.get(target, target)
        found = next((name for x in preferred(language) if (name := self._displayed.get((shown, x)))), None)
        return None if found == text else found
