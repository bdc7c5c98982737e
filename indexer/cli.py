"""The indexer's commands."""

import datetime as dt
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from indexer.failures import IndexerError
from indexer.golden.telling import golden_lines
from indexer.institution_reports.files import rewrite
from indexer.lease import lease
from indexer.load import Engine
from indexer.mapping_command import add_to as add_mapping_commands
from indexer.meta import is_current
from indexer.progress import Progress
from indexer.reading import Reader
from indexer.report import RunReport
from indexer.report_files import last_report
from indexer.rollback import roll_back
from indexer.settings import Settings, read_settings
from indexer.sources import read_sources
from mappings.contract import listing_contract
from mappings.index_meta import IndexMeta

app = typer.Typer(
    name="indexer",
    help="Loads institutions' feeds into the search index. Settings come from the environment: OPENSEARCH_URL, "
    "INDEX_PREFIX, SOURCES, STATE_DIR, REFERENCE_DB, EMBEDDING_MODEL, CENTRING, SHARDS, REPLICAS, GOLDEN, GOLDEN_LOSS, "
    "REPORT_ROWS.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
add_mapping_commands(app)
console = Console()

COLUMNS: tuple[tuple[str, str], ...] = (
    ("source", "id"), ("status", "status"), ("read", "read"), ("good", "good"), ("with warnings", "with_warnings"),
    ("quarantined", "quarantined"), ("carried", "carried"), ("folded", "folded"), ("added", "added"),
    ("changed", "changed"), ("removed", "removed"),
)  # fmt: skip

DAY_OPTION = typer.Option(formats=["%Y-%m-%d"], help="The day it was released, where the file does not say it.")
UNTIL_OPTION = typer.Option(formats=["%Y-%m-%d"], help="The last day its figures speak of; stale after it.")


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _show(report: RunReport) -> None:
    """The run's table; wide enough for every column where the output is no terminal."""
    table = Table(show_edge=False, pad_edge=False)
    for title, name in COLUMNS:
        table.add_column(title, justify="left" if name in ("id", "status") else "right", no_wrap=True)
    for one in report.sources:
        table.add_row(*(str(getattr(one, name)) for _, name in COLUMNS))
    wide = console if console.is_terminal else Console(file=console.file, width=160)
    wide.print(table)


def _current(settings: Settings) -> IndexMeta | None:
    """The meta of the served index when it is what a load would make now."""
    sources = read_sources(settings.sources_file)
    with closing(Engine(settings)) as engine:
        engine.check()
        served = engine.served()
    meta, today = served.meta if served else None, dt.datetime.now(dt.UTC).date()
    return meta if meta and is_current(meta, sources, settings, today) else None


def _keep_vectors(settings: Settings, meta: IndexMeta) -> None:
    from indexer.occupation_vectors import are_kept, keep_anew  # noqa: PLC0415 - see index

    if not are_kept(settings, meta):
        keep_anew(settings, Progress(console))


@app.command()
def index(
    *,
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Do nothing when feeds, knowledge, model and code are as served.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Load even when a source shrank by more than half or golden queries lost.")
    ] = False,
) -> None:
    """Read all feeds, build and verify a new index, and serve it in one step.

    A feed that cannot be read keeps its served listings. Whatever fails, what is served stays as it was.
    """
    settings = read_settings()
    if if_needed and (current := _current(settings)):
        _keep_vectors(settings, current)
        _say(f"{settings.index_prefix} is up to date")
        return
    from indexer.run import index as run_index  # noqa: PLC0415 - spares the early return its imports

    report = run_index(settings, Progress(console), force=force)
    _show(report)
    _say(f"serving {report.listings} listings from {report.index} after {report.seconds:.0f} s")
    _where(settings)


@app.command("dry-run")
def dry_run(
    *,
    no_golden: Annotated[
        bool, typer.Option("--no-golden", help="Ask no golden queries: quicker, and no index is built for them.")
    ] = False,
) -> None:
    """Read and check all feeds and say what a load would change, golden queries included; serve nothing new.

    Golden queries are asked of an index that is deleted again.
    """
    from indexer.run import dry_run as run_dry  # noqa: PLC0415 - see index

    settings = read_settings()
    report, _ = run_dry(settings, Progress(console), golden=not no_golden)
    _show(report)
    _say(f"{report.listings} listings would be served; nothing new is served")
    _where(settings)


@app.command()
def rollback() -> None:
    """Serve the previous index again."""
    settings = read_settings()
    with (
        lease(settings.state, settings.index_prefix),
        closing(Engine(settings)) as engine,
    ):
        done = roll_back(engine)
    times = [f"{one.meta.built:%Y-%m-%d %H:%M:%S} UTC" if one.meta else one.time for one in (done.before, done.after)]
    _say(f"{settings.index_prefix} went back from the index of {times[0]} to that of {times[1]}")
    if done.foreign:
        _say("it was made by another version of the contract: the service refuses it until its code is rolled back too")


@app.command()
def report() -> None:
    """Show the last run: per source what was read, held back and changed, and where the files are."""
    settings = read_settings()
    found = last_report(settings.state)
    if found is None:
        raise IndexerError("there is no report yet; run `index` or `dry-run` first")
    last, folder = found
    rewrite(folder)
    _say(f"{last.command} of {last.started:%Y-%m-%d %H:%M:%S} UTC: {last.outcome}, {last.listings} listings")
    if last.reason:
        _say(last.reason)
    _show(last)
    for one in last.sources:
        if one.failure:
            _say(f"{one.id}: {one.failure['en']}")
    for line in golden_lines(last.golden) if last.golden else ():
        _say(line)
    _where(settings)


@app.command()
def template(
    out: Annotated[Path, typer.Option("--out", help="The folder to write the workbooks to.", file_okay=False)],
) -> None:
    """Write the workbooks institutions fill in: every column, drop-downs, and a sheet that explains each column."""
    from indexer.template import write_templates  # noqa: PLC0415 - see index

    try:
        paths = write_templates(out, listing_contract())
    except OSError as error:
        raise IndexerError(f"the templates cannot be written: {error}") from error
    for path in paths:
        _say(f"wrote {path}")


@app.command("inference-check")
def inference_check(
    judged: Annotated[
        Path | None, typer.Option(file_okay=False, help="A judged collection whose queries name NOC codes.")
    ] = None,
) -> None:
    """Measure how well occupations are inferred, by hiding the codes that feeds give and guessing them."""
    from indexer.inference import Workshop  # noqa: PLC0415 - see index
    from indexer.inference_report import tell  # noqa: PLC0415 - see index

    settings = read_settings()
    reader = Reader(listing_contract(), dt.datetime.now(dt.UTC).date(), settings.max_feed_megabytes)
    tell(Workshop(settings, reader, Progress(console)), judged, _say)


@app.command()
def occupations(
    sources: Annotated[
        list[Path] | None, typer.Argument(metavar="SOURCE...", help="Official files, or folders of them.")
    ] = None,
    edition: Annotated[str, typer.Option(help="The edition, where the file does not say it.")] = "",
    released: Annotated[dt.datetime | None, DAY_OPTION] = None,
    until: Annotated[dt.datetime | None, UNTIL_OPTION] = None,
    *,
    held: Annotated[bool, typer.Option("--list", help="Show what is held: edition, release, stale or not.")] = False,
    ship: Annotated[bool, typer.Option("--ship", help="Write the tables of data/outlook instead.")] = False,
) -> None:
    """Keep official titles, skills, outlooks and wages: NOC, OaSIS, COPS, Job Bank, each known by its columns.

    What is held of the same publication is replaced. Whatever fails, what was held stays as it was. Without a file:
    what is held.
    """
    from indexer.reference import command  # noqa: PLC0415 - see index
    from indexer.reference.layouts import Told  # noqa: PLC0415 - see index

    settings = read_settings()
    if held or not (sources or ship):
        command.show(settings, _say)
        return
    told = Told(edition, released.date() if released else None, until.date() if until else None)
    (command.ship_tables if ship else command.load)(sources or [], told, settings, _say)


def _where(settings: Settings) -> None:
    found = last_report(settings.state)
    if found:
        _say(f"report: {found[1]}/report.md (quarantine.csv, warnings.csv, gaps.csv and folded.csv beside it)")
        _say(f"for institutions: {found[1]}/index.en.html, index.fr.html")


def _guarded(command: Callable[[], None]) -> int:
    """Runs and turns errors into one sentence and exit code 1."""
    try:
        command()
    except IndexerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (OSError, sqlite3.Error) as error:  # a full disk, a folder that may not be written
        print(f"error: {error}; what is served is as it was", file=sys.stderr)
        return 1
    return 0


def main() -> None:
    sys.exit(_guarded(app))
