"""What a person sees while a run goes on: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

EVERY = 5.0  # seconds between plain lines

Advance = Callable[[int], None]


class Progress:
    """Announces stages by name and counts within them."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def stage(self, name: str, what: str, total: int | None = None) -> Iterator[Advance]:
        """A line `name: what`, then a way to say how far it is when there is something to count."""
        self.say(f"{name}: {what}")
        if total and self._console.is_terminal:
            with self._bar(name, total) as advance:
                yield advance
        else:
            yield _Lines(name, total or 0, self.say)

    @contextmanager
    def _bar(self, name: str, total: int) -> Iterator[Advance]:
        rate = TextColumn("{task.fields[rate]}")
        columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
        with Bars(*columns, console=self._console, transient=True) as bars:
            task = bars.add_task(name, total=total, rate="")

            def advance(count: int) -> None:
                bars.advance(task, count)
                speed = bars.tasks[0].finished_speed or bars.tasks[0].speed
                bars.update(task, rate=f"{speed:.0f}/s" if speed else "")

            yield advance


class _Lines:
    """Counts and prints a line every few seconds."""

    def __init__(self, name: str, total: int, say: Callable[[str], None]) -> None:
        self._name, self._total, self._say = name, total, say
        self._done, self._started = 0, time.monotonic()
        self._last = self._started

    def __call__(self, count: int) -> None:
        self._done += count
        now = time.monotonic()
        if self._total and now - self._last >= EVERY:
            self._last = now
            self._say(self._line(now - self._started))

    def _line(self, seconds: float) -> str:
        rate = self._done / seconds
        left = (self._total - self._done) / rate if rate else 0
        return f"{self._name}: {self._done} of {self._total}, {rate:.1f}/s, {left:.0f} s left"
