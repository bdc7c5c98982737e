"""How long a suggestion takes: `python -m tests.search_api.bench_suggest` prints p50 and p95 in milliseconds.

57,000 job titles and 2,600 listings, all of which lead somewhere. The official example titles are read in place where
they lie beside the checkout; elsewhere as many are put together from words of the vocabulary. Listings are generated:
each has an occupation, two skills, a tool and a title in one language. Names are typed letter by letter, whole,
misspelt and with their words turned round. Nothing here is a test: times differ from machine to machine.
"""

import argparse
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any, get_args

from mappings.contract import LANGUAGES, Language, listing_contract
from mappings.knowledge import DATA_FOLDER, Knowledge, knowledge
from mappings.listing import Subjects
from mappings.reference import ExampleTitle
from mappings.reference_tables import shipped_titles
from search_api.suggest.edition import Edition
from search_api.suggest.inventory import inventory_of
from tests.conftest import SHARED
from tests.titles.title_file import read_titles

TITLES, LISTINGS = 57_000, 2_600
FILE = SHARED / "reference" / "noc-2021" / "noc_2021_example_titles.csv"
Ways = dict[str, Callable[[str], Iterator[str]]]


def official_titles() -> list[ExampleTitle]:
    return list(read_titles(FILE))


def made_titles(chance: random.Random, known: Knowledge, codes: list[str]) -> list[ExampleTitle]:
    """Two to five words of the vocabulary's names in a row."""
    words = sorted({word for phrase in known.spoken() for word in phrase.split()})
    said = [" ".join(chance.sample(words, chance.randint(2, 5))) for _title in range(TITLES)]
    return [ExampleTitle(title=text, language=chance.choice(LANGUAGES), code=chance.choice(codes)) for text in said]


def listing(number: int, chance: random.Random, known: Knowledge, codes: list[str]) -> dict[str, Any]:
    """A listing as the index gives it."""
    term, other, tool = chance.sample(sorted(known.terms), 3)
    about, language = known.terms[term].label, chance.choice(LANGUAGES)
    first, second = about.in_language(language), known.terms[other].label.in_language(language)
    code = codes[number % len(codes)]
    return {
        "id": f"college-{number % 24}.C-{number:04}",
        "institution": {"id": f"college-{number % 24}", "name": {"en": f"College of Bay {number % 24}"}},
        "subject": chance.choice(get_args(Subjects)),
        "occupations": [{"code": code}],
        "skills": [{"id": term}, {"id": other}],
        "tools": [{"id": tool}],
        language: {"title": f"{first} – {second} ({number % 9 + 1})"},
    }


def misspelt(text: str, chance: random.Random) -> str:
    """Two neighbouring letters swapped, never a word's first."""
    places = [at for at in range(1, len(text) - 1) if text[at - 1 : at + 2].isalpha()]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def ways(chance: random.Random) -> Ways:
    return {
        "letter by letter": lambda text: (text[:size] for size in range(1, min(len(text), 20) + 1)),
        "whole": lambda text: iter([text]),
        "misspelt": lambda text: iter([misspelt(text, chance)]),
        "misspelt beginning": lambda text: iter([misspelt(text[: chance.randint(5, 12)], chance)]),
        "words turned round": lambda text: iter([" ".join(reversed(text.split()))]),
        "a hundred letters": lambda text: iter([(f"{text} " * 100)[:100]]),
    }


def measured(edition: Edition, queries: list[str], language: Language) -> list[float]:
    """Milliseconds, sorted."""
    times = []
    for query in queries:
        begun = time.perf_counter()
        edition.suggest(query, language, 10)
        times.append((time.perf_counter() - begun) * 1000)
    return sorted(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=150, help="how many names are typed")
    asked = parser.parse_args().names
    chance = random.Random(1)  # noqa: S311 - a catalogue, not a secret
    known, codes = knowledge(), sorted(shipped_titles(DATA_FOLDER))
    titles = official_titles() if FILE.exists() else made_titles(chance, known, codes)
    inventory = inventory_of(listing(number, chance, known, codes) for number in range(LISTINGS))
    begun = time.perf_counter()
    edition = Edition(inventory, listing_contract(), known, titles)
    seconds = time.perf_counter() - begun
    tracemalloc.start()
    again = Edition(inventory, listing_contract(), known, titles)
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    kind = "official" if FILE.exists() else "made"
    print(f"{len(titles):,} {kind} titles, {LISTINGS:,} listings: {len(again):,} names of {len(again.table.targets):,} "
          f"targets, {len(again.table.words):,} words; built in {seconds:.1f} s, {held:.0f} MB")  # fmt: skip
    for name, way in ways(chance).items():
        typed = [query for text in chance.sample(edition.table.texts, asked) for query in way(text[:100])]
        times = measured(edition, typed, chance.choice(LANGUAGES))
        print(f"{name:20} {len(typed):5} queries  p50 {times[len(times) // 2]:5.1f} ms  "
              f"p95 {times[int(0.95 * len(times))]:5.1f} ms  most {times[-1]:5.1f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
