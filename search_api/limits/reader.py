"""Reads a query in English or French: the filters said in it, the framing, and the subject that is left."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from mappings.contract import Contract, Language
from search_api.limits.amounts import Amounts
from search_api.limits.candidate import Candidate, without_overlaps
from search_api.limits.choices import choices_of, filter_parameters
from search_api.limits.framing import framing
from search_api.limits.institutions import Institutions
from search_api.limits.places import CITY, Gazetteer, Places
from search_api.limits.said import Limit, Said, Span
from search_api.limits.sentence import Sentence
from search_api.limits.starts import Starts
from search_api.limits.subject import Remains, subject, tied
from search_api.limits.text import Folded, folded
from search_api.limits.vocabulary import vocabulary

__all__ = ["Limit", "LimitReader", "Said"]

DELIVERY, ONLINE = "delivery", "online"


class LimitReader:
    """Made once: `institutions` are (name, id) pairs, `listed` the cities listings name, written as they write them."""

    def __init__(
        self,
        contract: Contract,
        places: Gazetteer,
        institutions: Iterable[tuple[str, str]] = (),
        listed: Collection[str] = (),
    ) -> None:
        parameters = filter_parameters(contract)
        names = frozenset(parameters)
        many = (item for item in contract.with_role("filter") if not item.bounds and item.type != "flag")
        self._repeatable = frozenset(item.param for item in many)
        self._choices = choices_of(contract)
        self._amounts, self._starts = Amounts(names), Starts(names)
        self._places = Places(names, places, listed)
        self._institutions = Institutions(institutions, names)

    def read(self, text: str, language: Language, today: dt.date, protected: Sequence[Span] = ()) -> Said:
        """What is said in a query. `protected` are the places of known names in it: never limits, never framing."""
        query, spoken = folded(text), vocabulary(language)
        known = [query.folded_span(start, end) for start, end in protected]
        found = without_overlaps(self._candidates(query, language, today), known)
        sentence = Sentence(query, found, known, spoken)
        denials = [sentence.denial(one) for one in found]
        kept = [(one, sentence.is_certain(one)) for one, denied in zip(found, denials, strict=True) if not denied]
        limits = self._decided(kept)
        taken = [one.span for one, certain in limits if certain]
        said = [*known, *(one.span for one, _certain in limits), *filter(None, denials)]
        frames = framing(sentence, said, spoken)
        remains = Remains(sentence, [*(tied(sentence, span, spoken) for span in taken), *frames], known, spoken)
        core = subject(query, remains)
        if not core and not taken:
            # "training" or "how to become a": all framing and no limit is still what was asked.
            return Said(text.strip(), (), tuple(_limits(query, limits)))
        return Said(core, tuple(query.typed_span(*span) for span in frames), tuple(_limits(query, limits)))

    def _candidates(self, query: Folded, language: Language, today: dt.date) -> Iterator[Candidate]:
        yield from self._choices.find(query)
        yield from self._amounts.find(query)
        yield from self._starts.find(query, today)
        yield from self._places.find(query, accents_count=language == "en")
        yield from self._institutions.find(query)

    def _decided(self, found: Sequence[tuple[Candidate, bool]]) -> list[tuple[Candidate, bool]]:
        """Each with whether it is applied, once all others are known."""
        online = any(certain and one.settings == ((DELIVERY, ONLINE),) for one, certain in found)
        elsewhere = any(
            certain and DELIVERY in one.parameters and one.settings[0][1] != ONLINE for one, certain in found
        )
        said: dict[str, str] = {}
        decided = []
        for one, certain in found:
            # Online listings have no city: beside "online" a place says where the person is.
            remote = CITY in one.parameters and online and not elsewhere
            sure = certain and not remote and self._agrees(one, said)
            said |= dict(one.settings) if sure else {}
            decided.append((one, sure))
        return decided

    def _agrees(self, one: Candidate, said: dict[str, str]) -> bool:
        """Whether it says nothing else on a parameter that can be given once only."""
        return all(name in self._repeatable or said.get(name, value) == value for name, value in one.settings)


def _limits(query: Folded, found: Iterable[tuple[Candidate, bool]]) -> Iterator[Limit]:
    for one, certain in found:
        start, end = query.typed_span(one.start, one.end)
        yield from (Limit(name, value, start, end, certain) for name, value in one.settings)
