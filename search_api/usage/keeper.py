"""Writes a server process's counts every few seconds, so that no request waits for a disk."""

import threading
import time
from collections.abc import Callable

from search_api.usage.recorder import Recorder

# Where gunicorn's settings find, among the application's extensions, what to begin in a worker and to do at its end.
KEEP, LAST_WORDS = "keep_usage", "write_usage"
SECONDS_BETWEEN_WRITINGS = 10.0


def _keep(recorder: Recorder) -> None:
    while True:
        time.sleep(SECONDS_BETWEEN_WRITINGS)
        recorder.write()


def keep(recorder: Recorder) -> threading.Thread:
    """Begins in the background, in the process that counts: after the fork."""
    thread = threading.Thread(target=_keep, args=(recorder,), daemon=True)
    thread.start()
    return thread


def kept_by_the_server(recorder: Recorder | None) -> dict[str, Callable[[], object]]:
    """What the server is to call, by the name it looks for."""
    return {KEEP: lambda: keep(recorder), LAST_WORDS: recorder.write} if recorder else {}
