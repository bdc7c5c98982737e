"""Processes: whose they are, how they are ended. A process id alone proves nothing, for it may have been given away."""

import os
import signal
import subprocess
import time
from pathlib import Path

SECONDS_BETWEEN_LOOKS = 0.05


def command_line(pid: int) -> str:
    """The command of a live process, words parted by spaces; empty when there is none or it is a zombie."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            return ""
    listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "" if "<defunct>" in listed.stdout else listed.stdout.strip()


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
