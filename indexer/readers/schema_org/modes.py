"""Delivery, pace and time of day in the free words of `courseMode` and in schedules."""

import re
from collections.abc import Iterable, Iterator

from indexer.cleaning import key
from indexer.readers.schema_org.graphs import Graph
from indexer.readers.schema_org.nodes import Node
from indexer.readers.schema_org.texts import first_text, labels

# Folded words -> what they say. A word that says nothing of these (full-time, MOOC) is passed over.
DELIVERIES = {
    "hybrid": re.compile(r"\b(?:hybrid|hybride|blended|mixed|mixte|hyflex|bimodal|comodal|"
                         r"mixedeventattendancemode)\b"),
    "online": re.compile(r"\b(?:online|en ligne|virtual|virtuel(?:le)?|remote|web|mooc|elearning|e learning|a distance|"
                         r"distance(?: learning)?|onlineeventattendancemode)\b"),
    "in_person": re.compile(r"\b(?:on ?site|onsite|on campus|campus|in person|in class|classroom|face to face|"
                            r"presentiel|en personne|en classe|sur place|offlineeventattendancemode)\b"),
}  # fmt: skip
BY_POST = re.compile(r"\b(?:posted|by post|correspondence|par correspondance)\b")
PACES = {
    "self_paced": re.compile(r"\b(?:self ?paced|asynchronous|on demand|anytime|asynchrone|a (?:son|votre) rythme|"
                             r"autorythmee?)\b"),
    "scheduled": re.compile(r"\b(?:synchronous|synchrone|scheduled|instructor led|live|en direct|horaire fixe)\b"),
}  # fmt: skip
SCHEDULES = {
    "evening": re.compile(r"\b(?:evenings?|night|soirs?|soiree)\b"),
    "weekend": re.compile(r"\b(?:weekends?|week ends?|saturdays?|sundays?|fins? de semaine|samedis?|dimanches?)\b"),
    "daytime": re.compile(r"\b(?:daytime|day time|de jour|le jour|weekdays?)\b"),
}  # fmt: skip
EVENING = 17  # the hour from which a class is one of the evening
CLOCK = re.compile(r"(?:.*T)?([0-9]{1,2}):[0-9]{2}.*")


def _said(texts: Iterable[str], table: dict[str, re.Pattern[str]]) -> list[str]:
    folded = [key(text) for text in texts]
    return [name for name, pattern in table.items() if any(pattern.search(text) for text in folded)]


def delivery(modes: list[str]) -> str | None:
    """One way of delivery; online and in person together are hybrid. What comes by post is none of ours."""
    if any(BY_POST.search(key(text)) for text in modes):
        return None
    said = _said(modes, DELIVERIES)
    return "hybrid" if len(said) > 1 else next(iter(said), None)


def pace(modes: list[str]) -> str | None:
    """One pace; nothing where both are named."""
    said = _said(modes, PACES)
    return said[0] if len(said) == 1 else None


def _hour(text: str) -> int | None:
    found = CLOCK.fullmatch(text)
    return int(found[1]) if found else None


def _of_schedule(node: Node, graph: Graph) -> Iterator[str]:
    days = labels(node, graph, "byDay")
    weekend = _said((day.rsplit("/", 1)[-1] for day in days), {"weekend": SCHEDULES["weekend"]})
    yield from weekend
    hour = _hour(first_text(node, graph, "startTime"))
    if hour is not None and not (weekend and len(days) <= 2):
        yield "evening" if hour >= EVENING else "daytime"


def schedules(node: Node, graph: Graph, modes: list[str]) -> list[str]:
    """When classes meet: as the mode says, and by the days and hours of its schedules."""
    parts = graph.parts(node, "courseSchedule", "eventSchedule")
    found = [*_said(modes, SCHEDULES), *(one for part in parts for one in _of_schedule(part, graph))]
    return [name for name in ("daytime", "evening", "weekend") if name in found]
