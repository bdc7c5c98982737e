"""Answers of an index held against the right codes."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from mappings.contract import Language
from mappings.reference import ExampleTitle
from search_api.titles import Candidates

MOST = 5
Find = Callable[[str, Language], Candidates]
STEPS = tuple(step / 10 for step in range(11))


@dataclass(frozen=True)
class Answer:
    """What was found for one title, and in how many seconds. `others` are codes that are right besides the title's."""

    title: ExampleTitle
    candidates: Candidates
    seconds: float
    others: frozenset[str] = frozenset()

    @property
    def codes(self) -> frozenset[str]:
        return self.others | {self.title.code}

    @property
    def basis(self) -> str:
        return self.candidates[0].basis if self.candidates else "nothing"

    @property
    def is_right(self) -> bool:
        return any(found.code in self.codes for found in self.candidates[:1])

    @property
    def is_among(self) -> bool:
        return any(found.code in self.codes for found in self.candidates[:MOST])


@dataclass(frozen=True)
class Score:
    """Shares of titles whose code came first, or among the first five."""

    asked: int
    first: float
    among: float


@dataclass(frozen=True)
class Step:
    """Candidates whose confidence lies in one tenth: how many, what they claim on average, how many are right."""

    least: float
    candidates: int
    claimed: float
    right: float


def ask(find: Find, titles: Iterable[ExampleTitle], said: Callable[[ExampleTitle], str]) -> list[Answer]:
    """The answers to titles as they are said, in order, each timed on this thread."""
    answers = []
    for title in titles:
        text = said(title)
        start = time.thread_time()
        candidates = find(text, title.language)
        answers.append(Answer(title, candidates, time.thread_time() - start))
    return answers


def score(answers: Sequence[Answer]) -> Score:
    """Of no answers, nothing is right."""
    asked = len(answers)
    first, among = sum(one.is_right for one in answers), sum(one.is_among for one in answers)
    return Score(asked, first / max(asked, 1), among / max(asked, 1))


def by_basis(answers: Iterable[Answer]) -> dict[str, Score]:
    """Scores by the basis of the first candidate."""
    parts: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        parts[answer.basis].append(answer)
    return {basis: score(parts[basis]) for basis in sorted(parts)}


def calibration(answers: Iterable[Answer]) -> list[Step]:
    """All candidates by tenths of confidence."""
    parts: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for answer in answers:
        for found in answer.candidates:
            parts[min(int(found.confidence * 10), 9)].append((found.confidence, found.code in answer.codes))
    return [
        Step(
            STEPS[step], len(part), sum(one for one, _ in part) / len(part), sum(right for _, right in part) / len(part)
        )
        for step, part in sorted(parts.items())
    ]


def times(answers: Sequence[Answer]) -> tuple[float, float]:
    """Milliseconds a title: the median and the 95th percentile."""
    each = sorted(1000 * one.seconds for one in answers) or [0.0]
    return median(each), each[int(0.95 * (len(each) - 1))]
