"""Some records of an XML file nobody has mapped yet, read one by one: those of the element that looks most like one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from indexer.drafts.notations import XPATH
from indexer.drafts.sample import SAMPLED, Sample, refuse
from indexer.drafts.xml_nodes import Keeping, Node
from indexer.drafts.xml_objects import Objects
from indexer.drafts.xml_places import Place, places_in
from indexer.drafts.xml_prefixes import Prefixes
from indexer.failures import IndexerError, SourceError
from indexer.readers.xml import ROOT, Shape, read_xml

MOST_LETTERS = 20_000_000  # of all records kept, some 100 MB as objects
MOST_OTHERS, CALLED_SO = 3, 100  # places told, and the least weight of one


@dataclass
class _Kept:
    """Records as nodes, until there are enough of them."""

    prefixes: Prefixes
    nodes: list[Node] = field(default_factory=list)
    letters: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.nodes) >= SAMPLED or self.letters > MOST_LETTERS

    def add(self, element: etree._Element) -> None:
        keeping = Keeping(self.prefixes)
        self.nodes.append(keeping.node(element))
        self.letters += keeping.letters


def _others(places: list[Place]) -> list[Place]:
    """Further places that are called like records, and do not lie within those taken."""
    first = places[0].tags
    apart = (one for one in places[1:] if one.weight[0] >= CALLED_SO and one.tags[: len(first)] != first)
    return list(apart)[:MOST_OTHERS]


def _spelled(place: Place, prefixes: Prefixes, near: etree._Element) -> str | None:
    """The path from the root on, as a mapping writes it."""
    names = [prefixes.name(tag, near) for tag in place.tags]
    return None if None in names else "/" + "/".join(map(str, names))


def _elements(path: Path, encoding: str | None, place: Place) -> Iterator[etree._Element]:
    shape = Shape(((ROOT, *place.tags),))
    return (record.body for record in read_xml(path, encoding, shape, []))


def _read(path: Path, encoding: str | None, known: dict[str, str]) -> Sample:
    places = places_in(path, encoding)
    if not places:
        raise refuse(path, "holds no element that looks like a record")
    kept, spelled = _Kept(Prefixes(known)), None
    others: tuple[str, ...] = ()
    for element in _elements(path, encoding, places[0]):
        if not kept.nodes:
            spelled = _spelled(places[0], kept.prefixes, element)
            others = tuple(filter(None, (_spelled(one, kept.prefixes, element) for one in _others(places))))
        kept.add(element)
        if kept.is_full:
            break
    if spelled is None:
        raise refuse(path, "holds records whose name cannot be written")
    return Sample(
        path, "xml", spelled, Objects(kept.nodes).made(), places[0].name, XPATH, kept.prefixes.namespaces, others,
        places[0].tags[0],
    )  # fmt: skip


def read_xml_sample(path: Path, encoding: str | None, known: dict[str, str] | None = None) -> Sample:
    """Some records of a file, `known` namespaces under the prefixes given. Raises IndexerError, in one sentence."""
    try:
        return _read(path, encoding, known or {})
    except SourceError as error:
        raise IndexerError(str(error)) from error
