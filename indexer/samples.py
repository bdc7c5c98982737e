"""A few of the listings a load adds, changes and removes, and of the rows it holds back, for a person to look at."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from indexer.changes import Change
from indexer.load import Document, Engine, Stored
from indexer.privacy import masked
from indexer.reading import SourceRead, quarantine_of
from indexer.report import Sample
from indexer.rules import Issue
from mappings.contract import LANGUAGES
from mappings.listing import Listing

SHOWN = 5  # of a kind and source

Samples = dict[str, tuple[Sample, ...]]


def _title(document: Document) -> str:
    texts = (document.get(language) or {} for language in LANGUAGES)
    return masked(next((text["title"] for text in texts if text.get("title")), ""))


def _samples(ids: Iterable[str], documents: Mapping[str, Document]) -> tuple[Sample, ...]:
    return tuple(Sample(id=one, title=_title(documents.get(one, {}))) for one in ids)


def _held_back(issue: Issue) -> Sample:
    reasons = " / ".join(masked(issue.problem.in_language(language)) for language in LANGUAGES)
    return Sample(id=f"row {issue.row}", title=f"{masked(issue.column)}: {reasons}")


def _coming(ids: Sequence[str], listings: Mapping[str, Listing]) -> tuple[Sample, ...]:
    return _samples(ids, {one: listings[one].document() for one in ids})


def samples_of(
    read: SourceRead, change: Change, listings: Mapping[str, Listing], before: Mapping[str, Document]
) -> Samples:
    """By kind of change, the kinds there are. `before` are served documents of listings that go."""
    found = {
        "added": _coming(change.added[:SHOWN], listings),
        "changed": _coming(change.changed[:SHOWN], listings),
        "removed": _samples(change.removed[:SHOWN], before),
        "quarantined": tuple(map(_held_back, islice(quarantine_of(read), SHOWN))),
    }
    return {kind: samples for kind, samples in found.items() if samples}


def all_samples(
    reads: Sequence[SourceRead],
    changes: Mapping[str, Change],
    listings: Iterable[Listing],
    engine: Engine,
    served: Stored | None,
) -> dict[str, Samples]:
    """By source. Only of what goes the served index is asked."""
    known, found = {one.id: one for one in listings}, {}
    for read in reads:
        change = changes.get(read.source.id, Change())
        gone = change.removed[:SHOWN]
        before = engine.read_back(served.name, gone) if served and gone else {}
        found[read.source.id] = samples_of(read, change, known, before)
    return found
