"""An institution's own rows with what to put right in each, to correct and send back as they are."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.fields import header_label, slots_by_path
from indexer.inert import inert
from indexer.privacy import masked
from indexer.reading import SourceRead
from indexer.rules import Issue
from indexer.sent import unpacked
from indexer.validation import Judged
from mappings.contract import Contract, Language

ERRORS: dict[Language, str] = {"en": "ERRORS", "fr": "ERREURS"}
BETWEEN = " • "


def _error(issue: Issue, language: Language) -> str:
    reason = masked(issue.problem.in_language(language))
    return f"{masked(issue.column)}: {reason}" if issue.column else reason


def errors(issues: Sequence[Issue], language: Language) -> str:
    """What to put right in a row, in one cell."""
    return BETWEEN.join(dict.fromkeys(_error(issue, language) for issue in issues))


def _kept(read: SourceRead, contract: Contract) -> Iterator[tuple[Judged, list[str] | dict[str, str]]]:
    return ((one, unpacked(one.sent, read.slots, contract)) for one in read.judged if one.sent)


def _paths(read: SourceRead, contract: Contract) -> list[str]:
    """The members that records give, in the contract's order."""
    given = {path for _, texts in _kept(read, contract) if isinstance(texts, dict) for path in texts}
    return [path for path in slots_by_path(contract) if path in given]


def _labels(paths: Sequence[str], contract: Contract, language: Language) -> list[str]:
    slots = slots_by_path(contract)
    return [header_label(slots[path], contract, language) for path in paths]


def rows(read: SourceRead, contract: Contract, language: Language) -> Iterator[list[str]]:
    """The header and every row that is kept; a table's columns as it names them, a record's as the template does."""
    paths = [] if read.columns else _paths(read, contract)
    columns = [masked(name) for name in read.columns] or _labels(paths, contract, language)
    yield [ERRORS[language], *map(inert, columns)]
    for one, texts in _kept(read, contract):
        cells = texts if isinstance(texts, list) else [texts.get(path, "") for path in paths]
        yield [inert(errors(one.issues, language)), *map(inert, cells)]


def has_rows(read: SourceRead) -> bool:
    return any(one.sent for one in read.judged)


def write_rows(path: Path, read: SourceRead, contract: Contract, language: Language) -> None:
    """CSV with a byte order mark, by which spreadsheets know UTF-8."""
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        csv.writer(file).writerows(rows(read, contract, language))
