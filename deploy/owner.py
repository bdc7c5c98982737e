"""Whom the engine runs as. OpenSearch refuses root, so root starts it as a system user."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

USER = "micro-credential"
# The kernel's overflow user: what any stranger may do, it may.
NOBODY = 65534
SYSTEM_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"


class Owner(NamedTuple):
    uid: int
    gid: int


def is_root() -> bool:
    return os.geteuid() == 0


def _known(name: str) -> Owner | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Owner(entry.pw_uid, entry.pw_gid)


def _create(name: str) -> None:
    useradd = shutil.which("useradd", path=SYSTEM_PATH)
    if useradd is not None:
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
        subprocess.run(command, capture_output=True, check=False)


def engine_owner(name: str = USER) -> Owner | None:
    """Who the node runs as: None for whoever runs this; for root a system user, made on the first call.

    Where none can be made (no useradd, a read-only /etc) it is nobody.
    """
    if not is_root():
        return None
    if _known(name) is None:
        _create(name)
    return _known(name) or Owner(NOBODY, NOBODY)


def strangers_can(test: str, path: Path) -> bool:
    """Whether a user who owns nothing may `test` the path: -x to enter or run, -r to read. Asked by root only."""
    asked = subprocess.run(["test", test, str(path)], user=NOBODY, group=NOBODY, extra_groups=[], check=False)
    return asked.returncode == 0


def strangers_can_run(program: Path) -> bool:
    return not is_root() or strangers_can("-x", program)


def hand_over(folders: Iterable[Path], owner: Owner | None) -> None:
    """Gives the folders and all in them to the node's user; nothing to do for an ordinary user."""
    if owner is None:
        return
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            if path.lstat().st_uid != owner.uid:
                os.chown(path, owner.uid, owner.gid, follow_symlinks=False)
