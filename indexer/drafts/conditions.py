"""Which records are listings: conditions a file's own flags and states suggest, and the key two files share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jmespath

from indexer.cleaning import key
from indexer.drafts.names import words_of
from indexer.drafts.paths import PathProfile
from indexer.drafts.samples import Sample
from indexer.failures import IndexerError
from indexer.joins import groups_of, joined
from indexer.mapping import Join
from indexer.paths import JMESPATH
from indexer.readers.records import Numbered
from indexer.values import NO, YES

# What a path is called that says whether a record is to be shown, and whether a yes means it is not.
SHOWS = frozenset((
    "published", "active", "public", "visible", "live", "approved", "enabled", "open", "current", "listed", "publie",
    "actif", "active", "visible", "ouvert", "include",
))  # fmt: skip
HIDES = frozenset((
    "archived", "deleted", "hidden", "draft", "private", "suspended", "cancelled", "canceled", "inactive", "disabled",
    "archive", "supprime", "masque", "brouillon", "annule",
))  # fmt: skip
STATES = frozenset(("status", "state", "statut", "etat", "statusname", "lifecycle"))
MOST_STATES = 8
LEAST_SHARED = 0.1  # share of records whose key must stand in the second file too


@dataclass(frozen=True)
class Condition:
    """A condition in JMESPath and how many of the records looked at it keeps."""

    where: str
    kept: int
    records: int


def _literal(value: Any) -> str:
    """A value as JMESPath writes it."""
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{escaped}'"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _is_wanted(value: Any, *, hides: bool, is_state: bool) -> bool:
    text = key(str(value))
    if is_state:
        return bool(set(text.split()) & SHOWS) or text in YES
    return text in (NO if hides else YES)


def _condition(profile: PathProfile) -> str | None:
    """What keeps the records to be shown, by one path; None where the path does not say."""
    words = set(words_of(profile.names[-1]))
    is_state, hides = bool(words & STATES), bool(words & HIDES)
    if profile.is_listed or len(profile.distinct) > MOST_STATES or not (is_state or hides or words & SHOWS):
        return None
    values = {str(value): value for value in profile.values}.values()
    wanted = [value for value in values if _is_wanted(value, hides=hides, is_state=is_state)]
    if all(isinstance(value, bool) for value in values):
        return f"!{profile.path}" if hides else profile.path
    return " || ".join(f"{profile.path} == {_literal(value)}" for value in wanted) or None


def conditions(paths: Sequence[PathProfile], records: Sequence[dict[str, Any]]) -> list[Condition]:
    """Every condition suggested, with what it would keep."""
    found = []
    for where in filter(None, map(_condition, paths)):
        compiled = jmespath.compile(where)
        found.append(Condition(where, sum(bool(compiled.search(one)) for one in records), len(records)))
    return found


def _keys(records: Sequence[dict[str, Any]], name: str) -> set[str]:
    return {str(one[name]) for one in records if isinstance(one.get(name), (str, int)) and one[name] != ""}


def _shared(records: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> Counter[str]:
    """By name in both files: how many different values of the records stand in the second file too."""
    names = dict.fromkeys(name for one in records[:100] for name in one)
    return Counter({name: len(_keys(records, name) & _keys(others, name)) for name in names})


def join_of(sample: Sample, other: Sample) -> Join:
    """The join by the name whose values two files share most. Raises IndexerError where they share next to none."""
    shared = _shared(sample.records, other.records).most_common(1)
    if not shared or shared[0][1] < max(1, LEAST_SHARED * len(sample.records)):
        raise IndexerError(f"{sample.file.name} and {other.file.name} have no name in common whose values they share")
    return Join.model_validate({"file": Path(other.file.name), "key": shared[0][0], "as": "runs"})


def with_runs(sample: Sample, other: Sample, join: Join) -> list[dict[str, Any]]:
    """The records with those of the second file inside."""
    ours, theirs = ([Numbered(at, body) for at, body in enumerate(x.records, start=1)] for x in (sample, other))
    return [one.body for one in joined(ours, groups_of(theirs, join.key, JMESPATH), join, set())]
