"""Things in a page's own markup: Microdata and RDFa Lite, which differ in the names of attributes only."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from indexer.readers.schema_org.contexts import PREFIXES, SCHEMA, short_name
from indexer.readers.schema_org.json_ld import absolute
from indexer.readers.schema_org.nodes import Node, Value, Words

# A text ends here: the longest a listing may hold is shorter, and nobody pays for a page that nests its texts.
LONGEST = 30_000
EVENTS = 40_000  # beginnings and ends of elements, for each text or part
REFERRED = 50  # parts elsewhere in the page that one thing may name
LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "video": "src", "source": "src",
         "iframe": "src", "embed": "src", "object": "data"}  # fmt: skip
VALUES = {"meta": "content", "data": "value", "meter": "value", "time": "datetime"}
UNREAD = frozenset({"script", "style", "template"})
BLOCKS = frozenset({
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip

# Of an element, under the vocabulary that holds there.
Attributes = Callable[[HtmlElement, str], list[str]]


@dataclass(frozen=True)
class Dialect:
    """The attributes that begin a thing, name its kinds, name a property and give an address."""

    begins: str
    kinds: Attributes
    properties: Attributes
    address: str


def _micro(attribute: str) -> Attributes:
    return lambda element, _vocabulary: [short_name(name) for name in _split(element, attribute)]


def _rdfa(attribute: str) -> Attributes:
    return lambda element, vocabulary: [_rdfa_name(name, vocabulary) for name in _split(element, attribute)]


def _split(element: HtmlElement, attribute: str) -> list[str]:
    return (element.get(attribute) or "").split()


def _rdfa_name(name: str, vocabulary: str) -> str:
    """schema.org's short name; a bare one counts only under schema.org's vocabulary."""
    prefix, colon, rest = name.partition(":")
    if not colon:
        return name if SCHEMA.match(vocabulary) else f":{name}"
    return rest if prefix in PREFIXES else short_name(name)


MICRODATA = Dialect("itemscope", _micro("itemtype"), _micro("itemprop"), "itemid")
RDFA = Dialect("typeof", _rdfa("typeof"), _rdfa("property"), "resource")
DIALECTS = (MICRODATA, RDFA)


def _pieces(element: HtmlElement) -> Iterator[str]:
    """The texts within, in order, with a line break where a passage begins or ends; scripts are passed over."""
    hidden = 0
    for event, inner in islice(etree.iterwalk(element, events=("start", "end")), EVENTS):
        began = event == "start"
        hidden += (1 if began else -1) * (inner.tag in UNREAD)
        if hidden:
            continue
        if inner.tag in BLOCKS:
            yield "\n"
        yield (inner.text if began else "" if inner is element else inner.tail) or ""


def text_of(element: HtmlElement) -> str:
    """The text within, as long as anyone reads."""
    found, size = [], 0
    for piece in _pieces(element):
        found.append(piece)
        size += len(piece)
        if size > LONGEST:
            break
    return "".join(found)[:LONGEST]


def _value(element: HtmlElement, base: str, language: str | None) -> Words:
    tag = str(element.tag)
    link, machine = element.get(LINKS.get(tag, "href")), element.get(VALUES.get(tag, "value"))
    if (content := element.get("content")) is not None:
        return Words(content, language)
    if tag in LINKS and link is not None:
        return Words(absolute(link.strip(), base))
    if tag in VALUES and machine is not None:
        return Words(machine)
    return Words(text_of(element), (element.get("lang") or "").lower() or language)


class MarkedUp:
    """Reads one dialect out of a page: the things at its top in `top`, others inside those."""

    def __init__(self, dialect: Dialect, place: str, base: str, language: str | None) -> None:
        self.dialect, self.place, self.base, self.language = dialect, place, base, language
        self.top: list[Node] = []
        self.referring: list[tuple[Node, str]] = []

    def read(self, root: HtmlElement) -> list[Node]:
        self._walk(etree.iterwalk(root, events=("start", "end")), [])
        top = list(self.top)
        self._read_referred(root)
        return top  # what the parts hold that belongs to nothing was met before

    def _read_referred(self, root: HtmlElement) -> None:
        """What things say by naming parts of the page that stand elsewhere, as far as the allowance lasts."""
        referring = self.referring[:REFERRED]
        found = {element.get("id"): element for element in root.iter() if element.get("id")} if referring else {}
        for node, name in referring:
            if name in found:
                walk = etree.iterwalk(found[name], events=("start", "end"))
                self._walk(islice(walk, EVENTS), [(None, node)])

    def _walk(self, events: Iterable[tuple[str, HtmlElement]], held: list[tuple[HtmlElement | None, Node]]) -> None:
        vocabularies: list[tuple[HtmlElement | None, str]] = [(None, "")]
        for event, element in events:
            if event == "start":
                if vocabulary := element.get("vocab"):
                    vocabularies.append((element, vocabulary))
                self._meet(element, vocabularies[-1][1], held)
                continue
            if vocabularies[-1][0] is element:
                vocabularies.pop()
            if held and held[-1][0] is element:
                held.pop()

    def _meet(self, element: HtmlElement, vocabulary: str, held: list[tuple[HtmlElement | None, Node]]) -> None:
        names = self.dialect.properties(element, vocabulary)
        if element.get(self.dialect.begins) is not None:
            node = self._thing(element, vocabulary)
            if not (names and held):
                self.top.append(node)
            self._give(held, names, node)
            held.append((element, node))
        elif names and held:
            self._give(held, names, _value(element, self.base, self.language))

    def _give(self, held: list[tuple[HtmlElement | None, Node]], names: list[str], value: Value) -> None:
        for name in names if held else ():
            held[-1][1].add(name, value)

    def _thing(self, element: HtmlElement, vocabulary: str) -> Node:
        address = (element.get(self.dialect.address) or "").strip()
        node = Node(tuple(self.dialect.kinds(element, vocabulary)), absolute(address, self.base), self.place)
        self.referring.extend((node, name) for name in _split(element, "itemref"))
        return node
