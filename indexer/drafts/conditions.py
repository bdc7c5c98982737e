"""Which records are listings: conditions a file's own flags and states suggest, and the key two files share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jmespath

from indexer.cleaning import key
from indexer.drafts.names import words_of
from indexer.drafts.notations import JMES, Notation
from indexer.drafts.paths import PathProfile
from indexer.drafts.sample import Sample
from indexer.failures import IndexerError
from indexer.mapping import Join
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
    """A condition as the mapping writes it and how many of the records looked at it keeps."""

    where: str
    kept: int
    records: int


def _is_wanted(value: Any, *, hides: bool, is_state: bool) -> bool:
    text = key(str(value))
    if is_state:
        return bool(set(text.split()) & SHOWS) or text in YES
    return text in (NO if hides else YES)


def _condition(profile: PathProfile, notation: Notation) -> str | None:
    """What keeps the records to be shown, by one path, so written; None where the path does not say."""
    words = set(words_of(profile.names[-1]))
    is_state, hides = bool(words & STATES), bool(words & HIDES)
    if profile.is_listed or len(profile.distinct) > MOST_STATES or not (is_state or hides or words & SHOWS):
        return None
    values = {str(value): value for value in profile.values}.values()
    wanted = [value for value in values if _is_wanted(value, hides=hides, is_state=is_state)]
    if all(isinstance(value, bool) for value in values):
        return notation.flag(profile.steps, hides=hides)
    return notation.one_of(profile.steps, wanted)


def conditions(paths: Sequence[PathProfile], records: Sequence[dict[str, Any]]) -> list[Condition]:
    """Every condition suggested, with what it would keep: counted in the sample, whose records are objects."""
    found = []
    for path in paths:
        where, counted = _condition(path, path.notation), _condition(path, JMES)
        if where and counted:
            compiled = jmespath.compile(counted)
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
    place = other.place if sample.form == "xml" or other.place else None
    body = {"file": Path(other.file.name), "key": shared[0][0], "as": _free(sample), "records": place}
    return Join.model_validate(body)


def _free(sample: Sample) -> str:
    """A name for the second file's records that no record has yet."""
    taken = {name for one in sample.records for name in one}
    return next(name for name in ("runs", "joined", "others_joined") if name not in taken)


def _by_key(records: Sequence[dict[str, Any]], name: str) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in records:
        groups.setdefault(str(one.get(name, "")), []).append(one)
    return groups


def with_runs(sample: Sample, other: Sample, join: Join) -> list[dict[str, Any]]:
    """The records with those of the second file inside: in XML under the name of their element."""
    groups = _by_key(other.records, join.key)

    def runs(one: dict[str, Any]) -> Any:
        found = groups.get(str(one.get(join.key) or ""), []) if one.get(join.key) else []
        return {str(other.place).rpartition("/")[2]: found} if sample.form == "xml" else found

    return [{**one, join.as_: runs(one)} for one in sample.records]
