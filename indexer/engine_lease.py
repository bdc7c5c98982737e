"""One writer at a time for a prefix, whichever machine it is on, by a document in the engine.

All times are the engine's own, so that clocks of machines need not agree. Each change is one update of one document,
which the engine does as compare-and-set on its sequence number: of two writers one is told that it came second. A
writer says every third of the lease's time that it lives; one that is dead says nothing and its lease runs out.
"""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.failures import IndexerError
from indexer.load import Engine, Update

INDEX = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
    "mappings": {
        "dynamic": "strict",
        "properties": {"holder": {"type": "keyword"}, "place": {"type": "keyword"}, "until": {"type": "long"}},
    },
}
# A state folder's own lock says that an earlier writer of the same place is dead.
TAKE = """
if (ctx._source.holder == null || ctx._source.place == params.place || ctx._source.until < ctx._now) {
  ctx._source.holder = params.holder; ctx._source.place = params.place; ctx._source.until = ctx._now + params.time;
} else { ctx.op = 'none' }
"""
RENEW = """
if (ctx._source.holder == params.holder) { ctx._source.until = ctx._now + params.time } else { ctx.op = 'none' }
"""
GIVE_BACK = "if (ctx._source.holder == params.holder) { ctx.op = 'delete' } else { ctx.op = 'none' }"
PLACE_FILE = "place"


def place_of(state: Path) -> str:
    """What tells this state folder on this machine from any copy of it; no name of either."""
    file = state / PLACE_FILE
    if not file.is_file():
        file.write_text(uuid.uuid4().hex, encoding="ascii")
    return str(uuid.uuid5(uuid.UUID(file.read_text(encoding="ascii").strip()), f"{uuid.getnode():x}"))


class EngineLease:
    """The lease of one run. `renew` is called by its own thread, and once more right before what must not be undone."""

    def __init__(self, engine: Engine, place: str, seconds: int) -> None:
        self._engine, self._place, self._time = engine, place, seconds * 1000
        self._holder, self._name = uuid.uuid4().hex, f"{engine.prefix}-lease"

    def _update(self, script: str, *, new: bool = False) -> Update:
        facts = {"holder": self._holder, "place": self._place, "time": self._time}
        return self._engine.update(self._name, script, facts, new=new)

    def take(self) -> None:
        """Raises IndexerError when another writer has it."""
        self._engine.create(self._name, INDEX)
        if self._update(TAKE, new=True) != "done":
            raise IndexerError(
                f"another run is writing {self._engine.prefix} from another machine or state folder; wait until it "
                f"ends, or {self._time // 1000} s when it was killed"
            )

    def renew(self) -> None:
        """Raises IndexerError when another writer took it over: this one was taken for dead."""
        if self._update(RENEW) != "done":
            raise IndexerError(
                f"another run took over {self._engine.prefix}, for this one was not heard of for too long; nothing was "
                "changed"
            )

    def give_back(self) -> None:
        with suppress(IndexerError):  # the engine may be what failed; the lease runs out by itself
            self._update(GIVE_BACK)


def _beat(lease: EngineLease, ended: threading.Event, every: float) -> None:
    """A beat that is missed is no matter: the next may come in time, and the run asks again before it swaps."""
    while not ended.wait(every):
        with suppress(IndexerError):
            lease.renew()


@contextmanager
def engine_lease(engine: Engine, state: Path, seconds: int) -> Iterator[EngineLease]:
    """Holds the prefix in the engine. Raises IndexerError at once when another machine's run has it."""
    lease = EngineLease(engine, place_of(state), seconds)
    lease.take()
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(lease, ended, seconds / 3), daemon=True)
    thread.start()
    try:
        yield lease
    finally:
        ended.set()
        thread.join()
        lease.give_back()
