"""A check of a mapping as tables and lines a person reads."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from indexer.mapping_checks.check import JoinCheck, MappingCheck
from indexer.mapping_checks.rules import Reason, RuleCheck, Vocabulary

MOST = 10  # values a line names
WIDE = 160  # characters, where the output is no terminal
WORDS = frozenset(("field", "rule", "such as"))
COLUMNS = ("field", "rule", "had it", "read", "said nothing", "left out", "such as")


def _reason(reason: Reason) -> str:
    samples = ", ".join(f"“{one}”" for one in reason.samples if one)
    return f"{reason.count} × {reason.words}" + (f": {samples}" if samples else "")


def _table(rules: list[RuleCheck]) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for title in COLUMNS:
        table.add_column(title, justify="left" if title in WORDS else "right", overflow="fold")
    for one in rules:
        counts = (one.had, one.read, one.silent, one.left_out)
        samples = ", ".join(f"“{sample}”" for sample in one.samples)
        table.add_row(one.name, one.rule, *(str(count) for count in counts), samples)
    return table


def _counted(values: dict[str, int]) -> str:
    told = ", ".join(f"“{value}” ({count})" for value, count in list(values.items())[:MOST])
    return told + (f" and {len(values) - MOST} more" if len(values) > MOST else "")


def _vocabulary(name: str, found: Vocabulary) -> Iterator[str]:
    if found.unused:
        yield f"{name}: in its vocabulary, and in no record: {', '.join(found.unused[:MOST])}"
    if found.unknown:
        yield f"{name}: in no list of ours: {_counted(found.unknown)}"
    if found.caught:
        yield f"{name}: caught by “*”: {_counted(found.caught)}"


def _join(found: JoinCheck) -> str:
    orphans = f", {found.orphans} of {found.others} there belong to no record here"
    keys = f" ({', '.join(found.orphan_keys)})" if found.orphan_keys else ""
    return f"join on {found.key}: {found.matched} records found partners, {found.alone} found none{orphans}{keys}"


def _records(found: MappingCheck) -> Iterator[str]:
    kept = found.records - found.broken - found.dropped
    condition = f": {found.where}" if found.where else ""
    yield f"{found.records} records, {found.broken} broken; {kept} kept, {found.dropped} dropped{condition}"
    if found.join:
        yield _join(found.join)
    yield from (_reason(note) for note in found.notes)


def _lines(found: MappingCheck) -> Iterator[str]:
    for rule in found.rules:
        yield from (f"{rule.name}: {_reason(reason)}" for reason in rule.reasons)
        yield from _vocabulary(rule.name, rule.vocabulary) if rule.vocabulary else ()
    yield f"listings: {found.good} good, {found.with_warnings} with warnings, {found.quarantined} quarantined"
    yield from (f"  {_reason(reason)}" for reason in found.reasons)
    yield from (f"to put right: {fault}" for fault in found.faults)


def show(found: MappingCheck, console: Console) -> None:
    """Prints the check: records, the table of rules, what was left out and why, what comes out."""
    wide = console if console.is_terminal else Console(file=console.file, width=WIDE)
    for line in _records(found):
        wide.print(line, markup=False, highlight=False, soft_wrap=True)
    wide.print(_table(found.rules), markup=False)
    for line in _lines(found):
        wide.print(line, markup=False, highlight=False, soft_wrap=True)
