"""A checkout of its own with a pretend JDK, distribution and Python environment: nothing is fetched or installed."""

import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import claim, node, process, run, server
from deploy.distribution import MANIFEST, engine_version, sizes
from deploy.environment import LOCKS, is_installed
from deploy.settings import ROOT, Settings, read_settings
from deploy.web import free_ports

FAKE_NODE = Path(__file__).with_name("fake_node.py")
JVM = """#!/bin/sh
case "$*" in *JvmOptionsParser*) echo "-Xms1g -Xmx1g"; exit 0;; esac
exec {python} {node} {behaviour} "$@"
"""
APPLICATION = """
from pathlib import Path

def create_app():
    if Path("crash").exists():
        raise RuntimeError("the encoder cannot be loaded")

    def application(environ, start_response):
        ready = not Path("unready").exists()
        start_response("200 OK" if ready else "503 Service Unavailable", [("Content-Type", "application/json")])
        return [b'{"ready": true}' if ready else b'{"ready": false, "engine": "up", "alias": "down"}']

    return application
"""
INDEXER = """
import os, sys
from pathlib import Path
Path("indexed").write_text(os.environ["OPENSEARCH_URL"] + " " + " ".join(sys.argv[1:]))
sys.exit(2 if Path("refused").exists() else 0)
"""


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def make_jdk(home: Path, version: str, modules: str = "java.base jdk.localedata") -> Path:
    """A folder that looks like a JDK."""
    executable(home / "bin" / "java", "#!/bin/sh\n")
    (home / "release").write_text(f'JAVA_VERSION="{version}"\nMODULES="{modules}"\n', encoding="ascii")
    return home


class Jvm:
    """A JDK whose `java` behaves as told: answer, crash, silent, taken, taken once."""

    def __init__(self, home: Path) -> None:
        self.home = make_jdk(home, "25.0.1")
        self.behaviour = home / "behaviour"
        self.behaves("answer")
        words = {"python": sys.executable, "node": str(FAKE_NODE), "behaviour": str(self.behaviour)}
        executable(home / "bin" / "java", JVM.format(**{name: shlex.quote(word) for name, word in words.items()}))

    def behaves(self, how: str) -> None:
        self.behaviour.write_text(how, encoding="ascii")


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """As root the engine would be given to a system user, who may not enter the tests' folders."""
    for module in ("owner", "engine_home", "commands"):
        monkeypatch.setattr(f"deploy.{module}.is_root", lambda: False)


@pytest.fixture
def jvm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Jvm:
    made = Jvm(tmp_path / "a jdk")
    monkeypatch.setenv("OPENSEARCH_JAVA_HOME", str(made.home))
    return made


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The project's folder, with an indexer and a reader that only pretend."""
    root = tmp_path / "my checkout"
    for name, text in {"search_api/app.py": APPLICATION, "indexer/__main__.py": INDEXER}.items():
        executable(root / name, text)
        (root / name).with_name("__init__.py").touch()
    (root / "deploy").symlink_to(ROOT / "deploy")
    for lock in LOCKS.values():
        (root / lock).write_text("uv==1.2.3\n", encoding="ascii")
    return root


def make_distribution(distributions: Path) -> Path:
    home = distributions / engine_version()
    (home / "config").mkdir(parents=True)
    options = "# heap\n-Xms4g\n9-:-Xlog:gc*:file=logs/gc.log\n11-:-XX:+UseG1GC\n"
    (home / "config" / "jvm.options").write_text(options, encoding="ascii")
    (home / MANIFEST).write_text(json.dumps(sizes(home)), encoding="ascii")
    return home


def make_environment(settings: Settings) -> None:
    """A Python environment with everything the locks name, made of the one these tests run in."""
    executable(settings.venv / "bin" / "python", f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    for kind in LOCKS:
        stamp = settings.venv / f"installed-{kind}"
        stamp.write_text(fingerprint(settings.root / LOCKS[kind]), encoding="ascii")
        assert is_installed(settings, kind)


def fingerprint(lock: Path) -> str:
    import hashlib  # noqa: PLC0415 - nothing else here wants it

    return hashlib.sha256(lock.read_bytes()).hexdigest()


@pytest.fixture(autouse=True)
def _frequent_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend programmes change at once, so they are looked at more often than real ones."""
    for module in (claim, node, process, server):
        monkeypatch.setattr(module, "SECONDS_BETWEEN_LOOKS", 0.02)
    monkeypatch.setattr(run, "SECONDS_BETWEEN_LOOKS", 0.1)


@pytest.fixture(scope="session")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of compiled files for all pretend checkouts: compiling gunicorn again takes half a second a server."""
    return tmp_path_factory.mktemp("bytecode")


@pytest.fixture
def settings(
    checkout: Path, bytecode: Path, ordinary_user: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """Of the pretend checkout, with plenty of memory and a free port. Its node, if one was started, is ended."""
    monkeypatch.setattr("deploy.preflight.free_memory", lambda: 64.0)
    made = read_settings({"PORT": str(free_ports(1)[0]), "EMBEDDING_MODEL": "some/model"}, root=checkout)
    made = made._replace(bytecode=bytecode)
    make_environment(made)
    make_distribution(made.distributions)
    made.state.mkdir(exist_ok=True)
    yield made
    node.stop_node(made)
