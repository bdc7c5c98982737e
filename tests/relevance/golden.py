"""The sample catalogue's golden queries as a collection to measure."""

from functools import cache
from pathlib import Path

from mappings.contract import LANGUAGES, Language
from mappings.golden import GoldenQuery, read_golden
from tests.relevance.collection import Collection, Query, QuerySet
from tests.relevance.service import ROOT

FILE = Path(__file__).with_name("golden.yml")
SOURCES = ROOT / "data" / "sources.yml"


@cache
def golden_queries() -> tuple[GoldenQuery, ...]:
    """Raises GoldenError on a wrong shape."""
    return read_golden(FILE)


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
