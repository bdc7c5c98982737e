"""The indexer's commands."""

import datetime as dt
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from indexer.exit_codes import FAILED, LOADED, EndedError, code_of_error
from indexer.failures import IndexerError
from indexer.golden.telling import golden_lines
from indexer.institution_reports.files import rewrite
from indexer.load_command import dry_run, index
from indexer.mapping_command import add_to as add_mapping_commands
from indexer.progress import Progress
from indexer.reading import Reader
from indexer.report_files import last_report
from indexer.settings import read_settings
from indexer.showing import console, say, show, show_shortcomings, where
from indexer.snapshot_command import restore_snapshot, snapshot
from indexer.versions_command import history, prune, rollback
from mappings.contract import listing_contract

INTERRUPTED = 130
# Of the command line itself, by what it hands to sys.exit.
ENDINGS: dict[int | str | None, int] = {None: LOADED, LOADED: LOADED, INTERRUPTED: INTERRUPTED}

app = typer.Typer(
    name="indexer",
    help="Loads institutions' feeds into the search index. Settings come from the environment: OPENSEARCH_URL, "
    "INDEX_PREFIX, SOURCES, STATE_DIR, REFERENCE_DB, EMBEDDING_MODEL, CENTRING, SHARDS, REPLICAS, GOLDEN, GOLDEN_LOSS, "
    "REPORT_ROWS, CHECK_LINKS, LINK_SECONDS, LINK_DAYS, RATES, KEEP, VECTOR_DAYS, LEASE_SECONDS, SNAPSHOTS, "
    "KEEP_SNAPSHOTS.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
add_mapping_commands(app)

DAY_OPTION = typer.Option(formats=["%Y-%m-%d"], help="The day it was released, where the file does not say it.")
UNTIL_OPTION = typer.Option(formats=["%Y-%m-%d"], help="The last day its figures speak of; stale after it.")


app.command()(index)
app.command("dry-run")(dry_run)
for command in (rollback, history, prune):
    app.command()(command)
app.command()(snapshot)
app.command("restore")(restore_snapshot)


@app.command()
def report() -> None:
    """Show the last run: per source what was read, held back and changed, and where the files are."""
    settings = read_settings()
    found = last_report(settings.state)
    if found is None:
        raise IndexerError("there is no report yet; run `index` or `dry-run` first")
    last, folder = found
    rewrite(folder)
    say(f"{last.command} of {last.started:%Y-%m-%d %H:%M:%S} UTC: {last.outcome}, {last.listings} listings")
    if last.reason:
        say(last.reason)
    show(last)
    show_shortcomings(last)
    for one in last.sources:
        if one.failure:
            say(f"{one.id}: {one.failure['en']}")
    for line in golden_lines(last.golden) if last.golden else ():
        say(line)
    where(settings)


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
        say(f"wrote {path}")


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
    tell(Workshop(settings, reader, Progress(console)), judged, say)


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
        command.show(settings, say)
        return
    told = Told(edition, released.date() if released else None, until.date() if until else None)
    (command.ship_tables if ship else command.load)(sources or [], told, settings, say)


def _ended(command: Callable[[], None]) -> int:
    """Runs and turns errors into one sentence and an exit code."""
    try:
        command()
    except EndedError as ended:
        return ended.code
    except IndexerError as error:
        print(f"error: {error}", file=sys.stderr)
        return code_of_error(error)
    except (OSError, sqlite3.Error) as error:  # a full disk, a folder that may not be written
        print(f"error: {error}; what is served is as it was", file=sys.stderr)
        return FAILED
    except SystemExit as ended:  # how the command line ends: 2 for an option it does not know
        return ENDINGS.get(ended.code, FAILED)
    except Exception:  # noqa: BLE001 - Python's own code for it would say that something was loaded
        traceback.print_exc()
        return FAILED
    return LOADED


def main() -> None:
    sys.exit(_ended(app))
