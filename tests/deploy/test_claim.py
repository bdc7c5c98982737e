import subprocess
import sys
import threading
from pathlib import Path

import pytest

from deploy import lock
from deploy.claim import Holder, claimed, holder, wait_until_released
from deploy.lock import held
from deploy.settings import ROOT

ME, YOU = Holder(11, "http://127.0.0.1:8000"), Holder(22, "http://127.0.0.1:8010")
HOLD = """
import sys, time
from pathlib import Path
from deploy.claim import Holder, claimed
with claimed(Path(sys.argv[1]), Holder(33, "http://there")):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_first_to_claim_has_it_and_the_second_learns_who(tmp_path: Path) -> None:
    claim = tmp_path / "state" / "claim"
    with claimed(claim, ME) as other:
        assert other is None
        with claimed(claim, YOU) as first:
            assert first == ME
        assert holder(claim) == ME
    assert holder(claim) is None


def test_a_claim_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    claim = tmp_path / "claim"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(claim)], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert holder(claim) == Holder(33, "http://there")
        assert not wait_until_released(claim, seconds=0.2)
        process.kill()
    assert wait_until_released(claim, seconds=60)


@pytest.mark.parametrize("content", ["", "nonsense", '{"pid": 1}', "[]"])
def test_a_claim_whose_text_is_broken_is_still_a_claim(tmp_path: Path, content: str) -> None:
    claim = tmp_path / "claim"
    with claimed(claim, ME):
        claim.write_text(content, encoding="ascii")
        with claimed(claim, YOU) as other:
            assert other == Holder(0, "an address not known yet")


def test_nobody_holds_what_was_never_claimed(tmp_path: Path) -> None:
    assert holder(tmp_path / "claim") is None


def test_the_second_waits_for_the_lock_and_says_for_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    waits = threading.Event()

    def say(text: str) -> None:
        order.append(text)
        waits.set()

    monkeypatch.setattr(lock, "say", say)

    def second() -> None:
        with held(tmp_path / "lock", "the first"):
            order.append("second")

    thread = threading.Thread(target=second)
    with held(tmp_path / "lock", "nobody"):
        thread.start()
        waits.wait(60)
        order.append("first")
    thread.join()
    assert order == ["  waiting for the first ...", "first", "second"]
