"""What came to the catalogue, stayed and went, by course, for an answer has one hit for each course. Pure.

A course goes by the id of its first offering in the feed, so a new term above it, or a first one that is over, gives it
another id in the new index. Before anything is compared, all ids are those of the new index's courses.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mappings.golden import GoldenAnswer, GoldenQuery
from mappings.ndcg import grades_by_course

Answers = Mapping[str, GoldenAnswer]
# The course of each listing, by id; a listing that stands alone is its own.
Courses = Mapping[str, str]


@dataclass(frozen=True)
class Turnover:
    """Ids of the courses of the new index, of those that are new in it, and of those only the served one holds.

    `names` gives the course of each listing, served or new; one that is not in it goes by its own id.
    """

    now: frozenset[str]
    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    names: Courses = field(default_factory=dict)

    @property
    def stayed(self) -> frozenset[str]:
        return self.now - self.added

    def named(self, listings: Iterable[str]) -> tuple[str, ...]:
        """Their courses in the same order, each once, at its best place."""
        return tuple(dict.fromkeys(self.names.get(one, one) for one in listings))


def _names(before: Courses, now: Courses) -> dict[str, str]:
    """A listing that is gone goes by what has become of its course."""
    followed = {course: now[one] for one, course in before.items() if one in now}
    return {**{one: followed.get(course, course) for one, course in before.items()}, **now}


def turnover_of(before: Courses, now: Courses) -> Turnover:
    """A course is added when none of its listings was served, and removed when none of them stays."""
    names = _names(before, now)
    held, served = frozenset(now.values()), frozenset(names[one] for one in before)
    return Turnover(held, added=held - served, removed=served - held, names=names)


def query_by_course(query: GoldenQuery, turnover: Turnover) -> GoldenQuery:
    """The query with a grade for each course: the best of its judged listings."""
    best = grades_by_course(query.judged, turnover.names)
    grades: dict[int, list[str]] = defaultdict(list)
    for course, grade in best.items():
        grades[grade].append(course)
    return query.model_copy(update={"grades": {grade: tuple(held) for grade, held in grades.items()}})


def answers_by_course(answers: Answers, turnover: Turnover) -> Answers:
    return {name: answer.model_copy(update={"ids": turnover.named(answer.ids)}) for name, answer in answers.items()}
