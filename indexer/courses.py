"""Listings that are offerings of one course: the same in every term, at other dates."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from rapidfuzz.distance import Indel

from indexer.cleaning import key
from indexer.course_titles import course_title, offering_words
from mappings.contract import LANGUAGES, Contract, Language
from mappings.listing import Listing, Text

# How much of the words of two texts must be the same, in order (0 to 1): see docs/decisions.
ALIKE = 0.9
# What no two offerings of a course differ in.
SAME = ("credential_type", "subject", "level", "hours", "language", "partner")


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


def _words(listing: Listing) -> list[str]:
    return key(_prose(listing)).split()


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the words of both that are the same, in order; 1 where neither has any."""
    return Indel.normalized_similarity(one, other)


def _parted(listings: Sequence[Listing]) -> list[list[Listing]]:
    """Listings of one title by text. Each joins the first course whose first listing is like it, so that none is
    reached through a third.
    """
    found: list[tuple[list[str], list[Listing]]] = []
    for listing in listings:
        told = _words(listing) if len(listings) > 1 else []
        group = next((group for first, group in found if likeness(first, told) >= ALIKE), None)
        if group is None:
            found.append((told, [listing]))
        else:
            group.append(listing)
    return [group for _first, group in found]


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
