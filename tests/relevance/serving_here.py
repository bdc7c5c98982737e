"""A server in the process that tests: over HTTP as any other, with the model that is loaded here already."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from werkzeug.serving import make_server

from search_api.app import create_app
from tests.conftest import reader_settings
from tests.relevance.service import Place


@contextmanager
def served_here(place: Place, prefix: str) -> Iterator[str]:
    """The address of a server over the prefix; ended afterwards."""
    settings = reader_settings(place.engine_url, place.model, prefix, experiments=True)
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
