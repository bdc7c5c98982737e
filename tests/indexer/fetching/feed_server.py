"""A small server of feeds that answers as it is told to, and remembers what it was asked."""

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FEED = b"ID,Title\nA-1,Welding safety\nA-2,Payroll basics\n"
OTHER_FEED = b"ID,Title\nB-1,Wine and cheese\n"


@dataclass(frozen=True)
class Answer:
    """One answer; `announced` is the length the headers claim, where it is not the body's."""

    status: int = 200
    body: bytes = FEED
    headers: Mapping[str, str] = field(default_factory=dict)
    announced: int | None = None

    def give(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(self.status)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(self.body) if self.announced is None else self.announced))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(self.body)


@dataclass(frozen=True)
class Raw:
    """An answer byte by byte: whatever `write` sends."""

    write: Callable[[BaseHTTPRequestHandler], object]

    def give(self, handler: BaseHTTPRequestHandler) -> None:
        self.write(handler)


@dataclass(frozen=True)
class Asked:
    path: str
    headers: Message
    method: str = "GET"


class FeedServer:
    """`answers`: per path those given one after another, the last one for ever."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, list[Answer | Raw]] = {}
        self.asked: list[Asked] = []
        self.under_way = self.most_under_way = 0
        self._lock = threading.Lock()
        server = self
        self.scheme = "https" if tls else "http"

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server._answer(self)

            do_HEAD = do_GET  # noqa: N815 - the library's own name

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: Any) -> None:
                """A client that leaves early is what many tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def port(self) -> int:
        return self._server.server_port

    def url(self, path: str = "/feed.csv", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def gives(self, path: str, *answers: Answer | Raw) -> None:
        self.answers[path] = list(answers)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.asked.append(Asked(handler.path, handler.headers, handler.command))
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
            planned = self.answers.get(handler.path.partition("?")[0], [Answer(404, b"nothing here")])
            answer = planned.pop(0) if len(planned) > 1 else planned[0]
        try:
            answer.give(handler)
        finally:
            with self._lock:
                self.under_way -= 1

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[FeedServer]:
    server = FeedServer(tls)
    try:
        yield server
    finally:
        server.close()
