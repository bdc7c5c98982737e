"""A proposed mapping as the commented YAML an operator goes on from. It loads as it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from indexer.cleaning import line
from indexer.drafts.conditions import Condition
from indexer.drafts.names import ASIDE, words_of
from indexer.drafts.paths import QUIET, PathProfile, shown
from indexer.drafts.proposal import Proposal
from indexer.drafts.weights import Rule
from indexer.mapping import Join
from indexer.privacy import masked

SAMPLES, MOST_UNUSED, MOST_UNKNOWN, MOST_CHOICES = 2, 60, 10, 8
WIDE = 10_000


@dataclass(frozen=True)
class XmlHead:
    """What a mapping of XML says besides: prefixes, the element of runs, other places, and a mapping that ships."""

    namespaces: dict[str, str]
    runs: str | None
    others: tuple[str, ...] = ()
    shipped: str | None = None


@dataclass(frozen=True)
class Draft:
    """All that a proposed mapping says. `constants` are fields no path gives: value, and why it is believed."""

    file: str
    records: int
    place: str | None
    proposal: Proposal
    conditions: list[Condition] = field(default_factory=list)
    join: Join | None = None
    constants: dict[str, tuple[str, str]] = field(default_factory=dict)
    xml: "XmlHead | None" = None


def _flow(value: Any) -> str:
    """A value as YAML on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=WIDE, sort_keys=False)
    return text.removesuffix("...\n").strip()


def _said(text: str) -> str:
    """A feed's own words within a comment: on one line, nobody's address in it."""
    return line(masked(text))


def _counts(profile: PathProfile) -> str:
    return f"{profile.share:.0%} filled".replace("%", " %") + f", {len(profile.distinct)} distinct"


def _samples(profile: PathProfile) -> str:
    return ", ".join(f"“{shown(value)}”" for value in list(profile.distinct)[:SAMPLES])


def _evidence(rule: Rule) -> str:
    told = "" if rule.field in QUIET else f": {_samples(rule.profile)}"
    return f"{_counts(rule.profile)}{told}"


def _body(rule: Rule) -> Any:
    """A rule as a mapping writes it: the path alone where nothing is done to it."""
    chain = {} if not rule.chain else {"transform": rule.chain[0] if len(rule.chain) == 1 else list(rule.chain)}
    known = {"vocabulary": rule.words.guessed} if rule.words and rule.words.guessed else {}
    return {"path": rule.path, **chain, **known} if chain or known else rule.path


def _unknown(rule: Rule) -> Iterator[str]:
    """The values nobody could place, to be written into the vocabulary, and what they may become."""
    words = rule.words
    if words is None or not words.unknown:
        return
    told = ", ".join(f"“{shown(value)}” ({count})" for value, count in words.unknown.most_common(MOST_UNKNOWN))
    more = f" and {len(words.unknown) - MOST_UNKNOWN} more" if len(words.unknown) > MOST_UNKNOWN else ""
    ours = ", ".join(words.choices) if len(words.choices) <= MOST_CHOICES else "the ids in docs/fields.md"
    yield f"  # TODO {rule.name}: in no list of ours: {told}{more}; a vocabulary makes them {ours}"


def _rule(rule: Rule) -> Iterator[str]:
    text = f"{_flow(rule.name)}: {_flow(_body(rule))}"
    if rule.is_sure:
        yield f"  {text}  # {_evidence(rule)}"
        yield from _unknown(rule)
        return
    yield f"  # unsure: {_said(text)}  # {_evidence(rule)}"


def _constant(name: str, value: str, why: str) -> str:
    return f"  {name}: {{value: {_flow(value)}}}  # {why}"


def _fields(draft: Draft) -> Iterator[str]:
    yield "fields:" if draft.proposal.fields or draft.constants else "fields: {}"
    for name in ("id", "title"):
        if name not in draft.proposal.fields:
            yield f"  # TODO {name}: required, and no path looks like it"
    for rule in draft.proposal.rules:
        yield from _rule(rule)
    for name, (value, why) in draft.constants.items():
        yield _constant(name, value, why)
    yield from _relative(draft.proposal)
    if "cost" in draft.proposal.fields and "currency" not in draft.proposal.fields:
        yield "  # TODO currency: {value: USD}  # where prices are not in Canadian dollars"


def _relative(proposal: Proposal) -> Iterator[str]:
    """A path of addresses that lack their site, where no whole address is found."""
    rooted = (one for one in proposal.unused if _is_rooted(one))
    page = next(rooted, None)
    if page and "url" not in proposal.fields:
        rule = _flow({"path": page.path, "prefix": "https://"})
        yield f"  # TODO url: {_said(rule)}  # the addresses lack their site: {_samples(page)}"


def _is_rooted(profile: PathProfile) -> bool:
    """Whether all values are addresses within a site, and no pictures."""
    words = {word for name in profile.names for word in words_of(name)}
    return not words & ASIDE and all(str(value).startswith("/") for value in profile.values)


def _head(draft: Draft) -> Iterator[str]:
    yield f"# Proposed for {_said(draft.file)}, from {draft.records} records. Read every line before you load by it."
    yield "# Behind a rule: how many records have the path, how many different values it has, and some of them."
    yield from _xml_head(draft.xml) if draft.xml else ()
    if draft.place:
        yield f"records: {_flow(draft.place)}"
    yield from _beside(draft.xml) if draft.xml else ()
    for one in draft.conditions:
        yield f"# where: {_said(_flow(one.where))}  # would keep {one.kept} of {one.records}"
    if draft.join:
        yield f"join: {_flow(_joined(draft.join))}"


def _joined(join: Join) -> dict[str, str]:
    place = {"records": join.records} if join.records else {}
    return {"file": str(join.file), "key": join.key, "as": join.as_, **place}


def _xml_head(xml: XmlHead) -> Iterator[str]:
    if xml.shipped:
        yield f"# data/feed_mappings/{xml.shipped} reads this format: try it first."
    yield "paths: xpath"
    if xml.namespaces:
        yield f"namespaces: {_flow(xml.namespaces)}"


def _beside(xml: XmlHead) -> Iterator[str]:
    if xml.others:
        yield f"# or records: {_said(', '.join(xml.others))}"
    if xml.runs:
        yield f"runs: {_flow(xml.runs)}"


def _listed(title: str, paths: Iterable[PathProfile]) -> Iterator[str]:
    told = list(paths)
    if told:
        yield f"# {title}"
    for profile in told[:MOST_UNUSED]:
        yield f"#   {_said(profile.path)}  {_counts(profile)}"
    if len(told) > MOST_UNUSED:
        yield f"#   … and {len(told) - MOST_UNUSED} more"


def mapping_text(draft: Draft) -> str:
    """The file's text, with a line break at its end."""
    lines = [
        *_head(draft),
        *_fields(draft),
        *_listed("Left out on purpose, because it names or reaches people:", draft.proposal.people),
        *_listed("Not used:", draft.proposal.unused),
    ]
    return "\n".join(lines) + "\n"
