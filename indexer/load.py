"""The engine as the writer uses it; the only module here that knows OpenSearch's client."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from opensearchpy import ConflictError, NotFoundError, OpenSearch, OpenSearchException, RequestError, TransportError
from opensearchpy import ConnectionError as EngineConnectionError
from opensearchpy.helpers import scan, streaming_bulk
from pydantic import ValidationError

from indexer.engine_json import EngineJson
from indexer.failures import IndexerError
from indexer.settings import Settings
from indexer.snapshot import Snapshot, snapshot_of
from mappings.index_body import MADE
from mappings.index_meta import IndexMeta, index_pattern, index_time

BULK = 500  # documents a request: some 5 MB with vectors
BULK_BYTES = 16 << 20  # of long texts fewer, for the engine takes no request of more than a tenth of its heap
RETRIES = 5
CONFLICTS = 5  # times a script is tried again on what another writer just changed
TIMEOUT = 60  # seconds
MERGE_TIMEOUT = 3600  # merging 100,000 listings took 28 s; a million on slow disks may take long
ONLY_ONE = "1"  # the id of the one document of an index that holds no listings
NAME_TAKEN = "resource_already_exists_exception"

Document = dict[str, Any]
# Whether a script changed its document, left it, or met another writer, or none to change.
Update = Literal["done", "left"]


@dataclass(frozen=True)
class Stored:
    """An index of the prefix: its name, the time in it, and what it says about itself (None when unreadable)."""

    name: str
    time: str
    meta: IndexMeta | None

    @property
    def is_complete(self) -> bool:
        return self.meta is not None and self.meta.complete


@contextmanager
def _words(url: str) -> Iterator[None]:
    """Turns the client's errors into sentences."""
    try:
        yield
    except EngineConnectionError as error:
        raise IndexerError(f"OpenSearch does not answer at {url}; start it, or set OPENSEARCH_URL") from error
    except TransportError as error:
        raise IndexerError(f"OpenSearch at {url} refused: {error.status_code} {error.error}") from error
    except (OpenSearchException, OSError, ValueError) as error:  # ValueError: an address or certificate that is none
        raise IndexerError(f"OpenSearch at {url} cannot be used: {error}") from error


def _shown(url: str) -> str:
    """The address without user and password."""
    return url.replace(f"{urlsplit(url).netloc.rpartition('@')[0]}@", "", 1) if "@" in url else url


def _meta(body: Any) -> IndexMeta | None:
    try:
        return IndexMeta.model_validate(body)
    except ValidationError:
        return None


def _client(settings: Settings) -> OpenSearch:
    given: dict[str, Any] = {"timeout": TIMEOUT, "max_retries": 2, "retry_on_timeout": True, "serializer": EngineJson()}
    if settings.opensearch_user:
        given["http_auth"] = (settings.opensearch_user, settings.opensearch_password.get_secret_value())
    if settings.opensearch_ca:
        given["ca_certs"] = str(settings.opensearch_ca)
    return OpenSearch(settings.opensearch_url, **given)


class Engine:
    """One prefix in one OpenSearch. Every method raises IndexerError when the engine is away or refuses."""

    def __init__(self, settings: Settings) -> None:
        self.prefix = settings.index_prefix
        self._url = _shown(settings.opensearch_url)
        with _words(self._url):
            self._client = _client(settings)

    def close(self) -> None:
        self._client.close()

    def check(self) -> None:
        """Raises IndexerError unless the engine answers and the prefix is free to be an alias."""
        with _words(self._url):
            self._client.info()
            if self.prefix in self._client.indices.get(index=self.prefix, params={"ignore_unavailable": "true"}):
                raise IndexerError(f"an index is named {self.prefix}, where the alias should be; remove or rename it")

    def served(self) -> Stored | None:
        """The index behind the alias; the newest where there are several."""
        names = self._aliased()
        return max((one for one in self.stored() if one.name in names), key=lambda one: one.time, default=None)

    def _aliased(self) -> list[str]:
        with _words(self._url):
            try:
                return list(self._client.indices.get_alias(name=self.prefix))
            except NotFoundError:
                return []

    def stored(self) -> list[Stored]:
        """Every index of the prefix and of no other, the oldest first."""
        with _words(self._url):
            found = self._client.indices.get_mapping(index=index_pattern(self.prefix))
        named = ((name, index_time(name, self.prefix), body) for name, body in found.items())
        listed = [Stored(name, time, _meta(body["mappings"].get("_meta"))) for name, time, body in named if time]
        return sorted(listed, key=lambda one: (one.time, one.name))

    def create(self, name: str, body: Document) -> bool:
        """False when the name is taken."""
        with _words(self._url):
            try:
                self._client.indices.create(index=name, body=body)
            except RequestError as error:
                if error.error != NAME_TAKEN:
                    raise
                return False
        return True

    def load(self, name: str, documents: Iterable[Document], advance: Callable[[int], None]) -> list[str]:
        """Sends every document; gives a sentence for each that was refused."""
        actions = ({"_op_type": "create", "_index": name, "_id": body["id"], "_source": body} for body in documents)
        refused: list[str] = []
        with _words(self._url):
            for accepted, item in streaming_bulk(
                self._client, actions, BULK, BULK_BYTES, max_retries=RETRIES, raise_on_error=False
            ):  # fmt: skip
                advance(1)
                if not accepted:
                    refused.append(_refusal(item))
        return refused

    def settle(self, name: str) -> None:
        """Makes everything sent searchable, in one segment a shard."""
        with _words(self._url):
            self._client.indices.refresh(index=name)
            self._client.indices.forcemerge(index=name, params={"max_num_segments": "1"}, request_timeout=MERGE_TIMEOUT)
            self._client.indices.refresh(index=name)

    def count(self, name: str) -> int:
        with _words(self._url):
            return int(self._client.count(index=name)["count"])

    def read_back(self, name: str, ids: list[str]) -> dict[str, Document]:
        """The stored documents, vectors included, of those ids that are there."""
        with _words(self._url):
            answer = self._client.mget(index=name, body={"ids": ids}) if ids else {"docs": []}
        return {found["_id"]: found["_source"] for found in answer["docs"] if found.get("found")}

    def documents(self, name: str, source: str | None = None) -> Iterator[Document]:
        """All documents of an index, or those of one source, without what loads make of them."""
        query = {"term": {"source": source}} if source else {"match_all": {}}
        body = {"query": query, "_source": {"excludes": MADE}}
        with _words(self._url):
            for hit in scan(self._client, query=body, index=name, size=BULK):
                yield hit["_source"]

    def update(self, name: str, script: str, facts: Document, *, new: bool) -> Update:
        """Lets a script change the one document of an index, as one step; it may make it where `new` is said.

        Of two that meet, one changes it and the other is told that it was left.
        """
        body = {"script": {"source": script, "params": facts}}
        made = {"scripted_upsert": True, "upsert": {}} if new else {}
        with _words(self._url):
            try:
                answer = self._client.update(
                    index=name, id=ONLY_ONE, body={**body, **made}, params={"retry_on_conflict": CONFLICTS}
                )
            except (ConflictError, NotFoundError):
                return "left"
        return "left" if answer["result"] == "noop" else "done"

    def put_meta(self, name: str, meta: IndexMeta) -> None:
        with _words(self._url):
            self._client.indices.put_mapping(index=name, body={"_meta": meta.model_dump(mode="json")})

    def swap(self, name: str) -> None:
        """Serves that index and no other, in one step."""
        others = [other for other in self._aliased() if other != name]
        removals = [{"remove": {"index": other, "alias": self.prefix}} for other in others]
        actions = [*removals, {"add": {"index": name, "alias": self.prefix}}]
        with _words(self._url):
            self._client.indices.update_aliases(body={"actions": actions})

    def open_folder(self, location: str) -> None:
        """Raises IndexerError when the engine may not write there."""
        body = {"type": "fs", "settings": {"location": location}}
        try:
            with _words(self._url):
                self._client.snapshot.create_repository(repository=self.prefix, body=body)
        except IndexerError as error:
            raise IndexerError(f"{error}; the engine's path.repo must name the folder of snapshots") from error

    def copy(self, name: str, index: str) -> Snapshot:
        body, wait = {"indices": index, "include_global_state": False}, {"wait_for_completion": "true"}
        with _words(self._url):
            made = self._client.snapshot.create(
                repository=self.prefix, snapshot=name, body=body, params=wait, request_timeout=MERGE_TIMEOUT
            )
        return snapshot_of(made["snapshot"])

    def copies(self) -> list[Snapshot]:
        with _words(self._url):
            found = self._client.snapshot.get(repository=self.prefix, snapshot="_all")["snapshots"]
        return [snapshot_of(one) for one in found]

    def remove_copies(self, names: Iterable[str]) -> None:
        with _words(self._url):
            for name in names:
                self._client.snapshot.delete(repository=self.prefix, snapshot=name, request_timeout=MERGE_TIMEOUT)

    def bring_back(self, snapshot: Snapshot, name: str, replicas: int) -> None:
        """An index of that name from the copy. Aliases are not restored."""
        body = {
            "indices": snapshot.index, "include_global_state": False, "include_aliases": False,
            "rename_pattern": ".+", "rename_replacement": name, "index_settings": {"number_of_replicas": replicas},
        }  # fmt: skip
        given = {"body": body, "params": {"wait_for_completion": "true"}, "request_timeout": MERGE_TIMEOUT}
        with _words(self._url):
            self._client.snapshot.restore(repository=self.prefix, snapshot=snapshot.name, **given)

    def delete(self, names: Iterable[str]) -> None:
        """Deletes indices by full name; never one that any alias points to."""
        for name in names:
            with _words(self._url):
                if self._client.indices.get_alias(index=name)[name]["aliases"]:
                    continue
                self._client.indices.delete(index=name)


def _refusal(item: dict[str, Any]) -> str:
    body = next(iter(item.values()))
    error = body.get("error")
    reason = error.get("reason", "") if isinstance(error, dict) else error
    return f"{body.get('_id')}: {reason}"
