"""The encoder's folder is whole or it is not there."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mappings import encoder_folder as module
from mappings.__main__ import main
from mappings.embedding import IDENTITY_FILE
from mappings.encoder_folder import TENSORS, WEIGHTS_SHA256, EncoderFolderError, build_encoder_folder, is_whole
from tests.conftest import ROOT

# Stands in for the half minute of writing 470 MB: half the folder, then the fault named on the command line.
KILLED = """
import os, signal, sys
from pathlib import Path
from mappings import encoder_folder

def write_half(_weights, folder):
    folder.mkdir(parents=True)
    (folder / encoder_folder.TENSORS).write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)

encoder_folder.weights_path = lambda: Path("weights")
encoder_folder.read_weights = lambda path: None
encoder_folder._write = write_half
encoder_folder.build_encoder_folder(Path(sys.argv[1]), say=print)
"""


def a_folder(folder: Path, tensors: bytes = b"tensors") -> Path:
    """A small folder that says of itself what a built one says."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TENSORS).write_bytes(tensors)
    identity = {"name": "small", "weights": WEIGHTS_SHA256, "tensors": hashlib.sha256(tensors).hexdigest()}
    (folder / IDENTITY_FILE).write_text(json.dumps(identity))
    return folder


@pytest.fixture
def small_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds write a few bytes in place of the model."""

    def write(_weights: Any, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / TENSORS).write_bytes(b"built")

    monkeypatch.setattr(module, "weights_path", lambda: Path("weights"))
    monkeypatch.setattr(module, "read_weights", lambda _path: None)
    monkeypatch.setattr(module, "_write", write)


def killed_build(folder: Path) -> int:
    command = [sys.executable, "-c", KILLED, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False).returncode


def test_the_folder_of_this_checkout_is_whole(encoder_folder: Path) -> None:
    assert is_whole(encoder_folder)


def test_a_complete_folder_is_whole(tmp_path: Path) -> None:
    assert is_whole(a_folder(tmp_path / "encoder"))


def test_a_folder_that_is_not_there_is_not_whole(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "encoder")


@pytest.mark.parametrize("missing", [TENSORS, IDENTITY_FILE])
def test_a_folder_without_one_of_its_parts_is_not_whole(tmp_path: Path, missing: str) -> None:
    folder = a_folder(tmp_path / "encoder")
    (folder / missing).unlink()
    assert not is_whole(folder)


def test_a_truncated_tensor_file_is_not_whole(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "encoder")
    with (folder / TENSORS).open("r+b") as file:
        file.truncate(3)
    assert not is_whole(folder)


def test_a_folder_made_from_other_weights_is_not_whole(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "encoder")
    identity = json.loads((folder / IDENTITY_FILE).read_text())
    (folder / IDENTITY_FILE).write_text(json.dumps({**identity, "weights": "0" * 64}))
    assert not is_whole(folder)


def test_a_whole_folder_is_left_alone(tmp_path: Path, small_build: None) -> None:
    folder = a_folder(tmp_path / "encoder")
    said: list[str] = []
    build_encoder_folder(folder, said.append)
    assert (folder / TENSORS).read_bytes() == b"tensors"
    assert "in place" in said[0]


def test_a_damaged_folder_is_built_anew(tmp_path: Path, small_build: None) -> None:
    folder = a_folder(tmp_path / "encoder")
    (folder / TENSORS).write_bytes(b"damaged")
    (folder / "stray").write_text("left over")
    build_encoder_folder(folder, lambda _line: None)
    assert is_whole(folder)
    assert not (folder / "stray").exists()


def test_a_build_says_what_it_does_and_names_its_own_result(tmp_path: Path, small_build: None) -> None:
    said: list[str] = []
    build_encoder_folder(tmp_path / "state" / "encoder", said.append)
    identity = json.loads((tmp_path / "state" / "encoder" / IDENTITY_FILE).read_text())
    assert identity["tensors"].startswith(identity["checksum"])
    assert [line.partition(":")[0] for line in said] == ["encoder", "encoder"]


def test_a_killed_build_leaves_no_folder_and_the_next_build_is_whole(tmp_path: Path, small_build: None) -> None:
    folder = tmp_path / "encoder"
    assert killed_build(folder) < 0
    assert not folder.exists()
    build_encoder_folder(folder, lambda _line: None)
    assert is_whole(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]


def test_a_build_that_fails_half_way_leaves_no_folder(
    tmp_path: Path, small_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, _body: Any) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(module, "_write_json", fail)
    with pytest.raises(OSError, match="No space left"):
        build_encoder_folder(tmp_path / "encoder", lambda _line: None)
    assert not (tmp_path / "encoder").exists()


def test_other_weights_in_the_package_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EncoderFolderError, match="not the expected file"):
        module.weights_path()


def test_without_the_package_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "PACKAGE", "no_such_package")
    assert main(["encoder", "--out", str(tmp_path / "encoder")]) == 1
    assert "no_such_package is not installed" in capsys.readouterr().err


def test_the_command_builds_the_folder(tmp_path: Path, small_build: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["encoder", "--out", str(tmp_path / "encoder")]) == 0
    assert is_whole(tmp_path / "encoder")
    assert "built" in capsys.readouterr().out
