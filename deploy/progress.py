"""Says what a long step is doing and for how long. Rewrites its line on a terminal, else prints one now and then."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

# A log wants few lines, a person a living one.
SECONDS_BETWEEN_LINES = 15.0
SECONDS_BETWEEN_UPDATES = 1.0


def _print(text: str, to: TextIO, end: str = "\n") -> None:
    """A terminal that was closed or a pipe nobody reads must not keep us from cleaning up."""
    try:
        print(text, end=end, file=to, flush=True)
    except OSError:
        # Else Python would try again at exit, and complain.
        with Path(os.devnull).open("w", encoding="ascii") as nowhere:
            os.dup2(nowhere.fileno(), to.fileno())


def say(text: str) -> None:
    _print(text, sys.stdout)


def complain(text: str) -> None:
    _print(f"error: {text}", sys.stderr)


def _tick(doing: str, started: float, over: threading.Event) -> None:
    living = sys.stdout.isatty()
    while not over.wait(SECONDS_BETWEEN_UPDATES if living else SECONDS_BETWEEN_LINES):
        line = f"  {doing} ... {time.monotonic() - started:.0f} s"
        _print(f"\r{line}" if living else line, sys.stdout, end="" if living else "\n")


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Prints `doing ...` with the seconds gone by until the block ends, then how long it took or that it stopped."""
    started = time.monotonic()
    over = threading.Event()
    clear = "\r\x1b[2K" if sys.stdout.isatty() else ""
    _print(f"  {doing} ...", sys.stdout, end="" if clear else "\n")
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
