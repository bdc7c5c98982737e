"""Which path of a foreign file gives which field: proposed by what paths are called and by what of them reads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from indexer.drafts.names import is_of_a_person, name_likeness
from indexer.drafts.notations import JMES, LIST, Notation, expression
from indexer.drafts.paths import PathProfile, profiles
from indexer.drafts.weights import SURE, UNSURE, Judge, Rule, weigh
from mappings.contract import Contract

RUNS_DIFFER = 0.02  # share of records whose runs state different prices, from which one of them must be chosen


@dataclass(frozen=True)
class Proposal:
    """Rules in the contract's order; paths of people, left out; paths no rule uses."""

    rules: list[Rule]
    people: list[PathProfile] = field(default_factory=list)
    unused: list[PathProfile] = field(default_factory=list)

    @property
    def fields(self) -> set[str]:
        """The fields rules are written for."""
        return {rule.field for rule in self.rules if rule.is_sure}


def _rules(paths: Sequence[PathProfile], judge: Judge) -> Iterator[Rule]:
    for item in judge.contract.columns():
        yield from (rule for path in paths if (rule := weigh(path, item, judge)))


def _chosen(rules: Iterable[Rule]) -> dict[str, Rule]:
    """The surest rule of each field; a path serves one field."""
    taken: dict[str, Rule] = {}
    used: set[str] = set()
    for rule in sorted(rules, key=lambda one: -one.sureness):
        if rule.sureness >= UNSURE and rule.name not in taken and rule.profile.path not in used:
            taken[rule.name] = rule
            used.add(rule.profile.path)
    return taken


def _of_people(profile: PathProfile) -> bool:
    return is_of_a_person(profile.names) or profile.reaches_people


def _ordered(rules: dict[str, Rule], contract: Contract) -> list[Rule]:
    order = [item.name for item in contract.fields]
    return sorted(rules.values(), key=lambda rule: (order.index(rule.field), rule.name))


def _differ(found: Any) -> bool:
    return isinstance(found, list) and any(one != found[0] for one in found)


def _start_beside(profile: PathProfile, paths: Sequence[PathProfile], contract: Contract) -> PathProfile | None:
    """The path, in the same list, of the day a run starts."""
    runs = profile.steps[: profile.steps.index(LIST) + 1]
    beside = [one for one in paths if one.steps[:-1] == runs and one.are_words]
    likely = [(name_likeness(one.names, "starts", contract), one) for one in beside]
    likeness, best = max(likely, key=lambda pair: pair[0], default=(0.0, profile))
    return best if likeness > 0.5 else None


def _last_run(rule: Rule, paths: Sequence[PathProfile], contract: Contract) -> Rule:
    """Where runs differ in price: the price of the run that starts last. A rule without need of it is as it was.

    XPath 1.0 sorts nothing: in XML runs have to agree.
    """
    profile = rule.profile
    if rule.field != "cost" or profile.notation is not JMES or profile.steps.count(LIST) != 1 or not profile.found:
        return rule
    start = _start_beside(profile, paths, contract)
    if start is None or sum(map(_differ, profile.found)) < RUNS_DIFFER * len(profile.found):
        return rule
    at = profile.steps.index(LIST)
    runs, rest = expression(profile.steps[:at]), expression(profile.steps[at + 1 :])
    path = f"sort_by({runs} || `[]`, &{expression(start.steps[at + 1 :])} || '')[-1].{rest}"
    return replace(rule, path=path, chain=rule.chain[1:])


def _named_by_address(chosen: dict[str, Rule]) -> dict[str, Rule]:
    """Without an ID, a web address that no two records share can serve as one; it is never more than a proposal."""
    url = chosen.get("url")
    if "id" in chosen or url is None or not url.profile.is_unique:
        return chosen
    return {**chosen, "id": replace(url, field="id", sureness=SURE)}


def propose(records: Sequence[dict[str, Any]], judge: Judge, notation: Notation = JMES) -> Proposal:
    """Rules for records of one shape."""
    paths = profiles(records, notation)
    people = [path for path in paths if _of_people(path)]
    usable = [path for path in paths if path not in people]
    chosen = _named_by_address(_chosen(_rules(usable, judge)))
    rules = [_last_run(rule, usable, judge.contract) for rule in _ordered(chosen, judge.contract)]
    used = {rule.profile.path for rule in rules}
    return Proposal(rules, people, [path for path in usable if path.path not in used])
