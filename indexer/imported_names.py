"""The names by which imported job titles are met in text: as people write them, where they say which group is meant."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from mappings.knowledge import Knowledge, Target
from mappings.phrases import Key, key_of
from mappings.reference import ExampleTitle
from mappings.title_forms import spoken_forms

# Longer ones are descriptions, which no text repeats.
MOST_WORDS = 8
# Of the titles that hold a word, how many must be of the one group that the word alone is a title of: half of those
# that hold "optician" are opticians', few of those that hold "model" or « général » are models' or generals'.
OWN = 0.5
SEVERAL = ""


def _said(row: ExampleTitle) -> Iterator[Key]:
    """The words of every form of a title, each once."""
    keys = dict.fromkeys(map(key_of, spoken_forms(row.title, row.language)))
    return (key for key in keys if 0 < len(key) <= MOST_WORDS)


def imported_names(titles: Iterable[ExampleTitle], knowledge: Knowledge) -> Iterator[tuple[Key, Target]]:
    """Forms that stand for one group only, as keys. One that means something here already keeps that meaning."""
    meant: dict[Key, str] = {}
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    for row in titles:
        keys = list(_said(row))
        for key in keys:
            meant[key] = row.code if meant.get(key, row.code) == row.code else SEVERAL
        for word in {word for key in keys for word in key}:
            bearers[word][row.code] += 1
    targets = {code: Target("occupation", code) for code in set(meant.values()) - {SEVERAL}}
    for key, code in meant.items():
        own = len(key) > 1 or bearers[key[0]][code] >= OWN * bearers[key[0]].total()
        if code != SEVERAL and own and not knowledge.phrases.exact(key):
            yield key, targets[code]
