"""The tables of what can be wrong with a feed, which several modules fill."""

import pkgutil
from importlib import import_module

import indexer
from indexer.rules import RULES


def tables() -> list[dict[str, tuple[str, str]]]:
    """The tables of formats and rooms, all modules whose names begin alike."""
    modules = [one.name for one in pkgutil.iter_modules(indexer.__path__) if one.name.startswith("rules_")]
    members = [vars(import_module(f"indexer.{name}")) for name in modules]
    return [table for each in members for name, table in each.items() if name.isupper() and isinstance(table, dict)]


def test_no_kind_of_problem_has_two_sentences() -> None:
    kinds = [kind for table in tables() for kind in table]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) <= RULES.keys()
    assert all(RULES[kind].en in table[kind] for table in tables() for kind in table)
