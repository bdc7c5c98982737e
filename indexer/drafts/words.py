"""A feed's values beside a closed list of the contract: read as they stand, guessed, or unknown."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from indexer.choices import choice_id
from indexer.cleaning import key
from indexer.rules import UnreadableError
from mappings.contract import Contract, Field

# Words within a feed's value and the value of ours they speak for, the strongest first.
HINTS: dict[str, tuple[tuple[str, str], ...]] = {
    "paces": (
        ("on demand", "self_paced"), ("date based", "scheduled"), ("dated", "scheduled"), ("anytime", "self_paced"),
        ("any time", "self_paced"), ("open entry", "self_paced"), ("own pace", "self_paced"), ("self", "self_paced"),
        ("continuous", "self_paced"), ("en continu", "self_paced"), ("instructor", "scheduled"),
        ("cohort", "scheduled"),
        ("cohorte", "scheduled"), ("asynchronous", "self_paced"), ("asynchrone", "self_paced"),
        ("synchronous", "scheduled"), ("synchrone", "scheduled"),
    ),
    "deliveries": (
        ("hyflex", "hybrid"), ("blended", "hybrid"), ("hybrid", "hybrid"), ("hybride", "hybrid"), ("mixed", "hybrid"),
        ("face to face", "in_person"), ("in person", "in_person"), ("onsite", "in_person"), ("on site", "in_person"),
        ("campus", "in_person"), ("classroom", "in_person"), ("presentiel", "in_person"), ("en classe", "in_person"),
        ("online", "online"), ("distance", "online"), ("virtual", "online"), ("webinar", "online"),
        ("elearning", "online"), ("web", "online"), ("en ligne", "online"), ("remote", "online"),
    ),
    "credential_types": (
        ("micro credential", "micro_credential"), ("microcertification", "micro_credential"),
        ("badge", "digital_badge"),
        ("certificate", "certificate"), ("certificat", "certificate"), ("exam", "exam_preparation"),
        ("course", "course"), ("cours", "course"),
    ),
    "levels": (
        ("beginner", "introductory"), ("introduction", "introductory"), ("basic", "introductory"),
        ("debutant", "introductory"), ("intermediate", "intermediate"), ("intermediaire", "intermediate"),
        ("advanced", "advanced"), ("avance", "advanced"), ("expert", "advanced"),
    ),
    "schedules": (
        ("weekend", "weekend"), ("saturday", "weekend"), ("samedi", "weekend"), ("evening", "evening"),
        ("soir", "evening"),
        ("night", "evening"), ("daytime", "daytime"), ("day", "daytime"), ("jour", "daytime"),
    ),
    "subjects": (
        ("machine learning", "data-ai"), ("artificial intelligence", "data-ai"), ("analytics", "data-ai"),
        ("data science", "data-ai"), ("intelligence artificielle", "data-ai"), ("cyber", "cybersecurity"),
        ("software", "information-technology"), ("programming", "information-technology"),
        ("computer", "information-technology"), ("informatique", "information-technology"),
        ("nursing", "health-care"), ("medical", "health-care"), ("soins", "health-care"), ("sante", "health-care"),
        ("accounting", "finance-accounting"), ("comptabilite", "finance-accounting"),
        ("leadership", "business-management"),
        ("gestion", "business-management"), ("welding", "skilled-trades"), ("soudage", "skilled-trades"),
        ("electrical", "skilled-trades"), ("cooking", "food-culinary"), ("cuisine", "food-culinary"),
        ("childcare", "early-childhood"), ("teaching", "education-training"), ("law", "public-safety-law"),
        ("droit", "public-safety-law"), ("english", "languages"), ("anglais", "languages"),
        ("tourism", "hospitality-tourism"),
        ("logistics", "transportation-logistics"), ("logistique", "transportation-logistics"),
    ),
}  # fmt: skip
LANGUAGE_CODE = re.compile(r"([a-z]{2})(?: [a-z]{2})?")
COMMON = frozenset(
    ("and", "et", "de", "des", "du", "la", "le", "les", "the", "of", "l", "d", "services", "training", "arts")
)
LISTED = 100  # different values; with more nothing is looked up, for no institution's list is that long
MOST = 40  # different values; a path with more is no closed list
GUESSED_COUNTS = 0.8  # a guess is worth less than a value that reads as it stands


@dataclass(frozen=True)
class Reading:
    """Values by what becomes of them, with counts; those guessed with the value of ours they are taken for."""

    known: Counter[str] = field(default_factory=Counter)
    guessed: dict[str, str] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    choices: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """How much of what is there would be read, from 0 to 1."""
        read = self.known.total() + GUESSED_COUNTS * sum(self.counts[one] for one in self.guessed)
        return read / max(1, self.counts.total())


def _by_language(text: str) -> str | None:
    found = LANGUAGE_CODE.fullmatch(text)
    return (found[1] if found[1] in ("en", "fr") else "other") if found else None


def _by_hint(text: str, choices: str) -> str | None:
    """The strongest hint; words for being there and words for being online together are both."""
    said = [value for words, value in HINTS.get(choices, ()) if f" {words} " in f" {text} "]
    return "hybrid" if {"online", "in_person"} <= set(said) else said[0] if said else None


def _telling(text: str) -> set[str]:
    """The words of a text, without those that tell nothing and without a last `s`."""
    return {word.rstrip("s") for word in text.split() if word not in COMMON}


def _by_label(part: str, item: Field, contract: Contract) -> str | None:
    """The one value whose label shares the most words."""
    words = _telling(part)
    shared = Counter({
        choice.id: max(len(words & _telling(key(label))) for label in (choice.label.en, choice.label.fr))
        for choice in contract.choices_of(item)
    })  # fmt: skip
    (best, most), (_, second) = shared.most_common(2)
    return best if most > second else None


def _by_subject(value: str, item: Field, contract: Contract) -> str | None:
    """Of `Area: Topic` the topic is asked first."""
    parts = [key(part) for part in reversed(re.split(r"[:>|]", value))]
    guesses = (_by_hint(part, "subjects") or _by_label(part, item, contract) for part in parts)
    return next(filter(None, guesses), None)


def guess(value: str, item: Field, contract: Contract) -> str | None:
    """The value of ours a feed's value most likely means, or None."""
    choices, text = item.choices or "", key(value)
    if choices == "instruction_languages":
        return _by_language(text)
    return _by_subject(value, item, contract) if choices == "subjects" else _by_hint(text, choices)


def _is_known(value: str, item: Field, contract: Contract) -> bool:
    try:
        choice_id(value, item, contract)
    except UnreadableError:
        return False
    return True


def read_words(values: Iterable[str], item: Field, contract: Contract) -> Reading:
    """Values against a closed list. With too many different ones nothing is guessed."""
    counts = Counter(values)
    reading = Reading(counts=counts, choices=tuple(choice.id for choice in contract.choices_of(item)))
    if len(counts) > LISTED:
        return replace(reading, unknown=counts)
    for value, count in counts.items():
        if _is_known(value, item, contract):
            reading.known[value] = count
        elif len(counts) <= MOST and (meant := guess(value, item, contract)):
            reading.guessed[value] = meant
        else:
            reading.unknown[value] = count
    return reading
