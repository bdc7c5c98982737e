"""Reports of all institutions out of what a run knows."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.changes import Change
from indexer.courses import is_folded
from indexer.gaps import GAPS, cost
from indexer.institution_reports.completeness import Completeness, completeness
from indexer.institution_reports.facts import Changed, Course, Gain, Gap, InstitutionReport, Said
from indexer.institution_reports.findings import findings, reasons, twins
from indexer.institution_reports.formats import number, plural
from indexer.institution_reports.links import links
from indexer.institution_reports.material import Material
from indexer.institution_reports.samples import Samples, title_of
from indexer.load import Stored
from indexer.reading import SourceRead
from indexer.report import SourceReport, Status
from mappings.contract import LANGUAGES, Contract, Field, Label
from mappings.fingerprint import digest
from mappings.listing import Listing, Names

SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
UNSAFE = re.compile(r"[^a-z0-9_-]+")
MOST_COURSES = 100
WORST: tuple[Status, ...] = ("failed", "carried over", "untouched", "read")

Grouped = Mapping[str, Sequence[Listing]]


def folder_name(institution: str) -> str:
    """A name that is one folder and no way out of it; ids that need other marks are told apart by a hash."""
    if SAFE.fullmatch(institution):
        return institution
    kept = UNSAFE.sub("-", institution.lower()).strip("-_")[:48] or "institution"
    return f"{kept}-{digest({'id': institution})[:8]}"


def _said(label: Label) -> Said:
    return Said(en=label.en, fr=label.fr)


def _name(names: Names, fallback: str) -> Said:
    return Said(en=names.en or names.fr or fallback, fr=names.fr or names.en or fallback)


def _cost(item: Field, count: int) -> Said:
    words = {
        code: cost(item, plural(count, code), code).format(
            count=number(count, code), field=item.label.in_language(code)
        )
        for code in LANGUAGES
    }
    return Said(**words)


def _gap(item: Field, count: int) -> Gap:
    besides = _said(GAPS[item.name]) if item.name in GAPS else None
    return Gap(field=item.name, label=_said(item.label), count=count, cost=_cost(item, count), besides=besides)


def _gaps(found: Completeness, contract: Contract) -> tuple[Gap, ...]:
    """The dearest gap first."""
    order = [name for name, _ in found.dearest()]
    return tuple(_gap(contract.named(name), found.blank[name]) for name in order)


def _gains(found: Completeness, held_back: int, contract: Contract) -> tuple[Gain, ...]:
    named = ((contract.named(name), points) for name, points in found.gains(held_back))
    return tuple(Gain(field=item.name, label=_said(item.label), points=round(points, 1)) for item, points in named)


def _courses(listings: Sequence[Listing]) -> Iterator[Course]:
    """Courses that stand in several rows, the most repeated first."""
    counts = Counter(one.fold for one in listings if is_folded(one))
    known = {one.id: one for one in listings if one.id in counts}
    for name, count in counts.most_common(MOST_COURSES):
        if name in known:
            yield Course(id=name, title=title_of(known[name]), folded=count)


def _changed(samples: Samples, changes: Iterable[Change]) -> dict[str, Changed]:
    found = list(changes)
    kinds = ("added", "changed", "removed")
    return {kind: samples.of(one for change in found for one in getattr(change, kind)) for kind in kinds}


def _scored(reads: Sequence[SourceRead], held_back: int, contract: Contract) -> dict[str, object]:
    """Completeness of what the feeds say; listings carried over are not the feed's of today."""
    found = completeness((one for read in reads if not read.failure for one in read.listings), contract)
    score = found.score(held_back)
    return {
        "score": None if score is None else round(score, 1),
        "gains": _gains(found, held_back, contract),
        "gaps": _gaps(found, contract),
    }


def _staleness(reads: Sequence[SourceRead], served: Stored | None) -> dict[str, object]:
    """Since when what is carried over is what learners see: the oldest, or before the served index where unknown."""
    stale = [read for read in reads if read.carried and read.stale_since]
    if not (stale and served and served.meta):
        return {}
    known = [read.read_at for read in stale if read.read_at]
    return {"as_of": min(known, default=served.meta.built), "older": len(known) < len(stale)}


def _institution(
    name: str, reads: Sequence[SourceRead], listings: Sequence[Listing], material: Material
) -> InstitutionReport:
    run, named = material.report, {read.source.id for read in reads}
    sources: tuple[SourceReport, ...] = tuple(one for one in run.sources if one.id in named)
    known = {one.id: one for one in listings}
    samples = Samples(material.contract, known, material.samples)
    rows, twin_rows = twins(reads)
    return InstitutionReport.model_validate(
        {
            "id": name,
            "folder": folder_name(name),
            "name": _name(reads[0].source.institution.name, name),
            "command": run.command,
            "outcome": run.outcome,
            "started": run.started,
            "status": next(status for status in WORST if status in {one.status for one in sources}),
            **_staleness(reads, material.served),
            "sources": sources,
            "listed": len(listings),
            "reasons": reasons(reads),
            "findings": findings(reads),
            "found": sum(len(read.issues) for read in reads),
            "twins": rows,
            "twin_rows": twin_rows,
            "courses": tuple(_courses(listings)),
            "folded": sum(one.folded for one in sources),
            "links": links(reads, material.links),
            **_scored(reads, sum(one.quarantined for one in sources), material.contract),
            **_changed(samples, (material.changes[one] for one in sorted(named) if one in material.changes)),
        }
    )


def grouped_reads(reads: Sequence[SourceRead]) -> dict[str, list[SourceRead]]:
    """Sources by institution, both in the order of the list of sources."""
    found: dict[str, list[SourceRead]] = defaultdict(list)
    for read in reads:
        found[read.source.institution.id].append(read)
    return found


def _listings(material: Material) -> Grouped:
    found: dict[str, list[Listing]] = defaultdict(list)
    for listing in material.listings:
        found[listing.institution.id].append(listing)
    return found


def gathered(material: Material) -> list[tuple[InstitutionReport, list[SourceRead]]]:
    """Every institution's report with its sources."""
    listings = _listings(material)
    groups = grouped_reads(material.reads).items()
    return [(_institution(name, reads, listings.get(name, ()), material), reads) for name, reads in groups]
