import shlex
import sys
from pathlib import Path

import pytest

from deploy.environment import (
    ensure_environment,
    ensure_model,
    is_installed,
    python_of,
    starts,
    uv_requirement,
    uv_settings,
)
from deploy.failure import DeployError
from deploy.settings import Settings
from tests.deploy.conftest import executable

# Writes down how it was called; fails where a file named like one of its words stands beside it.
PYTHON = """#!/bin/sh
echo "$*" >> {calls}
for word in "$@"; do if [ -e {folder}/fails-"$word" ]; then echo "error: no $word here"; exit 1; fi; done
"""


class Python:
    """A Python environment that only writes down what it is asked."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.folder, self.log = folder, folder / "calls"
        words = {"calls": shlex.quote(str(self.log)), "folder": shlex.quote(str(folder))}
        executable(python_of(settings), PYTHON.format(**words))

    def fails_at(self, word: str) -> None:
        (self.folder / f"fails-{word}").touch()

    @property
    def calls(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def python(settings: Settings, tmp_path: Path) -> Python:
    for stamp in settings.venv.glob("installed-*"):
        stamp.unlink()
    return Python(settings, tmp_path)


def test_packages_are_installed_with_uv_and_recognised_afterwards(settings: Settings, python: Python) -> None:
    assert ensure_environment(settings) == python_of(settings)
    assert is_installed(settings, "run")
    assert not is_installed(settings, "dev")
    assert any("-m pip install" in call and call.endswith("uv==1.2.3") for call in python.calls)
    assert any("-m uv pip install" in call and call.endswith("requirements.lock") for call in python.calls)
    before = len(python.calls)
    ensure_environment(settings)
    assert [call for call in python.calls[before:] if "install" in call] == []


def test_a_changed_lock_is_installed_again(settings: Settings, python: Python) -> None:
    ensure_environment(settings, "dev")
    (settings.root / "requirements-dev.lock").write_text("uv==2.0\n", encoding="ascii")
    assert not is_installed(settings, "dev")
    ensure_environment(settings, "dev")
    assert any(call.endswith("uv==2.0") for call in python.calls)


@pytest.mark.parametrize("missing", ["uv==1.2.3", "uv"])
def test_without_uv_pip_installs(settings: Settings, python: Python, missing: str) -> None:
    python.fails_at(missing)
    ensure_environment(settings)
    assert "pip install" in python.calls[-1]
    assert python.calls[-1].endswith(f"-r {settings.root}/requirements.lock")


def test_when_nothing_can_be_installed_the_reason_and_the_log_are_named(settings: Settings, python: Python) -> None:
    python.fails_at("install")
    log = settings.state / "logs" / "environment.log"
    with pytest.raises(DeployError) as caught:
        ensure_environment(settings)
    assert str(caught.value) == f"Python packages could not be installed: error: no install here (log: {log})"
    assert not is_installed(settings)


def test_an_environment_whose_python_is_gone_is_made_anew(
    settings: Settings, python: Python, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = executable(tmp_path / "maker", f'#!/bin/sh\necho "$*" >> {shlex.quote(str(tmp_path / "made"))}\n')
    monkeypatch.setattr(sys, "executable", str(maker))
    python_of(settings).unlink()
    with pytest.raises(OSError, match="No such file"):
        ensure_environment(settings)  # the pretend maker makes nothing
    assert (tmp_path / "made").read_text(encoding="utf-8") == f"-m venv --clear {settings.venv}\n"


def test_when_no_environment_can_be_made_it_is_a_sentence(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = executable(tmp_path / "maker", "#!/bin/sh\necho 'Error: no room left'; exit 1\n")
    monkeypatch.setattr(sys, "executable", str(maker))
    python_of(settings).unlink()
    with pytest.raises(DeployError, match="No virtual environment could be made: Error: no room left"):
        ensure_environment(settings)


def test_uv_is_told_what_pip_was_told() -> None:
    printed = "global.index-url='https://mirror/simple'\n:env:.find-links='/a\n/b'\nglobal.timeout='9'\n"
    assert uv_settings(printed, {}) == {"UV_DEFAULT_INDEX": "https://mirror/simple"}
    several = "install.extra-index-url='https://a https://b'\n:env:.cert='/ca.pem'\n"
    assert uv_settings(several, {"SSL_CERT_FILE": "/mine"}) == {"UV_INDEX": "https://a https://b"}


def test_uv_is_the_version_the_development_lock_pins() -> None:
    assert uv_requirement("ruff==1.0\nuv==0.9.1 ; sys_platform != 'x'\n") == "uv==0.9.1"
    assert uv_requirement("") == "uv"


def test_a_python_that_is_not_there_does_not_start(tmp_path: Path) -> None:
    assert starts(Path(sys.executable))
    assert not starts(tmp_path / "python")


def test_the_model_is_built_by_the_contract(settings: Settings, python: Python) -> None:
    ours = settings._replace(model=str(settings.state / "encoder"), model_is_ours=True)
    ensure_model(ours, python_of(ours))
    assert python.calls == [f"-m mappings encoder --out {settings.state}/encoder"]


def test_a_model_of_the_operators_is_left_to_them(
    settings: Settings, python: Python, capsys: pytest.CaptureFixture[str]
) -> None:
    ensure_model(settings, python_of(settings))
    assert python.calls == []
    assert capsys.readouterr().out == "  Embedding model: some/model\n"


def test_a_model_that_cannot_be_built_gives_the_reason_and_the_log(settings: Settings, python: Python) -> None:
    python.fails_at("encoder")
    ours = settings._replace(model=str(settings.state / "encoder"), model_is_ours=True)
    with pytest.raises(DeployError, match=r"could not be built: error: no encoder here \(log: .*model\.log\)"):
        ensure_model(ours, python_of(ours))
