"""A server in the process that tests: over HTTP as any other, with the model that is loaded here already."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Thread

from werkzeug.serving import make_server

from search_api.app import create_app
from search_api.web import SERVICE
from tests.conftest import reader_settings
from tests.kept_vectors import remember
from tests.relevance.collection import Collection
from tests.relevance.service import Place, Serves


def serving(collection: Collection) -> Serves:
    """A server that has met the collection's queries before."""
    return partial(_served_here, [query.text for queries in collection.sets for query in queries.queries])


@contextmanager
def _served_here(met: Sequence[str], place: Place, prefix: str) -> Iterator[str]:
    """The address of a server over the prefix; ended afterwards."""
    app = create_app(reader_settings(place.engine_url, place.model, prefix, experiments=True))
    remember(app.extensions[SERVICE].encoder, met)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
