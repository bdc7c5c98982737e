import contextlib
import gc
import runpy
import signal
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from deploy.settings import ROOT
from search_api.usage.keeper import KEEP, LAST_WORDS
from search_api.warming import WARM


def configuration() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))


def test_the_server_has_two_processes_of_four_threads_with_one_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    found = configuration()
    assert (found["worker_class"], found["workers"], found["threads"]) == ("gthread", 2, 4)
    assert found["preload_app"]
    assert found["accesslog"] is None
    assert found["limit_request_line"] == 8190


@pytest.mark.parametrize(
    ("host", "port", "bound"),
    [("", "", "127.0.0.1:8000"), ("localhost", "81", "localhost:81"), ("::1", "82", "[::1]:82")],
)
def test_it_listens_where_it_is_told(monkeypatch: pytest.MonkeyPatch, host: str, port: str, bound: str) -> None:
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", port)
    assert configuration()["bind"] == bound


def test_more_workers_may_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "6")
    assert configuration()["workers"] == 6


def test_only_the_machine_itself_may_say_who_a_request_came_from() -> None:
    assert "forwarded_allow_ips" not in configuration()


def test_a_worker_has_the_application_make_ready_what_the_first_to_ask_would_wait_for() -> None:
    begun: list[str] = []
    begin = configuration()["post_worker_init"]
    begin(SimpleNamespace(wsgi=SimpleNamespace(extensions={WARM: lambda: begun.append("warm")})))
    assert begun == ["warm"]
    begin(SimpleNamespace(wsgi=SimpleNamespace()))


def test_a_worker_asked_to_stop_before_it_can_hear_ends() -> None:
    masters = signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    try:
        configuration()["post_fork"](None, None)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, masters)


@pytest.mark.parametrize(("status", "at_once"), [(0, [0]), (3, [])])
def test_only_a_worker_that_did_not_fail_is_spared_its_tear_down(
    monkeypatch: pytest.MonkeyPatch, status: int, at_once: list[int]
) -> None:
    statuses: list[int] = []
    monkeypatch.setattr("os._exit", statuses.append)
    with contextlib.suppress(SystemExit):
        try:
            sys.exit(status)
        finally:
            configuration()["worker_exit"](None, None)
    assert statuses == at_once


def test_a_worker_writes_what_it_counted_now_and_then_and_at_its_end() -> None:
    begun: list[str] = []
    extensions = {KEEP: lambda: begun.append("keep"), LAST_WORDS: lambda: begun.append("write")}
    worker = SimpleNamespace(wsgi=SimpleNamespace(extensions=extensions))
    found = configuration()
    found["post_worker_init"](worker)
    assert begun == ["keep"]
    found["worker_exit"](None, worker)
    assert begun == ["keep", "write"]


def test_the_collector_leaves_what_was_loaded_alone_and_looks_seldom_at_what_requests_make() -> None:
    before = gc.get_threshold()
    found = configuration()
    try:
        found["when_ready"](None)
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] == found["OBJECTS_A_LOOK"]
    finally:
        gc.set_threshold(*before)
