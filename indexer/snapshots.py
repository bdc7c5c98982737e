"""Copies of the served index in a folder of the engine's, and an index made from one again."""

import datetime as dt
import re
from collections.abc import Sequence

from indexer import gate
from indexer.failures import IndexerError
from indexer.load import Engine, Stored
from indexer.settings import Settings
from indexer.snapshot import Snapshot
from mappings.index_meta import TIME_FORMAT, IndexMeta, index_name, index_time

OURS = re.compile(r"[0-9]{14}-of-[0-9]{14}")
UNDER_WAY = "IN_PROGRESS"


def location_of(settings: Settings) -> str:
    """A folder of the prefix's own, within the engine's for snapshots or within the one the operator names.

    Two prefixes never share one: the engine would take it for two, and each would overwrite what the other keeps.
    """
    within = settings.snapshots.rstrip("/")
    return f"{within}/{settings.index_prefix}" if within else settings.index_prefix


def take_snapshot(engine: Engine, settings: Settings) -> Snapshot:
    """Of the served index. Raises IndexerError when nothing is served, or the engine could not copy all of it."""
    served = engine.served()
    if served is None:
        raise IndexerError("nothing is served yet, so there is nothing to copy")
    engine.open_folder(location_of(settings))
    now = dt.datetime.now(dt.UTC).strftime(TIME_FORMAT)
    made = engine.copy(f"{now}-of-{served.time}", served.name)
    if not made.is_whole:
        raise IndexerError(f"the snapshot {made.name} is not whole ({made.state}); look at the engine's log")
    return made


def snapshots(engine: Engine, settings: Settings) -> list[Snapshot]:
    """The oldest first."""
    engine.open_folder(location_of(settings))
    return sorted(engine.copies(), key=lambda one: (one.started, one.name))


def superseded(found: Sequence[Snapshot], prefix: str, keep: int, made: str = "") -> list[Snapshot]:
    """Of the copies of that prefix all but the newest whole ones that are to be kept; `made`, just now, is the newest.

    One that is not whole goes once there is a newer whole one; what another prefix or somebody else keeps there stays.
    """
    own = [one for one in found if OURS.fullmatch(one.name) and index_time(one.index, prefix)]
    # By the clock of the engine, not of this machine, which names them; and whatever either says, made now is newest.
    own.sort(key=lambda one: (one.name == made, one.started, one.name))
    kept = [one for one in own if one.is_whole][-keep:]
    older = own[: own.index(kept[-1])] if kept else []
    return [one for one in older if one not in kept and one.state != UNDER_WAY]


def prune_snapshots(engine: Engine, settings: Settings, made: Snapshot) -> list[str]:
    """Removes all but the newest copies, never the one just made, and gives the names of those that went."""
    found = snapshots(engine, settings)
    names = [one.name for one in superseded(found, settings.index_prefix, settings.keep_snapshots, made.name)]
    engine.remove_copies(names)
    return names


def chosen(found: Sequence[Snapshot], name: str) -> Snapshot:
    """The one of that name, or the newest that is whole. Raises IndexerError when there is none."""
    whole = [one for one in found if one.is_whole and name in ("", one.name)]
    if not whole:
        raise IndexerError(f"there is no whole snapshot named {name}" if name else "there is no whole snapshot yet")
    return whole[-1]


def _free_name(stored: Sequence[Stored], prefix: str, fingerprint: str) -> str:
    taken = {one.time for one in stored}
    time = dt.datetime.now(dt.UTC).replace(microsecond=0)
    while time.strftime(TIME_FORMAT) in taken:
        time += dt.timedelta(seconds=1)
    return index_name(prefix, fingerprint, time)


def _verified(engine: Engine, name: str) -> IndexMeta:
    """What the restored index says of itself, if it holds that. Raises GateError."""
    meta = next((one.meta for one in engine.stored() if one.name == name), None)
    if meta is None or not meta.complete:
        raise IndexerError(
            "the snapshot's index does not say that it is whole, or is of a version this code cannot read"
        )
    gate.check_sent(meta.listings, engine.count(name), [])
    return meta


def restore(engine: Engine, settings: Settings, snapshot: Snapshot) -> Stored:
    """Serves a new index made from the snapshot, once it is verified; what was served stays for a rollback.

    Raises IndexerError; the new index is then gone, and what is served as it was.
    """
    served, stored = engine.served(), engine.stored()
    fingerprint = snapshot.index.removeprefix(f"{settings.index_prefix}-").partition("-")[0]
    name = _free_name(stored, settings.index_prefix, fingerprint)
    try:
        engine.bring_back(snapshot, name, settings.replicas)
        meta = _verified(engine, name)
        before = served.name if served else None
        engine.put_meta(name, meta.model_copy(update={"previous": before, "rolled_back": None}))
    except IndexerError:
        engine.delete(one.name for one in engine.stored() if one.name == name)
        raise
    engine.swap(name)
    return Stored(name, name.rpartition("-")[2], meta)
