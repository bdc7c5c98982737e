"""Addresses of this machine: what answers there, whether a port is free."""

import contextlib
import errno
import json
import socket
import urllib.error
import urllib.request
from typing import Any

# Never through a proxy the environment names: only addresses of this machine, or the operator's own cluster, are asked.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url: str, seconds: float = 2.0) -> tuple[int, bytes]:
    """Status and body; status 0 when nothing answered in time."""
    try:
        with _OPENER.open(url, timeout=seconds) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
    except (OSError, ValueError):
        return 0, b""


def get_json(url: str, seconds: float = 2.0) -> Any:
    """The JSON of a 200 answer, else None."""
    status, body = get(url, seconds)
    with contextlib.suppress(ValueError):
        return json.loads(body) if status == 200 else None
    return None


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there. Raises OSError where none ever could: a reserved port, a strange address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True


def free_ports(count: int) -> list[int]:
    """Different ports that were free a moment ago."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
