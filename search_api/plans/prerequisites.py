"""Prerequisites that name another listing of the same institution, read from the listings' own words.

The contract holds prerequisites as prose. A listing is named by its whole title, by its title up to a colon, or by the
institution's own code. "Or", "recommended" and the like make it advice: it then comes first where both are taken.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from mappings.contract import LANGUAGES
from search_api.plans.candidate import Candidate

Sources = Mapping[str, Mapping[str, Any]]
Words = tuple[str, ...]
# The name of a listing and its id, by the name's first word.
Names = dict[str, list[tuple[Words, str]]]
# The whole sentence is advice if it holds one of these.
ADVICE = frozenset({
    "or", "either", "equivalent", "recommended", "preferred", "preferable", "asset", "helpful", "help", "useful",
    "ideally", "optional", "no", "non", "not",
    "ou", "équivalent", "équivalente", "équivalence", "recommandé", "recommandée", "préférence", "préférable",
    "souhaité", "souhaitée", "atout", "utile", "utiles", "idéalement", "facultatif", "facultative", "aucun", "aucune",
})  # fmt: skip
# Plainer and ten times faster than the folding of queries: an institution writes its own titles the same way twice.
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
SENTENCE = re.compile(r"[.;\n]\s+|;")
# Cuts from the coarsest to the finest: a title may itself hold a comma or an "and".
CUTS = tuple(re.compile(cut, re.IGNORECASE) for cut in (r"[.;()\n]+\s*", r"[,:]\s*", r",?\s+(?:and|or|et|ou)\s+"))
# "Completed Welding Basics" names what begins at its second word.
BEGINNING = re.compile(r"(?<![\w-])[A-ZÀ-Þ0-9]")
MOST_BEGINNINGS = 4
# One word alone, such as "Excel", is a subject more often than a title, unless it is a code such as ICS-100.
LEAST_WORDS = 2
# Of the 65,536 terms that a query may hold by default.
MOST_PARTS = 20_000
# Titles and sentences are the same at every request; a few thousand listings have as many.
MOST_REMEMBERED = 1 << 14


@lru_cache(maxsize=MOST_REMEMBERED)
def words_of(text: str) -> Words:
    return tuple(WORD.findall(text.casefold()))


def _says_enough(name: str) -> bool:
    words = words_of(name)
    return len(words) >= LEAST_WORDS or (name[:1].isalpha() and any(mark.isdigit() for mark in name))


def _own_code(source: Mapping[str, Any]) -> str:
    """The institution's own code out of an id such as forge.WELD-1."""
    code: str = source["id"].removeprefix(source["institution"]["id"] + ".")
    return code


def names_of(source: Mapping[str, Any]) -> Iterator[str]:
    """What prerequisites may call this listing."""
    titles = [text["title"] for language in LANGUAGES if (text := source.get(language))]
    for name in (*titles, *(title.partition(":")[0] for title in titles), _own_code(source)):
        if _says_enough(name):
            yield name


def statements(source: Mapping[str, Any]) -> Iterator[str]:
    """The sentences of its prerequisites, in every language it has them."""
    for language in LANGUAGES:
        yield from SENTENCE.split((source.get(language) or {}).get("prerequisites") or "")


@lru_cache(maxsize=MOST_REMEMBERED)
def is_advice(statement: str) -> bool:
    return not ADVICE.isdisjoint(words_of(statement))


@lru_cache(maxsize=MOST_REMEMBERED)
def _candidate_names(sentence: str) -> tuple[str, ...]:
    """What of a sentence may be a title or a code."""
    return tuple(dict.fromkeys(name for piece in _pieces(sentence) for name in _endings(piece) if _says_enough(name)))


def _pieces(sentence: str) -> set[str]:
    """The sentence, cut ever finer."""
    pieces = {sentence}
    for cut in CUTS:
        pieces |= {part for piece in pieces for part in cut.split(piece)}
    return {piece.strip(" .") for piece in pieces}


def _endings(piece: str) -> Iterator[str]:
    """The piece and what is left of it from each of its first capitals on."""
    yield piece
    for found in islice(BEGINNING.finditer(piece), MOST_BEGINNINGS):
        yield piece[found.start() :]


def _parts(source: Mapping[str, Any]) -> Iterator[str]:
    """Pieces of its binding prerequisites that may be a title, and the ids they would make as codes."""
    binding = (sentence for sentence in statements(source) if not is_advice(sentence))
    for name in chain.from_iterable(map(_candidate_names, binding)):
        yield name
        if " " not in name:
            yield f"{source['institution']['id']}.{name}"


def parts(sources: Iterable[Mapping[str, Any]]) -> set[str]:
    """What to look up so that listings which prerequisites name are at hand."""
    return set(islice(dict.fromkeys(part for source in sources for part in _parts(source)), MOST_PARTS))


def _names_by_institution(sources: Sources) -> dict[str, Names]:
    """By institution, since a title is common to many."""
    named: dict[str, Names] = defaultdict(lambda: defaultdict(list))
    for identifier, source in sources.items():
        for words in {words_of(name) for name in names_of(source)}:
            named[source["institution"]["id"]][words[0]].append((words, identifier))
    return named


def _found(statement: str, names: Names) -> Iterator[frozenset[str]]:
    """The listings of every name in the statement, the longest at each place; several share one name at times."""
    said, at = words_of(statement), 0
    while at < len(said):
        hits = [(words, x) for words, x in names.get(said[at], ()) if said[at : at + len(words)] == words]
        longest = max((len(words) for words, _x in hits), default=1)
        if hits:
            yield frozenset(x for words, x in hits if len(words) == longest)
        at += longest


def _course_of(source: Mapping[str, Any]) -> str:
    course: str = source.get("course") or source["id"]
    return course


def _offerings(sources: Sources) -> dict[str, frozenset[str]]:
    """By listing id, all listings of the same course, itself among them."""
    held: dict[str, set[str]] = defaultdict(set)
    for identifier, source in sources.items():
        held[_course_of(source)].add(identifier)
    return {identifier: frozenset(held[_course_of(source)]) for identifier, source in sources.items()}


def _named(
    source: Mapping[str, Any], names: Names, offerings: Mapping[str, frozenset[str]]
) -> tuple[frozenset[frozenset[str]], frozenset[str]]:
    """The listings it asks for, one of each set, and those it only advises.

    Any offering of a course does for the one that is named; a course never waits for itself.
    """
    asked: set[frozenset[str]] = set()
    advised: set[str] = set()
    for statement in filter(None, statements(source)):
        whole = (frozenset().union(*map(offerings.__getitem__, group)) for group in _found(statement, names))
        found = [group for group in whole if source["id"] not in group]
        if is_advice(statement):
            advised.update(*found)
        else:
            asked.update(found)
    return frozenset(group for group in asked if not group & advised), frozenset(advised)


def with_prerequisites(candidates: Iterable[Candidate], sources: Sources) -> list[Candidate]:
    """The candidates with what their prerequisites name among the sources."""
    names, offerings = _names_by_institution(sources), _offerings(sources)
    found = []
    for candidate in candidates:
        source = sources[candidate.id]
        requires, follows = _named(source, names[source["institution"]["id"]], offerings)
        found.append(replace(candidate, requires=requires, follows=follows))
    return found
