"""Which titles are asked and which are loaded, so that no asked one is loaded in any of its forms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from mappings.contract import Language
from mappings.reference import ExampleTitle
from mappings.title_forms import whole_titles
from mappings.title_genders import gender_forms
from search_api.titles.stems import folded_words, key_of, stems

STEPS = 1000


@dataclass(frozen=True)
class Split:
    """Titles to ask, and titles to make the index from."""

    asked: tuple[ExampleTitle, ...]
    loaded: tuple[ExampleTitle, ...]


@lru_cache(maxsize=1 << 18)
def keys(title: str, language: Language) -> frozenset[str]:
    """The keys of a title's forms: of either gender, any number, any order, brackets kept and dropped."""
    forms = whole_titles(gender_forms(title, language))
    return frozenset(key_of(stems(folded_words(form), language)) for form in forms)


def _place(title: ExampleTitle) -> int:
    """0 to 999, the same for a title and its inverted twin."""
    digest = sha256(min(keys(title.title, title.language)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % STEPS


def without(titles: Iterable[ExampleTitle], asked: Iterable[ExampleTitle]) -> tuple[ExampleTitle, ...]:
    """The titles that are none of the asked ones in any form."""
    gone = {(one.language, key) for one in asked for key in keys(one.title, one.language)}
    return tuple(one for one in titles if not any((one.language, key) in gone for key in keys(one.title, one.language)))


def held_out(titles: Sequence[ExampleTitle], others: Iterable[ExampleTitle], share: float) -> Split:
    """A share of the titles, chosen by their words, to be asked; what is left of them and of the others, loaded."""
    asked = tuple(one for one in titles if _place(one) < share * STEPS)
    return Split(asked, without((*others, *titles), asked))
