"""Listings that are offerings of one course: the same in every term, at other dates."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias

from rapidfuzz.distance import Indel

from indexer.cleaning import key
from indexer.course_titles import course_title, offering_words
from mappings.contract import LANGUAGES, Contract, Language
from mappings.listing import Listing, Text

# How much of the words of two texts must be the same, in order (0 to 1): see docs/decisions.
ALIKE = 0.9
# Of so many courses of one title an offering is looked for; beyond, only what says the same to the letter is folded. An
# export whose rows all have one title would take minutes else.
MOST_COMPARED = 200
# What no two offerings of a course differ in.
SAME = ("credential_type", "subject", "level", "hours", "language", "partner")

Words: TypeAlias = "array[int]"


def _texts(listing: Listing) -> Iterator[tuple[Language, Text]]:
    for language in LANGUAGES:
        text = listing.text(language)
        if text:
            yield language, text


def _key(listing: Listing, words: frozenset[str]) -> tuple[Any, ...]:
    """What offerings of one course have in common to the letter."""
    city = listing.place.city if listing.place else None
    said = words | {key(city)} if city else words
    # Without a text to tell two parts of a course from two sections, "01" and "02" are taken for parts.
    bare = not _prose(listing)
    titles = tuple((language, course_title(text.title, said, numbers_tell=bare)) for language, text in _texts(listing))
    return (listing.institution.id, titles, *(getattr(listing, name) for name in SAME))


def _prose(listing: Listing) -> str:
    """All that is said of it besides its titles."""
    said = (text.model_dump(exclude={"title"}).values() for _, text in _texts(listing))
    prose = [part for values in said for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return " ".join(filter(None, prose))


def _words(listing: Listing, known: dict[str, int]) -> Words:
    """Its text with a number for each word, which is quicker to compare; `known` has those given so far."""
    return array("I", [known.setdefault(word, len(known)) for word in key(_prose(listing)).split()])


def likeness(one: Sequence[Hashable], other: Sequence[Hashable], least: float = 0) -> float:
    """The share of the words of both that are the same, in order; 1 where neither has any, 0 where it is too small."""
    return Indel.normalized_similarity(one, other, score_cutoff=least)


def _parted(listings: Sequence[Listing]) -> list[list[Listing]]:
    """Listings of one title by text. Each joins the first course whose first listing is like it, so that none is
    reached through a third.
    """
    if len(listings) == 1:
        return [list(listings)]
    firsts: list[tuple[Words, list[Listing]]] = []
    known: dict[str, int] = {}
    # What says the same to the letter goes together without a comparison.
    told: dict[bytes, list[Listing]] = {}
    for listing in listings:
        words = _words(listing, known)
        group = told.get(words.tobytes()) or _alike(words, firsts[:MOST_COMPARED])
        if group is None:
            firsts.append((words, group := []))
        told[words.tobytes()] = group
        group.append(listing)
    return [group for _first, group in firsts]


def _alike(words: Words, firsts: Sequence[tuple[Words, list[Listing]]]) -> list[Listing] | None:
    return next((group for first, group in firsts if likeness(first, words, ALIKE) >= ALIKE), None)


def courses(listings: Iterable[Listing], contract: Contract) -> Iterator[list[Listing]]:
    """The listings by course, those of each in the order they came."""
    words = offering_words(contract)
    titled: dict[tuple[Any, ...], list[Listing]] = defaultdict(list)
    for listing in listings:
        titled[_key(listing, words)].append(listing)
    return chain.from_iterable(map(_parted, titled.values()))


def with_courses(listings: Sequence[Listing], contract: Contract) -> list[Listing]:
    """The same listings; those of a course that is offered several times with its id, that of the first of them."""
    repeated = (group for group in courses(listings, contract) if len(group) > 1)
    known = {one.id: group[0].id for group in repeated for one in group}
    return [one.model_copy(update={"course": known.get(one.id)}) for one in listings]


def is_folded(listing: Listing) -> bool:
    """Whether it is a further offering of a course whose first one stands for it."""
    return listing.course not in (None, listing.id)


def folded_by_source(listings: Iterable[Listing]) -> dict[str, Counter[str]]:
    """How many further offerings of which course each source has."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in filter(is_folded, listings):
        found[one.source or ""][one.fold] += 1
    return found
