"""A relay between the reader and OpenSearch that fails on demand: refuses, hangs, cuts answers short, or lies."""

import select
import socket
import socketserver
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

PORTION = 65_536
POLL = 0.02  # seconds


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False

    def __init__(self, port: int, proxy: "FaultProxy") -> None:
        self.proxy = proxy
        super().__init__(("127.0.0.1", port), _Relay)


class _Relay(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        proxy = self.server.proxy
        with socket.create_connection(proxy.upstream) as engine:
            while not proxy.is_closing:
                ready, _, _ = select.select([self.request, engine], [], [], POLL)
                if not all(self._passed(source, engine) for source in ready):
                    return

    def _passed(self, source: socket.socket, engine: socket.socket) -> bool:
        """Whether the connection goes on."""
        portion = source.recv(PORTION)
        if not portion:
            return False
        if source is engine:
            return self.server.proxy.to_reader(self.request, portion)
        return self.server.proxy.to_engine(self.request, engine, portion)


class FaultProxy:
    """Relays every byte until told otherwise; `restore` makes it whole again, at the same address."""

    def __init__(self, engine_url: str) -> None:
        parts = urlsplit(engine_url)
        self.upstream = (parts.hostname or "127.0.0.1", parts.port or 9200)
        self.is_closing = False
        self._mode: str | Callable[[], bytes] = "pass"
        self._kept = 0
        self._server: _Server | None = None
        self._port = 0
        self.restore()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def restore(self) -> None:
        self._mode = "pass"
        if self._server is None:
            self.is_closing = False
            self._server = _Server(self._port, self)
            self._port = self._server.server_address[1]
            threading.Thread(target=self._server.serve_forever, args=(POLL,), daemon=True).start()

    def refuse(self) -> None:
        """Nothing listens any more; open connections are closed."""
        self.is_closing = True
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def hang(self) -> None:
        """Connections are accepted, and nothing is ever answered."""
        self._mode = "hang"

    def cut(self, after: int) -> None:
        """Each answer ends after so many bytes."""
        self._mode, self._kept = "cut", after

    def say(self, status: str, body: str, kind: str = "application/json") -> None:
        """Answers everything itself."""
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self._mode = (head + body).encode

    def to_engine(self, reader: socket.socket, engine: socket.socket, portion: bytes) -> bool:
        if callable(self._mode):
            reader.sendall(self._mode())
            return False
        if self._mode != "hang":
            engine.sendall(portion)
        return True

    def to_reader(self, reader: socket.socket, portion: bytes) -> bool:
        if self._mode == "hang":
            return True
        reader.sendall(portion if self._mode == "pass" else portion[: self._kept])
        return self._mode == "pass"
