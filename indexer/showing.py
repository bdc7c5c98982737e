"""What commands print of a run."""

from rich.console import Console
from rich.table import Table

from indexer.report import RunReport, SourceReport
from indexer.report_files import last_report
from indexer.settings import Settings

console = Console()

COLUMNS: tuple[tuple[str, str], ...] = (
    ("source", "id"), ("status", "status"), ("read", "read"), ("good", "good"), ("with warnings", "with_warnings"),
    ("quarantined", "quarantined"), ("carried", "carried"), ("folded", "folded"), ("added", "added"),
    ("changed", "changed"), ("removed", "removed"),
)  # fmt: skip
WIDE = 160


def say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def print_wide(table: Table) -> None:
    """With room for every column where the output is no terminal."""
    wide = console if console.is_terminal else Console(file=console.file, width=WIDE)
    wide.print(table)


def show(report: RunReport) -> None:
    """The run's table."""
    table = Table(show_edge=False, pad_edge=False)
    for title, name in COLUMNS:
        table.add_column(title, justify="left" if name in ("id", "status") else "right", no_wrap=True)
    for one in report.sources:
        table.add_row(*(str(getattr(one, name)) for _, name in COLUMNS))
    print_wide(table)


def show_samples(report: RunReport) -> None:
    """What comes, differs, goes and is held back of each institution, a few of each kind."""
    for one in report.sources:
        for kind, samples in one.samples.items():
            count = getattr(one, kind)
            say(f"{one.institution} ({one.id}): {count} {kind}{_few(count, len(samples))}")
            for sample in samples:
                say(f"  {sample.id}  {sample.title}")


def _few(count: int, shown: int) -> str:
    return f", the first {shown}:" if shown < count else ":"


def show_shortcomings(report: RunReport) -> None:
    """Which sources are not served as their feeds are now, and what of the gate was overruled."""
    for one in report.sources:
        if one.failure or one.stale_since:
            say(f"{one.id}: {_standing(one)}")
    for text in report.overruled:
        say(f"overruled: {text}")


def _standing(one: SourceReport) -> str:
    if not one.carried:
        return "nothing of it is served"
    return f"{one.carried} listings of an earlier feed are served, stale since {one.stale_since}"


def where(settings: Settings) -> None:
    found = last_report(settings.state)
    if found:
        say(f"report: {found[1]}/report.md (quarantine.csv, warnings.csv, gaps.csv and folded.csv beside it)")
        say(f"for institutions: {found[1]}/index.en.html, index.fr.html")
