import os
import shutil
from pathlib import Path

import pytest

from deploy import owner
from deploy.engine_home import EngineHome, engine_home
from deploy.owner import NOBODY, Owner, engine_owner, hand_over
from deploy.settings import read_settings


@pytest.fixture
def as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.owner.is_root", lambda: True)
    monkeypatch.setattr("deploy.engine_home.is_root", lambda: True)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run."""
    called: list[list[str]] = []
    monkeypatch.setattr("subprocess.run", lambda command, **_options: called.append(command))
    return called


def test_an_ordinary_user_starts_the_engine_as_themselves(ordinary_user: None) -> None:
    assert engine_owner() is None
    assert owner.strangers_can_run(Path("/no/such/java"))


def test_root_uses_the_system_user_there_is(as_root: None, commands: list[list[str]]) -> None:
    assert engine_owner("nobody") is not None
    assert commands == []


def test_root_makes_a_system_user_once(
    as_root: None, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_arguments, **_options: "/usr/sbin/useradd")
    assert engine_owner("no-such-user-here") == Owner(NOBODY, NOBODY)
    assert [command[:2] for command in commands] == [["/usr/sbin/useradd", "--system"]]


def test_where_no_user_can_be_made_the_engine_runs_as_nobody(
    as_root: None, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_arguments, **_options: None)
    assert engine_owner("no-such-user-here") == Owner(NOBODY, NOBODY)
    assert commands == []


def test_only_what_belongs_to_somebody_else_is_handed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "node").mkdir(parents=True)
    changed: list[Path] = []
    monkeypatch.setattr(os, "chown", lambda path, *_ids, **_options: changed.append(path))
    hand_over([tmp_path], Owner(os.getuid(), os.getgid()))
    hand_over([tmp_path], None)
    assert changed == []
    hand_over([tmp_path / "data"], Owner(os.getuid() + 1, 1))
    assert changed == [tmp_path / "data", tmp_path / "data" / "node"]


def test_the_engine_lives_in_the_state_folder_when_its_user_may_enter(
    as_root: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = read_settings({}, root=tmp_path)
    monkeypatch.setattr("deploy.engine_home.strangers_can", lambda _test, _path: True)
    assert engine_home(settings) == EngineHome(tmp_path / ".state" / "engine", tmp_path / ".state" / "engine" / "dist")


def test_a_checkout_in_roots_own_folder_keeps_its_engine_elsewhere(
    as_root: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = read_settings({}, root=tmp_path)
    monkeypatch.setattr("deploy.engine_home.strangers_can", lambda _test, _path: False)
    home, tests = engine_home(settings), engine_home(settings.for_tests())
    assert Path("/var/lib") in home.folder.parents
    assert home.distributions == tests.distributions
    assert home.folder != tests.folder


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can ask on behalf of a stranger")
def test_what_a_stranger_can_is_found_by_trying(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert not owner.strangers_can("-x", tmp_path / "inside")
    assert owner.strangers_can("-x", Path("/"))
