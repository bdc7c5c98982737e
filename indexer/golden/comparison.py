"""Golden queries before and after: what each class wins or loses. Pure.

Only courses that both indices hold are judged, a listing that stands alone being one. A judged course that left the
catalogue, or came to it, is taken out of both answers: no order is better or worse for it. One that came and that
nobody judged stays, with the grade 0.
"""

import statistics
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Literal

from indexer.golden.turnover import Answers, Turnover, answers_by_course, query_by_course
from mappings.contract import Language
from mappings.golden import GoldenAnswer, GoldenQuery
from mappings.ndcg import CUT, ndcg_10
from mappings.record import Record

ALL = "all"
MOST_MOVED = 10
NOTICED = 0.005  # a query that moved by less stands where it stood, when two decimals are shown
# A difference of means that is only rounding.
ROUNDING = 1e-9

Note = Literal["first_load", "judges_none", "nothing_kept"]


class Row(Record):
    """Mean nDCG@10 of one class in one language, or of all; of the class `nothing`, the share rightly declined."""

    language: Language
    query_class: str
    queries: int
    before: float | None
    after: float

    @property
    def loss(self) -> float:
        """Negative for a win; 0 without anything to compare with."""
        return 0.0 if self.before is None else self.before - self.after


class Move(Record):
    """One query whose nDCG@10 changed."""

    id: str
    text: str
    before: float
    after: float


class GoldenReport(Record):
    """What golden queries say of a load.

    `gone` counts judged courses that were served and are no more, `absent` those in neither index; `left_out` the
    queries that can be judged by none of the listings; `newcomers` those with a course among their first ten that came
    with this load and that nobody judged.
    """

    note: Note | None = None
    rows: tuple[Row, ...] = ()
    moved: tuple[Move, ...] = ()
    gone: int = 0
    absent: int = 0
    left_out: int = 0
    newcomers: int = 0

    @property
    def totals(self) -> tuple[Row, ...]:
        """A row a language."""
        return tuple(row for row in self.rows if row.query_class == ALL)


def _by_course(queries: Sequence[GoldenQuery], turnover: Turnover) -> list[GoldenQuery]:
    return [query_by_course(one, turnover) for one in queries]


def judged_listings(queries: Sequence[GoldenQuery]) -> frozenset[str]:
    """Courses, where the grades are by course."""
    return frozenset(listing for one in queries for listing in one.judged)


def figure(query: GoldenQuery, answer: GoldenAnswer, counted: Collection[str]) -> float:
    """nDCG@10 by the judged courses that count; of a query that nothing answers, whether it was declined."""
    if not query.judged:
        return float(answer.declined)
    ranked = [one for one in answer.ids if one in counted or one not in query.judged]
    return ndcg_10(ranked, {one: grade for one, grade in query.judged.items() if one in counted})


def _usable(queries: Sequence[GoldenQuery], counted: Collection[str]) -> list[GoldenQuery]:
    """Queries that can be judged: by a course that counts, or by being declined."""
    return [one for one in queries if not one.judged or any(course in counted for course in one.judged)]


def _has_newcomers(query: GoldenQuery, answer: GoldenAnswer, added: Collection[str]) -> bool:
    return any(one in added and one not in query.judged for one in islice(answer.ids, CUT))


def _row(
    language: Language, name: str, of: Sequence[str], before: Mapping[str, float], after: Mapping[str, float]
) -> Row:
    held = statistics.fmean(before[one] for one in of) if before else None
    mean = statistics.fmean(after[one] for one in of)
    return Row(language=language, query_class=name, queries=len(of), before=held, after=mean)


def _rows(queries: Sequence[GoldenQuery], before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Row, ...]:
    groups: dict[tuple[str, Language], list[str]] = {}
    for one in queries:
        for name in (ALL, one.query_class):
            groups.setdefault((name, one.language), []).append(one.id)
    names = list(dict.fromkeys(name for name, _ in groups))
    order = sorted(groups, key=lambda key: (names.index(key[0]), key[1]))
    return tuple(_row(language, name, groups[name, language], before, after) for name, language in order)


def _moved(queries: Sequence[GoldenQuery], before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Move, ...]:
    """The queries that moved most, the greatest loss first among equals."""
    moves = [Move(id=one.id, text=one.text, before=before[one.id], after=after[one.id]) for one in queries]
    changed = [one for one in moves if abs(one.after - one.before) >= NOTICED]
    return tuple(sorted(changed, key=lambda one: (-abs(one.after - one.before), one.after, one.id))[:MOST_MOVED])


def compared(
    queries: Sequence[GoldenQuery], before: Answers | None, after: Answers, turnover: Turnover
) -> GoldenReport:
    """The report of two sets of answers; without those before, of one."""
    queries = _by_course(queries, turnover)
    after, before = answers_by_course(after, turnover), before and answers_by_course(before, turnover)
    counted = turnover.now if before is None else turnover.stayed
    usable, judged = _usable(queries, counted), judged_listings(queries)
    now = {one.id: figure(one, after[one.id], counted) for one in usable}
    held = {one.id: figure(one, before[one.id], counted) for one in usable} if before is not None else {}
    return GoldenReport(
        note=None if before is not None else "nothing_kept",
        rows=_rows(usable, held, now),
        moved=_moved(usable, held, now) if held else (),
        gone=len(judged & turnover.removed),
        absent=len(judged - turnover.now - turnover.removed),
        left_out=len(queries) - len(usable),
        newcomers=sum(_has_newcomers(one, after[one.id], turnover.added) for one in usable),
    )


def judging_none(queries: Sequence[GoldenQuery], turnover: Turnover) -> GoldenReport | None:
    """The report of queries that judge no listing of the new index; None when they judge some."""
    judged = judged_listings(_by_course(queries, turnover))
    if judged & turnover.now:
        return None
    gone = judged & turnover.removed
    return GoldenReport(note="judges_none", gone=len(gone), absent=len(judged - gone), left_out=len(queries))


def lost(report: GoldenReport, limit: float) -> list[Row]:
    """The languages that lost more than that."""
    return [row for row in report.totals if row.loss > limit + ROUNDING]
