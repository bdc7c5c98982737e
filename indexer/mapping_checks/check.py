"""What each rule of a mapping catches of a feed: had, read, left out and why; and what comes out as listings."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from indexer.cells import Row, Slot
from indexer.dedupe import Twins
from indexer.drafts.paths import shown
from indexer.failures import SourceError
from indexer.fields import slots_by_path
from indexer.joins import Groups, key_of
from indexer.mapping import Mapping, mapped_row
from indexer.mapping_checks.feeds import Fed
from indexer.mapping_checks.rules import TOP, Reason, Reasons, RuleCheck, RuleRun
from indexer.paths import PathError
from indexer.readers.records import Numbered
from indexer.records import record_row
from indexer.rules import Issue, Severity, problem
from indexer.sources import Source
from indexer.validation import judge
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
    """What `map-check` says of a feed and a mapping. `notes` are about the file, such as runs outside of a course."""

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
    notes: list[Reason]

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


@dataclass(frozen=True)
class _Looking:
    """What a record is looked at with."""

    mapping: Mapping
    source: Source
    contract: Contract
    today: dt.date

    def wants(self, record: Numbered) -> bool:
        try:
            return self.mapping.wants(record.body) and not self.mapping.is_over(record.body, self.today)
        except PathError as error:
            raise SourceError(problem("mapping_wrong", file="", detail=f"where: {error}"[:300])) from error

    def row(self, record: Numbered) -> Row:
        if record.problem or not self.mapping.fields:
            return record_row(record, self.contract)
        return mapped_row(record, self.mapping, self.contract, self.today)

    def runs(self) -> list[RuleRun]:
        slots: dict[str, Slot] = slots_by_path(self.contract)
        context = Context(self.contract, self.source.default_language)
        return [
            RuleRun(name, self.mapping, self.contract.named(slots[name].field), context, self.today)
            for name in self.mapping.fields
        ]


@dataclass
class _Seen:
    """Records counted on their way, each looked at before the next is read: of an XML file only one is there."""

    looking: _Looking
    rules: list[RuleRun]
    twins: Twins = field(default_factory=Twins)
    counts: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    why: dict[Severity, Reasons] = field(default_factory=dict)

    def see(self, record: Numbered) -> None:
        self.counts["records"] += 1
        if record.problem:
            self.counts["broken"] += 1
            self._judge(record)
            return
        if self.looking.mapping.join:
            self.keys[key_of(record, self.looking.mapping.join.key, self.looking.mapping.language) or ""] += 1
        if not self.looking.wants(record):
            self.counts["dropped"] += 1
            return
        for rule in self.rules:
            rule.see(record.body)
        self._judge(record)

    def _judge(self, record: Numbered) -> None:
        """What comes of the record, as a load judges it."""
        one = judge(self.looking.row(record), self.looking.source, self.looking.contract)
        self.twins.mark(one)
        self.counts[("with_warnings" if one.issues else "good") if one.listing else "quarantined"] += 1
        for issue in one.issues:
            _add(self.why.setdefault(issue.problem.severity, Reasons()), issue)

    def reasons(self) -> list[Reason]:
        """Why rows were held back or listings have warnings; held back first."""
        kept = (self.why.get(severity) for severity in (Severity.QUARANTINE, Severity.WARNING))
        return [reason for reasons in kept if reasons for reason in reasons.top()]


def _add(reasons: Reasons, issue: Issue) -> None:
    words = f"{issue.column}: {issue.problem.in_language('en')}".removeprefix(": ")
    reasons.add(words, issue.value)


def _join(mapping: Mapping, keys: Counter[str], groups: Groups) -> JoinCheck | None:
    if mapping.join is None:
        return None
    matched = sum(count for one, count in keys.items() if one in groups)
    alone, orphans = keys.total() - matched, [one for one in groups if one not in keys]
    samples = [shown(one) for one in orphans[:TOP]]
    counts = (matched, alone, sum(map(len, groups.values())), sum(len(groups[one]) for one in orphans))
    return JoinCheck(mapping.join.key, *counts, samples)


def _notes(issues: list[Issue]) -> list[Reason]:
    reasons = Reasons()
    for issue in issues:
        _add(reasons, issue)
    return reasons.top()


def check(fed: Fed, mapping: Mapping, source: Source, contract: Contract, today: dt.date) -> MappingCheck:
    """Every record of a feed through every rule of a mapping, then judged as a load judges it. Raises SourceError."""
    looking = _Looking(mapping, source, contract, today)
    seen = _Seen(looking, looking.runs())
    for record in fed.records:
        seen.see(record)
    counts = seen.counts
    return MappingCheck(
        records=counts["records"], broken=counts["broken"], dropped=counts["dropped"], where=mapping.where,
        join=_join(mapping, seen.keys, fed.groups), rules=[rule.done() for rule in seen.rules],
        good=counts["good"], with_warnings=counts["with_warnings"], quarantined=counts["quarantined"],
        reasons=seen.reasons(), notes=_notes(fed.notes),
    )  # fmt: skip
