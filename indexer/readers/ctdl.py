"""CTDL, Credential Engine's JSON-LD: one resource, a list or `@graph` of them, or the registry's envelopes.

Credentials, programmes, courses and other learning opportunities are listings. Everything else a graph holds describes
them or their makers; what stands there on its own is named in the report.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.cells import Cell, Row, Slot, is_blank
from indexer.failures import SourceError
from indexer.readers import ctdl_fields as fields
from indexer.readers.ctdl_graph import (
    Graph,
    Resource,
    Texts,
    classes,
    first_texts,
    identifier,
    is_link,
    listed,
    plain_text,
)
from indexer.readers.ctdl_resources import graph_of, kept
from indexer.readers.encoding import text_file
from indexer.readers.feed import Feed
from indexer.readers.records import Numbered
from indexer.readers.spool import Spool, spooled
from indexer.rules import Issue, Problem, UnreadableError, problem

TAUGHT = "taught"  # a mark of the spool
# Classes whose kind of credential is one of ours; degrees, licences and other learning have none of them.
KINDS = {
    "MicroCredential": "micro_credential", "Badge": "digital_badge", "DigitalBadge": "digital_badge",
    "OpenBadge": "digital_badge", "Certification": "certificate", "CertificateOfCompletion": "certificate",
    "Course": "course",
}  # fmt: skip
OTHERS = frozenset({
    "LearningOpportunityProfile", "LearningOpportunity", "LearningProgram", "Credential", "License",
    "ProfessionalDoctorate", "ResearchDoctorate", "GeneralEducationDevelopment",
})  # fmt: skip
ENDINGS = ("Certificate", "Degree", "Diploma")
ORGANIZATION, OFFERING = "Organization", "ScheduledOffering"
CLOSED = frozenset({"ceased", "suspended", "deprecated", "superseded", "revoked", "developing", "teachout"})
TEXTS = {"title": "name", "description": "description", "assessment": "assessmentMethodDescription"}

Found = dict[Slot, Cell]


def _is_listing(names: list[str]) -> bool:
    return any(name in KINDS or name in OTHERS or name.endswith(ENDINGS) for name in names)


def _kind(names: list[str]) -> str | None:
    """The kind of credential its classes say, the most telling first."""
    told = next((KINDS[name] for name in names if name in KINDS), None)
    return told or next(("certificate" for name in names if name.endswith("Certificate")), None)


def _closing(resource: Resource, graph: Graph) -> str | None:
    """The word or day by which it is not offered now."""
    for name in ("lifeCycleStatusType", "credentialStatusType"):
        closed = next((one for one in graph.concepts(graph.term(resource, name)) if CLOSED & {one}), None)
        if closed:
            return closed
    end = graph.term(resource, "expirationDate")
    return end[:10] if isinstance(end, str) and end[:10] < graph.today.isoformat() else None


def _told(resource: Resource, graph: Graph, spool: Spool) -> tuple[str, str, Problem] | None:
    """Why a resource is no listing: column, value and reason; None when it is one. Parts need no telling."""
    names = classes(resource)
    name = plain_text(graph.term(resource, "name")) or ""
    if any(one.endswith(ORGANIZATION) for one in names):
        return "@type", name, problem("organization_unlisted")
    if OFFERING in names:
        is_taught = spool.is_marked(TAUGHT, identifier(resource) or "")
        return None if is_taught else ("@type", name, problem("offering_alone"))
    if not _is_listing(names):
        return "@type", ", ".join(names), problem("class_unlisted")
    closing = _closing(resource, graph)
    return ("ceterms:lifeCycleStatusType", closing, problem("status_closed")) if closing else None


def _is_part(resource: Resource) -> bool:
    """Blank nodes are parts of what links to them."""
    return (identifier(resource) or "").startswith("_:") and not _is_listing(classes(resource))


def _prose(graph: Graph, resource: Resource) -> Iterator[tuple[str, str, Texts]]:
    """Field, term and text per language."""
    for field, term in TEXTS.items():
        yield field, term, first_texts(graph.term(resource, term))
    yield "prerequisites", "requires", fields.prerequisites(graph, resource)


def _facts(graph: Graph, resource: Resource) -> Iterator[tuple[str, str, Any]]:
    """Field, term and value of what is the same in any language."""
    yield "id", "ctid", fields.ctid(graph, resource)
    yield "credential_type", "@type", _kind(classes(resource))
    pages = graph.term(resource, "subjectWebpage", "availableOnlineAt", "availabilityListing")
    yield "url", "subjectWebpage", fields.address(pages)
    yield "language", "inLanguage", fields.languages(graph.term(resource, "inLanguage"))
    yield "level", "audienceLevelType", fields.level(graph, graph.term(resource, "audienceLevelType"))
    yield "cip", "instructionalProgramType", fields.cip(graph, graph.term(resource, "instructionalProgramType", "cip"))
    yield "occupations", "occupationType", fields.noc(graph, graph.term(resource, "occupationType"))
    yield "skills", "subject", fields.skills(graph, resource)


def _said(graph: Graph, resource: Resource) -> Found:
    found: Found = {}
    for field, term, named in _prose(graph, resource):
        found.update({Slot(field, language): Cell(f"ceterms:{term}", text) for language, text in named.items()})
    for language, many in fields.outcomes(graph, resource).items():
        found[Slot("outcomes", language)] = Cell("ceterms:teaches", many)
    for field, term, value in _facts(graph, resource):
        found[Slot(field)] = Cell(term if term.startswith("@") else f"ceterms:{term}", value)
    return {slot: cell for slot, cell in found.items() if not is_blank(cell.value)}


def _offered(graph: Graph, resource: Resource, group: Any) -> fields.Cells:
    """What the resource itself says, else what all its offerings agree on."""
    own: fields.Cells = group(graph, resource)
    offerings = graph.linked(graph.term(resource, "hasOffering"))
    said = [] if own else [group(graph, one) for one in offerings]
    return said[0] if said and all(one == said[0] for one in said) else own


def _row(one: Numbered, graph: Graph) -> Row:
    if one.problem:
        return Row(one.number, {}, (("", "", one.problem),))
    cells, problems = _said(graph, one.body), []
    for column, group in fields.OFFERED:
        try:
            cells.update({Slot(field): cell for field, cell in _offered(graph, one.body, group).items()})
        except UnreadableError as error:
            problems.append((column, "", error.problem))
    return Row(one.number, cells, tuple(problems))


def _mark_taught(graph: Graph, spool: Spool) -> None:
    """Marks the offerings that some course links to."""
    for one in kept(spool):
        for link in filter(is_link, listed(graph.term(one.body, "hasOffering"))):
            if address := identifier(link):
                spool.mark(TAUGHT, address)


def _rows(graph: Graph, spool: Spool, notes: list[Issue]) -> Iterator[Row]:
    """The rows of the listings; the notes get what is none."""
    for one in kept(spool):
        told = None if one.problem or _is_part(one.body) else _told(one.body, graph, spool)
        if told:
            notes.append(Issue(one.number, *told))
        elif one.problem or _is_listing(classes(one.body)):
            yield _row(one, graph)


def _classes_in(spool: Spool) -> str:
    return ", ".join(dict.fromkeys(name for one in kept(spool) for name in classes(one.body)))[:200] or "—"


def read_ctdl(path: Path, encoding: str | None, today: dt.date) -> Feed:
    """A CTDL file. Reading its rows raises SourceError, also where it holds nothing that could be a listing."""
    file = text_file(path, encoding)
    notes = file.notes
    about_file = len(notes)

    def rows() -> Iterator[Row]:
        with spooled(path) as spool:
            graph, empty = graph_of(file, spool, today), True
            _mark_taught(graph, spool)
            for row in _rows(graph, spool, notes):
                empty = False
                yield row
            if empty and len(notes) > about_file:
                raise SourceError(problem("nothing_to_learn", file=path.name, found=_classes_in(spool)))

    return Feed(rows(), notes)
