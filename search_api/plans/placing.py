"""Which candidates fit the limits on their own, with their options, and what keeps the others out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search_api.plans.candidate import Candidate
from search_api.plans.limits import Limits, Why, broken
from search_api.plans.timing import Option, timing


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


def _options(candidate: Candidate, by_id: Mapping[str, Candidate], limits: Limits, tied: frozenset[str]) -> Placeable:
    """All options where the choice of one matters; else the earliest, which no other is better than."""
    if candidate.id in tied:
        begins = {0} | _ends(candidate, by_id, limits, frozenset({candidate.id}))
        return Placeable(candidate, timing(candidate, limits, begins).options)
    options = timing(candidate, limits).options
    return Placeable(candidate, options if limits.load is not None else options[:1])


def _complete(placeables: dict[str, Placeable]) -> dict[str, Placeable]:
    """Without those whose prerequisites cannot be taken."""
    while True:
        lacking = [
            x for x, each in placeables.items() if not all(g & placeables.keys() for g in each.candidate.requires)
        ]
        if not lacking:
            return placeables
        placeables = {x: each for x, each in placeables.items() if x not in lacking}


def failures(candidate: Candidate, limits: Limits) -> tuple[Why, ...]:
    """Every limit the listing breaks on its own."""
    why = timing(candidate, limits).why
    return (*broken(candidate, limits), *((why,) if why else ()))


def placed(candidates: Iterable[Candidate], limits: Limits) -> Placed:
    """Sorts the candidates into those that can be taken and those that cannot."""
    by_id = {candidate.id: candidate for candidate in sorted(candidates, key=lambda each: each.id)}
    kept_out = {identifier: why for identifier, each in by_id.items() if (why := failures(each, limits))}
    fitting = {identifier: each for identifier, each in by_id.items() if identifier not in kept_out}
    tied = related(fitting.values())
    made = {identifier: _options(each, fitting, limits, tied) for identifier, each in fitting.items()}
    whole = _complete({identifier: each for identifier, each in made.items() if each.options})
    lost: dict[str, tuple[Why, ...]] = dict.fromkeys(made.keys() - whole.keys(), ("prerequisite",))
    return Placed(tuple(whole.values()), {**kept_out, **lost})
