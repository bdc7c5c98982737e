"""What the operator may set, read from the environment in one place.

Read before the machine's Python is known to be new enough, hence its old syntax.
"""

import hashlib
import os
import re
from pathlib import Path
from typing import Dict, Mapping, NamedTuple, Optional

PROJECT = "micro-credential-discovery"
ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8000
DEFAULT_ENCODER = ".state/encoder"

# Threads that spin while they wait starve the other worker: see the encoder's measured speed with one thread.
SERVER_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive", "TOKENIZERS_PARALLELISM": "false"}


class SettingError(ValueError):
    """A variable that cannot be used; the message is one sentence that says what to do."""


class Settings(NamedTuple):
    """Folders are absolute. `engine_url` is set when the operator brings a cluster, and then no node is started."""

    root: Path
    venv: Path
    state: Path
    distributions: Path
    host: str
    port: int
    engine_url: Optional[str]
    engine_port: Optional[int]
    engine_heap: str
    encoder: Path
    encoder_is_default: bool

    @property
    def identity(self) -> str:
        """Ten characters that tell this checkout from every other on the machine."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:10]

    @property
    def home_out_of_reach(self) -> Path:
        """Where root keeps the engine when its user may not enter this checkout (one under /root, say)."""
        return Path("/var/lib") / "{}-{}".format(PROJECT, self.identity)

    @property
    def url(self) -> str:
        return "http://{}:{}".format(reachable_host(self.host), self.port)

    def for_tests(self) -> "Settings":
        """The same checkout with a node and data of its own; the distribution and the encoder are shared."""
        return self._replace(state=self.state / "test", engine_port=None)


def reachable_host(host: str) -> str:
    """The address to open for a server bound to `host`: a wildcard is none, an IPv6 one stands in brackets."""
    host = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return "[{}]".format(host) if ":" in host else host


def _port(environment: Mapping[str, str], name: str, default: Optional[int]) -> Optional[int]:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not re.match(r"^[0-9]{1,5}$", text) or not 0 < int(text) < 65536:
        raise SettingError("{}={} is not a port: give a number from 1 to 65535.".format(name, text))
    return int(text)


def _heap(environment: Mapping[str, str]) -> str:
    text = environment.get("ENGINE_HEAP", "").strip() or "1g"
    if not re.match(r"^[1-9][0-9]*[mg]$", text):
        raise SettingError("ENGINE_HEAP={} is not a size: give for instance 512m or 2g.".format(text))
    return text


def _folder(root: Path, text: str) -> Path:
    return Path(os.path.abspath(str(root / Path(text).expanduser())))


def read_settings(environment: Optional[Mapping[str, str]] = None, root: Path = ROOT) -> Settings:
    """Settings of this checkout. Raises SettingError."""
    given = os.environ if environment is None else environment
    state = _folder(root, given.get("STATE_DIR") or ".state")
    model = given.get("EMBEDDING_MODEL") or DEFAULT_ENCODER
    encoder = _folder(root, model)
    return Settings(
        root=root,
        venv=_folder(root, given.get("VENV") or ".venv"),
        state=state,
        distributions=_folder(root, given.get("ENGINE_DIST_DIR") or str(state / "engine" / "dist")),
        host=given.get("HOST") or "127.0.0.1",
        port=_port(given, "PORT", DEFAULT_PORT) or DEFAULT_PORT,
        engine_url=given.get("OPENSEARCH_URL") or None,
        engine_port=_port(given, "ENGINE_PORT", None),
        engine_heap=_heap(given),
        encoder=encoder,
        encoder_is_default=encoder == _folder(root, DEFAULT_ENCODER),
    )


def environment(*layers: Mapping[str, str]) -> Dict[str, str]:
    """This process's environment under the given layers, for a command to be started."""
    merged = dict(os.environ)
    for layer in layers:
        merged.update(layer)
    return merged


def service_environment(settings: Settings, engine_url: str) -> Dict[str, str]:
    """What the indexer and the server are told."""
    return environment(
        {
            "OPENSEARCH_URL": engine_url,
            "STATE_DIR": str(settings.state),
            "HOST": settings.host,
            "PORT": str(settings.port),
        },
        SERVER_ENVIRONMENT,
    )
