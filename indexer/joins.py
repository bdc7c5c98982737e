"""Joins: records of a second file put into the records that share their key."""

from collections.abc import Iterable, Iterator

from indexer.mapping import Join
from indexer.paths import JMESPATH, PathError, Paths
from indexer.readers.records import Numbered
from indexer.rules import Issue, problem

Groups = dict[str, list[Numbered]]


def key_of(record: Numbered, key: str, paths: Paths) -> str | None:
    """The key as text; None where the record has none, or several."""
    try:
        found = None if record.problem else paths.find(key, record.body)
    except PathError:
        return None
    return None if found is None or isinstance(found, (list, dict)) else str(found)


def groups_of(others: Iterable[Numbered], key: str, paths: Paths) -> Groups:
    """The records of the second file by their key; those without one under the empty key, which no record has."""
    groups: Groups = {}
    for other in others:
        groups.setdefault(key_of(other, key, paths) or "", []).append(other)
    return groups


def joined(records: Iterable[Numbered], groups: Groups, join: Join, keys: set[str]) -> Iterator[Numbered]:
    """The records, each with the list of the others that share its key; `keys` gets every key met."""
    for one in records:
        key = key_of(one, join.key, JMESPATH)
        keys.update([key] if key else [])
        others = [other.body for other in groups.get(key or "", [])] if key else []
        yield one if one.problem else Numbered(one.number, {**one.body, join.as_: others})


def left_over(keys: set[str], groups: Groups, join: Join) -> list[Issue]:
    """A note for each record of the second file whose key no record has: a run without a course."""
    alone = [(one.number, key) for key, group in groups.items() if key not in keys for one in group]
    wrong = problem("join_alone", file=join.file.name)
    return [Issue(number, join.key, key, wrong) for number, key in sorted(alone)]
