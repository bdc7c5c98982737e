"""Every reader takes any file: what was found to harm one before is tried first, then files harmed anew.

`python -m tests.indexer.fuzz --reader csv --seconds 60` looks further and keeps what it finds.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.indexer.fuzz.targets import CASES, TARGETS, Target

EXAMPLES, OF_WORKBOOKS = 25, 4  # a workbook is opened by a process of its own
KEPT = [(target, case) for target in TARGETS.values() for case in target.cases]


@pytest.mark.parametrize(("target", "case"), KEPT, ids=[f"{target.name}/{case.name}" for target, case in KEPT])
def test_a_file_that_did_harm_once_does_none(target: Target, case: Path, tmp_path: Path) -> None:
    target.check(case.read_bytes(), tmp_path)


def test_every_kept_case_has_a_reader() -> None:
    assert {folder.name for folder in CASES.iterdir() if folder.is_dir()} <= TARGETS.keys()


@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
def test_any_file_is_read_or_refused_with_its_reason(target: Target, tmp_path: Path) -> None:
    @settings(
        max_examples=OF_WORKBOOKS if target.form.is_workbook else EXAMPLES, derandomize=True, database=None,
        deadline=None, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(target.files)
    def holds(content: bytes) -> None:
        target.check(content, tmp_path)

    holds()
