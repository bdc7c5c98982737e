"""What is wrong in an institution's feeds: each case, and how often each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from indexer.institution_reports.facts import Finding, Reason, Said, Twin
from indexer.privacy import masked
from indexer.reading import SourceRead
from indexer.rules import RULES, Issue, Severity

MOST_FINDINGS = 500  # a page longer than that is read by nobody; the rows to put right hold all
MOST_TWINS = 100
TWIN = "same_content"
FACT = re.compile(r"\{\w+\}")


def _told(reads: Iterable[SourceRead]) -> Iterator[tuple[str, Issue]]:
    """Every issue of a feed; those that hold a row back come first."""
    issues = [(read.source.id, issue) for read in reads for issue in read.issues]
    return iter(sorted(issues, key=lambda one: not _held(one[1])))


def _held(issue: Issue) -> bool:
    return issue.problem.severity is Severity.QUARANTINE


def said(issue: Issue) -> Said:
    return Said(en=masked(issue.problem.in_language("en")), fr=masked(issue.problem.in_language("fr")))


def _finding(source: str, issue: Issue, held: bool) -> Finding:
    column, value = masked(issue.column), masked(issue.value)
    return Finding(source=source, row=issue.row, column=column, value=value, reason=said(issue), held=held)


def findings(reads: Sequence[SourceRead]) -> tuple[Finding, ...]:
    """The first cases. A row that one fault holds back is not offered, whatever else is said of it."""
    back = {(read.source.id, issue.row) for read in reads for issue in read.issues if _held(issue)}
    first = islice(_told(reads), MOST_FINDINGS)
    return tuple(_finding(source, issue, (source, issue.row) in back) for source, issue in first)


def _reason(kind: str, count: int) -> Reason:
    rule = RULES[kind]
    words = Said(en=FACT.sub("…", rule.en), fr=FACT.sub("…", rule.fr))
    return Reason(reason=words, held=rule.severity is Severity.QUARANTINE, count=count)


def reasons(reads: Sequence[SourceRead]) -> tuple[Reason, ...]:
    """How often each kind of problem was met: those that hold rows back first, then by number."""
    counts = Counter(issue.problem.kind for read in reads for issue in read.issues)
    found = (_reason(kind, count) for kind, count in counts.most_common())
    return tuple(sorted(found, key=lambda one: not one.held))


def _twins(reads: Iterable[SourceRead]) -> Iterator[Twin]:
    for read in reads:
        for issue in read.issues:
            if issue.problem.kind == TWIN:
                yield Twin(source=read.source.id, row=issue.row, other=issue.problem.facts["row"])


def twins(reads: Sequence[SourceRead]) -> tuple[tuple[Twin, ...], int]:
    """The first of the rows that say what another says, and how many there are."""
    found = list(_twins(reads))
    return tuple(found[:MOST_TWINS]), len(found)
