"""What the operator may set, read from the environment in one place.

Read before the machine's Python is known to be new enough, hence its old syntax.
"""

import hashlib
import os
import re
from pathlib import Path
from typing import Dict, Mapping, NamedTuple, Optional, Tuple

PROJECT = "micro-credential-discovery"
ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8000

# A query is encoded in some 20 ms on one thread; threads that spin while they wait starve the other worker.
SERVER_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive", "TOKENIZERS_PARALLELISM": "false"}

# In a node that lives for minutes neither an optimising compiler nor a collector that works beside it repays what it
# takes: without them all tests cost the node a third less processor time.
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:-UseG1GC", "-XX:+UseSerialGC")


class SettingError(ValueError):
    """A variable that cannot be used; the message is one sentence that says what to do."""


class Settings(NamedTuple):
    """Folders are absolute. `engine_url` is set when the operator brings a cluster, and then no node is started.

    `model` is a folder, or a name some hub knows; `model_is_ours` when it is the folder set-up builds itself.
    `engine_options` are the node's JVM's, besides its heap.
    """

    root: Path
    venv: Path
    state: Path
    distributions: Path
    host: str
    port: int
    engine_url: Optional[str]
    engine_port: Optional[int]
    engine_heap: str
    model: str
    model_is_ours: bool
    bytecode: Path
    coverage: bool
    engine_options: Tuple[str, ...] = ()

    @property
    def home_out_of_reach(self) -> Path:
        """Where root keeps the engine when its user may not enter this checkout (one under /root, say)."""
        return Path("/var/lib") / "{}-{}".format(PROJECT, identity(self.root))

    @property
    def server_name(self) -> str:
        """Tells this state folder's server from every other on the machine."""
        return "{}-{}".format(PROJECT, identity(self.state))

    @property
    def url(self) -> str:
        return "http://{}:{}".format(reachable_host(self.host), self.port)

    def for_tests(self) -> "Settings":
        """The same checkout with a node and data of its own; the distribution and the encoder are shared."""
        own = self._replace(state=self.state / "test", engine_port=None)
        return own._replace(engine_heap="512m", engine_options=SHORT_LIVED)


def identity(folder: Path) -> str:
    """Ten characters that tell this folder from every other on the machine."""
    return hashlib.sha256(str(folder).encode()).hexdigest()[:10]


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


def _switch(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "").strip().lower() or "no"
    if text not in ("yes", "no"):
        raise SettingError("{}={} is not a choice: give yes or no.".format(name, text))
    return text == "yes"


def _heap(environment: Mapping[str, str]) -> str:
    text = environment.get("ENGINE_HEAP", "").strip() or "1g"
    if not re.match(r"^[1-9][0-9]*[mg]$", text):
        raise SettingError("ENGINE_HEAP={} is not a size: give for instance 512m or 2g.".format(text))
    return text


def _folder(root: Path, text: str) -> Path:
    return Path(os.path.abspath(str(root / Path(text).expanduser())))


def _model(root: Path, text: str, default: Path) -> str:
    """The default folder, another folder, or a name as it was given. Raises SettingError."""
    if not text:
        return str(default)
    folder = _folder(root, text)
    if folder == default or folder.is_dir():
        return str(folder)
    if text.startswith((".", "/", "~")):
        raise SettingError(
            "EMBEDDING_MODEL={} is not a folder: give one, or leave it out for the default.".format(text)
        )
    return text


def read_settings(environment: Optional[Mapping[str, str]] = None, root: Path = ROOT) -> Settings:
    """Settings of this checkout. Raises SettingError."""
    given = os.environ if environment is None else environment
    state = _folder(root, given.get("STATE_DIR") or ".state")
    encoder = state / "encoder"
    model = _model(root, given.get("EMBEDDING_MODEL", "").strip(), encoder)
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
        model=model,
        model_is_ours=model == str(encoder),
        bytecode=state / "bytecode",
        coverage=_switch(given, "COVERAGE"),
    )


def service_environment(settings: Settings, engine_url: str) -> Dict[str, str]:
    """What the indexer, the server and the tests are told, over this process's own environment."""
    told = {
        "OPENSEARCH_URL": engine_url,
        "STATE_DIR": str(settings.state),
        "EMBEDDING_MODEL": settings.model,
        "HOST": settings.host,
        "PORT": str(settings.port),
        # Compiling the encoder's libraries takes 8 s: once, in a folder of ours, wherever compiled files are unwanted.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(settings.bytecode),
    }
    return dict(os.environ, **told)


def server_environment(settings: Settings, engine_url: str) -> Dict[str, str]:
    """The server's: one thread a query, unless the operator says otherwise."""
    return dict(SERVER_ENVIRONMENT, **service_environment(settings, engine_url))
