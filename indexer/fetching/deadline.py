"""The time one fetch may take in all, held even against a server that sends a byte now and then."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

from indexer.failures import SourceError
from indexer.rules import problem

T = TypeVar("T")


class Deadline:
    """A moment at which every connection it watches is cut, whatever is being waited for.

    A limit per read would not do: each byte starts it anew, in the handshake and the headers too.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = time.monotonic() + seconds
        self._watched: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = self._timer_of(seconds)

    def _timer_of(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        return timer

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for handle in self._watched:
                handle.close()
            self._watched.clear()

    @property
    def left(self) -> float:
        """Seconds, none below zero."""
        return max(0.0, self._ends - time.monotonic())

    @property
    def error(self) -> SourceError:
        return SourceError(problem("fetch_slow", seconds=f"{round(self._seconds, 2):g}"))

    def check(self) -> None:
        """Raises SourceError when the time is over."""
        if not self.left:
            raise self.error

    def watch(self, connection: socket.socket) -> None:
        """A handle of our own, because TLS takes the connection's over while it shakes hands."""
        with self._lock:
            self._watched.append(connection.dup())
        self.check()

    def put_off(self, seconds: float) -> None:
        """Moves the moment by time in which no server was waited for; none may be connected to meanwhile."""
        with self._lock:
            self._timer.cancel()
            self._ends += seconds
            self._timer = self._timer_of(self.left)
            self._timer.start()

    def _cut(self) -> None:
        with self._lock:
            for handle in self._watched:
                with contextlib.suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)

    def waits_for(self, call: Callable[[], T]) -> T:
        """What a call that knows no limit gives, such as a look-up of a name. Raises what it raises, or SourceError."""
        answers: list[T] = []
        errors: list[Exception] = []

        def ask() -> None:
            try:
                answers.append(call())
            except (OSError, UnicodeError) as error:  # a name may be none that can be looked up
                errors.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(self.left)
        if errors:
            raise errors[0]
        if not answers:
            raise self.error
        return answers[0]
