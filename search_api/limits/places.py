"""Places of Ontario in a query, as the cities that listings name."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from mappings.phrases import Found, PhraseIndex
from search_api.limits.candidate import Candidate, Standing
from search_api.limits.text import Folded, alternatives, fold, plain
from search_api.limits.words import words

CITY = "city"
# Words that say how a place is meant stand this near to it, in characters.
REACH = 32
# What ties a second place to a first: "in London or Windsor".
ANOTHER = re.compile(r" ?, ?| (?:or|and|et|ou) ")
# sure, shared, words: see places.yml. part: a district or region, for which other towns' names stand.
Sureness = Literal["sure", "shared", "words", "part"]
Relation = Literal["in", "near", "of", "bare"]
STANDING: dict[tuple[Sureness, Relation], Standing] = {
    ("sure", "in"): "always",
    ("sure", "bare"): "apart",
    ("shared", "in"): "apart",
}


@dataclass(frozen=True)
class Place:
    """The cities a name stands for, as listings write them."""

    cities: tuple[str, ...]
    sureness: Sureness


@dataclass(frozen=True)
class Gazetteer:
    """All names, each with its place, and for each city the ways listings may write it, the usual one first."""

    names: tuple[tuple[str, Place], ...]
    spellings: dict[str, tuple[str, ...]]

    def written(self, listed: Collection[str]) -> dict[str, tuple[str, ...]]:
        """For each city the spellings that listings use (`listed` holds the cities of all listings), else the usual."""
        return {
            city: tuple(spelling for spelling in forms if spelling in listed) or (city,)
            for city, forms in self.spellings.items()
        }


def _city_names(raw: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    levels: tuple[Sureness, ...] = ("sure", "shared", "words")
    for level in levels:
        for city, row in raw["cities"][level].items():
            for name in (city, *row.get("also", ()), *row.get("forms", ())):
                yield name, Place((city,), level)
            for name in row.get("nicknames", ()):
                yield name, Place((city,), "words")


def _part_names(raw: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    for city, parts in raw["districts"].items():
        for name in parts:
            yield name, Place((city,), "part")
    for region in raw["regions"]:
        for name in region["forms"]:
            yield name, Place(tuple(region["cities"]), "part")


def gazetteer() -> Gazetteer:
    """The places that ship."""
    raw: dict[str, Any] = words("places")
    rows = [(city, row) for level in raw["cities"].values() for city, row in level.items()]
    spellings = {city: (city, *row.get("also", ())) for city, row in rows}
    return Gazetteer((*_city_names(raw), *_part_names(raw)), spellings)


class Places:
    """Finds places. `listed` are the cities listings name, so that the value is written as theirs."""

    def __init__(self, parameters: Collection[str], known: Gazetteer, listed: Collection[str] = ()) -> None:
        raw: dict[str, Any] = words("places")
        self._usable = CITY in parameters
        self._written = known.written(listed)
        self._index: PhraseIndex[Place] = PhraseIndex((fold(name), place) for name, place in known.names)
        self._relations: dict[str, Relation] = {
            plain(phrase): relation for relation, phrases in raw["before"].items() for phrase in phrases
        }
        self._before_it = re.compile(rf"(?<![\w-])(?P<said>{alternatives(self._relations)})[ ']{{1,2}}$")
        # "on" is Ontario's short form only behind a comma: "Sudbury on weekends".
        self._province = re.compile(rf",? ?(?:{alternatives(raw['after']['province'])})(?!\w)|, ?on(?= ?(?:[,;.]|$))")
        self._around = re.compile(rf" (?:{alternatives(raw['after']['around'])})(?!\w)")

    def find(self, text: Folded, *, accents_count: bool) -> Iterator[Candidate]:
        """The places named. With `accents_count` only « à » is the French preposition, a bare "a" is an article."""
        last: Relation = "bare"
        end = 0
        for hit in self._index.find(text.text) if self._usable else ():
            before = text.text[max(0, hit.start - REACH) : hit.start]
            ahead = self._before_it.search(before)
            relation = self._relations[plain(ahead["said"])] if ahead else "bare"
            start = hit.start - len(before) + ahead.start() if ahead else hit.start
            if accents_count and text.text[start : start + 2] == "a " and text.typed_at(start) in "aA":
                relation, start = "bare", hit.start
            if relation == "bare" and ANOTHER.fullmatch(text.text, end, hit.start):
                relation = last
            last, end = relation, hit.end
            yield self._candidate(text.text, hit, relation, start)

    def _candidate(self, text: str, hit: Found[Place], relation: Relation, start: int) -> Candidate:
        end, place = hit.end, hit.targets[0]
        behind = self._province.match(text, end)
        end = behind.end() if behind else end
        around = self._around.match(text, end)
        standing = "maybe" if around else STANDING.get((place.sureness, relation), "maybe")
        return Candidate(self._settings(place), start, end, standing, known_after=place.sureness == "sure")

    def _settings(self, place: Place) -> tuple[tuple[str, str], ...]:
        written = (spelling for city in place.cities for spelling in self._written[city])
        return tuple((CITY, spelling) for spelling in dict.fromkeys(written))
