"""The commands about copies in a folder: `snapshot`, `restore`."""

from typing import Annotated

import typer

from indexer.failures import IndexerError
from indexer.lease import sole_writer
from indexer.settings import read_settings
from indexer.showing import say
from indexer.snapshots import chosen, location_of, prune_snapshots, restore, snapshots, take_snapshot
from mappings.contract import listing_contract
from mappings.fingerprint import contract_fingerprint


def snapshot() -> None:
    """Copy the served index to the engine's folder for snapshots. What two copies share is stored once.

    The newest KEEP_SNAPSHOTS are kept.
    """
    settings = read_settings()
    with sole_writer(settings) as (engine, _):
        made = take_snapshot(engine, settings)
        say(f"copied {made.index} to {location_of(settings)} as {made.name}")
        for name in prune_snapshots(engine, settings, made):
            say(f"removed {name}")


def restore_snapshot(
    name: Annotated[str, typer.Option(help="The snapshot; the newest whole one where none is named.")] = "",
    *,
    listed: Annotated[bool, typer.Option("--list", help="Show what there is instead.")] = False,
) -> None:
    """Make an index from a snapshot, verify it, and serve it. What is served now stays for a rollback."""
    settings = read_settings()
    with sole_writer(settings) as (engine, held):
        found = snapshots(engine, settings)
        if listed:
            for one in found:
                say(f"{one.name}  {one.index}  {one.state}")
            return
        picked = chosen(found, name)
        if not picked.index.startswith(f"{settings.index_prefix}-"):
            raise IndexerError(f"{picked.name} is a copy of {picked.index}, which is not of {settings.index_prefix}")
        held.renew()
        done = restore(engine, settings, picked)
    say(f"serving {done.name}, restored from {picked.name}")
    if done.meta and done.meta.contract != contract_fingerprint(listing_contract()):
        say("it was made by another version of the contract: the service refuses it until its code is rolled back too")
