"""Reports on disk: a folder a run, with tables an institution can open."""

import csv
import datetime as dt
import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from indexer.cleaning import line, written
from indexer.courses import is_folded
from indexer.gaps import GAPS, gaps_of
from indexer.golden.telling import golden_markdown
from indexer.inert import inert
from indexer.institution_reports.files import write_institutions
from indexer.institution_reports.material import Material
from indexer.privacy import masked
from indexer.reading import SourceRead, quarantine_of, warnings_of
from indexer.report import RunReport, SourceReport
from indexer.rules import Issue
from mappings.contract import LANGUAGES, Language, preferred
from mappings.listing import Listing

FOLDER = "reports"
KEPT = 60  # runs; two months of nights
HEADER = ("source", "row", "column", "value", "reason", "raison")
TABLE = (
    "source", "status", "read", "good", "with_warnings", "quarantined", "carried", "folded", "added", "changed",
    "removed",
)  # fmt: skip
FOLDED: dict[Language, str] = {
    "en": "one more offering of {course}, “{title}”",
    "fr": "le même cours que {course}, « {title} », offert de nouveau",
}

Rows = Iterator[tuple[str, ...]]


def _cells(source: str, issue: Issue) -> tuple[str, ...]:
    value = inert(masked(issue.value))
    reasons = (masked(issue.problem.in_language(language)) for language in LANGUAGES)
    return (source, str(issue.row), inert(masked(issue.column)), value, *reasons)


def _issues(reads: Sequence[SourceRead], of: Callable[[SourceRead], list[Issue]]) -> Rows:
    for read in reads:
        yield from (_cells(read.source.id, issue) for issue in of(read))


def _gaps(reads: Sequence[SourceRead]) -> Rows:
    for read in reads:
        for one in read.judged:
            for gap in gaps_of(one.listing) if one.listing else ():
                yield (read.source.id, str(one.row), gap, "", GAPS[gap].en, GAPS[gap].fr)


def _title(listing: Listing, language: Language) -> str:
    return masked(next(text.title for code in preferred(language) if (text := listing.text(code))))


def _folded(reads: Sequence[SourceRead], listings: Iterable[Listing]) -> Rows:
    """Every row that is one more offering of a course, with that course; a carried-over listing has no row."""
    known = {one.id: one for one in listings}
    rows = {
        one.listing.id: (str(one.row), inert(one.id_column)) for read in reads for one in read.judged if one.listing
    }
    for one in filter(is_folded, known.values()):
        first = known[one.fold]
        said = (FOLDED[code].format(course=first.id, title=_title(first, code)) for code in LANGUAGES)
        yield (one.source or "", *rows.get(one.id, ("", "")), inert(one.id), *said)


def _csv(rows: Rows) -> str:
    """CSV with a byte order mark, by which spreadsheets know UTF-8."""
    file = io.StringIO()
    csv.writer(file).writerows([HEADER, *rows])
    return "\ufeff" + file.getvalue()


def _markdown_row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(line(written(cell)).replace("|", "\\|") for cell in cells) + " |"


def _failures(report: RunReport) -> list[str]:
    return [
        f"- **{one.institution}** ({one.status}): {one.failure['en']} / {one.failure['fr']}"
        for one in report.sources
        if one.failure
    ]


def _gap_lines(one: SourceReport) -> list[str]:
    return [
        f"- {one.institution}: {count} without `{gap}`: {GAPS[gap].en} / {GAPS[gap].fr}"
        for gap, count in one.gaps.items()
    ]


def _sample_lines(one: SourceReport) -> list[str]:
    return [
        f"- {one.institution}, {kind}: `{sample.id}` {written(sample.title)}"
        for kind, samples in one.samples.items()
        for sample in samples
    ]


def markdown(report: RunReport) -> str:
    """The report for reading."""
    facts = (
        f"{report.started:%Y-%m-%d %H:%M:%S} UTC, {report.seconds:.0f} s; "
        f"{report.listings} listings, {report.folded} of them folded into another; "
        f"{report.texts} texts, {report.embedded} newly embedded; index `{report.index or 'none'}`"
    )
    head = [
        f"# {report.command}: {report.outcome}",
        "",
        *([report.reason, ""] if report.reason else []),
        facts,
        "",
    ]
    table = [_markdown_row(TABLE), _markdown_row("---" for _ in TABLE)]
    table += [
        _markdown_row(getattr(one, "id" if name == "source" else name) for name in TABLE) for one in report.sources
    ]
    failed = _failures(report)
    stale = [
        f"- {one.institution}: {one.carried} listings of an earlier feed, stale since {one.stale_since} / "
        f"{one.carried} offres d'un envoi antérieur, non confirmées depuis le {one.stale_since}"
        for one in report.sources
        if one.stale_since and one.carried
    ]
    overruled = [f"- {text}" for text in report.overruled]
    samples = [text for one in report.sources for text in _sample_lines(one)]
    gone = [f"- {source}: {count} listings, source no longer listed" for source, count in report.dropped.items()]
    gaps = [text for one in report.sources for text in _gap_lines(one)]
    folded = [
        f"- {one.institution}: courses offered several times: {one.repeated}, rows folded into them: {one.folded} / "
        f"cours offerts plusieurs fois : {one.repeated}, lignes qui y sont regroupées : {one.folded}"
        for one in report.sources
        if one.folded
    ]
    golden = golden_markdown(report.golden) if report.golden else []
    sections = (
        ("Golden queries / Requêtes de référence", golden),
        ("Overruled / Passé outre", overruled),
        ("Feeds that could not be used / Envois inutilisables", failed),
        ("Stale / Offres non confirmées", stale),
        ("Removed / Retirées", gone),
        ("Folded: one hit for each course (folded.csv) / Regroupées : un résultat par cours", folded),
        ("Samples / Exemples", samples),
        ("Gaps / Lacunes", gaps),
    )
    tail = [text for title, lines in sections if lines for text in ("", f"## {title}", "", *lines)]
    return "\n".join([*head, *table, *tail]) + "\n"


def _folder_name(reports: Path, started: dt.datetime) -> Path:
    base = f"{started:%Y%m%dT%H%M%SZ}"
    names = (base, *(f"{base}-{number}" for number in range(2, 1000)))
    return next(reports / name for name in names if not (reports / name).exists())


def _prune(reports: Path) -> None:
    for folder in folders(reports)[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def write_report(state: Path, material: Material) -> Path:
    """Writes a run's folder, whole or not at all, and gives it."""
    report, reads = material.report, material.reads
    folder = _folder_name(state / FOLDER, report.started)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    files = {
        "report.json": report.model_dump_json(indent=1),
        "report.md": markdown(report),
        "quarantine.csv": _csv(_issues(reads, quarantine_of)),
        "warnings.csv": _csv(_issues(reads, warnings_of)),
        "gaps.csv": _csv(_gaps(reads)),
        "folded.csv": _csv(_folded(reads, material.listings)),
    }
    for name, text in files.items():
        (part / name).write_text(text, encoding="utf-8", errors="replace", newline="")
    write_institutions(part, material)
    part.rename(folder)
    _prune(folder.parent)
    return folder


def folders(reports: Path) -> list[Path]:
    """The runs' folders, the oldest first."""
    return sorted(path for path in reports.glob("[0-9]*") if path.is_dir())


def last_report(state: Path) -> tuple[RunReport, Path] | None:
    """The last run's report and its folder."""
    found = folders(state / FOLDER)
    if not found:
        return None
    return RunReport.model_validate_json((found[-1] / "report.json").read_text(encoding="utf-8")), found[-1]
