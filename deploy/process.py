"""Processes: how they are started, whose they are, how they are ended.

A process id alone proves nothing, for it may have been given away.
"""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from deploy.failure import Interrupted
from deploy.owner import Owner

SECONDS_BETWEEN_LOOKS = 0.05
SECONDS_TO_STOP = 15.0
HAS_PROC = Path("/proc/self/cmdline").exists()
# Kept so that they can be reaped, and are not complained about as forgotten when they outlive this programme.
_CHILDREN: dict[int, "Child"] = {}


class Child(NamedTuple):
    process: "subprocess.Popen[bytes]"
    command: str


def start_detached(
    command: Sequence[str], log: Path, environment: Mapping[str, str], folder: Path, owner: Owner | None = None
) -> int:
    """Starts a process that Ctrl-C in this terminal does not reach; its output replaces the log. Returns its id."""
    log.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    # Appending, so that a log may be emptied while it is written.
    with log.open("ab") as output:
        child = subprocess.Popen(
            list(command), cwd=folder, env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            user=owner and owner.uid, group=owner and owner.gid, extra_groups=[] if owner else None,
        )  # fmt: skip
    _CHILDREN[child.pid] = Child(child, " ".join(command))
    return child.pid


def _await_end(child: "subprocess.Popen[bytes]", asked: bool) -> None:
    """Gives a child that was asked to end its time, then asks again, then insists."""
    for ask in (None if asked else child.terminate, child.terminate, child.kill):
        if ask is not None:
            ask()
        try:
            child.wait(SECONDS_TO_STOP)
            return
        except subprocess.TimeoutExpired:
            continue


class Foreground:
    """A command on this terminal, which may be begun before all it needs is there."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command, self._folder = command, folder
        self._child: subprocess.Popen[bytes] | None = None

    def begin(self, environment: Mapping[str, str]) -> None:
        """Starts it; anew, when it was begun with another environment."""
        self.end()
        self._child = subprocess.Popen(self._command, cwd=self._folder, env=environment)

    def status(self) -> int:
        """Waits for its end and gives its exit status; when we are asked to stop, so is it."""
        assert self._child is not None
        try:
            return self._child.wait()
        except Interrupted as interrupted:
            # Ctrl-C reaches every process of the terminal; a second request would cut off the child's own clean-up.
            _await_end(self._child, asked=interrupted.by == signal.SIGINT)
            raise

    def end(self) -> None:
        """Ends it, if it runs."""
        if self._child is not None and self._child.poll() is None:
            _await_end(self._child, asked=False)


def foreground(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> int:
    """Runs a command on this terminal and returns its exit status; when we are asked to stop, so is it."""
    running = Foreground(command, folder)
    running.begin(environment)
    return running.status()


def _listed() -> dict[int, str]:
    """Command lines of the processes `ps` shows, where there is no /proc."""
    shown = subprocess.run(["ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=False).stdout
    rows = (line.split(None, 1) for line in shown.splitlines() if "<defunct>" not in line)
    return {int(row[0]): row[1].strip() for row in rows if len(row) == 2}


def command_line(pid: int) -> str:
    """The command of a live process, words parted by spaces; empty when there is none or it is a zombie."""
    child = _CHILDREN.get(pid)
    if child is not None:
        # Not read from /proc, which shows nothing for a moment while a programme is being replaced by another.
        return child.command if child.process.poll() is None else ""
    if not HAS_PROC:
        return _listed().get(pid, "")
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def marked(mark: str) -> list[int]:
    """Every live process, but this one, whose command holds `mark`: workers whose master is gone are among them."""
    pids = (int(path.name) for path in Path("/proc").glob("[0-9]*"))
    commands = {pid: command_line(pid) for pid in pids} if HAS_PROC else _listed()
    return [pid for pid, command in commands.items() if pid != os.getpid() and mark in command]


def read_pid(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def owned_pid(path: Path, mark: str) -> int | None:
    """The process a pid file names, when it lives and its command holds `mark`; else None.

    After a crash or a reboot the number may belong to a stranger, who is never touched.
    """
    pid = read_pid(path)
    return pid if pid is not None and pid > 1 and mark in command_line(pid) else None


def wait_until_gone(pid: int, mark: str, seconds: float) -> bool:
    """Whether the process ended in time. Reaps it when it is a child of this one."""
    deadline = time.monotonic() + seconds
    while mark in command_line(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return True


def end(pid: int, mark: str, seconds: float) -> None:
    """Asks our process to end and insists after `seconds`; a stranger under that number is left alone."""
    for number, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 5.0)):
        if mark not in command_line(pid):
            return
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        if wait_until_gone(pid, mark, patience):
            return
