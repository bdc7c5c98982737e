"""Site maps: the pages of a site, as far as they stand as files beside the map."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from indexer.cleaning import line
from indexer.failures import SourceError
from indexer.rules import problem

ENDINGS = frozenset({".xml", ".gz"})
NAMESPACES = "{*}"
MOST_PAGES = 100_000
DEEPEST = 3  # maps of maps of maps
CHUNK = 1_000_000
INDEX = "index.html"
LONGEST_DAY = 40  # characters

Resolve = Callable[[str], Path | None]


class Entry(NamedTuple):
    """An address of a map, whether it is that of another map, and when it says it was changed."""

    is_map: bool
    url: str
    changed: str


def files_beside(folder: Path) -> Resolve:
    """Finds a page's file below the folder: by its path on the site, with `.html`, or as the index of a folder."""
    root = folder.resolve()

    def resolve(url: str) -> Path | None:
        parts = _steps(url)
        if parts is None:
            return None
        below = root.joinpath(*parts)
        tried = (below, below.with_name(f"{below.name}.html"), below / INDEX, root / (parts or [INDEX])[-1])
        return next((path for path in tried if _stands_in(path, root)), None)

    return resolve


def _steps(url: str) -> list[str] | None:
    """The steps of an address's path; None where it is no address or would lead out of the folder."""
    try:
        steps = [step for step in unquote(urlsplit(url).path).split("/") if step not in ("", ".")]
    except ValueError:
        return None
    return None if any(step == ".." or "\0" in step or "\\" in step or len(step) > 200 for step in steps) else steps


def _stands_in(path: Path, root: Path) -> bool:
    """Whether it is a file of the folder; a link may not lead out of it."""
    try:
        return path.is_file() and path.resolve().is_relative_to(root)
    except OSError:
        return False


class _Bounded:
    """A stream that ends in an error after so many bytes: a small file may unpack to a huge one."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, limit: int) -> None:
        self.stream, self.left = stream, limit

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(min(size, CHUNK) if size > 0 else CHUNK)
        self.left -= len(piece)
        if self.left < 0:
            raise OSError("too large when unpacked")
        return piece


def _locations(stream: _Bounded) -> Iterator[Entry]:
    """Every address of a map; in memory no more than one at a time."""
    parsed = etree.iterparse(
        stream, events=("end",), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    for _, element in parsed:
        name = etree.QName(element).localname
        if name in ("url", "sitemap"):
            for found in element.iterfind(f"{NAMESPACES}loc"):
                changed = line(element.findtext(f"{NAMESPACES}lastmod") or "")[:LONGEST_DAY]
                yield Entry(name == "sitemap", line(found.text or ""), changed)
            _forget(element)


def _forget(element: etree._Element) -> None:
    """Drops what was read, and what stood before it."""
    element.clear()
    holder = element.getparent()
    while holder is not None and element.getprevious() is not None:
        del holder[0]


def _read(path: Path, limit: int) -> Iterator[Entry]:
    """Raises SourceError where the map is broken, packed wrongly or too large."""
    opened = gzip.open if path.suffix.lower() == ".gz" else open
    try:
        with opened(path, "rb") as stream:
            yield from _locations(_Bounded(stream, limit))
    except (OSError, EOFError, zlib.error, etree.XMLSyntaxError) as error:
        raise SourceError(problem("file_unreadable", file=path.name, detail=line(str(error))[:200])) from error


def addresses(path: Path, resolve: Resolve, limit: int) -> Iterator[str]:
    """The addresses of the pages of a map and of the maps it names. Raises SourceError."""
    return (one.url for one in entries(path, resolve, limit))


def entries(path: Path, resolve: Resolve, limit: int) -> Iterator[Entry]:
    """The pages of a map and of the maps it names, each once; `limit` in bytes a map.

    Raises SourceError.
    """
    waiting, read, seen = [(path, 0)], set[Path](), set[str]()
    while waiting:
        here, depth = waiting.pop()
        if here in read or depth >= DEEPEST:
            continue
        read.add(here)
        for one in _read(here, limit):
            if one.is_map:
                inner = resolve(one.url) if depth + 1 < DEEPEST else None
                waiting.extend([(inner, depth + 1)] if inner else [])
            elif one.url and one.url not in seen and len(seen) < MOST_PAGES:
                seen.add(one.url)
                yield one
