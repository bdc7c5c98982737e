"""The runs of a course: which are still to come, and what each says of when, where and for how much."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from indexer.cells import BAR
from indexer.cleaning import written
from indexer.durations import length
from indexer.iso_durations import Length
from indexer.readers.schema_org import modes
from indexer.readers.schema_org.days import day_of, weeks_between, written_day
from indexer.readers.schema_org.graphs import RUNS, Graph
from indexer.readers.schema_org.nodes import Node
from indexer.readers.schema_org.places import Spot, spots
from indexer.readers.schema_org.prices import prices_of, public_price
from indexer.readers.schema_org.texts import first_text, instruction_languages, is_true, labels
from indexer.rules import Problem, UnreadableError, problem

Note = tuple[str, str, Problem]
LENGTHS = ("timeRequired", "duration", "timeToComplete", "courseWorkload")


@dataclass(frozen=True)
class Offering:
    """What a course or one of its runs says of itself, as values of a listing record; blank where it says nothing.

    `span` is the weeks from its first day to its last.
    """

    values: tuple[tuple[str, str], ...] = ()
    starts: tuple[str, ...] = ()
    span: float | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False)

    @property
    def facts(self) -> dict[str, str]:
        said = dict(self.values)
        return {"weeks": written(self.span), **said} if self.span else said


def first_day(node: Node, graph: Graph) -> str:
    return written_day(first_text(node, graph, "startDate"))


def is_past(node: Node, graph: Graph, today: dt.date) -> bool:
    """Whether the run has begun. One without a day is always open."""
    day = day_of(first_day(node, graph))
    return day is not None and day < today


def chosen_runs(node: Node, graph: Graph, today: dt.date) -> tuple[list[Node], list[Node]]:
    """The runs to offer, and those that have begun. Where all have, the latest tells what a run is like."""
    runs = list(dict.fromkeys(graph.parts(node, RUNS)))
    past = [run for run in runs if is_past(run, graph, today)]
    begun = set(past)
    open_runs = [run for run in runs if run not in begun]
    latest = sorted(past, key=lambda run: first_day(run, graph))[-1:]
    return open_runs or latest, past


def _length_of(node: Node, graph: Graph, notes: list[Note]) -> Length:
    """The lengths it names put together: hours from one, weeks from another."""
    hours, weeks = None, None
    for name in LENGTHS:
        for text in labels(node, graph, name):
            try:
                found = Length() if _per_week(text) else length(text)
            except UnreadableError as error:
                notes.append((name, text, error.problem))
                continue
            hours, weeks = hours or found.hours, weeks or found.weeks
    return Length(weeks, hours)


def _per_week(text: str) -> float | None:
    try:
        return length(text).hours_per_week
    except UnreadableError:
        return None


def _weekly(node: Node, graph: Graph) -> str:
    """Hours a week in words, of a range the longer end."""
    found = (_per_week(text) for text in labels(node, graph, "courseWorkload", "timeRequired"))
    return next((written(one) for one in found if one), "")


def _lengths(node: Node, graph: Graph, notes: list[Note]) -> dict[str, str]:
    found = _length_of(node, graph, notes)
    said = {"hours": found.hours, "weeks": found.weeks}
    return {**{name: written(value) for name, value in said.items() if value}, "hours_per_week": _weekly(node, graph)}


def _cost(node: Node, graph: Graph, today: dt.date, notes: list[Note]) -> dict[str, str]:
    chosen = public_price(prices_of(node, graph, today))
    notes.extend(("offers", value, wrong) for value, wrong in chosen.notes)
    if chosen.price:
        return {"cost": chosen.price.amount, "currency": chosen.price.currency}
    return {"cost": "0"} if is_true(node, graph, "isAccessibleForFree") else {}


def _delivery(node: Node, graph: Graph, held: list[Spot], notes: list[Note]) -> str:
    """As the mode says, else as the place does. Online in a room is doubtful and is left unsaid."""
    said = modes.delivery(labels(node, graph, "courseMode", "eventAttendanceMode"))
    in_room, online = any(spot.physical for spot in held), any(spot.online for spot in held)
    if said == "online" and in_room and not online:
        notes.append(("courseMode", BAR.join(labels(node, graph, "courseMode")), problem("mode_disagrees")))
        return ""
    if not said and (in_room or online):
        return "hybrid" if in_room and online else "online" if online else "in_person"
    return said or ""


def _place(held: list[Spot], notes: list[Note]) -> dict[str, str]:
    notes.extend(("location", spot.unread, problem("place_unclear")) for spot in held if spot.unread)
    spot = next((spot for spot in held if spot.city or spot.region or spot.position), None)
    if spot is None:
        return {}
    position = BAR.join(spot.position) if spot.position else ""
    return {"place.city": spot.city, "place.region": spot.region, "place.location": position}


def offering(node: Node, graph: Graph, today: dt.date) -> Offering:
    """What a course or a run says of its length, price, delivery, time and place, and the days it still begins on."""
    notes: list[Note] = []
    held = list(spots(node, graph))
    mode = labels(node, graph, "courseMode")
    said = {
        **_lengths(node, graph, notes),
        **_cost(node, graph, today, notes),
        **_place(held, notes),
        "delivery": _delivery(node, graph, held, notes),
        "pace": modes.pace(mode) or "",
        "schedule": BAR.join(modes.schedules(node, graph, mode)),
        "language": BAR.join(instruction_languages(node, graph)),
    }
    start = first_day(node, graph)
    starts = (start,) if start and not is_past(node, graph, today) else ()
    span = weeks_between(start, first_text(node, graph, "endDate"))
    return Offering(tuple((name, value) for name, value in said.items() if value), starts, span, tuple(notes))


def together(offerings: Iterable[Offering]) -> list[Offering]:
    """Runs that differ in nothing but their days as one, with all their days."""
    grouped: dict[tuple[tuple[str, str], ...], list[Offering]] = {}
    for one in offerings:
        grouped.setdefault(one.values, []).append(one)
    return [_one(group) for group in grouped.values()]


def _one(group: list[Offering]) -> Offering:
    days = sorted({day for one in group for day in one.starts})
    spans = {one.span for one in group}
    return replace(group[0], starts=tuple(days), span=spans.pop() if len(spans) == 1 else None)
