import os
import signal
import socket
from pathlib import Path

import pytest

from deploy import node
from deploy.engine_home import EngineHome, Ports, engine_home, remember_ports, remembered_ports
from deploy.failure import DeployError
from deploy.node import node_pid, running_url, start_node, stop_node
from deploy.process import command_line
from deploy.settings import Settings
from deploy.web import free_ports, get_json
from tests.deploy.conftest import Jvm


@pytest.fixture
def home(settings: Settings, jvm: Jvm) -> EngineHome:
    return engine_home(settings)


def test_a_node_is_started_once_and_found_again(settings: Settings, home: EngineHome) -> None:
    first, second = start_node(settings), start_node(settings)
    assert first.started_now
    assert second == first._replace(started_now=False)
    assert running_url(settings) == first.url
    assert get_json(f"{first.url}/_cluster/health")["cluster_name"] == home.cluster_name


def test_a_stopped_node_is_gone_and_may_be_stopped_again(settings: Settings, home: EngineHome) -> None:
    start_node(settings)
    pid = node_pid(home)
    assert pid is not None
    assert stop_node(settings)
    assert command_line(pid) == ""
    assert not stop_node(settings)
    assert running_url(settings) is None


def test_the_next_start_has_the_same_address(settings: Settings, home: EngineHome) -> None:
    first = start_node(settings)
    stop_node(settings)
    assert start_node(settings).url == first.url


def test_a_remembered_port_taken_meanwhile_is_given_up(settings: Settings, home: EngineHome) -> None:
    ports = Ports(*free_ports(2))
    home.folder.mkdir(parents=True, exist_ok=True)
    remember_ports(home, ports)
    with socket.create_server(("127.0.0.1", ports.http)):
        assert start_node(settings).url != node.url_of(ports)


def test_a_port_lost_while_starting_is_replaced_by_another(settings: Settings, home: EngineHome, jvm: Jvm) -> None:
    jvm.behaves("taken once")
    assert start_node(settings).started_now


def test_a_port_lost_again_and_again_is_a_sentence(settings: Settings, home: EngineHome, jvm: Jvm) -> None:
    jvm.behaves("taken")
    with pytest.raises(DeployError, match="found its port taken twice"):
        start_node(settings)


def test_a_port_the_operator_chose_is_not_replaced(settings: Settings, home: EngineHome, jvm: Jvm) -> None:
    (port,) = free_ports(1)
    with socket.create_server(("127.0.0.1", port)), pytest.raises(DeployError, match=f"ENGINE_PORT={port} is in use"):
        start_node(settings._replace(engine_port=port))
    assert start_node(settings._replace(engine_port=port)).url == f"http://127.0.0.1:{port}"
    stop_node(settings)
    jvm.behaves("taken")
    with pytest.raises(DeployError, match=f"could not have port {port}"):
        start_node(settings._replace(engine_port=port))


def test_a_node_that_ends_while_starting_gives_its_reason_and_log(
    settings: Settings, home: EngineHome, jvm: Jvm
) -> None:
    jvm.behaves("crash")
    with pytest.raises(DeployError) as caught:
        start_node(settings)
    assert str(caught.value) == (
        "OpenSearch ended while starting: java.lang.IllegalStateException: failed to obtain node locks "
        f"(log: {home.console})"
    )
    assert not home.pid_file.exists()


def test_a_node_that_stays_silent_is_ended(
    settings: Settings, home: EngineHome, jvm: Jvm, monkeypatch: pytest.MonkeyPatch
) -> None:
    jvm.behaves("silent")
    monkeypatch.setattr(node, "SECONDS_TO_START", 0.5)
    with pytest.raises(DeployError, match=r"did not get healthy in 0 s"):
        start_node(settings)
    assert node_pid(home) is None


def test_options_the_jvm_refuses_are_a_sentence(settings: Settings, home: EngineHome, jvm: Jvm) -> None:
    (jvm.home / "bin" / "java").write_text("#!/bin/sh\necho 'invalid heap' >&2; exit 1\n", encoding="ascii")
    with pytest.raises(DeployError, match="The JVM refuses the engine's options: invalid heap"):
        start_node(settings)


@pytest.mark.parametrize("content", ["", "nonsense", pytest.param(str(os.getpid()), id="the number of a stranger")])
def test_a_stale_pid_file_does_not_keep_from_starting(settings: Settings, home: EngineHome, content: str) -> None:
    home.folder.mkdir(parents=True, exist_ok=True)
    home.pid_file.write_text(content, encoding="ascii")
    assert start_node(settings).started_now


def test_a_node_whose_pid_file_was_lost_is_recognised_and_ended(settings: Settings, home: EngineHome) -> None:
    started = start_node(settings)
    home.pid_file.unlink()
    assert start_node(settings) == started._replace(started_now=False)
    home.pid_file.unlink()
    assert stop_node(settings)


def test_somebody_elses_node_on_the_remembered_port_is_left_alone(settings: Settings, home: EngineHome) -> None:
    other = settings.for_tests()
    start_node(other)
    ports = remembered_ports(engine_home(other))
    assert ports is not None
    home.folder.mkdir(parents=True, exist_ok=True)
    remember_ports(home, ports)
    assert running_url(settings) is None
    assert not stop_node(settings)
    assert start_node(settings).url != node.url_of(ports)
    assert stop_node(other)


def test_a_node_that_hangs_is_replaced(settings: Settings, home: EngineHome, monkeypatch: pytest.MonkeyPatch) -> None:
    start_node(settings)
    pid = node_pid(home)
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    monkeypatch.setattr(node, "SECONDS_FOR_A_RUNNING_NODE", 0.3)
    monkeypatch.setattr(node, "SECONDS_TO_STOP", 0.3)
    monkeypatch.setattr(node, "HEALTH_SECONDS", 0.3)
    assert start_node(settings).started_now


def test_the_log_before_is_kept(settings: Settings, home: EngineHome) -> None:
    home.logs.mkdir(parents=True)
    home.log.write_text("what was before", encoding="ascii")
    start_node(settings)
    assert (home.logs / "node-before.log").read_text(encoding="ascii") == "what was before"


def test_the_node_hears_nothing_of_options_for_other_java_programmes(
    home: EngineHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Xmx1m")
    assert set(node.node_environment(home)) <= {
        "PATH", "LANG", "TZ", "HOME", "OPENSEARCH_PATH_CONF", "OPENSEARCH_TMPDIR",
    }  # fmt: skip


def test_without_java_the_package_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "find_java", lambda *_arguments, **_options: None)
    with pytest.raises(DeployError, match="openjdk-21"):
        start_node(settings)


def test_paths_with_spaces_reach_the_node_whole(settings: Settings, home: EngineHome, tmp_path: Path) -> None:
    assert " " in str(home.folder)
    start_node(settings)
    assert home.mark in command_line(node_pid(home) or 0)
