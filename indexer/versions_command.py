"""The commands about versions of the index: `rollback`, `history`, `prune`."""

from contextlib import closing

from indexer.history import history_rows, history_table
from indexer.housekeeping import incomplete, outlived
from indexer.lease import sole_writer
from indexer.load import Engine
from indexer.rollback import roll_back
from indexer.settings import read_settings
from indexer.showing import print_wide, say
from indexer.unused_vectors import remove


def rollback() -> None:
    """Serve the index again that was served before the current one. Each rollback goes one further back."""
    settings = read_settings()
    with sole_writer(settings) as (engine, _):
        done = roll_back(engine)
    times = [f"{one.meta.built:%Y-%m-%d %H:%M:%S} UTC" if one.meta else one.time for one in (done.before, done.after)]
    say(f"{settings.index_prefix} went back from the index of {times[0]} to that of {times[1]}")
    if done.foreign:
        say("it was made by another version of the contract: the service refuses it until its code is rolled back too")


def history() -> None:
    """Show the versions that are there: when each was loaded, what it holds, and what a rollback would serve."""
    settings = read_settings()
    with closing(Engine(settings)) as engine:
        engine.check()
        rows = history_rows(engine.stored(), engine.served())
    if not rows:
        say(f"nothing is stored under {settings.index_prefix} yet")
        return
    print_wide(history_table(rows))


def prune() -> None:
    """Remove what killed runs left, versions rolled back or beyond KEEP, and vectors unused for VECTOR_DAYS.

    Loads do so themselves; this also gives the vectors' room back to the disk.
    """
    settings = read_settings()
    with sole_writer(settings) as (engine, _):
        served, stored = engine.served(), engine.stored()
        names = outlived(stored, served, settings.keep) if served else incomplete(stored, None)
        engine.delete(names)
        vectors = remove(settings, serves=served is not None)
    for name in names:
        say(f"removed {name}")
    if vectors:
        say(f"removed {vectors} vectors that no load used for {settings.vector_days} days")
    if not (names or vectors):
        say("nothing is there that need not be")
