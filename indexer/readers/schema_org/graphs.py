"""Things that point to each other, and which of them are courses."""

from collections.abc import Iterable, Iterator

from indexer.readers.schema_org.nodes import Node, every_node

LISTED = frozenset({
    "Course", "EducationalOccupationalProgram", "WorkBasedProgram", "EducationalOccupationalCredential",
})  # fmt: skip
CREDENTIAL = "EducationalOccupationalCredential"
RUN = "CourseInstance"
RUNS = "hasCourseInstance"
# By these a thing holds others that stand for themselves, such as a list of courses.
HOLDERS = (
    "itemListElement", "item", "mainEntity", "hasCourse", "hasPart", "dataFeedElement", "hasOfferCatalog", "makesOffer",
    "itemOffered", "department", "subOrganization", "subjectOf", "workExample",
)  # fmt: skip
# What a thing without a kind must say, beside a name, to be taken for a run.
SIGNS_OF_A_RUN = frozenset({"startDate", "courseMode", RUNS})


def _belongs(node: Node, name: str) -> bool:
    """Whether a thing under that name is a part of the thing around it: a run, or a credential led to."""
    if name == RUNS:
        return RUN in node.kinds or not LISTED.intersection(node.kinds)
    return name not in HOLDERS and CREDENTIAL in node.kinds


class Graph:
    """The things of one source by their addresses."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.known: dict[str, Node] = {}
        self.inside: set[Node] = set()
        for node in every_node(nodes):
            self._meet(node)
        for node in every_node(nodes):
            self._mark_inside(node)

    def _meet(self, node: Node) -> None:
        """A thing described in several places is one; the place met first wins where they differ."""
        if not node.address or node.is_reference:
            return
        first = self.known.setdefault(node.address, node)
        if first is not node:
            first.kinds = tuple(dict.fromkeys((*first.kinds, *node.kinds)))
            for name, values in node.values.items():
                first.values.setdefault(name, values)

    def _mark_inside(self, node: Node) -> None:
        """Runs of a course and credentials named by another thing are no listings of their own."""
        for name, values in node.values.items():
            held = (self.whole(one) for one in values if isinstance(one, Node))
            self.inside.update(one for one in held if _belongs(one, name))

    def whole(self, node: Node) -> Node:
        """The description a reference points to; the thing itself where there is none."""
        return self.known.get(node.address, node) if node.address else node

    def parts(self, node: Node, *names: str) -> list[Node]:
        """The things under those names, in order, each whole."""
        return [self.whole(one) for name in names for one in node.values.get(name, ()) if isinstance(one, Node)]

    def standing(self) -> Iterator[Node]:
        """What stands at the top or is held by what does, each once however the things point at each other."""
        waiting, seen = [self.whole(node) for node in self.nodes][::-1], set[Node]()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            if node not in self.inside:
                yield node
            waiting.extend(reversed(self.parts(node, *HOLDERS)))


def is_untyped_run(node: Node) -> bool:
    return not node.kinds and "name" in node.values and bool(SIGNS_OF_A_RUN & node.values.keys())


def is_event_with_runs(node: Node) -> bool:
    return any(kind.endswith("Event") for kind in node.kinds) and RUNS in node.values


def is_listing(node: Node) -> bool:
    """Whether it is a course, a programme, a credential, or a run that stands alone."""
    return bool({*LISTED, RUN}.intersection(node.kinds)) or is_untyped_run(node) or is_event_with_runs(node)


def kinds_of(nodes: Iterable[Node]) -> dict[str, int]:
    """How many things there are of each kind; one without a kind counts as nothing said."""
    counts: dict[str, int] = {}
    for node in nodes:
        for kind in node.kinds[:1]:
            counts[kind] = counts.get(kind, 0) + 1
    return counts
