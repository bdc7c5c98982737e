"""The commands for mappings: propose one from a file, and say what each rule of one catches."""

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from indexer.exit_codes import EndedError
from indexer.failures import IndexerError, SourceError
from indexer.mapping import read_mapping
from indexer.mapping_checks.feeds import read_fed, source_of
from indexer.settings import Settings, read_settings
from indexer.sources import Source, read_sources
from indexer.unpacking import opened
from mappings.contract import listing_contract

FORMAT = typer.Option("--format", help="csv, xlsx, ndjson, json or xml, where the file's ending does not say it.")
FAULTY = 1  # the code of a mapping with a rule that catches nothing, or of which no listing comes
ENCODING = typer.Option(help="Of a text file, where it is known.")


def map_init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A JSON, XML, NDJSON or table file with some records.")],
    join: Annotated[
        Path | None, typer.Option(help="A second file beside it, such as the runs of its courses; the key is found.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="A new file to write to, in place of the screen.")] = None,
    form: Annotated[str | None, FORMAT] = None,
    encoding: Annotated[str | None, ENCODING] = None,
) -> None:
    """Propose a mapping for a foreign file: which path gives which field, how it is read, and how sure that is.

    What cannot be told is a comment to be filled in. Paths that name or reach people are left out. The mapping loads
    as it stands; try it with map-check.
    """
    from indexer.drafts.draft import draft, write_draft  # noqa: PLC0415 - spares the other commands its imports
    from indexer.drafts.packed import unpacked_file  # noqa: PLC0415
    from indexer.drafts.samples import read_sample, read_second  # noqa: PLC0415
    from indexer.drafts.text import mapping_text  # noqa: PLC0415

    if join and join.parent.resolve() != file.parent.resolve():
        raise IndexerError(f"{join.name} must stand in the folder of {file.name}")
    contract = listing_contract()
    with unpacked_file(file, form) as unpacked:
        sample = read_sample(unpacked, form, encoding)
    other = read_second(join, sample, encoding) if join else None
    made = draft(sample, contract, dt.datetime.now(dt.UTC).date(), other)
    if out is None:
        typer.echo(mapping_text(made), nl=False)
        return
    write_draft(made, out, contract)
    typer.echo(f"wrote {out}; read it through, then: python -m indexer map-check {file} {out}")


def _source(name: str, form: str | None, encoding: str | None, settings: Settings) -> Source:
    """A file, or else a source of the list by its id. Raises IndexerError."""
    if Path(name).is_file():
        return source_of(Path(name), form, encoding)
    listed = {source.id: source for source in read_sources(settings.sources_file, settings.fetched)}
    if name not in listed:
        raise IndexerError(f"{name} is neither a file nor a source of {settings.sources_file.name}")
    return listed[name]


def map_check(
    feed: Annotated[str, typer.Argument(metavar="SOURCE|FILE", help="A source of the list by its id, or a file.")],
    mapping: Annotated[
        Path | None, typer.Argument(metavar="MAPPING", help="The mapping; that of the source where none is given.")
    ] = None,
    form: Annotated[str | None, FORMAT] = None,
    encoding: Annotated[str | None, ENCODING] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,
) -> None:
    """Say what each rule of a mapping catches: how many records had it, how many read, what was left out and why.

    Also values no list knows, what the condition drops, what a join matches, and the listings that come out. Nothing
    is loaded. The exit status is 1 where a rule catches nothing or no listing comes out.
    """
    from indexer.mapping_checks.check import check  # noqa: PLC0415 - see map_init
    from indexer.mapping_checks.telling import show  # noqa: PLC0415

    settings, contract = read_settings(), listing_contract()
    source = _source(feed, form, encoding, settings)
    rules = mapping or source.mapping
    if rules is None:
        raise IndexerError(f"{feed} has no mapping of its own; name one")
    try:
        read = read_mapping(rules, contract)
        # Records of XML are read while they are checked, so the file has to be there until then.
        with opened(source, settings.max_feed_megabytes, settings.fetched) as ready:
            fed = read_fed(ready, read, settings.max_feed_megabytes)
            found = check(fed, read, ready, contract, dt.datetime.now(dt.UTC).date())
    except SourceError as error:
        raise IndexerError(str(error)) from error
    if as_json:
        typer.echo(json.dumps({**asdict(found), "faults": found.faults}, ensure_ascii=False, indent=2))
    else:
        show(found, Console())
    if found.faults:
        raise EndedError(FAULTY)


def add_to(app: typer.Typer) -> None:
    """Puts the commands among the indexer's."""
    app.command("map-init")(map_init)
    app.command("map-check")(map_check)
