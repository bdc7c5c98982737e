"""The fields of a listing out of a CTDL resource: which term says what.

Read on purpose from nowhere else: `dateEffective` is no start date, a price below `renewal` or `requires` is no price
of what is taught, contact points and the people in them are never looked at.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from indexer.cells import Cell
from indexer.durations import length
from indexer.language_names import instruction_language
from indexer.numbers import number
from indexer.readers.ctdl_costs import price
from indexer.readers.ctdl_graph import (
    Graph,
    Resource,
    Texts,
    first_texts,
    identifier,
    listed,
    local_name,
    plain_text,
    texts,
)
from indexer.rules import UnreadableError
from mappings.contract import Language

Cells = dict[str, Cell]

DELIVERIES = {
    "onlineonly": "online", "online": "online", "inperson": "in_person", "inpersononly": "in_person",
    "blendeddelivery": "hybrid", "blendedlearning": "hybrid", "blended": "hybrid", "hybrid": "hybrid",
}  # fmt: skip
TIMES = {"daytime": "daytime", "weekdays": "daytime", "evening": "evening", "evenings": "evening",
         "weekend": "weekend", "weekends": "weekend"}  # fmt: skip
LEVELS = {"beginnerlevel": "introductory", "intermediatelevel": "intermediate", "advancedlevel": "advanced"}
NOC = re.compile(
    r"(?:\bNOC\b|\bCNP\b|national occupational classification|classification nationale des professions)", re.IGNORECASE
)
OTHER_YEAR = re.compile(r"\b(?:20(?:06|11|16)|1\.[0-3])\b")  # editions of the NOC before 2021
FIVE_DIGITS = re.compile(r"[0-9]{5}")
CIP = re.compile(r"\b(?:CIP|CPE)\b|instructional programs|programmes d.enseignement", re.IGNORECASE)
CTID = re.compile(r"(?:urn:ctid:|ce-)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)


def ctid(graph: Graph, resource: Resource) -> str | None:
    """The resource's CTID in today's notation, whichever the file writes; else the end of its address."""
    said = graph.term(resource, "ctid") or identifier(resource)
    if not isinstance(said, str) or said.startswith("_:"):
        return None
    found = CTID.search(said)
    return f"ce-{found[1].lower()}" if found else said.rstrip("/").rsplit("/", 1)[-1]


def address(value: Any) -> str | None:
    """The first web address of a term."""
    found = (identifier(one) or plain_text(one) for one in listed(value))
    return next((one for one in found if one), None)


def languages(value: Any) -> list[str]:
    """Languages of instruction, each once: the word "English" and the tag `en-CA` are one."""
    return list(dict.fromkeys(instruction_language(text) for text in listed(value) if isinstance(text, str)))


def _one(names: list[str], meanings: dict[str, str]) -> str | None:
    """What the concepts mean when they agree: both online and in person is a choice, not a way of delivery."""
    meant = {meanings[name] for name in names if name in meanings}
    return meant.pop() if len(meant) == 1 else None


def level(graph: Graph, value: Any) -> str | None:
    return _one(graph.concepts(value), LEVELS)


def _codes(graph: Graph, value: Any, named: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Codes of a classification, each with the words that name its framework; alignments to others are passed over."""
    for one in listed(value):
        if not isinstance(one, dict):
            continue
        words = [plain_text(graph.term(one, name)) or "" for name in ("frameworkName", "framework")]
        code = plain_text(graph.term(one, "codedNotation"))
        if code and named.search(" ".join(words)):
            yield code.strip(), " ".join(words)


def cip(graph: Graph, value: Any) -> str | None:
    """The first code of the Classification of Instructional Programs; bare codes of `ceterms:cip` are such."""
    bare = (one for one in listed(value) if isinstance(one, str))
    return next((code for code, _ in _codes(graph, value, CIP)), None) or next(bare, None)


def noc(graph: Graph, value: Any) -> list[str]:
    """Unit groups of NOC 2021. Codes of O*NET, SOC and older editions mean other occupations and are passed over."""
    found = (code for code, words in _codes(graph, value, NOC) if not OTHER_YEAR.search(words))
    return list(dict.fromkeys(code for code in found if FIVE_DIGITS.fullmatch(code)))


def _name_of(graph: Graph, one: Any) -> Texts:
    """The words of a subject or competency: its name here, its statement there, or the text itself."""
    if not isinstance(one, dict):
        return first_texts(one)
    named = first_texts(graph.term(one, "targetNodeName"))
    if named:
        return named
    targets = graph.linked(graph.term(one, "targetNode")) or graph.linked(one)
    stated = (first_texts(graph.term(target, "competencyText", "competencyLabel")) for target in targets)
    return next(filter(None, stated), {}) or first_texts(one)


def _is_aligned(value: Any) -> bool:
    return isinstance(value, dict) and any(local_name(name) in ("targetNodeName", "targetNode") for name in value)


def _term(names: Texts) -> Any:
    """A skill as a feed gives it: one name, or a name per language."""
    return names.get(None, names)


def skills(graph: Graph, resource: Resource) -> list[Any]:
    """What it is about, each with its names: short words and phrases, which is what a skill is called."""
    found: list[Any] = []
    for value in (one for name in ("subject", "keyword") for one in listed(graph.term(resource, name))):
        if _is_aligned(value):
            found.append(_term(_name_of(graph, value)))
        else:
            found.extend(_term({language: text}) for language, text in texts(value))
    return [one for one in found if one]


def outcomes(graph: Graph, resource: Resource) -> dict[Language | None, list[str]]:
    """Competencies it teaches or tests, per language. Those below `requires` are what somebody must have before."""
    found: dict[Language | None, list[str]] = {}
    for term in ("teaches", "assesses", "targetCompetency"):
        for one in listed(graph.term(resource, term)):
            for language, text in _name_of(graph, one).items():
                found.setdefault(language, []).append(text)
    return found


def prerequisites(graph: Graph, resource: Resource) -> Texts:
    """What its conditions of entry say, else its requirements."""
    conditions = graph.linked(graph.term(resource, "entryCondition", "requires"))
    said = (first_texts(graph.term(one, "description")) for one in conditions)
    return next(filter(None, said), {})


def delivery(graph: Graph, resource: Resource) -> Cells:
    for name in ("learningDeliveryType", "deliveryType"):
        found = _one(graph.concepts(graph.term(resource, name)), DELIVERIES)
        if found:
            return {"delivery": Cell(f"ceterms:{name}", found)}
    return {}


def schedule(graph: Graph, resource: Resource) -> Cells:
    names = graph.concepts(graph.term(resource, "scheduleTimingType"))
    times = list(dict.fromkeys(TIMES[name] for name in names if name in TIMES))
    return {"schedule": Cell("ceterms:scheduleTimingType", times)} if times else {}


def pace(graph: Graph, resource: Resource) -> Cells:
    for name in ("learningMethodType", "scheduleTimingType"):
        if "selfpaced" in graph.concepts(graph.term(resource, name)):
            return {"pace": Cell(f"ceterms:{name}", "self_paced")}
    return {}


def _said_lengths(graph: Graph, value: Any) -> Iterator[str]:
    """Of each profile the exact length, else the longest; a shortest length alone promises nothing."""
    for one in listed(value):
        said = graph.term(one, "exactDuration", "maximumDuration", "timeRequired") if isinstance(one, dict) else one
        text = plain_text(said)
        if text:
            yield text


def duration(graph: Graph, resource: Resource) -> Cells:
    """Weeks and hours; of several lengths the longest, so that nobody is promised too little."""
    name = "estimatedDuration"
    lengths = [length(text) for text in _said_lengths(graph, graph.term(resource, name))]
    weeks = max((one.weeks for one in lengths if one.weeks), default=None)
    hours = max((one.hours for one in lengths if one.hours), default=None)
    found = (("weeks", weeks), ("hours", hours))
    return {field: Cell(f"ceterms:{name}", amount) for field, amount in found if amount}


def cost(graph: Graph, resource: Resource) -> Cells:
    name = "estimatedCost"
    found = price(graph.linked(graph.term(resource, name)), graph)
    if found is None:
        return {}
    column = f"ceterms:{name}"
    cells = {"cost": Cell(column, found.amount)}
    return {**cells, "currency": Cell(column, found.currency)} if found.currency else cells


def _position(graph: Graph, place: Resource) -> tuple[float, float] | None:
    try:
        longitude, latitude = (number(graph.scalar(place, name)) for name in ("longitude", "latitude"))
    except UnreadableError:
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def place(graph: Graph, resource: Resource) -> Cells:
    """The town, where all places are in one; its position where there is one place."""
    name = "availableAt"
    places = graph.linked(graph.term(resource, name))
    towns = {plain_text(graph.term(one, "addressLocality")) for one in places} - {None}
    if len(towns) != 1:
        return {}
    column, cells = f"ceterms:{name}", {"place.city": Cell(f"ceterms:{name}", towns.pop())}
    position = _position(graph, places[0]) if len(places) == 1 else None
    return {**cells, "place.location": Cell(column, position)} if position else cells


# Groups of fields that an offering of a course may say in the course's place, with the term a report names.
OFFERED: tuple[tuple[str, Callable[[Graph, Resource], Cells]], ...] = (
    ("ceterms:deliveryType", delivery),
    ("ceterms:scheduleTimingType", schedule),
    ("ceterms:learningMethodType", pace),
    ("ceterms:estimatedDuration", duration),
    ("ceterms:estimatedCost", cost),
    ("ceterms:availableAt", place),
)
