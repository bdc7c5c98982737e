"""The key of signed links: the operator's, or one made once and kept beside the counts."""

import contextlib
import os
import secrets
from pathlib import Path

import structlog

log = structlog.get_logger()
FILE = "link.key"
BYTES = 32


class UnusableKeyError(ValueError):
    """The file of the key holds something else."""


def _read(path: Path) -> bytes:
    """What an earlier start, or another server of this folder, has made. Raises OSError, UnusableKeyError."""
    key = path.read_bytes()
    if len(key) != BYTES:
        raise UnusableKeyError
    return key


def _kept(path: Path) -> bytes | None:
    with contextlib.suppress(OSError, UnusableKeyError):
        return _read(path)
    return None


def _keep(path: Path, key: bytes) -> None:
    """Readable by the service alone, whole from its first moment, and never over another. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600, exist_ok=False)
    try:
        draft.write_bytes(key)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def link_key(given: str, folder: Path, *, make: bool) -> bytes:
    """The key of `given` or of the folder, made there if it is to be.

    Where it cannot be kept, it holds for as long as the server runs.
    """
    path = folder / FILE
    key = given.encode() or _kept(path)
    if key:
        return key
    made = secrets.token_bytes(BYTES)
    if not make:
        return made
    try:
        _keep(path, made)
        return _read(path)
    except (OSError, UnusableKeyError) as error:
        log.warning("link_key_not_kept", error=type(error).__name__)
        return made
