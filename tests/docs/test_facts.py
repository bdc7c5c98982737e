"""What the pages say of targets, rules, numbers and parameters is what the code has."""

import re

import pytest

from indexer.gaps import counted
from indexer.rules import RULES
from mappings.contract import listing_contract
from search_api.parameters import parameters_model
from search_api.ranking import RANKING
from tests.docs.pages import read

TARGET = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)
FACT = re.compile(r"\{\w+\}")


def test_the_readme_lists_every_target_and_no_other() -> None:
    listed = re.findall(r"^\| `make ([a-z-]+)` \|", read("README.md"), re.MULTILINE)
    assert sorted(listed) == sorted(TARGET.findall(read("Makefile")))


@pytest.mark.parametrize(("page", "language"), [("docs/feeds.md", "en"), ("docs/fr/flux.md", "fr")])
def test_institutions_are_told_every_rule_in_the_reports_own_words(page: str, language: str) -> None:
    text = read(page).replace("\N{NO-BREAK SPACE}", " ")
    rows = {line.split(" | ")[0].strip("| ") for line in text.splitlines() if line.startswith("| ")}
    said = {FACT.sub("…", getattr(rule, language)) for rule in RULES.values()}
    assert said - rows == set()


@pytest.mark.parametrize(("page", "language"), [("docs/feeds.md", "en"), ("docs/fr/flux.md", "fr")])
def test_institutions_are_told_every_column(page: str, language: str) -> None:
    text = read(page)
    for item in listing_contract().columns():
        assert item.label.in_language(language) in text, item.name
        assert f"`{item.name}`" in text or f"`{language}.{item.name}`" in text, item.name


@pytest.mark.parametrize(("page", "language"), [("docs/feeds.md", "en"), ("docs/fr/flux.md", "fr")])
def test_institutions_are_told_what_each_field_counts(page: str, language: str) -> None:
    rows = re.findall(r"^\| ([0-9.,]+) \| (.+) \|$", read(page), re.MULTILINE)
    told = {label: float(points.replace(",", ".")) for points, labels in rows for label in labels.split(", ")}
    assert told == {item.label.in_language(language): worth for item, worth in counted(listing_contract()).values()}


@pytest.mark.parametrize("page", ["docs/api.md", "docs/fr/api.md"])
def test_developers_are_told_every_parameter(page: str) -> None:
    text = read(page)
    assert [name for name in parameters_model(listing_contract()).model_fields if f"`{name}`" not in text] == []


def test_the_table_of_weights_is_the_one_in_use() -> None:
    text = read("docs/relevance.md")
    for kind, weights in RANKING.weights.items():
        row = re.search(rf"^\| {kind} \| ([0-9.]+) \| ([0-9.]+) \| ([0-9.]+) \| ([0-9.]+) \|$", text, re.MULTILINE)
        assert row, kind
        assert tuple(map(float, row.groups())) == (weights.keyword, weights.semantic, weights.profile, weights.links)
    assert f"(`tau`) | {RANKING.tau} |" in text
    assert f"floor, ceiling | {RANKING.floor}, {RANKING.ceiling} |" in text
    assert f"pivot | {RANKING.pivot:g} |" in text
    assert f"suitable | {RANKING.suitable} |" in text
    assert f"tie | {RANKING.tie} |" in text
    for kind, expansion in RANKING.expansions.items():
        numbers = (expansion.doubtful, expansion.certain, expansion.least, expansion.most, expansion.quiet)
        assert f"| {kind} | {' | '.join(f'{number:g}' for number in numbers)} |" in text
