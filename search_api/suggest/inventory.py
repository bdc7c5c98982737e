"""What the served index holds: how many listings each suggestion leads to, and the names only the index knows.

Everything is counted from one walk over the listings rather than by aggregations: exact over any number of shards and
values, and the titles have to be fetched anyway.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mappings.contract import LANGUAGES
from mappings.knowledge import Knowledge
from search_api.suggest.names import Kind, Name, Target

Source = Mapping[str, Any]
PAGE = 1000
# Ids that are longer no parameter takes: see `search_api.parameters.Code`.
LONGEST_ID = 100
TERMS: dict[Kind, str] = {"skill": "skills", "tool": "tools"}
SOURCE = [
    "id", "course", "subject", "occupations.code", "institution.id", "institution.name",
    *(f"{name}.{part}" for name in TERMS.values() for part in ("id", *LANGUAGES)),
    *(f"{language}.title" for language in LANGUAGES),
]  # fmt: skip


@dataclass
class Inventory:
    """Counts by target, names found in listings, and each credential's institution.

    A course is counted once for each target, however often it is offered.
    """

    counts: Counter[Target] = field(default_factory=Counter)
    names: dict[tuple[Target, str], Name] = field(default_factory=dict)
    offered_by: dict[Target, Target] = field(default_factory=dict)
    repeated: dict[str, set[Target]] = field(default_factory=lambda: defaultdict(set))


def page_body(after: str | None) -> dict[str, Any]:
    """A request for the listings that follow an id, in the order of ids."""
    body = {"size": PAGE, "_source": SOURCE, "track_total_hits": False, "sort": [{"id": "asc"}]}
    return body | ({"search_after": [after]} if after is not None else {})


def sources_of(response: Mapping[str, Any]) -> list[Source]:
    return [hit["_source"] for hit in response["hits"]["hits"]]


def _one(kind: Kind, identifier: str | None, names: Mapping[str, str | None]) -> Iterator[Name]:
    """The names of one value, primary each; without names the id's own words."""
    if not identifier or len(identifier) > LONGEST_ID:
        return
    said = {x: text for x in LANGUAGES if (text := names.get(x))}
    said = said or dict.fromkeys(LANGUAGES, identifier.replace("-", " "))
    yield from (Name(Target(kind, identifier), text, x, primary=True) for x, text in said.items())


def _names(source: Source) -> Iterator[Name]:
    """Of a course the first listing's title, which leads to all of them."""
    yield from _one("institution", source["institution"]["id"], source["institution"]["name"])
    if source.get("course", source["id"]) == source["id"]:
        yield from _one("credential", source["id"], {x: source.get(x, {}).get("title") for x in LANGUAGES})
    for kind, path in TERMS.items():
        for term in source.get(path, ()):
            yield from _one(kind, term["id"], term)


def _targets(source: Source) -> Iterator[Target]:
    yield from (Target("job_title", link["code"]) for link in source.get("occupations", ()))
    if source.get("subject"):
        yield Target("subject", source["subject"])


def _add(source: Source, found: Inventory) -> None:
    names = list(_names(source))
    targets = {*_targets(source), *(name.target for name in names)}
    if "course" in source:
        targets -= found.repeated[source["course"]]
        found.repeated[source["course"]] |= targets
    found.counts.update(targets)
    for name in names:
        found.names.setdefault((name.target, name.language), name)
    maker, credential = Target("institution", source["institution"]["id"]), Target("credential", source["id"])
    found.offered_by[credential] = maker


def inventory_of(sources: Iterable[Source]) -> Inventory:
    found = Inventory()
    for source in sources:
        _add(source, found)
    return found


def unnamed(found: Inventory, knowledge: Knowledge) -> Iterator[Name]:
    """The index's own names, but for skills and tools that the vocabulary names."""
    for name in found.names.values():
        if name.target.kind not in TERMS or name.target.id not in knowledge.terms:
            yield name
