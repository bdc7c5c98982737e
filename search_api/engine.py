"""The one place of this room that talks to OpenSearch. Reads only."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as EngineConnectionError
from opensearchpy.exceptions import NotFoundError, SerializationError, TransportError
from opensearchpy.serializer import JSONSerializer

from mappings.index_meta import IndexMeta
from search_api.settings import ReaderSettings

Body = dict[str, Any]
# The alias is resolved this often: a swap is seen within this time, and one answer never mixes two indices.
SECONDS_BETWEEN_RESOLUTIONS = 2.0
CONNECTIONS = 16
TIMEOUT_STEP = 0.5
# Answers of an engine that is there but cannot serve now; any other refusal is a fault of the query that was sent.
# An engine that lets us in no more (401, 403) cannot serve either: its operator has to look at the password.
CANNOT_SERVE = frozenset({401, 403, 429, 500, 502, 503, 504})
BAD_REQUEST = 400


class EngineUnavailableError(RuntimeError):
    """OpenSearch did not answer in time, or answered with a failure."""


class RefusedQueryError(RuntimeError):
    """OpenSearch refused a query of ours as wrong: a fault of this service, never an outage."""


class NoIndexError(RuntimeError):
    """Nothing has been loaded under the alias, or the load is not complete."""


class IndexGoneError(RuntimeError):
    """The index that was resolved has been pruned since; resolving again helps."""


@dataclass(frozen=True)
class ServedIndex:
    """The concrete index behind the alias and what it says about itself."""

    name: str
    meta: IndexMeta


class Deadline:
    """The time one request may still spend on the engine, over all its calls."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, never zero: a call that starts late fails by itself."""
        return max(self._end - time.monotonic(), 0.05)


class EngineJson(JSONSerializer):
    """What the engine is asked and answers. Raises SerializationError for what is no JSON."""

    def loads(self, s: str) -> Any:
        try:
            return orjson.loads(s)
        except orjson.JSONDecodeError as error:
            raise SerializationError(s, error) from error

    def dumps(self, data: Any) -> Any:
        if isinstance(data, (str, bytes)):
            return data
        try:
            return orjson.dumps(data, default=self.default).decode()
        except orjson.JSONEncodeError as error:
            raise SerializationError(data, error) from error


def _client(settings: ReaderSettings) -> OpenSearch:
    given: dict[str, Any] = {"pool_maxsize": CONNECTIONS, "timeout": settings.engine_seconds, "max_retries": 0}
    given["serializer"] = EngineJson()
    if settings.opensearch_user:
        given["http_auth"] = (settings.opensearch_user, settings.opensearch_password)
    if settings.opensearch_ca:
        given["ca_certs"] = str(settings.opensearch_ca)
    return OpenSearch(settings.opensearch_url, **given)


def _written(seconds: float) -> str:
    """A time limit as the engine is told it, rounded up: it keeps the counts of requests that are the same to the byte.

    The client's own limit is exact.
    """
    return f"{math.ceil(seconds / TIMEOUT_STEP) * TIMEOUT_STEP * 1000:.0f}ms"


def _failure(item: Body) -> RuntimeError:
    kind = item.get("error", {}).get("type", "shards failed or timed out")
    if item.get("status") == BAD_REQUEST:
        return RefusedQueryError(kind)
    return IndexGoneError(kind) if kind == "index_not_found_exception" else EngineUnavailableError(kind)


def _failed_item(items: Sequence[Body]) -> Body | None:
    """The first part of a multi-search that failed or lost shards: HTTP says 200 all the same."""
    return next((item for item in items if "error" in item or item.get("timed_out") or _lost_shards(item)), None)


def _lost_shards(item: Body) -> bool:
    return bool(item.get("_shards", {}).get("failed"))


class Engine:
    """OpenSearch under one alias. Safe to share between threads; connections open on first use, so it may be forked."""

    def __init__(self, settings: ReaderSettings) -> None:
        self._alias = settings.index_prefix
        self._seconds = settings.engine_seconds
        self._client = _client(settings)
        self._lock = threading.Lock()
        self._served: ServedIndex | None = None
        self._resolved = 0.0

    def deadline(self) -> Deadline:
        return Deadline(self._seconds)

    def served(self, deadline: Deadline | None = None) -> ServedIndex:
        """The index behind the alias, looked up again every few seconds.

        Raises NoIndexError, EngineUnavailableError.
        """
        with self._lock:
            fresh = time.monotonic() - self._resolved < SECONDS_BETWEEN_RESOLUTIONS
            if self._served is not None and fresh:
                return self._served
        found = self._resolve((deadline or self.deadline()).left())
        with self._lock:
            self._served, self._resolved = found, time.monotonic()
        return found

    def forget(self) -> None:
        """The next call resolves the alias again."""
        with self._lock:
            self._served = None

    def named(self, name: str) -> ServedIndex:
        """An index by its own name, whether or not it is finished: for measuring one before it is served.

        Raises NoIndexError, EngineUnavailableError.
        """
        return self._described(name, self.deadline().left())

    def multi_search(self, index: str, bodies: Sequence[Body], deadline: Deadline) -> list[Body]:
        """One response per body, in one round trip.

        Raises EngineUnavailableError, IndexGoneError, RefusedQueryError.
        """
        lines: list[Body] = []
        for body in bodies:
            lines += [{"index": index}, {**body, "timeout": _written(deadline.left())}]
        answer = self._call(self._client.msearch, body=lines, timeout=deadline.left())
        items: list[Body] = answer.get("responses", [])
        if len(items) != len(bodies):
            raise EngineUnavailableError("not an answer of OpenSearch")
        failed = _failed_item(items)
        if failed is not None:
            raise _failure(failed)
        return items

    def _resolve(self, seconds: float) -> ServedIndex:
        found = self._described(self._alias, seconds)
        if not found.meta.complete:
            raise NoIndexError(f"{found.name} is not complete")
        return found

    def _described(self, name_or_alias: str, seconds: float) -> ServedIndex:
        try:
            answer = self._call(self._client.indices.get_mapping, index=name_or_alias, timeout=seconds)
        except IndexGoneError as error:
            raise NoIndexError(f"no index is served under {name_or_alias}") from error
        name = max(answer, default="")
        try:
            mapping = answer[name]["mappings"]
        except (KeyError, TypeError) as error:
            raise EngineUnavailableError("not an answer of OpenSearch") from error
        return ServedIndex(name, _read_meta(name, mapping.get("_meta")))

    def _call(self, call: Callable[..., Any], timeout: float, **arguments: Any) -> Body:
        try:
            answer = call(**arguments, params={"request_timeout": timeout})
        except NotFoundError as error:
            raise IndexGoneError(str(error.error)) from error
        except (EngineConnectionError, SerializationError) as error:
            raise EngineUnavailableError(type(error).__name__) from error
        except TransportError as error:
            if error.status_code in CANNOT_SERVE:
                raise EngineUnavailableError(f"status {error.status_code}") from error
            raise
        if not isinstance(answer, dict):
            raise EngineUnavailableError("not an answer of OpenSearch")
        return answer


def _read_meta(name: str, meta: Body | None) -> IndexMeta:
    try:
        return IndexMeta.model_validate(meta)
    except ValueError as error:
        raise NoIndexError(f"{name} was not written by this service's indexer") from error
