"""Files written from the contract: the typed record and the pages of fields. A test fails when one is stale."""

from collections.abc import Iterator
from pathlib import Path

from mappings.contract import LANGUAGES, Contract, Field, Language
from mappings.field_pages import fields_page

ROOT = Path(__file__).resolve().parent.parent
LISTING_FILE = ROOT / "mappings" / "listing.py"
FIELDS_FILES: dict[Language, Path] = {
    "en": ROOT / "docs" / "fields.md",
    "fr": ROOT / "docs" / "fr" / "champs.md",
}

HEADER = '''"""The typed record of a listing. Written from listings.yml by `python -m mappings generate`."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from mappings.contract import Language
from mappings.record import Record, SingleOrMany

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Position = tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]]
'''

FIXED = '''
class Find(Record):
    """Words found in a listing's own text: its language and field, which outcome (from 0), character offsets."""

    language: Language
    field: Line
    item: int | None = Field(default=None, ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    words: Prose


class Term(Record):
    """A skill or tool: its vocabulary id, its labels, how it is known and, where inferred, what it was read in."""

    id: Line
    en: Line | None = None
    fr: Line | None = None
    basis: Bases = "feed"
    found: Find | None = None


class SharedTerm(Record):
    """A skill or tool of both a listing and an occupation. `weight`: 1 when one occupation uses it, 0 when all do."""

    id: Line
    weight: float = Field(ge=0, le=1)


class Evidence(Record):
    """What spoke for an inferred occupation: where it is named, what it shares, likeness in meaning (a cosine)."""

    named: SingleOrMany[Find] = ()
    shared: SingleOrMany[SharedTerm] = ()
    likeness: float = Field(ge=-1, le=1)


class OccupationLink(Record):
    """An occupation a listing prepares for. `score` is 0 to 1; 1 when the feed states it, which needs no evidence."""

    code: Annotated[str, StringConstraints(pattern=r"^\\d{5}$")]
    basis: Bases = "feed"
    score: float = Field(default=1.0, ge=0, le=1)
    evidence: Evidence | None = None


class Names(Record):
    """A proper name per language; at least one."""

    en: Line | None = None
    fr: Line | None = None


class Rate(Record):
    """What a unit of a currency is worth in Canadian dollars, on which day, by whose word."""

    dollars: float = Field(gt=0, lt=1_000_000, allow_inf_nan=False)
    date: dt.date
    source: Names
'''

PYTHON_TYPES = {
    "text": "Prose",
    "texts": "Prose",
    "name": "Line",
    "code": "Line",
    "flag": "bool",
    "date": "dt.date",
    "point": "Position",
    "term": "Term",
    "occupation": "OccupationLink",
    "rate": "Rate",
}


def class_name(name: str) -> str:
    """`credential_types` -> `CredentialTypes`."""
    return "".join(part.capitalize() for part in name.split("_"))


def _literals(contract: Contract) -> Iterator[str]:
    for name, values in contract.choices.items():
        lines = "\n".join(f'    "{choice.id}",' for choice in values)
        yield f"{class_name(name)} = Literal[\n{lines}\n]"


def _bounded(item: Field) -> str:
    limits = {"ge": item.minimum, "le": item.maximum}
    stated = ", ".join(f"{key}={value:g}" for key, value in limits.items() if value is not None)
    return f"Annotated[float, Field({stated})]" if stated else "float"


def _scalar(item: Field) -> str:
    if item.type == "choice" and item.choices:
        return class_name(item.choices)
    return _bounded(item) if item.type == "number" else PYTHON_TYPES[item.type]


def _attribute(item: Field) -> str:
    name, kind = item.name.rpartition(".")[2], _scalar(item)
    if item.type == "texts" or item.many:
        return f"    {name}: SingleOrMany[{kind}] = ()"
    if item.per_language:
        return f"    {name}: Names"
    return f"    {name}: {kind}" if item.required else f"    {name}: {kind} | None = None"


def _class(name: str, docstring: str, attributes: list[str]) -> str:
    return "\n".join([f"class {name}(Record):", f'    """{docstring}"""', "", *attributes])


def _members(contract: Contract, head: str) -> list[str]:
    return [_attribute(item) for item in contract.fields if item.name.startswith(f"{head}.")]


def _flat(contract: Contract) -> list[str]:
    return [_attribute(item) for item in contract.fields if not item.is_prose and "." not in item.name]


def _listing(contract: Contract) -> str:
    id_line, *rest = _flat(contract)
    texts = [f"    {language}: Text | None = None" for language in LANGUAGES]
    body = [id_line, "    institution: Institution", *texts, *rest, "    place: Place | None = None"]
    return _class("Listing", "One micro-credential as the writer loads it and the reader returns it.", body) + METHODS


METHODS = '''

    def text(self, language: str) -> Text | None:
        """The listing's words in that language, if it has them."""
        return self.fr if language == "fr" else self.en

    @property
    def fold(self) -> str:
        """What an answer has one hit for: the course it is an offering of, or the listing by itself."""
        return self.course or self.id

    def document(self) -> dict[str, Any]:
        """The JSON document for the index: no empty values, since a missing value stays missing."""
        return self.model_dump(mode="json", exclude_none=True, exclude_defaults=False)
'''


def listing_module(contract: Contract) -> str:
    """The source of mappings/listing.py."""
    prose = sorted((item for item in contract.fields if item.is_prose), key=lambda item: not item.required)
    parts = [
        HEADER + "\n" + "\n".join(_literals(contract)),
        FIXED.strip("\n"),
        _class("Text", "What a listing says in one language.", [_attribute(item) for item in prose]),
        _class("Institution", "Who offers a listing.", sorted(_members(contract, "institution"), key=_optional)),
        _class("Place", "Where classes are held. `location` is longitude, latitude.", _members(contract, "place")),
        _listing(contract).rstrip("\n"),
    ]
    return "\n\n\n".join(parts) + "\n"


def _optional(line: str) -> bool:
    return line.endswith("None")


def generated_files(contract: Contract) -> dict[Path, str]:
    """Each derived file with the content it must have."""
    pages = {file: fields_page(contract, language) for language, file in FIELDS_FILES.items()}
    return {LISTING_FILE: listing_module(contract), **pages}
