"""Things that point to each other, and which of them are courses."""

from collections.abc import Iterator

from cachetools import FIFOCache

from indexer.readers.schema_org.nodes import Node, every_node
from indexer.readers.schema_org.packing import merged, packed, unpacked
from indexer.readers.spool import RECENT, Lookup, Spool

LISTED = frozenset({
    "Course", "EducationalOccupationalProgram", "WorkBasedProgram", "EducationalOccupationalCredential",
})  # fmt: skip
CREDENTIAL = "EducationalOccupationalCredential"
RUN = "CourseInstance"
RUNS = "hasCourseInstance"
# Shelves and marks of the spool.
TOP, KNOWN, PART, SEEN = "top", "known", "part", "seen"
# By these a thing holds others that stand for themselves, such as a list of courses.
HOLDERS = (
    "itemListElement", "item", "mainEntity", "hasCourse", "hasPart", "dataFeedElement", "hasOfferCatalog", "makesOffer",
    "itemOffered", "department", "subOrganization", "subjectOf", "workExample",
)  # fmt: skip
# What a thing without a kind must say, beside a name, to be taken for a run.
SIGNS_OF_A_RUN = frozenset({"startDate", "courseMode", RUNS})


class Graph:
    """The things of one source by their addresses, on disk. All are added, then it is sealed, then they are found."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self.known = Lookup(spool, merged)
        self.marked: FIFOCache[tuple[str, str], bool] = FIFOCache(RECENT)

    def add(self, nodes: list[Node]) -> None:
        """Things that stand at the top, with all within them."""
        for top in nodes:
            self.spool.put(TOP, packed(top), top.address if top.is_described else None)
            for node in every_node([top]):
                if node.is_described and node is not top:
                    self.spool.put(KNOWN, packed(node), node.address)
                self._mark_parts(node)

    def _mark_parts(self, node: Node) -> None:
        """Notes what the thing points to by a name that may make it a part of it."""
        for name, values in node.values.items():
            if name not in HOLDERS:
                for one in values:
                    if isinstance(one, Node) and one.address:
                        self._mark_part(RUNS if name == RUNS else PART, one.address)

    def _mark_part(self, kind: str, address: str) -> None:
        """Once for all courses of a provider, as far as it was met lately."""
        if (kind, address) not in self.marked:
            self.marked[kind, address] = True
            self.spool.mark(kind, address)

    def seal(self) -> None:
        self.spool.seal()

    def whole(self, node: Node) -> Node:
        """The description a reference points to; the thing itself where there is none."""
        return self.known(node.address) or node if node.address else node

    def parts(self, node: Node, *names: str) -> list[Node]:
        """The things under those names, in order, each whole."""
        return [self.whole(one) for name in names for one in node.values.get(name, ()) if isinstance(one, Node)]

    def standing(self) -> Iterator[Node]:
        """What stands at the top or is held by what does, each once however the things point at each other."""
        for top in self.spool.shelf(TOP):
            waiting = [unpacked(top)]
            while waiting:
                node = waiting.pop()
                if node.address:
                    if not self.spool.mark(SEEN, node.address):
                        continue
                    node = self.known.fresh(node.address) or node
                if not self._is_inside(node):
                    yield node
                held = (one for name in HOLDERS for one in node.values.get(name, ()) if isinstance(one, Node))
                waiting.extend(reversed(list(held)))

    def _is_inside(self, node: Node) -> bool:
        """Whether it is a run of a course, or a credential named by another thing: no listing of its own.

        What has no address stands where it is and is pointed at by nothing.
        """
        if not node.address:
            return False
        is_run = RUN in node.kinds or not LISTED.intersection(node.kinds)
        return (is_run and self.spool.is_marked(RUNS, node.address)) or (
            CREDENTIAL in node.kinds and self.spool.is_marked(PART, node.address)
        )


def is_untyped_run(node: Node) -> bool:
    return not node.kinds and "name" in node.values and bool(SIGNS_OF_A_RUN & node.values.keys())


def is_event_with_runs(node: Node) -> bool:
    return any(kind.endswith("Event") for kind in node.kinds) and RUNS in node.values


def is_listing(node: Node) -> bool:
    """Whether it is a course, a programme, a credential, or a run that stands alone."""
    return bool({*LISTED, RUN}.intersection(node.kinds)) or is_untyped_run(node) or is_event_with_runs(node)
