"""Job titles out of any CSV file that has a code, a title and, unless all are in one language, a language column."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from mappings.contract import Language
from mappings.phrases import fold
from mappings.reference import ExampleTitle

# Folded headers, the likelier ones first. OaSIS writes 00010.01, NOC 00010.
CODE = ("code", "noc", "noc code", "noc_code", "code - noc 2021 v1.0", "oasis code", "cnp")
TITLE = (
    "title",
    "job title text",
    "job title",
    "job_title",
    "titre",
    "example title",
    "oasis example title",
    "text",
    "query",
)
LANGUAGE = ("language", "lang", "langue")
LANGUAGES: dict[str, Language] = {"en": "en", "eng": "en", "english": "en", "fr": "fr", "fra": "fr", "french": "fr"}


class TitleFileError(ValueError):
    """The file has no column that is needed; the message says which."""


def _column(headers: Iterable[str], names: Iterable[str]) -> str | None:
    known = {" ".join(fold(header).split()): header for header in headers}
    exact = next((known[name] for name in names if name in known), None)
    return exact or next((header for name in names for plain, header in known.items() if name in plain), None)


def _needed(headers: Iterable[str], names: tuple[str, ...]) -> str:
    found = _column(headers, names)
    if found is None:
        raise TitleFileError(f"no column for the {names[0]}: any header with {', '.join(names)} would do")
    return found


def read_titles(path: Path, language: Language | None = None) -> Iterator[ExampleTitle]:
    """The titles of a file; rows without a code or a title are left out. Raises TitleFileError.

    A file without a language column is in the language given, else in English.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        headers = rows.fieldnames or ()
        code, title, said = _needed(headers, CODE), _needed(headers, TITLE), _column(headers, LANGUAGE)
        for row in rows:
            spoken = LANGUAGES.get(fold(row[said] or "").strip()) if said else language or "en"
            digits = (row[code] or "").strip().partition(".")[0].zfill(5)
            if spoken and digits.isdigit() and len(digits) == 5 and (row[title] or "").strip():
                yield ExampleTitle(code=digits, language=spoken, title=row[title].strip())
