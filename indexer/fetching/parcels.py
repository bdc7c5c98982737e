"""What a source's addresses are asked for, and the files that come of an answer."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.feed_formats import Format, endings_of
from indexer.fetching.archives import Packing, unpacked
from indexer.fetching.content import check_content, kind_of
from indexer.sources import Source

MAP: Format = "xml"  # what a site map is, whatever its pages are


@dataclass(frozen=True)
class Part:
    """One file to come: where its copy goes, what it is to be, and which member of an archive it is, if said."""

    file: Path
    form: Format | None
    member: str | None


@dataclass(frozen=True)
class Parcel:
    """What one answer, or one archive, is to hold: a feed, the second file of its join, or both."""

    url: str
    parts: tuple[Part, ...]

    def asked(self, part: Part) -> str:
        """Hash of what decides which file an answer becomes."""
        said = "\n".join([self.url, part.member or "", part.form or ""])
        return hashlib.sha256(said.encode()).hexdigest()


def _second(source: Source) -> Part | None:
    join, file = source.join, source.second_file
    return Part(file, join.feed_format, join.member) if join and file else None


def parcels_of(source: Source) -> tuple[Parcel, ...]:
    """One for each address; of a source that is not fetched the one archive it is."""
    form: Format | None = MAP if source.is_site_map else source.feed_format
    feed, second = Part(source.file, form, source.member), _second(source)
    if second is None:
        return (Parcel(source.url or "", (feed,)),)
    if source.join and source.join.url:
        return Parcel(source.url or "", (feed,)), Parcel(source.join.url, (second,))
    return (Parcel(source.url or "", (feed, second)),)


@dataclass(frozen=True)
class Box:
    """What was sent: the file it is in, and what people know it by. `megabytes`: the limit of each file inside."""

    body: Path
    name: str
    megabytes: int
    encoding: str | None


def _taken_out(box: Box, part: Part, target: Path, *, of_several: bool) -> Path:
    form = part.form or ""
    packing = Packing(box.name, form, endings_of(part.form), part.member, box.megabytes)
    made = unpacked(box.body, target, packing)
    check_content(made, form, box.name, box.encoding)
    if of_several and kind_of(box.body) != "zip":  # one file cannot be two
        raise packing.error("archive_without", member=part.member or form.upper())
    return made


def taken_out(box: Box, parcel: Parcel, folder: Path) -> Iterator[tuple[Part, Path]]:
    """Each part and the file that is it, in the folder or the box itself. Raises SourceError."""
    for part in parcel.parts:
        yield part, _taken_out(box, part, folder / part.file.name, of_several=len(parcel.parts) > 1)
