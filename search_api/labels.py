"""Words for the values of an index: closed lists, institutions, occupations, skills and tools."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mappings.contract import Contract, Field, Language, preferred
from mappings.index_meta import IndexMeta
from mappings.knowledge import Knowledge
from mappings.occupation import Both
from mappings.phrases import fold
from search_api.words import say


@dataclass(frozen=True)
class Labels:
    """Looks labels up in one language; `institutions` are names by id, as the index gives them.

    `titles` are the official ones of all unit groups, by NOC code.
    """

    contract: Contract
    knowledge: Knowledge
    institutions: Mapping[str, str]
    language: Language
    titles: Mapping[str, Both] = field(default_factory=dict)

    def of(self, item: Field, value: str) -> str:
        """A facet value's label; the value itself where no better word is known."""
        return self.labeller(item)(value)

    def labeller(self, item: Field) -> Callable[[str], str]:
        """What gives the labels of a field's values."""
        if item.name == "institution.id":
            return lambda value: self.institutions.get(value, value)
        if item.type == "flag":
            return lambda value: say(f"flags/{value}", self.language)
        if item.type == "occupation":
            return self.occupation
        if item.type == "term":
            return self.term
        labels = self.contract.choice_labels(item.name)
        return lambda value: labels[value].in_language(self.language) if value in labels else value

    def occupation(self, code: str) -> str:
        """The everyday name, else the official title, else the code.

        Everyday names of a unit group without skills and tools often name one of its jobs only: a cardiologist is not
        what all medical specialists are.
        """
        known = self.knowledge.occupations.get(code)
        return known.display_name(self.language) if known else self.official_title(code)

    def official_title(self, code: str) -> str:
        """The classification's title; the code where there is none."""
        known = self.knowledge.occupations.get(code)
        title = self.titles.get(code) or (known.title if known else None)
        return title.in_language(self.language) if title else code

    def knows(self, code: str) -> bool:
        """Whether there is an occupation of this NOC code."""
        return code in self.knowledge.occupations or code in self.titles

    @staticmethod
    def sorting(label: str) -> str:
        """What labels are put in order by: accents and case do not count."""
        return fold(label)

    def term(self, identifier: str) -> str:
        """A term of the vocabulary by its label; any other by its id, which is made of its own words."""
        known = self.knowledge.terms.get(identifier)
        return known.label.in_language(self.language) if known else identifier.replace("-", " ")


def institution_names(meta: IndexMeta, language: Language) -> dict[str, str]:
    """Names by institution id; the other language's where an institution has one name only."""
    return {
        source.institution.id: in_language(source.institution.name.model_dump(), language) for source in meta.sources
    }


def in_language(names: Mapping[str, str | None], language: Language) -> str:
    """The name in that language, else in the other; empty when there is none."""
    asked, other = preferred(language)
    return names.get(asked) or names.get(other) or ""
