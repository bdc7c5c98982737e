"""The little words around a subject, by the part they play; see framing.yml."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from mappings.contract import LANGUAGES, Language
from search_api.limits.text import alternatives, whole
from search_api.limits.words import words


@dataclass(frozen=True)
class Vocabulary:
    """Words and phrases of one interface language; the other language's are in it, save those that tie."""

    phrases: re.Pattern[str]
    leading: re.Pattern[str]
    leading_not_before: frozenset[str]
    glue: frozenset[str]
    all_glue: frozenset[str]
    connectors: frozenset[str]
    strong_courses: frozenset[str]
    courses: frozenset[str]
    course_not_after: frozenset[str]
    course_not_before: frozenset[str]
    denials: frozenset[str]
    carriers: frozenset[str]
    own: frozenset[str]


def _courses(raw: dict[str, Any], language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Those that are always a course, and all. A word with a hyphen counts by its last part."""
    strong = frozenset(phrase.rsplit("-", 1)[-1] for phrase in (*raw["strong"], *raw["ties"][language]))
    tied = frozenset(word for ties in raw["ties"].values() for word in ties)
    return strong, strong | frozenset(raw["weak"]) | tied


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The words that ship."""
    raw: dict[str, Any] = words("framing")
    strong, courses = _courses(raw["courses"], language)
    glue = frozenset(raw["glue"])
    return Vocabulary(
        phrases=whole(alternatives(phrase for group in raw["phrases"] for phrase in group)),
        leading=whole(alternatives(raw["leading"])),
        leading_not_before=frozenset(raw["leading_not_before"]),
        glue=glue | frozenset(raw["ties"][language]),
        all_glue=glue.union(*(raw["ties"][each] for each in LANGUAGES)),
        connectors=frozenset(raw["connectors"]),
        strong_courses=strong,
        courses=courses,
        course_not_after=frozenset(raw["courses"]["not_after"]),
        course_not_before=frozenset(raw["courses"]["not_before"]),
        denials=frozenset(raw["denials"]),
        carriers=frozenset(raw["carriers"]),
        own=frozenset(raw["own"]),
    )
