import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.settings import (
    SHORT_LIVED,
    SettingError,
    reachable_host,
    read_settings,
    server_environment,
    service_environment,
)


def test_without_variables_everything_stays_in_the_checkout(tmp_path: Path) -> None:
    found = read_settings({}, root=tmp_path)
    assert (found.state, found.venv, found.port) == (tmp_path / ".state", tmp_path / ".venv", 8000)
    assert found.model == str(tmp_path / ".state" / "encoder")
    assert found.model_is_ours
    assert found.engine_url is None


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    names = ("PORT", "HOST", "STATE_DIR", "VENV", "OPENSEARCH_URL", "EMBEDDING_MODEL", "ENGINE_HEAP", "ENGINE_PORT")
    assert read_settings(dict.fromkeys(names, ""), root=tmp_path) == read_settings({}, root=tmp_path)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "80a"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(SettingError, match=f"PORT={port} is not a port: give a number from 1 to 65535"):
        read_settings({"PORT": port})


@pytest.mark.parametrize("heap", ["1", "1 g", "0m", "big"])
def test_a_heap_that_is_none_is_named(heap: str) -> None:
    with pytest.raises(SettingError, match="ENGINE_HEAP"):
        read_settings({"ENGINE_HEAP": heap})


def test_a_model_may_be_a_folder_a_name_or_ours(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    folder = read_settings({"EMBEDDING_MODEL": "mine"}, root=tmp_path)
    name = read_settings({"EMBEDDING_MODEL": "someone/some-model"}, root=tmp_path)
    ours = read_settings({"EMBEDDING_MODEL": ".state/encoder"}, root=tmp_path)
    assert [folder.model, name.model] == [str(tmp_path / "mine"), "someone/some-model"]
    assert [folder.model_is_ours, name.model_is_ours, ours.model_is_ours] == [False, False, True]


def test_a_model_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"EMBEDDING_MODEL=\./gone is not a folder"):
        read_settings({"EMBEDDING_MODEL": "./gone"}, root=tmp_path)


@pytest.mark.parametrize(
    ("bound", "opened"),
    [
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104 - a wildcard is what is tested
        ("::", "[::1]"),
        ("::1", "[::1]"),
        ("shop.local", "shop.local"),
    ],
)
def test_a_server_is_opened_where_it_can_be_reached(bound: str, opened: str) -> None:
    assert reachable_host(bound) == opened
    assert read_settings({"HOST": bound, "PORT": "81"}).url == f"http://{opened}:81"


def test_a_switch_is_yes_or_no(tmp_path: Path) -> None:
    assert [read_settings({"COVERAGE": x}, root=tmp_path).coverage for x in ("", "no", "Yes")] == [False, False, True]
    with pytest.raises(SettingError, match="COVERAGE=1 is not a choice"):
        read_settings({"COVERAGE": "1"}, root=tmp_path)


def test_tests_share_the_model_and_the_programme_files_and_nothing_else(tmp_path: Path) -> None:
    own = read_settings({"ENGINE_PORT": "9200"}, root=tmp_path)
    tests = own.for_tests()
    assert (tests.model, tests.distributions) == (own.model, own.distributions)
    assert tests.state == own.state / "test"
    assert tests.engine_port is None
    assert (own.engine_options, tests.engine_options) == ((), SHORT_LIVED)
    assert tests.server_name != own.server_name


def test_compiled_files_are_kept_in_one_folder_whatever_the_shell_wants(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    own = read_settings({}, root=tmp_path)
    for settings in (own, own.for_tests()):
        told = {**os.environ, **service_environment(settings, "")}
        subprocess.run([sys.executable, "-c", "import json.tool"], env=told, check=True)
    compiled = list(tmp_path.rglob("*.pyc"))
    assert compiled
    assert all(own.bytecode in path.parents for path in compiled)


def test_two_checkouts_never_share_a_folder_out_of_reach(tmp_path: Path) -> None:
    homes = {read_settings({}, root=tmp_path / name).home_out_of_reach for name in ("a", "b")}
    assert len(homes) == 2


def test_only_the_server_is_held_to_one_thread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    found = read_settings({"PORT": "8010", "STATE_DIR": str(tmp_path)})
    assert "OMP_NUM_THREADS" not in service_environment(found, "http://e")
    server = server_environment(found, "http://e")
    assert [server[name] for name in ("OMP_NUM_THREADS", "OPENSEARCH_URL", "PORT")] == ["1", "http://e", "8010"]
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    assert server_environment(found, "http://e")["OMP_NUM_THREADS"] == "4"
