"""Starts and stops the one OpenSearch node this checkout may have. Safe to repeat, safe to interrupt."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from deploy.distribution import ensure_distribution
from deploy.engine_home import EngineHome, Ports, engine_home, prepare, remembered_ports
from deploy.failure import DeployError
from deploy.java import Java, find_java
from deploy.lock import held
from deploy.logfile import last_meaningful_line, tail
from deploy.owner import Owner, engine_owner, strangers_can_run
from deploy.preflight import NO_JAVA
from deploy.process import command_line, end, owned_pid, start_detached
from deploy.progress import step
from deploy.settings import Settings
from deploy.web import free_ports, get_json, is_free

# A cold start takes 8 s on two idle cores.
SECONDS_TO_START = 180.0
SECONDS_TO_STOP = 30.0
# For one that runs already and may be busy.
SECONDS_FOR_A_RUNNING_NODE = 30.0
HEALTH_SECONDS = 5.0
SECONDS_BETWEEN_LOOKS = 0.2


Meanwhile = Callable[[str], None]


class Node(NamedTuple):
    url: str
    started_now: bool


class PortTakenError(Exception):
    """Somebody else took the port between our look and the node's."""


def java_or_fail() -> Java:
    found = find_java(os.environ, usable=strangers_can_run)
    if found is None:
        raise DeployError(NO_JAVA)
    return found


def url_of(ports: Ports) -> str:
    return f"http://127.0.0.1:{ports.http}"


def is_healthy(home: EngineHome, ports: Ports) -> bool:
    """Whether our node, and no other, answers with every primary shard in place."""
    health = get_json(f"{url_of(ports)}/_cluster/health", seconds=HEALTH_SECONDS)
    return bool(health and health["cluster_name"] == home.cluster_name and health["status"] in ("green", "yellow"))


def node_pid(home: EngineHome) -> int | None:
    """The running node's process. When its pid file was lost, the node itself is asked."""
    pid = owned_pid(home.pid_file, home.mark)
    ports = remembered_ports(home)
    if pid is not None or ports is None:
        return pid
    local = get_json(f"{url_of(ports)}/_nodes/_local/process")
    if not local or local["cluster_name"] != home.cluster_name:
        return None
    asked: int = next(iter(local["nodes"].values()))["process"]["id"]
    return asked if home.mark in command_line(asked) else None


def choose_ports(home: EngineHome, configured: int | None) -> Ports:
    """The operator's port, else the one remembered, else any free one. Raises DeployError."""
    http, transport = free_ports(2)
    if configured is not None:
        if not is_free(configured):
            raise DeployError(
                f"ENGINE_PORT={configured} is in use by another programme; choose another or leave it out."
            )
        return Ports(configured, transport)
    remembered = remembered_ports(home)
    if remembered and all(is_free(port) for port in remembered):
        return remembered
    return Ports(http, transport)


def node_command(home: EngineHome, distribution: Path, java: Java) -> list[str]:
    """What bin/opensearch would run, put together here because that script breaks on folders with spaces."""
    program = [str(java.home / "bin" / "java")]
    classes = ["-cp", str(distribution / "lib" / "*")]
    parser = [*program, *classes, "org.opensearch.tools.launchers.JvmOptionsParser", str(home.config)]
    # Relative words among the options, such as the agent's path, count from the distribution's folder.
    parsed = subprocess.run(
        parser, cwd=distribution, env=node_environment(home), capture_output=True, text=True, check=False
    )
    if parsed.returncode:
        raise DeployError(f"The JVM refuses the engine's options: {' '.join(parsed.stderr.split())[:300]}")
    paths = {"java.io.tmpdir": home.tmp, "opensearch.path.home": distribution}
    properties = [f"-D{name}={path}" for name, path in paths.items()]
    properties += [home.mark, "-Dopensearch.distribution.type=zip", "-Dopensearch.bundled_jdk=false"]
    return [*program, *parsed.stdout.split(), *properties, *classes, "org.opensearch.bootstrap.OpenSearch"]


def node_environment(home: EngineHome) -> dict[str, str]:
    """Little: variables such as JAVA_TOOL_OPTIONS would change the node behind its back."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return {**kept, "HOME": str(home.tmp), "OPENSEARCH_PATH_CONF": str(home.config), "OPENSEARCH_TMPDIR": str(home.tmp)}


def _failure(home: EngineHome, what: str) -> DeployError:
    log = home.log if home.log.exists() else home.console
    return DeployError(f"OpenSearch {what}: {last_meaningful_line((home.console, home.log))} (log: {log})")


def wait_until_healthy(home: EngineHome, ports: Ports, pid: int, seconds: float) -> None:
    """Raises PortTakenError, or DeployError when the node ends or stays silent."""
    deadline = time.monotonic() + seconds
    while not is_healthy(home, ports):
        if home.mark not in command_line(pid):
            if any("BindException" in line or "BindTransportException" in line for line in tail(home.console)):
                raise PortTakenError
            raise _failure(home, "ended while starting")
        if time.monotonic() > deadline:
            raise _failure(home, f"did not get healthy in {seconds:.0f} s")
        time.sleep(SECONDS_BETWEEN_LOOKS)


def nothing(_url: str) -> None:
    pass


def _launch(
    home: EngineHome, settings: Settings, distribution: Path, java: Java, owner: Owner | None, meanwhile: Meanwhile
) -> Ports:
    ports = choose_ports(home, settings.engine_port)
    prepare(home, distribution, ports, settings, owner)
    if home.log.exists():
        home.log.replace(home.log.with_name("node-before.log"))
    command = node_command(home, distribution, java)
    pid = start_detached(command, home.console, node_environment(home), distribution, owner)
    home.pid_file.write_text(f"{pid}\n", encoding="ascii")
    try:
        meanwhile(url_of(ports))
        wait_until_healthy(home, ports, pid, SECONDS_TO_START)
    except BaseException:
        end(pid, home.mark, SECONDS_TO_STOP)
        home.pid_file.unlink(missing_ok=True)
        raise
    return ports


def _already_running(home: EngineHome) -> Ports | None:
    """The ports of a node that is up or coming up. One that stays sick is ended, so that a new one may start."""
    pid, ports = node_pid(home), remembered_ports(home)
    if pid is None or ports is None:
        return None
    home.pid_file.write_text(f"{pid}\n", encoding="ascii")
    try:
        wait_until_healthy(home, ports, pid, SECONDS_FOR_A_RUNNING_NODE)
    except (DeployError, PortTakenError):
        end(pid, home.mark, SECONDS_TO_STOP)
        return None
    return ports


def _start(home: EngineHome, settings: Settings, meanwhile: Meanwhile) -> Node:
    running = _already_running(home)
    if running is not None:
        meanwhile(url_of(running))
        return Node(url_of(running), started_now=False)
    java, owner = java_or_fail(), engine_owner()
    with step("OpenSearch: programme files"):
        distribution = ensure_distribution(home.distributions, java)
    with step("OpenSearch: starting the node"):
        try:
            ports = _launch(home, settings, distribution, java, owner, meanwhile)
        except PortTakenError:
            if settings.engine_port is not None:
                raise _failure(home, f"could not have port {settings.engine_port}") from None
            ports = _launch(home, settings, distribution, java, owner, meanwhile)
    return Node(url_of(ports), started_now=True)


def start_node(settings: Settings, meanwhile: Meanwhile = nothing) -> Node:
    """The address of this checkout's node, started if need be. Raises DeployError.

    `meanwhile` is called with the address as soon as that is known, before the node answers there; and once more when
    the address had to change.
    """
    home = engine_home(settings)
    with held(settings.state / "engine.lock", "another command that is starting OpenSearch"):
        try:
            return _start(home, settings, meanwhile)
        except PortTakenError:
            raise _failure(home, "found its port taken twice") from None


def running_url(settings: Settings) -> str | None:
    """The address of this checkout's node when it is up."""
    home = engine_home(settings)
    ports = remembered_ports(home)
    return url_of(ports) if ports and node_pid(home) is not None and is_healthy(home, ports) else None


def stop_node(settings: Settings) -> bool:
    """Ends this checkout's node; whether there was one."""
    home = engine_home(settings)
    pid = node_pid(home)
    if pid is not None:
        with step("OpenSearch: stopping the node"):
            end(pid, home.mark, SECONDS_TO_STOP)
    home.pid_file.unlink(missing_ok=True)
    return pid is not None
