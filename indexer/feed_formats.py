"""Formats of feeds, and the endings of files that stand for them."""

from pathlib import Path
from typing import Literal

Format = Literal["csv", "xlsx", "ndjson", "json", "xml", "ctdl", "schema-org"]
FORMATS: dict[str, Format] = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xlsx", ".ods": "xlsx",
    ".ndjson": "ndjson", ".jsonl": "ndjson", ".json": "json",
    ".xml": "xml", ".rss": "xml", ".atom": "xml", ".rdf": "xml",
    ".jsonld": "schema-org", ".html": "schema-org", ".htm": "schema-org",
}  # fmt: skip
PACKED = (".gz", ".zip")
JSON = ".json"  # of a format that has no ending of its own


def bare_name(name: str) -> str:
    """A file's name without the ending that says how it is packed."""
    return Path(name).stem if Path(name.lower()).suffix in PACKED else Path(name).name


def feed_ending(name: str) -> str:
    """The ending that tells a file's format, in lower case: `.csv` of `Feed.CSV.gz`."""
    return Path(bare_name(name).lower()).suffix


def endings_of(form: str | None) -> list[str]:
    """The endings that stand for a format."""
    return [ending for ending, stands_for in FORMATS.items() if stands_for == form]


def fitting_ending(ending: str, form: Format | None) -> str:
    """The ending itself where it stands for the format, else one that does."""
    fitting = endings_of(form) or [JSON]
    return ending if ending in fitting else fitting[0]
