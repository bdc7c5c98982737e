"""How well a path of a foreign file fits a field: by its name, what of its values reads, how many records have it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from indexer.cells import is_blank, parse
from indexer.cleaning import key
from indexer.drafts.names import language_of, name_likeness, words_of
from indexer.drafts.paths import PathProfile
from indexer.drafts.words import LISTED, MOST, Reading, read_words
from indexer.durations import length
from indexer.further import LENGTHS
from indexer.iso_durations import Length
from indexer.rules import UnreadableError
from indexer.transforms import TRANSFORMS
from indexer.values import Context
from mappings.contract import Contract, Field, Language

Chain = tuple[str, ...]
# Readings tried on the values of a path, by field, the first choice first; other fields need none.
# Of hours a day the transform says nothing, where the field alone would report each; days gone by are no starts.
CHAINS: dict[str, tuple[Chain, ...]] = {
    "hours_per_week": ((), ("hours_per_week",)),
    "starts": (("upcoming",), ("upcoming_or_words",), ("compact_day", "upcoming_or_words")),
    **dict.fromkeys(
        ("updated", "application_opens", "application_closes"), ((), ("day",), ("compact_day",), ("mail_day",))
    ),
}
SURE, UNSURE = 0.72, 0.5  # from the first on a rule is written, from the second on as a comment
LEAST_NAME, LEAST_READ = 0.4, 0.5
# Fields told by their values alone where no name tells them, because nothing else is written like them.
TELLING = frozenset((*LENGTHS, "delivery", "pace", "level", "schedule"))
BY_VALUES = 0.5  # what values alone count for, in place of a name
FLAGS = frozenset(("true", "false", "0", "1", "yes", "no"))
# A number under these names has a unit nobody said.
UNITS = {"weeks": {"weeks", "week", "semaines", "semaine"}, "hours_per_week": {"week", "weekly", "semaine"}}
NOWHERE = frozenset(("online", "en ligne", "n a", "na", "none", "virtual", "tba", "distance"))
AN_ADDRESS = 0.7  # how much a web address looks like an ID
SPREAD = 0.8  # a title says something else in most records
SENTENCE = 60  # characters from which a text is taken to describe
# Of several values the first is taken: a listing has one subject, and the first topic is its own.
FIRST = frozenset(("subject",))
RARE = 0.2  # share of records below which a path tells too little of itself
GLANCED = 5  # values
TRIED = 200  # records a reading is tried on


@dataclass(frozen=True)
class Rule:
    """A path proposed for a field, how it is read, how sure that is, and the share of values that read (0 to 1)."""

    field: str
    profile: PathProfile
    chain: Chain
    sureness: float
    reads: float
    path: str
    language: Language | None = None
    words: Reading | None = None

    @property
    def name(self) -> str:
        """The field as a mapping names it: prose with its language where that is known."""
        return f"{self.language}.{self.field}" if self.language else self.field

    @property
    def is_sure(self) -> bool:
        return self.sureness >= SURE


@dataclass(frozen=True)
class Judge:
    """What weighing needs besides the path. `language` is that of text whose path does not say it, where one is."""

    contract: Contract
    today: dt.date
    language: Language | None = None

    def reads(self, value: Any, item: Field, chain: Chain) -> bool:
        """Whether a value reads; one that says nothing, such as a day gone by, is no fault.

        A length that states another field's unit does not read: a load takes "6 weeks" under hours for weeks.
        """
        try:
            for name in chain:
                value = None if is_blank(value) else TRANSFORMS[name](value, self.today)
        except UnreadableError:
            return False
        if is_blank(value):
            return True
        parsed = parse(value, item, Context(self.contract, self.language or "en"))
        return not parsed.problems and not (item.name in LENGTHS and parsed.value is None)


def _first(profile: PathProfile, most: int) -> list[Any]:
    return [value for _, value in zip(range(most), profile.values, strict=False)]


def _share(profile: PathProfile, item: Field, chain: Chain, judge: Judge) -> float:
    tried = _first(profile, TRIED)
    return sum(judge.reads(value, item, chain) for value in tried) / max(1, len(tried))


def _length(value: Any) -> Length | None:
    """What a text says of a length, or None where it says none with its unit."""
    try:
        return length(value) if isinstance(value, str) else None
    except UnreadableError:
        return None


def _states(value: Any, name: str) -> bool:
    found = _length(value)
    return found is not None and getattr(found, name) is not None


def _most(profile: PathProfile, holds: Callable[[Any], bool]) -> bool:
    tried = _first(profile, TRIED)
    return sum(map(holds, tried)) >= LEAST_READ * max(1, len(tried))


def _chain(profile: PathProfile, item: Field, judge: Judge) -> tuple[Chain, float]:
    """The reading by which most single values read; runs must then agree on the one that stands for all."""
    chains = CHAINS.get(item.name, ((),))
    # Values of closed lists are looked up one by one, each once, by `_words`.
    shares = {chain: 1.0 if item.type == "choice" else _share(profile, item, chain, judge) for chain in chains}
    chain, share = max(shares.items(), key=lambda one: one[1])
    several = profile.is_listed and not (item.many or item.type == "texts")
    return (("agreed", *chain) if several and item.name not in FIRST else chain), share


def _words(profile: PathProfile, item: Field, contract: Contract) -> Reading:
    texts = (str(value).lower() if isinstance(value, bool) else str(value) for value in profile.values)
    return read_words((text[:200] for text in texts), item, contract)


def _like_a_title(profile: PathProfile) -> float:
    spread = len(profile.distinct) / max(1, profile.filled)
    fits = 3 <= profile.mean_length <= 200
    return 0.0 if profile.is_listed else min(1.0, spread / SPREAD) * (1.0 if fits else 0.3)


def _like_a_description(profile: PathProfile) -> float:
    return 0.0 if profile.is_listed else min(1.0, profile.mean_length / SENTENCE)


def _like_a_city(profile: PathProfile) -> float:
    """The share of values without a comma or number that are a place at all."""
    fit = [one for one in profile.distinct if len(one) <= 40 and not any(mark.isdigit() or mark == "," for mark in one)]
    return sum(profile.distinct[one] for one in fit if key(one) not in NOWHERE) / max(1, profile.distinct.total())


def _like_an_id(profile: PathProfile) -> float:
    """No two records share one; an address will do, but is longer than a code need be, and changes with the site."""
    addressed = sum("://" in one for one in profile.distinct) > len(profile.distinct) / 2
    return 0.0 if not profile.is_unique else AN_ADDRESS if addressed else 1.0


SHAPES: dict[str, Callable[[PathProfile], float]] = {
    "id": _like_an_id,
    "title": _like_a_title,
    "description": _like_a_description,
    "place.city": _like_a_city,
}


def _shape(profile: PathProfile, item: Field) -> float:
    """How well values look like a field of which every text reads, from 0 to 1."""
    wordless = item.type in ("text", "texts", "name", "term") and not profile.are_words
    look = SHAPES.get(item.name)
    return 0.0 if wordless else look(profile) if look else 1.0


def _speaks(profile: PathProfile, item: Field, words: Reading | None) -> bool:
    """Whether values alone tell the field: a closed list's, different ones, or lengths of time with their unit."""
    if words is None:
        return _most(profile, lambda value: _states(value, item.name))
    counts = {key(value) for value in words.counts}
    return words.share >= 0.75 and 1 < len(counts) <= MOST and not counts <= FLAGS


def _unit_unsaid(profile: PathProfile, item: Field) -> bool:
    units = UNITS.get(item.name)
    said = {word for name in profile.names for word in words_of(name)}
    return units is not None and not units & said and not _most(profile, lambda value: _length(value) is not None)


def _hints(profile: PathProfile, item: Field) -> bool:
    """Whether the first values look like the field at all: a file may have a thousand paths."""
    if item.type == "choice":
        return 1 < len(profile.distinct) <= LISTED
    return any(_states(value, item.name) for value in _first(profile, GLANCED))


def weigh(profile: PathProfile, item: Field, judge: Judge) -> Rule | None:
    """A path as a rule for a field, or None where it cannot be one."""
    name = name_likeness(profile.names, item.name, judge.contract)
    if name < LEAST_NAME and item.name not in TELLING:
        return None
    if name < LEAST_NAME and not _hints(profile, item):
        return None
    words = _words(profile, item, judge.contract) if item.type == "choice" else None
    chain, reads = _chain(profile, item, judge)
    reads = (words.share if words else reads) * _shape(profile, item)
    if reads < LEAST_READ or (name < LEAST_NAME and not _speaks(profile, item, words)):
        return None
    sureness = 0.55 * max(name, BY_VALUES if item.name in TELLING else 0.0) + 0.3 * reads + 0.15 * profile.share
    if _unit_unsaid(profile, item) or profile.share < RARE:
        sureness = min(sureness, SURE - 0.01)
    language = (language_of(profile.names) or judge.language) if item.is_prose else None
    path = profile.notation.first(profile.steps) if profile.is_listed and item.name in FIRST else profile.path
    return Rule(item.name, profile, chain, sureness, reads, path, language, words)
