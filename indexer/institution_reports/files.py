"""Reports on disk: a folder for each institution within the run's, and a page that lists them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.institution_reports.facts import InstitutionReport
from indexer.institution_reports.gathering import gathered
from indexer.institution_reports.material import Material
from indexer.institution_reports.pages import index_page, institution_page
from indexer.institution_reports.rows import has_rows, write_rows
from indexer.reading import SourceRead
from mappings.contract import LANGUAGES, Contract, Language

FOLDER = "institutions"
FACTS = "report.json"


def _rows_file(read: SourceRead, reads: Sequence[SourceRead], language: Language) -> str:
    """`en.csv` for the only feed of an institution; with the feed's name where there are several."""
    return f"{language}.csv" if len(reads) == 1 else f"{language}-{read.source.id}.csv"


def _write_rows(folder: Path, reads: Sequence[SourceRead], contract: Contract, language: Language) -> Iterator[str]:
    for read in filter(has_rows, reads):
        name = _rows_file(read, reads, language)
        write_rows(folder / name, read, contract, language)
        yield name


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace", newline="")


def write_pages(folder: Path, report: InstitutionReport) -> None:
    for language in LANGUAGES:
        _write(folder / f"{language}.html", institution_page(report, language))


def write_index(run: Path, reports: Sequence[InstitutionReport]) -> None:
    for language in LANGUAGES:
        _write(run / f"index.{language}.html", index_page(reports, language))


def write_institution(
    run: Path, report: InstitutionReport, reads: Sequence[SourceRead], contract: Contract
) -> InstitutionReport:
    """Writes an institution's folder and gives the report with the names of its files."""
    folder = run / FOLDER / report.folder
    folder.mkdir(parents=True)
    rows = {language: tuple(_write_rows(folder, reads, contract, language)) for language in LANGUAGES}
    whole = report.model_copy(update={"rows": rows})
    write_pages(folder, whole)
    _write(folder / FACTS, whole.model_dump_json(indent=1))
    return whole


def rewrite(run: Path) -> None:
    """Writes the pages of a run anew from its facts; the index lists institutions by name. Raises OSError."""
    found = sorted((run / FOLDER).glob(f"*/{FACTS}"))
    reports = [InstitutionReport.model_validate_json(path.read_bytes()) for path in found]
    for path, report in zip(found, reports, strict=True):
        write_pages(path.parent, report)
    write_index(run, sorted(reports, key=lambda report: report.name.en))


def write_institutions(run: Path, material: Material) -> None:
    """Writes the reports of all institutions into a run's folder. Raises OSError."""
    found = gathered(material)
    write_index(run, [write_institution(run, report, reads, material.contract) for report, reads in found])
