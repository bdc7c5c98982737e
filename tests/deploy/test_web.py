import socket
from pathlib import Path

import pytest

from deploy.readiness import port_problem
from deploy.settings import Settings
from deploy.web import free_ports, get, get_json, is_free


def test_nothing_is_read_where_nothing_answers() -> None:
    url = f"http://127.0.0.1:{free_ports(1)[0]}/"
    assert get(url) == (0, b"")
    assert get_json(url) is None
    assert get("nonsense") == (0, b"")


def test_a_port_is_free_until_somebody_listens() -> None:
    (port,) = free_ports(1)
    assert is_free(port)
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free(port)


def test_free_ports_differ() -> None:
    assert len(set(free_ports(20))) == 20


def test_a_taken_port_is_named_with_another_to_try(settings: Settings) -> None:
    assert port_problem(settings) is None
    with socket.create_server(("127.0.0.1", settings.port)):
        found = port_problem(settings)
    assert found is not None
    assert found.startswith(f"Port {settings.port} is in use by another programme; choose another, for instance")


def test_a_host_that_is_not_this_machines_is_named(settings: Settings) -> None:
    found = port_problem(settings._replace(host="203.0.113.7"))
    assert found is not None
    assert found.startswith("HOST=203.0.113.7 is no address of this machine")


def test_a_reserved_port_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("deploy.readiness.is_free", refuse)
    found = port_problem(settings._replace(port=80, host="localhost"))
    assert found == "Port 80 is reserved for root; choose one above 1023, for instance `make run PORT=8000`."


def test_ipv6_is_looked_at_where_it_is_asked_for(tmp_path: Path) -> None:
    try:
        assert is_free(free_ports(1)[0], "::1")
    except OSError:
        pytest.skip("this system has no IPv6")
