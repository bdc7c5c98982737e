"""What is encoded of the occupations: a passage each in every language, and the names they go by."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from indexer.official import Inferable
from indexer.profiles import passages
from mappings.contract import LANGUAGES, Language
from mappings.embedding import Recipe, query_text
from mappings.occupation_vectors import Rows
from mappings.vectors import Vectors

Texts = Mapping[Language, list[str]]


@dataclass(frozen=True)
class Named:
    """An everyday name of an occupation, by NOC code."""

    code: str
    name: str


def names(known: Inferable, language: Language) -> list[Named]:
    spoken = ((code, dict.fromkeys(each.in_language(language))) for code, each in known.names.items())
    return [Named(code, name) for code, each in spoken for name in each]


def passage_texts(known: Inferable, recipe: Recipe) -> Texts:
    return {language: passages(known, language, recipe) for language in LANGUAGES}


def name_texts(known: Inferable, recipe: Recipe) -> Texts:
    """As queries, which names are."""
    return {language: [query_text(one.name, recipe) for one in names(known, language)] for language in LANGUAGES}


def passage_rows(known: Inferable, raw: Mapping[Language, Vectors]) -> Rows:
    """`raw` has a row for each of `passage_texts`."""
    codes = (*known.occupations, *known.others)
    return _rows(dict.fromkeys(raw, codes), raw)


def name_rows(known: Inferable, raw: Mapping[Language, Vectors]) -> Rows:
    """`raw` has a row for each of `name_texts`."""
    return _rows({language: tuple(one.code for one in names(known, language)) for language in raw}, raw)


def _rows(codes: Mapping[Language, tuple[str, ...]], raw: Mapping[Language, Vectors]) -> Rows:
    spoken = [language for language in LANGUAGES if language in raw]
    return Rows(
        codes=tuple(code for language in spoken for code in codes[language]),
        languages=tuple(language for language in spoken for _ in codes[language]),
        vectors=np.concatenate([raw[language] for language in spoken]),
    )
