"""Where a run is held: a city, a part of the province, a position; or nowhere but online."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.cleaning import key
from indexer.readers.schema_org.graphs import Graph
from indexer.readers.schema_org.nodes import Node
from indexer.readers.schema_org.texts import first_text, labels

ONLINE = re.compile(r"\b(?:online|virtual|virtuel(?:le)?|en ligne|remote|a distance|zoom|teams|web)\b")
# A province or a state is no part of one.
PROVINCE = re.compile(r"[A-Za-z]{2}|ontario|quebec|québec|manitoba|canada", re.IGNORECASE)
CITY_THEN_PROVINCE = re.compile(r"([^,0-9]{2,60}), ?(?:ON|Ont\.?|Ontario)(?:, ?Canada)?", re.IGNORECASE)
MOST_WORDS = 3  # “Sault Ste. Marie”; longer texts name a building or a campus
BUILDING = re.compile(r"\b(?:campus|building|room|hall|centre|center|salle|pavillon|edifice|tba|various|multiple)\b")


@dataclass(frozen=True)
class Spot:
    """Where something is held; `unread` is a text in which no city could be told."""

    city: str = ""
    region: str = ""
    position: tuple[str, str] | None = None
    online: bool = False
    physical: bool = False
    unread: str = ""


def _position(node: Node, graph: Graph) -> tuple[str, str] | None:
    """Longitude and latitude, as written."""
    for spot in (node, *graph.parts(node, "geo")):
        longitude, latitude = first_text(spot, graph, "longitude"), first_text(spot, graph, "latitude")
        if longitude and latitude:
            return longitude, latitude
    return None


def named_spot(text: str) -> Spot:
    """A place that is only named: a city, alone or with its province; else a text that is not read."""
    if ONLINE.search(key(text)):
        return Spot(online=True)
    found = CITY_THEN_PROVINCE.fullmatch(text)
    if found:
        return Spot(city=found[1].strip(), physical=True)
    is_city = len(text.split()) <= MOST_WORDS and "," not in text and not re.search(r"[0-9]", text)
    if is_city and not BUILDING.search(key(text)):
        return Spot(city=text, physical=True)
    return Spot(unread=text, physical=True)


def _addressed(node: Node, graph: Graph) -> Spot:
    """A place with its address, which may itself be a text or stand in the place's stead."""
    addresses = [node, *graph.parts(node, "address")]
    city = next(filter(None, (first_text(one, graph, "addressLocality") for one in addresses)), "")
    region = next(filter(None, (first_text(one, graph, "addressRegion") for one in addresses)), "")
    street = next(filter(None, (first_text(one, graph, "streetAddress") for one in addresses)), "")
    region = "" if PROVINCE.fullmatch(region) else region
    physical = bool(city or region or street)
    return Spot(city, region, _position(node, graph), physical=physical)


def _spot(node: Node, graph: Graph) -> Spot:
    if "VirtualLocation" in node.kinds:
        return Spot(online=True)
    found = _addressed(node, graph)
    if found.physical or found.position:
        return found
    text = next(iter(labels(node, graph, "address", "name")), "")
    return named_spot(text) if text and not graph.parts(node, "address") else found


def spots(node: Node, graph: Graph) -> Iterator[Spot]:
    """Every place under `location`, in order."""
    for value in node.values.get("location", ()):
        if isinstance(value, Node):
            yield _spot(graph.whole(value), graph)
    held = graph.parts(node, "location")
    named = [] if held else labels(node, graph, "location")
    yield from map(named_spot, named)
