"""`python -m tests.titles FILE`: how many of its job titles are understood, how surely, how fast, in what memory."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from mappings.contract import LANGUAGES, Language
from mappings.knowledge import DATA_FOLDER, knowledge
from mappings.reference import ExampleTitle
from mappings.reference_store import read_reference
from mappings.title_genders import gender_forms
from search_api.titles import TitleIndex, all_titles
from tests.titles.holding_out import Split, held_out, without
from tests.titles.misspelling import misspelt
from tests.titles.process_memory import megabytes
from tests.titles.scores import Answer, ask, by_basis, calibration, score, times
from tests.titles.title_file import read_titles

SEED = 6


def said_with(slips: int) -> Callable[[ExampleTitle], str]:
    """A title as a person says it: in one gender, the same every time, with that many slips."""

    def said(title: ExampleTitle) -> str:
        forms = gender_forms(title.title, title.language)
        return misspelt(forms[len(title.title) % len(forms)], slips)

    return said


def _loaded(files: list[Path], database: Path | None) -> tuple[ExampleTitle, ...]:
    more = (title for file in files for title in read_titles(file))
    return (*all_titles(knowledge(), read_reference(DATA_FOLDER, database)), *more)


def _split(titles: tuple[ExampleTitle, ...], loaded: tuple[ExampleTitle, ...], share: float, *, unseen: bool) -> Split:
    if share:
        return held_out(titles, loaded, share)
    return Split(titles, without(loaded, titles) if unseen else loaded)


def sampled(titles: tuple[ExampleTitle, ...], language: Language | None, sample: int) -> list[ExampleTitle]:
    asked = [title for title in titles if language in {None, title.language}]
    return random.Random(SEED).sample(asked, sample) if 0 < sample < len(asked) else asked  # noqa: S311 - no secret


def accuracy_table(answers: list[Answer]) -> Table:
    table = Table("language", "basis", "asked", "top 1", "top 5")
    for language in LANGUAGES:
        theirs = [answer for answer in answers if answer.title.language == language]
        for basis, found in ({"all": score(theirs)} | by_basis(theirs)).items() if theirs else ():
            table.add_row(language, basis, str(found.asked), f"{found.first:.1%}", f"{found.among:.1%}")
    return table


def calibration_table(answers: list[Answer]) -> Table:
    table = Table("confidence from", "candidates", "mean confidence", "right")
    for step in calibration(answers):
        table.add_row(f"{step.least:.1f}", str(step.candidates), f"{step.claimed:.2f}", f"{step.right:.2f}")
    return table


def main(
    file: Annotated[Path, typer.Argument(help="CSV with columns for code, title and language.", exists=True)],
    *,
    hold_out: Annotated[float, typer.Option(help="Ask this share of the file's titles and load the rest.")] = 0.0,
    language: Annotated[str | None, typer.Option(help="Ask titles of this language only: en or fr.")] = None,
    misspell: Annotated[int, typer.Option(help="Slips in each asked title.")] = 0,
    sample: Annotated[int, typer.Option(help="Ask so many titles at most; 0 asks all.")] = 0,
    load: Annotated[list[Path] | None, typer.Option(help="Load the titles of this file too.", exists=True)] = None,
    database: Annotated[Path | None, typer.Option(help="Load what `make occupations` imported there.")] = None,
    unseen: Annotated[bool, typer.Option(help="Load no title of the file, in any form.")] = False,
) -> None:
    """Print accuracy by language and basis, calibration, time a title, time and memory of the index."""
    spoken: Language | None = next((known for known in LANGUAGES if known == language), None)
    titles = tuple(read_titles(file, spoken))
    split = _split(titles, _loaded(load or [], database), hold_out, unseen=unseen)
    asked = sampled(split.asked, spoken, sample)
    before, start = megabytes(), time.perf_counter()
    index = TitleIndex(split.loaded)
    built, grown = time.perf_counter() - start, megabytes() - before
    answers = ask(index.find, asked, said_with(misspell))
    middle, slow = times(answers)
    console = Console()
    console.print(accuracy_table(answers), calibration_table(answers))
    console.print(f"{len(split.loaded)} titles loaded in {built:.1f} s, {grown:.0f} MB more")
    console.print(f"find: median {middle:.2f} ms, 95th percentile {slow:.2f} ms, one thread")


if __name__ == "__main__":
    typer.run(main)
