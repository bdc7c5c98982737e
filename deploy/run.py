"""`make run`: everything from nothing to a served page, then waiting, then ending what was started and nothing else."""

import os
import time
from pathlib import Path

from deploy.claim import Holder, claimed, holder, wait_until_released
from deploy.engine_home import engine_home
from deploy.failure import DeployError, Interrupted
from deploy.node import node_pid, running_url, stop_node
from deploy.process import command_line, foreground
from deploy.progress import complain, say, step
from deploy.readiness import Ready, check, ready
from deploy.server import (
    is_alive,
    log_file,
    server_pid,
    start_server,
    stop_server,
    trim_log,
    wait_until_ready,
)
from deploy.settings import Settings, service_environment
from deploy.signals import uninterrupted
from deploy.web import get

SECONDS_BETWEEN_LOOKS = 0.5
# How the indexer ends when a catalogue is served that is as new as its feeds allow.
LOADED = (0, 1)
# Its server and its node are given their own patience within this.
SECONDS_TO_STOP = 75.0
# For a server that answers to get ready: a new index is seen within this, an earlier one at once.
PATIENCE, PATIENCE_WITHOUT_LOAD = 60.0, 5.0


def claim_file(settings: Settings) -> Path:
    return settings.state / "run.lock"


def engine_mark(settings: Settings) -> Path:
    """There while a node runs that `make run` started: the one it, or `make stop` after a crash, ends."""
    return settings.state / "run-started-the-engine"


def announcement(settings: Settings) -> str:
    url = settings.url
    return f"""
Micro-credentials are served at {url}

  a search in English   {url}/?q=dental+assistant&lang=en
  a search in French    {url}/?q=gestion+de+projet&lang=fr
  the API               curl "{url}/v1/credentials?q=AutoCAD"

Log: {log_file(settings)}
Ctrl-C here, or `make stop` from another terminal, ends it.
"""


def loaded_mark(settings: Settings) -> Path:
    """There once a catalogue was loaded: from then on the server may start while the engine does."""
    return settings.state / "catalogue-was-loaded"


def prepare(settings: Settings) -> Ready:
    """The engine is marked as ours before it starts, so that a crash in between leaves no node without a keeper.

    Both the engine and the model's libraries take their ten seconds, so a server that has something to serve does not
    wait for the engine.
    """
    mark = engine_mark(settings)
    marked_now = not settings.engine_url and not mark.exists() and running_url(settings) is None
    if marked_now:
        mark.touch()

    def start_early(engine_url: str) -> None:
        if loaded_mark(settings).exists():
            stop_server(settings)
            start_server(settings, engine_url)

    prepared = ready(settings, meanwhile=start_early)
    if marked_now and not prepared.engine_started:
        mark.unlink()  # it was only slow to answer, and is somebody else's to end
    return prepared


def load_catalogue(settings: Settings, prepared: Ready) -> bool:
    """Has the indexer load what is new, if anything; whether it went well, perhaps with a stale source."""
    command = [str(prepared.python), "-m", "indexer", "index", "--if-needed"]
    return foreground(command, service_environment(settings, prepared.engine_url), settings.root) in LOADED


def serve(settings: Settings, engine_url: str, patience: float) -> int:
    pid = server_pid(settings) or start_server(settings, engine_url)
    with step("Server: starting"):
        wait_until_ready(settings, pid, patience=patience)
    return pid


def watch(settings: Settings, pid: int) -> None:
    """Returns never; raises DeployError when the server, or the node it started, ends by itself."""
    home = engine_home(settings)
    while is_alive(settings, pid):
        if engine_mark(settings).exists() and node_pid(home) is None:
            raise DeployError(f"OpenSearch ended, so the service ends too (log: {home.log})")
        trim_log(settings)
        time.sleep(SECONDS_BETWEEN_LOOKS)
    raise DeployError(f"The server ended by itself; its log says how far it came: {log_file(settings)}")


def clean_up(settings: Settings) -> bool:
    """Ends the server, and the node when `make run` started it; whether there was either."""
    with uninterrupted():
        found = stop_server(settings)
        if found:
            say("  Server: stopped")
        if engine_mark(settings).exists():
            found = stop_node(settings) or found
            engine_mark(settings).unlink(missing_ok=True)
        return found


def _run(settings: Settings) -> int:
    stop_server(settings)  # one that outlived a run that was killed
    check(settings, serves=True)
    try:
        prepared = prepare(settings)
        loaded = load_catalogue(settings, prepared)
        if loaded:
            loaded_mark(settings).touch()
        else:
            complain("The catalogue was not loaded, for the reason above; trying to serve what an earlier load left.")
        pid = serve(settings, prepared.engine_url, PATIENCE if loaded else PATIENCE_WITHOUT_LOAD)
        say(announcement(settings))
        try:
            watch(settings, pid)
        except Interrupted:
            say("")
    finally:
        clean_up(settings)
    return 0


def run(settings: Settings) -> int:
    """Serves until asked to stop. Raises DeployError, and Interrupted when asked before it serves."""
    with claimed(claim_file(settings), Holder(os.getpid(), settings.url)) as other:
        if other is None:
            return _run(settings)
    state = "running" if get(f"{other.url}/readyz")[0] == 200 else "starting"
    say(f"Already {state} at {other.url} (process {other.pid}); `make stop` ends it.")
    return 0


def stop(settings: Settings) -> bool:
    """Ends the `make run` of this state folder, or what one that was killed left; whether there was anything."""
    running = holder(claim_file(settings))
    if running is not None and "deploy" in command_line(running.pid):
        with step("make run: stopping"):
            os.kill(running.pid, 15)
            if not wait_until_released(claim_file(settings), SECONDS_TO_STOP):
                raise DeployError(f"`make run` (process {running.pid}) did not end in {SECONDS_TO_STOP:.0f} s.")
        return True
    return clean_up(settings)
