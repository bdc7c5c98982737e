"""Bodies of answers as files, within their limits."""

from pathlib import Path

from urllib3 import BaseHTTPResponse

from indexer.failures import SourceError
from indexer.fetching.address import Address
from indexer.fetching.archives import PORTION, Packing, gunzipped
from indexer.rules import problem
from indexer.sizes import MEGABYTE

GZIP_CODING = {"gzip", "x-gzip"}
PLAIN_CODING = {"", "identity"}


def save(response: BaseHTTPResponse, target: Path, name: str, megabytes: int) -> Path:
    """The body as it comes over the wire. Raises SourceError as soon as more comes, or is announced, than may."""
    most, too_large = megabytes * MEGABYTE, SourceError(problem("file_too_large", file=name, limit=megabytes))
    if (response.length_remaining or 0) > most:
        raise too_large
    written = 0
    with target.open("wb") as file:
        # read1 and stream go through a reader of chunks that takes header lines of any length.
        while portion := response.read(PORTION, decode_content=False):
            written += len(portion)
            if written > most:
                raise too_large
            file.write(portion)
    return target


def decoded(response: BaseHTTPResponse, body: Path, address: Address, name: str, megabytes: int) -> Path:
    """A saved body without the packing it was sent in. Raises SourceError."""
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding in PLAIN_CODING:
        return body
    if coding not in GZIP_CODING:
        raise SourceError(problem("fetch_coding", host=address.host))
    return gunzipped(body, body.with_suffix(".decoded"), Packing(name, "", (), None, megabytes))
