import os
import re
import shutil
import subprocess

import pytest

from deploy.commands import COMMANDS, ERRANDS
from deploy.settings import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)
PROMISED = [
    "run", "stop", "test", "index", "index-dry-run", "rollback", "history", "prune", "snapshot", "restore",
    "report", "template", "map-init", "map-check",
    "occupations", "relevance", "relevance-compare", "trace", "usage", "engine-start", "engine-stop", "lint", "format",
    "clean", "help",
]  # fmt: skip

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    # A make above these tests would hand its own variables down.
    handed_down = ("MAKE", "MFLAGS", "ARGS", "FOLDER", "OUT", "PYTHON", "SOURCE", "FILE", "MAPPING")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(handed_down)}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_every_promised_target_is_there() -> None:
    assert sorted(TARGETS) == sorted(PROMISED)


@pytest.mark.parametrize("arguments", [(), ("help",)])
def test_help_is_the_default_and_lists_every_target_with_a_text(arguments: tuple[str, ...]) -> None:
    lines = make(*arguments).stdout.splitlines()
    assert [line.split()[1] for line in lines] == TARGETS
    assert all(len(line.split(maxsplit=2)[2]) > 10 for line in lines)


def test_every_target_is_phony() -> None:
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert sorted(phony.group(1).replace("\\\n", " ").split()) == sorted(TARGETS)


@pytest.mark.parametrize("target", [target for target in PROMISED if target != "help"])
def test_a_target_is_one_command_there_is(target: str) -> None:
    (line,) = make("-n", target).stdout.splitlines()
    assert line.split()[:4] == ["python3", "-m", "deploy", target]
    assert target in {**COMMANDS, **ERRANDS}


def test_what_is_given_to_make_reaches_the_command() -> None:
    assert make("-n", "test", "ARGS=-k 'one or two'").stdout.strip() == "python3 -m deploy test -k 'one or two'"
    assert make("-n", "relevance", "FOLDER=a b").stdout.strip() == "python3 -m deploy relevance a b"
    compared = make("-n", "relevance-compare", "A=a.json", "B=b.json").stdout.split()
    assert compared[3:] == ["relevance-compare", "a.json", "b.json"]
    # Read by the shell as a value, so that nothing in a query is run.
    assert make("-n", "trace", "q=$(touch x)", "lang=fr").stdout.strip() == 'python3 -m deploy trace "$q" $lang'
    assert make("-n", "occupations", "SOURCE=a b", "ARGS=--until 2027-12-31").stdout.strip() == (
        "python3 -m deploy occupations a b --until 2027-12-31"
    )
    assert make("-n", "index", "ONLY=maple", "FORCE=maple,pine").stdout.split() == [
        "python3", "-m", "deploy", "index", "--only", '"maple"', "--force-source", '"maple,pine"',
    ]  # fmt: skip
    assert make("-n", "usage", "ARGS=--days 30").stdout.strip() == "python3 -m deploy usage --days 30"
    assert make("-n", "map-init", "FILE=a.json", "ARGS=--join b.json").stdout.strip() == (
        "python3 -m deploy map-init a.json --join b.json"
    )
    checked = make("-n", "map-check", "FILE=a.json", "MAPPING=a.yml").stdout.split()
    assert checked[3:] == ["map-check", "a.json", "a.yml"]
    assert make("-n", "template", "OUT=here").stdout.strip() == "python3 -m deploy template --out here"


def test_settings_given_to_make_are_read() -> None:
    done = make("run", "PORT=nonsense")
    assert "error: PORT=nonsense is not a port" in done.stderr


def test_without_python_make_says_so() -> None:
    done = make("run", "PYTHON=no-such-python")
    assert "Python 3.11 or newer is needed" in done.stderr


def test_the_integration_run_checks_and_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert "set -eu" in lines
    assert lines[-2:] == ["make lint", "COVERAGE=yes make test"]
