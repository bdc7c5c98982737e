"""How long a query takes to understand: `python -m tests.search_api.bench_understanding [FILE]` prints milliseconds.

FILE holds job titles (code, language and title columns), loaded beside those that ship; a sample of them is asked, and
the sixty sentences of sentences.yml. Where a load left vectors of occupations, every query is held against them too;
the query's own encoding is not counted.
"""

import datetime as dt
import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from mappings.contract import Language, listing_contract
from mappings.knowledge import DATA_FOLDER, knowledge
from mappings.occupation_vectors import read_occupation_vectors
from mappings.reference_store import read_reference
from mappings.yaml_file import read_yaml
from search_api.catalogue_names import catalogue_names
from search_api.interpreter import Interpreter
from search_api.limits.places import gazetteer
from search_api.limits.reader import LimitReader
from search_api.settings import ReaderSettings
from search_api.titles import TitleIndex, all_titles
from search_api.titles.meaning import Likeness, OccupationMeanings
from tests.titles.process_memory import megabytes
from tests.titles.title_file import read_titles

SENTENCES = Path(__file__).with_name("sentences.yml")
ASKED, SEED = 1000, 6
Query = tuple[str, Language]


def milliseconds(ask: Callable[[str, Language], object], queries: Iterable[Query]) -> list[float]:
    found = []
    for text, language in queries:
        begun = time.perf_counter()
        ask(text, language)
        found.append((time.perf_counter() - begun) * 1000)
    return sorted(found)


def report(name: str, times: list[float]) -> None:
    print(f"{name}: {len(times)} queries, median {median(times):.2f} ms, p95 {times[int(0.95 * len(times))]:.2f} ms")


def nearness(path: Path) -> Likeness | None:
    """Of one query to occupations: which one does not change how long it takes."""
    if not path.is_file():
        print(f"without meaning: there is no {path.name}; `make index` makes it")
        return None
    held = read_occupation_vectors(path)
    return OccupationMeanings(held.passages).likeness(held.passages.vectors[0])


def main(file: Path | None) -> None:
    imported = list(read_titles(file)) if file else []
    before = megabytes()
    index = TitleIndex([*all_titles(knowledge(), read_reference(DATA_FOLDER, None)), *imported])
    print(f"{len(imported)} titles of the file beside those that ship: {megabytes() - before:.0f} MB")
    interpreter = Interpreter(knowledge(), lambda: index)
    contract = listing_contract()
    reader, names = LimitReader(contract, gazetteer()), catalogue_names(contract, ())
    likeness = nearness(ReaderSettings().occupation_vectors)

    def understand(text: str, language: Language) -> None:
        said = reader.read(text, language, dt.date(2026, 11, 25), interpreter.name_spans(text, language))
        interpreter.understand(said.core, language, names, likeness)

    sentences: list[Query] = [(row["text"], row["language"]) for row in read_yaml(SENTENCES)["sentences"]]
    titles: list[Query] = [(title.title, title.language) for title in imported]
    milliseconds(understand, sentences)  # the first words load what folding takes
    report("sentences", milliseconds(understand, sentences * 5))
    if titles:
        chosen = random.Random(SEED).sample(titles, min(ASKED, len(titles)))  # noqa: S311 - no secret
        report("titles", milliseconds(understand, chosen))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
