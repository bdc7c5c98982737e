"""What can be wrong with a feed, what follows from it, and the words for it in both languages.

The rule behind the table: a row is quarantined when it could not be told apart, named or offered (id, title), or when
a number beyond its bounds says that the row as a whole is not what its columns claim. A value that merely cannot be
read (a date, a price, a value outside a closed list) is left out with a warning: a missing value misleads nobody.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from indexer import rules_cleaning, rules_fetching, rules_formats, rules_links, rules_schema_org


class Severity(StrEnum):
    """What follows: the row is held back, a value is left out or doubtful, or the whole feed cannot be read."""

    QUARANTINE = "quarantine"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Rule:
    """The consequence of a problem and its sentence per language; braces are filled from the problem's facts."""

    severity: Severity
    en: str
    fr: str


def _quarantine(en: str, fr: str) -> Rule:
    return Rule(Severity.QUARANTINE, en, fr)


def _warning(en: str, fr: str) -> Rule:
    return Rule(Severity.WARNING, en, fr)


def _failure(en: str, fr: str) -> Rule:
    return Rule(Severity.FAILURE, en, fr)


RULES: dict[str, Rule] = {
    # The row is held back.
    "id_missing": _quarantine("the ID is missing", "l'identifiant est manquant"),
    "id_invalid": _quarantine(
        "the ID holds no letter or digit, or is longer than {limit} characters",
        "l'identifiant ne contient ni lettre ni chiffre, ou dépasse {limit} caractères",
    ),
    "id_duplicate": _quarantine(
        "the ID already stands in row {row}", "l'identifiant figure déjà à la ligne {row}"
    ),
    "title_missing": _quarantine(
        "there is no title in either language", "il n'y a de titre dans aucune des deux langues"
    ),
    "out_of_bounds": _quarantine(
        "the number must be between {minimum} and {maximum}", "le nombre doit être compris entre {minimum} et {maximum}"
    ),
    "cells_shifted": _quarantine(
        "the row has {cells} cells but there are {columns} columns: is a separator or quotation mark missing?",
        "la ligne compte {cells} cellules pour {columns} colonnes : manque-t-il un séparateur ou un guillemet?",
    ),
    "not_json": _quarantine("the line is not readable as JSON", "la ligne n'est pas lisible comme JSON"),
    "not_an_object": _quarantine("the record is not a JSON object", "l'enregistrement n'est pas un objet JSON"),
    # The value is left out.
    "not_a_number": _warning("this is not one plain number", "ce n'est pas un nombre simple"),
    "date_ambiguous": _warning(
        "dates are written year-month-day, such as 2027-01-18; this one can be read in more than one way",
        "les dates s'écrivent année-mois-jour, comme 2027-01-18; celle-ci peut se lire de plusieurs façons",
    ),
    "not_a_date": _warning(
        "dates are written year-month-day, such as 2027-01-18",
        "les dates s'écrivent année-mois-jour, comme 2027-01-18",
    ),
    "date_impossible": _warning(
        "there is no such day between 1990 and 2100", "ce jour n'existe pas entre 1990 et 2100"
    ),
    "dates_reversed": _warning(
        "applications close before they open; both dates are left out",
        "la clôture des demandes précède leur ouverture; les deux dates sont omises",
    ),
    "not_a_flag": _warning("write Yes or No", "écrivez Oui ou Non"),
    "choice_unknown": _warning("this is not a value of the list", "cette valeur n'est pas dans la liste"),
    "choice_near": _warning(
        "this is not a value of the list; did you mean “{near_en}”?",
        "cette valeur n'est pas dans la liste; vouliez-vous dire « {near_fr} »?",
    ),
    "not_a_web_address": _warning(
        "a web address starts with https:// or http://", "une adresse Web commence par https:// ou http://"
    ),
    "not_a_noc_code": _warning(
        "a NOC 2021 code has five digits", "un code de la CNP 2021 compte cinq chiffres"
    ),
    "not_a_cip_code": _warning(
        "a CIP code looks like 51.0601", "un code CPE ressemble à 51.0601"
    ),
    "not_a_currency": _warning(
        "a currency is three letters, such as CAD", "une devise compte trois lettres, comme CAD"
    ),
    "not_a_position": _warning(
        "a position is longitude, then latitude", "une position est une longitude, puis une latitude"
    ),
    "too_long": _warning(
        "the text is longer than {limit} characters", "le texte dépasse {limit} caractères"
    ),
    "text_damaged": _warning(
        "characters were lost before the file was sent", "des caractères ont été perdus avant l'envoi du fichier"
    ),
    "wrong_shape": _warning(
        "a single value was expected here", "une seule valeur était attendue ici"
    ),
    "text_untitled": _warning(
        "there is text in this language but no title in it, so the text is left out",
        "il y a du texte dans cette langue, mais pas de titre; le texte est donc omis",
    ),
    "not_a_duration": _warning(
        "this is not one plain duration", "ce n'est pas une durée simple"
    ),
    **{kind: _warning(*said) for kind, said in rules_cleaning.LEFT_OUT.items()},
    # Everything is kept.
    **{kind: _warning(*said) for kind, said in rules_cleaning.KEPT.items()},
    "hours_disagree": _warning(
        "weeks times hours per week gives {product}, far from the total hours",
        "les semaines multipliées par les heures par semaine donnent {product}, loin du total d'heures",
    ),
    "same_content": _warning(
        "everything but the ID is the same as in row {row}", "tout sauf l'identifiant est identique à la ligne {row}"
    ),
    "column_unknown": _warning(
        "this column is not known and was not read", "cette colonne est inconnue et n'a pas été lue"
    ),
    "column_near": _warning(
        "this column is not known and was not read; did you mean “{near}”?",
        "cette colonne est inconnue et n'a pas été lue; vouliez-vous dire « {near} »?",
    ),
    "column_twice": _warning(
        "another column already gives this; this one was not read",
        "une autre colonne donne déjà cette information; celle-ci n'a pas été lue",
    ),
    "encoding_guessed": _warning(
        "the file is not UTF-8 and was read as {encoding}", "le fichier n'est pas en UTF-8 et a été lu comme {encoding}"
    ),
    "nul_taken_out": _warning(
        "{count} NUL characters, which no text needs, were taken out",
        "{count} caractères NUL, dont aucun texte n'a besoin, ont été retirés",
    ),
    "quotes_unbalanced": _warning(
        "a quotation mark is opened and never closed: {detail}", "un guillemet ouvert n'est jamais fermé : {detail}"
    ),
    # Of web addresses that were asked for, where a load does that.
    **{kind: _warning(en, fr) for kind, (en, fr) in rules_links.WARNINGS.items()},
    # Of foreign formats only.
    **{kind: _warning(en, fr) for kind, (en, fr) in rules_formats.WARNINGS.items()},
    **{kind: _quarantine(en, fr) for kind, (en, fr) in rules_schema_org.HELD_BACK.items()},
    **{kind: _warning(en, fr) for kind, (en, fr) in rules_schema_org.WARNINGS.items()},
    # The feed cannot be read.
    "file_missing": _failure("the file {file} is not there", "le fichier {file} est absent"),
    "file_unreadable": _failure(
        "the file {file} cannot be read: {detail}", "le fichier {file} est illisible : {detail}"
    ),
    "file_empty": _failure("the file {file} holds no listing", "le fichier {file} ne contient aucune offre"),
    "file_too_large": _failure(
        "the file {file} is larger than {limit} MB", "le fichier {file} dépasse {limit} Mo"
    ),
    "reader_failed": _failure(
        "the file {file} could not be read because of a fault of this programme ({detail}); please report it",
        "le fichier {file} n'a pu être lu à cause d'une erreur de ce programme ({detail}); veuillez la signaler",
    ),
    "line_endless": _failure(
        "a line of {file} is longer than {limit} characters", "une ligne de {file} dépasse {limit} caractères"
    ),
    "value_endless": _failure(
        "a single value of {file} is longer than {limit} characters",
        "une seule valeur de {file} dépasse {limit} caractères",
    ),
    "format_unknown": _failure(
        "the format of {file} is not known: use CSV, XLSX, NDJSON, JSON, XML, CTDL or schema.org",
        "le format de {file} est inconnu : utilisez CSV, XLSX, NDJSON, JSON, XML, CTDL ou schema.org",
    ),
    "column_required": _failure(
        "no column “{column_en}” was found; the file has: {found}",
        "aucune colonne « {column_fr} » n'a été trouvée; le fichier contient : {found}",
    ),
    "records_missing": _failure(
        "{file} holds no list of records at {path}", "{file} ne contient aucune liste d'enregistrements à {path}"
    ),
    **{kind: _failure(en, fr) for kind, (en, fr) in rules_formats.FAILURES.items()},
    "mapping_wrong": _failure("the mapping {file} is wrong: {detail}", "le mappage {file} est erroné : {detail}"),
    "nothing_good": _failure(
        "none of the {rows} rows of {file} can be offered", "aucune des {rows} lignes de {file} ne peut être offerte"
    ),
    **{kind: _failure(en, fr) for kind, (en, fr) in rules_fetching.FETCHING.items()},
    # The feed reads well, but too much of it is gone.
    "shrank": _failure(
        "the feed holds {now} listings where {before} are served, fewer than its limit of {limit} % allows",
        "l'envoi compte {now} offres alors que {before} sont servies, moins que sa limite de {limit} % ne le permet",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """One thing wrong: a key of RULES and the facts its sentence names."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return RULES[self.kind].severity

    def in_language(self, language: str) -> str:
        rule = RULES[self.kind]
        return (rule.fr if language == "fr" else rule.en).format(**self.facts)


def problem(kind: str, **facts: Any) -> Problem:
    """A problem with the facts of its sentence. Raises KeyError for a kind that has no rule."""
    if kind not in RULES:
        raise KeyError(kind)
    return Problem(kind, facts)


class UnreadableError(ValueError):
    """A value that cannot be read as its column says."""

    def __init__(self, kind: str, **facts: Any) -> None:
        super().__init__(kind)
        self.problem = problem(kind, **facts)


@dataclass(frozen=True)
class Issue:
    """A problem where it stands: row number, column as the file names it, the value as it came."""

    row: int
    column: str
    value: str
    problem: Problem
