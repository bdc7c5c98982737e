"""The contract of listings.yml as typed rows; everything else derives from these."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from mappings.yaml_file import read_yaml

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")
FieldType = Literal[
    "text", "texts", "name", "code", "choice", "number", "flag", "date", "point", "term", "occupation", "rate"
]


@cache
def preferred(language: Language) -> tuple[Language, ...]:
    """The asked language, then the others: what is shown where words are missing in the first."""
    return (language, *(other for other in LANGUAGES if other != language))


CONTRACT_FILE = Path(__file__).with_name("listings.yml")
PROSE = frozenset({"text", "texts"})


@dataclass(frozen=True)
class Label:
    """A word for people, in both languages."""

    en: str
    fr: str

    def in_language(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True)
class Choice:
    """One value of a closed list: its id, its label, and the other words feeds write for it."""

    id: str
    label: Label
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One field of a listing. `name` is dotted for members of an object (`place.city`)."""

    name: str
    type: FieldType
    label: Label
    roles: frozenset[str]
    help: Label | None = None
    unit: Label | None = None
    many: bool = False
    per_language: bool = False
    required: bool = False
    column: bool = False
    weight: float = 1.0
    choices: str | None = None
    param: str = ""
    bounds: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    compared: str = ""

    @cached_property
    def is_prose(self) -> bool:
        """Prose is held once per language, under `en` and `fr`."""
        return self.type in PROSE

    @property
    def path(self) -> str:
        """Where a filter, facet or sort finds the exact value in the index."""
        suffix = {"term": ".id", "occupation": ".code"}
        return self.compared or self.name + suffix.get(self.type, "")

    @property
    def parameters(self) -> tuple[str, ...]:
        """The query parameters that filter by it: its own name, or one for each bound; none where it is no filter."""
        if not self.has("filter"):
            return ()
        return tuple(map(self.bounded, self.bounds)) or (self.param,)

    def bounded(self, bound: str) -> str:
        """The query parameter of a bound."""
        return f"{self.param}_{bound}"

    def has(self, role: str) -> bool:
        return role in self.roles


@dataclass(frozen=True, eq=False)
class Contract:
    """All fields and closed lists. Told from others as an object, so that what is derived may be kept by it."""

    fields: tuple[Field, ...]
    choices: dict[str, tuple[Choice, ...]]
    languages: dict[str, Label]

    def with_role(self, role: str) -> tuple[Field, ...]:
        return self._by_role.get(role, ())

    @cached_property
    def record(self) -> tuple[Field, ...]:
        """What answers return of a listing by the names of its own members, not of an object's."""
        return tuple(item for item in self.with_role("return") if "." not in item.name)

    @cached_property
    def _by_role(self) -> dict[str, tuple[Field, ...]]:
        roles = {role for item in self.fields for role in item.roles}
        return {role: tuple(item for item in self.fields if item.has(role)) for role in roles}

    def columns(self) -> tuple[Field, ...]:
        """The fields an institution fills in, in the template's order."""
        return tuple(item for item in self.fields if item.column)

    def named(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {item.name: item for item in self.fields}

    def choices_of(self, item: Field) -> tuple[Choice, ...]:
        return self.choices[item.choices] if item.choices else ()

    def choice_label(self, name: str, value: str, language: str) -> str:
        """A value's label for people; the value itself where the list is open. Raises KeyError for no field's name."""
        label = self.choice_labels(name).get(value)
        return label.in_language(language) if label else value

    def choice_labels(self, name: str) -> Mapping[str, Label]:
        """Labels by value; empty where the list is open. Raises KeyError for no field's name."""
        return self._choice_labels[name]

    @cached_property
    def _choice_labels(self) -> dict[str, dict[str, Label]]:
        return {item.name: {choice.id: choice.label for choice in self.choices_of(item)} for item in self.fields}


def _label(raw: dict[str, str] | None) -> Label | None:
    return Label(**raw) if raw else None


def _field(raw: dict[str, Any]) -> Field:
    known = dict(raw)
    known["label"] = Label(**raw["label"])
    for key in ("help", "unit"):
        known[key] = _label(raw.get(key))
    known["roles"] = frozenset(raw["roles"])
    known["bounds"] = tuple(raw.get("bounds", ()))
    known["param"] = raw.get("param", raw["name"])
    return Field(**known)


def _choice(value: str, raw: dict[str, Any]) -> Choice:
    return Choice(value, Label(**raw["label"]), tuple(raw.get("words", ())))


def parse_contract(raw: dict[str, Any]) -> Contract:
    """A contract from the parsed YAML of listings.yml. Raises TypeError or KeyError on an unknown or missing key."""
    lists = {name: tuple(_choice(key, body) for key, body in values.items()) for name, values in raw["choices"].items()}
    languages = {code: Label(**body["label"]) for code, body in raw["languages"].items()}
    return Contract(tuple(_field(item) for item in raw["fields"]), lists, languages)


@cache
def listing_contract() -> Contract:
    """The contract that ships, read once."""
    return parse_contract(read_yaml(CONTRACT_FILE))
