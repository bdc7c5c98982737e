"""Folders to work in that do not outlive the work, however it ends."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MARK = "."  # what their names begin with; nothing that is kept is named so


def _held(folder: Path, *, wait: bool) -> int:
    """A handle that holds the folder until it is closed or the process ends. Raises BlockingIOError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _clear(folder: Path) -> None:
    """Takes away what killed runs left. What a living one works in is held by it, and stays."""
    for left in folder.glob(f"{MARK}*/"):
        if left.is_symlink():
            continue
        with suppress(OSError):
            handle = _held(left, wait=False)
            shutil.rmtree(left, ignore_errors=True)
            os.close(handle)


def _begun(folder: Path) -> tuple[Path, int]:
    """A new folder in this one, held. Nobody clears between its making and its holding."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    outer = _held(folder, wait=True)
    try:
        _clear(folder)
        made = Path(tempfile.mkdtemp(prefix=MARK, dir=folder))
        return made, _held(made, wait=True)
    finally:
        os.close(outer)


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A new folder in this one, which is made where needed. Raises OSError."""
    made, handle = _begun(folder)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(handle)
