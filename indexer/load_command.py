"""The commands that read feeds: `index` and `dry-run`."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Annotated

import typer

from indexer.exit_codes import LOADED, LOADED_IN_PART, EndedError, code_of, code_of_error
from indexer.load import Engine
from indexer.meta import is_current
from indexer.metrics import Ending, write_metrics
from indexer.orders import Orders, orders
from indexer.progress import Progress
from indexer.rates import read_rates
from indexer.report import RunReport
from indexer.settings import Settings, read_settings
from indexer.showing import console, say, show, show_samples, show_shortcomings, where
from indexer.sources import read_sources
from mappings.index_meta import IndexMeta

Force = Annotated[
    bool, typer.Option("--force", help="Load whatever shrank, and even when golden queries lost. It is recorded.")
]
ForceSource = Annotated[
    str, typer.Option("--force-source", metavar="SOURCE,…", help="Sources that may shrink; `all` is --force.")
]
Only = Annotated[
    str,
    typer.Option("--only", metavar="INSTITUTION,…", help="Read only these institutions or sources; leave the rest."),
]


def current_meta(settings: Settings) -> IndexMeta | None:
    """The meta of the served index when it is what a load would make now. Raises IndexerError as that load would."""
    read_rates(settings.rates_file, dt.datetime.now(dt.UTC).date())
    sources = read_sources(settings.sources_file, settings.fetched)
    with closing(Engine(settings)) as engine:
        engine.check()
        served = engine.served()
    meta, today = served.meta if served else None, dt.datetime.now(dt.UTC).date()
    return meta if meta and is_current(meta, sources, settings, today) else None


def _keep_vectors(settings: Settings, meta: IndexMeta) -> None:
    from indexer.occupation_vectors import are_kept, keep_anew  # noqa: PLC0415 - see index
    from indexer.unused_vectors import hold_on  # noqa: PLC0415 - see index

    if not are_kept(settings, meta):
        keep_anew(settings, Progress(console))
    hold_on(settings, say)


def _up_to_date(settings: Settings, meta: IndexMeta) -> int:
    _keep_vectors(settings, meta)
    say(f"{settings.index_prefix} is up to date")
    stale = [source.id for source in meta.sources if source.stale]
    if stale:
        say(f"of an earlier feed, stale: {', '.join(stale)}")
    return LOADED_IN_PART if stale else LOADED


@contextmanager
def _measured(settings: Settings) -> Iterator[list[RunReport]]:
    """Tells monitoring how the command ends, whatever ends it. The report of what is now served goes into the list."""
    started, begun, code = dt.datetime.now(dt.UTC), time.monotonic(), LOADED
    reports: list[RunReport] = []
    try:
        yield reports
    except BaseException as error:
        code = code_of_error(error)
        raise
    finally:
        ending = Ending(
            settings.index_prefix, started, time.monotonic() - begun, code, reports[-1] if reports else None
        )
        try:
            write_metrics(settings.state, ending)
        except OSError as error:
            say(f"the figures for monitoring could not be written: {error}")


def _end(code: int) -> None:
    """Raises EndedError for a code that says more than that all went well."""
    if code != LOADED:
        raise EndedError(code)


def index(
    *,
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Do nothing when feeds, knowledge, model and code are as served.")
    ] = False,
    force: Force = False,
    force_source: ForceSource = "",
    only: Only = "",
) -> None:
    """Read all feeds, build and verify a new index, and serve it in one step.

    A feed that cannot be read, or shrank beyond its limit, keeps its served listings, marked stale. Whatever fails,
    what is served stays as it was. Exit codes: 0 loaded, 1 loaded with stale or missing sources, 2 refused by the gate,
    3 failed.
    """
    settings = read_settings()
    with _measured(settings) as reports:
        if if_needed and (current := current_meta(settings)):
            _end(_up_to_date(settings, current))
            return
        reports.append(_load(settings, orders(only, force_source, everything=force)))
        _end(code_of(reports[-1]))


def _load(settings: Settings, given: Orders) -> RunReport:
    from indexer.run import index as run_index  # noqa: PLC0415 - spares the early return its imports

    report = run_index(settings, Progress(console), given)
    show(report)
    show_shortcomings(report)
    say(f"serving {report.listings} listings from {report.index} after {report.seconds:.0f} s")
    where(settings)
    return report


def dry_run(
    *,
    no_golden: Annotated[
        bool, typer.Option("--no-golden", help="Ask no golden queries: quicker, and no index is built for them.")
    ] = False,
    force: Force = False,
    force_source: ForceSource = "",
    only: Only = "",
) -> None:
    """Read and check all feeds and say what a load would change, golden queries included; serve nothing new.

    Golden queries are asked of an index that is deleted again. Exit codes as those of `index`.
    """
    from indexer.run import dry_run as run_dry  # noqa: PLC0415 - see index

    settings = read_settings()
    given = orders(only, force_source, everything=force)
    report, _ = run_dry(settings, Progress(console), given, golden=not no_golden)
    show(report)
    show_samples(report)
    show_shortcomings(report)
    say(f"{report.listings} listings would be served; nothing new is served")
    where(settings)
    _end(code_of(report))
