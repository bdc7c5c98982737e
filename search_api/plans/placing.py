"""Which candidates fit the limits on their own, with their options, and what keeps the others out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits, Why, broken
from search_api.plans.timing import Option, Timing, timing


@dataclass(frozen=True)
class Placeable:
    """A candidate that fits the limits on its own, and the ways it can be taken."""

    candidate: Candidate
    options: tuple[Option, ...]

    @property
    def id(self) -> str:
        return self.candidate.id


@dataclass(frozen=True)
class Placed:
    """All candidates: those that can be taken, by id order, and the limits each other one breaks."""

    placeables: tuple[Placeable, ...]
    broken: Mapping[str, tuple[Why, ...]]


def before(candidate: Candidate) -> frozenset[str]:
    """Every listing that has something to do before it."""
    return candidate.follows.union(*candidate.requires)


def related(candidates: Iterable[Candidate]) -> frozenset[str]:
    """The candidates that wait for another one or are waited for."""
    found: set[str] = set()
    for candidate in candidates:
        if first := before(candidate):
            found |= first | {candidate.id}
    return frozenset(found)


def _ends(candidate: Candidate, by_id: Mapping[str, Candidate], limits: Limits, seen: frozenset[str]) -> set[int]:
    """The days on which something that comes before it may end: when a self-paced listing may begin, beside day 0."""
    ends: set[int] = set()
    for name in before(candidate) & by_id.keys() - seen:
        first = by_id[name]
        begins = {0} | (_ends(first, by_id, limits, seen | {candidate.id}) if first.self_paced else set())
        ends |= {option.end for option in timing(first, limits, begins).options if option.end is not None}
    return ends


def _dated(candidate: Candidate, by_id: Mapping[str, Candidate], limits: Limits) -> tuple[Option, ...]:
    """The options of a listing that waits for another or is waited for: even a self-paced one has dates."""
    begins = {0} | _ends(candidate, by_id, limits, frozenset({candidate.id}))
    return timing(candidate, limits, begins).options


def _complete(placeables: dict[str, Placeable]) -> dict[str, Placeable]:
    """Without those whose prerequisites cannot be taken."""
    while True:
        lacking = [
            x for x, each in placeables.items() if not all(g & placeables.keys() for g in each.candidate.requires)
        ]
        if not lacking:
            return placeables
        placeables = {x: each for x, each in placeables.items() if x not in lacking}


def _failures(candidate: Candidate, limits: Limits, when: Timing) -> tuple[Why, ...]:
    return (*broken(candidate, limits), *((when.why,) if when.why else ()))


def failures(candidate: Candidate, limits: Limits) -> tuple[Why, ...]:
    """Every limit the listing breaks on its own."""
    return _failures(candidate, limits, timing(candidate, limits))


def placed(candidates: Iterable[Candidate], limits: Limits) -> Placed:
    """Sorts the candidates into those that can be taken and those that cannot."""
    by_id = {candidate.id: candidate for candidate in sorted(candidates, key=lambda each: each.id)}
    when = {name: timing(each, limits) for name, each in by_id.items()}
    kept_out = {name: why for name, each in by_id.items() if (why := _failures(each, limits, when[name]))}
    fitting = {name: each for name, each in by_id.items() if name not in kept_out}
    tied = related(fitting.values())
    options = {x: _dated(each, fitting, limits) if x in tied else when[x].options for x, each in fitting.items()}
    whole = _complete({name: Placeable(each, options[name]) for name, each in fitting.items() if options[name]})
    lost: dict[str, tuple[Why, ...]] = dict.fromkeys(fitting.keys() - whole.keys(), ("prerequisite",))
    return Placed(tuple(whole.values()), {**kept_out, **lost})
