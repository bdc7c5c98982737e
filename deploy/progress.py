"""Says what a long step is doing and for how long. Rewrites its line on a terminal, else prints one now and then."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# A log wants few lines, a person a living one.
SECONDS_BETWEEN_LINES = 15.0
SECONDS_BETWEEN_UPDATES = 1.0


def say(text: str) -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(f"error: {text}", file=sys.stderr, flush=True)


def _tick(doing: str, started: float, over: threading.Event) -> None:
    living = sys.stdout.isatty()
    while not over.wait(SECONDS_BETWEEN_UPDATES if living else SECONDS_BETWEEN_LINES):
        line = f"  {doing} ... {time.monotonic() - started:.0f} s"
        print(f"\r{line}" if living else line, end="" if living else "\n", flush=True)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Prints `doing ...` with the seconds gone by until the block ends, then how long it took or that it failed."""
    started = time.monotonic()
    over = threading.Event()
    clear = "\r\x1b[2K" if sys.stdout.isatty() else ""
    print(f"  {doing} ...", end="" if clear else "\n", flush=True)
    ticker = threading.Thread(target=_tick, args=(doing, started, over), daemon=True)
    ticker.start()
    outcome = "stopped"
    try:
        yield
        outcome = "done"
    finally:
        over.set()
        ticker.join()
        say(f"{clear}  {doing}: {outcome} in {time.monotonic() - started:.0f} s")
