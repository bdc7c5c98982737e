"""Some records of a file, and the names by which lists of them are known."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.drafts.notations import JMES, Notation
from indexer.failures import IndexerError
from indexer.feed_formats import Format

SAMPLED = 2_000  # records; more tell nothing new of a file's shape
RECORDS = frozenset((
    "courses", "course", "programs", "programmes", "cours", "formations", "formation", "credentials", "listings",
    "offerings",
    "results", "items", "records", "data", "offers", "offres", "catalogue", "catalog", "products",
))  # fmt: skip
RUNS = frozenset((
    "runs", "courseruns", "sessions", "instances", "sections", "events", "starts", "dates", "topics", "instructors",
    "tags",
))  # fmt: skip
TITLES = frozenset(("title", "name", "titre", "nom", "intitule"))


@dataclass(frozen=True)
class Sample:
    """Records as objects; `place` is the path of their list, None where the file is that list.

    `namespaces` are an XML file's, by the prefixes that its paths use; `others` are paths that may be the records too.
    """

    file: Path
    form: Format
    place: str | None
    records: list[dict[str, Any]]
    name: str = ""
    notation: Notation = JMES
    namespaces: dict[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    root: str = ""


def refuse(path: Path, why: str) -> IndexerError:
    """What is wrong with a file, in one sentence."""
    return IndexerError(f"{path.name} {why}")
