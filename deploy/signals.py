"""Being asked to stop: Ctrl-C, SIGTERM and a closed terminal are one thing here."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from deploy.failure import Interrupted

ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    raise Interrupted(number)


def listen() -> None:
    """From now on being asked raises Interrupted. A hang-up that `nohup` has ruled out stays ruled out."""
    for number in ASKING:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """For a clean-up that ends by itself: a second Ctrl-C must not leave half of it undone."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ASKING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
