"""A file nobody has mapped yet, looked into: the draft of its mapping."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from indexer.drafts.conditions import conditions, join_of, with_runs
from indexer.drafts.known_formats import shipped_mapping
from indexer.drafts.names import words_of
from indexer.drafts.notations import LIST
from indexer.drafts.proposal import Proposal, propose
from indexer.drafts.sample import Sample
from indexer.drafts.text import Draft, XmlHead, mapping_text
from indexer.drafts.weights import Judge
from indexer.failures import IndexerError, SourceError
from indexer.mapping import read_mapping
from mappings.contract import Contract, Language

ONE_LANGUAGE = 0.9  # share of descriptions in a language from which all text is taken to be in it
READ = 100  # descriptions whose language is looked at
WORDS_NEEDED = 5  # fewer words say little of their language
COURSES = frozenset(("course", "courses", "cours"))
NAMES = {"en": "English", "fr": "French"}


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def spoken(texts: Sequence[str]) -> tuple[Language, float] | None:
    """The language most texts are in and their share, where it is English or French and nearly all are."""
    told = [text for text in texts if len(text.split()) >= WORDS_NEEDED][:READ]
    if not told:
        return None
    language, count = Counter(_identifier().classify(text)[0] for text in told).most_common(1)[0]
    share = count / len(told)
    ours: dict[str, Language] = {"en": "en", "fr": "fr"}
    return (ours[language], share) if language in ours and share >= ONE_LANGUAGE else None


def _prose(proposal: Proposal) -> list[str]:
    """Descriptions, else titles, whose path does not say a language."""
    for name in ("description", "title"):
        rules = [rule for rule in proposal.rules if rule.field == name and rule.language is None]
        if rules:
            return [str(value) for value in rules[0].profile.values]
    return []


def _constants(sample: Sample, proposal: Proposal, said: tuple[Language, float] | None) -> dict[str, tuple[str, str]]:
    """Fields no path gives, where the file as a whole tells them."""
    found: dict[str, tuple[str, str]] = {}
    if said and "language" not in proposal.fields:
        share = f"{said[1]:.0%}".replace("%", " %")
        found["language"] = (said[0], f"guessed: {share} of the descriptions are in {NAMES[said[0]]}")
    called = next((name for name in (sample.name, sample.file.stem) if COURSES & set(words_of(name))), None)
    if called and "credential_type" not in proposal.fields:
        found["credential_type"] = ("course", "guessed: the list is one of courses")
    return found


def _runs(proposal: Proposal) -> str | None:
    """The element whose starts a record has several of."""
    steps = next((rule.profile.steps for rule in proposal.rules if rule.field == "starts" and rule.is_sure), ())
    at = steps.index(LIST) if LIST in steps else 0
    is_element = at and steps[at + 1 :] and "[" not in steps[at - 1]
    return steps[at - 1] if is_element else None


def xml_head(sample: Sample, other: Sample | None, proposal: Proposal) -> XmlHead:
    """What a mapping of XML says besides its rules. Runs of a second file are its records."""
    namespaces = {**sample.namespaces, **(other.namespaces if other else {})}
    runs = None if other else _runs(proposal)
    return XmlHead(namespaces, runs, sample.others, shipped_mapping(sample.root))


def draft(sample: Sample, contract: Contract, today: dt.date, other: Sample | None = None) -> Draft:
    """What a mapping of the sample would be, with the records of a second file joined to it."""
    join = join_of(sample, other) if other else None
    records: list[dict[str, Any]] = with_runs(sample, other, join) if other and join else sample.records
    proposal = propose(records, Judge(contract, today), sample.notation)
    said = spoken(_prose(proposal))
    if said:
        proposal = propose(records, Judge(contract, today, said[0]), sample.notation)
    constants = _constants(sample, proposal, said)
    found = conditions([*proposal.unused, *(rule.profile for rule in proposal.rules)], records)
    head = xml_head(sample, other, proposal) if sample.form == "xml" else None
    return Draft(sample.file.name, len(records), sample.place, proposal, found, join, constants, head)


def write_draft(made: Draft, path: Path, contract: Contract) -> None:
    """Writes a draft where there is no file yet, and reads it back. Raises IndexerError."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(mapping_text(made))
        read_mapping(path, contract)
    except FileExistsError as error:
        raise IndexerError(f"{path} is there already; name another file") from error
    except (OSError, SourceError) as error:
        raise IndexerError(f"the mapping cannot be written: {error}") from error
