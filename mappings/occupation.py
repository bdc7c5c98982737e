"""The typed records of an occupation and of a vocabulary term, as data/occupations and data/vocabulary hold them."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mappings.record import Record

TermType = Literal["skill", "tool", "technology", "certification"]
NocCode = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
Words = tuple[str, ...]


class Both(Record):
    """The same words in both languages."""

    en: str
    fr: str

    def in_language(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Lists(Record):
    """A list of words per language."""

    en: Words = ()
    fr: Words = ()

    def in_language(self, language: str) -> Words:
        return self.fr if language == "fr" else self.en


class Occupation(Record):
    """A unit group of the National Occupational Classification 2021. `names` are everyday titles."""

    code: NocCode
    title: Both
    names: Lists
    summary: Both
    duties: Lists = Lists()
    skills: Words = ()
    tools: Words = ()
    related: tuple[NocCode, ...] = ()

    def display_name(self, language: str) -> str:
        """The everyday name learners know; the official title where there is none."""
        return next(iter(self.names.in_language(language)), self.title.in_language(language))


class VocabularyTerm(Record):
    """A skill, tool, technology or certification. `cased` are forms that count in running text only as written."""

    id: str
    type: TermType = "skill"
    label: Both
    aliases: Lists = Lists()
    cased: Words = Field(default=())

    @property
    def listing_field(self) -> Literal["skills", "tools"]:
        """The field of a listing that holds it."""
        return "skills" if self.type == "skill" else "tools"
