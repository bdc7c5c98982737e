"""A course of the graph as rows: one for all its runs, or one for each way they differ."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cachetools import LRUCache

from indexer.cells import BAR, Cell, Row, Slot, is_blank
from indexer.fields import slots_by_path
from indexer.readers.schema_org import awards, identities
from indexer.readers.schema_org.days import written_day
from indexer.readers.schema_org.graphs import LISTED, RUN, RUNS, Graph, is_event_with_runs, is_untyped_run
from indexer.readers.schema_org.nodes import Node, Words
from indexer.readers.schema_org.runs import Note, Offering, chosen_runs, offering, together
from indexer.readers.schema_org.texts import by_language, first_text, is_ours, labels, texts
from indexer.readers.spool import RECENT
from indexer.rules import problem
from indexer.values import slug
from mappings.contract import Contract

# Prose of a listing and the properties it is read from, the best first.
PROSE = {
    "title": ("name",),
    "description": ("description", "abstract", "disambiguatingDescription"),
    "prerequisites": ("coursePrerequisites", "programPrerequisites"),
}
TAUGHT = ("teaches", "competencyRequired")
DAYS = {
    "application_opens": "applicationStartDate",
    "application_closes": "applicationDeadline",
    "updated": "dateModified",
}
# The property a report names for a value of an offering.
COLUMNS = {
    "cost": "offers", "currency": "offers", "hours": "timeRequired", "weeks": "timeRequired", "starts": "startDate",
    "hours_per_week": "courseWorkload", "delivery": "courseMode", "pace": "courseMode", "schedule": "courseSchedule",
    "language": "inLanguage", "place.city": "location", "place.region": "location", "place.location": "location",
}  # fmt: skip
# Such a name takes a term; anything longer is a statement.
LONGEST_TERM = 4
TELLS_APART = ("delivery", "place.city", "schedule", "pace", "language")


@dataclass
class Draft:
    """Values of a listing by their path, each with the property it came from, and what is to be said."""

    values: dict[str, tuple[str, Any]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def put(self, path: str, column: str, value: Any) -> None:
        if not is_blank(value):
            self.values.setdefault(path, (column, value))


def _path(name: str, tag: str | None) -> str:
    return f"{tag}.{name}" if tag else name


def _write_prose(node: Node, graph: Graph, draft: Draft) -> None:
    for name, properties in PROSE.items():
        for tag, found in by_language(texts(node, graph, *properties)).items():
            if is_ours(tag):
                draft.put(_path(name, tag), properties[0], found[0])
            else:
                draft.notes.append((properties[0], found[0], problem("language_not_read", language=tag)))


def _is_term(one: Words, node: Node | None) -> bool:
    return node is not None and len(one.text.split()) <= LONGEST_TERM


def _taught(node: Node, graph: Graph) -> Iterator[tuple[Words, bool]]:
    """What is taught, and whether it is a skill's short name rather than a statement."""
    for name in TAUGHT:
        for value in node.values.get(name, ()):
            holder = Node(values={name: [value]})
            for one in texts(holder, graph, name):
                yield one, _is_term(one, value if isinstance(value, Node) else None)


def _write_taught(node: Node, graph: Graph, draft: Draft) -> None:
    found = list(_taught(node, graph))
    for tag, statements in by_language([one for one, is_term in found if not is_term]).items():
        if is_ours(tag):
            draft.put(_path("outcomes", tag), TAUGHT[0], statements)
    terms = by_language([one for one, is_term in found if is_term])
    skills = [{tag: name} if tag else name for tag, names in terms.items() if is_ours(tag) for name in names]
    draft.put("skills", TAUGHT[0], skills)


def _write_occupations(node: Node, graph: Graph, draft: Draft) -> None:
    found = list(awards.occupations(node, graph))
    draft.put("occupations", "occupationalCategory", [code for code, wrong in found if wrong is None])
    draft.notes.extend(("occupationalCategory", shown, wrong) for shown, wrong in found if wrong)


def _write_facts(node: Node, graph: Graph, draft: Draft) -> None:
    url = first_text(node, graph, "url", "mainEntityOfPage")
    own = node.address if node.address.startswith(("https://", "http://")) else ""
    draft.put("url", "url", url)
    draft.put("url", "@id", own)
    draft.put("credential_type", "educationalCredentialAwarded", awards.credential_type(node, graph))
    draft.put("level", "educationalLevel", first_text(node, graph, "educationalLevel"))
    for name, column in DAYS.items():
        draft.put(name, column, written_day(first_text(node, graph, column)))


def _said_of_kind(node: Node) -> Iterator[Note]:
    """What was doubtful about taking the thing for a course."""
    kind = next(iter(node.kinds), "")
    if is_untyped_run(node):
        yield "@type", "", problem("kind_missing")
    elif is_event_with_runs(node) and not LISTED.intersection(node.kinds):
        yield "@type", kind, problem("event_as_course")
    if not LISTED.intersection(node.kinds) and RUNS not in node.values:
        yield "@type", kind, problem("run_as_course")


def _common(node: Node, graph: Graph) -> Draft:
    draft = Draft(notes=list(_said_of_kind(node)))
    _write_prose(node, graph, draft)
    _write_taught(node, graph, draft)
    _write_facts(node, graph, draft)
    _write_occupations(node, graph, draft)
    return draft


def _run_url(runs: list[Node], graph: Graph) -> str:
    """Where a course without an address of its own may be applied for: its only run's page."""
    urls = {first_text(run, graph, "url") for run in runs}
    return urls.pop() if len(urls) == 1 else ""


def _write_offering(one: Offering, draft: Draft) -> None:
    for name, value in one.facts.items():
        column = COLUMNS[name]
        draft.put(name, column, value.split(BAR) if name == "place.location" else value)
    draft.put("starts", COLUMNS["starts"], list(one.starts))
    draft.notes.extend(note for note in one.notes if note not in draft.notes)


def _name_missing(draft: Draft, runs: list[Node], graph: Graph) -> None:
    """A course without a name of its own has the one its runs bear."""
    named = [name for run in runs for name in labels(run, graph, "name")]
    if named and not any(path in draft.values for path in ("title", "en.title", "fr.title")):
        draft.put("title", f"{RUNS}.name", named[0])


def _past_note(past: list[Node], is_open: bool) -> list[Note]:
    if not past:
        return []
    return [("startDate", "", problem("runs_past" if is_open else "runs_all_past", count=len(past)))]


class Rows:
    """Makes the rows of a source's courses; IDs are unique among them as far as they are ours to make."""

    def __init__(self, graph: Graph, contract: Contract, today: dt.date) -> None:
        self.graph, self.contract, self.today = graph, contract, today
        self.codes = identities.Codes(graph.spool)
        self.offerings: LRUCache[str, Offering] = LRUCache(RECENT)

    def _offering(self, node: Node) -> Offering:
        """Worked out once for a thing many courses say is a run of theirs; only what has an address can be such."""
        known = self.offerings.get(node.address)
        if known is None:
            known = offering(node, self.graph, self.today)
            if node.address:
                self.offerings[node.address] = known
        return known

    def of(self, node: Node) -> Iterator[tuple[dict[str, tuple[str, Any]], list[Note]]]:
        """Values and notes of each row of a course."""
        graph = self.graph
        runs, past = chosen_runs(node, graph, self.today)
        own = self._offering(node)
        offerings = together(map(self._offering, runs)) or [Offering()]
        lone_past = RUN in node.kinds or is_untyped_run(node)
        gone = past or ([node] if lone_past and not own.starts and "startDate" in node.values else [])
        others = not set(runs) <= set(gone)
        code, code_notes = self._code(node)
        for one in offerings:
            draft = _common(node, graph)
            draft.notes.extend(code_notes)
            draft.notes.extend(_past_note(gone, others))
            _name_missing(draft, runs, graph)
            _write_offering(one, draft)
            _write_offering(own, draft)
            draft.put("url", f"{RUNS}.url", _run_url(runs, graph))
            draft.put("id", "@id", self._offering_code(code, one, offerings))
            yield draft.values, draft.notes

    def _code(self, node: Node) -> tuple[str, list[Note]]:
        given = identities.given_code(node, self.graph)
        if given:
            return given, []
        made = self.codes.unique(identities.made_code(node, self.graph))
        return made, [("@id", made, problem("id_made"))] if made else []

    def _offering_code(self, code: str, one: Offering, offerings: list[Offering]) -> str:
        """The course's code; where it is offered in several ways, followed by what tells this one apart."""
        if len(offerings) == 1 or not code:
            return code
        facts = one.facts
        parts = [facts.get(name, "") for name in TELLS_APART if len({x.facts.get(name) for x in offerings}) > 1]
        return self.codes.unique(f"{code}-{slug(' '.join(parts))}".strip("-")[:96])


def row(number: int, values: dict[str, tuple[str, Any]], notes: Iterable[Note], contract: Contract, place: str) -> Row:
    """A row whose columns are the properties, after the page they stand in."""
    slots = slots_by_path(contract)
    cells: dict[Slot, Cell] = {
        slots[path]: Cell(named(column, place), value) for path, (column, value) in values.items()
    }
    return Row(number, cells, tuple((named(column, place), value, wrong) for column, value, wrong in notes))


def named(column: str, place: str) -> str:
    return f"{place}: {column}" if place else column
