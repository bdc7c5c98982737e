"""What each rule of a mapping catches of a feed: had, read, left out and why; and what comes out as listings."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.cells import Row, Slot
from indexer.dedupe import Twins
from indexer.drafts.paths import shown
from indexer.failures import SourceError
from indexer.fields import slots_by_path
from indexer.joins import key_of
from indexer.mapping import Mapping, mapped_row
from indexer.mapping_checks.feeds import Fed
from indexer.mapping_checks.rules import TOP, Reason, Reasons, RuleCheck, RuleRun
from indexer.paths import JMESPATH, PathError
from indexer.readers.records import Numbered
from indexer.records import record_row
from indexer.rules import Severity, problem
from indexer.sources import Source
from indexer.validation import Judged, judge
from indexer.values import Context
from mappings.contract import Contract


@dataclass
class JoinCheck:
    """Records with and without partner in the second file, and its records that belong to none."""

    key: str
    matched: int
    alone: int
    others: int
    orphans: int
    orphan_keys: list[str]


@dataclass
class MappingCheck:
    """What `map-check` says of a feed and a mapping."""

    records: int
    broken: int
    dropped: int
    where: str | None
    join: JoinCheck | None
    rules: list[RuleCheck]
    good: int
    with_warnings: int
    quarantined: int
    reasons: list[Reason]

    @property
    def faults(self) -> list[str]:
        """What must be put right before a load: one sentence each; none where the mapping does."""
        dead = [f"the rule for {rule.name} catches nothing" for rule in self.rules if rule.is_dead]
        kept = self.records - self.broken - self.dropped
        nothing = (
            [] if kept else [f"the condition {self.where} keeps no record" if self.where else "no record is whole"]
        )
        offered = self.good + self.with_warnings
        return [*nothing, *([] if offered else ["no listing comes out"]), *(dead if kept else [])]


def _rules(mapping: Mapping, wanted: Sequence[Numbered], context: Context, today: dt.date) -> list[RuleCheck]:
    slots: dict[str, Slot] = slots_by_path(context.contract)
    runs = [
        RuleRun(name, rule, context.contract.named(slots[name].field), context, today)
        for name, rule in mapping.fields.items()
    ]
    for record in wanted:
        for run in runs:
            run.see(record.body)
    return [run.done() for run in runs]


def _join(fed: Fed, mapping: Mapping) -> JoinCheck | None:
    if mapping.join is None:
        return None
    name = mapping.join.key
    ours = [key_of(one, name, JMESPATH) or "" for one in fed.records if not one.problem]
    theirs = Counter(key_of(one, name, JMESPATH) or "" for one in fed.others)
    matched, orphans = sum(one in theirs for one in ours), [one for one in theirs if one not in set(ours)]
    samples = [shown(one) for one in orphans[:TOP]]
    return JoinCheck(name, matched, len(ours) - matched, len(fed.others), sum(theirs[one] for one in orphans), samples)


def _outcome(judged: Iterable[Judged]) -> list[Reason]:
    """Why rows were held back or listings have warnings; held back first."""
    found = {severity: Reasons() for severity in (Severity.QUARANTINE, Severity.WARNING)}
    for one in judged:
        for issue in one.issues:
            words = f"{issue.column}: {issue.problem.in_language('en')}".removeprefix(": ")
            found[issue.problem.severity].add(words, issue.value)
    return [reason for reasons in found.values() for reason in reasons.top()]


def _row(record: Numbered, mapping: Mapping, contract: Contract, today: dt.date) -> Row:
    if record.problem or not mapping.fields:
        return record_row(record, contract)
    return mapped_row(record, mapping, contract, today)


def _wanted(records: list[Numbered], mapping: Mapping, today: dt.date) -> list[Numbered]:
    try:
        return [one for one in records if mapping.wants(one.body) and not mapping.is_over(one.body, today)]
    except PathError as error:
        raise SourceError(problem("mapping_wrong", file="", detail=f"where: {error}"[:300])) from error


def check(fed: Fed, mapping: Mapping, source: Source, contract: Contract, today: dt.date) -> MappingCheck:
    """Every record of a feed through every rule of a mapping, then judged as a load judges it. Raises SourceError."""
    whole = [one for one in fed.records if not one.problem]
    wanted = _wanted(whole, mapping, today)
    broken = [one for one in fed.records if one.problem]
    judged = [judge(_row(one, mapping, contract, today), source, contract) for one in (*broken, *wanted)]
    twins = Twins()
    for one in judged:
        twins.mark(one)
    listed = [one for one in judged if one.listing]
    warned = sum(bool(one.issues) for one in listed)
    context = Context(contract, source.default_language)
    return MappingCheck(
        records=len(fed.records), broken=len(broken), dropped=len(whole) - len(wanted), where=mapping.where,
        join=_join(fed, mapping), rules=_rules(mapping, wanted, context, today),
        good=len(listed) - warned, with_warnings=warned, quarantined=len(judged) - len(listed),
        reasons=_outcome(judged),
    )  # fmt: skip
