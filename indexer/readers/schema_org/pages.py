"""A web page as things: its JSON-LD scripts, its Microdata and its RDFa Lite."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from indexer.failures import SourceError
from indexer.readers.encoding import Decoded, guess_notes, read_text
from indexer.readers.json_values import loads
from indexer.readers.schema_org.contexts import Names, language_tag
from indexer.readers.schema_org.documents import Found
from indexer.readers.schema_org.json_ld import Writer, absolute
from indexer.readers.schema_org.marked_up import DIALECTS, MarkedUp
from indexer.readers.schema_org.nodes import Node, Value, Words, every_node
from indexer.rules import Issue, problem
from indexer.sizes import MEGABYTE

ENDINGS = frozenset({".html", ".htm", ".xhtml"})
# A page is held whole, several times over; the longest list of courses is a tenth of this.
MOST_BYTES = 64 * MEGABYTE
LINKS = {"url", "mainEntityOfPage"}
JSON_LD = "application/ld+json"
# Some pages wrap their data for very old browsers.
WRAPPING = ("<!--", "-->", "<![CDATA[", "]]>", "//")


def _parser() -> HTMLParser:
    """Reads what browsers read; asks no network and follows no entity.

    Texts of any size are read (the page's own size is bounded); what is nested deeper than 2,048 is cut off.
    """
    return HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)


def _root(text: str) -> HtmlElement | None:
    """The page, if there is one. NUL ends a text for the parser, so it is taken out."""
    try:
        return document_fromstring(text.replace("\0", "").encode("utf-8", errors="replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _bare(script: str) -> str:
    text = script.strip()
    for mark in WRAPPING:
        text = text.removeprefix(mark).removesuffix(mark).strip()
    return text


def _scripts(root: HtmlElement) -> Iterator[str]:
    for element in root.iter("script"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if kind == JSON_LD and (text := _bare(element.text or "")):
            yield text


def _from_scripts(root: HtmlElement, writer: Writer) -> tuple[list[Node], bool]:
    """The things of all scripts, and whether one could not be read."""
    nodes, broken = list[Node](), False
    for script in _scripts(root):
        try:
            nodes.extend(writer.nodes(loads(script)))
        except (ValueError, RecursionError):
            broken = True
    return nodes, broken


def _base(root: HtmlElement, address: str) -> str:
    """Where the page's links lead from: what it says of itself, else the address it was asked for by."""
    for path, attribute in (("//base[@href]", "href"), ("//link[@rel='canonical'][@href]", "href")):
        for element in root.xpath(path)[:1]:
            return absolute((element.get(attribute) or "").strip(), address)
    return address


def _name(node: Node) -> tuple[str, ...]:
    return tuple(one.text.strip() for one in node.values.get("name", ()) if isinstance(one, Words))


def _new(nodes: list[Node], known: list[Node]) -> Iterator[Node]:
    """Things whose kind and name are not known yet: pages say the same in several ways."""
    met = {(kind, _name(node)) for node in every_node(known) for kind in node.kinds}
    return (node for node in nodes if not any((kind, _name(node)) in met for kind in node.kinds))


def _joined(value: Value, base: str) -> Value:
    return Words(absolute(value.text.strip(), base), value.language) if isinstance(value, Words) else value


def _link(node: Node, base: str) -> None:
    """Relative links of data in scripts lead from the page."""
    for one in every_node([node]):
        for name in one.values.keys() & LINKS:
            one.values[name] = [_joined(value, base) for value in one.values[name]]


def _notes(decoded: Decoded, place: str) -> Iterator[Issue]:
    """What of the page's text was guessed or left out."""
    for issue in guess_notes(decoded.guessed):
        yield replace(issue, column=place)
    if count := decoded.text.count("\0"):
        yield Issue(1, place, "", problem("nul_taken_out", count=count))


def read_page(path: Path, place: str, address: str = "", encoding: str | None = None) -> Found:
    """The things of a page; `place` is what a report calls it, `address` where it stands on the web if known."""
    try:
        decoded = read_text(path, encoding)
        root = _root(decoded.text)
    except SourceError as error:
        return Found(place, problem=error.problem)
    if root is None:
        return Found(place, notes=tuple(_notes(decoded, place)))
    language, base = language_tag(root.get("lang")), _base(root, address)
    nodes, broken = _from_scripts(root, Writer(base or place, Names(language=language)))
    for node in nodes:
        _link(node, base)
    for dialect in DIALECTS:
        found = MarkedUp(dialect, place, base, language).read(root)
        nodes.extend(_new(found, nodes))
    wrong = problem("script_broken") if broken else None
    return Found(place, nodes, wrong, tuple(_notes(decoded, place)))
