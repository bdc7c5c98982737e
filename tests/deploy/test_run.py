import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from deploy import run as running
from deploy import server
from deploy.claim import Holder, claimed
from deploy.engine_home import engine_home
from deploy.failure import DeployError, Interrupted
from deploy.node import node_pid, running_url, start_node, stop_node
from deploy.process import marked
from deploy.run import claim_file, engine_mark, run, stop
from deploy.server import server_mark, server_pid, start_server, stop_server, trim_log, wait_until_ready
from deploy.settings import Settings
from deploy.signals import ASKING, listen
from deploy.web import get
from tests.deploy.conftest import Jvm

SERVING = threading.Event()


@pytest.fixture(autouse=True)
def handlers(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Signals are heard as in a real run, and it is known when the run has come to serving."""
    watch = running.watch

    def announced(settings: Settings, pid: int) -> None:
        SERVING.set()
        watch(settings, pid)

    monkeypatch.setattr(running, "watch", announced)
    before = {number: signal.getsignal(number) for number in ASKING}
    SERVING.clear()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under `nohup` a hang-up would not be heard
    listen()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    stop_server(settings)


class Operator(threading.Thread):
    """Does something as soon as the page is up, then asks this process to stop."""

    def __init__(self, settings: Settings, does: str = "asks", number: signal.Signals = signal.SIGTERM) -> None:
        super().__init__(daemon=True)
        self.settings, self.does, self.number = settings, does, number
        self.saw: list[object] = []
        self.start()

    def run(self) -> None:
        SERVING.wait()
        while get(f"{self.settings.url}/readyz")[0] != 200:
            pass  # a busy machine may be slow to answer
        self.saw = [node_pid(engine_home(self.settings)), engine_mark(self.settings).exists()]
        pid = server_pid(self.settings)
        if self.does == "kills the server" and pid is not None:
            os.kill(pid, signal.SIGKILL)
        elif self.does == "stops the engine":
            stop_node(self.settings)
        elif self.does == "asks":
            os.kill(os.getpid(), self.number)


@pytest.fixture
def cluster(settings: Settings) -> Settings:
    """With a cluster of the operator's own, so that no node is started."""
    return settings._replace(engine_url="http://search.example:9200")


def indexed(settings: Settings) -> str:
    return (settings.root / "indexed").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_run_serves_until_asked_to_stop_and_leaves_nothing(
    settings: Settings, jvm: Jvm, capsys: pytest.CaptureFixture[str], number: signal.Signals
) -> None:
    operator = Operator(settings, number=number)
    assert run(settings) == 0
    operator.join()
    node, marked_as_ours = operator.saw
    assert node is not None
    assert marked_as_ours
    assert indexed(settings).endswith("index --if-needed")
    printed = capsys.readouterr().out
    for query in ("/?q=dental+assistant&lang=en", "/?q=gestion+de+projet&lang=fr", "/v1/credentials?q=AutoCAD"):
        assert f"{settings.url}{query}" in printed
    assert running_url(settings) is None
    assert marked(server_mark(settings)) == []


def test_a_node_that_ran_before_runs_on(settings: Settings, jvm: Jvm) -> None:
    before = start_node(settings)
    Operator(settings)
    assert run(settings) == 0
    assert running_url(settings) == before.url


def test_a_node_that_was_only_slow_to_answer_runs_on(
    settings: Settings, jvm: Jvm, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = start_node(settings)
    monkeypatch.setattr(running, "running_url", lambda _settings: None)
    Operator(settings)
    assert run(settings) == 0
    assert running_url(settings) == before.url


def test_with_a_cluster_of_ones_own_no_node_is_started(cluster: Settings) -> None:
    operator = Operator(cluster)
    assert run(cluster) == 0
    assert operator.saw == [None, False]
    assert indexed(cluster) == "http://search.example:9200 index --if-needed"


def test_a_second_run_says_where_the_first_is(cluster: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with claimed(claim_file(cluster), Holder(77, cluster.url)):
        assert run(cluster._replace(port=1)) == 0
    assert capsys.readouterr().out == f"Already starting at {cluster.url} (process 77); `make stop` ends it.\n"


def test_a_server_that_dies_is_said_with_its_log_and_the_node_goes_too(settings: Settings, jvm: Jvm) -> None:
    Operator(settings, does="kills the server")
    with pytest.raises(DeployError, match=r"The server ended by itself.*server\.log"):
        run(settings)
    assert running_url(settings) is None
    assert marked(server_mark(settings)) == []


def test_a_run_does_not_outlive_the_node_it_started(settings: Settings, jvm: Jvm) -> None:
    Operator(settings, does="stops the engine")
    with pytest.raises(DeployError, match="OpenSearch ended, so the service ends too"):
        run(settings)
    assert marked(server_mark(settings)) == []


def test_a_server_that_cannot_start_gives_its_reason(cluster: Settings) -> None:
    (cluster.root / "crash").touch()
    with pytest.raises(DeployError, match=r"The server ended while starting: .*the encoder cannot be loaded"):
        run(cluster)


def test_a_refused_load_leaves_an_earlier_index_served(cluster: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    (cluster.root / "refused").touch()
    Operator(cluster)
    assert run(cluster) == 0
    assert "what an earlier load left" in capsys.readouterr().err


def test_a_refused_first_load_ends_the_run(cluster: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PATIENCE_WITHOUT_LOAD", 0.3)
    for name in ("refused", "unready"):
        (cluster.root / name).touch()
    with pytest.raises(DeployError, match="The server is up but not ready: alias down"):
        run(cluster)


def test_a_taken_port_is_said_before_anything_is_started(cluster: Settings) -> None:
    with socket.create_server(("127.0.0.1", cluster.port)), pytest.raises(DeployError, match="is in use by another"):
        run(cluster)
    assert not (cluster.root / "indexed").exists()


def test_being_asked_before_it_serves_ends_it_too(cluster: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    (cluster.root / "unready").touch()

    def asked(_seconds: float) -> None:
        """Between two looks, because a look cut off would leave its socket open."""
        if get(f"{cluster.url}/readyz")[0] == 503:
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(server, "time", SimpleNamespace(monotonic=time.monotonic, sleep=asked))
    with pytest.raises(Interrupted):
        run(cluster)
    assert marked(server_mark(cluster)) == []


def test_stop_ends_what_a_killed_run_left_and_only_that(settings: Settings, jvm: Jvm) -> None:
    node = start_node(settings)
    start_server(settings, node.url)
    assert stop(settings)
    assert server_pid(settings) is None
    assert running_url(settings) == node.url
    engine_mark(settings).touch()
    assert stop(settings)
    assert running_url(settings) is None
    assert not stop(settings)


def test_a_run_takes_over_from_one_that_was_killed(cluster: Settings) -> None:
    wait_until_ready(cluster, start_server(cluster, "http://old.example"), seconds=60)
    Operator(cluster)
    assert run(cluster) == 0


def test_a_server_with_something_to_serve_does_not_wait_for_the_engine(
    settings: Settings, jvm: Jvm, monkeypatch: pytest.MonkeyPatch
) -> None:
    healthy: list[bool] = []

    def look(given: Settings, _engine_url: str) -> int:
        healthy.append(running_url(given) is not None)
        return start_server(given, _engine_url)

    monkeypatch.setattr(running, "start_server", look)
    for _ in range(2):
        SERVING.clear()
        Operator(settings)
        assert run(settings) == 0
    assert healthy == [True, False]


def test_an_early_server_that_died_is_started_again(cluster: Settings) -> None:
    running.loaded_mark(cluster).touch()
    prepared = running.prepare(cluster)
    assert server_pid(cluster) is not None
    stop_server(cluster)
    running.serve(cluster, prepared.engine_url, patience=10)
    assert server_pid(cluster) is not None


def test_stop_asks_the_run_and_waits_for_it(cluster: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(running, "SECONDS_TO_STOP", 0.2)
    monkeypatch.setattr("deploy.run.command_line", lambda _pid: "python3 -m deploy run")
    monkeypatch.setattr("os.kill", lambda pid, number: asked.append((pid, number)))
    with claimed(claim_file(cluster), Holder(77, cluster.url)), pytest.raises(DeployError, match="did not end"):
        stop(cluster)
    assert asked == [(77, signal.SIGTERM)]


def test_a_server_that_never_answers_is_given_up(cluster: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SECONDS_TO_ANSWER", 0.2)
    with socket.create_server(("127.0.0.1", cluster.port), backlog=0):
        pid = start_server(cluster, "http://search.example")
        with pytest.raises(DeployError, match=r"does not answer|ended while starting"):
            wait_until_ready(cluster, pid, seconds=0.5)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no reason given"),
        (b"[1]", "no reason given"),
        (b'{"ready": false, "engine": "down", "alias": "unknown", "encoder": "up"}', "engine down, alias unknown"),
        (
            b'{"alias": "up", "fingerprint": "down", "index": "made by other code"}',
            "fingerprint down, made by other code",
        ),
    ],
)
def test_what_is_missing_is_told_in_words(body: bytes, reason: str) -> None:
    assert server._detail(body) == reason


def test_a_log_grown_too_large_is_put_aside(cluster: Settings) -> None:
    log = server.log_file(cluster)
    log.parent.mkdir(parents=True)
    log.write_text("x" * 100, encoding="ascii")
    trim_log(cluster, largest=200)
    assert log.stat().st_size == 100
    trim_log(cluster, largest=50)
    assert log.stat().st_size == 0
    assert log.with_name("server.log.1").stat().st_size == 100
