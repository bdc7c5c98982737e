"""The pages that list every field of a listing, one in each language, written from the contract."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mappings.contract import Choice, Contract, Field, Language

# What the members of a structured value are: field, member, what it is in English and in French.
MEMBERS = (
    (
        "skills, tools",
        "id",
        "of the vocabulary, else made of the feed's own words",
        "du vocabulaire, sinon fait des mots mêmes de l'envoi",
    ),
    ("skills, tools", "en, fr", "labels", "libellés"),
    (
        "skills, tools",
        "basis",
        "`feed`, or `inferred` where the text names it",
        "`feed`, ou `inferred` si c'est le texte qui le nomme",
    ),
    (
        "skills, tools",
        "found",
        "where the text first names it: language, field, item, start, end, words; not searched",
        "où le texte le nomme d'abord : langue, champ, élément, début, fin, mots; n'est pas cherché",
    ),
    ("occupations", "code", "NOC 2021 unit group", "groupe de base de la CNP 2021"),
    ("occupations", "basis", "`feed` or `inferred`", "`feed` ou `inferred`"),
    (
        "occupations",
        "score",
        "0 to 1, how likely a feed would state it; 1 where it does",
        "de 0 à 1, la probabilité qu'un envoi l'indique; 1 s'il l'indique",
    ),
    (
        "occupations",
        "evidence",
        "of an inferred one: named (as `found` above), shared (id, weight), likeness (a cosine); not searched",
        "d'une profession déduite : named (comme `found`), shared (id, weight), likeness (un cosinus); non cherché",
    ),
    (
        "rate",
        "dollars",
        "Canadian dollars for one unit of `currency`",
        "dollars canadiens pour une unité de `currency`",
    ),
    (
        "rate",
        "date, source",
        "the day of the rate, and who published it (`en`, `fr`); not searched",
        "le jour du taux, et qui l'a publié (`en`, `fr`); n'est pas cherché",
    ),
)


class Words(NamedTuple):
    """What a page says around the contract's own words. `other` leads to the same page in the other language."""

    title: str
    other: str
    written: str
    roles: str
    columns: str
    members: str
    member_columns: str
    value_columns: str


PAGES: Mapping[Language, Words] = {
    "en": Words(
        title="Fields of a listing",
        other="En français : [champs](fr/champs.md).",
        written="Written by `python -m mappings generate` from `mappings/listings.yml`; do not edit.",
        roles="Roles: `match`, its words are searched, with the weight given; `filter`, it narrows a search; `facet`, "
        "its values are counted beside the results; `sort`, it orders them; `suggest`, it is completed while typing; "
        "`return`, it stands in answers.",
        columns="| field | type | roles | weight | parameters | label | libellé |",
        members="Members of structured values",
        member_columns="| field | member | what |",
        value_columns="| value | English | français | also read in feeds |",
    ),
    "fr": Words(
        title="Champs d'une offre",
        other="In English: [fields](../fields.md).",
        written="Écrit par `python -m mappings generate` à partir de `mappings/listings.yml`; ne pas modifier.",
        roles="Rôles : `match`, ses mots sont cherchés, avec le poids donné; `filter`, il restreint une recherche; "
        "`facet`, ses valeurs sont comptées à côté des résultats; `sort`, il les ordonne; `suggest`, il est complété "
        "pendant la frappe; `return`, il figure dans les réponses.",
        columns="| champ | type | rôles | poids | paramètres | libellé | label |",
        members="Membres des valeurs structurées",
        member_columns="| champ | membre | ce que c'est |",
        value_columns="| valeur | français | English | aussi lu dans les envois |",
    ),
}


def _rule(columns: str) -> str:
    """The line below a table's head."""
    return "|---" * (columns.count("|") - 1) + "|"


def _weight(item: Field, language: Language) -> str:
    written = f"{item.weight:g}" if item.has("match") else ""
    return written.replace(".", ",") if language == "fr" else written


def _row(item: Field, language: Language) -> str:
    roles = ", ".join(sorted(item.roles))
    name = f"{{en,fr}}.{item.name}" if item.is_prose else item.name
    several = "liste" if language == "fr" else "list"
    kind = f"{item.type} ({several})" if item.many else item.type
    param = ", ".join(f"`{name}`" for name in item.parameters)
    labels = " | ".join(_own_first(item.label.en, item.label.fr, language))
    return f"| `{name}` | {kind} | {roles} | {_weight(item, language)} | {param} | {labels} |"


def _own_first(english: str, french: str, language: Language) -> tuple[str, str]:
    return (french, english) if language == "fr" else (english, french)


def _members(language: Language) -> Iterator[str]:
    for field, member, english, french in MEMBERS:
        yield f"| {field} | `{member}` | {_own_first(english, french, language)[0]} |"


def _values(values: tuple[Choice, ...], language: Language) -> Iterator[str]:
    for value in values:
        labels = " | ".join(_own_first(value.label.en, value.label.fr, language))
        yield f"| `{value.id}` | {labels} | {', '.join(value.words)} |"


def fields_page(contract: Contract, language: Language) -> str:
    """Every field with its roles, then every closed list."""
    words = PAGES[language]
    head = [f"# {words.title}", "", words.other, "", words.written, "", words.roles, ""]
    rows = [words.columns, _rule(words.columns), *(_row(item, language) for item in contract.fields)]
    members = ["", f"## {words.members}", "", words.member_columns, _rule(words.member_columns), *_members(language)]
    lines = [*head, *rows, *members]
    for name, values in contract.choices.items():
        lines += ["", f"## {name}", "", words.value_columns, _rule(words.value_columns), *_values(values, language)]
    return "\n".join(lines) + "\n"
