"""Looks for files that a reader cannot take: `python -m tests.indexer.fuzz --reader csv --seconds 60`.

What is found is made as small as it gets and kept beside the tests, which try it ever after.
"""

import argparse
import hashlib
import tempfile
import time
import traceback
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.indexer.fuzz.targets import CASES, TARGETS, Target

ROUND = 100  # examples between two looks at the clock


def _round(target: Target, folder: Path) -> bytes | None:
    """Some examples; the smallest that does harm, if any."""
    tried: list[bytes] = []

    @settings(
        max_examples=ROUND, database=None, deadline=None, report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(target.files)
    def holds(content: bytes) -> None:
        tried[:] = [content]
        target.check(content, folder)

    try:
        holds()
    except Exception:  # noqa: BLE001 - any of them is what is looked for
        traceback.print_exc(limit=-6)
        return tried[0]
    return None


def _kept(target: Target, content: bytes) -> Path:
    path = CASES / target.name / hashlib.sha256(content).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def search(target: Target, seconds: float) -> int:
    """How many files did harm; each is kept. Stops at the first, which hides others until it is mended."""
    until, rounds = time.monotonic() + seconds, 0
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until:
            rounds += 1
            if (found := _round(target, Path(folder))) is not None:
                print(f"{target.name}: kept {_kept(target, found).name} after {rounds * ROUND} examples at most")
                return 1
    print(f"{target.name}: nothing in {rounds * ROUND} examples")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=sorted(TARGETS), action="append", help="by default each in turn")
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    return sum(search(TARGETS[name], asked.seconds) for name in asked.reader or TARGETS)


if __name__ == "__main__":
    raise SystemExit(main())
