"""The server's settings, read by gunicorn: two processes of four threads, the model loaded once before they fork."""

import gc
import os
import signal
import sys
from typing import Any

from deploy.settings import read_settings

# Of a fifth of a search's time, the collector's part, this leaves nothing to be seen.
OBJECTS_A_LOOK = 50_000
_settings = read_settings()
_host = f"[{_settings.host}]" if ":" in _settings.host else _settings.host

bind = f"{_host}:{_settings.port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
# The model's 470 MB are shared by the workers instead of loaded by each.
preload_app = True

timeout = 30
graceful_timeout = 10
# Longer than the usual minute of a load balancer, which must be the one to close.
keepalive = 65

# As much as gunicorn allows: a query of 5,000 characters is told what is wrong with it by the application.
limit_request_line = 8190

# Workers touch a file here to show that they live: in memory, because a slow disk would look like a dead worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn makes a private file

# The application logs each request itself, as JSON.
accesslog = None
errorlog = "-"
control_socket_disable = True


def when_ready(_server: object) -> None:
    """What was loaded is left alone by the collector: its walk over it halts a request and unshares the memory.

    What requests make it looks at less often than the usual every 700 objects: an answer of the engine has thousands,
    and all go at the request's end without it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_A_LOOK, 20, 20)


def post_fork(_server: object, _worker: object) -> None:
    """A worker asked to stop before it can hear ends, instead of being waited for until `graceful_timeout`.

    Until it has handlers of its own it has the master's, which would note the request where nobody looks.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _call(worker: Any, *names: str) -> None:
    """Has the application do what it keeps under these names among its extensions."""
    extensions = getattr(getattr(worker, "wsgi", None), "extensions", {})
    for name in names:
        if name in extensions:
            extensions[name]()


def post_worker_init(worker: Any) -> None:
    """Nobody is to wait for what the first of each kind of request would make; the application knows what that is.

    From now on what is counted is written now and then.
    """
    _call(worker, "warm", "keep_usage")


def worker_exit(_server: object, worker: object) -> None:
    """Ends a worker at once, what it counted last written down.

    Python's own tear-down would visit all the memory shared with the master, for seconds.
    """
    _call(worker, "write_usage")
    sys.stdout.flush()
    sys.stderr.flush()
    leaving = sys.exc_info()[1]
    # A worker that failed says so by its status, and gunicorn gives up instead of starting another.
    if isinstance(leaving, SystemExit) and leaving.code == 0:
        os._exit(0)
