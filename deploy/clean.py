"""`make clean`: back to a fresh checkout."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from deploy.node import stop_node
from deploy.progress import say, step
from deploy.readiness import state_is_ours
from deploy.run import stop
from deploy.settings import Settings

CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", "deploy/target")
OWN_PARTS = (
    "encoder", "engine", "logs", "test", "encoder.lock", "engine.lock", "run.lock", "server.pid",
    "run-started-the-engine", "catalogue-was-loaded",
)  # fmt: skip


def caches(root: Path, venv: Path) -> Iterator[Path]:
    yield from (root / name for name in CACHES)
    yield from root.glob(".coverage*")
    yield from (found for found in root.rglob("__pycache__") if venv not in found.parents)


def state_folders(settings: Settings) -> list[Path]:
    """The state folder when it was made here; in one that was there before, only what is certainly ours."""
    return [settings.state] if state_is_ours(settings) else [settings.state / name for name in OWN_PARTS]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def clean(settings: Settings) -> int:
    """Ends our processes first, then removes what set-up made. Sources and data stay."""
    stop(settings)
    for each in (settings, settings.for_tests()):
        if each.state.exists():
            stop_node(each)
    venv = [settings.venv] if (settings.venv / "pyvenv.cfg").is_file() else []
    with step("Removing what set-up made"):
        for path in [*caches(settings.root, settings.venv), *state_folders(settings), *venv]:
            _remove(path)
        _remove(settings.home_out_of_reach)
    say("Clean: `make run` sets everything up again.")
    return 0
