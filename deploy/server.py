"""The web server of one state folder: started, waited for, recognised, ended."""

import json
import time
from pathlib import Path

from deploy.environment import python_of
from deploy.failure import DeployError
from deploy.logfile import last_meaningful_line
from deploy.process import command_line, end, marked, owned_pid, start_detached
from deploy.settings import Settings, server_environment
from deploy.web import get

APPLICATION = "search_api.app:create_app()"
# Importing the model's libraries takes 10 s from a warm disk and a minute from a cold one.
SECONDS_TO_START = 180.0
# More than gunicorn's graceful_timeout.
SECONDS_TO_STOP = 15.0
SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_TO_ANSWER = 5.0
LARGEST_LOG = 50 * 1024 * 1024


def pid_file(settings: Settings) -> Path:
    return settings.state / "server.pid"


def server_mark(settings: Settings) -> str:
    """Stands in the command line of this state folder's server and of no other process."""
    return f"--name {settings.server_name} "


def log_file(settings: Settings) -> Path:
    return settings.state / "logs" / "server.log"


def server_pid(settings: Settings) -> int | None:
    return owned_pid(pid_file(settings), server_mark(settings))


def start_server(settings: Settings, engine_url: str) -> int:
    """Starts gunicorn and returns its process id at once."""
    # Not the bin/gunicorn script: its first line cannot hold a folder with spaces.
    command = [str(python_of(settings)), "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
    command += ["--name", settings.server_name, APPLICATION]
    pid = start_detached(command, log_file(settings), server_environment(settings, engine_url), settings.root)
    pid_file(settings).write_text(f"{pid}\n", encoding="ascii")
    return pid


def is_alive(settings: Settings, pid: int) -> bool:
    return server_mark(settings) in command_line(pid)


def _detail(body: bytes) -> str:
    """What /readyz gives as reason: the parts that are not up, and its words about the index."""
    try:
        parts = dict(json.loads(body))
    except (ValueError, TypeError):
        return "no reason given"
    missing = [f"{name} {state}" for name, state in parts.items() if state in ("down", "unknown")]
    return ", ".join([*missing, *(str(parts[name]) for name in ("index", "detail") if parts.get(name))])[:300]


def wait_until_ready(settings: Settings, pid: int, seconds: float = SECONDS_TO_START, patience: float = 60.0) -> None:
    """Waits so long for a first answer, and from then on so patiently for a good one.

    Raises DeployError when the server ends or does not get ready.
    """
    deadline, answered = time.monotonic() + seconds, False
    while True:
        status, body = get(f"{settings.url}/readyz", seconds=SECONDS_TO_ANSWER)
        if not is_alive(settings, pid):
            log = log_file(settings)
            raise DeployError(f"The server ended while starting: {last_meaningful_line([log])} (log: {log})")
        if status == 200:
            return
        if status and not answered:
            deadline, answered = min(deadline, time.monotonic() + patience), True
        if time.monotonic() > deadline:
            says = f"is up but not ready: {_detail(body)}" if status else f"does not answer after {seconds:.0f} s"
            raise DeployError(f"The server {says} (log: {log_file(settings)})")
        time.sleep(SECONDS_BETWEEN_LOOKS)


def stop_server(settings: Settings) -> bool:
    """Ends this state folder's server, the master before any worker it leaves; whether there was one."""
    master, mark = server_pid(settings), server_mark(settings)
    found = [] if master is None else [master]
    found += [pid for pid in marked(mark) if pid != master]
    for pid in found:
        end(pid, mark, SECONDS_TO_STOP)
    pid_file(settings).unlink(missing_ok=True)
    return bool(found)


def trim_log(settings: Settings, largest: int = LARGEST_LOG) -> None:
    """Keeps one earlier log beside a log grown too large."""
    log = log_file(settings)
    if log.exists() and log.stat().st_size > largest:
        log.with_suffix(".log.1").write_bytes(log.read_bytes())
        with log.open("r+b") as file:
            file.truncate()
