"""The programme that asks golden queries says in one sentence why it cannot. What it answers: tests/relevance."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.relevance.golden import FILE


@pytest.mark.parametrize(
    ("file", "told", "words"),
    [
        (Path("gone.yml"), {}, "the golden queries gone.yml are not there: gone.yml"),
        (
            FILE,
            {"EMBEDDING_MODEL": "./no/such/encoder"},
            "the embedding model ./no/such/encoder cannot be loaded",
        ),
        (FILE, {"LINK_KEY": "short"}, "LINK_KEY: Value error, give at least 16 characters, or none"),
    ],
)
def test_what_cannot_be_asked_is_said_last_and_nothing_is_answered(
    file: Path, told: dict[str, str], words: str
) -> None:
    command = [sys.executable, "-m", "search_api.golden", str(file), "--index", "of-no-index", "vectors.npz"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == f"error: {words}"
