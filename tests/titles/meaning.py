"""`python -m tests.titles.meaning FILE`: what meaning adds to titles, on titles never loaded and on everyday words."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from indexer.official import inferable, official
from indexer.profiles import occupation_passage
from indexer.progress import Progress
from indexer.settings import read_settings
from indexer.vectors import Embedder, VectorCache
from mappings.contract import LANGUAGES, Language
from mappings.embedding import query_text
from mappings.knowledge import DATA_FOLDER, Knowledge, knowledge
from mappings.occupation import Lists, Occupation
from mappings.occupation_vectors import Rows
from mappings.reference import ExampleTitle
from mappings.reference_store import Reference, read_reference
from mappings.vectors import Vectors, centre, means_by_language
from search_api.titles import Candidate, Candidates, TitleIndex, all_titles
from search_api.titles.calibration import FARTHEST, MANY, UNTOLD, together
from search_api.titles.meaning import Likeness, OccupationMeanings
from tests.titles.__main__ import accuracy_table, calibration_table, said_with, sampled
from tests.titles.everyday import Question, everyday
from tests.titles.fitting import Case, fitted
from tests.titles.holding_out import Split, held_out, without
from tests.titles.scores import MOST, Answer
from tests.titles.title_file import read_titles

Find = Callable[[str, Language, Likeness], Candidates]
console = Console()


@dataclass(frozen=True, eq=False)
class State:
    """A reader's titles and vectors: as they ship, or after an import."""

    name: str
    index: TitleIndex
    meanings: OccupationMeanings


class Encoding:
    """Vectors of queries and passages, each text encoded once and kept in the indexer's cache."""

    def __init__(self, embedder: Embedder, known: Knowledge) -> None:
        self._embedder = embedder
        titles = {language: self._queries(known.job_titles(language)) for language in LANGUAGES}
        self._query_means = means_by_language({str(language): rows for language, rows in titles.items()})

    def _embed(self, texts: Sequence[str]) -> Vectors:
        with Progress(console).stage("encoding", f"{self._embedder.missing(texts)} texts not seen before") as advance:
            return self._embedder.embed(texts, advance)

    def _queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([query_text(text, self._embedder.recipe) for text in texts])

    def queries(self, texts: Sequence[str], language: Language) -> Vectors:
        """Centred, one row each."""
        return centre(self._queries(texts), self._query_means.get(language))

    def meanings(self, occupations: Sequence[Occupation]) -> OccupationMeanings:
        recipe, codes = self._embedder.recipe, tuple(one.code for one in occupations)
        texts = [occupation_passage(one, language, recipe) for language in LANGUAGES for one in occupations]
        spoken = tuple(language for language in LANGUAGES for _ in codes)
        return OccupationMeanings(Rows(codes * len(LANGUAGES), spoken, self._embed(texts)))


def _unseen(occupation: Occupation, asked: Sequence[ExampleTitle]) -> Occupation:
    """The occupation without names that are asked."""
    names = {
        language: tuple(
            one.title
            for one in without(
                [
                    ExampleTitle(code=occupation.code, language=language, title=name)
                    for name in occupation.names.in_language(language)
                ],
                asked,
            )
        )
        for language in LANGUAGES
    }
    return occupation.model_copy(update={"names": Lists(**names)})


def _by_code(titles: Sequence[ExampleTitle]) -> dict[str, dict[Language, list[str]]]:
    found: dict[str, dict[Language, list[str]]] = {}
    for title in titles:
        found.setdefault(title.code, {language: [] for language in LANGUAGES})[title.language].append(title.title)
    return found


def _official_titles(one: Occupation) -> list[ExampleTitle]:
    return [
        ExampleTitle(code=one.code, language=language, title=one.title.in_language(language)) for language in LANGUAGES
    ]


def states(
    titles: Sequence[ExampleTitle], asked: Sequence[ExampleTitle], reference: Reference, encoding: Encoding
) -> Iterator[State]:
    """As shipped, then with the titles of the file; no asked title is in either. `titles` are those that stay."""
    shipped = tuple(all_titles(knowledge(), read_reference(DATA_FOLDER, None)))
    own = [_unseen(one, asked) for one in knowledge().occupations.values()]
    more = list(official(reference, knowledge(), _by_code(titles)).values())
    others = inferable(knowledge(), read_reference(DATA_FOLDER, None)).others.values()
    left = [one for one in others if len(without(_official_titles(one), asked)) == len(LANGUAGES)]
    told = [_unseen(one, asked) for one in left]
    yield State("as shipped", TitleIndex(without(shipped, asked)), encoding.meanings([*own, *told]))
    loaded = (*without(shipped, asked), *titles)
    yield State("after an import", TitleIndex(loaded), encoding.meanings([*own, *more]))


def by_meaning(likeness: Likeness) -> Candidates:
    """What the vectors alone say."""
    shares = np.zeros(len(likeness.codes), np.float32)
    confidences = together(shares, 0.0, likeness.cosines, MANY.weights)
    order = np.argsort(-confidences, kind="stable")[:MOST]
    return tuple(
        Candidate(str(likeness.codes[at]), "", "en", "meaning", round(float(confidences[at]), 4)) for at in order
    )


def ways(index: TitleIndex) -> dict[str, Find]:
    return {
        "titles alone": lambda text, language, _: index.find(text, language),
        "meaning alone": lambda _text, _language, likeness: by_meaning(likeness),
        "both together": lambda text, language, likeness: index.find(text, language, likeness=likeness),
    }


@dataclass(frozen=True, eq=False)
class Asked:
    """A question as it is said, with its centred vector."""

    question: Question
    said: str
    vector: Vectors


def _asked(questions: Sequence[Question], said: Callable[[ExampleTitle], str], encoding: Encoding) -> list[Asked]:
    found: list[Asked] = []
    for language in LANGUAGES:
        spoken = [one for one in questions if one.title.language == language]
        texts = [said(one.title) for one in spoken]
        found += map(Asked, spoken, texts, encoding.queries(texts, language))
    return found


def _answers(asked: Sequence[Asked], state: State, find: Find) -> list[Answer]:
    return [
        Answer(
            one.question.title,
            find(one.said, one.question.title.language, state.meanings.likeness(one.vector)),
            0.0,
            one.question.others,
        )
        for one in asked
    ]


def _cases(asked: Sequence[Asked], state: State, share: float) -> Iterator[Case]:
    places = {code: place for place, code in enumerate(state.index.codes)}
    for one in asked:
        votes = state.index.votes(one.question.title.language, one.said)
        likeness = state.meanings.likeness(one.vector)
        shares, cosines = np.zeros(len(places), np.float32), np.full(len(places), FARTHEST, np.float32)
        shares[votes.codes], cosines[votes.codes] = votes.shares, UNTOLD
        cosines[[places[code] for code in likeness.codes.tolist()]] = likeness.cosines
        right = np.array([code in one.question.codes for code in places], bool)
        yield Case(shares, votes.nearest, cosines, right, share / len(asked))


def _covered(sets: dict[str, list[Asked]], state: State) -> dict[str, list[Asked]]:
    """The sets, and of each the questions that an occupation with a vector answers, where these are fewer."""
    known = frozenset(state.meanings.codes.tolist())
    found = dict(sets)
    for name, asked in sets.items():
        answered = [one for one in asked if one.question.codes & known]
        if len(answered) < len(asked):
            found[f"{name} of the {len(known)} occupations with vectors"] = answered
    return found


def _tell(state: State, sets: dict[str, list[Asked]]) -> None:
    for name, asked in _covered(sets, state).items():
        for way, find in ways(state.index).items():
            answers = _answers(asked, state, find)
            console.print(f"\n{state.name}, {name}: {way}", markup=False)
            console.print(accuracy_table(answers), calibration_table(answers))


def _drawn(split: Split, sample: int) -> tuple[list[Question], list[Question]]:
    """Held-out titles to ask, so many of each language, and as many others to fit on."""
    asked = [title for language in LANGUAGES for title in sampled(split.asked, language, sample)]
    taken = set(asked)
    left = tuple(title for title in split.asked if title not in taken)
    return [Question(one) for one in asked], [
        Question(one) for language in LANGUAGES for one in sampled(left, language, sample)
    ]


def _fit(state: State, titles: Sequence[Asked], words: Sequence[Asked]) -> None:
    """Prints the weights of least loss where either kind of question counts half."""
    cases = [case for asked in (titles, words) for case in _cases(asked, state, 0.5)]
    used = state.index.calibration.weights
    console.print(f"\n{state.name}, fitted: {fitted(cases, used)}; in use: {used}", markup=False)


def main(
    file: Annotated[Path, typer.Argument(help="CSV of example titles: code, title and language.", exists=True)],
    *,
    sample: Annotated[int, typer.Option(help="Ask so many held-out titles of each language.")] = 900,
    database: Annotated[Path | None, typer.Option(help="Take definitions and duties imported there.")] = None,
    fit: Annotated[bool, typer.Option("--fit", help="Fit the weights anew too.")] = False,
) -> None:
    """Print accuracy and calibration of titles, of meaning and of both, as shipped and with all titles of the file.

    A fifth of the titles is held out; some of it is asked, and other ones are what weights are fitted on. Vectors are
    kept where the indexer keeps them.
    """
    titles, settings = tuple(read_titles(file)), read_settings()
    split = held_out(titles, (), 0.2)
    with closing(VectorCache(settings.vectors)) as cache:
        encoding = Encoding(Embedder(settings.model, settings.centring, cache), knowledge())
        asked, others = _drawn(split, sample)
        words = _asked(everyday(), lambda title: title.title, encoding)
        sets = {"held-out titles": _asked(asked, said_with(0), encoding), "everyday words": words}
        learned = _asked(others, said_with(0), encoding) if fit else []
        for state in states(split.loaded, split.asked, read_reference(DATA_FOLDER, database), encoding):
            _tell(state, sets)
            if fit:
                _fit(state, learned, words)


if __name__ == "__main__":
    typer.run(main)
