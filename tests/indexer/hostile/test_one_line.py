"""A line of many megabytes: it ends in a refusal or a report line, in memory that grows no faster than the file."""

import json
import subprocess
import sys

import pytest

from indexer.settings import ROOT

MEGABYTES = 8
# What Python and its libraries take before anything is read, and how often a text is held while it is cleaned.
BARE, TIMES = 220, 8


@pytest.mark.parametrize(
    ("form", "said"), [("ndjson", "too_long"), ("xcri-cap", "too_long"), ("page-script", "too_long")]
)
def test_a_line_of_many_megabytes_is_said_in_bounded_memory(form: str, said: str) -> None:
    command = [sys.executable, "-m", "tests.indexer.hostile.one_line", "--form", form, "--megabytes", str(MEGABYTES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    found = json.loads(done.stdout)
    assert (found["said"], found["listings"]) == ([said], 3)
    assert found["megabytes"] < BARE + TIMES * MEGABYTES
