"""Occupations as listings are held against them: vectors, the names that stand for them, the terms they use."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.official import Inferable
from mappings.contract import Language
from mappings.embedding import Recipe, normalise
from mappings.occupation import Occupation
from mappings.telling import telling, terms_of
from mappings.vectors import Vectors, centre

MOST_NAMES = 15  # as many as a hand-written group has; official ones have hundreds, and a passage is cut


@dataclass(frozen=True, eq=False)
class Profiles:
    """The occupations that may be inferred, and per language one centred row for each, in their order."""

    inferable: Inferable
    vectors: Mapping[Language, Vectors]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.inferable.occupations)

    @cached_property
    def row(self) -> dict[str, int]:
        """Row numbers by code."""
        return {code: number for number, code in enumerate(self.codes)}

    @cached_property
    def listed(self) -> npt.NDArray[np.bool_]:
        """Whether skills or tools of an occupation are known. Shape (occupations,)."""
        return np.array([bool(terms_of(one)) for one in self.inferable.occupations.values()], bool)

    @cached_property
    def weights(self) -> dict[str, float]:
        """How telling each term is, over the occupations whose terms are known."""
        return telling({code: one for code, one in self.inferable.occupations.items() if terms_of(one)})

    @cached_property
    def users(self) -> dict[str, list[int]]:
        """Rows of the occupations that use a term, by its id."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.inferable.occupations.values()):
            for term in sorted(terms_of(one)):
                found[term].append(number)
        return dict(found)


def occupation_passage(occupation: Occupation, language: Language, recipe: Recipe) -> str:
    """What an occupation is, as a passage: its names, what it is about, what is done in it."""
    names = ", ".join((occupation.title.in_language(language), *occupation.names.in_language(language)[:MOST_NAMES]))
    parts = (names, occupation.summary.in_language(language), ". ".join(occupation.duties.in_language(language)))
    return recipe.passage_prefix + normalise(". ".join(part for part in parts if part))


def passages(known: Inferable, language: Language, recipe: Recipe) -> list[str]:
    """Of the occupations that may be inferred, then of the others."""
    occupations = (*known.occupations.values(), *known.others.values())
    return [occupation_passage(one, language, recipe) for one in occupations]


def profiles(known: Inferable, raw: Mapping[Language, Vectors], means: Mapping[str, Vectors]) -> Profiles:
    """Profiles from raw vectors, rows in the order of the occupations, centred with the mean of the listings."""
    return Profiles(known, {language: centre(matrix, means.get(language)) for language, matrix in raw.items()})
