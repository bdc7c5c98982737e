import ast
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import __main__ as entry
from deploy import preflight
from deploy.preflight import Machine, newer_python
from deploy.settings import ROOT, Settings, read_settings
from tests.deploy.conftest import executable

NOTHING = Machine(environment=False, engine=False, model=False, node_is_up=False)
EVERYTHING = Machine(environment=True, engine=True, model=True, node_is_up=True)
READ_BY_OLD_PYTHONS = ("__init__", "__main__", "failure", "preflight", "java", "settings")


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine without tools; memory and disk are plenty."""
    monkeypatch.setattr("deploy.java.FOLDERS", ())
    monkeypatch.setattr("deploy.preflight.find_java", lambda _environment: None)
    monkeypatch.setattr("deploy.preflight.free_memory", lambda: 64.0)
    monkeypatch.setattr("deploy.preflight.disk_problems", lambda _needed: [])
    return {"PATH": str(tmp_path)}


@pytest.mark.parametrize("module", READ_BY_OLD_PYTHONS)
def test_what_an_old_python_reads_keeps_to_its_syntax(module: str) -> None:
    ast.parse((ROOT / "deploy" / f"{module}.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setattr(entry, "newer_python", lambda _environment: None)
    assert entry.main() == 1
    assert capsys.readouterr().err == (
        "error: Python 3.11 or newer is needed and python3 is 3.8: install one (for instance python3.11).\n"
    )


def test_an_old_python_hands_over_to_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setattr(sys, "argv", ["deploy", "run"])
    monkeypatch.setattr(entry, "newer_python", lambda _environment: "/opt/python3.12")
    monkeypatch.setattr("os.execv", lambda *arguments: called.append(arguments))
    entry.main()
    assert called == [("/opt/python3.12", ["/opt/python3.12", "-m", "deploy", "run"])]


def test_a_python_that_is_only_a_shim_is_passed_over(tmp_path: Path) -> None:
    executable(tmp_path / "python3.13", "#!/bin/sh\nexit 127\n")
    works = executable(tmp_path / "python3.11", "#!/bin/sh\nexit 0\n")
    assert newer_python({"PATH": str(tmp_path)}) == str(works)
    works.unlink()
    assert newer_python({"PATH": str(tmp_path)}) is None


def test_everything_missing_is_said_at_once_each_in_a_sentence(
    bare: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.preflight.find_spec", lambda _name: None)
    monkeypatch.setattr("deploy.preflight.free_memory", lambda: 0.5)
    found = preflight.problems(read_settings({}), NOTHING, bare)
    assert [sentence.split()[0] for sentence in found] == ["Python", "OpenSearch", "Maven", "3.0"]
    assert "apt-get install python3-venv" in found[0]
    assert "apt-get install openjdk-21-jdk-headless" in found[1]
    assert "apt-get install maven" in found[2]
    assert "ENGINE_HEAP=512m" in found[3]
    assert not any("\n" in sentence for sentence in found)


def test_with_a_cluster_of_ones_own_neither_java_nor_maven_is_needed(bare: dict[str, str]) -> None:
    assert preflight.problems(read_settings({"OPENSEARCH_URL": "http://search"}), NOTHING, bare) == []


def test_once_the_engine_is_unpacked_maven_is_not_needed_and_once_it_runs_java_is_not(bare: dict[str, str]) -> None:
    (java,) = preflight.problems(read_settings({}), EVERYTHING._replace(node_is_up=False), bare)
    assert java.startswith("OpenSearch needs a JDK 21")
    assert preflight.problems(read_settings({}), EVERYTHING, bare) == []


def needed(settings: Settings, machine: Machine, **environment: str) -> float:
    return sum(preflight.space_needed(settings, machine, environment).values())


def test_disk_is_asked_for_what_is_still_to_come(tmp_path: Path) -> None:
    settings = read_settings({}, root=tmp_path)
    assert needed(settings, NOTHING) == 9.0
    assert needed(settings, NOTHING, UV_TORCH_BACKEND="cpu") == 4.5
    assert needed(settings, EVERYTHING) == 1.0


def test_folders_on_one_disk_share_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 8 * preflight.GIGABYTE})())
    assert preflight.disk_problems({tmp_path / "a" / "b": 3.0, tmp_path / "c": 5.0}) == []
    (sentence,) = preflight.disk_problems({tmp_path / "a" / "b": 3.0, tmp_path / "c": 6.0})
    assert sentence.startswith("9.0 GB of free disk are needed and")
    assert "has 8.0 GB" in sentence


def test_a_container_may_have_less_memory_than_its_machine(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 16777216 kB\nMemAvailable: 8388608 kB\n", encoding="ascii")
    assert preflight.free_memory(meminfo, tmp_path / "none") == 8.0
    for name, value in {"memory.max": 4 << 30, "memory.current": 3 << 30}.items():
        (tmp_path / name).write_text(f"{value}\n", encoding="ascii")
    (tmp_path / "memory.stat").write_text(f"anon 5\ninactive_file {1 << 30}\n", encoding="ascii")
    assert preflight.free_memory(meminfo, tmp_path) == 2.0
    (tmp_path / "memory.max").write_text("max\n", encoding="ascii")
    assert preflight.free_memory(meminfo, tmp_path) == 8.0
    assert preflight.free_memory(tmp_path / "none", tmp_path / "none") is None


def test_less_memory_is_asked_for_with_a_smaller_heap_or_a_running_node() -> None:
    usual, small = read_settings({}), read_settings({"ENGINE_HEAP": "512m"})
    assert [preflight.memory_needed(usual, NOTHING), preflight.memory_needed(small, NOTHING)] == [3.0, 2.5]
    assert preflight.memory_needed(usual, EVERYTHING) == 1.5
    assert preflight.memory_problem(3.0, None) is None


def test_no_start_of_the_programme_ends_in_a_stack_trace() -> None:
    command = [sys.executable, "-m", "deploy", "preflight"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PORT": "nonsense", "PATH": ""}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "error: PORT=nonsense is not a port: give a number from 1 to 65535.\n")
