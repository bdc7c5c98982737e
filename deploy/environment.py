"""The Python environment and the embedding model: installed once, then recognised by a stamp."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from deploy.failure import DeployError
from deploy.lock import held
from deploy.logfile import last_meaningful_line
from deploy.progress import say, step
from deploy.settings import Settings

Kind = Literal["run", "dev"]
LOCKS: dict[Kind, str] = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
# uv does not read pip's settings; this is what they are called there.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}
PIP_SETTING = re.compile(r"^(?:global|install|:env:)\.([a-z-]+)='(.*)'$", re.MULTILINE)


def python_of(settings: Settings) -> Path:
    return settings.venv / "bin" / "python"


def _stamp(settings: Settings, kind: Kind) -> Path:
    return settings.venv / f"installed-{kind}"


def _fingerprint(settings: Settings, kind: Kind) -> str:
    return hashlib.sha256((settings.root / LOCKS[kind]).read_bytes()).hexdigest()


def is_installed(settings: Settings, kind: Kind = "run") -> bool:
    """Whether what the lock file names was installed here since it last changed."""
    stamp = _stamp(settings, kind)
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == _fingerprint(settings, kind)


def starts(python: Path) -> bool:
    """Whether a virtual environment still has the Python it was made from."""
    try:
        return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def uv_settings(pip_config: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Variables that tell uv what `pip config list` printed; what uv was told already stays."""
    found = {UV_NAMES[name]: value for name, value in PIP_SETTING.findall(pip_config) if name in UV_NAMES}
    return {name: " ".join(value.split()) for name, value in found.items() if value and name not in environment}


def uv_requirement(lock: str) -> str:
    """`uv==1.2.3` as the development lock pins it."""
    found = re.search(r"^uv==[^\s;]+", lock, re.MULTILINE)
    return found.group(0) if found else "uv"


def _logged(command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None) -> bool:
    """Runs a command with its output appended to the log; whether it went well."""
    with log.open("ab") as output:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    return done.returncode == 0


def _make_venv(settings: Settings, log: Path) -> None:
    if starts(python_of(settings)):
        return
    if not _logged([sys.executable, "-m", "venv", "--clear", str(settings.venv)], log):
        raise DeployError(f"No virtual environment could be made: {last_meaningful_line([log])} (log: {log})")


def _install(settings: Settings, kind: Kind, log: Path) -> None:
    """With uv, which is five times faster; with pip itself where uv cannot be had or cannot reach pip's index."""
    python, lock = str(python_of(settings)), str(settings.root / LOCKS[kind])
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    wanted = uv_requirement((settings.root / LOCKS["dev"]).read_text(encoding="utf-8"))
    config = subprocess.run([python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False).stdout
    environment = {**os.environ, **uv_settings(config, os.environ)}
    uv = [python, "-m", "uv", "pip", "install", "--quiet", "--python", python, "-r", lock]
    if _logged([*pip, wanted], log) and _logged(uv, log, environment):
        return
    if not _logged([*pip, "-r", lock], log):
        raise DeployError(f"Python packages could not be installed: {last_meaningful_line([log])} (log: {log})")


def ensure_environment(settings: Settings, kind: Kind = "run") -> Path:
    """The environment's Python with everything the lock file names. Raises DeployError."""
    python = python_of(settings)
    with held(settings.venv / "set-up.lock", "another command that is installing packages"):
        if is_installed(settings, kind) and starts(python):
            return python
        log = settings.state / "logs" / "environment.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.unlink(missing_ok=True)
        size = "" if python.exists() else " (5.5 GB the first time)"
        with step(f"Python packages: installing {LOCKS[kind]}{size}"):
            _make_venv(settings, log)
            _install(settings, kind, log)
        _stamp(settings, kind).write_text(_fingerprint(settings, kind) + "\n", encoding="ascii")
    return python


def ensure_model(settings: Settings, python: Path) -> None:
    """Builds the default embedding model's folder when it is not whole; a model of the operator's is left to them."""
    if not settings.model_is_ours:
        say(f"  Embedding model: {settings.model}")
        return
    folder, log = Path(settings.model), settings.state / "logs" / "model.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    with (
        held(folder.with_name("encoder.lock"), "another command that is building the embedding model"),
        step("Embedding model: " + ("checking" if folder.is_dir() else "building (470 MB)")),
    ):
        made = _logged([str(python), "-m", "mappings", "encoder", "--out", str(folder)], log)
    if not made:
        raise DeployError(f"The embedding model could not be built: {last_meaningful_line([log])} (log: {log})")
