"""Folders and files of one OpenSearch node: where they are and what its configuration says."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from deploy.owner import Owner, hand_over, is_root, strangers_can
from deploy.settings import PROJECT, Settings, identity

# Lines of the distribution's jvm.options that would write next to the programme, or that ours replace.
REPLACED_OPTIONS = re.compile(r"-Xm[sx]|HeapDump|ErrorFile|gc\.log|OPENSEARCH_TMPDIR|GCLog|PrintGC|PrintTenuring")

LOG_SETTINGS = """\
status = error
appender.file.type = RollingFile
appender.file.name = file
appender.file.fileName = ${sys:opensearch.logs.base_path}/node.log
appender.file.filePattern = ${sys:opensearch.logs.base_path}/node-%i.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 10MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 2
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
"""


class Ports(NamedTuple):
    http: int
    transport: int


class EngineHome(NamedTuple):
    """`folder` is this node's own; `distributions` may be shared by several nodes."""

    folder: Path
    distributions: Path

    @property
    def config(self) -> Path:
        return self.folder / "config"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def snapshots(self) -> Path:
        """The only folder the node may copy indices to."""
        return self.folder / "snapshots"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def tmp(self) -> Path:
        return self.folder / "tmp"

    @property
    def pid_file(self) -> Path:
        return self.folder / "node.pid"

    @property
    def console(self) -> Path:
        """What the JVM itself prints: little, unless it does not start."""
        return self.folder / "console.log"

    @property
    def log(self) -> Path:
        return self.logs / "node.log"

    @property
    def cluster_name(self) -> str:
        """Told apart from any other node that might answer on a port."""
        return f"{PROJECT}-{identity(self.folder)}"

    @property
    def mark(self) -> str:
        """Stands in the command line of this node and of no other process."""
        return f"-Dopensearch.path.conf={self.config}"


def engine_home(settings: Settings) -> EngineHome:
    """The node's folders: in the state folder, unless root's system user may not enter it."""
    settings.state.mkdir(mode=0o755, parents=True, exist_ok=True)
    if not is_root() or strangers_can("-x", settings.state):
        return EngineHome(settings.state / "engine", settings.distributions)
    return EngineHome(settings.home_out_of_reach / identity(settings.state), settings.home_out_of_reach / "dist")


def remembered_ports(home: EngineHome) -> Ports | None:
    try:
        http, transport = ((home.folder / name).read_text(encoding="ascii") for name in ("port", "transport_port"))
        return Ports(int(http), int(transport))
    except (OSError, ValueError):
        return None


def remember_ports(home: EngineHome, ports: Ports) -> None:
    (home.folder / "port").write_text(f"{ports.http}\n", encoding="ascii")
    (home.folder / "transport_port").write_text(f"{ports.transport}\n", encoding="ascii")


def node_settings(home: EngineHome, ports: Ports) -> dict[str, str | int | bool]:
    """The node's opensearch.yml. No security settings: the plugin is absent, and an unknown setting stops the node."""
    return {
        "cluster.name": home.cluster_name,
        "node.name": "local",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": ports.http,
        "transport.port": ports.transport,
        "path.data": str(home.data),
        "path.logs": str(home.logs),
        "path.repo": str(home.snapshots),
        # A nearly full disk would otherwise turn every index read-only.
        "cluster.routing.allocation.disk.threshold_enabled": False,
        # Faster than concurrent segments on the two cores of a small machine.
        "search.concurrent_segment_search.mode": "none",
    }


def jvm_options(shipped: str, heap: str, more: Sequence[str] = ()) -> str:
    """The distribution's own jvm.options without what writes beside the programme, and with our heap and more."""
    kept = [line for line in shipped.splitlines() if line and not line.startswith("#")]
    kept = [line for line in kept if not REPLACED_OPTIONS.search(line)]
    ours = [f"-Xms{heap}", f"-Xmx{heap}", "-XX:-AlwaysPreTouch", "-XX:+ExitOnOutOfMemoryError", *more]
    return "\n".join([*kept, *ours, ""])


def prepare(home: EngineHome, distribution: Path, ports: Ports, settings: Settings, owner: Owner | None) -> None:
    """Makes the node's folders and writes its configuration afresh; data and logs stay."""
    shutil.rmtree(home.config, ignore_errors=True)
    shutil.rmtree(home.tmp, ignore_errors=True)
    home.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    folders = (home.config, home.data, home.logs, home.tmp, home.snapshots)
    for folder in folders:
        folder.mkdir(mode=0o755, exist_ok=True)
    # JSON scalars are YAML scalars, quoted where they must be.
    lines = [f"{name}: {json.dumps(value)}" for name, value in node_settings(home, ports).items()]
    (home.config / "opensearch.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shipped = (distribution / "config" / "jvm.options").read_text(encoding="utf-8")
    options = jvm_options(shipped, settings.engine_heap, settings.engine_options)
    (home.config / "jvm.options").write_text(options, encoding="utf-8")
    (home.config / "log4j2.properties").write_text(LOG_SETTINGS, encoding="utf-8")
    remember_ports(home, ports)
    hand_over(folders, owner)
