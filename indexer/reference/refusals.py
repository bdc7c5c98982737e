"""Why a row of an official file is not taken, in both languages."""

from dataclasses import dataclass, field
from typing import Any

from mappings.occupation import Both

REASONS: dict[str, Both] = {
    "missing": Both(en="nothing stands here", fr="rien n'est inscrit ici"),
    "not_text": Both(en="this is not text", fr="ce n'est pas du texte"),
    "control": Both(en="the cell holds a NUL character", fr="la cellule contient un caractère nul"),
    "too_long": Both(
        en="the text is longer than {limit} characters", fr="le texte dépasse {limit} caractères"
    ),
    "shifted": Both(
        en="the row has {cells} cells but there are {columns} columns",
        fr="la ligne compte {cells} cellules pour {columns} colonnes",
    ),
    "code": Both(en="an NOC code has five digits", fr="un code de la CNP compte cinq chiffres"),
    "group_unknown": Both(
        en="NOC 2021 has no unit group of this code", fr="la CNP 2021 n'a aucun groupe de base de ce code"
    ),
    "language": Both(en="the language must be en or fr", fr="la langue doit être en ou fr"),
    "not_a_number": Both(en="this is not one plain number", fr="ce n'est pas un nombre simple"),
    "not_whole": Both(en="this is not a whole number", fr="ce n'est pas un nombre entier"),
    "negative": Both(en="the number is below zero", fr="le nombre est inférieur à zéro"),
    "too_large": Both(en="the number is above {limit}", fr="le nombre dépasse {limit}"),
    "scale": Both(
        en="the rating must be a whole number from 0 to {limit}", fr="la cote doit être un nombre entier de 0 à {limit}"
    ),
    "choice": Both(en="this is none of: {choices}", fr="ce n'est aucune de ces valeurs : {choices}"),
    "region": Both(
        en="a region is written like 3500, ER35 or ON", fr="une région s'écrit comme 3500, ER35 ou ON"
    ),
    "elsewhere": Both(
        en="this region does not lie in {province}", fr="cette région ne se trouve pas dans la province {province}"
    ),
    "wage_unit": Both(
        en="no wage is {amount} {unit}: is the mark of yearly wages right?",
        fr="aucun salaire n'est de {amount} {unit} : la marque des salaires annuels est-elle juste?",
    ),
    "future": Both(en="this day is yet to come", fr="ce jour est à venir"),
    "damaged": Both(
        en="letters were lost or garbled: the file is in another encoding than it seems",
        fr="des lettres sont perdues ou brouillées : le fichier est dans un autre codage qu'il n'y paraît",
    ),
    "wages_reversed": Both(
        en="low, median and high wage are not in this order",
        fr="les salaires minimal, médian et maximal ne sont pas dans cet ordre",
    ),
    "duplicate": Both(en="this already stands in row {row}", fr="ceci figure déjà à la ligne {row}"),
}  # fmt: skip


def grouped(number: float) -> Both:
    """A number with its thousands parted as each language does."""
    english = f"{number:,.2f}".removesuffix(".00")
    return Both(en=english, fr=english.replace(",", "\u00a0").replace(".", ","))


@dataclass(frozen=True)
class Reason:
    """A key of REASONS and the facts its sentence names, each the same in both languages or as Both."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        facts = {x: fact.in_language(language) if isinstance(fact, Both) else fact for x, fact in self.facts.items()}
        return REASONS[self.kind].in_language(language).format(**facts)


class RefusedError(ValueError):
    """A row that is not taken, for one of its cells. `reason` speaks both languages."""

    def __init__(self, column: str, value: str, reason: Any) -> None:
        super().__init__(reason.in_language("en"))
        self.column, self.value, self.reason = column, value, reason


@dataclass(frozen=True)
class Refusal:
    """A row not taken, with where it stands and why."""

    row: int
    column: str
    value: str
    en: str
    fr: str


def refusal(row: int, error: RefusedError) -> Refusal:
    return Refusal(row, error.column, error.value, *(error.reason.in_language(code) for code in ("en", "fr")))
