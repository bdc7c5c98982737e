"""Values of the contract's closed lists, as feeds write them."""

from functools import cache

from rapidfuzz import fuzz, process

from indexer.cleaning import key
from indexer.rules import UnreadableError
from mappings.contract import Choice, Contract, Field

NEAR = 70  # per cent alike; below it a suggestion is a guess


@cache
def _spellings(choices: tuple[Choice, ...]) -> dict[str, Choice]:
    found: dict[str, Choice] = {}
    for choice in choices:
        for word in (choice.id, choice.label.en, choice.label.fr, *choice.words):
            found.setdefault(key(word), choice)
    return found


def nearest(text: str, among: list[str]) -> str | None:
    """The most alike of some folded texts, if any is alike enough."""
    hit = process.extractOne(key(text), among, scorer=fuzz.ratio, score_cutoff=NEAR)
    return hit[0] if hit else None


def choice_id(text: str, item: Field, contract: Contract) -> str:
    """The id of a value written as id, label or other word. Raises UnreadableError, naming the nearest value."""
    spellings = _spellings(contract.choices_of(item))
    found = spellings.get(key(text))
    if found:
        return found.id
    near = nearest(text, list(spellings))
    if near is None:
        raise UnreadableError("choice_unknown")
    label = spellings[near].label
    raise UnreadableError("choice_near", near_en=label.en, near_fr=label.fr)
