"""Nothing that a fetch worked with outlives it, not even when it was killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from indexer.fetching.workplaces import workplace
from tests.conftest import ROOT
from tests.indexer.fetching.conftest import Desk
from tests.indexer.fetching.feed_server import FEED, Answer, FeedServer

WORKER = """
import pathlib, sys
from indexer.fetching.workplaces import workplace
with workplace(pathlib.Path(sys.argv[1])) as place:
    (place / "body").write_bytes(b"half a feed")
    print(place, flush=True)
    sys.stdin.read()
"""


def worker(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process at work in the folder, and the place it works in."""
    command = [sys.executable, "-c", WORKER, str(folder)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def ended(process: subprocess.Popen[str], how: int) -> None:
    with process:
        process.send_signal(how)


def test_a_place_is_gone_when_the_work_is_done(tmp_path: Path) -> None:
    with workplace(tmp_path / "new") as place:
        (place / "body").write_bytes(FEED)
    assert list((tmp_path / "new").iterdir()) == []


def test_what_a_killed_fetch_left_is_gone_after_the_next(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer())
    folder = desk.source(server.url()).file.parent
    process, place = worker(folder)
    ended(process, signal.SIGKILL)
    assert (place / "body").exists()
    assert desk.fetched(server.url()) == FEED
    assert not place.exists()


def test_what_a_living_fetch_works_in_stays(server: FeedServer, desk: Desk) -> None:
    server.gives("/feed.csv", Answer())
    process, place = worker(desk.source(server.url()).file.parent)
    assert desk.fetched(server.url()) == FEED
    assert (place / "body").exists()
    ended(process, signal.SIGKILL)


def test_a_link_is_no_place_left_behind(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "feed.csv").write_bytes(FEED)
    folder = tmp_path / "maple"
    folder.mkdir()
    (folder / ".link").symlink_to(kept)
    with workplace(folder):
        pass
    assert (kept / "feed.csv").read_bytes() == FEED
