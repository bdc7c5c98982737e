"""Golden queries: the sample catalogue judged by hand, by class of query. docs/judging.md is the guideline."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mappings.contract import LANGUAGES, Language
from mappings.yaml_file import read_yaml
from tests.relevance.collection import Collection, Query, QuerySet
from tests.relevance.service import ROOT

FILE = Path(__file__).with_name("golden.yml")
SOURCES = ROOT / "data" / "sources.yml"
QueryClass = Literal[
    "job_title", "everyday_job", "skill", "tool", "subject", "institution", "credential", "code", "sentence",
    "cross_lingual", "misspelt", "vague", "nothing",
]  # fmt: skip
Grade = Literal[1, 2, 3]


class GoldenQuery(BaseModel):
    """One judged query. `known_miss` says why it is known not to be answered well."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    query_class: QueryClass = Field(alias="class")
    language: Language
    text: str
    grades: Mapping[Grade, tuple[str, ...]]
    known_miss: str = ""

    @property
    def judged(self) -> dict[str, int]:
        """The grade of each listing that has one."""
        return {listing: grade for grade, listings in self.grades.items() for listing in listings}


@cache
def golden_queries() -> tuple[GoldenQuery, ...]:
    """Raises ValueError on a wrong shape."""
    return tuple(GoldenQuery.model_validate(row) for row in read_yaml(FILE))


def query_set(language: Language) -> QuerySet:
    """The queries of one language with their classes; those that nothing answers have no judgements."""
    asked = [one for one in golden_queries() if one.language == language]
    return QuerySet(
        name=f"golden-{language}",
        queries=tuple(Query(one.id, one.text, language, one.query_class) for one in asked),
        judged={one.id: one.judged for one in asked},
        classes={one.id: one.query_class for one in asked},
    )


def golden_collection() -> Collection:
    """The sample catalogue with its golden queries."""
    sets = tuple(query_set(language) for language in LANGUAGES)
    return Collection(ROOT / "data", "golden", "en", None, sets, SOURCES)
