from pathlib import Path

from deploy.logfile import LONGEST, last_meaningful_line, tail

JAVA = """[INFO ] started
java.lang.IllegalStateException: failed to obtain node locks, tried [data]
\tat org.opensearch.env.NodeEnvironment.<init>(NodeEnvironment.java:328)
\t... 6 more
For complete error details, refer to the log
"""
PYTHON = """Traceback (most recent call last):
  File "app.py", line 3, in create_app
    raise RuntimeError("no model")
RuntimeError: no model
[INFO] Shutting down
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_line_that_tells_why_is_found_between_stack_frames(tmp_path: Path) -> None:
    java, python = write(tmp_path / "java", JAVA), write(tmp_path / "python", PYTHON)
    assert last_meaningful_line([java]).startswith("java.lang.IllegalStateException: failed to obtain node locks")
    assert last_meaningful_line([python]) == "RuntimeError: no model"


def test_a_log_that_tells_comes_before_one_that_only_ends(tmp_path: Path) -> None:
    quiet, telling = write(tmp_path / "quiet", "starting\nstill starting\n"), write(tmp_path / "telling", PYTHON)
    assert last_meaningful_line([quiet, telling]) == "RuntimeError: no model"
    assert last_meaningful_line([quiet]) == "still starting"


def test_no_log_is_said_to_be_empty(tmp_path: Path) -> None:
    assert last_meaningful_line([tmp_path / "none"]) == "the log is empty"


def test_a_huge_log_is_read_from_its_end_and_a_long_line_is_cut(tmp_path: Path) -> None:
    log = write(tmp_path / "log", "x" * 300_000 + "\nerror: " + "y" * 500)
    assert len("".join(tail(log))) <= 100_000
    assert len(last_meaningful_line([log])) == LONGEST
