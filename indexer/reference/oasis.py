"""Occupational and Skills Information System (OaSIS): its profiles, each part of a unit group, folded to the group."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean
from typing import Literal

from indexer.reference.cells import TEXT_LIMIT
from indexer.reference.layouts import ESDC, Layout, Numbered, Row
from indexer.reference.sheets import heading
from mappings.occupation import Both
from mappings.record import Record
from mappings.reference import Duty, ExampleTitle, RatedSkill, Statement

Kind = Literal["skill", "knowledge"]
PROFILE, RATED_PROFILE, LABEL = "OaSIS profile code", "OaSIS Code - Final", "OaSIS Label - Final"
SCALE: dict[Kind, int] = {"skill": 5, "knowledge": 3}  # the highest rating; 0 says that it does not apply
UNRANKED = 0


def _oasis(part_en: str, part_fr: str) -> Both:
    return Both(
        en=f"Occupational and Skills Information System (OaSIS): {part_en}",
        fr=f"Système d'information sur les professions et les compétences (SIPeC) : {part_fr}",
    )


def _rating(row: Row, column: str, kind: Kind) -> int:
    rating = row.cells.number(column, SCALE[kind])
    if rating is None or rating not in range(SCALE[kind] + 1):
        raise row.cells.refused(column, "scale", limit=SCALE[kind])
    return int(rating)


def _ratings(kind: Kind) -> Callable[[Row], Iterable[Record]]:
    """Every rating of a profile, those of 0 too: they count in the mean over the profiles."""

    def read(row: Row) -> Iterable[Record]:
        code = row.cells.code(RATED_PROFILE)
        for name in row.sheet.names:
            if name and heading(name) not in map(heading, (RATED_PROFILE, LABEL)):
                rating = _rating(row, name, kind)
                yield RatedSkill.model_construct(
                    source=row.source, row=row.cells.row, code=code, name=name, kind=kind, rating=rating, rank=UNRANKED
                )

    return read


def _means(rows: Sequence[RatedSkill]) -> list[RatedSkill]:
    """One row a skill, its rating the mean, the highest first; those that never apply left out."""
    by_name: dict[str, list[RatedSkill]] = defaultdict(list)
    for row in rows:
        by_name[row.name].append(row)
    means = {name: round(fmean(row.rating for row in found), 2) for name, found in by_name.items()}
    names = sorted((name for name in means if means[name] > 0), key=lambda name: (-means[name], name))
    ranked = enumerate(names, start=1)
    return [
        found[0].model_copy(update={"rating": means[name], "rank": rank, "profiles": len(found)})
        for rank, name in ranked
        for found in [by_name[name]]
    ]


def _ranked(rows: list[Numbered], _source: str) -> list[Numbered]:
    by_code: dict[str, list[RatedSkill]] = defaultdict(list)
    for _, record in rows:
        assert isinstance(record, RatedSkill)
        by_code[record.code].append(record)
    return [(skill.row, skill) for found in by_code.values() for skill in _means(found)]


def _duty(row: Row) -> Iterable[Record]:
    cells = row.cells
    code, text = cells.code(PROFILE), cells.words("Main duties", TEXT_LIMIT)
    yield Duty(source=row.source, row=cells.row, code=code, language="en", text=text)


def _lead_statement(row: Row) -> Iterable[Record]:
    cells = row.cells
    code, text = cells.code(PROFILE), cells.words("Lead statement", TEXT_LIMIT)
    yield Statement(source=row.source, row=cells.row, code=code, language="en", kind="lead_statement", text=text)


def _title(column: str) -> Callable[[Row], Iterable[Record]]:
    def read(row: Row) -> Iterable[Record]:
        yield ExampleTitle(code=row.cells.code(PROFILE), language="en", title=row.cells.words(column))

    return read


SKILLS = Layout(
    id="oasis-skills",
    title=_oasis("skills", "compétences"),
    publisher=ESDC,
    columns=(RATED_PROFILE, LABEL, "Reading Comprehension", "Numeracy", "Critical Thinking", "Problem Solving"),
    once=RATED_PROFILE,
    read=_ratings("skill"),
    fold=_ranked,
)
KNOWLEDGES = Layout(
    id="oasis-knowledges",
    title=_oasis("knowledges", "connaissances"),
    publisher=ESDC,
    columns=(RATED_PROFILE, LABEL, "Accounting", "Clerical", "Chemistry", "Mathematics"),
    once=RATED_PROFILE,
    read=_ratings("knowledge"),
    fold=_ranked,
)
DUTIES = Layout(
    id="oasis-main-duties",
    title=_oasis("main duties", "fonctions principales"),
    publisher=ESDC,
    columns=(PROFILE, "Main duties"),
    read=_duty,
)
LEAD_STATEMENTS = Layout(
    id="oasis-lead-statements",
    title=_oasis("lead statements", "énoncés principaux"),
    publisher=ESDC,
    columns=(PROFILE, "Lead statement"),
    read=_lead_statement,
)
TITLES = Layout(
    id="oasis-example-titles",
    title=_oasis("example titles", "exemples d'appellations d'emploi"),
    publisher=ESDC,
    columns=(PROFILE, "Job title type", "Job title text"),
    read=_title("Job title text"),
)
LABELS = Layout(
    id="oasis-labels",
    title=_oasis("labels of profiles", "étiquettes des profils"),
    publisher=ESDC,
    columns=(PROFILE, "Label"),
    read=_title("Label"),
)
