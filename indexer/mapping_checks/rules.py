"""One rule of a mapping over the records of a feed: who had it, who read, what was left out and why."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from indexer.cells import is_blank, parse
from indexer.choices import choice_id
from indexer.cleaning import written
from indexer.drafts.paths import QUIET, shown
from indexer.mapping import FieldMap, Mapping
from indexer.paths import PathError, Paths
from indexer.rules import UnreadableError
from indexer.values import Context
from mappings.contract import Field

TOP = 3  # reasons, and samples of each
SAMPLES = 2  # of what a rule read


@dataclass
class Reason:
    """Why values were left out, how often, and some of them."""

    words: str
    count: int = 0
    samples: list[str] = field(default_factory=list)

    def add(self, value: Any) -> None:
        self.count += 1
        sample = shown(value)
        if len(self.samples) < TOP and sample not in self.samples:
            self.samples.append(sample)


@dataclass
class Vocabulary:
    """The feed's values beside a rule's vocabulary: rows of it nothing met, values in no list, values `*` caught."""

    unused: list[str] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)
    caught: dict[str, int] = field(default_factory=dict)


@dataclass
class RuleCheck:
    """One rule over all records wanted. `silent`: something was there and the rule made nothing of it, on purpose.

    `samples` are some of the values that were read, as the feed has them; of prose, which may name people, there are
    none.
    """

    name: str
    rule: str
    had: int = 0
    read: int = 0
    silent: int = 0
    left_out: int = 0
    constant: bool = False
    samples: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    vocabulary: Vocabulary | None = None

    @property
    def is_dead(self) -> bool:
        """Whether its path finds nothing, or nothing of what it finds can be read."""
        return not self.constant and not self.read and not self.silent


class Reasons:
    """Reasons by their words, the most frequent first."""

    def __init__(self) -> None:
        self._by_words: dict[str, Reason] = {}

    def add(self, words: str, value: Any) -> None:
        self._by_words.setdefault(words, Reason(words)).add(value)

    def top(self) -> list[Reason]:
        return sorted(self._by_words.values(), key=lambda one: -one.count)[:TOP]


def _found(rule: FieldMap, body: Any, paths: Paths) -> Any:
    """What stands at its path, or at that of the first rule behind it that finds something."""
    try:
        found = rule.raw(body, paths)
    except PathError:
        return body if isinstance(body, dict) else str(rule.path)  # something is there, of another shape
    return _found(rule.otherwise, body, paths) if is_nothing(found) and rule.otherwise else found


def is_nothing(found: Any) -> bool:
    return is_blank(found) or (isinstance(found, list) and all(map(is_blank, found)))


def _rule_text(rule: FieldMap) -> str:
    transforms = "".join(f" → {name}" for name in rule.transform)
    return f"{rule.path or f'= {rule.value}'}{transforms}"


class RuleRun:
    """One rule on its way through the records."""

    def __init__(self, name: str, mapping: Mapping, item: Field, context: Context, today: dt.date) -> None:
        rule = mapping.fields[name]
        self.rule, self.paths, self.item, self.context, self.today = rule, mapping.language, item, context, today
        self.check = RuleCheck(name, _rule_text(rule), constant=rule.path is None)
        self.reasons, self.met = Reasons(), Counter[str]()
        self._untranslated = rule.model_copy(update={"vocabulary": None, "prefix": ""})

    def see(self, body: Any) -> None:
        """One record: a JSON object or an XML element."""
        found = _found(self.rule, body, self.paths)
        if is_nothing(found):
            return
        self.check.had += 1
        read = self.rule.read(body, self.today, self.paths)
        if read.problem:
            self._leave_out(read.problem.in_language("en"), found)
            return
        self._count(self._untranslated.read(body, self.today, self.paths).value)
        self._parse(read.value, found)

    def _leave_out(self, words: str, value: Any) -> None:
        self.check.left_out += 1
        listed = value if isinstance(value, list) else [value]
        self.reasons.add(words, next((one for one in listed if not is_blank(one)), ""))

    def _parse(self, value: Any, found: Any) -> None:
        parsed = parse(value, self.item, self.context)
        if parsed.value not in (None, ()):
            self.check.read += 1
            self._sample(found)
        elif not parsed.problems:
            self.check.silent += 1
        else:
            self.check.left_out += 1
        for one, wrong in parsed.problems:
            self.reasons.add(wrong.in_language("en"), one)

    def _sample(self, found: Any) -> None:
        """Keeps a first value or two; the mapping's own is told already."""
        if self.check.constant or self.item.name in QUIET or len(self.check.samples) >= SAMPLES:
            return
        first = next(one for one in (found if isinstance(found, list) else [found]) if not is_blank(one))
        if (sample := shown(first)) not in self.check.samples:
            self.check.samples.append(sample)

    def _count(self, value: Any) -> None:
        if self.rule.vocabulary is None and self.item.type != "choice":
            return
        for one in value if isinstance(value, list) else [value]:
            if not is_blank(one):
                self.met[str(one).lower() if isinstance(one, bool) else written(one)[:200]] += 1

    def _is_listed(self, value: str) -> bool:
        if self.item.type != "choice":
            return True
        try:
            choice_id(value, self.item, self.context.contract)
        except UnreadableError:
            return False
        return True

    def _vocabulary(self) -> Vocabulary | None:
        if self.rule.vocabulary is None and not self.met:
            return None
        known = self.rule.vocabulary or {}
        others = {value: count for value, count in self.met.most_common() if value not in known}
        caught = {shown(value): count for value, count in others.items()} if "*" in known else {}
        unknown = {} if "*" in known else {shown(one): n for one, n in others.items() if not self._is_listed(one)}
        return Vocabulary([name for name in known if name not in self.met and name != "*"], unknown, caught)

    def done(self) -> RuleCheck:
        self.check.reasons, self.check.vocabulary = self.reasons.top(), self._vocabulary()
        return self.check
