"""Everyday phrasings with the unit groups that answer them: everyday.yml."""

from dataclasses import dataclass
from pathlib import Path

from mappings.contract import LANGUAGES
from mappings.reference import ExampleTitle
from mappings.yaml_file import read_yaml

FILE = Path(__file__).with_name("everyday.yml")


@dataclass(frozen=True)
class Question:
    """A text that is asked: a title with its code, and the other codes that are right."""

    title: ExampleTitle
    others: frozenset[str] = frozenset()

    @property
    def codes(self) -> frozenset[str]:
        return self.others | {self.title.code}


def everyday() -> list[Question]:
    """All of them, the first code of each as its title's."""
    return [
        Question(ExampleTitle(code=row["codes"][0], language=language, title=row["said"]), frozenset(row["codes"][1:]))
        for language in LANGUAGES
        for row in read_yaml(FILE)[language]
    ]
